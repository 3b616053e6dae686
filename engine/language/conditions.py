"""Steps of a condition to its tree, without recursion: one level on a stack for every open parenthesis.

`and` and `or` have no precedence (mixing them is an error), so a level is only a list and its connector. However deep
or long the text, the work is linear and ends at the limit of depth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .grammar import (
    CHOICE,
    CLOSED,
    COMPARE,
    FACT,
    JOINED,
    NUMBER,
    OPENED,
    OTHERS,
    READING,
    STEP,
    TERMS,
    TEST,
    WORDS,
)
from .tokens import END, NAME, Part, plain
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
    This,
)

DEPTH = 32
"""How many parentheses may be open at once."""

_BRACKET = re.compile(r"#[^\n]*+|(\(|\)|not)")
_TERM = re.compile(rf"#[^\n]*+|(?<![\w./-])(?:(this){END}|({NAME})|(platform){END})")


@dataclass(slots=True)
class _Level:
    """What stands between two parentheses, as far as read: `not_at` is a `not` whose item is still to come."""

    opened: int
    items: list[Condition] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    connector: str | None = None
    not_at: int | None = None
    mixed: bool = False

    def add(self, part: Part, item: Condition, start: int, end: int) -> None:
        if self.not_at is not None:
            start = self.not_at
            item = Not(item, part.span(start, end))
            self.not_at = None
        self.items.append(item)
        self.starts.append(start)

    def join(self, part: Part, word: str, at: int) -> None:
        if self.connector is None:
            self.connector = word
        elif word != self.connector and not self.mixed:
            self.mixed = True
            part.error(
                "M019",
                "'and' and 'or' are mixed without parentheses",
                at,
                at + len(word),
                f"put parentheses around the part with '{word}', or around the part before it, to say which you mean",
            )

    def whole(self, part: Part, end: int) -> Condition:
        if len(self.items) == 1:
            return self.items[0]
        span = part.span(self.starts[0], end)
        return And(tuple(self.items), span) if self.connector == "and" else Or(tuple(self.items), span)


def build_condition(part: Part, start: int, end: int) -> Condition:
    """The tree of a condition that the grammar has matched between the offsets. Errors are noted in `part`.

    A condition with an error keeps what can be kept of it, at least `always`.
    """
    text = part.text
    first = STEP.match(text, start)
    assert first is not None
    if first.end() == end and not first[OPENED] and not first[CLOSED]:
        return _atom(part, first, *_atom_place(first))
    levels = [_Level(-1)]
    for match in STEP.finditer(text, start, end):
        if match[JOINED]:
            levels[-1].join(part, match[JOINED], match.start(JOINED))
        if match[OPENED] and not _open(part, levels, *match.span(OPENED)):
            return Always(part.span(start, end))
        place = _atom_place(match)
        levels[-1].add(part, _atom(part, match, *place), *place)
        if match[CLOSED]:
            _close(part, levels, *match.span(CLOSED))
    if len(levels) > 1:
        at = levels[-1].opened
        part.error("M021", "'(' is never closed", at, at + 1, "put ')' where the part ends")
    while len(levels) > 1:
        level = levels.pop()
        levels[-1].add(part, level.whole(part, end), level.opened, end)
    return levels[0].whole(part, end)


def _open(part: Part, levels: list[_Level], start: int, end: int) -> bool:
    """Every `not` and `(` before an atom; false where it goes too deep."""
    for bracket in _BRACKET.finditer(part.text, start, end):
        at = bracket.start()
        if bracket[1] == "(":
            if len(levels) > DEPTH:
                help = "give the inner part a name with 'define'"
                part.error("M023", f"parentheses are nested more than {DEPTH} deep", at, at + 1, help)
                return False
            levels.append(_Level(at))
        elif bracket[1]:
            if levels[-1].not_at is not None:
                part.error("M024", "'not' follows 'not'", at, at + 3, "two of them cancel out: leave both away")
            levels[-1].not_at = at
    return True


def _close(part: Part, levels: list[_Level], start: int, end: int) -> None:
    """Every `)` behind an atom."""
    for bracket in _BRACKET.finditer(part.text, start, end):
        if not bracket[1]:
            continue
        at = bracket.end()
        if len(levels) == 1:
            part.error("M022", "')' closes nothing", at - 1, at, "leave it away, or open it before")
            return
        level = levels.pop()
        levels[-1].add(part, level.whole(part, at - 1), level.opened, at)


def _atom_place(match: re.Match[str]) -> tuple[int, int]:
    if match[FACT]:
        last = OTHERS if match[OTHERS] else TERMS if match[TERMS] else NUMBER if match[NUMBER] else FACT
        return match.start(FACT), match.end(last)
    if match[WORDS]:
        return match.start(WORDS), match.end(WORDS)
    return match.end(OPENED), match.end(CHOICE)


def _atom(part: Part, match: re.Match[str], start: int, end: int) -> Condition:
    span = part.span(start, end)
    if not match[FACT]:
        if match[WORDS]:
            return Always(span) if match[WORDS] == "always" else ApprovedByPlatform(span)
        return ReadingIs(part.name(match, READING), part.name(match, CHOICE), span)
    fact = part.name(match, FACT)
    if match[TEST]:
        return _test(part, match, fact, span)
    if match[COMPARE]:
        return Compare(fact, plain(match[COMPARE]), part.number(*match.span(NUMBER)), span)
    return Holds(fact, span)


def _test(part: Part, match: re.Match[str], fact: Name, span: Span) -> Test:
    operator = plain(match[TEST])
    terms = _terms(part, *match.span(TERMS))
    others = _terms(part, *match.span(OTHERS)) if match[OTHERS] else ()
    if len(terms) > 1 and operator in ("is", "is not", "includes"):
        listed = f"'{operator} any of'" if operator != "is not" else "'not (… is any of …)'"
        part.error(
            "M025",
            f"'{operator}' takes one term",
            match.start(TERMS),
            match.end(TERMS),
            f"for a list write {listed}",
        )
    if others and operator in ("is not", "is only"):
        part.error(
            "M026",
            f"'other than' does not go with '{operator}'",
            match.start(OTHERS),
            match.end(OTHERS),
            "it goes with 'is', 'is any of', 'includes' and 'includes any of'",
        )
    return Test(fact, operator, terms, others, span)


def _terms(part: Part, start: int, end: int) -> tuple[Name | This, ...]:
    terms: list[Name | This] = []
    this_at = -1
    for match in _TERM.finditer(part.text, start, end):
        if match[1]:
            this_at = match.start()
        elif this_at >= 0 and match[0][0] != "#":
            terms.append(This(match[0], part.span(this_at, match.end())))
            this_at = -1
        elif match[2]:
            terms.append(part.name(match, 2))
    return tuple(terms)
