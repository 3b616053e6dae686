"""The laws about one rule set: what is decided of a plan, and what becomes of it when the plan says more or otherwise."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from ..judge.answers import is_stated, said
from ..judge.governing import Clause
from ..judge.model import OpenQuestion, Verdict
from ..judge.offer import Offer, known_of
from ..judge.questions import open_questions, open_readings
from ..judge.remedy import stated_changes
from ..judge.told import Told
from ..judge.whatif import WITNESSED, Again, witness_pair
from ..logic.formula import kleene
from ..logic.truth import Truth
from ..rulebook.model import fact_of
from ..usecase.model import Answer, FlagValue, Settlement, TermsValue, UseCase, Value
from ..usecase.write import value_text
from .complete import Completion, exactly, holds
from .dice import Dice
from .fill import told
from .ground import Ground, Settled, broken
from .law import FREE, OPEN, STUCK, law, words
from .possible import leaning

FREED = {Verdict.CONDITIONAL: Verdict.PERMITTED, Verdict.NOT_COVERED: Verdict.NOT_COVERED}
"""What becomes of a verdict when the safeguards are undertaken that it needs."""
MOST_QUESTIONS, MOST_TRIED = 12, 3


# -- more is known


def told_more(ground: Ground, offer: Offer, plan: UseCase, dice: Dice, refuse: bool) -> UseCase | None:
    """The plan with some more facts of one of its completions and, if asked, safeguards refused; None where it has none."""
    completion = ground.completion(offer, dice)
    if completion is None:
        return None
    keys = []
    for key, value in completion.items():
        if key in ground.rules.readings or is_stated(plan, key) or not dice.chance(50):
            continue
        role = ground.rules.facts[fact_of(key)].role
        if role == "fact" or (role == "safeguard" and refuse and not value):
            keys.append(key)
    return told(ground.rules, plan, completion, keys)


@law(
    "law-01-more-facts-never-move-a-conflict",
    "Adding facts, or refusing safeguards, never moves a conflict.",
    "a conflict",
)
def conflict_stays(ground: Ground, plan: UseCase, dice: Dice) -> bool:
    settlements = ground.settle(plan, dice)
    offer = ground.offer(plan, settlements)
    if offer.verdict() is not Verdict.CONFLICT:
        return False
    more = told_more(ground, offer, plan, dice, refuse=True)
    after = ground.verdict(more, settlements) if more else None
    if more and after is not Verdict.CONFLICT:
        seen = f"conflict, and {words(after)} when more is known (changed.yaml)"
        raise broken(ground, seen, plan, settlements, more)
    return more is not None


@law(
    "law-01-more-facts-never-move-a-permission",
    "Adding facts never moves a permitted, unless they show that a standing duty cannot be kept.",
    "permitted",
)
def permission_stays(ground: Ground, plan: UseCase, dice: Dice) -> bool:
    settlements = ground.settle(plan, dice)
    offer = ground.offer(plan, settlements)
    if offer.verdict() is not Verdict.PERMITTED:
        return False
    more = told_more(ground, offer, plan, dice, refuse=False)
    if more is None:
        return False
    after = ground.offer(more, settlements)
    failed = any(c.duty is not None and counts(after, c) for c in after.governing.clauses)
    if not failed and after.verdict() is not Verdict.PERMITTED:
        seen = f"permitted, and {words(after.verdict())} when more is known (changed.yaml)"
        raise broken(ground, seen, plan, settlements, more)
    return not failed


def counts(offer: Offer, clause: Clause) -> bool:
    """Whether a clause counts: a standing duty does only where it can no longer be kept."""
    return clause.duty is None or offer.conflicts(clause) != -offer.plan.exact.true


# -- what is decided


@law(
    "law-02-no-completion-says-otherwise",
    "Every completion tried agrees with the plan, and conflicts or does not as the verdict says, by plain evaluation.",
    "possible",
)
def completions_agree(ground: Ground, plan: UseCase, dice: Dice) -> bool:
    settlements = ground.settle(plan, dice)
    offer = ground.offer(plan, settlements)
    verdict = offer.verdict()
    counted = [c for c in offer.governing.clauses if counts(offer, c)]
    for _ in range(3):
        star, approved = verdict is not Verdict.PERMITTED, verdict is Verdict.CONFLICT
        completion = ground.completion(offer, dice, star, approved)
        if completion is None:
            return False
        seen = "; ".join(_wrong(offer, completion))
        conflicts = any(holds(c.conflicts, completion) for c in counted)
        if conflicts and verdict in (*FREE, Verdict.NOT_COVERED):
            seen = f"{words(verdict)}, and a completion conflicts (changed.yaml)"
        elif not conflicts and verdict in STUCK:
            seen = f"{words(verdict)}, and a completion does not conflict (changed.yaml)"
        if seen:
            whole = told(ground.rules, plan, completion, completion)
            raise broken(ground, seen, plan, settlements, whole, completion)
    return True


def _wrong(offer: Offer, done: Completion) -> list[str]:
    """In what a completion breaks the plan's answers, or what the vocabulary says of all completions."""
    rules, exact, plan = offer.rules, offer.plan.exact, offer.plan
    wrong = [f"'{key}' is not as stated" for key, f in said(rules, plan.use_case, plan.place) if not holds(f, done)]
    for key, value in done.items():
        if key in rules.readings:
            continue
        asked, fact = holds(exact.guard(key), done), rules.facts[fact_of(key)]
        if not asked and value not in (False, None, frozenset()):
            wrong.append(f"'{key}' is answered and not asked")
        if fact.kind == "one" and isinstance(value, frozenset) and len(value) != asked:
            wrong.append(f"'{key}' has {len(value)} answers")
    return wrong


