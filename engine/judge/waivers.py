"""Waivers: clauses that an organisation has decided to bear. They never change a verdict.

What they change is a second line, the verdict without the clauses waived, and the gate, which follows that line. A waiver
holds before its `until`, and only while the provision says what it said when it was waived (its hash).
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from ..rulebook.model import Rules
from ..usecase.model import UseCase, Waiver
from .model import Row, WaiverShown
from .offer import Chain, Subject

Weighed = tuple[Row, Subject, Subject | None]
"""A row, what was asked for it, and the same without the clauses waived; None where that leaves it as it is."""


def state(rules: Rules, waiver: Waiver, day: datetime.date) -> str:
    """ "in force", "expired" or "changed"."""
    if rules.provisions[waiver.provision].hash != waiver.hash:
        return "changed"
    return "in force" if day < waiver.until else "expired"


def in_force(rules: Rules, use_case: UseCase, day: datetime.date) -> frozenset[str]:
    """The provisions that are waived that day."""
    return frozenset(w.provision for w in use_case.waivers if state(rules, w, day) == "in force")


def without(subject: Subject, waived: frozenset[str]) -> Subject | None:
    """The same question with the clauses waived left out of it; None where that leaves it as it is."""
    if not any(clause.id in waived for part in subject.parts() for clause in part.governing.clauses):
        return None
    if isinstance(subject, Chain):
        return replace(subject, offers=tuple(replace(offer, waived=waived) for offer in subject.offers))
    return replace(subject.parts()[0], waived=waived)


def shown(rules: Rules, use_case: UseCase, day: datetime.date, rows: Sequence[Weighed]) -> tuple[WaiverShown, ...]:
    """The waivers of a plan, with the rows that each helps to change, the plan as a whole among them."""
    return tuple(
        WaiverShown(
            waiver.provision,
            waiver.hash,
            waiver.reason,
            waiver.by,
            waiver.until,
            now := state(rules, waiver, day),
            tuple(
                row.name
                for row, subject, _ in rows
                if now == "in force"
                and row.after_waivers not in (None, row.verdict)
                and any(c.id == waiver.provision for part in subject.parts() for c in part.governing.clauses)
            ),
        )
        for waiver in use_case.waivers
    )
