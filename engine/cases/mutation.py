"""What each mutant comes to: nothing at all, a refusal at load, or another answer to some plan, and which plan.

The answers are exact: over all plans at every offering that the provision can govern, on every day since it is in
force. How many of the faults a set of cases notices is counted in `score`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from ..judge.governing import Clause, instead
from ..judge.soundness import errors_around
from ..judge.told import Told
from ..language.diagnostics import Diagnostic
from ..logic.formula import FALSE, Formula, conj, neg
from ..proofs.space import Space
from ..rulebook.model import Provision, Rules, fact_of
from ..rulebook.reads import documents_of
from ..usecase.model import Answer, RangeValue, TermsValue
from .model import CAUGHT, Case, Site
from .mutants import Mutant, mutated
from .sites import Sites
from .verdicts import Outcome, judged

EFFECTS = ("conflict", "bites")
"""What a clause can do to a plan: make it conflict or, where it is a permission or a reservation, bite."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a mutant and the original part: the clause `clause` has the effect `effect` on some plan under one of them,
    and not under the other; `originally` says which."""

    site: Site
    clause: str
    effect: str
    originally: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """What a mutant comes to: `refused` at load, or different somewhere, or else equivalent."""

    mutant: Mutant
    refused: tuple[Diagnostic, ...] = ()
    difference: Difference | None = None

    @property
    def equivalent(self) -> bool:
        """Whether no plan, at no offering and on no day, can tell the mutant from the original."""
        return not self.refused and self.difference is None


class Bench:
    """The rules of some sites, and what their mutants come to."""

    def __init__(self, sites: Sites) -> None:
        self.sites = sites
        self._places: dict[str, list[Site]] = {}

    @property
    def rules(self) -> Rules:
        """The rules without any fault."""
        return self.sites.rules

    def decide(self, mutant: Mutant) -> Decision:
        """What the mutant comes to."""
        refused = self.refusals(mutant)
        return Decision(mutant, refused, None if refused else self.difference(mutant))

    def refusals(self, mutant: Mutant) -> tuple[Diagnostic, ...]:
        """Why the rules with this fault would not load."""
        id, changed = mutant.provision, mutant.changed
        if changed.kind == "reserve" and id in self._lifted:
            return (Diagnostic("M106", f"'{id}' is a 'reserve', which never bites", changed.span),)
        return tuple(errors_around(mutated(self.rules, mutant), id))

    def difference(self, mutant: Mutant) -> Difference | None:
        """The first place where some plan tells the mutant from the original: first what the provision itself does."""
        for site in self.places(self.rules.provisions[mutant.provision]):
            space = self.sites.space(site)
            clauses = instead(self.rules, space.offer.governing, mutant.changed)
            for clause in sorted(clauses, key=lambda c: c.id != mutant.provision):
                before, after = effects(space.clauses[clause.id]), effects(clause)
                for effect in EFFECTS:
                    if before[effect] != after[effect]:
                        x, y = space.exact.literal(before[effect]), space.exact.literal(after[effect])
                        for originally, pair in ((True, (x, -y)), (False, (-x, y))):
                            if space.exact.solve(pair):
                                return Difference(site, clause.id, effect, originally)
        return None

    def places(self, provision: Provision) -> list[Site]:
        """The sites at which the provision governs, the first one first: each offering on each day on which the words that
        govern it there change."""
        if provision.id not in self._places:
            first = self.sites.first(provision.id)
            rest = [s for s in self._all(provision) if s != first and self.sites.governs(provision.id, s)]
            self._places[provision.id] = [first, *rest] if first is not None else []
        return self._places[provision.id]

    def _all(self, provision: Provision) -> Iterator[Site]:
        document = self.rules.documents[provision.document]
        for offering in self.sites.offerings(provision.id):
            near = documents_of(self.rules, offering.documents)
            bound = [self.rules.provisions[p] for d in near for p in d.provisions]
            days = {d.in_force_from for d in near} | {day for p in bound for day in (p.start, p.until)}
            for day in sorted(day for day in days if day is not None):
                if document.in_force(day) and provision.in_force(day):
                    yield Site(offering, day)

    @cached_property
    def _lifted(self) -> frozenset[str]:
        """The provisions that some other names as one that it lifts, or may lift."""
        named = {id for p in self.rules.provisions.values() for id in p.overrides}
        listed = (p.may_lift for p in self.rules.provisions.values() if isinstance(p.may_lift, tuple))
        return frozenset(named.union(*listed))

    # -- plans

    def case(self, decision: Decision) -> Case:
        """A case with a smallest plan that tells the mutant from the original: the effect is certain under one of them,
        and certainly absent under the other, where the words for answers can say so. Raises ValueError where the decision
        names no difference."""
        at = decision.difference
        if at is None:
            raise ValueError(f"nothing tells '{decision.mutant.id}' from the original")
        space = self.sites.space(at.site)
        changed = {c.id: c for c in instead(self.rules, space.offer.governing, decision.mutant.changed)}
        before, after = (effects(c)[at.effect] for c in (space.clauses[at.clause], changed[at.clause]))
        there, gone = (before, after) if at.originally else (after, before)
        apart = space.exact.literal(conj((there, neg(gone))))
        told = {key: _sayable(value) for key, value in _told(space, apart, space.keys(there, gone)).items()}
        choices = {key: value for key, value in told.items() if isinstance(value, str)}
        answers = {key: Answer(value) for key, value in told.items() if not isinstance(value, str)}
        case = Case(at.clause, at.site, answers, choices, "")
        (outcome,) = judged(self.sites, case)
        assert isinstance(outcome, Outcome), "the plan was found by the same solver"
        usual = outcome.gives not in CAUGHT or outcome.by == (case.clause,)
        return replace(case, gives=outcome.gives, by=None if usual else outcome.by)

    def faulty(self, mutant: Mutant) -> Sites:
        """The sites under the rules with this fault, over the same solvers."""
        return _Faulty(self.sites, mutant)


class _Faulty(Sites):
    """Sites whose rules have one fault."""

    def __init__(self, sites: Sites, mutant: Mutant) -> None:
        super().__init__(mutated(sites.rules, mutant))
        self._sound, self._mutant = sites, mutant

    def space(self, site: Site) -> Space:
        if site not in self._spaces:
            self._spaces[site] = with_fault(self._sound.space(site), self.rules, self._mutant.changed)
        return self._spaces[site]


def with_fault(space: Space, rules: Rules, changed: Provision) -> Space:
    """The plans of a space under `rules`, which differ from its own in the provision `changed`; over the same solver."""
    clauses = {c.id: c for c in instead(space.rules, space.offer.governing, changed)}
    governs = replace(space.offer.governing, clauses=tuple(clauses.get(c.id, c) for c in space.offer.governing.clauses))
    literal = space.exact.literal
    literals = {**space.offer.literals, **{c.id: literal(c.conflicts) for c in clauses.values()}}
    duties = {id: duty for id, duty in space.offer.duties.items() if id not in clauses}
    duties |= {c.id: literal(c.duty) for c in clauses.values() if c.duty is not None}
    offer = replace(space.offer, rules=rules, governing=governs, literals=literals, duties=duties)
    return replace(space, offer=offer, clauses={c.id: c for c in governs.clauses})


def _told(space: Space, apart: int, keys: Sequence[str]) -> dict[str, Told]:
    """A smallest plan with the literal. A term that has others under it is told only where it must be: beside one of
    these, "some other kind of it" has no words, and then the list is left open."""
    inner, beside = [], []
    for key in keys:
        if key not in space.rules.readings and space.rules.facts[fact_of(key)].kind in ("one", "many"):
            for term in sorted(space.rules.below[space.rules.facts[fact_of(key)].domain or ""]):
                if lower := space.rules.below[term] - {term}:
                    x = space.exact.variables[key, term]
                    inner.append(-x)
                    beside.append(-space.all([x, space.exact.either(space.exact.variables[key, t] for t in lower)]))
    for spared in (inner, beside):
        if (model := space.plainest(keys, apart, *spared)) is not None:
            return space.fewest(space.tell(model, keys), lambda told: space.certain(told, apart, keys))
    model = space.plainest(keys, apart)
    assert model is not None, "some plan has what the solver has found"
    whole = space.tell(model, keys).items()
    return {k: replace(v, complete=False) if isinstance(v, TermsValue) else v for k, v in whole}


def _sayable(value: Told) -> Told:
    """The answer; of a range that no words tell, a number in it."""
    match value:
        case RangeValue(None, None):
            return RangeValue(Decimal(1), Decimal(1))
        case RangeValue(Decimal() as low, Decimal() as high) if value.above or value.below:
            one = low if not value.above else high if not value.below else (low + high) / 2
            return RangeValue(one, one)
        case _:
            return value


def effects(clause: Clause) -> dict[str, Formula]:
    """When a clause has each effect, with every answer known."""
    failed = clause.conflicts if clause.duty is None else conj((clause.conflicts, neg(clause.duty)))
    never = clause.provision is not None and clause.provision.kind in ("permit", "reserve")
    return {"conflict": failed, "bites": clause.bites if never else FALSE}
