"""A plan with `uses`: each use alone, and all of them as one exact question.

Alone, a use is the plan with its own facts in place of the shared ones. Together they are judged over one completion: an
answer that is not a use's own is one and the same for all of them, wherever it is asked, and the plan conflicts where one
use does (semantics: a plan with uses). To take the worst use would not do: two may each be contested and yet one of them
conflict, whatever counsel says.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from ..logic.theory import Own, Uses, own_answers
from ..rulebook.model import Place, Rules, fact_of
from ..usecase.model import Answer, Settlement, Use, UseCase
from .decide import Plan
from .model import OfferingVerdict, PlanVerdict, Verdict
from .offer import Chain, Offer, Subject, known_of
from .verdicts import judged


def alone(rules: Rules, use_case: UseCase, use: Use) -> UseCase:
    """The plan as one of its uses has it."""
    return _alone(use_case, use, _own(rules, use))


def _own(rules: Rules, use: Use) -> Own:
    return own_answers(rules, {fact_of(key) for key in use.answers})


def _alone(use_case: UseCase, use: Use, own: Own) -> UseCase:
    """The same, where it is known what the use answers for itself. What the plan answers to a question that is asked
    because of another, which the use answers for itself, is heard only where the use asks it."""
    stated = {fact_of(key) for key in use.answers}
    shared = {
        key: replace(answer, where_asked=fact_of(key) in own.dependent)
        for key, answer in use_case.answers.items()
        if fact_of(key) not in stated
    }
    return replace(use_case, answers={**shared, **use.answers}, offerings=(use.offering,), uses=())


def chained(rules: Rules, use_case: UseCase) -> tuple[UseCase, Uses]:
    """The plan with the answers of all uses under keys of their own (`Place.key`), and which facts those are; a plan
    without uses is itself."""
    if not use_case.uses:
        return use_case, {}
    uses: dict[str, Own] = {}
    answers: dict[str, Answer] = {}
    for use in use_case.uses:
        own = uses[use.name] = _own(rules, use)
        for key, answer in _alone(use_case, use, own).answers.items():
            if fact_of(key) in own.local:
                key = f"{key}{'' if '@' in key else '@'}#{use.name}"
            answers[key] = answer
    return replace(use_case, answers=answers, uses=()), uses


def prepare_chain(
    rules: Rules,
    use_case: UseCase,
    together: UseCase,
    uses: Uses,
    settlements: tuple[Settlement, ...],
    day: datetime.date,
    max_age: int | None = None,
) -> Chain:
    """The uses of `use_case` together, ready to be asked; `together` and `uses` are it as `chained`."""
    plan = Plan.of(rules, together, Place("", ""), settlements, uses)
    offers = tuple(
        Offer.of(plan, rules.offerings[use.offering], day, max_age, use.name, uses[use.name].local)
        for use in use_case.uses
    )
    return Chain(rules, plan, offers)


def judge_chain(
    chain: Chain, fewer: Subject | None, settlements: tuple[Settlement, ...], rows: Sequence[OfferingVerdict]
) -> PlanVerdict:
    """The verdict on the plan as a whole. `fewer` is the chain without the clauses waived, if it is another; `rows` are
    the uses alone."""
    verdict = chain.verdict()
    assert verdict is not None, "a plan that no world satisfies is refused before"
    return PlanVerdict(
        **judged(chain, known_of(chain, settlements), verdict),
        because=_because(verdict, rows),
        after_waivers=fewer.verdict() if fewer else None,
    )


def _because(verdict: Verdict, rows: Sequence[OfferingVerdict]) -> str:
    same = [row.use or "" for row in rows if row.verdict is verdict]
    if len(same) == len(rows):
        return "as each use alone"
    if same:
        return f"as {' and '.join(same)} alone"
    return "together, not alone: " + ", ".join(f"{row.use} is {row.verdict.value}" for row in rows)
