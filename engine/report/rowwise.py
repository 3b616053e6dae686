"""The report as rows for other programs: CSV for spreadsheets, JSON Lines for logs and pipelines.

One row, or line, an offering, and one for a plan with uses as a whole; each stands alone and says whose plan, which day
and which rules it is about. `COLUMNS` only grows, at its end. A spreadsheet takes a cell that begins like a formula for
one, so such a cell gets an apostrophe before it. A plan that could not be checked is a row too, with the verdict "error".
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable

from ..judge.baseline import rows_of
from ..judge.model import OfferingVerdict, PlanVerdict, Report, Row, Verdict
from .columns import neutral
from .json import UNSAFE, Json, errors_json, to_json
from .rows import Failure, Outcome, deciders, in_baseline, standing, waivers_of
from .words import DISCLAIMER, INDEPENDENCE, condition_words, listed, open_words, waiver_words

COLUMNS = (
    "case",
    "case_file",
    "case_sha256",
    "as_of",
    "platform",
    "offering",
    "use",
    "title",
    "verdict",
    "owner",
    "gate",
    "basis",
    "because",
    "provisions",
    "conditions",
    "approvals",
    "open",
    "readings",
    "missing",
    "rules_revision",
    "rules_sha256",
    "engine",
    "disclaimer",
    "after_waivers",
    "waivers",
)
"""The header of the CSV. Several values of one cell are parted by "; "."""

_FORMULA = re.compile("^[=+@＝＋－＠\t\r-]|(?<=;)[=+@-]")
"""What a spreadsheet computes: at the start of a cell, and of a half cell where it parts columns at semicolons."""


def render_csv(report: Report, width: int = 0, *, detail: bool = False, color: bool = False) -> str:
    """The report as CSV (RFC 4180: CRLF, quotes doubled). `width`, `detail` and `color` are for other formats."""
    return join_csv([report])


def join_csv(outcomes: Iterable[Outcome], width: int = 0, *, detail: bool = False, color: bool = False) -> str:
    """Any number of plans under one header."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for one in outcomes:
        rows = _failed(one) if isinstance(one, Failure) else _rows(one)
        writer.writerows({key: cell(value) for key, value in row.items()} for row in rows)
    return text.getvalue()


def cell(text: str) -> str:
    """A text that a spreadsheet shows and does not compute. A lone "-", which stands for nobody, is no formula."""
    text = neutral(text)
    return text if text == "-" else _FORMULA.sub(lambda found: f"'{found[0]}", text)


def _rows(report: Report) -> Iterable[dict[str, str]]:
    """Every row; one that says so where nothing was checked."""
    yield from (_row(report, row) for row in rows_of(report))
    if not report.verdicts:
        about = {"case": report.case_name, "case_file": report.case_file or "", "case_sha256": report.case_sha256}
        rules = {"rules_revision": report.revision, "rules_sha256": report.rules_sha256, "engine": report.engine}
        yield {
            **dict.fromkeys(COLUMNS, ""),
            **about,
            **rules,
            "as_of": report.as_of.isoformat(),
            "gate": "open",
            "because": "no offering was checked",
            "disclaimer": f"{DISCLAIMER} {INDEPENDENCE}",
        }


def _row(report: Report, row: Row) -> dict[str, str]:
    return {
        **dict.fromkeys(COLUMNS, ""),
        "case": report.case_name,
        "case_file": report.case_file or "",
        "case_sha256": report.case_sha256,
        "as_of": report.as_of.isoformat(),
        "title": row.name,
        **({} if isinstance(row, PlanVerdict) else _own(row)),
        "verdict": row.verdict.value,
        "owner": row.owner,
        "gate": gate_word(report, row),
        "because": row.because,
        "conditions": "; ".join(map(condition_words, row.conditions)),
        "approvals": "; ".join(f"{listed(one.approvals)} ({one.verdict.value})" for one in row.approvals),
        "open": "; ".join(map(open_words, row.open)),
        "readings": "; ".join(one.id for one in row.readings if one.matters),
        "rules_revision": report.revision,
        "rules_sha256": report.rules_sha256,
        "engine": report.engine,
        "disclaimer": f"{DISCLAIMER} {INDEPENDENCE}",
        "after_waivers": row.after_waivers.value if row.after_waivers else "",
        "waivers": "; ".join(f"{one.provision}: {waiver_words(one)}" for one in waivers_of(report, row)),
    }


