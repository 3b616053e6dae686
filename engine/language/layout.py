"""How words become lines: conditions and strings that wrap at the width, rows of a clause, aligned columns.

A row is one clause in one line or more, with the places in the source it came from, by which comments find it. Nothing
here knows a kind of block: that is `format`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .tree import (
    Always,
    And,
    ApprovedByPlatform,
    Compare,
    Condition,
    Holds,
    Name,
    Not,
    Or,
    ReadingIs,
    Span,
    Test,
    Text,
    This,
)

WIDTH = 120
"""Columns of a line, where it can be kept."""
KEYWORD_WIDTH = 8
"""A clause's keyword is filled up to this width."""
_COLUMNS = (32, 72)
"""A cell wider than this does not move the column of its neighbours."""

Value = str | Text | tuple[Text, ...] | tuple[Name, ...] | Condition
Segment = tuple[str, Value]
"""A word, or none, and what follows it: `section "2(a)"`."""
_APART = frozenset({"section", "quote", "seen", "updated", "effective", "read again"})
"""Words of a segment that stand two spaces apart from what is before them."""


@dataclass(slots=True)
class Row:
    """The lines of one clause, or of one whole vocabulary block; `cells` are its columns where it is one line."""

    lines: list[str]
    places: list[Span] = field(default_factory=list)
    cells: tuple[str, ...] = ()
    before: list[str] = field(default_factory=list)
    """Comments in front of it; an empty one is a blank line."""
    behind: str = ""


# ---- conditions


def format_condition(condition: Condition) -> str:
    """A condition in one line."""
    match condition:
        case Always():
            return "always"
        case ApprovedByPlatform():
            return "approved by platform"
        case Holds(name):
            return name.text
        case Compare(fact, operator, number):
            return f"{fact} {operator} {number.text}"
        case ReadingIs(reading, choice):
            return f"reading {reading} is {choice}"
        case Test():
            return _test_head(condition) + ", ".join(_term_pieces(condition))
        case Not(item):
            return f"not {format_condition(item)}" if _is_one_word(item) else f"not ({format_condition(item)})"
        case And(items):
            return " and ".join(_item(item) for item in items)
        case Or(items):
            return " or ".join(_item(item) for item in items)


def _is_one_word(item: Condition) -> bool:
    """Whether `not` needs no parentheses before it; `not (x is y)` is clearer with them."""
    return isinstance(item, Holds | Always | ApprovedByPlatform)


def _item(item: Condition) -> str:
    return f"({format_condition(item)})" if isinstance(item, And | Or) else format_condition(item)


def _test_head(test: Test) -> str:
    return f"{test.fact} {test.operator} "


def _term_pieces(test: Test) -> list[str]:
    """What stands between the commas of a test: terms, one of them with `other than`."""
    terms = [_term(term) for term in test.terms]
    others = [_term(term) for term in test.others]
    if not others:
        return terms
    return [*terms[:-1], f"{terms[-1]} other than {others[0]}", *others[1:]]


def _term(term: Name | This) -> str:
    return f"this {term.what}" if isinstance(term, This) else term.text


def condition_lines(condition: Condition, column: int) -> list[str]:
    """A condition that starts at `column` (0-based), in as many lines as it needs, without indentation of the rest."""
    line = format_condition(condition)
    if column + len(line) <= WIDTH:
        return [line]
    match condition:
        case And(items) | Or(items):
            word = "and " if isinstance(condition, And) else "or "
            lines: list[str] = []
            for number, item in enumerate(items):
                lead = word if number else ""
                lines += _hang(lead, _item_lines(item, column + len(lead), isinstance(item, And | Or)))
            return lines
        case Not(item):
            return _hang("not ", _item_lines(item, column + 4, not _is_one_word(item)))
        case Test():
            head = _test_head(condition)
            return _hang(head, _fill(_term_pieces(condition), column + len(head)))
        case _:
            return [line]


def _item_lines(item: Condition, column: int, parentheses: bool) -> list[str]:
    if not parentheses:
        return condition_lines(item, column)
    lines = _hang("(", condition_lines(item, column + 1))
    return [*lines[:-1], lines[-1] + ")"]


def _hang(lead: str, lines: Sequence[str]) -> list[str]:
    """The lines with `lead` before the first one, the others moved in by as much."""
    return [lead + lines[0], *(" " * len(lead) + line for line in lines[1:])]


