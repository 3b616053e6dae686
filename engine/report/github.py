"""The report as workflow commands of GitHub Actions: annotations at the answers that decide, one for each row.

Refused rows are errors; conditional and open rows warnings, as is what only a baseline or a waiver lets through;
permitted and accepted rows notices. Values are escaped as GitHub's toolkit does it, so that no text of ours or theirs
makes a command.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..judge.baseline import rows_of
from ..judge.model import PlanVerdict, Report, Row
from ..language.diagnostics import Diagnostic
from ..language.tree import Span
from .columns import neutral
from .rows import (
    Failure,
    Outcome,
    Standing,
    deciders,
    first_line,
    headline,
    in_baseline,
    is_file,
    moves,
    place_of,
    reason,
    standing,
    waiver_line,
    waivers_of,
)
from .words import DISCLAIMER, INDEPENDENCE, gate_words

_LEVELS = {
    Standing.PERMITTED: "notice",
    Standing.ACCEPTED: "notice",
    Standing.WAIVED: "warning",
    Standing.CONDITIONAL: "warning",
    Standing.OPEN: "warning",
    Standing.REFUSED: "error",
}

REASONS = 3
"""Deciding findings that an annotation names without `detail`."""

MOVES = 8
"""Conditions, questions and the like that an annotation names without `detail`."""


def render_github(report: Report, width: int = 0, *, detail: bool = False, color: bool = False) -> str:
    """The report as workflow commands, one a line; with `detail` all that decides. `width` and `color` do nothing."""
    return join_github([report], detail=detail)


def join_github(outcomes: Iterable[Outcome], width: int = 0, *, detail: bool = False, color: bool = False) -> str:
    """Any number of plans as workflow commands, and the disclaimer as a line of the log."""
    lines = []
    for one in outcomes:
        if isinstance(one, Failure):
            lines += [_error(diagnostic) for diagnostic in one.diagnostics]
        else:
            lines += _commands(one, detail)
    return "".join(f"{line}\n" for line in [*lines, f"{DISCLAIMER} {INDEPENDENCE}"])


def _commands(report: Report, detail: bool) -> Iterable[str]:
    for row in rows_of(report):
        level = "warning" if in_baseline(report, row) else _LEVELS[standing(report, row)]
        yield command(level, _text(report, row, detail), place_of(report, row), _title(report, row))
    if not report.verdicts:
        yield command("warning", "No offering was checked.", first_line(report), "mayuse: nothing checked")
    yield from (_plain(waiver_line(one)) for one in report.waivers)
    yield _plain(gate_words(report))


def _title(report: Report, row: Row) -> str:
    if standing(report, row) is Standing.ACCEPTED:
        return f"{headline(row)} (accepted)"
    return f"{headline(row)} (in the baseline)" if in_baseline(report, row) else headline(row)


def _text(report: Report, row: Row, detail: bool) -> str:
    """What an annotation says: why, on which clauses, and what would move it."""
    reasons = [reason(one) for one in deciders(row)]
    waived = [waiver_line(one) for one in waivers_of(report, row)]
    moving = [one for one in moves(report, row) if one not in waived]
    lines = [row.because, *_some(reasons, REASONS, detail), *_some(moving, MOVES, detail), *waived]
    day = (report if isinstance(row, PlanVerdict) else row).as_of.isoformat()
    return "\n".join(neutral(line) for line in [*lines, f"{report.case_name}, as of {day}"] if line)


def _some(lines: list[str], most: int, detail: bool) -> list[str]:
    if detail or len(lines) <= most:
        return lines
    return [*lines[:most], f"and {len(lines) - most} more (shown by --detail)"]


def _error(one: Diagnostic) -> str:
    help_ = f"\nhelp: {one.help}" if one.help else ""
    place = one.span if is_file(one.span.file) else None
    return command("error", f"{one.message}{help_}", place, f"mayuse {one.code}: not checked")


def command(level: str, message: str, place: Span | None, title: str) -> str:
    """`::error file=…,line=…,title=…::message`, escaped."""
    properties: dict[str, str] = {}
    if place is not None:
        properties = {"file": place.file, "line": str(place.line), "endLine": str(place.end_line)}
        if place.end_line == place.line and place.end_column > place.column:
            # GitHub's columns include the last; it wants none where a region spans lines.
            properties |= {"col": str(place.column), "endColumn": str(place.end_column - 1)}
    properties["title"] = neutral(title)
    said = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{level} {said}::{_data(message)}"


def _data(text: str) -> str:
    """A message as GitHub's toolkit escapes it; control characters are made harmless before."""
    lines = [neutral(line) for line in text.split("\n")]
    return "\n".join(lines).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _plain(line: str) -> str:
    """A line of the log that is no command: those begin with two colons, or hold `##[`."""
    return neutral(line).replace("::", ": :").replace("##[", "# #[")
