"""Where the errors of one file are gathered, so that a reader of it can go on after the first.

Every step of reading takes a `Findings`, adds to it, and returns what it could make of its part. A file with hundreds
of errors is cut short by `Enough`, which only `read.py` catches.
"""

from __future__ import annotations

from ..language.diagnostics import Diagnostic, UseCaseError, with_lines
from ..language.tree import Span
from .source import describe

MOST = 200
"""How many errors of one file are shown."""

LONGEST_LINE = 10_000
"""A longer line is not shown with its errors: each would look through all of it."""


class Enough(Exception):
    """Raised by `Findings.add` once a file has shown `MOST` errors."""


class Findings:
    """The diagnostics of one file, in the order in which they were found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Diagnostic] = []

    def add(self, code: str, message: str, span: Span, help: str | None = None) -> None:
        """Add an error. Raises `Enough` where there are too many of them to be read."""
        self.found.append(Diagnostic(code, visible(message), span, help and visible(help)))
        if len(self.found) >= MOST:
            note = f"only the first {MOST} errors found are shown"
            self.found.append(Diagnostic("M213", note, span, "mend these first, then read the file again"))
            raise Enough


def visible(text: str) -> str:
    """The text with a number in place of each character that would not be seen."""
    return text if text.isprintable() else "".join(c if c.isprintable() else f"<{describe(c)}>" for c in text)


def refuse(found: Findings, text: str) -> None:
    """Raise UseCaseError with what was found in `text`, in order of place; nothing where nothing was found."""
    if found.found:
        shown = "\n".join(line if len(line) <= LONGEST_LINE else "" for line in text.split("\n"))
        raise UseCaseError(with_lines(found.found, {found.file: shown}))
