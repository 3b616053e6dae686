"""What a report shows, asks and proposes beside its verdicts, held against the oracle (laws 3, 6, 7, 11, 14 and 15)."""

from __future__ import annotations

import dataclasses
import functools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from unittest import mock

import pysat.solvers
from hypothesis import given
from mayuse.language import tree as t
from mayuse.report.json import render_json
from mayuse.testing.dice import Dice
from mayuse.usecase.model import Answer, FlagValue, Settlement, TermsValue
from meaning import COMPARISONS, ask
from oracle import Judged

from laws import adapter
from laws.plans import Sample, exactly, samples
from laws.test_laws import any_bit, dice, retold

MOST_SETS = 5


def pairs(sample: Sample) -> Iterator[tuple[Any, Judged]]:
    """Each row of the engine's report beside what the oracle knows of it."""
    judged = sample.judged()
    for offering, row in adapter.rows(sample).items():
        yield row, judged[offering]


def meant(judged: Judged, key: str, words: str) -> int:
    """The completions in which a report's words hold: "no", "includes a or b", "at least 2 and below 7"."""
    kind, below = judged.rules.fact(key).type.kind, judged.rules.below
    if kind == "choice":
        return judged.mask(ask(key, lambda v: v == words))
    if kind == "flag":
        assert words in ("", "yes", "no")
        return judged.mask(ask(key, lambda v: v == (words != "no")))
    if kind in ("one", "many"):
        verb, _, rest = words.partition(" ")
        if verb not in ("is", "includes"):
            exact = frozenset() if words in ("none", "not applicable") else frozenset(words.split(", "))
            return judged.mask(ask(key, lambda v: v == exact))
        named = rest.removeprefix("something other than ").split(" or ")
        alone = {name.removeprefix("some other ") for name in named if name.startswith("some other ")}
        terms = below([name for name in named if not name.startswith("some other ")]) | alone
        if rest.startswith(("something other than ", "anything at all")):
            return judged.mask(ask(key, lambda v: bool(v - terms)))
        return judged.mask(ask(key, lambda v: bool(v & terms)))
    if words in ("not applicable", "has a value"):
        return judged.mask(ask(key, lambda v: (v is None) == (words == "not applicable")))
    masks = [judged.everything]
    for part in words.split(" and "):
        operator, _, limit = part.rpartition(" ")
        masks.append(
            judged.mask(ask(key, lambda v, o=operator, n=Decimal(limit): v is not None and COMPARISONS[o](v, n)))
        )
    return functools.reduce(int.__and__, masks)


@given(samples())
def test_law_3_what_the_trace_decides_is_so(sample: Sample) -> None:
    for row, judged in pairs(sample):
        for finding in row.findings:
            if finding.kind == "permit":
                bites = judged.mask(judged.bites[finding.provision])
                where = judged.presumed() & (-1 if finding.effect == "permits" else bites)
                assert where and not where & ~bites, (finding.provision, finding.effect)
            for exception in finding.exceptions:
                if exception.provision is not None and exception.lifts != "unknown":
                    bites = judged.mask(judged.bites[exception.provision])
                    wrong = ~bites if exception.lifts == "true" else bites
                    assert not judged.presumed() & wrong, (finding.provision, exception)


@given(samples())
def test_smallest_sets_of_safeguards(sample: Sample) -> None:
    for row, judged in pairs(sample):
        if row.verdict.value == "conditional":
            shown = [frozenset(c.safeguard for c in row.conditions), *map(frozenset, row.alternatives)]
            expected = judged.safeguard_sets()
            assert len(set(shown)) == len(shown) and set(shown) <= set(expected), (shown, expected)
            assert len(shown[0]) == len(expected[0])
            assert len(shown) == min(len(expected), MOST_SETS) and row.more == (len(expected) > MOST_SETS)


@given(samples())
def test_smallest_sets_of_approvals(sample: Sample) -> None:
    for row, judged in pairs(sample):
        shown = {frozenset(some.approvals): some.verdict.value for some in row.approvals}
        if row.verdict.value != "needs approval":
            assert not shown
        else:
            expected = judged.approval_sets()
            assert len(shown) == min(len(expected), MOST_SETS), (shown, expected)
            assert all(expected.get(some) == verdict for some, verdict in shown.items()), (shown, expected)


@given(samples())
def test_law_15_a_suggested_change_gives_the_promised_verdict(sample: Sample) -> None:
    for offering, row in adapter.rows(sample).items():
        for some in row.approvals:
            given_too = retold(sample, approvals=(*sample.case.approvals, *some.approvals))
            assert adapter.verdicts(given_too)[offering] == some.verdict.value, some
        if row.verdict.value == "conditional":
            for some in ([c.safeguard for c in row.conditions], *row.alternatives):
                judged = sample.judged()[offering]
                if not judged.valid & ~judged.where_possible(some) and not judged.valid & ~judged.mask(
                    ("and", *map(ask, some))
                ):
                    answers = sample.case.answers | {key: Answer(FlagValue(True)) for key in some}
                    assert adapter.verdicts(retold(sample, answers=answers))[offering] == "permitted", some


@given(samples())
def test_law_7_questions_are_those_that_change_the_conflict(sample: Sample) -> None:
    for row, judged in pairs(sample):
        asked = {question.fact for question in row.open}
        assert asked <= judged.questions(), (asked, judged.questions())
        if row.verdict.value == "undetermined":
            assert asked


@given(samples())
def test_law_7_every_question_says_what_an_answer_leads_to(sample: Sample) -> None:
    for row, judged in pairs(sample):
        for question in row.open:
            holds = meant(judged, question.fact, question.asks)
            for mask, verdict in ((holds, question.if_yes), (~holds, question.if_no)):
                expected = judged.verdict(only=mask)
                assert expected == (verdict.value if verdict else adapter.NO_COMPLETION), (question, expected)


