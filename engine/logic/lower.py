"""Resolved conditions become formulas, at one place (platform of the document, offering evaluated).

Every test of the language comes down to "some direct term lies in this set", a flag, a bound or a choice. Defines are
replaced by what they stand for, so that a formula has nothing but atoms.
"""

from __future__ import annotations

from decimal import Decimal

from ..language import tree
from ..rulebook.model import Fact, Place, Rules
from .formula import FALSE, TRUE, Chosen, Flag, Formula, Present, Reaches, Some, conj, disj, neg


def lower(condition: tree.Condition | None, rules: Rules, place: Place) -> Formula:
    """The formula of a resolved condition; None is true."""
    match condition:
        case None | tree.Always():
            return TRUE
        case tree.Not(item):
            return neg(lower(item, rules, place))
        case tree.And(items):
            return conj(lower(item, rules, place) for item in items)
        case tree.Or(items):
            return disj(lower(item, rules, place) for item in items)
        case tree.Holds(name) if name.text in rules.defines:
            return lower(rules.defines[name.text].condition, rules, place)
        case tree.Holds(name):
            return Flag(place.key(rules.facts[name.text]))
        case tree.ReadingIs(reading, choice):
            return Chosen(reading.text, choice.text)
        case tree.Compare(name, operator, number):
            return compare(rules.facts[name.text], operator, number.value, place)
        case tree.Test(name):
            return _test(condition, rules.facts[name.text], rules, place)
        case _:
            raise TypeError(f"not a resolved condition: {condition!r}")


def compare(fact: Fact, operator: str, number: Decimal, place: Place) -> Formula:
    """`FACT above|below|at least|at most NUMBER`: false of an absent value."""
    key = place.key(fact)
    above = operator in ("above", "at most")
    reaches = bound(fact, key, number, above)
    return reaches if operator in ("above", "at least") else conj((Present(key), neg(reaches)))


def bound(fact: Fact, key: str, number: Decimal, strict: bool) -> Formula:
    """The value is at least `number`, or above it; of a whole number always told as "at least"."""
    if fact.kind == "count":
        least = (
            number.to_integral_value(rounding="ROUND_FLOOR") + 1
            if strict
            else number.to_integral_value(rounding="ROUND_CEILING")
        )
        return Present(key) if least <= 0 else Reaches(key, least, False)
    return Reaches(key, number, strict)


def _test(test: tree.Test, fact: Fact, rules: Rules, place: Place) -> Formula:
    key = place.key(fact)
    domain = rules.below[fact.domain or ""]
    within = frozenset().union(*(rules.below[str(t)] for t in test.terms)) & domain
    without = frozenset().union(*(rules.below[str(t)] for t in test.others))
    match test.operator:
        case "is not":
            return conj((some(key, domain), neg(some(key, within))))
        case "is only":
            return conj((some(key, domain), neg(some(key, domain - within))))
        case _:
            return some(key, within - without)


def some(key: str, terms: frozenset[str]) -> Formula:
    """Some direct term is among `terms`; false where there are none."""
    return Some(key, terms) if terms else FALSE
