"""The small parts of the syntax tree: places, names, texts, dates, numbers, and conditions.

Spans never take part in equality, so that `parse(format(tree)) == tree`. The constructs made of these parts are in
`tree`, which names these again, so that one import gives all.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a file: 1-based lines and columns; the end is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


NOWHERE = Span("", 1, 1, 1, 1)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written: `rival-training`, or a reference with slashes: `meta/llama-3.3-licence/naming`."""

    text: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted string, unescaped, adjacent strings joined by one space."""

    text: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar date as written (`2026-03-27`)."""

    value: datetime.date
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written (`700 million`, `1_000_000`, `12.5`) and its exact value."""

    text: str
    value: Decimal
    span: Span = field(default=NOWHERE, compare=False, repr=False)


# ---- conditions


@dataclass(frozen=True, slots=True)
class Always:
    """`always`."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Holds:
    """A yes-or-no fact, safeguard, approval, wrong, or a define, by its name alone."""

    name: Name
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class This:
    """`this vendor` or `this platform`: of the document the words stand in. `what` is "vendor" or "platform"."""

    what: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Test:
    """`FACT OPERATOR TERMS [other than OTHERS]`.

    `operator` is one of TEST_OPERATORS; `others` only with `is`, `is any of`, `includes`, `includes any of`.
    """

    fact: Name
    operator: str
    terms: tuple[Name | This, ...]
    others: tuple[Name | This, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


TEST_OPERATORS = ("is", "is any of", "is not", "is only", "includes", "includes any of")


@dataclass(frozen=True, slots=True)
class Compare:
    """`FACT above|below|at least|at most NUMBER`."""

    fact: Name
    operator: str
    number: Number
    span: Span = field(default=NOWHERE, compare=False, repr=False)


COMPARE_OPERATORS = ("above", "below", "at least", "at most")


@dataclass(frozen=True, slots=True)
class ReadingIs:
    """`reading NAME is CHOICE`."""

    reading: Name
    choice: Name
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ApprovedByPlatform:
    """`approved by platform`, in an `unless` only: consent to this one provision, by the platform."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Not:
    """`not ATOM` or `not (CONDITION)`."""

    item: Condition
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class And:
    """`A and B and …`, two items or more."""

    items: tuple[Condition, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Or:
    """`A or B or …`, two items or more."""

    items: tuple[Condition, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Condition = Always | Holds | Test | Compare | ReadingIs | ApprovedByPlatform | Not | And | Or
