"""Completions: one value for every question, as plain Python values, and what a formula says of them.

`holds` evaluates a formula over such values by itself, with no solver, so that what the solver decides can be held
against it. A value is a bool (flags), a set of direct terms (`one of`, `many of`), a number or None (not asked), or the
id of a choice (readings).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ..judge.told import highest
from ..logic.formula import And, Chosen, Flag, Formula, Not, Or, Present, Reaches, Some
from ..logic.solver import Exact, Model
from ..rulebook.model import Fact, Rules, fact_of
from ..usecase.model import FlagValue, RangeValue, TermsValue, Value

Direct = bool | frozenset[str] | Decimal | str | None
Completion = Mapping[str, Direct]
"""By the keys of facts and the ids of readings."""


def holds(formula: Formula, completion: Completion) -> bool:
    """Whether a formula is true of a completion that answers all it reads."""
    match formula:
        case And(items):
            return all(holds(item, completion) for item in items)
        case Or(items):
            return any(holds(item, completion) for item in items)
        case Not(item):
            return not holds(item, completion)
        case Flag(key):
            return completion[key] is True
        case Some(key, terms):
            value = completion[key]
            return isinstance(value, frozenset) and bool(value & terms)
        case Present(key):
            return completion[key] is not None
        case Reaches(key, bound, strict):
            number = completion[key]
            return isinstance(number, Decimal) and (number > bound or (number == bound and not strict))
        case Chosen(reading, choice):
            return completion[reading] == choice


def direct_values(exact: Exact, model: Model) -> dict[str, Direct]:
    """The completion that a solver's model stands for."""
    return {key: _value(exact, key, model) for key in exact.own}


def _value(exact: Exact, key: str, model: Model) -> Direct:
    if key in exact.rules.readings:
        choices = exact.rules.readings[key].choices
        return next(c for c, _ in choices if exact.variables[Chosen(key, c)] in model)
    fact = exact.rules.facts[fact_of(key)]
    match fact.kind:
        case "flag":
            return exact.variables[Flag(key)] in model
        case "one" | "many":
            domain = exact.rules.below[fact.domain or ""]
            return frozenset(t for t in domain if exact.variables[key, t] in model)
        case _:
            if exact.variables[Present(key)] not in model:
                return None
            bounds = {a: x in model for a, x in exact.variables.items() if isinstance(a, Reaches) and a.key == key}
            return _number(bounds)


def _number(bounds: Mapping[Reaches, bool]) -> Decimal:
    """A number that reaches just these bounds, one of them itself where that does."""
    low = max(((a.bound, a.strict) for a, reached in bounds.items() if reached), default=None)
    high = min(((a.bound, a.strict) for a, reached in bounds.items() if not reached), default=None)
    if low is None:
        if high is None:
            return Decimal(0)
        return high[0] if high[1] else high[0] - 1
    if not low[1]:
        return low[0]
    return low[0] + 1 if high is None or high[0] > low[0] + 1 else (low[0] + high[0]) / 2


def exactly(rules: Rules, fact: Fact, value: Direct) -> Value | None:
    """The answer that leaves a question this one value; None where it has no value, or where no answer says it.

    No answer tells "some other kind of T" and something below T apart in one list. A `one of` answer that is some other
    kind of T may be one that no file can say (`usecase.write.as_yaml`).
    """
    match value:
        case bool(yes):
            return FlagValue(yes)
        case Decimal() as number:
            return RangeValue(number, number)
        case frozenset() as terms if fact.kind == "many":
            return _list(rules, rules.below[fact.domain or ""], terms)
        case frozenset() as terms if terms:
            return _choice(rules, rules.below[fact.domain or ""], min(terms))
        case _:
            return None


def _list(rules: Rules, domain: frozenset[str], terms: frozenset[str]) -> TermsValue | None:
    if any(one != other and one in rules.below[other] for one in terms for other in terms):
        return None
    covered = frozenset().union(*(rules.below[t] for t in terms)) & domain
    return TermsValue(tuple(sorted(terms)), tops(rules, domain, frozenset(covered - terms)))


def _choice(rules: Rules, domain: frozenset[str], term: str) -> TermsValue:
    others = tops(rules, domain, domain - {term})
    if domain & rules.below[term] == {term}:
        return TermsValue((term,))
    if domain - frozenset().union(*(rules.below[t] for t in others)) == {term}:
        return TermsValue((), others, False)
    return TermsValue((term,), tops(rules, domain, domain & rules.below[term] - {term}))


def tops(rules: Rules, domain: frozenset[str], terms: frozenset[str]) -> tuple[str, ...]:
    """The terms that lie in a set with all that is below them, without those below another such one."""
    return highest(rules, frozenset(t for t in terms if rules.below[t] & domain <= terms))
