"""A baseline changes the gate and no verdict, lets through only what was there, and hides nothing."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from checks import check_all, csv_rows, junit, sarif
from hypothesis import given, settings, strategies as st
from mayuse.judge.baseline import Baseline, against
from mayuse.judge.gate import EXIT_CODES, gate
from mayuse.judge.model import OfferingVerdict, Report, Verdict
from mayuse.report import FORMATS
from mayuse.report.earlier import read_baseline
from mayuse.report.json import errors_json, render_json
from samples import CONDITIONAL, CONFLICT, CONTESTED, FULL, NOT_COVERED, ROWS, SAMPLES, coverage, finding


def gated(*rows: OfferingVerdict) -> Report:
    """A report with the gate that these rows have."""
    return replace(
        FULL, verdicts=rows, gate=gate([(row.name, row.verdict) for row in rows], (), "worst of the rows shown")
    )


def earlier(report: Report) -> Baseline:
    found = read_baseline(render_json(report))
    assert isinstance(found, Baseline), found
    return found


def states(now: Report, before: Report) -> list[tuple[str, bool]]:
    compared = against(now, earlier(before)).gate.baseline
    assert compared is not None
    return [(one.state, one.kept) for one in compared.rows]


ALL = gated(*ROWS)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_report_is_its_own_baseline(name: str) -> None:
    report = SAMPLES[name]
    same = against(report, earlier(report))
    assert same.gate.exit_code == (0 if report.verdicts else report.gate.exit_code)
    assert same.gate.blocking == ()
    assert same.verdicts == report.verdicts


def test_what_is_kept_is_shown_in_every_format() -> None:
    kept = against(ALL, earlier(ALL))
    check_all(FORMATS, kept)
    for format_ in FORMATS:
        text = FORMATS[format_](kept, 80)
        for row in ROWS:
            assert row.offering in text and row.verdict.value in text
    for format_ in ("table", "markdown", "github", "junit", "csv", "jsonl"):
        assert "in the baseline" in " ".join(FORMATS[format_](kept, 80).split())
    root = junit(FORMATS["junit"](kept), kept)
    assert sum(case.find("skipped") is not None for case in root.iter("testcase")) == len(ROWS) - 1
    (run,) = sarif(FORMATS["sarif"](kept), kept)
    assert {one["baselineState"] for one in run["results"]} == {"unchanged"}
    assert [row["gate"] for row in csv_rows(FORMATS["csv"](kept), kept)].count("in the baseline") == len(ROWS) - 1


def test_a_new_row_fails() -> None:
    now = against(ALL, earlier(gated(*ROWS[:-1])))
    assert (now.gate.exit_code, now.gate.blocking) == (1, (CONFLICT.offering,))
    assert states(ALL, gated(*ROWS[:-1]))[-1] == ("new", False)
    gone = against(gated(*ROWS[:-1]), earlier(ALL)).gate.baseline
    assert gone is not None and gone.gone == (CONFLICT.offering,)


def test_what_decides_it_counts_and_not_how_it_is_put() -> None:
    one = finding("a/b/c", "T")
    before = gated(replace(CONFLICT, findings=(one,)))

    def now(**changes: object) -> list[tuple[str, bool]]:
        return states(gated(replace(CONFLICT, findings=(replace(one, **changes),))), before)

    assert now(title="Put otherwise", evidence="gone") == [("unchanged", True)]
    assert now(hash="other") == [("changed", False)]
    assert now(provision="a/b/d") == [("changed", False)]
    more = gated(replace(CONFLICT, findings=(one, finding("a/b/d", "U"))))
    assert states(more, before) == [("changed", False)] and states(before, more) == [("unchanged", True)]


def test_a_better_row_is_kept_and_one_decided_otherwise_is_not() -> None:
    clause = CONDITIONAL.findings or (finding("a/b/c", "T", effect="conditional"),)
    was = replace(CONFLICT, offering=CONDITIONAL.offering, findings=(finding("x/y/z", "X"), *clause))
    now = replace(CONDITIONAL, findings=clause, coverage=was.coverage)
    assert states(gated(now), gated(was)) == [("better", True)]
    fresh = replace(now, findings=(finding("n/e/w", "New", effect="conditional"),))
    assert states(gated(fresh), gated(was)) == [("changed", False)]


def test_conditions_readings_and_gaps_count() -> None:
    fewer = replace(CONDITIONAL, conditions=CONDITIONAL.conditions[:1], alternatives=())
    assert states(gated(CONDITIONAL), gated(fewer)) == [("changed", False)]
    assert states(gated(fewer), gated(CONDITIONAL)) == [("unchanged", True)]
    other = replace(CONTESTED, readings=(replace(CONTESTED.readings[0], id="other/reading", matters=True),))
    assert states(gated(other), gated(CONTESTED)) == [("changed", False)]
    gap = replace(NOT_COVERED, coverage=(*NOT_COVERED.coverage, coverage("runway/more", "More", missing="the text")))
    assert states(gated(gap), gated(NOT_COVERED)) == [("changed", False)]


def test_another_plan_is_said() -> None:
    changed = replace(ALL, case_sha256="34" * 32, facts=ALL.facts[1:])
    compared = against(changed, earlier(ALL)).gate.baseline
    assert compared is not None and not compared.same_case and compared.changed_answers == ("purposes",)
    text = " ".join(FORMATS["table"](against(changed, earlier(ALL)), 160).split())
    assert "The plan's answers have changed: purposes; the rules are the same" in text
    edited = against(replace(ALL, case_sha256="34" * 32), earlier(ALL))
    assert "file has changed, its answers have not" in " ".join(FORMATS["markdown"](edited).split())


rows = st.lists(
    st.builds(
        lambda row, verdict, hash_, name: replace(
            row,
            offering=f"p/{name}",
            verdict=verdict,
            findings=tuple(replace(f, hash=hash_, effect=verdict.value) for f in row.findings),
        ),
        st.sampled_from(ROWS),
        st.sampled_from(Verdict),
        st.sampled_from(("a", "b")),
        st.sampled_from("abcd"),
    ),
    unique_by=lambda row: row.offering,
    max_size=4,
)


@settings(max_examples=200, deadline=None)
@given(rows, rows)
def test_a_baseline_is_never_kinder_than_what_was_there(
    now: list[OfferingVerdict], before: list[OfferingVerdict]
) -> None:
    plain, held = gated(*now), against(gated(*now), earlier(gated(*before)))
    old = {row.offering: row for row in before}
    assert held.verdicts == plain.verdicts and set(held.gate.blocking) <= set(plain.gate.blocking)
    for row in now:
        name = row.offering
        if name in plain.gate.blocking and name not in held.gate.blocking:
            assert name in old and row.verdict.rank <= old[name].verdict.rank
        elif name in plain.gate.blocking:
            assert held.gate.exit_code != 0
    worst = max((r.verdict for r in now if r.offering in held.gate.blocking), key=lambda v: v.rank, default=None)
    assert held.gate.exit_code == (EXIT_CODES[worst] if worst else 0 if now else 4)
    json.loads(render_json(held))


WHOLE = json.loads(render_json(ALL))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a report"),
        ('{"version": "2.1.0", "runs": []}', "not a report"),
        (json.dumps({**WHOLE, "schema": 2}), "schema number"),
        (json.dumps({**WHOLE, "schema": True}), "schema number"),
        (json.dumps(errors_json([], "0.1.0")), "'as_of'"),
        (json.dumps({**WHOLE, "errors": [{}]}), "could not be checked"),
        (json.dumps({**WHOLE, "as_of": "2026-13-45"}), "'as_of'"),
        (json.dumps({**WHOLE, "verdicts": [{}]}), "'verdicts"),
        (json.dumps({**WHOLE, "verdicts": {}}), "'verdicts'"),
        (json.dumps({**WHOLE, "verdicts": [{**WHOLE["verdicts"][0], "verdict": "fine"}]}), "verdict'"),
        (json.dumps({**WHOLE, "verdicts": [{**WHOLE["verdicts"][0], "findings": [3]}]}), "findings"),
        (json.dumps({**WHOLE, "case": None}), "'case'"),
    ],
)
def test_what_is_no_baseline_is_refused(text: str, why: str) -> None:
    found = read_baseline(text)
    assert isinstance(found, str) and why in found


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_no_json_crashes_the_reader(data: st.DataObject) -> None:
    junk = st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=3), lambda x: st.lists(x, max_size=2)
    )
    key = data.draw(st.sampled_from(sorted(WHOLE)))
    read_baseline(json.dumps({**WHOLE, key: data.draw(junk)}))
    row = {**WHOLE["verdicts"][1]}
    row[data.draw(st.sampled_from(sorted(row)))] = data.draw(junk)
    read_baseline(json.dumps({**WHOLE, "verdicts": [row]}))
