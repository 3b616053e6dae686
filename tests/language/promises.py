"""What the parser promises of any text: values back, errors in order and in place, and a formatter that agrees."""

from __future__ import annotations

import pytest
from mayuse.language import File, RulesError, format_text, parse
from mayuse.language.tokens import MOST_REPORTED
from mayuse.language.tree import Span


def check(text: str) -> bool:
    """Parse a text, and hold what comes back to its promises; whether it is free of errors."""
    file, found = parse(text, "x")
    assert isinstance(file, File) and len(found) <= MOST_REPORTED + 1
    lines = text.removeprefix("\ufeff").split("\n")
    places = [one.span for one in found] + [block.span for block in file.blocks]
    for span in places:
        assert inside(span, lines), span
    ordered = [(one.span.line, one.span.column) for one in found]
    assert ordered == sorted(ordered)
    for one in found:
        assert one.render() and one.message == one.message.strip() and "\n" not in one.message
    if not found:
        assert parse(format_text(text, "x"), "x") == (file, [])
    else:
        with pytest.raises(RulesError):
            format_text(text, "x")
    return not found


def inside(span: Span, lines: list[str]) -> bool:
    """Whether the place is in the text, and its end not before its start."""
    return (
        1 <= span.line <= span.end_line <= len(lines)
        and 1 <= span.column <= len(lines[span.line - 1]) + 1
        and 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1
        and (span.line, span.column) <= (span.end_line, span.end_column)
    )
