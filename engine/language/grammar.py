"""The grammar of a block, in pyparsing: a head, then clauses, each a keyword with what must follow it.

A clause is one fat `Regex` token, a whole condition included: it matches white space itself and hands over the match,
from which `build` takes the places, and `conditions` the tree. Which clause may follow which, and how often, is judged
in `clauses`, where there is something to point at; docs/grammar.md is this grammar for people, held against it by a
test.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pyparsing import Empty, ParserElement, Regex, ZeroOrMore

from .tokens import (
    BLOCK_KEYWORDS,
    END,
    LOOSE_DATE,
    LOOSE_NAME,
    LOOSE_NUMBER,
    LOOSE_STRING,
    NAME,
    REFERENCE,
    RESERVED,
    SPACE,
    STRINGS,
    listed,
    words,
)
from .tree import CLAIMS

# ---- conditions: a step is what stands before an atom (connector, `not`, parentheses), the atom, and what closes

CONNECTORS = ("and", "or")
TEST_WORDS = ("is any of", "is not", "is only", "is", "includes any of", "includes")
COMPARE_WORDS = ("above", "below", "at least", "at most")
CONDITION_WORDS = (
    *CONNECTORS, *TEST_WORDS, *COMPARE_WORDS, "not", "other than", "always", "approved by platform",
    "reading", "this vendor", "this platform", "thousand", "million", "billion",
)  # fmt: skip

TERM = rf"(?:{NAME}|this{END}{SPACE}{words('vendor', 'platform')})"
OPENERS = rf"(?:(?:\(|not{END}){SPACE})*+"


def _step(open_group: str) -> str:
    """The pattern of a step without its connector; `open_group` is what begins a group, capturing or not."""
    test = rf"{open_group}{words(*TEST_WORDS)}){SPACE}{open_group}{listed(TERM)})"
    others = rf"(?:{SPACE}{words('other than')}{SPACE}{open_group}{listed(TERM)}))?+"
    compare = rf"{open_group}{words(*COMPARE_WORDS)}){SPACE}{open_group}{LOOSE_NUMBER})"
    atom = (
        rf"(?:{open_group}{NAME})(?:{SPACE}(?:{test}{others}|{compare}))?+"
        rf"|{open_group}always{END}|{words('approved by platform')})"
        rf"|reading{END}{SPACE}{open_group}{REFERENCE}){SPACE}is{END}{SPACE}{open_group}{NAME}))"
    )
    return rf"{open_group}{OPENERS}){atom}{open_group}(?:{SPACE}\))*+)"


STEP = re.compile(rf"{SPACE}({words(*CONNECTORS)})?+{SPACE}{_step('(')}")
JOINED, OPENED, FACT, TEST, TERMS, OTHERS, COMPARE, NUMBER, WORDS, READING, CHOICE, CLOSED = range(1, 13)
"""The groups of a step."""
_CONDITION = rf"{_step('(?:')}(?:{SPACE}{words(*CONNECTORS)}{SPACE}{_step('(?:')})*+"

# ---- clauses


@dataclass(frozen=True, slots=True)
class Shape:
    """What must follow a keyword: its pattern, its name in messages, and whether more of it may follow a comma."""

    pattern: str
    expected: str
    many: bool = False


TEXT = Shape(STRINGS, "a quoted text")
TEXTS = Shape(listed(STRINGS), "a quoted text", many=True)
FRAGMENTS = Shape(rf"{STRINGS}(?:{SPACE}then{END}{SPACE}{STRINGS})*+", "a quoted text")
ONE_NAME = Shape(NAME, "a name")
NAMES = Shape(listed(NAME), "a name", many=True)
ONE_REFERENCE = Shape(REFERENCE, "a name")
REFERENCES = Shape(listed(REFERENCE), "a name", many=True)
ALL_OR_REFERENCES = Shape(rf"(?:all{END}|{listed(REFERENCE)})", "'all' or a name", many=True)
SEES = Shape(listed(rf"{REFERENCE}(?:{SPACE}{STRINGS})?+"), "a name", many=True)
TITLED = Shape(rf"{NAME}{SPACE}{STRINGS}", "a name and a quoted text")
DATE = Shape(LOOSE_DATE, "a date")
MONTH = Shape(LOOSE_DATE, "a month")
COMMIT = Shape(LOOSE_NAME, "a commit of 40 hex digits")
LEVEL = Shape(words("platform", "offering"), "'platform' or 'offering'")
EXTENT = Shape(rf"(?:whole{END}|partial{END}(?:{SPACE}{STRINGS})?+)", "'whole' or 'partial'")
SAFEGUARDS = Shape(listed(NAME), "the name of a safeguard", many=True)
FACTS = Shape(listed(NAME), "the name of a fact", many=True)
ONE_OFFERING = Shape(REFERENCE, "the name of an offering")
OFFERINGS = Shape(listed(REFERENCE), "the name of an offering", many=True)
NOTHING = Shape("", "")
CONDITION = Shape(_CONDITION, "a condition")

_CITATION = {"section": TEXT, "quote": FRAGMENTS}
_UNDER = {"under": NAMES}
_ABOUT = {"asked when": CONDITION, "implies": NAMES, "per": LEVEL, "for counsel": NOTHING}
_TYPES = {
    "yes or no": NOTHING,
    "one of": ONE_NAME,
    "many of": ONE_NAME,
    "number of": ONE_NAME,
    "count of": ONE_NAME,
}
_PROVISION = {
    **_CITATION,
    "when": CONDITION,
    "topic": NAMES,
    "unless": CONDITION,
    "that": CONDITION,
    "note": TEXTS,
    "see": SEES,
    "overrides": REFERENCES,
    "may lift": ALL_OR_REFERENCES,
    "for": REFERENCES,
    "in force": DATE,
    "until": DATE,
}
CLAIM_SHAPES: Mapping[str, Shape] = {
    CLAIMS["never permitted"]: NOTHING,
    CLAIMS["never conflict"]: NOTHING,
    CLAIMS["always conditional"]: SAFEGUARDS,
    CLAIMS["regardless"]: FACTS,
    CLAIMS["same as"]: ONE_OFFERING,
}
"""The claims of an `expect`, of which it has one, before its other clauses."""
CLAUSES: Mapping[str, Mapping[str, Shape]] = {
    "term": {**_UNDER, "since": MONTH},
    "fact": {**_TYPES, **_ABOUT},
    "safeguard": _ABOUT,
    "approval": _ABOUT,
    "wrong": _ABOUT,
    "define": {"as": CONDITION, **_CITATION},
    "topic": _UNDER,
    "regulation": {},
    "reading": {**_CITATION, "choice": TITLED},
    "platform": {"vendor": ONE_NAME, "alias": TEXTS, "offering": TITLED, "under": REFERENCES},
    "document": {
        "kind": ONE_NAME,
        "source": TEXT,
        "archive": TITLED,
        "commit": COMMIT,
        "sha256": TEXT,
        "part": TEXT,
        "transcribed by": TEXT,
        "own": TEXT,
        "reported by": TEXT,
        "on": DATE,
        "disputed by": ONE_REFERENCE,
        "captured": DATE,
        "seen": DATE,
        "updated": DATE,
        "effective": DATE,
        "yields to": ONE_REFERENCE,
        "applies when": CONDITION,
        "incorporates": ONE_REFERENCE,
        "when": CONDITION,
        "silence is reserved": NOTHING,
        **_CITATION,
        "encoded": DATE,
        "read again": DATE,
        "coverage": EXTENT,
        "note": TEXT,
    },
    "prohibit": _PROVISION,
    "require": _PROVISION,
    "permit": _PROVISION,
    "reserve": _PROVISION,
    "expect": {**CLAIM_SHAPES, "when": CONDITION, "for": OFFERINGS, "note": TEXT},
}
"""The clauses of each kind of block. No keyword here is the beginning of another one in the same block."""

VALUE_WORDS = ("all", "then", "whole", "partial", "platform", "offering", "github")
ALL_CLAUSES = tuple(sorted({keyword for clauses in CLAUSES.values() for keyword in clauses}, key=len, reverse=True))
KEYWORDS = frozenset({*BLOCK_KEYWORDS, *ALL_CLAUSES, *CONDITION_WORDS, *VALUE_WORDS})
"""Every keyword there is, of one word or more."""

# ---- blocks

UNNAMED = ("expect",)
"""Block keywords with a quoted text behind them and no name."""


@dataclass(frozen=True, slots=True)
class BlockGrammar:
    """How a kind of block is read: `block` from its head, `body` from any clause on; both end where they must.

    Their tokens are matches: the head's, then one a clause (the last group but one is the keyword, the last what
    follows it). `clause` finds the next keyword of a clause, for recovery.
    """

    clauses: Mapping[str, Shape]
    block: ParserElement
    body: ParserElement
    clause: re.Pattern[str]


def _token(pattern: str) -> Regex:
    token = Regex(pattern, as_match=True)
    token.leave_whitespace()
    return token


def _whole(element: ParserElement) -> ParserElement:
    element.leave_whitespace()
    return element.parse_with_tabs()


@cache
def block_grammar(keyword: str) -> BlockGrammar:
    """The grammar of the blocks with this keyword, made when the first one is met."""
    clauses = CLAUSES[keyword]
    name = "" if keyword in UNNAMED else rf"{SPACE}({LOOSE_NAME})"
    title = "" if keyword == "define" else rf"{SPACE}({STRINGS})"
    head = _token(rf"{SPACE}({keyword}){END}{name}{title}")
    if not clauses:
        return BlockGrammar(clauses, _whole(head), _whole(Empty()), re.compile(r"(?!)()"))
    shapes: dict[Shape, list[str]] = {}
    for key, shape in clauses.items():
        shapes.setdefault(shape, []).append(key)
    clause = "|".join(rf"({words(*keys)}){SPACE}({shape.pattern})" for shape, keys in shapes.items())
    body = ZeroOrMore(_token(rf"{SPACE}(?:{clause})"))
    next_clause = re.compile(rf"{LOOSE_STRING}|#[^\n]*+|(?<![\w./-])({words(*clauses)})")
    return BlockGrammar(clauses, _whole(head + body), _whole(body), next_clause)


# ---- where blocks begin

_CLASHING = ("platform", "reading", "topic")
"""Block keywords that also stand inside blocks: a head only before a name and a string."""
_CLEAR = tuple(keyword for keyword in BLOCK_KEYWORDS if keyword not in _CLASHING)
_NOT_A_KEYWORD = rf"(?!{words(*RESERVED, *(key.split()[0] for key in KEYWORDS))})"
_GAP = r"(?:[ \t\r\n]|#[^\n]*+\n)" + SPACE
_FIRST_IN_LINE = r"(?<![^\n])"
_NAMED = words(*(keyword for keyword in _CLEAR if keyword not in UNNAMED))
_CLAIMING = rf"{STRINGS}{SPACE}{words(*sorted({claim.split()[0] for claim in CLAIM_SHAPES}))}"
_PLAIN_HEAD = (
    rf"(?:{_NAMED}(?={_GAP}(?:{LOOSE_NAME}{_GAP})?+(?:\"|as{END}))|{words(*_CLASHING)}(?={_GAP}{NAME}{SPACE}\")"
    rf"|{words(*UNNAMED)}(?={_GAP}{_CLAIMING})"
    rf"|{_FIRST_IN_LINE}(?:{words(*_CLEAR)}|{words(*_CLASHING)}(?={_GAP}{LOOSE_NAME}{SPACE}\")))"
)
_UNKNOWN_WORD = r"[A-Za-z][\w-]{0,40}+"
_UNKNOWN_HEAD = (
    rf"{_FIRST_IN_LINE}{_NOT_A_KEYWORD}{_UNKNOWN_WORD}"
    rf"(?=[ \t]++(?:{_NOT_A_KEYWORD}{LOOSE_NAME}[ \t]*+\"|{_CLAIMING}))"
)
_WORD = rf"(?!{_PLAIN_HEAD}|{_UNKNOWN_HEAD})[\w./-]++"
_LINES = r"\n[ \t\r\n]*+"
BLOCK_HEAD = re.compile(
    rf"(?:{LOOSE_STRING}|#[^\n]*+|(?:by|per|this){END}{SPACE}platform{END}|{_WORD}|[^\w./\"#\n-]++"
    rf"|{_LINES}(?!{words(*_CLEAR)}))*+(?:{_LINES})?+(?:({words(*BLOCK_KEYWORDS)})|({_UNKNOWN_WORD})|\Z)"
)
"""From anywhere outside strings and comments to the next head (group 1), or to what looks like the head of an unknown
block (group 2), at the first column; or to the end. It passes over everything but a word that begins a head."""
