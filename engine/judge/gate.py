"""What a pipeline does with a report: the exit code of the worst row, and which rows block.

0 permitted, 1 conflict or needs approval, 3 conditional with a condition nobody accepted, 4 open (undetermined,
contested, not covered). Open is never a silent pass.
"""

from __future__ import annotations

from collections.abc import Sequence

from .model import Gate, OfferingVerdict, Verdict

EXIT_CODES = {
    Verdict.PERMITTED: 0,
    Verdict.CONDITIONAL: 3,
    Verdict.NOT_COVERED: 4,
    Verdict.CONTESTED: 4,
    Verdict.UNDETERMINED: 4,
    Verdict.NEEDS_APPROVAL: 1,
    Verdict.CONFLICT: 1,
}


def row_name(row: OfferingVerdict) -> str:
    """How the gate calls a row, here and in `Gate.blocking`."""
    return row.offering or row.platform


def gate(
    rows: Sequence[OfferingVerdict], accepted_rows: Sequence[bool], accepted: tuple[str, ...], policy: str
) -> Gate:
    """The gate over the rows shown; `accepted_rows` says of each whether all its conditions are accepted. No rows at all
    are open: nothing was decided."""
    counted = [
        Verdict.PERMITTED if passes and row.verdict is Verdict.CONDITIONAL else row.verdict
        for row, passes in zip(rows, accepted_rows, strict=True)
    ]
    worst = max(counted, key=lambda v: v.rank, default=Verdict.NOT_COVERED)
    blocking = tuple(row_name(row) for row, v in zip(rows, counted, strict=True) if EXIT_CODES[v])
    return Gate(EXIT_CODES[worst], policy, blocking, accepted)
