"""The ways in which a formula comes to have a truth value: sets of points, each of which is enough.

Not all of them, but few and unlike: of a conjunction the ways of its parts side by side, of a disjunction one after the
other. They aim plans at rules; whether a plan really meets its aim is for whoever judges it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, zip_longest

from ..logic.formula import And, Atom, Formula, Not, Or

Way = tuple[tuple[Atom, bool], ...]
MOST = 8


def ways(formula: Formula, wanted: bool = True, most: int = MOST) -> list[Way]:
    """At most `most` ways to make the formula true, or where not `wanted`, false; none where there is none."""
    match formula:
        case Not(item):
            return ways(item, not wanted, most)
        case And(items) | Or(items):
            parts = [ways(item, wanted, most) for item in items]
            return _together(parts, most) if isinstance(formula, And) == wanted else _each(parts, most)
        case _:
            return [((formula, wanted),)]


def _together(parts: Sequence[list[Way]], most: int) -> list[Way]:
    """All of the parts, the first way of each with the first of the others, the second with the second."""
    if not all(parts):
        return []
    longest = max(map(len, parts), default=1)
    sides = (chain.from_iterable(part[i % len(part)] for part in parts) for i in range(min(longest, most)))
    return list(dict.fromkeys(tuple(dict.fromkeys(side)) for side in sides))


def _each(parts: Sequence[list[Way]], most: int) -> list[Way]:
    """Any one of the parts, the first way of each before the second of any."""
    turns = (way for turn in zip_longest(*parts) for way in turn if way is not None)
    return list(dict.fromkeys(turns))[:most]
