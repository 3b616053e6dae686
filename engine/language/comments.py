"""Comments of a text to the rows they stood at, so that the formatter loses none.

A comment on its own line goes before the clause that follows it, or that it stands in; one at the end of a line goes
to the end of that clause. Where a clause has several of the latter, the last one stays and the others go before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from .layout import Row
from .tokens import LOOSE_STRING
from .tree import Span

_COMMENT = re.compile(rf"{LOOSE_STRING}|#([^\n]*)")
Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment: its text from the `#` on, where it begins, and whether it has the line to itself."""

    text: str
    line: int
    column: int
    alone: bool


@dataclass(slots=True)
class Tail:
    """Comments behind the last clause of a block, and those at the end of the file, which belong to no block."""

    of_block: dict[int, list[str]]
    of_file: list[str]


@dataclass(frozen=True, slots=True)
class _Place:
    start: Position
    end: Position
    row: Row
    block: int


def find_comments(lines: Sequence[str]) -> list[Comment]:
    """The comments of a text without syntax errors, in order."""
    found = []
    for number, line in enumerate(lines, 1):
        if "#" not in line:
            continue
        for match in _COMMENT.finditer(line):
            if match[1] is not None:
                text = "#" + match[1].rstrip()
                found.append(Comment(text, number, match.start() + 1, not line[: match.start()].strip()))
    return found


def attach_comments(lines: Sequence[str], spans: Sequence[Span], blocks: Sequence[Sequence[Row]]) -> Tail:
    """Put the comments of a text to the rows of its blocks, whose places are `spans`; returns what fits to no row."""
    places = sorted(
        (
            _Place((span.line, span.column), (span.end_line, span.end_column), row, number)
            for number, rows in enumerate(blocks)
            for row in rows
            for span in row.places
        ),
        key=lambda place: place.start,
    )
    starts = [place.start for place in places]
    tail = Tail({}, [])
    last_line = {number: span.end_line for number, span in enumerate(spans)}
    at_end: dict[int, tuple[Row, int]] = {}
    for comment in find_comments(lines):
        at = (comment.line, comment.column)
        after = bisect_left(starts, at)
        if not comment.alone and after:
            row = places[after - 1].row
            at_end[id(row)] = (row, len(row.before))
            row.before.append(comment.text)
            continue
        if after and places[after - 1].end > at:  # in the middle of a clause
            places[after - 1].row.before.append(comment.text)
            continue
        previous = places[after - 1].block if after else -1
        following = places[after].block if after < len(places) else -1
        new_block = previous != following
        if new_block and previous >= 0 and comment.column > 1 and comment.line == last_line[previous] + 1:
            tail.of_block.setdefault(previous, []).append(comment.text)
            last_line[previous] = comment.line
            continue
        before = places[after].row.before if following >= 0 else tail.of_file
        before.append(comment.text)
        if new_block and _blank(lines, comment.line + 1):
            before.append("")
    for row, number in at_end.values():
        row.behind = row.before.pop(number)
    while tail.of_file and not tail.of_file[-1]:
        tail.of_file.pop()
    return tail


def _blank(lines: Sequence[str], number: int) -> bool:
    return number <= len(lines) and not lines[number - 1].strip()
