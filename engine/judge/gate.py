"""What a pipeline does with a report: the exit code of the worst row, and which rows block.

0 permitted, 1 conflict or needs approval, 3 conditional with a condition nobody accepted, 4 open (undetermined,
contested, not covered). Open is never a silent pass. What is waived is left out of a row here, and only here.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..rulebook.model import fact_of
from .model import Gate, Verdict
from .offer import Subject

EXIT_CODES = {
    Verdict.PERMITTED: 0,
    Verdict.CONDITIONAL: 3,
    Verdict.NOT_COVERED: 4,
    Verdict.CONTESTED: 4,
    Verdict.UNDETERMINED: 4,
    Verdict.NEEDS_APPROVAL: 1,
    Verdict.CONFLICT: 1,
}


def counted(subject: Subject, verdict: Verdict, accept: Sequence[str]) -> Verdict:
    """The verdict as the gate counts it: a conditional whose conditions are all accepted lets through."""
    if verdict is not Verdict.CONDITIONAL or not accept:
        return verdict
    plan = subject.plan
    keys = [k for k in plan.unsaid("safeguard") if fact_of(k) in accept or k in accept]
    passes = not plan.possible(subject.question(), safeguards=plan.with_safeguards(keys) if keys else ())
    return Verdict.PERMITTED if passes else verdict


def gate(rows: Sequence[tuple[str, Verdict]], accepted: tuple[str, ...], policy: str) -> Gate:
    """The gate over the rows shown, by name, with the verdicts that count. No rows at all are open: nothing was
    decided."""
    worst = max((v for _, v in rows), key=lambda v: v.rank, default=Verdict.NOT_COVERED)
    blocking = tuple(name for name, v in rows if EXIT_CODES[v])
    return Gate(EXIT_CODES[worst], policy, blocking, accepted)
