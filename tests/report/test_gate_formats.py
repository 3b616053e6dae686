"""SARIF, JUnit, GitHub's commands, CSV and JSON Lines: valid by their own standards, with every row, whatever it says."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from checks import CHECKS, check_all, csv_rows, github, jsonl_rows, junit, sarif
from hypothesis import given, settings, strategies as st
from mayuse.judge.model import FactShown, Gate, Report, Verdict
from mayuse.language.diagnostics import Diagnostic
from mayuse.language.tree import Span
from mayuse.report import FAILED, FORMATS, JOINED
from mayuse.report.rows import Failure
from mayuse.report.rowwise import COLUMNS, cell
from samples import CLEAN, CONDITIONAL, CONFLICT, FULL, SAMPLES, finding, poisoned

PLACE = Span("plans/a b.yaml", 4, 13, 4, 24)
PLACED = replace(
    FULL,
    case_file="plans/a b.yaml",
    verdicts=(
        replace(
            CONFLICT,
            findings=(
                finding(
                    "epic-games/program/own", "No own", facts=(FactShown("purposes", "?", "given", "[x]", None, PLACE),)
                ),
            ),
        ),
    ),
)
BROKEN = Failure(
    "plans/bad.yaml",
    (
        Diagnostic("M230", "unknown fact 'x,y: 100%'", Span("plans/bad.yaml", 3, 5, 3, 8), "did you mean 'z'?"),
        Diagnostic("M400", "no {place} at all ](x)"),
    ),
    "0.1.0",
)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_valid_and_whole(name: str) -> None:
    check_all(FORMATS, SAMPLES[name])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_a_format(text: str) -> None:
    check_all(FORMATS, replace(poisoned(text), case_file=text or None))


def test_a_result_stands_at_the_answer_that_decides() -> None:
    (run,) = sarif(FORMATS["sarif"](PLACED), PLACED)
    (result,) = run["results"]
    assert result["kind"] == "fail" and result["ruleId"] == "epic-games/program/own"
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "plans/a%20b.yaml"},
        "region": {"startLine": 4, "startColumn": 13, "endLine": 4, "endColumn": 24},
    }
    assert run["artifacts"][0]["hashes"] == {"sha-256": FULL.case_sha256}
    (level, properties, _), *_ = github(FORMATS["github"](PLACED), PLACED)
    assert level == "error" and properties["file"] == "plans/a b.yaml"
    assert (properties["line"], properties["col"], properties["endColumn"]) == ("4", "13", "23")


def test_a_plan_from_standard_input_has_no_file() -> None:
    piped = replace(FULL, case_file="<stdin>")
    for run in sarif(FORMATS["sarif"](piped), piped):
        assert "artifacts" not in run and "physicalLocation" not in json.dumps(run)
    assert "file=" not in FORMATS["github"](piped)


def test_what_passes_is_a_result_only_with_detail() -> None:
    (short,), (long,) = (sarif(FORMATS["sarif"](CLEAN, detail=detail), CLEAN) for detail in (False, True))
    assert short["results"] == []
    assert {one["kind"] for one in long["results"]} == {"pass"}
    assert long["results"][0]["ruleId"] == "deepseek/r1/grant"


def test_fingerprints_change_with_the_clause_and_not_with_our_words() -> None:
    def prints(report: Report) -> list[str]:
        (run,) = sarif(FORMATS["sarif"](report), report)
        return [one["partialFingerprints"]["rowProvision/v1"] for one in run["results"]]

    def found(**changes: object) -> Report:
        return replace(PLACED, verdicts=(replace(CONFLICT, findings=(replace(finding("a/b/c", "T"), **changes),)),))

    said = prints(found())
    assert prints(found(title="Other words", evidence="moved", notes=())) == said
    assert prints(found(hash="other")) != said
    assert prints(found(provision="a/b/d")) != said
    other = replace(found(), verdicts=(replace(found().verdicts[0], offering="epic-games/other"),))
    assert prints(other) != said


def test_a_row_that_nothing_decides_is_not_lost() -> None:
    for verdict in Verdict:
        bare = replace(CLEAN, verdicts=(replace(CONFLICT, verdict=verdict, findings=()),))
        (run,) = sarif(FORMATS["sarif"](bare, detail=True), bare)
        assert [one["ruleId"] for one in run["results"]] == [f"mayuse/{verdict.value.replace(' ', '-')}"]


def test_accepted_conditions_pass_and_are_marked() -> None:
    gate = Gate(0, "worst of the rows shown", (), ("discloses-ai", "binds-users"))
    accepted = replace(CLEAN, verdicts=(CONDITIONAL,), gate=gate)
    refused = replace(accepted, gate=replace(gate, exit_code=3, blocking=("deepseek/api",)))
    assert junit(FORMATS["junit"](accepted), accepted).get("failures") == "0"
    assert junit(FORMATS["junit"](refused), refused).get("failures") == "1"
    assert [r["gate"] for r in csv_rows(FORMATS["csv"](accepted), accepted)] == ["accepted"]
    assert [r["gate"] for r in jsonl_rows(FORMATS["jsonl"](refused), refused)] == ["conditional"]
    (run,) = sarif(FORMATS["sarif"](accepted), accepted)
    assert run["results"][0]["suppressions"][0]["status"] == "accepted"
    assert "(accepted)" in FORMATS["github"](accepted)


def test_the_outcomes_of_junit() -> None:
    tags = {}
    for verdict in Verdict:
        one = SAMPLES[verdict.value]
        case = next(junit(FORMATS["junit"](one), one).iter("testcase"))
        tags[verdict.value] = next((child.tag for child in case if child.tag != "system-out"), "pass")
    assert tags == {
        "permitted": "pass",
        "conditional": "failure",
        "not covered": "error",
        "contested": "error",
        "undetermined": "error",
        "needs approval": "failure",
        "conflict": "failure",
    }


@pytest.mark.parametrize("format_", CHECKS)
def test_no_row_at_all_is_no_pass(format_: str) -> None:
    text = FORMATS[format_](SAMPLES["empty"])
    found = CHECKS[format_](text, SAMPLES["empty"])
    match format_:
        case "junit":
            assert found.get("errors") == "1"
        case "github":
            assert found[0][0] == "warning"
        case "csv" | "jsonl":
            assert found[0]["gate"] == "open"


@pytest.mark.parametrize("format_", sorted({*JOINED, *FAILED}))
def test_a_plan_that_could_not_be_checked(format_: str) -> None:
    if format_ in FAILED:
        text = FAILED[format_]([BROKEN])
        assert "M230" in text and "M400" in text
        match format_:
            case "sarif":
                CHECKS["sarif"].__globals__["sarif_schema"]().validate(json.loads(text))
                (run,) = json.loads(text)["runs"]
                (invocation,) = run["invocations"]
                assert invocation["executionSuccessful"] is False and invocation["exitCode"] == 2
                first, second = invocation["toolExecutionNotifications"]
                assert first["locations"][0]["physicalLocation"]["region"]["startLine"] == 3
                assert "{{place}}" in second["message"]["text"] and "](x)" not in second["message"]["text"]
                assert [one["kind"] for one in run["results"]] == ["open"]
            case "junit":
                assert junit(text).get("errors") == "1"
            case "github":
                assert "line=3" in text and "100%25" in text
            case "csv":
                assert {row["verdict"] for row in csv_rows(text)} == {"error"}
            case "jsonl":
                assert jsonl_rows(text)[0]["errors"][0]["code"] == "M230"
    if format_ in JOINED:
        text = JOINED[format_]([FULL, BROKEN, replace(CLEAN, case_file="plans/c.yaml")])
        assert "bad.yaml" in text and "deepseek/r1-weights" in text


@pytest.mark.parametrize("format_", CHECKS)
def test_several_plans_in_one_document(format_: str) -> None:
    reports = (PLACED, replace(FULL, case_file="plans/b.yaml"), replace(CLEAN, case_file="plans/c.yaml"))
    CHECKS[format_](JOINED[format_](reports), *reports)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("  =1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("＝1", "'＝1"),
        ("a;=1+1", "a;'=1+1"),
        ("-", "-"),
        ("a=b; c-d", "a=b; c-d"),
    ],
)
def test_no_cell_is_a_formula(text: str, shown: str) -> None:
    assert cell(text) == shown


def test_the_header_of_the_csv_is_documented() -> None:
    assert FORMATS["csv"](FULL).partition("\r\n")[0] == ",".join(COLUMNS)
    page = (Path(__file__).parents[2] / "docs" / "gates.md").read_text("utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    assert set(COLUMNS) <= {name for row in rows for name in re.findall("`([a-z_0-9]+)`", row)}
