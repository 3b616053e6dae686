"""What every completion obeys: the background theory of the vocabulary, as the solver needs it.

A question that is not asked has the empty answer, a `one of` question has exactly one where it is asked, numbers are
ordered, choices of a reading are exclusive, a safeguard brings those it implies. The solver turns these into clauses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
    somewhere = Place("", "")
    reads = {
        f.id: {fact_of(a.key) for a in atoms(guard(f, rules, somewhere)) if not isinstance(a, Chosen)}
        for f in rules.facts.values()
        if f.asked_when is not None
    }
    linked: dict[str, set[str]] = {}
    for fact in rules.facts.values():
        for other in fact.implies:
            linked.setdefault(fact.id, set()).add(other)
            linked.setdefault(other, set()).add(fact.id)
    stated = set(stated)
    asked = set(stated)
    while more := {f for f, read in reads.items() if read & asked} - asked:
        asked |= more
    local = set(stated)
    while more := {f for f, read in reads.items() if read & local}.union(*(linked.get(f, ()) for f in local)) - local:
        local |= more
    # Undertaken in one use and not in another is a weaker promise than undertaken in both, never a stronger one.
    apart = {f for f in local if f in stated or rules.facts[f].role == "safeguard"}
    return Own(frozenset(local), frozenset(apart), frozenset(asked - stated))


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
