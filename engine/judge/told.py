"""A completion told as answers: what one model of the solver says to a question, as a plan or counsel would state it.

For everything that shows a plan nobody has written: witnesses, remedies, proofs. What the answers then mean is the
business of `answers`.
"""

from __future__ import annotations

from ..logic.formula import Flag, Reaches
from ..logic.solver import Exact, Model
from ..rulebook.model import Rules, fact_of
from ..usecase.model import FlagValue, RangeValue, TermsValue, Value
from .plain import term_words

Told = Value | str
"""What is assumed of a key: an answer, or of a reading the choice."""


def holds(literal: int, model: Model) -> bool:
    """Whether a literal is true in a completion."""
    return literal in model if literal > 0 else -literal not in model


def value_in(exact: Exact, key: str, model: Model) -> Value | None:
    """A completion's answer to a fact, told exactly where words can."""
    rules, variables = exact.rules, exact.variables
    fact = rules.facts[fact_of(key)]
    match fact.kind:
        case "flag":
            return FlagValue(variables[Flag(key)] in model)
        case "one" | "many":
            domain = rules.below[fact.domain or ""]
            chosen = frozenset(t for t in domain if variables[key, t] in model)
            if fact.kind == "one" and not chosen:
                return None
            listed = tuple(t for t in sorted(chosen) if not any(o != t and o in rules.below[t] for o in chosen))
            apart = frozenset(t for t in domain if not chosen & rules.below[t])
            return TermsValue(listed, highest(rules, apart))
        case _:
            bounds = [(a, x in model) for a, x in variables.items() if isinstance(a, Reaches) and a.key == key]
            low = max(((a.bound, a.strict) for a, holds in bounds if holds), default=None)
            high = min(((a.bound, a.strict) for a, holds in bounds if not holds), default=None)
            return RangeValue(
                low[0] if low else None, high[0] if high else None, bool(low and low[1]), bool(high and not high[1])
            )


def highest(rules: Rules, terms: frozenset[str]) -> tuple[str, ...]:
    """The terms that stand for all of `terms`, which holds every term below one of its own."""
    return tuple(t for t in sorted(terms) if not any(o != t and t in rules.below[o] for o in terms))


def words_of(rules: Rules, key: str, value: Value) -> str:
    """An answer in words."""
    match value:
        case FlagValue(yes):
            return "yes" if yes else "no"
        case TermsValue(listed, excluded, complete):
            words = ", ".join(term_words(rules, t) for t in listed)
            fact = rules.facts[fact_of(key)]
            none = "something else" if not complete or fact.kind == "one" else "none"
            barred = () if fact.kind == "many" and complete and not listed else excluded
            without = ", ".join(term_words(rules, t) for t in barred if t != fact.domain)
            return (words or none) + (f" (but not {without})" if without else "")
        case RangeValue(low, high, above, below):
            if low is not None and low == high:
                return f"{low:,}"
            ends = [f"{'above' if above else 'at least'} {low:,}"] if low is not None else []
            ends += [f"{'below' if below else 'at most'} {high:,}"] if high is not None else []
            return " and ".join(ends) or "any number"