@given(samples(), dice)
def test_law_7_answering_everything_leaves_readings_only(sample: Sample, dice: Dice) -> None:
    for offering, judged in sample.judged().items():
        if not judged.valid:
            continue
        plan = judged.completion(any_bit(dice, judged.valid))
        told = sample
        while asked := {q.fact for q in adapter.rows(told)[offering].open}:
            asked |= {guard for key in asked for guard in judged.behind(key)}
            said = {key: exactly(judged.rules, key, plan[key]) for key in asked}
            answers = told.case.answers | {key: Answer(value) for key, value in said.items() if value is not None}
            if answers == told.case.answers:
                break
            told = retold(told, answers=answers)
        else:
            assert adapter.rows(told)[offering].verdict.value != "undetermined"


@given(samples())
def test_readings_show_what_each_choice_leads_to(sample: Sample) -> None:
    for row, judged in pairs(sample):
        for reading in row.readings:
            for choice, _, verdict in reading.verdicts:
                assert judged.verdict(only=meant(judged, reading.id, choice)) == verdict.value, (reading, choice)


def answered(judged: Judged, key: str, choice: str) -> Settlement:
    """Counsel's word, as the report says what it may be."""
    kind = judged.rules.fact(key).type.kind
    value = FlagValue(choice == "yes") if kind == "flag" else TermsValue((choice,)) if kind == "one" else None
    return Settlement(key, choice, value=value)


@given(samples())
def test_law_6_contested_shows_two_readings_and_settling_decides(sample: Sample) -> None:
    for row, judged in pairs(sample):
        if row.verdict.value in ("contested", "undetermined"):
            assert {w.conflicts for w in row.witnesses} == {True, False} and len(row.witnesses) == 2
            bad = judged.conflicts(judged.valid)
            best = judged.presumed() & judged.where_possible(judged.safeguards)
            for witness in row.witnesses:
                where = best & (bad if witness.conflicts else ~bad)
                for key, words in witness.answers:
                    where &= meant(judged, key, words)
                assert where, witness
        if row.verdict.value == "contested":
            for choice in range(2):
                settled = [answered(judged, r.id, r.verdicts[choice % len(r.verdicts)][0]) for r in row.readings]
                decided = dataclasses.replace(sample, settlements=(*sample.settlements, *settled))
                verdict = adapter.verdicts(decided)[row.offering]
                assert verdict not in ("contested", "undetermined"), settled


@given(samples())
def test_contradictions_are_permits_and_prohibitions_on_one_topic(sample: Sample) -> None:
    for row, judged in pairs(sample):
        rules = judged.rules.provisions
        expected = {
            frozenset((permit, prohibition))
            for permit, allowed in judged.biting("permit").items()
            for prohibition, forbidden in judged.biting("prohibit").items()
            if allowed & forbidden and {*rules[permit].topics} & {*rules[prohibition].topics}
        }
        assert all(any(pair <= set(shown) for shown in row.contradictions) for pair in expected)
        for shown in row.contradictions:
            assert any(pair <= set(shown) for pair in expected), (shown, expected)


@given(samples())
def test_the_basis_of_permission(sample: Sample) -> None:
    for row, judged in pairs(sample):
        if row.verdict.value == "permitted":
            bites = judged.biting("permit")
            conditional = [mask for p, mask in bites.items() if judged.rules.provisions[p].when != t.Always()]
            everywhere = judged.presumed()
            for mask in conditional:
                everywhere &= ~mask
            assert row.basis.startswith("express") == (not everywhere), row.basis


@given(samples())
def test_reserved_rights_and_standing_duties_are_listed(sample: Sample) -> None:
    for row, judged in pairs(sample):
        assert set(row.reserved) == {p for p, mask in judged.biting("reserve").items() if mask}
        standing = {
            p
            for p, mask in judged.biting("require").items()
            if mask
            and judged.rules.provisions[p].when == t.Always()
            and not any(d.when for d in judged.rules.provisions[p].that)
        }
        assert set(row.standing) == standing


def shown(sample: Sample, rules: Any = None) -> Any:
    """The report as data; None where the use case has no completion."""
    report = adapter.report(sample, rules)
    return report and json.loads(render_json(report))


@given(samples())
def test_law_11_the_cache_never_matters(sample: Sample) -> None:
    built = shown(sample)
    with tempfile.TemporaryDirectory() as folder, mock.patch.dict(os.environ, MAYUSE_CACHE=folder):
        assert shown(sample) == built
        with mock.patch("mayuse.load._build", side_effect=AssertionError("nothing was remembered")):
            assert shown(sample) == built


@given(samples())
def test_law_11_the_solver_never_matters(sample: Sample) -> None:
    """But for the plans that witness an open verdict: any that do will do, and law 6 replays them."""

    def decided() -> Any:
        report = shown(sample)
        for row in report["verdicts"] if report else ():
            row["witnesses"] = bool(row["witnesses"])
        return report

    ours = decided()
    for other in (pysat.solvers.Glucose4, pysat.solvers.Cadical153):
        with mock.patch.object(pysat.solvers, "Minisat22", other):
            assert decided() == ours


SAME = """
import hashlib
from laws import adapter
from laws.plans import from_seed
from mayuse.report.json import render_json
texts = (render_json(report) for report in map(adapter.report, map(from_seed, range(25))) if report)
print(hashlib.sha256("".join(texts).encode()).hexdigest())
"""


def test_law_14_same_input_same_bytes() -> None:
    """Whatever order the hashes of this process give."""
    path = os.pathsep.join(filter(None, sys.path))
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SAME],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1
