"""Where a permit and a prohibition or a requirement on one topic meet: a plan that the one allows and the other catches.

A text may well say both. A meeting is explained where an `overrides` orders the two, or where one of them has a `note`
that names the other; otherwise whoever reads the verdict is left to wonder, and that fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..judge.governing import Clause
from ..language.tree import Always
from ..logic.formula import conj
from ..rulebook.model import Provision, Rules
from .ground import Ground
from .model import Claim, Outcome
from .witness import conflict, first_witness


def claims(ground: Ground, permit: Provision) -> Iterator[Claim]:
    """Each provision that meets this permit, with a plan; nothing where it grants always."""
    if permit.kind != "permit" or isinstance(permit.when, Always):
        return
    met: set[str] = set()
    for space, own in ground.clauses(permit.id):
        for other in space.clauses.values():
            if other.id in met or not _may_meet(ground.rules, permit, other):
                continue
            shows = f"{permit.id} holds, and {other.id} conflicts"
            one = first_witness([(space, conj((own.bites, conflict(other))), shows, None)])
            if one is not None:
                met.add(other.id)
                assert other.provision is not None
                note = _explained(permit, other.provision)
                outcome = Outcome.EXPLAINED if note else Outcome.FAILS
                why = note or f"no note of either names the other, and nothing orders them: {', '.join(permit.topics)}"
                yield Claim("meets", permit.id, permit.document, f"meets {other.id}", outcome, why, permit.span, one)


def _may_meet(rules: Rules, permit: Provision, other: Clause) -> bool:
    provision = other.provision
    if provision is None or provision.kind not in ("prohibit", "require") or other.id in permit.overrides:
        return False
    return any(_under(rules, t, u) or _under(rules, u, t) for t in permit.topics for u in provision.topics)


def _under(rules: Rules, topic: str, other: str) -> bool:
    """Whether a topic is another one, or lies under it."""
    return topic == other or any(_under(rules, up, other) for up in rules.topics[topic].under)


def _explained(permit: Provision, other: Provision) -> str:
    """The note that names the other provision; empty where there is none."""
    for one, named in ((permit, other), (other, permit)):
        platform, document, name = named.id.split("/")
        id = rf"(?<![\w/.-])(?:(?:{re.escape(platform)}/)?{re.escape(document)}/)?{re.escape(name)}(?![\w/-])"
        for note in one.notes:
            if re.search(id, note):
                return f"{one.id} has a note on it: {note}"
    return ""
