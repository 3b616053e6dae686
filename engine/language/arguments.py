"""What the head and the clauses of a block hold: names, texts, dates, conditions, citations, as small tree nodes.

Nothing here knows a kind of block: that is `build`, which makes blocks of these.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .clauses import Clause, RawBlock
from .conditions import build_condition
from .tokens import PLAIN_NAME, Part, check_name
from .tree import NO_CITATION, Citation, Condition, Date, Name, Span, Text

_THEN = re.compile("then")
_COMMA = re.compile(",")
_LEADING_NAME = re.compile(rf"{PLAIN_NAME}(?:/{PLAIN_NAME})*+")


def head_name(part: Part, raw: RawBlock) -> Name:
    """The block's name; one that cannot be a name is an error."""
    name = part.name(raw.head, 2)
    check_name(part, name.text, *raw.head.span(2))
    return name


def head_title(part: Part, raw: RawBlock) -> Text:
    """The quoted text of the head, its last part."""
    return part.string(*raw.head.span(raw.head.lastindex or 0))


def clause_span(part: Part, clause: Clause) -> Span:
    """The place of a clause with what belongs to it."""
    return part.span(clause.start, clause.end)


def block_span(part: Part, raw: RawBlock) -> Span:
    """The place of the whole block."""
    return part.span(raw.head.start(1), raw.end)


def text_of(part: Part, clause: Clause | None) -> Text | None:
    """The text behind the keyword."""
    return part.string(clause.argument, clause.behind) if clause else None


def date_of(part: Part, clause: Clause | None) -> Date | None:
    """The date behind the keyword."""
    return part.date(clause.argument, clause.behind) if clause else None


def condition_of(part: Part, clause: Clause) -> Condition:
    """The condition behind the keyword."""
    return build_condition(part, clause.argument, clause.behind)


def optional_condition(part: Part, clause: Clause | None) -> Condition | None:
    """The condition behind the keyword, if the clause is there."""
    return condition_of(part, clause) if clause else None


def name_of(part: Part, clause: Clause) -> Name:
    """The one name right behind the keyword."""
    match = _LEADING_NAME.match(part.text, clause.argument)
    assert match is not None
    return Name(match[0], part.span(*match.span()))


def optional_name(part: Part, clause: Clause | None) -> Name | None:
    """The one name right behind the keyword, if the clause is there."""
    return name_of(part, clause) if clause else None


def names_of(part: Part, clauses: list[Clause]) -> tuple[Name, ...]:
    """The names of the clauses' lists, joined."""
    return tuple(name for clause in clauses for name in part.names(clause.argument, clause.behind))


def texts_of(part: Part, clauses: list[Clause]) -> tuple[Text, ...]:
    """The texts of the clauses' lists, joined."""
    return tuple(text for clause in clauses for text in part.texts(clause.argument, clause.behind, _COMMA))


def titled_of(part: Part, clause: Clause) -> tuple[Name, Text]:
    """The name and the text behind the keyword."""
    name = name_of(part, clause)
    return name, part.joined(part.strings(clause.argument, clause.behind))


def citation_of(part: Part, owned: Mapping[str, Clause]) -> Citation:
    """The `section` and `quote` among the clauses that belong to something."""
    section, quote = owned.get("section"), owned.get("quote")
    if section is None and quote is None:
        return NO_CITATION
    both = [clause for clause in (section, quote) if clause]
    span = part.span(min(c.start for c in both), max(c.end for c in both))
    fragments = part.texts(quote.argument, quote.behind, _THEN) if quote else ()
    return Citation(text_of(part, section), fragments, span)


def missing(part: Part, raw: RawBlock, what: str, help: str, clause: Clause | None = None) -> None:
    """Something a block must have is not there; silent where an error was found in it before."""
    if part.broken:
        return
    start, end = raw.head.span(1)
    name = f"'{raw.keyword}'"
    if clause is not None:
        start, end, name = clause.start, clause.start + len(clause.keyword), f"'{clause.keyword}'"
    part.error("M017", f"this {name} has {what}", start, end, help)
    part.broken = False
