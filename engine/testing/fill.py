"""A plan filled in: one of its completions, chosen by dice, and what a plan says that has just this completion.

The dice wish for a few answers, as many of which come true as go together with what the plan says; the solver gives the
rest, as little as can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..judge.answers import is_stated, with_counsel
from ..judge.decide import Plan
from ..judge.governing import governing
from ..logic.formula import Reaches
from ..logic.solver import Exact
from ..rulebook.model import Place, Rules, fact_of
from ..rulebook.reads import reads
from ..usecase.model import Answer, Contract, FlagValue, Settlement, UseCase, Value
from ..usecase.write import value_text
from .complete import Completion, Direct, direct_values, exactly
from .dice import Dice
from .possible import narrow, together

MOST_WISHES = 12


def plan_over(rules: Rules, use_case: UseCase, settlements: tuple[Settlement, ...] = ()) -> Plan:
    """The plan with everything that the rules of its offerings (of all where it names none) read on its day."""
    plan = Plan.of(rules, with_counsel(rules, use_case, settlements), Place("", ""), settlements)
    offerings = rules.offerings if use_case.offerings is None else use_case.offerings
    for id in offerings:
        offering = rules.offerings[id]
        contract = use_case.contracts.get(offering.platform, Contract())
        day = contract.as_of or use_case.as_of
        if day is not None:
            for clause in governing(rules, offering, day, contract.negotiated).clauses:
                plan.literal(clause.conflicts)
    read = reads(rules, offerings)
    for key in (*read.keys, *read.readings):
        plan.exact.meet(key)
    return plan


def filled(plan: Plan, agreed: Sequence[int], dice: Dice, about: Sequence[str] | None = None) -> Completion | None:
    """A completion of the plan that has the literals `agreed`, with wishes about these keys (all by default); None where
    there is none."""
    exact = plan.exact
    keys = sorted(exact.own) if about is None else about
    wishes = [_wish(exact, dice.pick(keys), dice) for _ in range(dice.below(MOST_WISHES + 1) if keys else 0)]
    soft = [*wishes, *_plainness(plan)]
    kept = together(exact, agreed, soft)
    if kept is None:
        return None
    model = exact.model([*agreed, *(x for i in kept for x in soft[i])])
    return None if model is None else direct_values(exact, model)


def _plainness(plan: Plan) -> Iterator[tuple[int, ...]]:
    """What makes a completion plain: nothing that has something below it, and nothing but what is stated."""
    exact, rules = plan.exact, plan.rules
    yield from narrow(exact)
    for key, own in exact.own.items():
        fact = rules.facts.get(fact_of(key))
        if fact is not None and fact.kind in ("flag", "many") and not is_stated(plan.use_case, key):
            yield from ((-x,) for x in own)


def _wish(exact: Exact, key: str, dice: Dice) -> tuple[int, ...]:
    """Literals of an answer to a key: of a list, its elements and no others."""
    own = exact.own[key]
    if key in exact.rules.readings:
        return (dice.pick(own),)
    match exact.rules.facts[fact_of(key)].kind:
        case "one":
            return (dice.pick(own),)
        case "many":
            chosen = dice.some(own, 0, 2)
            return tuple(x if x in chosen else -x for x in own)
        case "flag":
            return (own[0] if dice.chance(50) else -own[0],)
        case _:
            x = dice.pick([y for a, y in exact.variables.items() if isinstance(a, Reaches) and a.key == key] or own)
            return (x if dice.chance(50) else -x,)


def sayable(rules: Rules, key: str, value: Direct) -> Answer | None:
    """The exact answer, where a use case can say it."""
    fact = rules.facts[fact_of(key)]
    exact = exactly(rules, fact, value)
    if exact is None:
        return None
    try:
        return Answer(exact, "given", value_text(fact, exact))
    except ValueError:
        return None


def told(rules: Rules, use_case: UseCase, completion: Completion, keys: Iterable[str]) -> UseCase:
    """The plan with the completion's answers to these of the questions that are the planner's to answer, approvals among
    them; what no use case says exactly stays as it is."""
    answers: dict[str, Answer] = dict(use_case.answers)
    approvals = dict.fromkeys(use_case.approvals)
    for key in keys:
        if key in rules.readings or rules.facts[fact_of(key)].for_counsel:
            continue
        answer = sayable(rules, key, completion[key])
        if answer is not None and rules.facts[fact_of(key)].role == "approval" and answer.value == FlagValue(True):
            answers.pop(key, None)
            approvals[key] = None
        elif answer is not None and key not in approvals:
            answers[key] = answer
    return replace(use_case, answers=answers, approvals=tuple(approvals))


def settled(rules: Rules, completion: Mapping[str, Direct]) -> tuple[Settlement, ...]:
    """What counsel says in a completion: a choice for each reading, an answer to each of counsel's questions."""
    found = []
    for key, value in completion.items():
        if key in rules.readings:
            found.append(Settlement(key, str(value)))
        elif (fact := rules.facts[fact_of(key)]).for_counsel and (exact := exactly(rules, fact, value)) is not None:
            found.append(Settlement(key, _words(rules, key, exact), value=exact))
    return tuple(found)


def _words(rules: Rules, key: str, value: Value) -> str:
    try:
        return value_text(rules.facts[fact_of(key)], value)
    except ValueError:
        return "as the completion has it"
