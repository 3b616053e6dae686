"""Completions: they agree with their plan, leave nothing open but what is counsel's, and are what verdicts are about."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import find, given, settings, strategies as st
from mayuse import load_rules
from mayuse.judge.answers import is_stated
from mayuse.judge.check import check, refuse_clashes
from mayuse.judge.governing import governing
from mayuse.judge.model import Verdict
from mayuse.judge.offer import prepare
from mayuse.language.diagnostics import UseCaseError
from mayuse.load import load_texts
from mayuse.rulebook.model import fact_of
from mayuse.rulebook.reads import reads
from mayuse.testing import completions, use_cases
from mayuse.testing.complete import direct_values, exactly, holds
from mayuse.testing.dice import dealt, seeded
from mayuse.testing.fill import filled, plan_over
from mayuse.testing.generate import draw_rules
from mayuse.testing.write import write
from mayuse.usecase import load_use_case, read_use_case
from mayuse.usecase.model import Answer, FlagValue, TermsValue, UseCase
from mayuse.usecase.write import as_yaml

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
ACME = load_rules(EXAMPLES)
LOANS = load_use_case(ACME, EXAMPLES / "loans.yaml")


@given(completions(ACME, LOANS))
@settings(max_examples=40)
def test_nothing_is_left_open_that_is_the_planners(whole: UseCase) -> None:
    refuse_clashes(ACME, whole, {}, ())
    for key, answer in LOANS.answers.items():
        given = whole.answers[key].value
        assert given == answer.value or isinstance(given, TermsValue), key
    for key in reads(ACME, ["acme/api"]).keys:
        if not ACME.facts[fact_of(key)].for_counsel:
            offer = prepare(ACME, whole, ACME.offerings["acme/api"], (), whole.as_of or LOANS.as_of)  # type: ignore[arg-type]
            assert is_stated(whole, key) or not offer.plan.possible(offer.plan.exact.asked[key]), key
    assert read_use_case(ACME, as_yaml(ACME, whole)).answers == whole.answers
    assert check(ACME, whole).verdicts[0].verdict in (Verdict.PERMITTED, Verdict.CONFLICT, Verdict.CONTESTED)


@given(st.data())
@settings(max_examples=60)
def test_a_permitted_plan_has_no_completion_that_conflicts(data: st.DataObject) -> None:
    """As a rule author would say it, over drawn rules."""
    seed = data.draw(st.integers(0, 40))
    rules = load_texts({name: write(file) for name, file in draw_rules(seeded(seed)).items()})
    plan = data.draw(use_cases(rules))
    before = check(rules, plan, offerings=(plan.offerings or ())[:1]).verdicts[0]
    whole = data.draw(completions(rules, plan))
    after = check(rules, whole, offerings=(plan.offerings or ())[:1]).verdicts[0].verdict
    if before.verdict is Verdict.PERMITTED and not before.standing:
        assert after is Verdict.PERMITTED
    if before.verdict is Verdict.CONFLICT:
        assert after in (Verdict.CONFLICT, Verdict.NEEDS_APPROVAL)


def test_the_simplest_completion_is_the_emptiest() -> None:
    simplest = find(completions(ACME, UseCase(as_of=LOANS.as_of, offerings=("acme/api",))), lambda whole: True)
    values = [answer.value for answer in simplest.answers.values()]
    assert all(value in (FlagValue(False), TermsValue(())) for value in values) and not simplest.approvals


def test_what_is_presumed_absent_can_be_filled_in_too() -> None:
    plan = UseCase(as_of=LOANS.as_of, offerings=("acme/api",))
    approvals = [k for k in reads(ACME, ["acme/api"]).keys if ACME.facts[fact_of(k)].role == "approval"]
    assert approvals
    given = find(completions(ACME, plan, presumed=False), lambda whole: bool(whole.approvals))
    assert {*given.approvals} <= {*approvals}


def test_an_impossible_plan_has_no_completions() -> None:
    both = {"fully-automated": Answer(FlagValue(True)), "human-review": Answer(FlagValue(True))}
    with pytest.raises(UseCaseError, match="M280"):
        completions(ACME, UseCase(answers=both, as_of=LOANS.as_of, offerings=("acme/api",)))


@given(st.integers(0, 2**32), st.binary(min_size=64, max_size=64))
@settings(max_examples=60)
def test_plain_evaluation_says_what_the_solver_says(seed: int, dice: bytes) -> None:
    rules = load_texts({name: write(file) for name, file in draw_rules(seeded(seed)).items()})
    plan = plan_over(rules, UseCase(as_of=LOANS.as_of))
    completion = filled(plan, plan.known(), dealt(dice))
    assert completion is not None
    model = plan.exact.model(
        [x if variable in _true(plan, completion) else -x for variable, x in plan.exact.variables.items()]
    )
    assert model is not None and direct_values(plan.exact, model) == completion
    for offering in rules.offerings.values():
        for clause in governing(rules, offering, LOANS.as_of).clauses:  # type: ignore[arg-type]
            literal = plan.literal(clause.conflicts)
            assert holds(clause.conflicts, completion) == (
                (literal in model) if literal > 0 else (-literal not in model)
            )


def _true(plan, completion):  # type: ignore[no-untyped-def]
    """The variables that hold in a completion."""
    return {
        variable
        for variable in plan.exact.variables
        if (variable[1] in completion[variable[0]] if isinstance(variable, tuple) else holds(variable, completion))
    }


def test_an_exact_answer_leaves_one_value() -> None:
    rules = ACME
    many = next(f for f in rules.facts.values() if f.kind == "many" and len(rules.below[f.domain or ""]) > 3)
    domain = many.domain or ""
    child = sorted(rules.below[domain] - {domain})[0]
    assert exactly(rules, many, frozenset()) == TermsValue(())
    assert exactly(rules, many, frozenset({domain})) is not None
    assert exactly(rules, many, frozenset({domain, child})) is None, "some other kind of T beside a kind of T"
