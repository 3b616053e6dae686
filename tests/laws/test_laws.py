"""The laws of semantics.md about verdicts, by their numbers there, over drawn rule sets and use cases.

2 compares the engine with the oracle; the others need no second opinion. What a report shows and proposes (3, 6, 7) is
in `test_reports.py`, what concerns texts alone (9, 12) in `test_texts.py`.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections import Counter

from hypothesis import given, settings, strategies as st
from mayuse.language import tree as t
from mayuse.testing.dice import Dice
from mayuse.testing.generate import nodes
from mayuse.usecase.model import Answer, FlagValue, TermsValue, UseCase

from laws import adapter, changes
from laws.plans import Sample, exactly, from_seed, fully_told, holds, samples

STUCK = ("needs approval", "conflict")
FREE = ("permitted", "conditional")
VERDICTS = (*FREE, "not covered", "contested", "undetermined", *STUCK)

dice = st.randoms(use_true_random=False).map(lambda r: Dice(r.randrange))


def more(times: int) -> settings:
    """More examples than the profile's, for the laws that find most."""
    return settings(max_examples=times * settings.default.max_examples)  # type: ignore[union-attr]


def retold(sample: Sample, **parts: object) -> Sample:
    """The sample with parts of its use case replaced."""
    return dataclasses.replace(sample, case=dataclasses.replace(sample.case, **parts))  # type: ignore[arg-type]


def refiled(sample: Sample, files: changes.Files) -> Sample:
    """The sample over changed files, without approvals of provisions that are gone."""
    changed = dataclasses.replace(sample, files=files)
    rules = changed.rules()
    known = {*rules.provisions, *(f"{d}/silence" for d in rules.documents)}

    def stays(key: str) -> bool:
        return "/" not in key.partition("@")[0] or key in known

    answers = {key: answer for key, answer in sample.case.answers.items() if stays(key)}
    return retold(changed, answers=answers, approvals=tuple(filter(stays, sample.case.approvals)))


def any_bit(dice: Dice, mask: int) -> int:
    """The place of one of the bits of a mask."""
    bits = bin(mask)[:1:-1]
    return dice.pick([i for i, bit in enumerate(bits) if bit == "1"])


def told_more(dice: Dice, sample: Sample, offering: str, refuse: bool) -> Sample:
    """The sample with more facts of one of its completions and, if asked, with safeguards refused."""
    rules, judged = sample.rules(), sample.judged()[offering]
    plan = judged.completion(any_bit(dice, judged.valid))
    answers = dict(sample.case.answers)
    for key, value in plan.items():
        role = judged.roles[key]
        if judged.said(key) or role == "reading" or not dice.chance(60):
            continue
        if role == "fact" and (said := exactly(rules, key, value)) is not None:
            answers[key] = Answer(said)
        if role == "safeguard" and refuse and not value:
            answers[key] = Answer(FlagValue(False))
    return retold(sample, answers=answers)


@given(samples(), dice)
@more(2)
def test_law_1_more_facts_and_refusals_never_move_a_conflict(sample: Sample, dice: Dice) -> None:
    for offering, verdict in adapter.verdicts(sample).items():
        if verdict == "conflict":
            changed = told_more(dice, sample, offering, refuse=True)
            assert adapter.verdicts(changed)[offering] == "conflict", changed


@given(samples(), dice)
@more(2)
def test_law_1_more_facts_never_move_a_permitted(sample: Sample, dice: Dice) -> None:
    for offering, row in adapter.rows(sample).items():
        # A standing duty is presumed to be kept, so what is learnt may show that it cannot be (decision 3).
        if row.verdict.value == "permitted" and not row.standing:
            changed = told_more(dice, sample, offering, refuse=False)
            assert adapter.verdicts(changed)[offering] == "permitted", changed


@given(samples())
@more(8)
def test_law_2_each_verdict_exactly_when_its_line_holds(sample: Sample) -> None:
    expected = sample.verdicts()
    assert adapter.verdicts(sample) == expected


@given(samples(), dice)
def test_law_4_order_never_matters(sample: Sample, dice: Dice) -> None:
    changed = dataclasses.replace(sample, files=changes.shuffled(sample.files, dice))
    assert adapter.verdicts(changed) == adapter.verdicts(sample)


@given(samples())
def test_law_4_names_never_matter(sample: Sample) -> None:
    expected = {changes.renamed_word(o): v for o, v in adapter.verdicts(sample).items()}
    assert adapter.verdicts(changes.renamed(sample)) == expected


@given(samples(), dice)
def test_law_4_saying_it_twice_changes_nothing(sample: Sample, dice: Dice) -> None:
    provision = dice.pick(list(sample.rules().provisions))
    again = dataclasses.replace(sample, files=changes.duplicated(sample.files, provision))
    answers, approvals = dict(sample.case.answers), sample.case.approvals
    if provision in answers:
        answers[f"{provision}-again"] = answers[provision]
    if provision in approvals:
        approvals = (*approvals, f"{provision}-again")
    assert adapter.verdicts(retold(again, answers=answers, approvals=approvals)) == adapter.verdicts(sample)