@law(
    "law-03-what-is-seen-at-once-is-so",
    "What can be told of a clause from single answers is what the solver says of it.",
    "possible",
)
def kleene_agrees(ground: Ground, plan: UseCase, dice: Dice) -> bool:
    settlements = ground.settle(plan, dice)
    offer = ground.offer(plan, settlements)
    if offer.verdict() is None:
        return False
    known = known_of(offer, settlements)
    for clause in offer.governing.clauses:
        seen = kleene(clause.bites, known.truth)
        if seen is Truth.UNKNOWN:
            continue
        literal = offer.plan.literal(clause.bites)
        if offer.plan.possible(-literal if seen is Truth.TRUE else literal):
            how = "to bite" if seen is Truth.TRUE else "not to bite"
            raise broken(ground, f"'{clause.id}' is seen {how}, and a completion says otherwise", plan, settlements)
    return True


@law(
    "law-06-witnesses-differ-and-replay",
    "Where facts or readings decide, two witnesses show both outcomes, and each holds when it is put in.",
    "undetermined, contested or conditional",
    price=5,
)
def witnesses_replay(ground: Ground, plan: UseCase, dice: Dice) -> bool:
    settlements = ground.settle(plan, dice)
    offer = ground.offer(plan, settlements)
    verdict = offer.verdict()
    if verdict not in WITNESSED or verdict is None:
        return False
    again = _again(ground, plan, settlements)
    shown = witness_pair(offer, verdict, again)
    if shown and [w.conflicts for w in shown] != [True, False]:
        raise broken(ground, f"{words(verdict)}, and its witnesses do not differ", plan, settlements)
    for witness in shown:
        answers: dict[str, Told | None] = {a.key: a.choice or a.value for a in (*witness.differs, *witness.shared)}
        other, counsel = again.told(answers)
        after = ground.verdict(other, counsel)
        if after is not witness.verdict or (after in STUCK) != witness.conflicts:
            seen = (
                f"{words(verdict)}; a witness promises {words(witness.verdict)} and gives {words(after)} (changed.yaml)"
            )
            raise broken(ground, seen, plan, counsel, other)
    return bool(shown)


def _again(ground: Ground, plan: UseCase, settlements: Settled) -> Again:
    return Again(ground.rules, plan, settlements, ground.rules.offerings[ground.offering(plan)], ground.day(plan), None)


