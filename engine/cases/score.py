"""How many single faults of the rules would be noticed: by the loader, by a case, or by a lint.

The score is over the mutants that some plan can tell from the original; those that none can are counted apart. What a
mutant comes to is the business of `mutation`, and nothing here prints.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..language.diagnostics import Diagnostic
from ..language.tree import Name
from ..lint import findings
from ..lint.case import Case as Linted, conditions, parts
from ..rulebook.graph import reachable
from ..rulebook.model import Provision, Rules
from .model import SILENCE, Case
from .mutants import Mutant, mutated
from .mutation import Bench, Decision
from .sites import Sites
from .verdicts import Outcome, failures, judged

LOAD, CASES, LINT = "load", "cases", "lint"
"""Who notices a fault."""
ALONE = ("number-not-cited", "too-many-terms", "uncited-exception", "unreachable-provision")
"""The lints that look at one provision after the other."""
TOGETHER = ("idle-permit", "suggested-override")
"""The lints that hold provisions on one topic together."""
EVERYWHERE = ("unused-name",)
"""The lints that look at all conditions at once."""
APART = (
    "misspelt-id",
    "near-duplicate-fact",
    "quote-ends-sentence",
    "quote-not-unique",
    "title-says-nothing",
    "uses-not-split",
    "vendor-literal",
)
"""The lints that no mutant trips: they look at the vocabulary, at words, at the text of a file, or at plans."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One mutant, and who noticed it: nobody where `noticed` is empty; then `decision` says whether anybody could."""

    mutant: Mutant
    noticed: str
    decision: Decision | None = None


@dataclass
class Score:
    """The mutants of one document. `equivalent` ones are no faults; `survivors` are those that nobody noticed."""

    document: str
    mutants: int = 0
    equivalent: int = 0
    noticed: dict[str, int] = field(default_factory=lambda: dict.fromkeys((LOAD, CASES, LINT), 0))
    survivors: list[Decision] = field(default_factory=list)

    @property
    def faults(self) -> int:
        """The mutants that change something."""
        return self.mutants - self.equivalent

    @property
    def killed(self) -> int:
        """The faults that are noticed."""
        return sum(self.noticed.values())

    @property
    def percent(self) -> float:
        """How many of a hundred faults are noticed, cut off after one decimal; 100 where there are none."""
        return self.killed * 1000 // self.faults / 10 if self.faults else 100.0

    def add(self, one: Tried) -> None:
        """Count one mutant."""
        self.mutants += 1
        if one.noticed:
            self.noticed[one.noticed] += 1
        elif one.decision is not None and one.decision.equivalent:
            self.equivalent += 1
        elif one.decision is not None:
            self.survivors.append(one.decision)


def drawn(mutants: Iterable[Mutant], seed: int, many: int | None) -> list[Mutant]:
    """`many` of the mutants in their order, the same ones for the same seed on every machine; None for all of them."""
    every = list(mutants)
    if many is None or many >= len(every):
        return every
    order = sorted(every, key=lambda m: hashlib.sha256(f"{seed} {m.id}".encode()).digest())
    taken = {m.id for m in order[:many]}
    return [m for m in every if m.id in taken]


def scores(tried: Iterable[Tried]) -> list[Score]:
    """The score of each document that has a mutant, by id."""
    found: dict[str, Score] = {}
    for one in tried:
        document = one.mutant.changed.document
        found.setdefault(document, Score(document)).add(one)
    return [found[id] for id in sorted(found)]


def tries(bench: Bench, cases: Iterable[Case], mutants: Iterable[Mutant]) -> Iterator[Tried]:
    """What comes of each mutant, one after the other: the loader first, then the cases that it could concern, then the
    lints."""
    trial = Trial(bench, cases)
    return (trial.of(mutant) for mutant in mutants)


