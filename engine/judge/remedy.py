"""Of a plan that conflicts as it stands: which stated answers, were they others, would give a better verdict.

Tried on the engine, one at a time and then together, and only over the answers that the deciding clauses read. What is
found is a fact about the rules, no advice: a plan is described as it is, not as it would pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..logic.formula import And, Atom, Chosen, Formula, Not, Or, Reaches, Some
from ..logic.theory import dependents, implied_by, sibling
from ..logic.truth import Truth
from ..rulebook.model import Rules, fact_of
from ..usecase.model import FlagValue, RangeValue, TermsValue, Value
from .answers import Known
from .explanation import StatedChange
from .model import Verdict
from .offer import Offer
from .plain import asks
from .told import highest, words_of
from .whatif import Again

MOST_TRIES = 40
"""Checks that one offering may cost."""


def stated_changes(
    offer: Offer, known: Known, verdict: Verdict, deciding: Sequence[str], again: Again
) -> tuple[StatedChange, ...]:
    """Single answers that would better the verdict, best first; where no single one does, a smallest set of those that
    together do."""
    others = list(_others(offer, known, deciding))
    tries = iter(range(MOST_TRIES))

    def then(values: dict[str, Value | None]) -> Verdict | None:
        return again.verdict(_with_others(offer, values)) if next(tries, None) is not None else None

    found: list[StatedChange] = []
    for key, value in others:
        better = then({key: value})
        if better is not None and better < verdict:
            found.append(_change(offer, {key: value}, better))
    if found:
        return tuple(sorted(found, key=lambda c: c.verdict.rank))
    together: dict[str, Value | None] = {}
    for key, value in others:
        together[key] = _both(together.get(key), value)
    better = then(together) if len(together) > 1 else None
    if better is None or not better < verdict:
        return ()
    for key in list(together):
        fewer = {k: v for k, v in together.items() if k != key}
        still = then(fewer)
        if still is not None and not better < still:
            together, better = fewer, still
    return (_change(offer, together, better),)


def _both(one: Value | None, other: Value) -> Value:
    """Two answers to one question as one that is both: of a list what is left of it."""
    match one, other:
        case TermsValue(), TermsValue() if other.complete == one.complete:
            listed = tuple(t for t in one.listed if t in other.listed)
            return TermsValue(listed, tuple(dict.fromkeys((*one.excluded, *other.excluded))), one.complete)
        case None, _:
            return other
        case _:
            return one if one is not None else other


def _change(offer: Offer, values: dict[str, Value | None], verdict: Verdict) -> StatedChange:
    rules, answers = offer.rules, offer.plan.use_case.answers
    told = _with_others(offer, values)
    shown = []
    for key, value in told.items():
        stated = answers[key]
        line = stated.span.line if stated.span.file else None
        instead = words_of(rules, key, value) if value is not None else "left out, since it is then not asked"
        shown.append((key, asks(rules, key), stated.text or words_of_stated(rules, key, stated.value), line, instead))
    return StatedChange(tuple(shown), verdict, tuple(told.items()))


def words_of_stated(rules: Rules, key: str, value: Value | None) -> str:
    """An answer that was not written in a file."""
    return words_of(rules, key, value) if value is not None else "don't know"


def _with_others(offer: Offer, values: dict[str, Value | None]) -> dict[str, Value | None]:
    """The answers, with those that they bring: a `yes` those that it implies, a `no` the end of questions asked only
    because of the yes."""
    answers = offer.plan.use_case.answers
    for key in [k for k, v in values.items() if v == FlagValue(True)]:
        for id in sorted(implied_by(offer.rules, fact_of(key))):
            other = sibling(key, id)
            if other not in values and other in answers and answers[other].value == FlagValue(False):
                values = {**values, other: FlagValue(True)}
    gone = [k for k, v in values.items() if v == FlagValue(False)]
    because = dependents(offer.rules) if gone else {}
    after = frozenset().union(*(because.get(fact_of(k), frozenset()) for k in gone))
    left_out = [k for k in answers if fact_of(k) in after and k not in values]
    return {**values, **dict.fromkeys(left_out)}


def _others(offer: Offer, known: Known, deciding: Sequence[str]) -> Iterator[tuple[str, Value]]:
    """For each stated answer that a deciding clause reads, what it would be if the clause's test came out otherwise."""
    met: set[tuple[str, Value]] = set()
    for clause in offer.governing.clauses:
        if clause.id not in deciding:
            continue
        blame = [*_pushing(clause.conflicts, known, True)]
        if clause.duty is not None:
            blame += _pushing(clause.duty, known, False)
        for atom in blame:
            if isinstance(atom, Chosen) or offer.rules.facts[fact_of(atom.key)].for_counsel:
                continue
            value = _other(offer, atom)
            if value is not None and (atom.key, value) not in met:
                met.add((atom.key, value))
                yield atom.key, value


def _pushing(formula: Formula, known: Known, towards: bool) -> Iterator[Atom]:
    """The tests that, as they come out, make a formula true (or false, where not `towards`): others cannot help."""
    match formula:
        case And(items) | Or(items):
            for item in items:
                yield from _pushing(item, known, towards)
        case Not(item):
            yield from _pushing(item, known, not towards)
        case _:
            if known.truth(formula) is Truth.of(towards):
                yield formula


def _other(offer: Offer, atom: Atom) -> Value | None:
    """The stated answer to an atom's question, with the atom coming out otherwise; None where nothing is stated, or
    nothing can be said."""
    rules = offer.rules
    answer = offer.plan.use_case.answers.get(getattr(atom, "key", ""))
    match answer.value if answer else None, atom:
        case FlagValue(yes), _:
            return FlagValue(not yes)
        case TermsValue(listed, excluded, complete), Some(key, terms):
            many = rules.facts[fact_of(key)].kind == "many"
            kept = tuple(t for t in listed if not rules.below[t] & terms)
            if len(kept) == len(listed):
                return None if many or not (tops := highest(rules, terms)) else TermsValue(tops[:1])
            inside = frozenset(t for t in terms if rules.below[t] <= terms)
            return TermsValue(kept, excluded if many else (*excluded, *highest(rules, inside)), complete)
        case RangeValue(low, high), Reaches(_, bound, strict):
            reaches = low is not None and low >= bound
            if reaches:
                return RangeValue(high=bound, below=not strict)
            return RangeValue(low=bound, above=strict) if high is not None else None
        case _:
            return None
