"""One plan against everything that governs it: the question C, its verdict, its "what ifs", its remedies.

`Offer` joins a `Plan` (the answers) with a `Governing` (the words of one offering). A standing duty counts only where
the answers, with whatever is being supposed, can no longer fulfil it; so the conflict literal is made anew for each
supposition. `Chain` is the uses of a plan together: it conflicts where one of them does, in one and the same completion.
What is asked of either is the same, and stands in `Subject`.
"""

from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from ..logic.formula import Chosen, Formula, atoms
from ..logic.remedies import smallest_sets
from ..logic.theory import implied_by, sibling
from ..rulebook.model import Document, Offering, Place, Rules, fact_of
from ..usecase.model import Contract, Settlement, UseCase
from .answers import Known
from .decide import Plan
from .governing import NOTHING_GOVERNS, Clause, Governing, governing, lacking, too_early
from .model import Verdict

MOST_SETS = 5


class Subject(ABC):
    """What a plan can be asked: an offering, or several together. `plan` has met all its formulas."""

    rules: Rules
    plan: Plan

    @abstractmethod
    def parts(self) -> Sequence[Offer]:
        """The offerings in it."""

    @abstractmethod
    def question(self, extra: Sequence[int] = ()) -> int:
        """The literal of C."""

    @abstractmethod
    def shortfalls(self, extra: Sequence[int] = ()) -> list[tuple[Document | None, str]]:
        """Why silence of the rules is not permission: each governing document, and what is missing of it ("" for
        nothing); a document None stands for there being none, if only in some completion."""

    def verdict(self, extra: Sequence[int] = (), given: Sequence[str] = ()) -> Verdict | None:
        """The verdict under suppositions; None where no completion agrees with them."""
        line = self.plan.line(self.question(extra), extra, given)
        if line in (Verdict.PERMITTED, Verdict.CONDITIONAL) and any(why for _, why in self.shortfalls(extra)):
            return Verdict.NOT_COVERED
        return line

    # -- remedies

    def safeguard_sets(self) -> tuple[list[tuple[str, ...]], bool]:
        """Smallest sets of safeguards that exclude conflict, at most five, and whether there are more. A set is left out
        where a weaker safeguard of the same line (`implies`) does as well."""
        candidates = self.plan.unsaid("safeguard")
        c = self.question()

        def works(keys: Sequence[str]) -> bool:
            return not self.plan.possible(c, safeguards=self.plan.with_safeguards(keys) if keys else ())

        found = list(islice(smallest_sets(candidates, works), 4 * MOST_SETS))
        brought = {s: frozenset(sibling(k, id) for k in s for id in implied_by(self.rules, fact_of(k))) for s in found}
        kept = [s for s in found if not any(brought[o] < brought[s] for o in found)]
        return kept[:MOST_SETS], len(kept) > MOST_SETS

    def approval_sets(self) -> list[tuple[tuple[str, ...], Verdict]]:
        """Smallest sets of approvals that leave "needs approval", at most five, each with the verdict it leads to."""
        c = self.question()
        star = self.plan.with_safeguards()

        def works(keys: Sequence[str]) -> bool:
            return self.plan.possible(-c, approvals=self.plan.without_approvals(keys), safeguards=star)

        sets = islice(smallest_sets(self.plan.unsaid("approval"), works), MOST_SETS)
        return [(s, self.verdict(given=s) or Verdict.NEEDS_APPROVAL) for s in sets]

    # -- what the clauses read

    def formulas(self) -> list[Formula]:
        """What C is made of: every clause, and every gate."""
        return [
            formula
            for one in self.parts()
            for formula in (*(c.conflicts for c in one.governing.clauses), *one.governing.gates.values())
        ]

    def keys_read(self) -> list[str]:
        """Keys of the facts that C reads itself, in the order of the clauses."""
        return list(dict.fromkeys(a.key for f in self.formulas() for a in atoms(f) if not isinstance(a, Chosen)))


