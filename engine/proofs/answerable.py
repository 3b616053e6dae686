"""Can everything in the vocabulary be said? Each fact can be asked and take each of its values, each term can be named in
an answer, and something that can bite is said on each topic.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ..language.format import format_condition
from ..logic.formula import Flag, Present
from ..logic.solver import Exact
from ..rulebook.model import Fact, Place, Rules
from .model import Claim, Outcome


def claims(rules: Rules, biting: Collection[str]) -> Iterator[Claim]:
    """The claims about facts, terms and topics; `biting` are the provisions that can bite."""
    exact = Exact(rules, Place("", ""))
    named: set[str] = set()
    for fact in rules.facts.values():
        yield _asked(exact, fact)
        missing, sayable = _values(exact, fact)
        named |= sayable
        why = f"never {', '.join(missing)}" if missing else ""
        outcome = Outcome.FAILS if missing else Outcome.HOLDS
        yield Claim("values", fact.id, None, "can take each of its values", outcome, why, fact.span)
    exact.close()
    for term in rules.terms.values():
        said = bool(rules.below[term.id] & named) or any(f.domain == term.id for f in rules.facts.values())
        outcome = Outcome.HOLDS if said else Outcome.FAILS
        why = "" if said else "it is no answer to any question that can be asked"
        yield Claim("term", term.id, None, "can be named in an answer", outcome, why, term.span)
    yield from _topics(rules, biting)


def _key(fact: Fact) -> str:
    return Place("", "").key(fact)


def _asked(exact: Exact, fact: Fact) -> Claim:
    key = _key(fact)
    exact.meet(key)
    can = exact.solve([exact.asked[key]])
    why = "" if can or fact.asked_when is None else f"no plan has '{format_condition(fact.asked_when)}'"
    return Claim("asked", fact.id, None, "can be asked", Outcome.HOLDS if can else Outcome.FAILS, why, fact.span)


def _values(exact: Exact, fact: Fact) -> tuple[list[str], set[str]]:
    """The values it cannot take where it is asked, and the terms that it can."""
    key = _key(fact)
    asked = exact.asked[key]
    match fact.kind:
        case "flag":
            values = {"yes": exact.variables[Flag(key)], "no": -exact.variables[Flag(key)]}
        case "one" | "many":
            values = {t: exact.variables[key, t] for t in sorted(exact.rules.below[fact.domain or ""])}
        case _:
            values = {"a number": exact.variables[Present(key)]}
    can = {text for text, x in values.items() if exact.solve([asked, x])}
    return [v for v in values if v not in can], can & set(exact.rules.terms)


def _topics(rules: Rules, biting: Collection[str]) -> Iterator[Claim]:
    """A topic is of use where a provision on it, or on a topic under it, can bite."""
    on: set[str] = set()
    todo = [t for p in rules.provisions.values() if p.id in biting for t in p.topics]
    while todo:
        if (id := todo.pop()) not in on:
            on.add(id)
            todo += rules.topics[id].under
    for topic in rules.topics.values():
        there = topic.id in on
        why = "" if there else "no provision on it, or on a topic under it, can bite"
        outcome = Outcome.HOLDS if there else Outcome.FAILS
        yield Claim("topic", topic.id, None, "something on it can bite", outcome, why, topic.span)