def _fill(pieces: Sequence[str], column: int) -> list[str]:
    """Pieces with commas between them, as many to a line as fit behind `column`."""
    lines = [pieces[0]]
    for piece in pieces[1:]:
        if column + len(lines[-1]) + len(piece) + 3 <= WIDTH:
            lines[-1] += f", {piece}"
        else:
            lines[-1] += ","
            lines.append(piece)
    return lines


# ---- strings


def quoted(text: Text) -> str:
    """A text as one string."""
    return _quote(text.text)


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _string_lines(text: Text, column: int) -> list[str]:
    """A text as adjacent strings, split at single spaces where it is too long for a line."""
    rest, lines = text.text, []
    while column + len(_quote(rest)) > WIDTH:
        at = _split_point(rest, WIDTH - column)
        if at < 0:
            break
        lines.append(_quote(rest[:at]))
        rest = rest[at + 1 :]
    return [*lines, _quote(rest)]


def _split_point(text: str, room: int) -> int:
    """The last single space that leaves a string within `room` columns, else the first one; -1 where there is none."""
    best, width = -1, 2
    for at, sign in enumerate(text):
        if sign == " " and 0 < at < len(text) - 1 and text[at - 1] != " " and text[at + 1] != " ":
            if width > room and best >= 0:
                return best
            best = at
        width += 2 if sign in '"\\' else 1
        if width > room and best >= 0:
            return best
    return best


# ---- rows


def flat(segment: Segment) -> str:
    """A segment in one line."""
    word, value = segment
    match value:
        case str():
            text = value
        case Text():
            text = quoted(value)
        case tuple():
            separator = " then " if value and isinstance(value[0], Text) else ", "
            text = separator.join(quoted(one) if isinstance(one, Text) else one.text for one in value)
        case _:
            text = format_condition(value)
    return f"{word} {text}".strip()


def _wrapped(segment: Segment, column: int) -> list[str]:
    word, value = segment
    lead = f"{word} " if word else ""
    column += len(lead)
    match value:
        case str():
            lines = [value]
        case Text():
            lines = _string_lines(value, column)
        case tuple():
            if value and isinstance(value[0], Text):
                lines = []
                for number, text in enumerate(value):
                    start = "then " if number else ""
                    lines += _hang(start, _string_lines(Text(text.text), column + len(start)))
            else:
                lines = _fill([one.text for one in value], column)
        case _:
            lines = condition_lines(value, column)
    return _hang(lead, lines)


def lay_out(lead: str, segments: Sequence[Segment]) -> list[str]:
    """`lead` and the segments behind it in one line if they fit, else one segment under the other."""
    line = lead
    for number, segment in enumerate(segments):
        line += (("  " if segment[0] in _APART else " ") if number else "") + flat(segment)
    if len(line) <= WIDTH:
        return [line.rstrip()]
    lines = [line for segment in segments for line in _wrapped(segment, len(lead))]
    return [line.rstrip() for line in _hang(lead, lines)]


def clause(keyword: str, segments: Sequence[Segment], places: Sequence[Span]) -> Row:
    """The row of a clause inside a block."""
    return Row(lay_out(f"  {keyword:<{KEYWORD_WIDTH}} ", segments), list(places))


def listed(lead: str, texts: Sequence[Text]) -> list[str]:
    """`lead` and texts with commas between them, as many to a line as fit."""
    return _hang(lead, _fill([quoted(text) for text in texts], len(lead)))


def align(rows: Sequence[Row]) -> None:
    """Give one-line rows with cells common columns, as far as the width allows."""
    for count in (2, 1, 0):
        widths = [
            max((len(row.cells[at]) for row in rows if len(row.cells[at]) <= _COLUMNS[at]), default=0)
            for at in range(count)
        ]
        lines = [_columns(row.cells, widths) for row in rows]
        if all(len(line) <= WIDTH for line in lines) or not count:
            for row, line in zip(rows, lines, strict=True):
                row.lines = [line]
            return


def _columns(cells: Sequence[str], widths: Sequence[int]) -> str:
    line = cells[0].ljust(widths[0] if widths else 0) + " " + cells[1]
    if len(cells) > 2:
        room = (widths[0] if widths else 0) + 1 + widths[1] if len(widths) > 1 else 0
        line = line.ljust(room)
        for cell in cells[2:]:
            line += f"  {cell}" if len(widths) else f" {cell}"
    return line.rstrip()