class Trial:
    """Cases and lints, and what they say of the rules as they are."""

    def __init__(self, bench: Bench, cases: Iterable[Case]) -> None:
        self.bench = bench
        self._cases: dict[str, list[Case]] = {}
        for case in cases:
            self._cases.setdefault(case.clause, []).append(case)
        self._usual: dict[str, list[set[tuple[str, str]]]] = {}
        self._warned: dict[tuple[frozenset[str], tuple[str, ...]], tuple[Rules, set[tuple[str, str]]]] = {}

    def of(self, mutant: Mutant) -> Tried:
        """What comes of one mutant."""
        if self.bench.refusals(mutant):
            return Tried(mutant, LOAD)
        if self.fails(mutant):
            return Tried(mutant, CASES)
        decision = Decision(mutant, (), self.bench.difference(mutant))
        return Tried(mutant, LINT if not decision.equivalent and self._trips(mutant) else "", decision)

    # -- cases

    def fails(self, mutant: Mutant) -> bool:
        """Whether a case says something else of the rules with this fault than of those without it."""
        faulty = self.bench.faulty(mutant)
        for clause in touched(self.bench.rules, mutant):
            cases = self._cases.get(clause, [])
            if clause not in self._usual:
                self._usual[clause] = [_complaints(self.bench.sites, case) for case in cases]
            if any(_complaints(faulty, case) != usual for case, usual in zip(cases, self._usual[clause], strict=True)):
                return True
        return False

    # -- lints

    def _trips(self, mutant: Mutant) -> bool:
        """Whether a lint warns of the rules with this fault and not of those without it."""
        alone = frozenset({mutant.provision})
        if self._warns(mutant, alone, ALONE) or self._warns(mutant, frozenset(kin(self.bench.rules, mutant)), TOGETHER):
            return True
        if names(self.bench.rules.provisions[mutant.provision]) <= names(mutant.changed):
            return False
        # Of one provision alone a name may look unused that others read, so that is only a reason to look further.
        every = frozenset(self.bench.rules.provisions)
        return self._warns(mutant, alone, EVERYWHERE) and self._warns(mutant, every, EVERYWHERE)

    def _warns(self, mutant: Mutant, among: frozenset[str], lints: tuple[str, ...]) -> bool:
        """Whether one of these lints newly warns, of these provisions alone."""
        if (among, lints) not in self._warned:
            rules = only(self.bench.rules, among)
            self._warned[among, lints] = rules, _warnings(rules, lints)
        rules, usual = self._warned[among, lints]
        return not _warnings(mutated(rules, mutant), lints) <= usual


def names(provision: Provision) -> frozenset[str]:
    """Everything that the conditions of a provision name."""
    return frozenset(node.text for node in parts(tuple(conditions(provision))) if isinstance(node, Name))


def touched(rules: Rules, mutant: Mutant) -> list[str]:
    """The clauses whose cases can turn on a mutant: the provision, what it lifts or lifted, and their documents'
    silence."""
    lifts = {p.id: p.overrides for p in rules.provisions.values()}
    lifts[mutant.provision] += mutant.changed.overrides
    ids = sorted(reachable(lifts, mutant.provision), key=lambda id: (id != mutant.provision, id))
    documents = dict.fromkeys(rules.provisions[id].document for id in ids)
    return [*ids, *(f"{id}/{SILENCE}" for id in documents)]


def kin(rules: Rules, mutant: Mutant) -> Iterator[str]:
    """The provision of a mutant and those with which a lint may hold it together: on one of its topics, or tied to it by
    an override."""
    one = mutant.changed
    for other in rules.provisions.values():
        tied = one.id in other.overrides or other.id in rules.provisions[one.id].overrides
        shared = other.kind in ("permit", "prohibit") and not set(one.topics).isdisjoint(other.topics)
        if other.id == one.id or tied or shared:
            yield other.id


def only(rules: Rules, ids: frozenset[str]) -> Rules:
    """The rules without the provisions that are not named."""
    documents = {
        d.id: replace(d, provisions=tuple(p for p in d.provisions if p in ids)) for d in rules.documents.values()
    }
    return replace(rules, documents=documents, provisions={id: p for id, p in rules.provisions.items() if id in ids})


def _warnings(rules: Rules, lints: Sequence[str]) -> set[tuple[str, str]]:
    return {(lint.name, one.message) for lint, one in findings(Linted(rules, {}), lints)}


def _complaints(sites: Sites, case: Case) -> set[tuple[str, str]]:
    """What is wrong with a case, and with the plans under it."""
    found = list(judged(sites, case))
    wrong = [one for one in found if isinstance(one, Diagnostic)]
    return {(d.code, d.message) for d in (*wrong, *failures(sites, [o for o in found if isinstance(o, Outcome)]))}
