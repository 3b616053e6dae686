"""The laws over plans with `uses`, against the oracle of chains, and over waivers."""

from __future__ import annotations

import dataclasses
import datetime
from collections import Counter

from hypothesis import given, strategies as st
from mayuse.judge import check
from mayuse.load import load_texts
from mayuse.testing.dice import Dice
from mayuse.usecase import read_use_case
from mayuse.usecase.model import Use, Waiver
from oracle import Judged

from laws import adapter
from laws.plans import Sample, chain, chain_from_seed, samples
from laws.test_laws import STUCK, more, retold

seeds = st.integers(0, 2**32)
dice = st.randoms(use_true_random=False).map(lambda r: Dice(r.randrange))


@given(seeds)
@more(3)
def test_law_2_a_plan_with_uses_has_the_verdict_of_its_line(seed: int) -> None:
    sample = chain_from_seed(seed)
    report = adapter.report(sample)
    assert (report.plan.verdict.value if report else adapter.NO_COMPLETION) == chain(sample).verdict(), sample


@given(seeds)
def test_law_2_each_use_alone_has_the_verdict_of_its_line(seed: int) -> None:
    sample = chain_from_seed(seed)
    report = adapter.report(sample)
    for row, use in zip(report.verdicts if report else (), sample.case.uses, strict=False):
        assert row.verdict.value == chain(retold(sample, uses=(use,))).verdict(), (use, sample)


@given(samples())
def test_law_2_one_use_is_the_plan_itself(sample: Sample) -> None:
    for offering, row in adapter.rows(sample).items():
        once = adapter.report(retold(sample, uses=(Use("only", offering),)))
        assert once.plan.verdict is once.verdicts[0].verdict is row.verdict
        assert once.plan.conditions == row.conditions and once.plan.open == row.open


@given(seeds, dice)
def test_law_4_the_order_of_uses_never_matters(seed: int, dice: Dice) -> None:
    sample = chain_from_seed(seed)
    uses = list(sample.case.uses)
    turned = retold(sample, uses=tuple(uses[dice.below(len(uses)) :] + uses))
    turned = retold(sample, uses=tuple({u.name: u for u in (*reversed(uses), *turned.case.uses)}.values()))
    one, two = adapter.report(sample), adapter.report(turned)
    assert (one and one.plan.verdict) == (two and two.plan.verdict)


@given(seeds)
def test_a_use_that_conflicts_alone_makes_the_plan_conflict(seed: int) -> None:
    report = adapter.report(chain_from_seed(seed))
    if report and any(row.verdict.value == "conflict" for row in report.verdicts):
        assert report.plan.verdict.value == "conflict"
    if report and any(row.verdict.value in STUCK for row in report.verdicts):
        assert report.plan.verdict.value in STUCK


@given(seeds)
def test_law_7_and_6_what_is_asked_of_a_chain_can_change_it(seed: int) -> None:
    report = adapter.report(chain_from_seed(seed))
    if report and report.plan.verdict.value in ("undetermined", "contested"):
        with_, without = report.plan.witnesses
        assert with_.conflicts and not without.conflicts and with_.answers != without.answers
        assert report.plan.open or report.plan.readings


def waive(sample: Sample, dice: Dice, until: datetime.date) -> Sample:
    """The sample with some of its prohibitions and requirements waived."""
    rules = adapter.load(sample)
    bans = [p for p in rules.provisions.values() if p.kind in ("prohibit", "require")]
    waivers = tuple(Waiver(p.id, p.hash, "borne", "counsel", until) for p in dice.some(bans, 1, 2))
    return retold(sample, waivers=waivers)


@given(samples(), dice)
def test_a_waiver_never_changes_a_verdict_and_the_gate_follows_what_is_left(sample: Sample, dice: Dice) -> None:
    day = sample.case.as_of or datetime.date(2026, 6, 15)
    waived = waive(sample, dice, day + datetime.timedelta(1))
    ids = [w.provision for w in waived.case.waivers]
    before, after = adapter.report(sample), adapter.report(waived)
    if before is None:
        return
    stripped = tuple(dataclasses.replace(row, after_waivers=None) for row in after.verdicts)
    assert stripped == before.verdicts
    for row in after.verdicts:
        judged = Judged(sample.rules(), sample.case, row.offering, sample.settlements, sample.max_age, waived=ids)
        assert (row.after_waivers or row.verdict).value == judged.verdict()


@given(samples(), dice, st.integers(-3, 3))
def test_law_10_a_waiver_ends_on_its_day(sample: Sample, dice: Dice, days: int) -> None:
    day = sample.case.as_of or datetime.date(2026, 6, 15)
    report = adapter.report(waive(sample, dice, day + datetime.timedelta(days)))
    if report and report.waivers:
        assert {w.state for w in report.waivers} == {"in force" if days > 0 else "expired"}
        assert days > 0 or all(row.after_waivers is None for row in report.verdicts)


@given(samples(), dice)
def test_a_waiver_of_other_words_has_lapsed(sample: Sample, dice: Dice) -> None:
    waived = waive(sample, dice, datetime.date(2099, 1, 1))
    other = tuple(dataclasses.replace(w, hash="0" * 16) for w in waived.case.waivers)
    report, plain = adapter.report(retold(waived, waivers=other)), adapter.report(sample)
    if report and report.waivers:
        assert {w.state for w in report.waivers} == {"changed"}
        assert report.gate == plain.gate and report.verdicts == plain.verdicts


TWICE = """\
document terms "Terms"
  kind terms-of-service
  source "https://example.org/terms"
  archive test-terms "a.md" commit 0123456789012345678901234567890123456789
          sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  captured 2026-01-05
  encoded 2026-01-05
  coverage whole

reading scope "Does it reach drafts?"
  section "1" quote "these are the words"
  choice  wide "It does"
  choice  narrow "It does not"

prohibit drafts "No drafts"
  section "1" quote "these are the words"
  when    drafts and reading scope is wide

prohibit finals "No final versions"
  section "2" quote "and these are others"
  when    finals and reading scope is narrow
"""
WORDS = """\
fact drafts "Are there drafts?" yes or no
fact finals "Are there final versions?" yes or no
"""
PLATFORM = 'platform acme "Acme"\n  vendor acme\n  offering api "API" under terms\nterm acme "Acme"\n'


def test_two_uses_each_contested_can_together_conflict() -> None:
    rules = load_texts({"v/words.rules": WORDS, "acme/platform.rules": PLATFORM, "acme/terms.rules": TWICE})
    plan = """
as-of: 2026-06-01
facts: {drafts: no, finals: no}
uses:
  - {name: one, offering: acme/api, facts: {drafts: yes}}
  - {name: two, offering: acme/api, facts: {finals: yes}}
"""
    report = check(rules, read_use_case(rules, plan))
    assert [row.verdict.value for row in report.verdicts] == ["contested", "contested"]
    assert report.plan is not None and report.plan.verdict.value == "conflict"
    assert report.plan.because == "together, not alone: one is contested, two is contested"
    assert report.gate.exit_code == 1


def test_drawn_plans_with_uses_reach_every_verdict() -> None:
    plans = [r for r in (adapter.report(chain_from_seed(seed)) for seed in range(250)) if r]
    verdicts = Counter(r.plan.verdict.value for r in plans)
    print(verdicts)
    assert len(verdicts) == 7
