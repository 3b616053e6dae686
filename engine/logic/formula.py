"""The one formula type: and/or/not over atoms about a plan. Five kinds of atom say everything the language can ask.

The single check, the solver, the proofs at load and the explanation all read this type, so that there is one meaning.
Keys name an answer: `fact`, `fact@platform` or `fact@platform/offering` (see `rulebook.model.Instance`). Build with
`conj`, `disj` and `neg`, which fold constants; `TRUE` and `FALSE` are the empty and/or.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from .truth import Truth, all_of, any_of


@dataclass(frozen=True, slots=True)
class Flag:
    """A yes-or-no fact, safeguard, approval or wrong is true."""

    key: str


@dataclass(frozen=True, slots=True)
class Some:
    """Some direct term of a `one of` or `many of` fact is among `terms` (a set of term names)."""

    key: str
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Present:
    """A number fact has a value."""

    key: str


@dataclass(frozen=True, slots=True)
class Reaches:
    """A number fact has a value that is at least `bound`, or above it where `strict`."""

    key: str
    bound: Decimal
    strict: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """A reading is settled as `choice`. `reading` is its full id."""

    reading: str
    choice: str


Atom = Flag | Some | Present | Reaches | Chosen


@dataclass(frozen=True, slots=True)
class Not:
    """Negation."""

    item: Formula


@dataclass(frozen=True, slots=True)
class And:
    """Conjunction; empty is true."""

    items: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Disjunction; empty is false."""

    items: tuple[Formula, ...]


Formula = Flag | Some | Present | Reaches | Chosen | Not | And | Or

TRUE: Formula = And(())
FALSE: Formula = Or(())


def neg(item: Formula) -> Formula:
    """Not, with constants and double negation folded."""
    if item == TRUE:
        return FALSE
    if item == FALSE:
        return TRUE
    return item.item if isinstance(item, Not) else Not(item)


def conj(items: Iterable[Formula]) -> Formula:
    """And, flattened, without repetitions, constants folded."""
    kept: dict[Formula, None] = {}
    for item in items:
        for part in item.items if isinstance(item, And) else (item,):
            if part == FALSE:
                return FALSE
            kept[part] = None
    return next(iter(kept)) if len(kept) == 1 else And(tuple(kept))


def disj(items: Iterable[Formula]) -> Formula:
    """Or, flattened, without repetitions, constants folded."""
    kept: dict[Formula, None] = {}
    for item in items:
        for part in item.items if isinstance(item, Or) else (item,):
            if part == TRUE:
                return TRUE
            kept[part] = None
    return next(iter(kept)) if len(kept) == 1 else Or(tuple(kept))


def kleene(formula: Formula, truth_of: Callable[[Atom], Truth]) -> Truth:
    """The strong Kleene value under `truth_of`: it may be unknown where the exact answer is not, never different."""
    match formula:
        case And(items):
            return all_of(kleene(item, truth_of) for item in items)
        case Or(items):
            return any_of(kleene(item, truth_of) for item in items)
        case Not(item):
            return kleene(item, truth_of).negated()
        case _:
            return truth_of(formula)


def atoms(formula: Formula) -> Iterator[Atom]:
    """Every atom, left to right, with repetitions."""
    match formula:
        case And(items) | Or(items):
            for item in items:
                yield from atoms(item)
        case Not(item):
            yield from atoms(item)
        case _:
            yield formula
