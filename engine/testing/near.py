"""Answers that meet what rules ask of one fact, exactly at the edge of it, and answers that just miss it.

What is asked is a set of points: atoms about the fact, each with the truth that is wanted of it. Whether an answer meets
a point is read off the answer alone (`judge.answers.Known`), so that a hit is certain and needs no solver.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..judge.answers import Known
from ..judge.questions import Keyed
from ..logic.formula import Reaches, Some
from ..logic.truth import Truth
from ..rulebook.model import Fact, Place, Rules
from ..usecase.model import Answer, FlagValue, RangeValue, TermsValue, UseCase, Value
from .complete import tops

Point = tuple[Keyed, bool]
"""An atom about a fact, and whether it is wanted true."""

MOST_HITS, MOST_MISSES = 6, 10


@dataclass(frozen=True, slots=True)
class Near:
    """Values that meet every point, the plainest first, and values that miss just one."""

    hits: tuple[Value, ...]
    misses: tuple[Value, ...]


def near(rules: Rules, fact: Fact, points: Iterable[Point]) -> Near:
    """What meets these points of `fact` (their key is its id), and what nearly does. No hits where the points contradict
    each other."""
    asked = list(points)
    hits: list[Value] = []
    misses: list[Value] = []
    for value in dict.fromkeys(_candidates(rules, fact, asked)):
        missed = _missed(rules, fact, asked, value)
        if missed == 0:
            hits.append(value)
        elif missed == 1:
            misses.append(value)
    return Near(tuple(hits[:MOST_HITS]), tuple(misses[:MOST_MISSES]))


def _missed(rules: Rules, fact: Fact, points: Iterable[Point], value: Value) -> int:
    known = Known(rules, UseCase(answers={fact.id: Answer(value)}), Place("", ""), {})
    return sum(known.truth(atom) is not (Truth.TRUE if wanted else Truth.FALSE) for atom, wanted in points)


def _candidates(rules: Rules, fact: Fact, points: list[Point]) -> Iterator[Value]:
    match fact.kind:
        case "flag":
            yield from (FlagValue(True), FlagValue(False))
        case "one":
            yield from _choices(rules, fact, points)
        case "many":
            yield from _lists(rules, fact, points)
        case _:
            yield from _numbers(fact, points)


def _numbers(fact: Fact, points: list[Point]) -> Iterator[RangeValue]:
    """Each bound itself, one above and one below it, and the ranges that end there."""
    for bound in dict.fromkeys(atom.bound for atom, _ in points if isinstance(atom, Reaches)) or (Decimal(1),):
        for number in (bound, bound + 1, bound - 1):
            if number >= 0 or fact.kind == "number":
                yield RangeValue(number, number)
        yield RangeValue(low=bound)
        yield RangeValue(low=bound, above=True)
        if bound > 0 or fact.kind == "number":
            yield RangeValue(high=bound, below=True)
            yield RangeValue(high=bound)


def _choices(rules: Rules, fact: Fact, points: list[Point]) -> Iterator[TermsValue]:
    """One term at a time: what is tested, what is just below it and just above; and what only says what it is not."""
    domain = rules.below[fact.domain or ""]
    wanted, kept_out = _sides(points)
    inside = frozenset.intersection(domain, *wanted) - frozenset().union(*kept_out)
    for tested in (inside, *wanted, *kept_out):
        for term in _around(rules, domain, tested):
            yield TermsValue((term,))
    for tested in kept_out or wanted:
        if (broad := tops(rules, domain, tested)) and frozenset().union(*(rules.below[t] for t in broad)) < domain:
            yield TermsValue((), broad, False)


def _lists(rules: Rules, fact: Fact, points: list[Point]) -> Iterator[TermsValue]:
    """Lists that name something of all that is wanted and nothing of what is not, complete and open; then each with one
    part missing, too broad, or too much."""
    domain = rules.below[fact.domain or ""]
    wanted, kept_out = _sides(points)
    out = frozenset().union(*kept_out)
    picks = [(*_around(rules, domain, one - out), *sorted(one - out)[:1])[:5] for one in wanted]
    if not all(picks):
        return
    excluded = tuple(t for one in kept_out for t in tops(rules, domain, one))
    plain = tuple(dict.fromkeys(pick[0] for pick in picks))
    yield from _told(rules, plain, excluded)
    spare = [t for t in sorted(domain - out - frozenset().union(*wanted)) if rules.below[t] & domain == {t}]
    if spare:
        yield from _told(rules, (*plain, spare[0]), ())
    for i in range(1, max(map(len, picks), default=0)):
        yield from _told(rules, tuple(dict.fromkeys(pick[min(i, len(pick) - 1)] for pick in picks)), excluded)
    for i in range(len(picks)):
        yield from _told(rules, tuple(dict.fromkeys(p[0] for j, p in enumerate(picks) if i != j)), excluded)
    for one in kept_out:
        for term in _around(rules, domain, one):
            yield from _told(rules, tuple(dict.fromkeys((*plain, term))), ())


def _told(rules: Rules, listed: tuple[str, ...], excluded: tuple[str, ...]) -> Iterator[TermsValue]:
    """A list as complete; as open but for what is excluded; as open to anything."""
    yield TermsValue(listed)
    apart = tuple(dict.fromkeys(t for t in excluded if not any(one in rules.below[t] for one in listed)))
    if apart:
        yield TermsValue(listed, apart, False)
    if listed:
        yield TermsValue(listed, (), False)


def _sides(points: list[Point]) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
    """The sets of terms of which one is wanted, and those of which none is."""
    sets = [(atom.terms, wanted) for atom, wanted in points if isinstance(atom, Some)]
    return [s for s, wanted in sets if wanted], [s for s, wanted in sets if not wanted]


def _around(rules: Rules, domain: frozenset[str], terms: frozenset[str]) -> tuple[str, ...]:
    """The broadest terms of a set, one just below them, one just above, and one beside."""
    broad = tops(rules, domain, terms)[:3]
    below = [c for t in broad[:1] for c in sorted(rules.below[t] & domain - {t})[:1]]
    above = [p for t in broad[:1] for p in rules.terms[t].under if p in domain][:1]
    beside = [s for p in above for s in sorted(rules.below[p] & domain - terms) if p in rules.terms[s].under][:1]
    return tuple(dict.fromkeys((*broad, *below, *above, *beside)))
