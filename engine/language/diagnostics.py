"""Diagnostics: what is wrong, where, and what would mend it. Errors are values; raising them is the last step.

Shape: `file:line:col: error[M012]: unknown fact 'purpose'`, the line with a caret, `help: did you mean 'purposes'?`.
Messages start small, end without a full stop and put the user's own text in single quotes. Every code has an entry
in `codes.py`, which `mayuse explain CODE` prints.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .tree import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about an input. `severity` is "error" or "warning"."""

    code: str
    message: str
    span: Span = NOWHERE
    help: str | None = None
    severity: str = "error"
    line: str | None = field(default=None, compare=False)
    """The source line at `span.line`, where it is known."""

    def render(self) -> str:
        """The diagnostic as a person reads it, one to four lines, without a newline at the end."""
        place = f"{self.span.file}:{self.span.line}:{self.span.column}: " if self.span.file else ""
        lines = [f"{place}{self.severity}[{self.code}]: {self.message}"]
        if self.line is not None and self.line.strip():
            shown, column = _window(self.line, self.span.column)
            width = self.span.end_column - self.span.column if self.span.end_line == self.span.line else 1
            width = max(1, min(width, len(shown) - column + 1))
            lines += ["  " + shown, "  " + " " * (column - 1) + "^" * width]
        if self.help:
            lines.append(f"  help: {self.help}")
        return "\n".join(lines)


def _window(line: str, column: int, width: int = 110) -> tuple[str, int]:
    """At most `width` characters of `line` around `column`, tabs as one space, and the column in that part."""
    start = max(0, column - 1 - width // 2) if len(line) > width else 0
    shown = "".join(c if c.isprintable() else " " for c in line[start : start + width])
    return shown, max(1, column - start)


class DiagnosticError(Exception):
    """Input that cannot be used. `diagnostics` holds every error found, at least one, in order of place."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        super().__init__("\n".join(d.render() for d in self.diagnostics))


class RulesError(DiagnosticError):
    """A rule set that cannot be used."""


class UseCaseError(DiagnosticError):
    """A use case, or a readings file, that cannot be used."""


def with_lines(found: Iterable[Diagnostic], sources: Mapping[str, str]) -> list[Diagnostic]:
    """The diagnostics without repetitions, in order of place, each with its source line from `sources` (name to text)."""
    split: dict[str, list[str]] = {}
    seen: dict[Diagnostic, Diagnostic] = {}
    for one in found:
        line = one.line
        if line is None and one.span.file in sources:
            lines = split.setdefault(one.span.file, sources[one.span.file].split("\n"))
            line = lines[one.span.line - 1] if one.span.line <= len(lines) else None
        seen.setdefault(one, Diagnostic(one.code, one.message, one.span, one.help, one.severity, line))
    return sorted(seen.values(), key=lambda d: (d.span.file, d.span.line, d.span.column, d.code))


def did_you_mean(word: str, known: Iterable[str], otherwise: str | None = None) -> str | None:
    """`did you mean 'purposes'?` for the nearest known name, or `otherwise`."""
    near: Sequence[str] = difflib.get_close_matches(word[:80], sorted(known), n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else otherwise


def clip(text: str, width: int = 60) -> str:
    """User text for a message: on one line, at most `width` characters."""
    text = " ".join(text.split())
    return text if len(text) <= width else text[: width - 1] + "…"


def one_of(keywords: Iterable[str]) -> str:
    """Keywords for a message, of which one is meant: `'term', 'fact' or 'define'`."""
    *others, last = (f"'{keyword}'" for keyword in keywords)
    return f"{', '.join(others)} or {last}" if others else last