@law(
    "law-06-settling-decides-what-is-contested",
    "With every reading settled and every question for counsel answered, a contested plan is decided.",
    "contested",
)
def settling_decides(ground: Ground, plan: UseCase, dice: Dice) -> bool:
    offer = ground.offer(plan)
    if offer.verdict() is not Verdict.CONTESTED:
        return False
    settlements = []
    for reading in open_readings(offer):
        choice = dice.pick(reading.verdicts)[0]
        fact = ground.rules.facts.get(fact_of(reading.id))
        value = None
        if fact is not None:
            value = exactly(ground.rules, fact, choice == "yes" if fact.kind == "flag" else frozenset({choice}))
        settlements.append(Settlement(reading.id, choice, value=value))
    after = ground.verdict(plan, tuple(settlements))
    if after in OPEN:
        raise broken(ground, f"{words(after)}, with all that was open settled", plan, tuple(settlements))
    return after is not None


# -- what is suggested


@law(
    "law-15-conditions-undertaken-free-the-plan",
    "A plan that undertakes what it must is permitted, or not covered.",
    "conditional, or not covered but for conditions",
)
def conditions_free(ground: Ground, plan: UseCase, dice: Dice) -> bool:
    settlements = ground.settle(plan, dice)
    offer = ground.offer(plan, settlements)
    verdict = offer.verdict()
    if verdict is None or verdict not in FREED:
        return False
    concerned = False
    for some in offer.safeguard_sets()[0]:
        if some and all(offer.plan.certain(offer.plan.exact.asked[key]) for key in some):
            undertaken = {key: Answer(FlagValue(True), "given", "yes") for key in some}
            other = replace(plan, answers={**plan.answers, **undertaken})
            after = ground.offer(other, settlements)
            then = after.verdict()
            concerned = then is not None
            if then not in (None, FREED[verdict]) or (then and after.plan.possible(after.question())):
                seen = f"{words(verdict)}, and {words(then)} with {', '.join(some)} undertaken (changed.yaml)"
                raise broken(ground, seen, plan, settlements, other)
    return concerned


@law(
    "law-15-approvals-give-what-is-promised",
    "Each set of approvals that is shown leads to the verdict that is shown with it.",
    "in need of approval",
)
def approvals_lead(ground: Ground, plan: UseCase, dice: Dice) -> bool:
    settlements = ground.settle(plan, dice)
    offer = ground.offer(plan, settlements)
    if offer.verdict() is not Verdict.NEEDS_APPROVAL:
        return False
    for some, promised in offer.approval_sets():
        left = {key: answer for key, answer in plan.answers.items() if key not in some}
        other = replace(plan, answers=left, approvals=(*plan.approvals, *some))
        after = ground.verdict(other, settlements)
        if after is not promised or after is Verdict.NEEDS_APPROVAL:
            seen = f"{', '.join(some)} promises {words(promised)} and gives {words(after)} (changed.yaml)"
            raise broken(ground, seen, plan, settlements, other)
    return True


@law(
    "law-15-answers-give-what-is-promised",
    "An open question, answered yes or no, leads to the verdict that is shown with it.",
    "open, with a question that is yes or no",
    price=5,
)
def answers_lead(ground: Ground, plan: UseCase, dice: Dice) -> bool:
    settlements = ground.settle(plan, dice)
    offer = ground.offer(plan, settlements)
    if offer.verdict() not in OPEN:
        return False
    asked = islice(open_questions(offer, known_of(offer, settlements)), MOST_QUESTIONS)
    flags = [question for question in asked if question.asks == ""]
    for question in flags[:MOST_TRIED]:
        _answered(ground, plan, settlements, question)
    return bool(flags)


def _answered(ground: Ground, plan: UseCase, settlements: Settled, question: OpenQuestion) -> None:
    for yes, promised in ((True, question.if_yes), (False, question.if_no)):
        answer = Answer(FlagValue(yes), "given", "yes" if yes else "no")
        other = replace(plan, answers={**plan.answers, question.fact: answer})
        after = ground.verdict(other, settlements)
        if after is not promised:
            seen = (
                f"'{question.fact}: {answer.text}' promises {words(promised)} and gives {words(after)} (changed.yaml)"
            )
            raise broken(ground, seen, plan, settlements, other)


