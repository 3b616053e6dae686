"""What a plan's answers say, as formulas, and what can be told from them without a solver.

`said` is the meaning of each answer (semantics: completions); `Known` is the quick reading of the same answers for the
Kleene trace: it may leave an atom unknown that the solver can decide, and never says anything else than the solver.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..logic.formula import FALSE, Atom, Chosen, Flag, Formula, Present, Reaches, Some, disj, kleene, neg
from ..logic.lower import bound, some
from ..logic.theory import Uses, guard, place_of
from ..logic.truth import Truth, all_of
from ..rulebook.model import Place, Rules, fact_of
from ..usecase.model import Answer, FlagValue, RangeValue, Settlement, TermsValue, UseCase


def newer_terms(rules: Rules, vocabulary: str | None) -> frozenset[str]:
    """The terms that a plan written for that vocabulary version could not know, with all below them."""
    if vocabulary is None:
        return frozenset()
    newer = [t.id for t in rules.terms.values() if t.since is not None and t.since > vocabulary]
    return frozenset().union(*(rules.below[t] for t in newer))


def said(rules: Rules, use_case: UseCase, place: Place, uses: Uses | None = None) -> Iterator[tuple[str, Formula]]:
    """What the stated answers say, as (key, formula) pairs; several for one key where its answer says several things.
    `uses` are those whose keys the plan has (`judge.uses.chained`)."""
    newer = newer_terms(rules, use_case.vocabulary)
    for key, answer in sorted(use_case.answers.items()):
        unasked: Formula = FALSE
        if answer.where_asked:
            unasked = neg(guard(rules.facts[fact_of(key)], rules, place_of(key, place, uses or {})))
        for formula in _says(rules, key, answer, newer):
            yield key, disj((unasked, formula))
    for key in use_case.approvals:
        yield key, Flag(key)


def _says(rules: Rules, key: str, answer: Answer, newer: frozenset[str]) -> Iterator[Formula]:
    fact = rules.facts[fact_of(key)]
    match answer.value:
        case FlagValue(yes):
            yield Flag(key) if yes else neg(Flag(key))
        case TermsValue(listed, excluded, complete):
            domain = rules.below[fact.domain or ""]
            for term in listed:
                yield some(key, rules.below[term] & domain)
            for term in excluded:
                yield neg(some(key, rules.below[term] & domain))
            if complete and fact.kind == "many":
                covered = frozenset().union(*(rules.below[t] for t in listed))
                yield neg(some(key, domain - covered - newer))
        case RangeValue(low, high, above, below):
            yield Present(key)
            if low is not None:
                yield bound(fact, key, low, above)
            if high is not None:
                yield neg(bound(fact, key, high, not below))


def with_counsel(rules: Rules, use_case: UseCase, settlements: tuple[Settlement, ...]) -> UseCase:
    """The plan with counsel's answers to facts `for counsel` among its own."""
    answers = {
        s.id: Answer(s.value or _chosen(rules, s), "given", s.choice, s.by, s.span)
        for s in settlements
        if fact_of(s.id) in rules.facts
    }
    return replace(use_case, answers={**use_case.answers, **answers}) if answers else use_case


def _chosen(rules: Rules, one: Settlement) -> FlagValue | TermsValue:
    """The value of an answer that is given by its choice alone."""
    if rules.facts[fact_of(one.id)].kind == "flag":
        return FlagValue(one.choice == "yes")
    return TermsValue((one.choice,))


def settled(rules: Rules, settlements: tuple[Settlement, ...]) -> Iterator[tuple[str, Formula]]:
    """What counsel's settlements of readings say."""
    for one in settlements:
        if one.id in rules.readings:
            yield one.id, Chosen(one.id, one.choice)


def is_stated(use_case: UseCase, key: str) -> bool:
    """Whether the plan answers this question with a value (a `don't know` is no answer)."""
    answer = use_case.answers.get(key)
    return key in use_case.approvals or (answer is not None and answer.value is not None)


def presumed_absent(rules: Rules, use_case: UseCase, key: str) -> bool:
    """Whether this is an unstated wrong (a stated `don't know` ends that presumption) or an unstated approval."""
    match rules.facts[fact_of(key)].role:
        case "wrong":
            return key not in use_case.answers
        case "approval":
            return not is_stated(use_case, key)
        case _:
            return False


@dataclass(frozen=True)
class Known:
    """The truth of single atoms, as the plan's answers, the presumptions and the settlements show it directly."""

    rules: Rules
    use_case: UseCase
    place: Place
    choices: dict[str, str]
    uses: Uses = field(default_factory=dict)

    def truth(self, atom: Atom) -> Truth:
        """True, false or unknown."""
        if isinstance(atom, Chosen):
            choice = self.choices.get(atom.reading)
            return Truth.UNKNOWN if choice is None else Truth.of(choice == atom.choice)
        answer = self.use_case.answers.get(atom.key)
        if atom.key in self.use_case.approvals:
            return Truth.TRUE
        if presumed_absent(self.rules, self.use_case, atom.key):
            return Truth.FALSE
        if answer is not None and answer.value is not None:
            told = self._of_value(atom, answer.value)
            return all_of((self._asked(atom.key), told)) if answer.where_asked else told
        return Truth.FALSE if self._asked(atom.key) is Truth.FALSE else Truth.UNKNOWN

    def _asked(self, key: str) -> Truth:
        fact = self.rules.facts[fact_of(key)]
        return kleene(guard(fact, self.rules, place_of(key, self.place, self.uses)), self.truth)

    @staticmethod
    def _inside(atom: Atom, possible: frozenset[str]) -> bool | None:
        if not isinstance(atom, Some):
            return None
        return True if possible <= atom.terms else None if possible & atom.terms else False

    def _of_value(self, atom: Atom, value: FlagValue | TermsValue | RangeValue) -> Truth:
        match atom, value:
            case Flag(), FlagValue(yes):
                return Truth.of(yes)
            case Some(key, terms), TermsValue(listed, excluded, complete):
                fact = self.rules.facts[fact_of(key)]
                possible = self.rules.below[fact.domain or ""]
                possible -= frozenset().union(*(self.rules.below[t] for t in excluded))
                covered = frozenset().union(*(self.rules.below[t] for t in listed))
                if fact.kind == "one" and listed:
                    possible &= covered
                elif fact.kind == "many" and complete:
                    possible &= covered | newer_terms(self.rules, self.use_case.vocabulary)
                if not terms & possible:
                    return Truth.FALSE
                if fact.kind == "one":
                    asked = Truth.TRUE if listed else self._asked(key)
                    return all_of((asked, Truth.of(self._inside(atom, possible))))
                sure = any((self.rules.below[t] & possible) <= terms for t in listed)
                return Truth.TRUE if sure else Truth.UNKNOWN
            case Present(), RangeValue():
                return Truth.TRUE
            case Reaches(_, at, strict), RangeValue(low, high, above, below):
                if low is not None and (low > at or (low == at and (above or not strict))):
                    return Truth.TRUE
                if high is not None and (high < at or (high == at and (below or strict))):
                    return Truth.FALSE
                return Truth.UNKNOWN
            case _:
                return Truth.UNKNOWN
