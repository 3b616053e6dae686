"""What every completion obeys: the background theory of the vocabulary, as the solver needs it.

A question that is not asked has the empty answer, a `one of` question has exactly one where it is asked, numbers are
ordered, choices of a reading are exclusive, a safeguard brings those it implies. The solver turns these into clauses.
"""

from __future__ import annotations

from ..rulebook.model import Fact, Place, Rules
from .formula import Formula
from .lower import lower


def place_of(key: str, place: Place) -> Place:
    """The place at which the answer `key` is given: its own platform or offering where it names one."""
    _, _, scope = key.partition("@")
    if not scope:
        return place
    return Place(scope.partition("/")[0], scope if "/" in scope else place.offering)


def sibling(key: str, id: str) -> str:
    """The key of fact `id` at the same place as `key`."""
    _, at, scope = key.partition("@")
    return id + at + scope


def guard(fact: Fact, rules: Rules, place: Place) -> Formula:
    """When the question is asked."""
    return lower(fact.asked_when, rules, place)


def implied_by(rules: Rules, id: str) -> frozenset[str]:
    """A safeguard and every safeguard it brings."""
    found = {id}
    todo = [id]
    while todo:
        for other in rules.facts[todo.pop()].implies:
            if other not in found:
                found.add(other)
                todo.append(other)
    return frozenset(found)
