"""Are the verdicts alike that an `expect` says are? Of two plans that differ in some answers, or of one at two offerings.

Both are one question to the solver about two completions, or about one completion at two places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

from ..judge.decide import Plan
from ..judge.governing import Clause, Governing
from ..judge.offer import Offer
from ..logic.formula import And, Chosen, Flag, Formula, Not, Or, Present, Reaches, Some, conj, disj, neg
from ..logic.solver import Model
from ..rulebook.model import Place, Rules, fact_of
from ..usecase.model import UseCase
from .cases import FREE, STUCK, Broken, Case, case_at, free_of, is_found, read_by, verdict
from .ground import Ground
from .model import ProofError, Witness
from .space import Answers, Space, as_plan
from .witness import UNSAYABLE, conflict

V = TypeVar("V")

Sides = tuple[tuple[Case, Formula], tuple[Case, Formula]]
"""Two offerings, and what is to hold at each: the first conflicts."""


def regardless(case: Case) -> Iterator[Broken]:
    """No two plans that differ in nothing but these facts, of which one conflicts and the other does not."""
    space = case.space
    when, c = space.exact.literal(case.when), space.exact.literal(case.conflict)
    given = [when, *case.unapproved()]
    keys = case.keys
    free = free_of(case)
    pair = _plainest_pair(space, [*given, c], [*given, -c], [k for k in keys if k not in free])
    if pair is None:
        return
    before, after = (space.tell(model, keys) for model in pair)
    own = [{k: v for k, v in told.items() if k in free} for told in (before, after)]
    sides = [space.all([*given, c]), space.all([*given, -c])]

    def works(told: Answers) -> bool:
        sure = all(space.certain({**told, **mine}, side, keys) for mine, side in zip(own, sides, strict=True))
        return sure and is_found(case, {**told, **own[0]}, STUCK)

    whole = {k: v for k, v in before.items() if k not in free}
    if not works(whole):
        yield f"two plans alike but for {', '.join(case.expectation.names)} are not alike, {UNSAYABLE}", ()
        return
    shared = space.fewest(whole, works)
    shown = []
    for mine, wanted in zip(own, (STUCK, FREE), strict=True):
        found = verdict(case, {**shared, **mine})
        if found not in wanted:
            raise ProofError(f"the engine finds '{found.value}', against '{case.expectation.title}'")
        shown.append(Witness(found.value, *space.plan({**shared, **mine})))
    differs = ", ".join(k for k in dict.fromkeys([*own[0], *own[1]]) if own[0].get(k) != own[1].get(k))
    yield f"two plans alike but for {differs} are {shown[0].shows} and {shown[1].shows}", tuple(shown)


def _plainest_pair(space: Space, first: list[int], second: list[int], same: list[str]) -> tuple[Model, Model] | None:
    """Two completions that answer the keys `same` alike, and as plainly as can be."""
    exact = space.exact
    shared = space.sayable(list(exact.own))
    if not exact.solve_pair(shared, first, second, same):
        shared = []
        if not exact.solve_pair(shared, first, second, same):
            return None
    for key in same:
        for some in (exact.own[key], *([x] for x in exact.own[key])):
            absent = [-x for x in some]
            if exact.solve_pair([*shared, *absent], first, second, same):
                shared += absent
                if some is exact.own[key]:
                    break
    exact.solve_pair(shared, first, second, same)
    return exact.models()


def same_as(ground: Ground, case: Case) -> Iterator[Broken]:
    """No plan that conflicts at one of two offerings alone. Facts per platform or offering are answered alike at both; a
    consent counts where both ask for it."""
    one, rules, day = case.expectation, ground.rules, case.space.offer.governing.day
    other = case_at(ground.space(rules.offerings[one.names[0]], day), one)
    if other.space is case.space:
        return
    joint, when, absent = together(case, other)
    first, second = (erased(rules, c.conflict) for c in (case, other))
    keys = joint.keys(when, first, second)
    for stuck, free in ((case, other), (other, case)):
        sides = ((stuck, stuck.conflict), (free, neg(free.conflict)))
        wanted = conj((when, absent, *(erased(rules, formula) for _, formula in sides)))
        model = joint.plainest(keys, joint.exact.literal(wanted))
        if model is not None:
            yield _told_at_both(case, other, joint, joint.tell(model, keys), sides)
            break
    joint.exact.close()


def _told_at_both(case: Case, other: Case, joint: Space, whole: Answers, sides: Sides) -> Broken:
    """A smallest plan that conflicts at one of the two alone, of a whole one that does."""
    works = partial(_is_so, (case, other), sides)
    if not works(whole):
        return f"a plan conflicts at one of the two, {UNSAYABLE}", ()
    told = everywhere(case, other, joint.fewest(whole, works))
    found = {at.space.offer.governing.offering.id: verdict(at, told) for at in (case, other)}
    if sum(v in STUCK for v in found.values()) != 1 or sum(v in FREE for v in found.values()) != 1:
        raise ProofError(f"the engine finds {found}, against '{case.expectation.title}'")
    text = " and ".join(f"{v.value} at {id}" for id, v in found.items())
    plan, settlements = as_plan(case.space.rules, case.expectation.names[0], case.space.offer.governing.day, told)
    return f"a plan is {text}", (Witness(text, replace(plan, offerings=tuple(found)), settlements),)


def _is_so(cases: tuple[Case, Case], sides: Sides, told: Answers) -> bool:
    """Whether each of two offerings has for certain what is claimed of it, of a plan with these answers at both."""
    whole = everywhere(*cases, told)
    for case, formula in sides:
        wanted = conj((case.when, formula))
        if not case.space.certain(whole, case.space.exact.literal(wanted), case.space.keys(wanted)):
            return False
    return is_found(sides[0][0], whole, STUCK)


def together(case: Case, other: Case) -> tuple[Space, Formula, Formula]:
    """The plans at both offerings, in which every fact has one answer; which of them an expectation speaks of; and that
    none has an approval which it does not name and which not both can give."""
    rules, joint = case.space.rules, _joint(case, other)
    first, second, when = (erased(rules, f) for f in (case.conflict, other.conflict, case.when))
    shared = read_by(first) & read_by(second) | read_by(when)
    keys = joint.keys(when, first, second)
    return joint, when, conj(neg(Flag(k)) for k in keys if case.is_a(k, "approval") and k not in shared)


def _joint(case: Case, other: Case) -> Space:
    """The plans at both offerings, in which every fact has one answer."""
    rules = case.space.rules
    clauses = tuple(
        replace(c, id=f"{at}:{c.id}", bites=erased(rules, c.bites), conflicts=erased(rules, conflict(c)), duty=None)
        for at, one in enumerate((case, other))
        for c in one.clauses
    )
    plan = Plan.of(rules, UseCase(), Place("", ""))
    governing = Governing(case.space.offer.governing.offering, case.space.offer.governing.day, {}, clauses, ())
    return Space(Offer.under(rules, plan, governing), _by_id(clauses))


def _by_id(clauses: tuple[Clause, ...]) -> dict[str, Clause]:
    return {c.id: c for c in clauses}


def erased(rules: Rules, formula: Formula) -> Formula:
    """The formula with every fact asked once, whatever the place."""
    match formula:
        case And(items):
            return conj(erased(rules, item) for item in items)
        case Or(items):
            return disj(erased(rules, item) for item in items)
        case Not(item):
            return neg(erased(rules, item))
        case Chosen():
            return formula
        case Flag(key) | Some(key) | Present(key) | Reaches(key):
            return replace(formula, key=Place("", "").key(rules.facts[fact_of(key)]))


def everywhere(case: Case, other: Case, told: Mapping[str, V]) -> dict[str, V]:
    """Answers given once, at every place where they are asked."""
    rules = case.space.rules
    found = {}
    for key, value in told.items():
        per = None if key in rules.readings else rules.facts[fact_of(key)].per
        if per is None:
            found[key] = value
            continue
        for one in (case, other):
            offering = one.space.offer.governing.offering
            platforms = {offering.platform, *(c.document.platform for c in one.space.clauses.values())}
            for platform in sorted(platforms):
                found[Place(platform, offering.id).key(rules.facts[fact_of(key)])] = value
    return found
