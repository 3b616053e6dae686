"""What is new since an earlier report, and a gate that fails for that alone.

A row fails where it is new, where its verdict became worse, or where something decides it that did not before: a
provision, another wording of one, a condition, a reading, a gap. Everything else is in the baseline: its verdict stands
as it is, is shown as before, and only the exit code lets it through. The plan as a whole is a row as well. Waivers are
looked at on both sides: one that is new makes no row worse, and one that has lapsed does.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .because import deciding
from .gate import EXIT_CODES
from .model import OfferingVerdict, Report, Row, RowSince, SinceBaseline, Verdict

POLICY = "worst of the rows that are new, worse or decided otherwise than in the baseline"

_VERDICTS = {verdict.value: verdict for verdict in Verdict}


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """A row of an earlier report, or its plan as a whole, as far as a later one is held against it."""

    name: str
    verdict: Verdict
    after_waivers: Verdict | None
    findings: tuple[tuple[str, str, str], ...]
    """(provision, hash, effect), without those that were waived."""
    conditions: frozenset[str]
    readings: frozenset[str]
    gaps: frozenset[str]

    @property
    def counted(self) -> Verdict:
        """What waivers left of it."""
        return self.after_waivers or self.verdict


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
    before = {row.name: row for row in baseline.rows}
    blocking = frozenset(report.gate.blocking)
    waived = frozenset(one.provision for one in report.waivers if one.state == "in force")
    since = [_since(row, before.get(row.name), blocking, _new_in(row, before, waived)) for row in report.verdicts]
    if report.plan:
        since.append(_since(report.plan, before.get(report.plan.name), blocking, _new_in_plan(report, before, since)))
    kept = {one.row for one in since if one.kept}
    now = rows_of(report)
    fails = [row for row in now if row.name in blocking - kept]
    worst = max((row.after_waivers or row.verdict for row in fails), key=lambda v: v.rank, default=Verdict.PERMITTED)
    answers = {(fact.id, fact.state, fact.value) for fact in report.facts}
    compared = SinceBaseline(
        as_of=baseline.as_of,
        case_sha256=baseline.case_sha256,
        rules_sha256=baseline.rules_sha256,
        same_case=baseline.case_sha256 == report.case_sha256,
        same_rules=baseline.rules_sha256 == report.rules_sha256,
        changed_answers=tuple(sorted({id_ for id_, *_ in answers.symmetric_difference(baseline.answers)})),
        rows=tuple(since),
        gone=tuple(name for name in before if name not in {row.name for row in now}),
    )
    gate = replace(
        report.gate,
        # No rows at all stay open: nothing was decided, now as then.
        exit_code=EXIT_CODES[worst] if report.verdicts else report.gate.exit_code,
        policy=POLICY,
        blocking=tuple(row.name for row in fails),
        baseline=compared,
    )
    return replace(report, gate=gate)


def rows_of(report: Report) -> Sequence[Row]:
    """What the gate counts: every row, and the plan as a whole where it has uses."""
    return (*report.verdicts, *([report.plan] if report.plan else []))


def _since(row: Row, before: EarlierRow | None, blocking: frozenset[str], found: Sequence[tuple[str, str]]) -> RowSince:
    """`found` is what decides the row and did not before."""
    if before is None:
        return RowSince(row.name, "new", None, row.verdict, False, (), None, row.after_waivers)
    counted = row.after_waivers or row.verdict
    if before.verdict < row.verdict or before.counted < counted:
        state = "worse"
    elif found and counted is not Verdict.PERMITTED:
        state = "changed"
    else:
        state = "better" if row.verdict < before.verdict or counted < before.counted else "unchanged"
    kept = row.name in blocking and state in ("unchanged", "better")
    return RowSince(
        row.name, state, before.verdict, row.verdict, kept, tuple(found), before.after_waivers, row.after_waivers
    )


def _new_in(row: OfferingVerdict, before: dict[str, EarlierRow], waived: frozenset[str]) -> list[tuple[str, str]]:
    """What decides a row and did not before, as (what, id). What is waived decides nothing."""
    if row.name not in before:
        return []
    was = before[row.name]
    left = replace(
        row,
        verdict=row.after_waivers or row.verdict,
        findings=tuple(one for one in row.findings if one.provision not in waived),
    )
    return [*_clauses(left, was), *_moves(row, was)]


def _new_in_plan(report: Report, before: dict[str, EarlierRow], since: Sequence[RowSince]) -> list[tuple[str, str]]:
    """The same for the plan as a whole: it is its uses that clauses decide."""
    if report.plan is None or report.plan.name not in before:
        return []
    uses = dict.fromkeys(new for one in since for new in one.new if new[0] not in ("condition", "reading"))
    return [*uses, *_moves(report.plan, before[report.plan.name])]


def _clauses(row: OfferingVerdict, before: EarlierRow) -> Iterator[tuple[str, str]]:
    """The clauses and the gaps. A finding is known where the same words did at least as much before."""
    known = {one[0] for one in before.findings}
    for finding in [] if row.verdict is Verdict.NOT_COVERED else deciding(row):
        same = [effect for id_, hash_, effect in before.findings if (id_, hash_) == (finding.provision, finding.hash)]
        if not any(_weight(effect) >= _weight(finding.effect) for effect in same):
            changed = finding.provision in known and not same
            yield "changed provision" if changed else "provision", finding.provision
    for one in row.coverage:
        if one.missing and one.document not in before.gaps:
            yield "gap", one.document


def _moves(row: Row, before: EarlierRow) -> Iterator[tuple[str, str]]:
    """Conditions and readings, compared where the verdict is the same: under another one the earlier report had no reason
    to list them all."""
    if row.verdict is before.verdict:
        yield from (("condition", c.safeguard) for c in row.conditions if c.safeguard not in before.conditions)
        yield from (("reading", r.id) for r in row.readings if r.matters and r.id not in before.readings)


def _weight(effect: str) -> int:
    """The rank of the verdict that a finding alone gives; what gives none weighs nothing."""
    verdict = _VERDICTS.get(effect)
    return verdict.rank if verdict else 0