def _own(row: OfferingVerdict) -> dict[str, str]:
    """What a row has that the plan as a whole has not."""
    return {
        "as_of": row.as_of.isoformat(),
        "platform": row.platform,
        "offering": row.offering or "",
        "use": row.use or "",
        "title": row.title,
        # Of a row that is open, "no restriction found" would read like a pass.
        "basis": row.basis if row.verdict is Verdict.PERMITTED else "",
        "provisions": "; ".join(one.provision for one in deciders(row)),
        "missing": "; ".join(f"{one.document}: {one.missing}" for one in row.coverage if one.missing),
    }


def gate_word(report: Report, row: Row) -> str:
    """How the row stands before the gate: permitted, accepted, waived, conditional, open, refused; or "in the
    baseline"."""
    return "in the baseline" if in_baseline(report, row) else standing(report, row).value


def _failed(failure: Failure) -> Iterable[dict[str, str]]:
    for one in failure.diagnostics:
        place = f"{one.span.file}:{one.span.line}:{one.span.column}: " if one.span.file else ""
        yield {
            **dict.fromkeys(COLUMNS, ""),
            "case_file": failure.file,
            "verdict": "error",
            "gate": "error",
            "because": f"{place}{one.code}: {one.message}",
            "engine": failure.engine,
            "disclaimer": f"{DISCLAIMER} {INDEPENDENCE}",
        }


def render_jsonl(report: Report, width: int = 0, *, detail: bool = False, color: bool = False) -> str:
    """The report as JSON Lines. `width`, `detail` and `color` are for other formats."""
    return join_jsonl([report])


def join_jsonl(outcomes: Iterable[Outcome], width: int = 0, *, detail: bool = False, color: bool = False) -> str:
    """Any number of plans as JSON Lines. A plan without a verdict on anything is one line whose `row` is null."""
    lines = [line for one in outcomes for line in (_no_verdict(one) if isinstance(one, Failure) else _lines(one))]
    return "".join(f"{_line(line)}\n" for line in lines)


def _lines(report: Report) -> Iterable[Json]:
    whole = to_json(report)
    about = {
        **{key: whole[key] for key in ("schema", "engine", "rules", "as_of", "disclaimer", "independence")},
        "case": {key: value for key, value in whole["case"].items() if key != "facts"},
    }
    rest = {"waivers": whole["waivers"], "errors": []}
    for row, shown in zip(report.verdicts, whole["verdicts"], strict=True):
        yield {**about, "row": row.name, "gate": gate_word(report, row), "verdict": shown, "plan": None, **rest}
    if report.plan:
        gate = gate_word(report, report.plan)
        yield {**about, "row": report.plan.name, "gate": gate, "verdict": None, "plan": whole["plan"], **rest}
    if not report.verdicts:
        yield {**about, "row": None, "gate": "open", "verdict": None, "plan": None, **rest}


def _no_verdict(failure: Failure) -> Iterable[Json]:
    whole = errors_json(failure.diagnostics, failure.engine)
    about = {key: whole[key] for key in ("schema", "engine", "rules", "as_of", "disclaimer", "independence")}
    case = {"name": None, "file": failure.file or None, "sha256": None, "vocabulary": None}
    nothing: Json = {"row": None, "gate": "error", "verdict": None, "plan": None, "waivers": []}
    yield {**about, "case": case, **nothing, "errors": whole["errors"]}


def _line(document: Json) -> str:
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