@law(
    "law-15-other-answers-give-what-is-promised",
    "Of a plan that conflicts: other answers that would better it give the verdict that is promised.",
    "a conflict or in need of approval, with other answers that help",
    price=10,
)
def other_answers_lead(ground: Ground, plan: UseCase, dice: Dice) -> bool:
    settlements = ground.settle(plan, dice)
    offer = ground.offer(plan, settlements)
    verdict = offer.verdict()
    if verdict not in STUCK or verdict is None:
        return False
    again = _again(ground, plan, settlements)
    deciding = [c.id for c in offer.governing.clauses if offer.plan.certain(offer.conflicts(c))]
    changes = stated_changes(offer, known_of(offer, settlements), verdict, deciding, again)
    for change in changes:
        other, counsel = again.told(dict(change.values))
        after = ground.verdict(other, counsel)
        if after is not change.verdict or not change.verdict < verdict:
            seen = f"other answers promise {words(change.verdict)} and give {words(after)} (changed.yaml)"
            raise broken(ground, seen, plan, counsel, other)
    return bool(changes)


# -- lists


@law(
    "law-08-narrowing-never-undecides",
    "A listed term made narrower never moves a permitted or a conflict.",
    "permitted or a conflict, and list a term that has others below it",
)
def narrowing_keeps(ground: Ground, plan: UseCase, dice: Dice) -> bool:
    rules = ground.rules
    narrower = [
        (key, term, lower)
        for key, answer in plan.answers.items()
        if isinstance(answer.value, TermsValue)
        for term in answer.value.listed
        for lower in sorted(rules.below[term] - {term})
    ]
    if not narrower:
        return False
    settlements = ground.settle(plan, dice)
    before = ground.verdict(plan, settlements)
    if before not in (Verdict.PERMITTED, Verdict.CONFLICT):
        return False
    key, term, lower = dice.pick(narrower)
    value = plan.answers[key].value
    assert isinstance(value, TermsValue)
    listed = tuple(dict.fromkeys(lower if one == term else one for one in value.listed))
    other = with_value(ground, plan, key, replace(value, listed=listed))
    after = ground.verdict(other, settlements)
    if after not in (before, None):
        seen = f"{words(before)}, and {words(after)} with '{lower}' for '{term}' (changed.yaml)"
        raise broken(ground, seen, plan, settlements, other)
    return after is not None


@law(
    "law-17-one-element-more-never-removes-a-conflict",
    "One element more, in a list that has one, never removes a conflict (where no question is asked because of the list).",
    "a conflict or in need of approval, and list something",
)
def elements_never_free(ground: Ground, plan: UseCase, dice: Dice) -> bool:
    rules, (_, asking) = ground.rules, leaning(ground.rules)
    lists = [
        key
        for key, answer in plan.answers.items()
        if isinstance(answer.value, TermsValue) and answer.value.listed
        if rules.facts[fact_of(key)].kind == "many" and fact_of(key) not in asking
    ]
    if not lists:
        return False
    settlements = ground.settle(plan, dice)
    before = ground.verdict(plan, settlements)
    if before not in STUCK:
        return False
    key = dice.pick(lists)
    value = plan.answers[key].value
    assert isinstance(value, TermsValue)
    more = sorted(rules.below[rules.facts[fact_of(key)].domain or ""] - {*value.listed})
    if not more:
        return False
    other = with_value(ground, plan, key, replace(value, listed=(*value.listed, dice.pick(more))))
    after = ground.verdict(other, settlements)
    if after not in ((Verdict.CONFLICT, None) if before is Verdict.CONFLICT else (*STUCK, None)):
        seen = f"{words(before)}, and {words(after)} with one more in '{key}' (changed.yaml)"
        raise broken(ground, seen, plan, settlements, other)
    return after is not None


def with_value(ground: Ground, plan: UseCase, key: str, value: Value) -> UseCase:
    """The plan with another value for an answer."""
    answer = replace(plan.answers[key], value=value, text=value_text(ground.rules.facts[fact_of(key)], value))
    return replace(plan, answers={**plan.answers, key: answer})
