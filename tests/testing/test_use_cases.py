"""Plans that are drawn: possible, readable, close to the rules, varied, and small where they fail."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import find, given, settings, strategies as st
from mayuse import load_rules
from mayuse.judge.check import check, refuse_clashes
from mayuse.judge.model import Verdict
from mayuse.judge.offer import prepare
from mayuse.load import load_texts
from mayuse.rulebook.model import Rules, fact_of
from mayuse.testing import use_cases
from mayuse.testing.dice import seeded
from mayuse.testing.drawing import Drawing
from mayuse.testing.generate import draw_rules
from mayuse.testing.source import source_of
from mayuse.testing.write import write
from mayuse.usecase import read_use_case
from mayuse.usecase.model import Answer, RangeValue, TermsValue, UseCase
from mayuse.usecase.write import as_yaml

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
ACME = load_rules(EXAMPLES, shipped=False) if (EXAMPLES / "vocabulary").is_dir() else load_rules(EXAMPLES)
SHIPPED = load_rules()
SMALL = """
term goal "What it is for"
term watching "Watching people" under goal
term mass-watching "Watching everybody" under watching
term drawing "Drawing" under goal
fact purposes "What is it for?" many of goal
fact users "How many people use it?" count of people
fact never "Is it never asked?" yes or no asked when stops and not stops
fact stops "Does it stop?" yes or no
fact colour "Is it in colour?" yes or no asked when purposes includes drawing
safeguard review "Is it looked at?"
platform acme "Acme"
  offering api "Acme API" under terms
  offering app "Acme app" under terms, silent
document terms "Acme Terms"
  own "terms.md"
  coverage whole
prohibit watching "No watching"
  when purposes includes watching
  unless approved by platform
prohibit crowds "Not for many"
  when users above 100
prohibit colour "No colour unseen"
  when colour
  unless review
prohibit never "Never"
  when never
document silent "Acme Silent Terms"
  own "silent.md"
  coverage whole
  silence is reserved
permit drawing "Drawing is allowed"
  when purposes is only drawing
