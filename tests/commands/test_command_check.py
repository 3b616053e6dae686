"""`mayuse check`: reports, exit codes, and errors that are never a pass."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import mayuse.report
import pytest
from click.testing import Result
from mayuse.report.words import DISCLAIMER
from samples import CLEAN, CONDITIONAL, FULL

Run = Callable[..., Result]
SCHEMA = json.loads((Path(mayuse.report.__file__).parent / "report.schema.json").read_text("utf-8"))


def valid(text: str) -> dict[str, object]:
    """The JSON document, which keeps the schema."""
    document = json.loads(text)
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    return document  # type: ignore[no-any-return]


def test_a_table_with_the_exit_code_of_its_worst_row(run: Run, plan: Path) -> None:
    result = run("check", plan)
    assert result.exit_code == 3, result.output
    assert "acme/api" in result.stdout
    assert "acme/app" not in result.stdout
    assert "discloses-ai" in result.stdout
    assert DISCLAIMER in " ".join(result.stdout.split())


def test_every_offering_or_those_of_a_platform(run: Run, plan: Path) -> None:
    for words in (["--all"], ["--platform", "acme"], ["--platform", "acme-ai"]):
        rows = valid(run("check", plan, "--format", "json", *words).stdout)["verdicts"]
        assert [row["offering"] for row in rows] == ["acme/api", "acme/app"]  # type: ignore[union-attr]


def test_accepting_a_condition_and_exiting_with_zero(run: Run, plan: Path) -> None:
    assert run("check", plan, "--accept", "discloses-ai").exit_code == 0
    assert run("check", plan, "--exit-zero").exit_code == 0


def test_json_from_standard_input(run: Run, plan: Path) -> None:
    result = run("check", "-", "--format", "json", text=plan.read_text("utf-8"))
    document = valid(result.stdout)
    assert document["gate"]["exit_code"] == result.exit_code == 3  # type: ignore[index]
    assert run("check", "-", "--format", "json", text=plan.read_text("utf-8")).stdout == result.stdout


def test_markdown_into_a_file(run: Run, plan: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    result = run("check", plan, "--format", "markdown", "--output", target)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert target.read_text("utf-8").startswith("# Support bot\n")
    assert {one.name for one in tmp_path.iterdir() if one.name.startswith(".")} <= {".cache"}


@pytest.mark.parametrize("width", [60, 80, 160])
@pytest.mark.parametrize("detail", [[], ["--detail"]])
def test_the_table_fits(run: Run, plan: Path, width: int, detail: list[str]) -> None:
    result = run("check", plan, "--all", "--width", width, *detail)
    assert max(map(len, result.stdout.split("\n"))) <= width


def test_options_reach_the_judge(run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, object] = {}

    def judge(rules: object, use_case: object, **given: object) -> object:
        seen.update(given)
        return CLEAN

    monkeypatch.setattr("mayuse.judge.check", judge)
    result = run("check", plan, "--as-of", "2026-01-02", "--max-age", 30, "--accept", "discloses-ai")
    assert result.exit_code == 0
    assert str(seen["as_of"]) == "2026-01-02"
    assert seen["max_age"] == 30
    assert seen["accept"] == ("discloses-ai",)
    assert seen["offerings"] is None


@pytest.mark.parametrize(("report", "code"), [(FULL, 1), (CLEAN, 0)])
def test_the_gate_is_the_exit_code(
    run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch, report: object, code: int
) -> None:
    monkeypatch.setattr("mayuse.judge.check", lambda *_, **__: report)
    assert run("check", plan).exit_code == code
    assert CONDITIONAL.verdict.value == "conditional"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--platform", "acmee"], "did you mean 'acme'"),
        (["--accept", "discloses-ia"], "did you mean 'discloses-ai'"),
        (["--all", "--platform", "acme"], "exclude each other"),
        (["--example", "x"], "one FILE"),
        (["--as-of", "yesterday"], "yesterday"),
        (["--max-age", "-1"], "-1"),
        (["--format", "jsn"], "jsn"),
        (["--readings", "none.yaml"], "none.yaml"),
        (["--output", "no/such/folder/x"], "no/such/folder/x"),
        (["--rules", "no-such-folder"], "no-such-folder"),
    ],
)
def test_a_wrong_option_is_exit_code_2(run: Run, plan: Path, words: list[str], said: str) -> None:
    result = run("check", plan, *words)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert "Traceback" not in result.output


def test_a_wrong_plan_is_exit_code_2_also_with_exit_zero(run: Run, plan: Path) -> None:
    plan.write_text("facts: {purposess: [customer-support]}\n", encoding="utf-8")
    for words in ([], ["--exit-zero"]):
        result = run("check", plan, *words)
        assert result.exit_code == 2
        assert "did you mean 'purposes'" in result.stderr
        assert result.stdout == ""


@pytest.mark.parametrize("form", [["--format", "json"], ["--format=json"]])
def test_errors_are_json_where_json_was_asked_for(run: Run, plan: Path, form: list[str]) -> None:
    plan.write_text("facts: {purposess: [customer-support]}\n", encoding="utf-8")
    result = run("check", plan, *form)
    document = valid(result.stdout)
    assert result.exit_code == 2
    assert document["errors"][0]["line"] == 1  # type: ignore[index]
    assert not document["gate"]["pass"]  # type: ignore[index]


def test_an_older_report_does_not_pass_for_the_errors(run: Run, plan: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    words = ["--format", "json", "--output", target, "--accept", "discloses-ai"]
    run("check", plan, *words)
    assert valid(target.read_text("utf-8"))["gate"]["pass"]  # type: ignore[index]
    plan.write_text("facts: 3\n", encoding="utf-8")
    assert run("check", plan, *words).exit_code == 2
    assert valid(target.read_text("utf-8"))["errors"]


def test_an_internal_error_is_one_line_and_exit_code_2(run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("\x1b[31mx")

    monkeypatch.setattr("mayuse.judge.check", broken)
    result = run("check", plan, "--exit-zero")
    assert result.exit_code == 2
    assert "internal error: KeyError" in result.stderr
    assert "Traceback" not in result.output
    assert "\x1b" not in result.output
    document = valid(run("check", plan, "--format", "json").stdout)
    assert document["errors"][0]["code"] == "M499"  # type: ignore[index]
    monkeypatch.setenv("MAYUSE_TRACEBACK", "1")
    with_trace = run("check", plan)
    assert with_trace.exit_code == 2


def test_examples_are_listed_and_suggested(run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mayuse.commands.check.examples", lambda: {"support-bot": plan})
    assert run("check", "--example", "support-bot").exit_code == 3
    result = run("check", "--example", "suport-bot")
    assert result.exit_code == 2
    assert "did you mean 'support-bot'? the examples are support-bot" in result.stderr


def test_nothing_to_check_is_a_usage_error(run: Run) -> None:
    result = run("check")
    assert result.exit_code == 2
    assert "--example NAME" in result.stderr


def test_a_reader_that_stops_reading_changes_no_exit_code(plan: Path) -> None:
    rules = plan.parent / "rules"
    code = (
        "import mayuse.load as load, pathlib, sys\n"
        "rules = pathlib.Path(sys.argv.pop())\n"
        "load.shipped_folder = lambda: rules\n"
        "from mayuse.commands.main import main\n"
        "sys.stdout.flush()\n"
        "main()\n"
    )
    read, write = os.pipe()
    os.close(read)
    words = [sys.executable, "-c", code, "check", str(plan), "--detail", str(rules)]
    with os.fdopen(write) as closed:
        done = subprocess.run(words, stdout=closed, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 3, done.stderr
    assert done.stderr == ""


def test_output_keeps_permissions_and_follows_links(run: Run, plan: Path, tmp_path: Path) -> None:
    target = tmp_path / "real.txt"
    target.write_text("old")
    target.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    run("check", plan, "--output", link)
    assert link.is_symlink()
    assert "Support bot" in target.read_text("utf-8")
    assert target.stat().st_mode & 0o777 == 0o640


def test_several_files_are_all_checked_and_the_worst_decides(run: Run, plan: Path) -> None:
    fine, refused, broken = (plan.with_name(name) for name in ("fine.yaml", "refused.yaml", "broken.yaml"))
    fine.write_text("platforms: [acme/app]\nfacts: {purposes: [], improves-model: no}\n", encoding="utf-8")
    refused.write_text(
        "platforms: [acme/api]\nfacts: {purposes: [mass-watching], improves-model: no}\n", encoding="utf-8"
    )
    broken.write_text("facts: {purposess: []}\n", encoding="utf-8")
    for files, code in (([fine, plan], 3), ([fine, refused, plan], 1), ([broken, refused], 2), ([fine, broken], 2)):
        result = run("check", *files)
        assert result.exit_code == code, result.output
        assert run("check", "--exit-zero", *files).exit_code == (2 if code == 2 else 0)
    result = run("check", broken, fine)
    assert "did you mean 'purposes'" in result.stderr
    assert "broken.yaml: not checked" in result.stdout and "acme/app" in result.stdout
    lines = [json.loads(line) for line in run("check", plan, fine, "--format", "jsonl").stdout.splitlines()]
    assert [line["case"]["file"] for line in lines] == [str(plan), str(fine)]


@pytest.mark.parametrize("format_", ["json"])
def test_a_format_about_one_plan_refuses_several(run: Run, plan: Path, format_: str) -> None:
    result = run("check", plan, plan, "--format", format_)
    assert result.exit_code == 2
    assert "M411" in result.stderr and "jsonl" in result.stderr


@pytest.mark.parametrize("format_", ["json", "jsonl", "sarif", "junit", "github", "csv"])
def test_errors_are_in_the_format_that_was_asked_for(run: Run, plan: Path, format_: str) -> None:
    plan.write_text("facts: {purposess: [customer-support]}\n", encoding="utf-8")
    for words in (["--exit-zero"], ["--as-of", "never"]):
        result = run("check", plan, f"--format={format_}", *words)
        assert result.exit_code == 2
        assert ("M230" if words == ["--exit-zero"] else "M400") in result.stdout and "error[" in result.stderr


def test_a_baseline_fails_only_for_what_is_new(run: Run, plan: Path, tmp_path: Path) -> None:
    base = tmp_path / "base.json"
    assert run("check", plan, "--format", "json", "-o", base).exit_code == 3
    same = run("check", plan, "--baseline", base)
    assert same.exit_code == 0
    assert "conditional, in the baseline" in same.stdout and "The plan is the same file" in same.stdout
    plan.write_text(plan.read_text("utf-8").replace("[customer-support]", "[mass-watching]"), encoding="utf-8")
    worse = run("check", plan, "--baseline", base, "--format", "json")
    assert worse.exit_code == 1
    gate = valid(worse.stdout)["gate"]
    assert gate["baseline"]["changed_answers"] == ["purposes"]  # type: ignore[index]
    assert gate["baseline"]["rows"][0]["state"] == "worse"  # type: ignore[index]


def test_what_is_no_baseline_is_exit_code_2(run: Run, plan: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "base.json"
    foreign.write_text("{}", encoding="utf-8")
    for file, code in ((tmp_path / "none.json", "M409"), (tmp_path, "M409"), (foreign, "M410"), (plan, "M410")):
        result = run("check", plan, "--baseline", file, "--exit-zero")
        assert result.exit_code == 2 and code in result.stderr, result.output
    foreign.write_bytes(b"\xff")
    assert "M409" in run("check", plan, "--baseline", foreign).stderr
    assert "one FILE" in run("check", plan, plan, "--baseline", foreign).stderr


USES = """
name: Two uses
facts: {purposes: [], improves-model: no}
uses:
  - {name: first, offering: acme/app}
  - {name: second, offering: acme/api}
