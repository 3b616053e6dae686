"""`mayuse lint`: what it prints, its exit codes, its fixes and what `--new` writes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mayuse.commands.main import main

OWN = """platform mine "Mine"
  vendor acme-labs
  offering api "My API" under terms
term acme-labs "Acme Labs" under vendor

document terms "My terms of use"
  own "terms.md"

prohibit rivals "No models that rival ours"
  when improves-model and not (trained-model-vendor is acme-labs)
"""


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], prog_name="mayuse")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "terms.rules").write_text(OWN, encoding="utf-8")
    return tmp_path / "own"


def test_clean_rules_exit_with_0() -> None:
    done = run("lint")
    assert (done.exit_code, done.stdout) == (0, "0 warnings\n")


def test_warnings_of_ones_own_folder_exit_with_1(own: Path) -> None:
    done = run("lint", "--rules", own)
    assert done.exit_code == 1, done.output
    assert "warning[L003]: 'acme-labs' is this document's own vendor" in done.stdout
    assert "help: write 'this vendor'" in done.stdout
    assert done.stdout.endswith("1 warning\n")


def test_json_and_only(own: Path) -> None:
    done = run("lint", "--rules", own, "--format", "json")
    (one,) = json.loads(done.stdout)["findings"]
    assert (one["lint"], one["code"], one["line"], one["fixable"]) == ("vendor-literal", "L003", 10, True)
    done = run("lint", "--rules", own, "--format", "json", "--only", "unused-name")
    assert (done.exit_code, json.loads(done.stdout)) == (0, {"fixed": 0, "findings": []})


def test_fix_rewrites_the_file(own: Path) -> None:
    done = run("lint", "--rules", own, "--fix")
    assert (done.exit_code, done.stdout) == (0, "1 fixed\n\n0 warnings\n")
    after = (own / "terms.rules").read_text("utf-8")
    assert after == OWN.replace("is acme-labs)", "is this vendor)")


PLAN = """name: A teacher and a base model
platforms: [openai/api, deepseek/r1-weights]
facts:
  improves-model: yes
  learns-from: [platform-output, platform-weights]
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    return tmp_path / "plan.yaml"


def test_plans_are_linted_with_the_rules(plan: Path, own: Path) -> None:
    done = run("lint", plan)
    assert done.exit_code == 1, done.output
    assert f"{plan}:5:16: warning[L014]: " in done.stdout and "^^^" in done.stdout
    assert done.stdout.endswith("1 warning\n")
    both = run("lint", "--rules", own, plan, plan, "--format", "json")
    assert [one["lint"] for one in json.loads(both.stdout)["findings"]] == ["vendor-literal", "uses-not-split"]
    done = run("lint", "--rules", own, plan, "--only", "uses-not-split", "--fix")
    assert (done.exit_code, done.stdout.endswith("1 warning\n")) == (1, True)
    assert (own / "terms.rules").read_text("utf-8") == OWN


def test_plans_without_warnings_exit_with_0() -> None:
    fixture = Path(__file__).parents[2] / "fixtures" / "use-cases" / "teacher-and-base-model.yaml"
    done = run("lint", fixture)
    assert (done.exit_code, done.stdout) == (0, "0 warnings\n")


def test_a_plan_from_standard_input(plan: Path) -> None:
    done = CliRunner().invoke(main, ["lint", "-"], input=PLAN)
    assert done.exit_code == 1 and "<stdin>:5:16: warning[L014]" in done.stdout


def test_errors_of_all_plans_are_told(tmp_path: Path, own: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text("facts: {nope: 1}\n", encoding="utf-8")
    done = run("lint", "--rules", own, "--fix", tmp_path / "one.yaml", tmp_path / "two.yaml", tmp_path / "none.yaml")
    assert done.exit_code == 2 and done.stdout == ""
    assert done.stderr.count("error[M230]") == 2 and "error[M200]" in done.stderr
    assert (own / "terms.rules").read_text("utf-8") == OWN


def test_a_lint_of_plans_alone_needs_a_plan() -> None:
    done = run("lint", "--only", "uses-not-split")
    assert done.exit_code == 2 and "give at least one PLAN" in done.stderr


@pytest.mark.parametrize("words", [["--format", "json"], ["--format", "table"], ["--platform", "openai/api"]])
def test_check_gives_the_same_warning_and_nothing_else_changes(
    plan: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    warned = run("check", plan, "--as-of", "2026-11-24", *words)
    assert warned.stderr.count(f"{plan}:5:16: warning[L014]: ") == 1 and "help: " in warned.stderr
    assert run("lint", plan).stdout.startswith(warned.stderr)
    monkeypatch.setattr("mayuse.lint.lint_plan", lambda *_: [])
    silent = run("check", plan, "--as-of", "2026-11-24", *words)
    assert silent.stderr == "" and (silent.stdout, silent.exit_code) == (warned.stdout, warned.exit_code)


def test_check_warns_of_each_of_several_plans(plan: Path) -> None:
    other = plan.with_name("other.yaml")
    other.write_text(PLAN, encoding="utf-8")
    done = run("check", plan, other, "--format", "jsonl")
    assert [f"{file}:5:16: warning[L014]" in done.stderr for file in (plan, other)] == [True, True]
    done = CliRunner().invoke(main, ["check", "-"], input=PLAN)
    assert "<stdin>:5:16: warning[L014]" in done.stderr


def test_unknown_lints_are_refused_with_the_nearest() -> None:
    done = CliRunner().invoke(main, ["lint", "--only", "vendor-litteral"])
    assert done.exit_code == 2 and "did you mean 'vendor-literal'?" in done.stderr


def test_new_writes_the_files_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("lint", "--new", "empty-note").exit_code == 2
    root = Path(__file__).parents[2]
    for folder in ("engine/lint", "docs/lints", "tests/lint/trips"):
        shutil.copytree(root / folder, tmp_path / folder)
    done = run("lint", "--new", "empty-note")
    assert done.exit_code == 0, done.output
    assert all(Path(line).is_file() for line in done.stdout.splitlines())
    assert len(done.stdout.splitlines()) == 3
    assert run("lint", "--new", "empty-note").exit_code == 2
    assert run("lint", "--new", "Empty Note").exit_code == 2
