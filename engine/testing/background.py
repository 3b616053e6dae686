"""Harmless answers to all that the rules of an offering ask, so that what a plan says beside them decides.

They are read off a completion that does not conflict, in which nothing is undertaken that can be done without. An answer
to a question that is asked because of others comes with when it is asked: it is said only where that is certain.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from ..judge.offer import Offer, prepare
from ..logic.formula import FALSE, TRUE, And, Chosen, Formula, Not, Or, atoms, conj, disj, neg
from ..logic.solver import Exact, Model
from ..logic.theory import implied_by, sibling
from ..rulebook.model import Rules, fact_of
from ..usecase.model import FlagValue, UseCase, Value
from .complete import direct_values, exactly
from .possible import narrow, together


@dataclass(frozen=True, slots=True)
class Harmless:
    """An answer to the question `key`, where `asked` holds."""

    key: str
    value: Value
    asked: Formula


def harmless(rules: Rules, offering: str, day: datetime.date) -> tuple[Harmless, ...]:
    """Answers that keep the offering's rules from conflicting, what a question depends on before it; the safeguards, all
    undertaken, last. Nothing where no completion is free of conflict."""
    offer = prepare(rules, UseCase(), rules.offerings[offering], (), day)
    exact = offer.plan.exact
    wanted = [-offer.question(), *offer.plan.known(), *offer.plan.without_approvals(), *offer.plan.with_safeguards()]
    base = _plainest(offer, wanted)
    facts: list[Harmless] = []
    safeguards: list[Harmless] = []
    for key in _asked_first(exact) if base is not None else ():
        fact = rules.facts[fact_of(key)]
        if fact.role == "safeguard":
            brought = (exact.guard(sibling(key, id)) for id in sorted(implied_by(rules, fact.id)))
            safeguards.append(Harmless(key, FlagValue(True), conj(brought)))
        elif fact.role == "fact" and not fact.for_counsel:
            model = base if exact.asked[key] in (base or ()) else _plainest(offer, [exact.asked[key], *wanted])
            if model and (value := exactly(rules, fact, direct_values(exact, model)[key])) is not None:
                facts.append(Harmless(key, value, exact.guard(key)))
    exact.close()
    return (*facts, *safeguards)


def _asked_first(exact: Exact) -> list[str]:
    """The keys of facts, each after those because of which it is asked."""
    order: dict[str, None] = {}

    def add(key: str) -> None:
        if key not in order:
            for atom in atoms(exact.guard(key)):
                if not isinstance(atom, Chosen):
                    add(atom.key)
            order[key] = None

    for key in exact.own:
        if key not in exact.rules.readings:
            add(key)
    return list(order)


def _plainest(offer: Offer, wanted: list[int]) -> Model | None:
    """A model in which, as far as can be, the documents govern that were read whole and no others, no clause conflicts
    whatever counsel says, and lists and choices name nothing that has something below it."""
    rules, exact = offer.rules, offer.plan.exact
    short = {document.id for document, why in offer.shortfalls() if document and why}
    governs = [(-1 if id in short else 1) * exact.literal(gate) for id, gate in offer.governing.gates.items()]
    bad = [_at_worst(c.conflicts, rules) for c in offer.governing.clauses if c.duty is None]
    clear = [-exact.literal(formula) for formula in bad]
    soft = [*((x,) for x in (*governs, *clear)), *narrow(exact)]
    kept = together(exact, wanted, soft)
    return None if kept is None else exact.model([*wanted, *(soft[i][0] for i in kept)])


def _at_worst(formula: Formula, rules: Rules, worst: bool = True) -> Formula:
    """The formula with all that is counsel's to say as it would be `worst`: true, or under `not` false."""
    match formula:
        case And(items):
            return conj(_at_worst(item, rules, worst) for item in items)
        case Or(items):
            return disj(_at_worst(item, rules, worst) for item in items)
        case Not(item):
            return neg(_at_worst(item, rules, not worst))
        case _:
            counsels = isinstance(formula, Chosen) or rules.facts[fact_of(formula.key)].for_counsel
            return (TRUE if worst else FALSE) if counsels else formula