"""


def test_alternatives_of_a_plan_with_uses_are_refused_file_by_file(run: Run, plan: Path) -> None:
    chain, card = plan.with_name("chain.yaml"), plan.with_name("README.md")
    chain.write_text(USES, encoding="utf-8")
    card.write_text("---\nlicense: acme-ai\n---\n", encoding="utf-8")
    assert run("check", chain).exit_code == 0
    assert run("check", chain, plan).exit_code == 3
    for words in (["--platform", "acme"], ["--all"], ["--model-card", card]):
        alone = run("check", chain, *words, "--exit-zero")
        assert alone.exit_code == 2 and "M408" in alone.stderr and str(words[0]) in alone.stderr
        both = run("check", chain, plan, *words, "--format", "jsonl", "--exit-zero")
        assert both.exit_code == 2 and both.stderr.count("M408") == 1
        first, *others = [json.loads(line) for line in both.stdout.splitlines()]
        assert first["errors"][0]["code"] == "M408" and first["case"]["file"] == str(chain)
        assert others and {one["case"]["file"] for one in others} == {str(plan)}


def test_a_model_card_holds_for_each_of_several_files(run: Run, plan: Path) -> None:
    card = plan.with_name("README.md")
    card.write_text("---\nlicense: nobodys-licence\n---\n", encoding="utf-8")
    result = run("check", plan, plan, "--model-card", card, "--format", "csv")
    assert result.exit_code == 4 and result.stderr.count("shown as not covered") == 1
    assert result.stdout.count(",not covered,") == 2
