"""What every format that machines read asks of a row: how it stands, what decides it, and where the plan says so.

One answer for all of them, so that no format calls open what another calls failed. Nothing is decided here: a standing
is read off the verdict and the gate, and a place off the facts that a finding read.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..judge.because import deciding
from ..judge.model import FactShown, Finding, PlanVerdict, Report, Row, RowSince, Verdict, WaiverShown
from ..language.diagnostics import Diagnostic
from ..language.tree import NOWHERE, Span
from .words import (
    after_words,
    cite,
    condition_words,
    evidence_words,
    listed,
    open_words,
    quoted,
    row_title,
    waiver_words,
)


class Standing(enum.Enum):
    """How a row stands before the gate. Only the first three let it through."""

    PERMITTED = "permitted"
    ACCEPTED = "accepted"
    """Conditional, and each of its conditions is accepted."""
    WAIVED = "waived"
    """Let through by waivers alone: its verdict is worse."""
    CONDITIONAL = "conditional"
    OPEN = "open"
    REFUSED = "refused"


_STANDINGS = {
    Verdict.PERMITTED: Standing.PERMITTED,
    Verdict.CONDITIONAL: Standing.CONDITIONAL,
    Verdict.NOT_COVERED: Standing.OPEN,
    Verdict.CONTESTED: Standing.OPEN,
    Verdict.UNDETERMINED: Standing.OPEN,
    Verdict.NEEDS_APPROVAL: Standing.REFUSED,
    Verdict.CONFLICT: Standing.REFUSED,
}


PASSING = (Standing.PERMITTED, Standing.ACCEPTED, Standing.WAIVED)
"""The standings that the gate lets through."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A plan that could not be checked, and why. `file` is as it was named, empty where it is not known."""

    file: str
    diagnostics: tuple[Diagnostic, ...]
    engine: str


Outcome = Report | Failure
"""What became of one file."""


def standing(report: Report, row: Row) -> Standing:
    """How `row` stands, after waivers; a conditional row is accepted where conditions were, and it neither blocks nor was
    let through by a baseline. Where only waivers let it through, it is waived and nothing better."""
    counted = row.after_waivers or row.verdict
    stands = _STANDINGS[counted]
    if stands is Standing.CONDITIONAL and report.gate.accepted and row.name not in report.gate.blocking:
        stands = Standing.CONDITIONAL if in_baseline(report, row) else Standing.ACCEPTED
    return Standing.WAIVED if stands in (Standing.PERMITTED, Standing.ACCEPTED) and counted < row.verdict else stands


def in_baseline(report: Report, row: Row) -> bool:
    """Whether the row would fail the gate, and does not because an earlier report has it already."""
    since = since_baseline(report, row)
    return since is not None and since.kept


def since_baseline(report: Report, row: Row) -> RowSince | None:
    """What became of the row since the baseline; None without one."""
    compared = report.gate.baseline
    return next((one for one in compared.rows if one.row == row.name), None) if compared else None


def waivers_of(report: Report, row: Row) -> list[WaiverShown]:
    """The waivers that change a row, and those, lapsed or not, of the clauses that matter to it."""
    rows = report.verdicts if isinstance(row, PlanVerdict) else [row]
    matter = {one.provision for each in rows for one in each.findings}
    return [one for one in report.waivers if row.name in one.rows or one.provision in matter]


def in_force(report: Report) -> dict[str, WaiverShown]:
    """The waivers that hold, by provision."""
    return {one.provision: one for one in report.waivers if one.state == "in force"}


def deciders(row: Row) -> Sequence[Finding]:
    """The findings that decide a row. None decides one that is not covered: what is missing does. Those that decide the
    plan as a whole stand with its uses."""
    return () if isinstance(row, PlanVerdict) or row.verdict is Verdict.NOT_COVERED else deciding(row)


def headline(row: Row) -> str:
    """`deepseek/api: conditional`: the row's name and its verdict, which no message goes without; then what waivers leave
    of it."""
    return f"{row_title(row)}: {after_words(row.verdict, row.after_waivers)}"


def reason(finding: Finding) -> str:
    """A finding in one line: what it says, where, in which words."""
    quote = quoted(finding.quote)
    return f"{finding.title} {cite(finding)}" + (f": {quote}" if quote else "")


def evidence_line(finding: Finding) -> str:
    """Whether its words were found, when the text was last seen, and where it is."""
    seen = f"last seen {finding.seen.isoformat()}" if finding.seen else ""
    return "; ".join(filter(None, (f"Evidence: {evidence_words(finding.evidence)}", seen, finding.source)))


def moves(report: Report, row: Row, finding: Finding | None = None) -> list[str]:
    """What would move the row: conditions, approvals, questions, readings, texts to read; one line each; last its
    waivers. With `finding` only what that finding asks for, where that is known."""
    read = {fact.id for fact in finding.facts} if finding else set()
    wanted = [one for one in row.conditions if finding is None or finding.provision in one.findings]
    asked = [one for one in row.open if finding is None or one.fact in read]
    lines = [f"Condition: {condition_words(one)}" for one in wanted]
    lines += [f"Approval: with {listed(one.approvals)}: {one.verdict.value}" for one in row.approvals]
    lines += [f"Open: {open_words(one)}" for one in asked]
    lines += [f"Counsel: {one.question} [{one.id}]" for one in row.readings if one.matters]
    lines += [f"Not covered: {gap}" for gap in gaps(row) if finding is None and gap != row.because]
    waivers = [one for one in waivers_of(report, row) if finding is None or one.provision == finding.provision]
    return [*lines, *map(waiver_line, waivers)]


def waiver_line(one: WaiverShown) -> str:
    """`Waiver of openai/terms/rival-models: in force until 2027-06-30: borne (J. Doe); changes openai/api`."""
    return f"Waiver of {one.provision}: {waiver_words(one)}"


def gaps(row: Row) -> list[str]:
    """The governing documents that do not cover the plan, each with what is missing."""
    coverage = () if isinstance(row, PlanVerdict) else row.coverage
    return [f"{one.title}: {one.missing}" if one.title else one.missing for one in coverage if one.missing]


def answers(finding: Finding, row: Row) -> list[FactShown]:
    """The answers that a finding read and that stand in a file, the one that decides most first.

    For an open row that is what nobody knows. A requirement reads its safeguards after its condition, so its own
    answers are taken from the end.
    """
    said = [fact for fact in finding.facts if fact.span != NOWHERE and fact.span.file]
    if finding.kind == "require":
        said.reverse()
    if row.verdict in (Verdict.UNDETERMINED, Verdict.CONTESTED):
        said.sort(key=lambda fact: fact.state != "don't know")
    return said


def place_of(report: Report, row: Row, finding: Finding | None = None) -> Span | None:
    """Where a plan gives the answer on which a finding, or else the row's first, turns; None where it is in no file.

    Where no answer decides, it is the plan's first line.
    """
    for one in [finding] if finding else deciders(row):
        for fact in answers(one, row):
            if is_file(fact.span.file):
                return fact.span
    return first_line(report)


def first_line(report: Report) -> Span | None:
    """The beginning of the plan's file; None where it is in no file."""
    name = report.case_file or ""
    return Span(name, 1, 1, 1, 1) if is_file(name) else None


def is_file(name: str) -> bool:
    """Whether a name is that of a file: standard input and texts without a name stand in angle brackets."""
    return bool(name) and not name.startswith("<")


def ended(texts: Iterable[str]) -> list[str]:
    """Each text as a sentence, with one mark at its end; empty ones left out."""
    return [text if text.endswith((".", "?", "!")) else f"{text}." for text in texts if text]
