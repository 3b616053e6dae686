"""Plans with uses, and waivers, in every format: the plan as a whole is a row, and what is waived is shown and never
cleaner than it is."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from checks import check_all, csv_rows, github, jsonl_rows, junit, sarif
from html_checks import matrix, page, text_of
from mayuse.judge import check
from mayuse.judge.baseline import Baseline, against
from mayuse.judge.model import Gate, Report, Verdict
from mayuse.load import load_rules
from mayuse.report import FORMATS
from mayuse.report.earlier import read_baseline
from mayuse.report.json import render_json
from mayuse.usecase import read_use_case
from samples import CHAIN, CONDITIONAL, CONFLICT, TOGETHER, WAIVER, finding

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
PLAN = (EXAMPLES / "own-model.yaml").read_text("utf-8")
WHOLE = "all uses together"


@pytest.fixture(scope="module")
def rules():
    return load_rules(EXAMPLES)


@pytest.fixture(scope="module")
def waived(rules) -> Report:
    """A plan that the gate lets through by a waiver alone."""
    return judged(rules, PLAN)


def judged(rules, text: str, **given: object) -> Report:
    return check(rules, read_use_case(rules, text, "plans/own-model.yaml"), **given)  # type: ignore[arg-type]


def without_waiver(text: str) -> str:
    return text[: text.index("waivers:")]


def earlier(report: Report) -> Baseline:
    found = read_baseline(render_json(report))
    assert isinstance(found, Baseline), found
    return found


def since(now: Report, before: Report) -> dict[str, tuple[str, bool]]:
    compared = against(now, earlier(before)).gate.baseline
    assert compared is not None
    return {one.row: (one.state, one.kept) for one in compared.rows}


def test_a_whole_example_is_valid_in_every_format(rules, waived: Report) -> None:
    for report in (waived, judged(rules, without_waiver(PLAN)), judged(rules, PLAN, as_of=datetime.date(2027, 1, 1))):
        check_all(FORMATS, report)
        page(report)


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_shows_the_plan_and_its_waivers(format_: str, waived: Report) -> None:
    for report in (waived, CHAIN):
        text = " ".join(FORMATS[format_](report, 160).split())
        for words in (WHOLE, "The contract of May is being signed.", "J. Doe", "2027-01-01"):
            assert words in text
    assert "@#" not in FORMATS["table"](CHAIN) + FORMATS["csv"](CHAIN) + FORMATS["html"](CHAIN) + FORMATS["github"](
        CHAIN
    )


def test_sarif_keeps_what_is_waived_and_marks_it(waived: Report) -> None:
    (run,) = sarif(FORMATS["sarif"](waived), waived)
    teacher, plan = run["results"]
    assert waived.gate.exit_code == 0
    for one in (teacher, plan):
        assert (one["kind"], one["level"]) == ("fail", "error")
        (mark,) = one["suppressions"]
        assert mark["kind"] == "external"
        assert mark["justification"] == "waived: The contract of May is being signed. (J. Doe), until 2027-01-01"
    assert plan["ruleId"] == "mayuse/all-uses-together"
    assert plan["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == WHOLE
    assert teacher["partialFingerprints"] != plan["partialFingerprints"]


def test_sarif_is_not_clean_where_waivers_do_not_suffice() -> None:
    """What is left after waivers has a result that nothing suppresses."""
    (run,) = sarif(FORMATS["sarif"](CHAIN), CHAIN)
    plan = [one for one in run["results"] if one["ruleId"] == "mayuse/all-uses-together"]
    assert len(plan) == 1 and "suppressions" not in plan[0]
    other = finding("epic-games/program/other", "Another", effect="needs approval")
    row = replace(CONFLICT, after_waivers=Verdict.NEEDS_APPROVAL)
    for findings, left in (((*row.findings, other), other.provision), (row.findings, "mayuse/needs-approval")):
        gate = Gate(1, "worst of the rows shown", (row.name,), ())
        report = replace(CHAIN, verdicts=(replace(row, findings=findings),), plan=None, gate=gate)
        (run,) = sarif(FORMATS["sarif"](report), report)
        first, second = run["results"]
        assert first["suppressions"] and "suppressions" not in second
        assert second["ruleId"] == left and second["kind"] == "fail"


def test_a_waiver_that_has_lapsed_suppresses_nothing(rules) -> None:
    late = judged(rules, PLAN, as_of=datetime.date(2027, 1, 1))
    assert late.gate.blocking == ("teacher: acme/api", WHOLE)
    (run,) = sarif(FORMATS["sarif"](late), late)
    assert all("suppressions" not in one for one in run["results"])
    level, _, message = github(FORMATS["github"](late), late)[0]
    assert level == "error" and "expired on 2027-01-01" in message
    assert [row["gate"] for row in csv_rows(FORMATS["csv"](late), late)] == ["refused", "permitted", "refused"]


def test_junit_has_a_suite_for_the_plan(waived: Report) -> None:
    root = junit(FORMATS["junit"](waived), waived)
    assert [suite.get("name") for suite in root.iter("testsuite")] == ["acme", WHOLE]
    case = root.findall("testsuite")[1].find("testcase")
    assert case is not None and [child.tag for child in case] == ["system-out"]
    assert "needs approval (after waivers: permitted)" in str(case.findtext("system-out"))
    assert "Waiver of acme/terms/rival-training" in str(case.findtext("system-out"))
    names = {one.get("name") for one in root.iter("property")}
    assert "waiver of acme/terms/rival-training" in names
    assert junit(FORMATS["junit"](CHAIN), CHAIN).get("failures") == "2"


def test_github_warns_of_what_only_a_waiver_lets_through(waived: Report) -> None:
    first, second, third = github(FORMATS["github"](waived), waived)
    assert [one[0] for one in (first, second, third)] == ["warning", "notice", "warning"]
    assert first[1]["title"] == "teacher: acme/api: needs approval (after waivers: permitted)"
    assert "Waiver of acme/terms/rival-training" in first[2] and "Waiver of acme/terms/rival-training" in third[2]


def test_rows_for_programs_name_the_plan(waived: Report) -> None:
    rows = csv_rows(FORMATS["csv"](waived), waived)
    assert [(row["use"], row["offering"], row["gate"], row["after_waivers"]) for row in rows] == [
        ("teacher", "acme/api", "waived", "permitted"),
        ("checker", "acme/api", "permitted", "permitted"),
        ("", "", "waived", "permitted"),
    ]
    assert rows[-1]["title"] == WHOLE
    lines = jsonl_rows(FORMATS["jsonl"](waived), waived)
    assert lines[-1]["verdict"] is None and lines[-1]["plan"]["verdict"] == "needs approval"


def test_the_page_has_the_plan_and_the_waivers(waived: Report) -> None:
    root = page(CHAIN)
    assert matrix(root)[-1][0].startswith(WHOLE) and "after waivers: conditional" in matrix(root)[-1][1]
    for id_, words in (
        ("plan", "as teacher alone"),
        ("waivers", "The contract of May is being signed."),
        ("waivers", "expired"),
        ("conditions", "human-review (base)"),
        ("open", "serves-minors (teacher)"),
    ):
        assert words in text_of(root.find(f".//section[@id='{id_}']"))
    assert "after waivers: permitted" in text_of(page(waived).find(".//section[@id='verdicts']"))


def test_conditions_of_a_use_are_accepted_by_the_name_of_the_safeguard() -> None:
    root = page(replace(CHAIN, gate=replace(CHAIN.gate, accepted=("human-review",))))
    assert text_of(root.find(".//section[@id='conditions']")).count("accepted") == 1


def test_what_is_waived_and_then_accepted_passes_and_says_both() -> None:
    row = replace(CONDITIONAL, verdict=Verdict.CONFLICT, after_waivers=Verdict.CONDITIONAL)
    waiver = replace(WAIVER, provision="deepseek/terms/four", rows=(row.name,))
    gate = Gate(0, "worst of the rows shown", (), ("discloses-ai",))
    report = replace(CHAIN, verdicts=(row,), plan=None, waivers=(waiver,), gate=gate)
    check_all(FORMATS, report)
    (run,) = sarif(FORMATS["sarif"](report), report)
    assert all(len(one["suppressions"]) == 2 for one in run["results"])
    assert "accepted: discloses-ai" in FORMATS["junit"](report)


def test_the_plan_is_held_against_the_baseline(rules, waived: Report) -> None:
    plain = judged(rules, without_waiver(PLAN))
    assert plain.gate.exit_code == 1
    same = against(plain, earlier(plain))
    assert same.gate.exit_code == 0 and same.plan == plain.plan
    assert since(plain, plain) == {
        "teacher: acme/api": ("unchanged", True),
        "checker: acme/api": ("unchanged", False),
        WHOLE: ("unchanged", True),
    }
    check_all(FORMATS, same)
    page(same)
    alone = judged(rules, without_waiver(PLAN)[: PLAN.index("uses:")] + "  learns-from: []\nplatforms: [acme/api]\n")
    gone = against(alone, earlier(plain)).gate.baseline
    assert gone is not None and gone.gone == ("teacher: acme/api", "checker: acme/api", WHOLE)


def test_a_new_waiver_makes_no_row_worse_and_a_lapsed_one_does(rules, waived: Report) -> None:
    plain = judged(rules, without_waiver(PLAN))
    assert since(waived, plain)[WHOLE] == since(waived, plain)["teacher: acme/api"] == ("better", False)
    assert against(waived, earlier(plain)).gate.exit_code == 0
    lapsed = against(plain, earlier(waived))
    assert lapsed.gate.exit_code == 1 and lapsed.gate.blocking == ("teacher: acme/api", WHOLE)
    assert lapsed.gate.baseline is not None
    teacher = lapsed.gate.baseline.rows[0]
    assert teacher.state == "worse" and teacher.new == (("provision", "acme/terms/rival-training"),)
    text = " ".join(FORMATS["table"](lapsed, 160).split())
    assert (
        "worse: needs approval (after waivers: permitted) became needs approval, by acme/terms/rival-training" in text
    )


def test_a_baseline_knows_what_decides_the_uses_of_a_plan() -> None:
    before = replace(CHAIN, waivers=(), plan=replace(TOGETHER, after_waivers=None))
    before = replace(before, verdicts=tuple(replace(row, after_waivers=None) for row in before.verdicts))
    before = replace(before, gate=replace(CHAIN.gate, blocking=(*(row.name for row in before.verdicts), WHOLE)))
    assert set(since(before, before).values()) == {("unchanged", True)}
    first, second = before.verdicts
    fresh = replace(before, verdicts=(replace(first, findings=(finding("n/e/w", "New"),)), second))
    assert since(fresh, before)[WHOLE] == ("changed", False)
    more = replace(before, plan=replace(TOGETHER, after_waivers=None, conditions=TOGETHER.conditions))
    fewer = replace(
        before, plan=replace(TOGETHER, after_waivers=None, conditions=TOGETHER.conditions[1:], alternatives=())
    )
    assert since(more, fewer)[WHOLE] == ("changed", False) and since(fewer, more)[WHOLE] == ("unchanged", True)
