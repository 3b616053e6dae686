"""Conditions as a person reads them: "if X then S", X being what is left of the findings that need the safeguard S.

What the plan already settles is taken out of a condition by asking the solver of each of its parts, so that what is
printed is what is open, in the language's own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..language import tree
from ..language.format import format_condition
from ..logic.formula import atoms
from ..logic.lower import lower
from ..rulebook.model import Place, fact_of
from .governing import Clause
from .model import ConditionShown
from .offer import Offer, Subject


def conditions(subject: Subject, chosen: Sequence[str]) -> Iterator[ConditionShown]:
    """One condition a safeguard of the smallest set `chosen`."""
    plan = subject.plan
    for key in chosen:
        others = [k for k in chosen if k != key]
        star = plan.with_safeguards(others) if others else ()
        needing = [
            (offer, c)
            for offer in subject.parts()
            for c in offer.governing.clauses
            if reads(c, key) and plan.possible(offer.conflicts(c), safeguards=star)
        ]
        whens = {open_part(offer, c, key) for offer, c in needing}
        when = (
            ""
            if "" in whens or not whens
            else " or ".join(f"({w})" if len(whens) > 1 and " " in w else w for w in sorted(whens))
        )
        yield ConditionShown(when, key, subject.rules.asks(key), tuple(dict.fromkeys(c.id for _, c in needing)))


def reads(clause: Clause, key: str) -> bool:
    """Whether what the clause forbids or requires turns on this answer."""
    return any(getattr(a, "key", None) == key for a in atoms(clause.conflicts))


def open_part(offer: Offer, clause: Clause, key: str) -> str:
    """What is left of the circumstances in which `clause` needs the safeguard `key`; empty where it always does."""
    left = open_condition(offer, clause, key)
    return "" if isinstance(left, tree.Always) else format_condition(left).replace(f"{clause.document.id}/", "")


def open_condition(offer: Offer, clause: Clause, key: str) -> tree.Condition:
    """The same as a condition; `always` where it always does."""
    provision = clause.provision
    if provision is None:
        return tree.Always()
    place = offer.governing.place(clause.document)
    due = [d.when for d in provision.duties if d.when is not None and _mentions(d.duty, fact_of(key), offer)]
    parts: list[tree.Condition] = [provision.when]
    if due and len(due) == len([d for d in provision.duties if _mentions(d.duty, fact_of(key), offer)]):
        parts.append(due[0] if len(due) == 1 else tree.Or(tuple(due)))
    parts += [tree.Not(e.condition) for e in provision.exemptions if not _mentions(e.condition, fact_of(key), offer)]
    return residual(tree.And(tuple(parts)) if len(parts) > 1 else parts[0], offer, place)


def _mentions(condition: tree.Condition, fact: str, offer: Offer) -> bool:
    match condition:
        case tree.Not(item):
            return _mentions(item, fact, offer)
        case tree.And(items) | tree.Or(items):
            return any(_mentions(item, fact, offer) for item in items)
        case tree.Holds(name) if name.text in offer.rules.defines:
            return _mentions(offer.rules.defines[name.text].condition, fact, offer)
        case tree.Holds(name):
            return name.text == fact
        case _:
            return False


def residual(condition: tree.Condition, offer: Offer, place: Place) -> tree.Condition:
    """What is left of a condition once the plan's answers are filled in; `always` where nothing is, and `not always`
    where it can no longer hold."""
    plan = offer.plan
    literal = plan.literal(lower(condition, offer.rules, place))
    if not plan.possible(-literal):
        return tree.Always()
    if not plan.possible(literal):
        return tree.Not(tree.Always())
    match condition:
        case tree.And(items) | tree.Or(items):
            neutral = tree.Always() if isinstance(condition, tree.And) else tree.Not(tree.Always())
            kept: list[tree.Condition] = []
            for item in items:
                part = residual(item, offer, place)
                for one in part.items if type(part) is type(condition) else (part,):
                    if one != neutral and one not in kept:
                        kept.append(one)
            return kept[0] if len(kept) == 1 else replace(condition, items=tuple(kept))
        case tree.Not(item):
            part = residual(item, offer, place)
            return part.item if isinstance(part, tree.Not) else tree.Not(part)
        case _:
            return condition
