"""What is new since an earlier report, and a gate that fails for that alone.

A row fails where it is new, where its verdict became worse, or where something decides it that did not before: a
provision, another wording of one, a condition, a reading, a gap. Everything else is in the baseline: its verdict stands
as it is, is shown as before, and only the exit code lets it through.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .because import deciding
from .gate import EXIT_CODES, row_name
from .model import OfferingVerdict, Report, RowSince, SinceBaseline, Verdict

POLICY = "worst of the rows that are new, worse or decided otherwise than in the baseline"

_VERDICTS = {verdict.value: verdict for verdict in Verdict}


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """A row of an earlier report, as far as a later one is held against it."""

    name: str
    use: str | None
    offering: str | None
    verdict: Verdict
    findings: tuple[tuple[str, str, str], ...]
    """(provision, hash, effect)."""
    conditions: frozenset[str]
    readings: frozenset[str]
    gaps: frozenset[str]


@dataclass(frozen=True, slots=True)
class Baseline:
    """An earlier report. `answers` are (fact, state, value) as that plan gave them."""

    as_of: datetime.date
    case_sha256: str
    rules_sha256: str
    answers: tuple[tuple[str, str, str | None], ...]
    rows: tuple[EarlierRow, ...]


def against(report: Report, baseline: Baseline) -> Report:
    """The report with a gate that fails only for what is new since `baseline`; its verdicts are untouched."""
    before = {(row.use, row.offering): row for row in baseline.rows}
    blocking = frozenset(report.gate.blocking)
    since = tuple(_since(row, before.get((row.use, row.offering)), blocking) for row in report.verdicts)
    kept = {one.row for one in since if one.kept}
    fails = [row for row in report.verdicts if row_name(row) in blocking - kept]
    worst = max((row.verdict for row in fails), key=lambda verdict: verdict.rank, default=Verdict.PERMITTED)
    now = {(row.use, row.offering) for row in report.verdicts}
    answers = {(fact.id, fact.state, fact.value) for fact in report.facts}
    compared = SinceBaseline(
        as_of=baseline.as_of,
        case_sha256=baseline.case_sha256,
        rules_sha256=baseline.rules_sha256,
        same_case=baseline.case_sha256 == report.case_sha256,
        same_rules=baseline.rules_sha256 == report.rules_sha256,
        changed_answers=tuple(sorted({id_ for id_, *_ in answers.symmetric_difference(baseline.answers)})),
        rows=since,
        gone=tuple(row.name for key, row in before.items() if key not in now),
    )
    gate = replace(
        report.gate,
        # No rows at all stay open: nothing was decided, now as then.
        exit_code=EXIT_CODES[worst] if report.verdicts else report.gate.exit_code,
        policy=POLICY,
        blocking=tuple(row_name(row) for row in fails),
        baseline=compared,
    )
    return replace(report, gate=gate)


def _since(row: OfferingVerdict, before: EarlierRow | None, blocking: frozenset[str]) -> RowSince:
    name = row_name(row)
    if before is None:
        return RowSince(name, "new", None, row.verdict, False, ())
    new = tuple(_new(row, before))
    if before.verdict < row.verdict:
        state = "worse"
    elif new and row.verdict is not Verdict.PERMITTED:
        state = "changed"
    else:
        state = "better" if row.verdict < before.verdict else "unchanged"
    kept = name in blocking and state in ("unchanged", "better")
    return RowSince(name, state, before.verdict, row.verdict, kept, new)


def _new(row: OfferingVerdict, before: EarlierRow) -> Iterator[tuple[str, str]]:
    """What decides the row and did not before, as (what, id).

    A finding is known where the same words did at least as much before. Conditions and readings are compared where the
    verdict is the same: under another one the earlier report had no reason to list them all.
    """
    known = {one[0] for one in before.findings}
    for finding in [] if row.verdict is Verdict.NOT_COVERED else deciding(row):
        same = [effect for id_, hash_, effect in before.findings if (id_, hash_) == (finding.provision, finding.hash)]
        if not any(_weight(effect) >= _weight(finding.effect) for effect in same):
            changed = finding.provision in known and not same
            yield "changed provision" if changed else "provision", finding.provision
    for one in row.coverage:
        if one.missing and one.document not in before.gaps:
            yield "gap", one.document
    if row.verdict is before.verdict:
        yield from (("condition", c.safeguard) for c in row.conditions if c.safeguard not in before.conditions)
        yield from (("reading", r.id) for r in row.readings if r.matters and r.id not in before.readings)


def _weight(effect: str) -> int:
    """The rank of the verdict that a finding alone gives; what gives none weighs nothing."""
    verdict = _VERDICTS.get(effect)
    return verdict.rank if verdict else 0
