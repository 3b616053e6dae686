"""What every completion obeys: the background theory of the vocabulary, as the solver needs it.

A question that is not asked has the empty answer, a `one of` question has exactly one where it is asked, numbers are
ordered, choices of a reading are exclusive, a safeguard brings those it implies. The solver turns these into clauses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..rulebook.graph import reachable
from ..rulebook.model import Fact, Place, Rules, fact_of, use_of
from .formula import Chosen, Formula, atoms
from .lower import lower


@dataclass(frozen=True, slots=True)
class Own:
    """The facts that have an answer of their own in one use of a plan: those that it states (`apart`, with the safeguards
    that go along with them), and those whose being asked depends on these (`dependent`); `local` has all of them.

    A fact that is local and not apart has one answer for the whole plan all the same, wherever it is asked.
    """

    local: frozenset[str]
    apart: frozenset[str]
    dependent: frozenset[str]


Uses = Mapping[str, Own]
"""By the name of the use; empty for a plan without uses."""


def own_answers(rules: Rules, stated: Iterable[str]) -> Own:
    """The facts that a use answers for itself where it states these."""
    stated = frozenset(stated)
    asked = _asked_because(rules)
    dependent = _all_reachable(asked, stated) - stated
    for fact in rules.facts.values():
        for other in fact.implies:
            asked.setdefault(fact.id, set()).add(other)
            asked.setdefault(other, set()).add(fact.id)
    local = _all_reachable(asked, stated)
    # Undertaken in one use and not in another is a weaker promise than undertaken in both, never a stronger one.
    apart = frozenset(f for f in local if f in stated or rules.facts[f].role == "safeguard")
    return Own(local, apart, dependent)


def dependents(rules: Rules) -> dict[str, frozenset[str]]:
    """For each fact, those that are asked (directly or not) only because of it, and safeguards that imply such ones."""
    after = _asked_because(rules)
    for fact in rules.facts.values():
        for other in fact.implies:
            after.setdefault(other, set()).add(fact.id)
    return {fact: _all_reachable(after, direct) for fact, direct in after.items()}


def _asked_because(rules: Rules) -> dict[str, set[str]]:
    """For each fact, those whose being asked is said in terms of it."""
    somewhere = Place("", "")
    found: dict[str, set[str]] = {}
    for fact in rules.facts.values():
        for atom in atoms(guard(fact, rules, somewhere)):
            if not isinstance(atom, Chosen):
                found.setdefault(fact_of(atom.key), set()).add(fact.id)
    return found


def _all_reachable(edges: Mapping[str, Iterable[str]], starts: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(reachable(edges, start) for start in starts))


def copies(key: str, uses: Uses) -> tuple[str, ...]:
    """The keys that stand for one answer to a question, `key` among them."""
    fact, use = fact_of(key), use_of(key)
    if not any(fact in own.local for own in uses.values()) or (use and fact in uses[use].apart):
        return (key,)
    base = key.partition("#")[0]
    shared = [base.removesuffix("@")] if any(fact not in own.local for own in uses.values()) else []
    at = base if "@" in base else f"{base}@"
    return (*shared, *(f"{at}#{u}" for u, own in uses.items() if fact in own.local and fact not in own.apart))


def place_of(key: str, place: Place, uses: Uses) -> Place:
    """The place at which the answer `key` is given: its own platform, offering and use where it names them."""
    scope, _, use = key.partition("@")[2].partition("#")
    local = uses[use].local if use else frozenset()
    if not scope:
        return Place(place.platform, place.offering, use, local)
    return Place(scope.partition("/")[0], scope if "/" in scope else place.offering, use, local)


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
