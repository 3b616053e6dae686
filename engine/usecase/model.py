"""What a plan says: for each question an answer with its state, and where it was said.

An answer limits the completions (semantics: "what unknown ranges over"); a question without an answer is simply not
in the mapping. Nothing here knows files: `read.py` makes these from YAML.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from ..language.tree import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class FlagValue:
    """Yes or no."""

    yes: bool


@dataclass(frozen=True, slots=True)
class TermsValue:
    """An answer to a `one of` or `many of` question, by term ids.

    `listed`: each has a direct term at or below it (for `one of` at most one is listed: the value lies at or below it).
    `excluded`: nothing at or below these. `complete`: every direct term is at or below a listed one (`many of` only).
    """

    listed: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class RangeValue:
    """A number between `low` and `high`, each None where open; `above`/`below` say that the bound itself is out."""

    low: Decimal | None = None
    high: Decimal | None = None
    above: bool = False
    below: bool = False


Value = FlagValue | TermsValue | RangeValue


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `state` is "given", "suggested", "don't know" or "unknown" (then `value` is None); `text` is it as
    written; `by` says who, where that is known. `where_asked`: it is heard only where its question is asked; else to
    state a value is to say that it is."""

    value: Value | None
    state: str = "given"
    text: str = ""
    by: str | None = None
    span: Span = field(default=NOWHERE, compare=False)
    where_asked: bool = False


@dataclass(frozen=True, slots=True)
class Contract:
    """What holds instead of today's public terms for one platform: frozen on a day, or negotiated."""

    as_of: datetime.date | None = None
    negotiated: bool = False


@dataclass(frozen=True, slots=True)
class Settlement:
    """Counsel's word on a reading (its full id) or on a fact `for counsel` (its key). `choice` is the choice's id, or
    the answer as text; `value` is that answer, None for a reading."""

    id: str
    choice: str
    by: str | None = None
    date: datetime.date | None = None
    why: str | None = None
    span: Span = field(default=NOWHERE, compare=False)
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """A part of a plan that runs one offering (its id). `answers` are the facts in which it differs from the plan."""

    name: str
    offering: str
    answers: dict[str, Answer] = field(default_factory=dict)
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Waiver:
    """A clause that the organisation has decided to bear, until (and not on) a day. `hash` is of the provision that was
    read; the waiver lapses when that changes."""

    provision: str
    hash: str
    reason: str
    by: str
    until: datetime.date
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class UseCase:
    """A plan. `answers` maps keys (`fact`, `fact@platform`, `fact@platform/offering`) to answers; `offerings` are ids,
    None for all; `uses`, where there are some, are joint parts of it, and then no offerings are named; `approvals` are
    keys of approvals that were given; `contracts` by platform. `sha256` is of the text as it was read; `vocabulary` the
    version it was written for, None where it does not say."""

    name: str = "unnamed plan"
    description: str = ""
    as_of: datetime.date | None = None
    vocabulary: str | None = None
    offerings: tuple[str, ...] | None = None
    contracts: dict[str, Contract] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    approvals: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    sha256: str = ""
    file: str = ""
