"""Each `expect` of the rules, sampled: what `mayuse prove` decides for every plan, tried on drawn ones by plain evaluation.

The solver only draws completions that an expectation speaks of; whether they conflict is evaluated value by value. So the
two ways share the meaning of a claim, and nothing of how it is decided.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial

from ..language.tree import CLAIMS
from ..logic.formula import Chosen, Flag, disj, neg
from ..logic.solver import Exact
from ..proofs.alike import erased, everywhere, together
from ..proofs.cases import Case, case_at, free_of
from ..proofs.expectations import cases_of
from ..proofs.space import Space
from ..rulebook.model import Expectation
from ..usecase.model import UseCase
from .complete import Completion, holds
from .dice import Dice, dealt
from .fill import filled, settled, told
from .ground import Broken, Ground, told_as_files
from .trial import DICE, run

Try = Callable[[Dice], bool]
"""One draw: whether there was a plan to try. Raises `Broken`."""


def expectations(ground: Ground) -> list[Expectation]:
    """What is expected in the added folders; in all rules where there are none."""
    return [one for one in ground.rules.expectations if ground.is_tried(one.span.file)]


def tried(ground: Ground, one: Expectation, examples: int | None = None) -> int:
    """How many drawn plans an expectation was tried on, as many as `examples` (by default those of hypothesis' settings);
    none where it speaks of none at any offering. Raises the smallest `Broken` found."""
    offerings = ground.rules.offerings
    cases = (c for c in cases_of(ground.places, one) if c.space.offer.governing.offering.id in offerings)
    tries = [_tries(ground, case) for case in cases]
    seen = 0

    def hold(choices: bytes) -> None:
        nonlocal seen
        dice = dealt(choices)
        seen += dice.pick(tries)(dice)

    if tries:
        run("expectation", hold, examples, DICE)
    return seen


def told_of(ground: Ground, one: Expectation, failure: Broken) -> str:
    """What broke an expectation, for a terminal: what it claims, what was seen, the files and the commands."""
    claim = " ".join([CLAIMS[one.claim], ", ".join(one.names)]).strip()
    return f'not so: "{one.title}" ({claim})\n{failure.seen}\n\n{told_as_files(ground, failure)}'


def _tries(ground: Ground, case: Case) -> Try:
    """How to draw a plan of a case, and see whether it is as expected."""
    keys = case.keys
    if case.expectation.claim == "same as":
        return _at_both(ground, case)
    if case.expectation.claim == "regardless":
        return _regardless(ground, case, keys)
    exact = case.space.exact
    given, caught = [exact.literal(case.when)], True
    if case.expectation.claim == "never conflict":
        given += case.undertaken()
        caught = False
    else:
        given += case.unapproved()
    if case.expectation.claim == "always conditional":
        given.append(exact.literal(disj(neg(Flag(k)) for k in case.promised)))
    return partial(_caught, ground, case, keys, _told(case.space, keys, given), caught)


def _told(space: Space, keys: list[str], given: list[int]) -> list[int]:
    """The literals, and that the answers are such as a use case can say, where there are such."""
    more = [*given, *space.sayable(keys)]
    return more if space.exact.solve(more) else given


def _caught(ground: Ground, case: Case, keys: list[str], given: list[int], wanted: bool, dice: Dice) -> bool:
    """A plan of which the literals hold conflicts, or does not."""
    done = filled(case.space.offer.plan, given, dice, keys)
    if done is not None and holds(case.conflict, done) is not wanted:
        raise _broken(ground, case, keys, _seen(case, not wanted), done)
    return done is not None


def _regardless(ground: Ground, case: Case, keys: list[str]) -> Try:
    """Two plans that differ in the facts named, and in what is asked because of them, both conflict or neither does."""
    plan, free = case.space.offer.plan, free_of(case)
    given = _told(case.space, keys, [plan.exact.literal(case.when), *case.unapproved()])
    same, names = {*keys} - free, ", ".join(case.expectation.names)

    def once(dice: Dice) -> bool:
        first = filled(plan, given, dice, keys)
        if first is None:
            return False
        second = filled(plan, [*given, *_as_in(plan.exact, first, same)], dice, sorted(free))
        assert second is not None, "the first plan itself agrees with all that is fixed"
        before, after = holds(case.conflict, first), holds(case.conflict, second)
        if before is not after:
            seen = f"{_seen(case, before)}, and does not where only {names} is otherwise (changed.yaml)"
            raise _broken(ground, case, keys, seen, first, second)
        return True

    return once


def _as_in(exact: Exact, done: Completion, keys: Collection[str]) -> Iterator[int]:
    """That the answers to these keys are those of a completion."""
    for variable, x in exact.variables.items():
        if isinstance(variable, tuple):
            key, term = variable
            value = done.get(key)
            true = isinstance(value, frozenset) and term in value
        else:
            key = variable.reading if isinstance(variable, Chosen) else variable.key
            true = key in keys and holds(variable, done)
        if key in keys:
            yield x if true else -x


def _at_both(ground: Ground, case: Case) -> Try:
    """A plan conflicts at both offerings, or at neither."""
    one, rules = case.expectation, ground.rules
    other = case_at(ground.places.space(rules.offerings[one.names[0]], case.space.offer.governing.day), one)
    if other.space is case.space:
        return lambda dice: False
    joint, when, absent = together(case, other)
    first, second = erased(rules, case.conflict), erased(rules, other.conflict)
    keys = joint.keys(when, first, second)
    given = _told(joint, keys, [joint.exact.literal(when), joint.exact.literal(absent)])

    def once(dice: Dice) -> bool:
        done = filled(joint.offer.plan, given, dice, keys)
        if done is not None and holds(first, done) is not holds(second, done):
            stuck, free = (case, other) if holds(first, done) else (other, case)
            at = [c.space.offer.governing.offering.id for c in (stuck, free)]
            answers = everywhere(case, other, {k: done[k] for k in keys})
            raise _broken(
                ground, case, list(answers), f"a plan conflicts at {at[0]} and not at {at[1]}", answers, at=at
            )
        return done is not None

    return once


def _seen(case: Case, caught: bool) -> str:
    what = f"'{case.expectation.document}'" if case.expectation.document else "what governs there"
    return f"{what} {'catches' if caught else 'lets through'} a plan"


def _broken(
    ground: Ground, case: Case, keys: list[str], seen: str, *completions: Completion, at: list[str] | None = None
) -> Broken:
    """An expectation broken by plans that answer the keys as the completions do."""
    rules, governing = ground.rules, case.space.offer.governing
    plan = UseCase(as_of=governing.day, offerings=tuple(at or [governing.offering.id]))
    names = ("plan.yaml", "changed.yaml")
    plans = {name: told(rules, plan, done, keys) for name, done in zip(names, completions, strict=False)}
    counsel = settled(rules, {key: completions[0][key] for key in keys})
    return Broken(f"{', '.join(plan.offerings or ())}: {seen}", plans, counsel)
