"""`mayuse explain FILE`: plans and names told apart, what narrows, what is refused, the three formats."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import mayuse.report
from click.testing import Result

SCHEMA = json.loads((Path(mayuse.report.__file__).parent / "explanation.schema.json").read_text("utf-8"))
Run = Callable[..., Result]


def test_a_file_is_a_plan_and_a_name_is_a_name(run: Run, plan: Path, tmp_path: Path) -> None:
    shown = run("explain", plan, "--width", "300")
    assert shown.exit_code == 0 and shown.output.startswith(f"Plan: Support bot ({plan}). As of 2026-11-23.\n")
    assert "acme/api (Acme API): conditional" in shown.output
    named = run("explain", "rivals")
    assert named.exit_code == 0 and named.output.startswith("provision acme/terms/rivals")
    bare = tmp_path / "plan-without-ending"
    bare.write_text(plan.read_text())
    assert run("explain", bare).output.startswith("Plan: Support bot")


def test_standard_input(run: Run, plan: Path) -> None:
    shown = run("explain", "-", "--platform", "acme/app", text=plan.read_text())
    assert shown.exit_code == 0 and "acme/app (Acme App)" in shown.output and "acme/api (" not in shown.output


def test_exit_code_is_zero_whatever_the_verdict(run: Run, plan: Path) -> None:
    text = plan.read_text().replace("[customer-support]", "[mass-watching]")
    shown = run("explain", "-", text=text)
    assert shown.exit_code == 0 and "acme/api (Acme API): conflict" in shown.output
    assert "another plan: the verdict would be" in " ".join(shown.output.split())


def test_a_plan_that_is_not_there_is_an_error(run: Run, plan: Path) -> None:
    for name in ("none.yaml", "none.yml"):
        shown = run("explain", name)
        assert shown.exit_code == 2 and "error[M2" in shown.stderr, shown.stderr


def test_provision_narrows(run: Run, plan: Path) -> None:
    shown = run("explain", plan, "--provision", "rivals", "--width", "200").output
    assert "Only about the clause acme/terms/rivals." in shown
    assert "clause: acme/terms/rivals (forbids)" in shown and "acme/terms/label" not in shown
    assert "applies: no" in shown and "“makes model”, a definition" in shown
    assert "exception: the permission “Research is allowed” [acme/terms/research]" in shown
    absent = run("explain", plan, "--provision", "app-terms/use", "--width", "200").output
    assert "acme/app-terms/use is not among its clauses: Acme App Terms does not govern Acme API" in absent


def test_what_the_rules_do_not_know_is_refused(run: Run, plan: Path) -> None:
    for option, value in (("--provision", "rivls"), ("--platform", "acm")):
        shown = run("explain", plan, option, value)
        assert shown.exit_code == 2 and "error[M404]" in shown.stderr and "did you mean" in shown.stderr


def test_a_short_name_of_two_clauses_is_refused(run: Run, plan: Path) -> None:
    app = plan.parent / "rules" / "acme" / "app-terms.rules"
    app.write_text(app.read_text().replace("permit use", "permit stop"))
    shown = run("explain", plan, "--provision", "stop")
    assert shown.exit_code == 2 and "error[M403]" in shown.stderr and "acme/app-terms/stop" in shown.stderr


def test_options_of_plans_are_refused_for_names(run: Run, plan: Path) -> None:
    for words in (("--provision", "label"), ("--all-clauses",), ("--platform", "acme"), ("--format", "json")):
        shown = run("explain", "rivals", *words)
        assert shown.exit_code == 2 and "error[M400]" in shown.stderr


def test_json_and_markdown(run: Run, plan: Path) -> None:
    shown = json.loads(run("explain", plan, "--format", "json", "--all-clauses").stdout)
    jsonschema.validate(shown, SCHEMA)
    (one,) = shown["offerings"]
    assert one["verdict"] == "conditional" and one["deciding"] == ["acme/terms/label"]
    assert {m["provision"] for m in one["misses"]} == {"acme/terms/rivals", "acme/terms/watching"}
    assert run("explain", plan, "--format", "markdown").stdout.startswith("# Why: Support bot\n")


def test_errors_are_json_where_json_was_asked_for(run: Run, plan: Path) -> None:
    shown = run("explain", plan, "--format", "json", "--provision", "nothing-like-it")
    assert shown.exit_code == 2 and json.loads(shown.stdout)["errors"][0]["code"] == "M404"


def test_readings_day_and_age(run: Run, plan: Path, tmp_path: Path) -> None:
    settled = tmp_path / "counsel.yaml"
    settled.write_text("acme/terms/scope: {choice: narrow, by: J. Doe}\n")
    text = plan.read_text().replace("improves-model: no", "improves-model: yes")
    shown = run("explain", "-", "--readings", settled, "--provision", "rivals", "--width", "250", text=text).output
    assert "answer: Only one that competes [narrow] (acme/terms/scope, " in shown
    assert "by J. Doe, settled); counsel has settled how this is read" in shown
    assert "not in force before 2026-03-27" in run("explain", plan, "--as-of", "2026-01-01", "--width", "200").output
    assert "last seen 93 days before, more than 10" in run("explain", plan, "--max-age", "10", "--width", "200").output


def test_an_archive_that_is_none_is_refused(run: Run, plan: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    shown = run("explain", plan, "--archive", tmp_path / "empty")
    assert shown.exit_code == 2 and "error[M317]" in shown.stderr