@given(samples(), dice)
def test_law_5_removing_or_excepting_a_prohibition_never_adds_a_conflict(sample: Sample, dice: Dice) -> None:
    rules = sample.rules()
    prohibitions = [name for name, p in rules.provisions.items() if p.kind == "prohibit"]
    plan = fully_told(dice, rules) if prohibitions else None
    if not plan:
        return
    told = dataclasses.replace(sample, case=plan[0], settlements=plan[1])
    before, provision = adapter.verdicts(told), dice.pick(prohibitions)
    files = [changes.without(sample.files, provision)]
    if "flag-a" in rules.blocks[t.Fact]:
        files.append(changes.excepted(sample.files, provision, t.Holds(t.Name("flag-a"))))
    for changed in files:
        after = adapter.verdicts(refiled(told, changed))
        assert all(before[o] in STUCK for o in after if after[o] in STUCK), (provision, before, after)


@given(samples(), dice)
@more(2)
def test_law_8_narrowing_a_listed_term_never_undecides(sample: Sample, dice: Dice) -> None:
    rules, answers = sample.rules(), dict(sample.case.answers)
    values = {key: a.value for key, a in answers.items() if isinstance(a.value, TermsValue)}
    narrower = [
        (key, term, lower)
        for key, value in values.items()
        for term in value.listed
        for lower in sorted(rules.below([term]) - {term})
    ]
    if not narrower:
        return
    key, term, lower = dice.pick(narrower)
    listed = tuple(dict.fromkeys(lower if x == term else x for x in values[key].listed))
    answers[key] = Answer(dataclasses.replace(values[key], listed=listed))
    before, after = adapter.verdicts(sample), adapter.verdicts(retold(sample, answers=answers))
    for offering, verdict in before.items():
        if verdict in ("permitted", "conflict"):
            assert after[offering] in (verdict, adapter.NO_COMPLETION), (key, term, lower)


@given(samples(), dice)
def test_law_10_a_verdict_is_constant_between_change_dates(sample: Sample, dice: Dice) -> None:
    sample = retold(sample, contracts={})
    dates = [x.value for x in nodes(tuple(sample.files.values())) if isinstance(x, t.Date)]
    if sample.max_age is not None:
        dates += [d + datetime.timedelta(sample.max_age + 1) for d in dates]
    dates = sorted({*dates, datetime.date(2024, 1, 1), datetime.date(2031, 1, 1)})
    i = dice.below(len(dates) - 1)
    first, last = dates[i], dates[i + 1] - datetime.timedelta(1)
    assert adapter.verdicts(retold(sample, as_of=first)) == adapter.verdicts(retold(sample, as_of=last)), (first, last)


@given(samples())
def test_law_16_knowing_less_of_a_document_never_frees(sample: Sample) -> None:
    before = adapter.verdicts(sample)
    for document in sample.rules().documents:
        for change in (changes.emptied, changes.narrowed, changes.unborn):
            after = adapter.verdicts(refiled(sample, change(sample.files, document)))
            assert all(before[o] in FREE for o in after if after[o] in FREE), (document, change.__name__)


@given(samples(list_guards=False), dice)
@more(2)
def test_law_17_one_element_more_never_removes_a_conflict(sample: Sample, dice: Dice) -> None:
    rules, answers = sample.rules(), dict(sample.case.answers)
    lists = [k for k, a in answers.items() if isinstance(a.value, TermsValue) and rules.fact(k).type.kind == "many"]
    lists = [k for k in lists if answers[k].value.listed]  # type: ignore[union-attr]
    if not lists:
        return
    key = dice.pick(lists)
    value = answers[key].value
    assert isinstance(value, TermsValue)
    term = dice.pick(sorted(rules.below([str(rules.fact(key).type.domain)])))
    answers[key] = Answer(dataclasses.replace(value, listed=tuple({*value.listed, term})))
    before, after = adapter.verdicts(sample), adapter.verdicts(retold(sample, answers=answers))
    for offering, verdict in before.items():
        if verdict == "conflict":
            assert after[offering] in ("conflict", adapter.NO_COMPLETION), (key, term)
        if verdict == "needs approval":
            assert after[offering] in (*STUCK, adapter.NO_COMPLETION), (key, term)


def test_drawn_cases_reach_every_verdict() -> None:
    """At least 3 % each, and exceptions or overrides in at least 30 % of the rule sets."""
    drawn = [from_seed(seed) for seed in range(700)]
    verdicts = Counter(verdict for sample in drawn for verdict in sample.verdicts().values())
    lifted = sum(any(p.unless or p.overrides for p in s.rules().provisions.values()) for s in drawn) / len(drawn)
    shares = {verdict: count / verdicts.total() for verdict, count in verdicts.most_common()}
    print(*(f"{verdict} {share:.1%}" for verdict, share in shares.items()), f"exceptions in {lifted:.0%}", sep=", ")
    assert all(shares.get(verdict, 0) >= 0.03 for verdict in VERDICTS)
    assert lifted >= 0.30


def test_the_oracle_counts_right() -> None:
    """Its masks say of each combination what its formulas say of that one plan."""
    for seed in range(40):
        for judged in from_seed(seed).judged().values():
            for bit in range(0, judged.everything.bit_length(), 7):
                plan = judged.completion(bit)
                for formula in (*judged.bites.values(), *judged.gates.values()):
                    assert holds(formula, plan) == bool(judged.mask(formula) >> bit & 1)


def test_an_empty_use_case_is_judged_too() -> None:
    """Nothing said at all is a use case as well."""
    for seed in range(30):
        sample = dataclasses.replace(from_seed(seed), case=UseCase(as_of=datetime.date(2026, 6, 15)), settlements=())
        assert adapter.verdicts(sample) == sample.verdicts()
