"""Cases for what no case shows yet: plain plans, several near misses on one where that can be, and what the rules give.

What is proposed says what the rules say now. Whether that is what the text says is for whoever reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from ..judge.governing import Clause
from ..judge.told import Told
from ..language.tree import And, Condition, Holds, Or, Test
from ..logic.lower import lower
from ..proofs.contrast import contrast
from ..proofs.space import Space, Taste
from ..rulebook.model import Rules
from ..usecase.model import Answer
from .coverage import Covered, covered, readings
from .model import CAUGHT, OPEN, Case, Site, differing, document_of
from .pairs import Changes, Miss, keys_of, near_miss, pair, sayable, taste_of, vary, with_changes
from .parts import Target, conjuncts, parts
from .sites import Sites
from .verdicts import Outcome, judged

MOST_ALTERNATIVES = 8
"""How many alternatives of a provision get a case of their own."""


@dataclass(frozen=True, slots=True)
class Second:
    """A plan that differs from a proposed one."""

    changes: Changes
    gives: str
    by: tuple[str, ...]


@dataclass(slots=True)
class Proposed:
    """A case that may be added; `usual` says that its site is the one that holds where a case names none. `beside` is the
    case that has the same plan already, so that only what is under `but` is new."""

    clause: str
    site: Site
    usual: bool
    told: dict[str, Told]
    gives: str
    by: tuple[str, ...]
    but: list[Second] = field(default_factory=list)
    beside: Case | None = None


def propose(sites: Sites, clause: str, outcomes: Sequence[Outcome]) -> list[Proposed]:
    """Cases for what the outcomes of a clause do not show."""
    missing = covered(sites, clause, outcomes)
    usual = sites.first(clause)
    if usual is None or missing.exempt:
        return []
    found = _Search(sites, clause, usual, [one.case for one in outcomes if one.of is None])
    for site in dict.fromkeys([usual, *(one.site for one in missing.asked)]):
        wanted = [one.target for one in missing.missing() if one.site == site]
        found.near_misses(site, wanted, at_least_one=site == usual and not missing.catches)
    found.alternatives([one for one in outcomes if one.gives in CAUGHT])
    found.readings(missing)
    if not missing.open:
        found.left_open()
    return [one for one in found.cases if one.beside is None or one.but]


class _Search:
    """The cases proposed so far for one clause."""

    def __init__(self, sites: Sites, clause: str, usual: Site, there: Sequence[Case]) -> None:
        self.sites, self.id, self.usual, self.there = sites, clause, usual, there
        self.cases: list[Proposed] = []

    def at(self, site: Site) -> tuple[Space, Clause, list[str], Taste]:
        space = self.sites.space(site)
        clause = space.clauses[self.id]
        return space, clause, keys_of(space, clause), taste_of(space, clause)

    def near_misses(self, site: Site, wanted: Sequence[Target], at_least_one: bool) -> None:
        """Cases with the targets, as few as there can be."""
        space, clause, keys, taste = self.at(site)
        literal = parts(space, clause).caught
        plain = self.smallest(space, literal, keys, taste)
        candidates: list[Miss | None] = [Miss(plain, {})] if plain is not None else []
        candidates += [pair(space, target, keys, taste) for target in wanted]
        firsts = [one.first for one in candidates if one is not None]
        left = list(wanted)
        while left:
            served = [
                (first, {t.name: c for t in left if (c := near_miss(space, first, t, keys, taste)) is not None})
                for first in firsts
            ]
            first, best = max(served, key=lambda one: (len(one[1]), -len(one[0])), default=({}, {}))
            if not best:
                break
            self.add(site, first, best.values())
            left = [t for t in left if t.name not in best]
            at_least_one = False
        if at_least_one and plain is not None:
            self.add(site, plain)

    def smallest(self, space: Space, literal: int, keys: list[str], taste: Taste) -> dict[str, Told] | None:
        told = space.smallest(literal, keys, taste)
        return None if told is None else sayable(space, told, lambda t: space.certain(t, literal, keys), taste)

    def alternatives(self, outcomes: Iterable[Outcome]) -> None:
        """A case for each alternative of `when` that no plan caught so far has alone."""
        space, clause, keys, taste = self.at(self.usual)
        if clause.provision is None:
            return
        caught = parts(space, clause).caught
        place = space.offer.governing.place(clause.document)
        before = [one.case.told for one in outcomes if one.case.site == self.usual]
        added = 0
        for several in _alternatives(space.rules, clause.provision.when):
            literals = [space.exact.literal(lower(one, space.rules, place)) for one in several]
            for literal in literals:
                alone = space.all([caught, literal, *(-x for x in literals if x != literal)])
                plans = [*before, *(one.told for one in self.cases if one.site == self.usual)]
                if added == MOST_ALTERNATIVES or any(space.certain(told, alone, keys) for told in plans):
                    continue
                told = self.smallest(space, alone, keys, taste)
                if told is not None:
                    self.add(self.usual, told)
                    added += 1

    def readings(self, missing: Covered) -> None:
        """For each reading with a choice that no case makes: two plans that its choice alone tells apart, and a third that
        leaves it open."""
        space, clause, keys, taste = self.at(self.usual)
        caught = parts(space, clause).caught
        for reading in readings(space, self.id):
            if all(missing.readings.get(reading, {}).values()):
                continue
            first = next(self._turning(reading, -caught, space, keys, taste), None)
            if first is None:
                found = contrast(space, caught, -caught, keys, [reading], taste)
                if found is None:
                    continue
                first = found.first
            choices = [choice for choice, _ in space.rules.readings[reading].choices]
            others: list[Changes] = [{reading: c} for c in choices if c != first.get(reading)]
            self.add(self.usual, first, [*others, {reading: None}])

    def _turning(
        self, reading: str, literal: int, space: Space, keys: list[str], taste: Taste
    ) -> Iterator[dict[str, Told]]:
        """The plans caught so far that another choice of a reading would spare."""
        for one in self.cases:
            if reading in one.told and one.site == self.usual and one.gives in CAUGHT:
                if vary(space, one.told, literal, keys, reading, taste) is not None:
                    yield one.told

    def left_open(self) -> None:
        """Beside one of the cases a plan that leaves an answer out and turns on it; to a question of the provision's own,
        where that will do."""
        for one in self.cases:
            if any(second.gives in OPEN for second in one.but):
                return
        *_, taste = self.at(self.usual)
        for one in self.cases:
            for key in sorted(one.told, key=lambda k: k not in taste.keys):
                second = self.judged(one.site, one.told, {key: None})
                if second is not None and second.gives in OPEN:
                    one.but.append(Second({key: None}, second.gives, second.by))
                    return

    # -- what the rules give

    def judged(self, site: Site, told: dict[str, Told], changes: Changes | None = None) -> Outcome | None:
        """What a plan, or with `changes` one beside it, comes to; None where it cannot stand there."""
        case = self.case(site, told)
        if changes is not None:
            second = self.case(site, with_changes(told, changes))
            case = replace(case, but=(replace(second, changed=differing(case, second)),))
        *_, last = judged(self.sites, case)
        return last if isinstance(last, Outcome) else None

    def case(self, site: Site, told: dict[str, Told]) -> Case:
        answers = {k: Answer(v) for k, v in told.items() if not isinstance(v, str)}
        return Case(self.id, site, answers, {k: v for k, v in told.items() if isinstance(v, str)}, "")

    def add(self, site: Site, told: dict[str, Told], seconds: Iterable[Changes] = ()) -> None:
        """Add a case with plans beside it, to the one with the same plan where there is one."""
        first = self.judged(site, told)
        if first is None:
            return
        case = next((one for one in self.cases if one.site == site and one.told == told), None)
        if case is None:
            beside = next((one for one in self.there if one.site == site and one.told == told), None)
            case = Proposed(self.id, site, site == self.usual, told, first.gives, first.by, [], beside)
            self.cases.append(case)
        there = [with_changes(told, second.changes) for second in case.but]
        there += [one.told for one in case.beside.but] if case.beside else []
        for changes in seconds:
            second = self.judged(site, told, changes)
            if second is not None and second.case.told not in (told, *there):
                there.append(second.case.told)
                case.but.append(Second(changes, second.gives, second.by))


def _alternatives(rules: Rules, when: Condition) -> Iterator[list[Condition]]:
    """For each conjunct of a condition that has alternatives, these: the parts of an `or`, and the terms of a list."""
    for conjunct in conjuncts(rules, when):
        found = _parts_of(rules, conjunct)
        if len(found) > 1:
            yield found


def _parts_of(rules: Rules, condition: Condition) -> list[Condition]:
    """The alternatives of a condition; of those that have alternatives themselves first the first of each."""
    match condition:
        case Or(items):
            rounds = zip_longest(*(_parts_of(rules, item) for item in items))
            return [one for turn in rounds for one in turn if one is not None]
        case Holds(name) if name.text in rules.defines and not isinstance(rules.defines[name.text].condition, And):
            return _parts_of(rules, rules.defines[name.text].condition)
        case Test(operator="is any of" | "includes any of", terms=terms):
            return [replace(condition, terms=(term,)) for term in terms]
        case _:
            return [condition]


def by_document(cases: Iterable[Proposed]) -> dict[str, dict[str, list[Proposed]]]:
    """Proposed cases by document and clause, in their order."""
    found: dict[str, dict[str, list[Proposed]]] = {}
    for one in cases:
        found.setdefault(document_of(one.clause), {}).setdefault(one.clause, []).append(one)
    return found
