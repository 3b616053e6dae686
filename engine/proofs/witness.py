"""A witness: the smallest plan that has what is claimed, put through the engine again before it counts.

The solver that found it is not asked twice: the answers become a plan as a file would state it, and the ordinary engine
hears that plan with a solver of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..judge.answers import with_counsel
from ..judge.decide import Plan
from ..judge.governing import Clause
from ..judge.model import Verdict
from ..judge.offer import Offer
from ..logic.formula import Formula, conj, neg
from .model import ProofError, Witness
from .space import Answers, Space

STUCK = (Verdict.CONFLICT, Verdict.NEEDS_APPROVAL)


UNSAYABLE = "only by answers that a use case cannot say: a thing, and beside it some other kind of a thing above it"
"""Why a claim that holds has no plan to show for it."""

Question = tuple[Space, Formula, str, Clause | None]
"""Where a plan is sought, of which formula, what it shows, and the clause whose conflict the formula says, if it does:
then the engine must come to that verdict by itself."""


def first_witness(questions: Iterable[Question]) -> tuple[Witness, ...] | None:
    """A smallest plan for the first of the questions that has one; None where there is no plan for any.

    Empty where there are plans, and none that a use case could state (UNSAYABLE).
    """
    found: tuple[Witness, ...] | None = None
    for space, formula, shows, caught_by in questions:
        literal = space.exact.literal(formula)
        if space.exact.solve([literal]):
            found = ()
            told = space.smallest(literal, space.keys(formula))
            if told is not None:
                return (replayed(space, told, formula, shows, caught_by),)
    return found


def replayed(space: Space, told: Answers, formula: Formula, shows: str, caught_by: Clause | None = None) -> Witness:
    """The answers as a plan, of which the engine finds the formula certain. Raises ProofError where it does not."""
    case, settlements = space.plan(told)
    plan = Plan.of(space.rules, with_counsel(space.rules, case, settlements), space.offer.plan.place, settlements)
    literal = plan.literal(formula)
    right = plan.possible() and plan.certain(literal)
    if right and caught_by is not None:
        offer = Offer.under(plan.rules, plan, replace(space.offer.governing, clauses=(caught_by,)))
        right = plan.line(offer.conflicts(caught_by)) in STUCK
    plan.exact.close()
    if not right:
        raise ProofError(f"the engine does not find that '{shows}' of {case.answers}")
    return Witness(shows, case, settlements)


def conflict(clause: Clause) -> Formula:
    """That a clause makes the plan conflict, every answer known."""
    return clause.conflicts if clause.duty is None else conj((clause.conflicts, neg(clause.duty)))
