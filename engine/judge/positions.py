"""What each offering's terms say on one topic, side by side: the words themselves, before any plan.

An offering either has provisions on the topic, or is silent (all that governs it was read, and none of it is on the
topic), or is not covered (something that governs it was not read, so its silence says nothing). Not having been read
always goes before silence.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Iterable
from dataclasses import dataclass

from ..logic.formula import FALSE, TRUE, disj
from ..rulebook.evidence import evidence_status
from ..rulebook.model import Offering, Provision, Rules
from ..rulebook.reads import topics_below
from .governing import NOTHING_GOVERNS, Governing, governing, shortfall, stand_in, too_early


class Stance(enum.Enum):
    """What an offering's terms do about a topic."""

    STATED = "stated"
    SILENT = "silent"
    NOT_COVERED = "not covered"


@dataclass(frozen=True, slots=True)
class Stated:
    """A provision on the topic. `always` is False where its document governs only some plans; `evidence` as in a report's
    findings."""

    provision: Provision
    document_title: str
    always: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class Position:
    """An offering's position on a topic. `missing` are (document id, why its silence says nothing; empty id: no document),
    `reserved` the documents (by title) that reserve whatever they do not allow. For texts known by report that stand under
    no offering `offering` is None and `title` the text's."""

    platform: str
    offering: str | None
    title: str
    stance: Stance
    stated: tuple[Stated, ...]
    missing: tuple[tuple[str, str], ...]
    reserved: tuple[str, ...]


def positions(rules: Rules, topic: str, day: datetime.date) -> tuple[Position, ...]:
    """Every offering's position on `topic` and the topics under it, on `day`, in the order of the offerings' ids."""
    topics = topics_below(rules, topic)
    return tuple(_position(rules, one, topics, day) for one in rules.offerings.values())


def reported_positions(rules: Rules, topic: str, day: datetime.date) -> tuple[Position, ...]:
    """What is known only by report, and governs no offering: the texts that have provisions on `topic`."""
    topics = topics_below(rules, topic)
    found = []
    for document in rules.reported_apart():
        position = _position(rules, stand_in(document), topics, day, reported=True)
        if position.stated:
            found.append(position)
    return tuple(found)


def _position(
    rules: Rules, offering: Offering, topics: Iterable[str], day: datetime.date, reported: bool = False
) -> Position:
    governs = governing(rules, offering, day)
    wanted = frozenset(topics)
    stated = tuple(
        _stated(rules, clause.provision, governs)
        for clause in governs.clauses
        if clause.provision is not None and wanted.intersection(clause.provision.topics)
    )
    missing = _missing(rules, governs)
    return Position(
        platform=offering.platform,
        offering=None if reported else offering.id,
        title=offering.title,
        stance=Stance.STATED if stated else Stance.NOT_COVERED if missing else Stance.SILENT,
        stated=stated,
        missing=missing,
        reserved=tuple(rules.documents[id].title for id in governs.gates if rules.documents[id].silence is not None),
    )


def _stated(rules: Rules, provision: Provision, governs: Governing) -> Stated:
    document = rules.documents[provision.document]
    always = governs.gates[document.id] == TRUE
    return Stated(provision, document.title, always, evidence_status(rules, provision.id))


def _missing(rules: Rules, governs: Governing) -> tuple[tuple[str, str], ...]:
    """Each governing document whose silence says nothing, and that no document need govern."""
    counted = {clause.document.id for clause in governs.clauses if clause.provision is not None}
    found = [(id, shortfall(rules.documents[id], id in counted)) for id in governs.gates]
    found += [(id, too_early(rules.documents[id])) for id, _ in governs.missing]
    anything = disj([*governs.gates.values(), *(gate for _, gate in governs.missing)])
    if anything == FALSE:
        found.append(("", NOTHING_GOVERNS))
    elif anything != TRUE:
        found.append(("", "whether any document that is known governs it depends on the plan"))
    return tuple(one for one in found if one[1])
