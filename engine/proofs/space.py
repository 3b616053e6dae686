"""Every plan at one offering on one day: which completions there are, and the fewest answers that tell one of them.

A `Space` is an offer whose plan says nothing, so that a question to its solver is a question about all plans at once.
A completion that answers a question is told as stated answers, then made smaller while the answer stays certain, so
that what is shown is a plan that anyone can check. What is asked belongs to the modules beside this one.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from ..judge.answers import said
from ..judge.governing import Clause
from ..judge.offer import Offer, prepare
from ..judge.told import Told, holds, value_in, words_of
from ..logic.formula import Chosen, Formula, atoms
from ..logic.solver import Exact, Model
from ..logic.theory import dependents
from ..rulebook.model import Offering, Rules, fact_of
from ..usecase.model import Answer, FlagValue, Settlement, TermsValue, UseCase

Answers = Mapping[str, Told]
"""A plan, told: an answer for each key, of a reading the choice. An approval is told as yes or no."""

PRESUMED = ("wrong", "approval")
"""Roles that are absent where nothing is said."""


@dataclass(frozen=True, slots=True)
class Taste:
    """What to rather have where a plan is free: answers to `keys` before others, the first before the second; among the
    terms of a list those of `terms`, again the first before the second; of a reading its first choice."""

    keys: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


@dataclass
class Space:
    """All plans at one offering. Make it with `Space.of`."""

    offer: Offer
    clauses: dict[str, Clause]
    _literals: dict[tuple[str, Told], list[int]] = field(default_factory=dict)
    _reads: dict[Formula, tuple[str, ...]] = field(default_factory=dict)
    _sayable: dict[str, list[int]] = field(default_factory=dict)

    @staticmethod
    def of(rules: Rules, offering: Offering, day: datetime.date) -> Space:
        """The plans at `offering` under the texts of `day`."""
        offer = prepare(rules, UseCase(), offering, (), day)
        return Space(offer, {clause.id: clause for clause in offer.governing.clauses})

    @property
    def rules(self) -> Rules:
        """The rules whose plans these are."""
        return self.offer.rules

    @property
    def exact(self) -> Exact:
        """The solver."""
        return self.offer.plan.exact

    @cached_property
    def _after(self) -> dict[str, frozenset[str]]:
        return dependents(self.rules)

    def follows(self, key: str) -> frozenset[str]:
        """The facts that are asked, or can be undertaken, only because of this one."""
        return self._after.get(fact_of(key), frozenset())

    # -- formulas

    def conflict(self, clause: Clause) -> int:
        """The literal that says "this clause makes the plan conflict", with every answer known."""
        c = self.offer.literals[clause.id]
        duty = self.offer.duties.get(clause.id)
        return c if duty is None else self.all([c, -duty])

    def question(self, clauses: Iterable[Clause] | None = None) -> int:
        """The literal that says "one of these clauses does", of all of them where none are named."""
        return self.exact.either(self.conflict(c) for c in (self.clauses.values() if clauses is None else clauses))

    def all(self, literals: Iterable[int]) -> int:
        """The literal that holds where all of these do."""
        return -self.exact.either(-x for x in literals)

    def keys(self, *formulas: Formula) -> list[str]:
        """The keys that formulas read, and those on which it turns whether they are asked, in order of appearance."""
        found: dict[str, None] = {}
        todo = list(reversed(formulas))
        while todo:
            for key in self._read_by(todo.pop()):
                if key not in found:
                    found[key] = None
                    if key not in self.rules.readings:
                        self.exact.meet(key)
                        todo.append(self.exact.guard(key))
        return list(found)

    def _read_by(self, formula: Formula) -> tuple[str, ...]:
        if formula not in self._reads:
            keys = (a.reading if isinstance(a, Chosen) else a.key for a in atoms(formula))
            self._reads[formula] = tuple(dict.fromkeys(keys))
        return self._reads[formula]

    # -- completions

    def model(self, *literals: int) -> Model | None:
        """A completion with all of these; None where there is none, which proves it."""
        return self.exact.model(literals)

    def plainest(self, keys: Iterable[str], *literals: int, taste: Taste | None = None) -> Model | None:
        """A completion with all of these in which as little as can be is so: no, nothing, nothing in a list."""
        asked = list(keys)
        kept = [*literals, *self.sayable(asked)]
        model = self.exact.model(kept)
        if model is None:
            kept = list(literals)
            model = self.exact.model(kept)
        if model is None:
            return None

        def can(some: list[int]) -> bool:
            nonlocal model
            # What is absent from the completion at hand can be denied without a question.
            absent = model is not None and all(holds(x, model) for x in some)
            fewer = model if absent else self.exact.model([*kept, *some])
            if fewer is None:
                return False
            model = fewer
            kept.extend(some)
            return True

        self.spare(asked, taste, can)
        return model

    def spare(self, keys: Sequence[str], taste: Taste | None, can: Callable[[list[int]], bool]) -> None:
        """Deny of each answer what can be denied, the least wanted first; `can` keeps what it says is possible. Questions
        that are wanted are asked where they can be: a plain "no" says more than that one does not come up."""
        wanted = [key for key in (taste.keys if taste is not None else ()) if key in keys]
        for key in (*reversed(wanted), *(k for k in keys if k not in wanted)):
            self.exact.meet(key)
            if key in wanted and key not in self.rules.readings and self.rules.facts[fact_of(key)].kind != "many":
                can([self.exact.asked[key]])
            _deny([-x for x in self._own(key, taste)], can)

    def _own(self, key: str, taste: Taste | None) -> list[int]:
        """The variables of an answer, the least wanted first."""
        own = list(self.exact.own[key])
        if taste is not None and key in self.rules.readings:
            own.reverse()
        elif taste is not None and self.rules.facts[fact_of(key)].kind in ("one", "many"):
            wanted = {term: at for at, term in enumerate(taste.terms)}
            terms = sorted(self.rules.below[self.rules.facts[fact_of(key)].domain or ""], reverse=True)
            terms.sort(key=lambda t: -wanted.get(t, len(wanted)))
            own = [self.exact.variables[key, term] for term in terms]
        return own

    def sayable(self, keys: Iterable[str], choices: bool = True) -> list[int]:
        """That the answers to these keys can be said: not a thing and, beside it, some other kind of a thing above it; and,
        where `choices`, of one thing, not some other kind of it than those that have a name."""
        found = []
        for key in keys:
            self.exact.meet(key)
            if key not in self._sayable:
                self._sayable[key] = self._can_say(key)
            if choices or key in self.rules.readings or self.rules.facts[fact_of(key)].kind != "one":
                found += self._sayable[key]
        return found

    def _can_say(self, key: str) -> list[int]:
        fact = None if key in self.rules.readings else self.rules.facts[fact_of(key)]
        if fact is None or fact.kind not in ("one", "many"):
            return []
        own = {t: self.exact.variables[key, t] for t in self.rules.below[fact.domain or ""]}
        lower = {t: [own[u] for u in self.rules.below[t] if u != t] for t in own}
        if fact.kind == "one":
            return [-own[t] for t in own if lower[t]]
        return [-self.all([own[t], self.exact.either(lower[t])]) for t in own if lower[t]]

    # -- telling

    def tell(self, model: Model, keys: Iterable[str]) -> dict[str, Told]:
        """What a completion answers to these keys, but for what is presumed and what is not asked."""
        told: dict[str, Told] = {}
        for key in keys:
            if key in self.rules.readings:
                for choice, _ in self.rules.readings[key].choices:
                    if self.exact.variables[Chosen(key, choice)] in model:
                        told[key] = choice
                continue
            value = value_in(self.exact, key, model) if holds(self.exact.asked[key], model) else None
            presumed = self.rules.facts[fact_of(key)].role in PRESUMED and value == FlagValue(False)
            if value is not None and not presumed:
                told[key] = value
        return told

    def literals(self, told: Answers) -> list[int]:
        """What the answers say, as literals to assume."""
        found = []
        for key, value in told.items():
            if (key, value) not in self._literals:
                self._literals[key, value] = [self.exact.literal(f) for f in self._formulas(key, value)]
            found += self._literals[key, value]
        return found

    def _formulas(self, key: str, value: Told) -> Iterator[Formula]:
        if isinstance(value, str):
            yield Chosen(key, value)
        else:
            supposed = UseCase(answers={key: Answer(value)})
            yield from (formula for _, formula in said(self.rules, supposed, self.offer.plan.place))

    def presumed(self, told: Answers, keys: Iterable[str]) -> list[int]:
        """That the wrongs and approvals among `keys` that the answers leave out are absent."""
        return [
            -self.exact.own[k][0]
            for k in keys
            if k not in told and k not in self.rules.readings and self.rules.facts[fact_of(k)].role in PRESUMED
        ]

    def certain(self, told: Answers, literal: int, keys: Collection[str], supposed: Sequence[int] = ()) -> bool:
        """Whether plans with these answers (there are some) all have the literal, whatever they leave open of `keys`; of
        those plans of which the literals `supposed` hold."""
        given = [*self.literals(told), *self.presumed(told, keys), *supposed]
        return not self.exact.solve([*given, -literal]) and self.exact.solve(given)

    def smallest(self, literal: int, keys: Sequence[str], taste: Taste | None = None) -> dict[str, Told] | None:
        """A smallest plan, of answers to `keys`, that certainly has the literal; None where no plan has it, or none that
        answers can say."""
        model = self.plainest(keys, literal, taste=taste)
        told = None if model is None else self.tell(model, keys)
        if told is None or not self.certain(told, literal, keys):
            return None
        return self.fewest(told, lambda fewer: self.certain(fewer, literal, keys))

    def fewest(self, told: Answers, works: Callable[[Answers], bool]) -> dict[str, Told]:
        """The answers without those that `works` can do without, each as loose as it can be."""
        kept = dict(told)
        assert works(kept), "a completion told whole has what the completion has"
        for key in reversed(list(told)):
            fewer = {k: v for k, v in kept.items() if k != key}
            if works(fewer):
                kept = fewer
        for key, value in list(kept.items()):
            if isinstance(value, TermsValue):
                kept[key] = self.loosest(key, value, lambda v, k=key: works({**kept, k: v}))  # type: ignore[misc]
        return kept

    def loosest(self, key: str, value: TermsValue, works: Callable[[TermsValue], bool]) -> TermsValue:
        """The same answer with as little in it, and as little ruled out, as will do."""
        many = self.rules.facts[fact_of(key)].kind == "many"
        tries = [replace(value, excluded=())] if value.listed or many else []
        if value.listed:
            below = frozenset().union(*(self.rules.below[t] for t in value.listed))
            tries.append(replace(value, excluded=tuple(t for t in value.excluded if t in below)))
        left = next((one for one in tries if works(one)), value)
        for term in left.listed if many and len(left.listed) > 1 else ():
            fewer = replace(left, listed=tuple(t for t in left.listed if t != term))
            if works(fewer):
                left = fewer
        for term in left.excluded:
            fewer = replace(left, excluded=tuple(t for t in left.excluded if t != term))
            if (fewer.listed or fewer.excluded or many) and works(fewer):
                left = fewer
        return left

    # -- plans

    def plan(self, told: Answers, name: str = "witness") -> tuple[UseCase, tuple[Settlement, ...]]:
        """The answers as a plan at this offering, and as counsel's settlements."""
        return as_plan(self.rules, self.offer.governing.offering.id, self.offer.governing.day, told, name)


def _deny(literals: Sequence[int], can: Callable[[list[int]], bool]) -> None:
    """Keep each literal that can be kept beside those before it, by halves."""
    if literals and not can(list(literals)) and len(literals) > 1:
        half = len(literals) // 2
        _deny(literals[:half], can)
        _deny(literals[half:], can)


def as_plan(
    rules: Rules, offering: str, day: datetime.date, told: Answers, name: str = "witness"
) -> tuple[UseCase, tuple[Settlement, ...]]:
    """Answers as a plan at `offering` on `day`, and as the settlements of readings and of facts for counsel."""
    answers: dict[str, Answer] = {}
    approvals: list[str] = []
    settlements: list[Settlement] = []
    for key, value in told.items():
        if isinstance(value, str):
            settlements.append(Settlement(key, value))
            continue
        fact = rules.facts[fact_of(key)]
        if fact.for_counsel:
            settlements.append(Settlement(key, words_of(rules, key, value), value=value))
        elif fact.role == "approval" and value == FlagValue(True):
            approvals.append(key)
        else:
            answers[key] = Answer(value)
    plan = UseCase(name=name, as_of=day, offerings=(offering,), answers=answers, approvals=tuple(approvals))
    return plan, tuple(settlements)