"""
RULES = load_texts({"acme/acme.rules": SMALL})


def plans(rules: Rules, count: int, about: tuple[str, ...] | None = None) -> Iterator[UseCase]:
    """Plans from a seeded generator, as hypothesis would draw them."""
    drawing, luck = Drawing(source_of(rules), tuple(rules.offerings), about), random.Random(7)
    return (drawing.plan(luck.randbytes(drawing.size)) for _ in range(count))


@pytest.mark.parametrize("rules", [RULES, ACME, SHIPPED], ids=["small", "acme", "shipped"])
def test_every_plan_is_possible_and_reads_back(rules: Rules) -> None:
    for plan in plans(rules, 150):
        refuse_clashes(rules, plan, {}, ())
        again = read_use_case(rules, as_yaml(rules, plan))
        assert (again.answers, sorted(again.approvals)) == (plan.answers, sorted(plan.approvals))
        assert (again.offerings, again.contracts, again.as_of) == (plan.offerings, plan.contracts, plan.as_of)
        assert again.vocabulary == plan.vocabulary


@given(st.integers(0, 2**32))
@settings(max_examples=60)
def test_every_plan_over_drawn_rules_is_possible(seed: int) -> None:
    rules = load_texts({name: write(file) for name, file in draw_rules(seeded(seed)).items()})
    for plan in plans(rules, 25):
        refuse_clashes(rules, plan, {}, ())
        assert read_use_case(rules, as_yaml(rules, plan)).answers == plan.answers


@given(use_cases(RULES))
def test_it_is_a_strategy(plan: UseCase) -> None:
    assert check(RULES, plan).verdicts


def test_the_simplest_plan_says_nothing() -> None:
    simplest = find(use_cases(SHIPPED), lambda plan: True)
    assert simplest == UseCase(as_of=source_of(SHIPPED).today, offerings=simplest.offerings)
    assert simplest.offerings is not None and len(simplest.offerings) == 1


def verdict(rules: Rules, plan: UseCase) -> Verdict | None:
    """The verdict at the first offering of a plan."""
    assert plan.offerings and plan.as_of
    return prepare(rules, plan, rules.offerings[plan.offerings[0]], (), plan.as_of).verdict()


@pytest.mark.parametrize(
    ("wanted", "most"),
    [(Verdict.CONFLICT, 1), (Verdict.NEEDS_APPROVAL, 1), (Verdict.PERMITTED, 4), (Verdict.CONDITIONAL, 4)],
)
def test_plans_shrink_to_the_fewest_answers(wanted: Verdict, most: int) -> None:
    at_api = use_cases(RULES, offerings=["acme/api"])
    found = find(at_api, lambda plan: verdict(RULES, plan) is wanted, settings=settings(database=None))
    assert len(found.answers) + len(found.approvals) <= most, found


def test_over_the_shipped_rules_plans_shrink_too() -> None:
    bans = {p.id for p in SHIPPED.provisions.values() if p.kind == "prohibit" and not p.exemptions}
    clauses = {
        o: [t.clause.id for t in source_of(SHIPPED).targets(o) if t.clause.id in bans] for o in SHIPPED.offerings
    }
    fewest = min((o for o in clauses if clauses[o]), key=lambda o: len(source_of(SHIPPED).targets(o)))
    strategy = use_cases(SHIPPED, offerings=[fewest], about=clauses[fewest][:1])
    found = find(strategy, lambda plan: verdict(SHIPPED, plan) is Verdict.CONFLICT, settings=settings(database=None))
    assert len(found.answers) <= 3, found


def test_provisions_bite() -> None:
    """More than a third of the plans about one prohibition conflict because of it, and many just do not."""
    ban, seen = "acme/terms/watching", Counter[str]()
    for plan in plans(RULES, 300, (ban,)):
        for row in check(RULES, plan, offerings=plan.offerings[:1] if plan.offerings else None).verdicts:
            seen.update(f.effect for f in row.findings if f.provision == ban)
            seen["rows"] += 1
    assert seen["conflict"] + seen["needs approval"] > seen["rows"] / 3, seen
    assert seen["rows"] - seen["conflict"] - seen["needs approval"] > seen["rows"] / 10, seen


def test_every_verdict_is_reached() -> None:
    seen: Counter[Verdict | None] = Counter()
    for seed in range(30):
        rules = load_texts({name: write(file) for name, file in draw_rules(seeded(seed)).items()})
        seen.update(verdict(rules, plan) for plan in plans(rules, 30))
    assert all(seen[v] >= 9 for v in Verdict), seen
    assert None not in seen


def test_thresholds_are_met_and_just_missed() -> None:
    said = {p.answers["users"].value for p in plans(RULES, 600) if "users" in p.answers}
    exactly = {v.low for v in said if isinstance(v, RangeValue) and v.low == v.high}
    assert {Decimal(100), Decimal(101), Decimal(102)} <= exactly
    assert RangeValue(high=Decimal(101), below=True) in said and RangeValue(low=Decimal(101)) in said


def test_terms_are_named_as_tested_and_just_above_and_below() -> None:
    said = {p.answers["purposes"].value for p in plans(RULES, 600) if "purposes" in p.answers}
    listed = {v.listed for v in said if isinstance(v, TermsValue)}
    assert {("watching",), ("mass-watching",), ("goal",), ("drawing",), ()} <= listed
    assert any(isinstance(v, TermsValue) and v.listed and not v.complete for v in said)
    assert any(isinstance(v, TermsValue) and v.excluded for v in said)


def test_all_that_a_plan_can_say_is_said() -> None:
    """Over the shipped rules: states, approvals, answers per offering, days, contracts and vocabularies."""
    drawn = list(plans(SHIPPED, 1_500))
    states = Counter(a.state for p in drawn for a in p.answers.values())
    assert min(states["given"], states["don't know"], states["suggested"]) > 20
    assert sum(bool(p.approvals) for p in drawn) > 5
    keys = {key for p in drawn for key in p.answers}
    assert any("/" in key.partition("@")[2] for key in keys) and len({fact_of(k) for k in keys}) > 120
    days = Counter(p.as_of for p in drawn)
    assert len(days) > 5 and days[source_of(SHIPPED).today] > 1_000
    assert {c.negotiated for p in drawn for c in p.contracts.values()} == {True, False}
    assert sum(len(p.offerings or ()) > 1 for p in drawn) > 20
    assert {o for p in drawn for o in p.offerings or ()} == {*SHIPPED.offerings}
    assert sum(not p.answers for p in drawn) > 20 and max(len(p.answers) for p in drawn) > 30


def test_an_older_vocabulary_is_drawn_where_there_is_one() -> None:
    rules = load_texts({"acme/acme.rules": SMALL + 'term painting "Painting" under drawing since 2026-05\n'})
    assert {p.vocabulary for p in plans(rules, 300)} == {None, "2025-12"}


def test_a_question_that_is_never_asked_is_never_answered_yes() -> None:
    for plan in plans(RULES, 300):
        assert "never" not in plan.answers or plan.answers["never"].value is None or not_yes(plan.answers["never"])


def not_yes(answer: Answer) -> bool:
    return answer.text != "yes"


def test_silence_can_be_what_a_plan_is_about() -> None:
    seen = {verdict(RULES, plan) for plan in plans(RULES, 200, ("acme/silent/silence",))}
    assert {Verdict.NEEDS_APPROVAL, Verdict.PERMITTED} <= seen


def test_a_document_can_be_what_plans_are_about() -> None:
    assert {p.offerings for p in plans(RULES, 50, ("acme/silent",)) if p.offerings == ("acme/api",)} <= {("acme/api",)}
    find(use_cases(RULES, about=["acme/silent"]), lambda plan: "acme/silent/silence" in plan.approvals)


def test_a_clause_of_another_day_is_drawn_on_that_day() -> None:
    late = SMALL.replace("  when users above 100", "  in force 2020-01-01 until 2021-01-01\n  when users above 100")
    rules = load_texts({"acme/acme.rules": late})
    found = find(
        use_cases(rules, about=["acme/terms/crowds"], offerings=["acme/api"]),
        lambda plan: verdict(rules, plan) is Verdict.CONFLICT,
    )
    assert found.as_of is not None and found.as_of.year == 2020 and list(found.answers) == ["users"]


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ({"offerings": ["acme/apo"]}, "unknown offering 'acme/apo'; did you mean 'acme/app'"),
        ({"about": ["acme/terms/watchin"]}, "did you mean 'acme/terms/watching'"),
        ({"about": ["acme/silent"], "offerings": ["acme/api"]}, "nothing of acme/silent binds"),
        ({"offerings": []}, "no offering is named"),
    ],
)
def test_what_cannot_be_drawn_is_said_at_once(limits: dict[str, list[str]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        use_cases(RULES, **limits)  # type: ignore[arg-type]


def test_rules_without_an_offering_have_no_plans() -> None:
    with pytest.raises(ValueError, match="no offering"):
        use_cases(load_texts({"words.rules": 'fact stops "Does it stop?" yes or no\n'}))


def test_the_package_needs_no_hypothesis_until_it_is_used() -> None:
    modules = "('hypothesis', 'pysat', 'mayuse.judge', 'mayuse.load')"
    program = f"import sys, mayuse, mayuse.testing.plugin; print([m for m in {modules} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"
