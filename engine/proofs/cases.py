"""An expectation at one offering: which plans it speaks of, what of them conflicts, and what the engine says of a plan.

What an expectation claims of such a case is asked in `expectations` and `alike`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..judge.answers import with_counsel
from ..judge.governing import Clause
from ..judge.model import Verdict
from ..judge.offer import Offer, prepare
from ..logic.formula import Chosen, Flag, Formula, atoms, conj, disj
from ..logic.lower import lower
from ..rulebook.model import Expectation, Place, fact_of
from .model import ProofError, Witness
from .space import Answers, Space
from .witness import conflict

FREE = (Verdict.PERMITTED, Verdict.CONDITIONAL, Verdict.NOT_COVERED)
STUCK = (Verdict.CONFLICT, Verdict.NEEDS_APPROVAL)


Broken = tuple[str, tuple[Witness, ...]]
"""How an expectation is broken, and the plans that show it."""


@dataclass(frozen=True, slots=True)
class Case:
    """An expectation at one offering: of which plans it speaks (in a document, of those that the document governs), and
    what of them conflicts."""

    expectation: Expectation
    space: Space
    clauses: tuple[Clause, ...]
    when: Formula
    conflict: Formula

    @property
    def keys(self) -> list[str]:
        """What it turns on, with the safeguards it names; and every approval, which are all presumed absent."""
        named = map(Flag, self.promised)
        return list(dict.fromkeys([*self.space.keys(self.when, self.conflict, *named), *self.unread("approval")]))

    @property
    def promised(self) -> list[str]:
        """The keys of the safeguards that everything is to be conditional on."""
        one, offering = self.expectation, self.space.offer.governing.offering
        rules = self.space.rules
        place = Place(rules.documents[one.document].platform if one.document else offering.platform, offering.id)
        return [place.key(rules.facts[name]) for name in one.names] if one.claim == "always conditional" else []

    def read(self, role: str) -> set[str]:
        """The keys of a role that the `when` itself reads: they are as it says."""
        return {k for k in read_by(self.when) if self.is_a(k, role)}

    def is_a(self, key: str, role: str) -> bool:
        """Whether a key is of a fact of that role."""
        return key not in self.space.rules.readings and self.space.rules.facts[fact_of(key)].role == role

    def unread(self, role: str) -> list[str]:
        """The keys of a role that the `when` does not read: all there are, since one safeguard may bring another."""
        read = self.read(role)
        return [k for k in self.space.exact.own if self.is_a(k, role) and k not in read]

    @property
    def ours(self) -> list[str]:
        """The keys of the safeguards and approvals that the `when` does not read."""
        return [*self.unread("safeguard"), *self.unread("approval")]

    def undertaken(self) -> list[int]:
        """That everything is undertaken and approved that can be, but for what the `when` reads."""
        return [self.space.exact.undertakes[k] for k in self.ours]

    def unapproved(self) -> list[int]:
        """That no approval is given, but for those that the `when` reads."""
        return [-self.space.exact.own[k][0] for k in self.unread("approval")]


def read_by(formula: Formula) -> set[str]:
    """The keys of the facts in a formula."""
    return {a.key for a in atoms(formula) if not isinstance(a, Chosen)}


def case_at(space: Space, one: Expectation) -> Case:
    """An expectation at one offering."""
    offering = space.offer.governing.offering
    platform = space.rules.documents[one.document].platform if one.document else offering.platform
    clauses = tuple(c for c in space.clauses.values() if one.document in (None, c.document.id))
    when = lower(one.when, space.rules, Place(platform, offering.id))
    if one.document is not None:
        when = conj((space.offer.governing.gates[one.document], when))
    return Case(one, space, clauses, when, disj(conflict(c) for c in clauses))


def verdict(case: Case, told: Answers) -> Verdict:
    """What the engine says of a plan: of everything at the offering, or of the clauses of the document alone. Raises
    ProofError where it finds no such plan."""
    offer = _heard(case, told)
    if case.expectation.document is None:
        found = offer.verdict()
    else:
        clauses = replace(offer.governing, clauses=case.clauses)
        found = offer.plan.line(Offer.under(offer.rules, offer.plan, clauses).question())
    offer.plan.exact.close()
    if found is None:
        raise ProofError(f"the engine finds no plan with the answers {dict(told)}")
    return found


def smallest(
    case: Case, literal: int, keys: Sequence[str], verdicts: tuple[Verdict, ...], supposed: Sequence[int] = ()
) -> Answers | None:
    """A smallest plan that certainly has the literal where `supposed` holds, and one of these verdicts; None where no
    plan has it, or none that answers can say."""
    space = case.space
    model = space.plainest(keys, literal, *supposed)

    def works(told: Answers) -> bool:
        return space.certain(told, literal, keys, supposed) and is_found(case, told, verdicts)

    told = space.tell(model, keys) if model is not None else {}
    return space.fewest(told, works) if model is not None and works(told) else None


def is_found(case: Case, told: Answers, verdicts: tuple[Verdict, ...]) -> bool:
    """Whether the engine comes to one of these verdicts. A plan that conflicts in each completion may not yet do so for
    the engine, which counts a standing duty only once it cannot be kept; one that lets through always does."""
    return verdicts == FREE or verdict(case, told) in verdicts


def speaks_of(case: Case, told: Answers) -> bool:
    """Whether the engine finds that an expectation speaks of a plan for certain."""
    offer = _heard(case, told)
    sure = offer.plan.certain(offer.plan.literal(case.when))
    offer.plan.exact.close()
    return sure


def _heard(case: Case, told: Answers) -> Offer:
    """The plan as the engine hears it."""
    space = case.space
    plan, settlements = space.plan(told)
    governing = space.offer.governing
    return prepare(
        space.rules, with_counsel(space.rules, plan, settlements), governing.offering, settlements, governing.day
    )


def free_of(case: Case) -> set[str]:
    """The keys of the facts that an expectation names, and of those asked only because of them."""
    named = set(case.expectation.names)
    named = named.union(*map(case.space.follows, case.expectation.names))
    return {k for k in case.space.exact.own if fact_of(k) in named}
