"""Does each `expect` hold of every plan? By the solver, over all fully answered plans and all settlements of readings.

An expectation in a document is about that document's own clauses, any other about everything that governs an offering.
One that is broken comes with a smallest plan that breaks it; one whose `when` no plan has says nothing, and fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ..judge.model import Verdict
from ..language.tree import CLAIMS
from ..logic.formula import Flag, Formula, conj, disj, neg
from ..rulebook.model import Expectation
from .alike import regardless, same_as
from .cases import FREE, STUCK, Broken, Case, case_at, smallest, speaks_of, verdict
from .ground import Ground
from .model import Claim, Outcome, ProofError, Witness
from .space import Answers
from .witness import UNSAYABLE


def claim(ground: Ground, one: Expectation) -> Claim:
    """The claim that an expectation holds."""
    says = f"{CLAIMS[one.claim]}{' ' if one.names else ''}{', '.join(one.names)}"
    cases = list(cases_of(ground, one))
    if not cases:
        return _broken(one, says, "it speaks of no plan: its 'when' cannot hold", ())
    kinds: Mapping[str, Callable[[Case], Iterator[Broken]]] = {
        "never permitted": _never_permitted,
        "never conflict": _never_conflict,
        "always conditional": _always_conditional,
        "regardless": regardless,
        "same as": lambda case: same_as(ground, case),
    }
    broken = [(case, why, shown) for case in cases for why, shown in kinds[one.claim](case)]
    if broken:
        names = ", ".join(dict.fromkeys(case.space.offer.governing.offering.id for case, _, _ in broken))
        _, why, shown = broken[0]
        return _broken(one, says, f"{why} (at {names})", shown)
    count = f"at {len(cases)} offering{'s' * (len(cases) != 1)}"
    return Claim("expect", one.title, one.document, says, Outcome.HOLDS, count, one.span)


def _broken(one: Expectation, says: str, why: str, shown: tuple[Witness, ...]) -> Claim:
    return Claim("expect", one.title, one.document, says, Outcome.FAILS, why, one.span, shown)


def cases_of(ground: Ground, one: Expectation) -> Iterator[Case]:
    """The expectation at each offering that it is about, where there are plans that it speaks of."""
    rules = ground.rules
    document = rules.documents[one.document] if one.document else None
    day = ground.first_day(document) if document else ground.day
    assert day is not None, "a document is in force some day"
    offerings = list(rules.offerings.values())
    for space in ground.governed(document, day) if document else [ground.space(o, day) for o in offerings]:
        id = space.offer.governing.offering.id
        if one.offerings is None or id in one.offerings:
            case = case_at(space, one)
            if space.exact.solve([space.exact.literal(case.when)]):
                yield case


# ---- one plan at a time


def _never_permitted(case: Case) -> Iterator[Broken]:
    """No plan of these is let through, whatever is undertaken and however counsel reads."""
    yield from _broken_by(case, "a plan", conj((case.when, neg(case.conflict))), FREE)


def _never_conflict(case: Case) -> Iterator[Broken]:
    """None of these conflicts once everything that can be is undertaken and approved."""
    exact = case.space.exact
    ours, given = case.ours, case.undertaken()
    literal = exact.literal(conj((case.when, case.conflict)))
    if exact.solve([literal, *given]):
        told = smallest(case, literal, [k for k in case.keys if k not in ours], STUCK, given)
        yield _shown(case, "a plan", told, STUCK)


def _always_conditional(case: Case) -> Iterator[Broken]:
    """None of these is let through without the safeguards; and some is, with them."""
    names = " and ".join(case.expectation.names)
    named = [Flag(k) for k in case.promised]
    refused = conj((case.when, disj(neg(s) for s in named), neg(case.conflict)))
    yield from _broken_by(case, f"without {names} a plan", refused, FREE)
    kept = conj((case.when, *named, neg(case.conflict)))
    if not case.space.exact.solve([case.space.exact.literal(kept), *case.unapproved()]):
        yield f"with {names} it is never permitted", ()


def _broken_by(case: Case, what: str, formula: Formula, verdicts: tuple[Verdict, ...]) -> Iterator[Broken]:
    """A smallest plan without approvals of which the formula holds, and which the engine gives one of these verdicts."""
    space = case.space
    literal = space.all([space.exact.literal(formula), *case.unapproved()])
    if space.exact.solve([literal]):
        yield _shown(case, what, smallest(case, literal, case.keys, verdicts), verdicts)


def _shown(case: Case, what: str, told: Answers | None, verdicts: tuple[Verdict, ...]) -> Broken:
    """What breaks an expectation, with the plan, where a use case can state it."""
    if told is None:
        return f"{what} is not as expected, {UNSAYABLE}", ()
    found = verdict(case, told)
    plan, settlements = case.space.plan(told)
    if found not in verdicts or not speaks_of(case, told):
        raise ProofError(f"the engine finds '{found.value}' of {plan.answers}, against '{case.expectation.title}'")
    return f"{what} is {found.value}", (Witness(found.value, plan, settlements),)