@dataclass
class Offer(Subject):
    """`plan` and `governing` joined. Make it with `Offer.of`, `Offer.under` or `prepare`, which meet every formula."""

    rules: Rules
    plan: Plan
    governing: Governing
    max_age: int | None
    negotiated: bool
    literals: dict[str, int] = field(default_factory=dict)
    """Each clause's `conflicts`, by clause id."""
    duties: dict[str, int] = field(default_factory=dict)
    """Each standing duty, by clause id."""
    waived: frozenset[str] = frozenset()
    """Clauses that are left out of C, by id."""

    @staticmethod
    def of(
        plan: Plan,
        offering: Offering,
        day: datetime.date,
        max_age: int | None = None,
        use: str = "",
        local: frozenset[str] = frozenset(),
    ) -> Offer:
        """The offer, ready to be asked: the contract with its platform decides the day and what governs. `use` and `local`
        as in `Governing`."""
        contract = plan.use_case.contracts.get(offering.platform, Contract())
        governs = governing(plan.rules, offering, contract.as_of or day, contract.negotiated, use, local)
        return Offer.under(plan.rules, plan, governs, max_age, contract.negotiated)

    @staticmethod
    def under(
        rules: Rules, plan: Plan, governs: Governing, max_age: int | None = None, negotiated: bool = False
    ) -> Offer:
        """The offer under what is known to govern it, which may be of other `rules` than the plan's, over one
        vocabulary."""
        offer = Offer(rules, plan, governs, max_age, negotiated)
        for clause in governs.clauses:
            offer.literals[clause.id] = plan.literal(clause.conflicts)
            plan.literal(clause.bites)
            if clause.duty is not None:
                offer.duties[clause.id] = plan.literal(clause.duty)
        for gate in (*governs.gates.values(), *(g for _, g in governs.missing)):
            plan.literal(gate)
        return offer

    def parts(self) -> Sequence[Offer]:
        return (self,)

    # -- C and its table

    def conflicts(self, clause: Clause, extra: Sequence[int] = ()) -> int:
        """The literal that says "this clause makes the plan conflict"."""
        if clause.duty is not None and self.plan.possible(self.duties[clause.id], *extra):
            return -self.plan.exact.true
        return self.literals[clause.id]

    def question(self, extra: Sequence[int] = ()) -> int:
        counted = [c.id for c in self.governing.clauses if c.id not in self.waived]
        failed = self.plan.impossible([self.duties[id] for id in counted if id in self.duties], extra)
        return self.plan.exact.either(
            self.literals[id] for id in counted if id not in self.duties or self.duties[id] in failed
        )

    # -- coverage

    def governs(self, id: str, extra: Sequence[int] = ()) -> bool:
        """Whether a document in force governs in some completion."""
        return self.plan.possible(self.plan.literal(self.governing.gates[id]), *extra)

    def shortfalls(self, extra: Sequence[int] = ()) -> list[tuple[Document | None, str]]:
        found: list[tuple[Document | None, str]] = []
        short = lacking(self.rules, self.governing, self.max_age)
        for id in self.governing.gates:
            if self.governs(id, extra):
                found.append((self.rules.documents[id], short.get(id, "")))
        for id, gate in self.governing.missing:
            if self.plan.possible(self.plan.literal(gate), *extra):
                document = self.rules.documents[id]
                found.append((document, too_early(document)))
        if self.plan.possible(-self._governed(), *extra):
            why = NOTHING_GOVERNS
            if found:
                why = "whether any document that is known governs it is open"
            elif self.negotiated:
                why = "a negotiated contract holds, and no rules of your own say what is in it"
            found.append((None, why))
        return found

    def _governed(self) -> int:
        """The literal that says that some document governs, in force or not."""
        gates = [*self.governing.gates.values(), *(gate for _, gate in self.governing.missing)]
        return self.plan.exact.either(map(self.plan.literal, gates))

    def uncovered(self) -> int:
        """The literal that says that silence is not permission: one of `shortfalls` holds."""
        short = lacking(self.rules, self.governing, self.max_age)
        gates = [*(self.governing.gates[id] for id in short), *(gate for _, gate in self.governing.missing)]
        return self.plan.exact.either([*map(self.plan.literal, gates), -self._governed()])

    def age(self, document: Document) -> int | None:
        """Days between the day a document was last seen and the day in question."""
        return (self.governing.day - document.age_from).days if document.age_from else None


@dataclass
class Chain(Subject):
    """The uses of one plan together, over one `plan` that all of them share."""

    rules: Rules
    plan: Plan
    offers: tuple[Offer, ...]

    def parts(self) -> Sequence[Offer]:
        return self.offers

    def question(self, extra: Sequence[int] = ()) -> int:
        return self.plan.exact.either(offer.question(extra) for offer in self.offers)

    def shortfalls(self, extra: Sequence[int] = ()) -> list[tuple[Document | None, str]]:
        return [each for offer in self.offers for each in offer.shortfalls(extra)]


def prepare(
    rules: Rules,
    use_case: UseCase,
    offering: Offering,
    settlements: tuple[Settlement, ...],
    day: datetime.date,
    max_age: int | None = None,
) -> Offer:
    """The plan at one offering, ready to be asked."""
    plan = Plan.of(rules, use_case, Place(offering.platform, offering.id), settlements)
    return Offer.of(plan, offering, day, max_age)


def known_of(subject: Subject, settlements: tuple[Settlement, ...]) -> Known:
    """The quick reading of the same answers."""
    plan = subject.plan
    return Known(plan.rules, plan.use_case, plan.place, {s.id: s.choice for s in settlements}, plan.exact.uses)
