"""What goes with a verdict, of one offering as of the uses of a plan together: whose it is, what would help, what is open.

One function for both, so that both are told alike. What only an offering has (findings, coverage) is `check`'s.
"""

from __future__ import annotations

from typing import TypedDict

from .answers import Known
from .conditions import conditions
from .model import OWNERS, ApprovalSet, ConditionShown, OpenQuestion, ReadingShown, Verdict, Witness
from .offer import Subject
from .questions import open_questions, open_readings, witnesses


class Judged(TypedDict):
    """The fields that `OfferingVerdict` and `PlanVerdict` have in common."""

    verdict: Verdict
    owner: str
    conditions: tuple[ConditionShown, ...]
    alternatives: tuple[tuple[str, ...], ...]
    more: bool
    approvals: tuple[ApprovalSet, ...]
    open: tuple[OpenQuestion, ...]
    readings: tuple[ReadingShown, ...]
    witnesses: tuple[Witness, ...]


def judged(subject: Subject, known: Known, verdict: Verdict) -> Judged:
    """The verdict of `subject` with all that goes with it."""
    sets: list[tuple[str, ...]] = []
    more = False
    if verdict in (Verdict.CONDITIONAL, Verdict.NOT_COVERED):
        sets, more = subject.safeguard_sets()
        sets = [s for s in sets if s]
    closed = verdict is Verdict.CONFLICT
    return Judged(
        verdict=verdict,
        owner=OWNERS[verdict],
        conditions=tuple(conditions(subject, sets[0])) if sets else (),
        alternatives=tuple(sets[1:]),
        more=more,
        approvals=tuple(ApprovalSet(s, v) for s, v in subject.approval_sets())
        if verdict is Verdict.NEEDS_APPROVAL
        else (),
        open=() if closed else tuple(open_questions(subject, known)),
        readings=() if closed else tuple(open_readings(subject)),
        witnesses=witnesses(subject, verdict) if verdict in (Verdict.UNDETERMINED, Verdict.CONTESTED) else (),
    )
