"""`mayuse diff`: what its arguments are, what it prints and how it exits."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


@pytest.fixture
def two(plan: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with `old`, the small rules, and `new`, where a ban is gone and another covers more."""
    home = plan.parent
    shutil.copytree(home / "rules", home / "old")
    shutil.copytree(home / "rules", home / "new")
    change(home / "new")
    monkeypatch.chdir(home)
    return home


def change(folder: Path) -> None:
    """Watching at all is forbidden, and answering customers needs no label."""
    terms = folder / "acme" / "terms.rules"
    text = terms.read_text("utf-8")
    text = text.replace("includes mass-watching", "includes watching").replace(
        "includes assisting", "includes watching"
    )
    terms.write_text(text, "utf-8")


def git(folder: Path, *words: str) -> str:
    made = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", "-C", str(folder), *made, *words], check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture
def repository(two: Path) -> Path:
    """A repository with the small rules in `rules`, changed in its second commit."""
    shutil.rmtree(two / "old")
    shutil.rmtree(two / "new")
    git(two, "init", "--quiet", "--initial-branch", "main")
    git(two, "add", "rules")
    git(two, "commit", "--quiet", "-m", "first")
    change(two / "rules")
    git(two, "commit", "--quiet", "-am", "second")
    return two


def test_two_folders(run: Run, two: Path) -> None:
    done = run("diff", "old", "new", "--as-of", "2026-11-23", "--format", "json")
    assert done.exit_code == 1, done.output
    document = json.loads(done.stdout)
    assert (document["before"]["name"], document["after"]["name"]) == ("old", "new")
    row = document["offerings"][0]
    assert (row["outcome"], row["coverage"]) == ("incomparable", "the same")
    assert {(w["way"], w["before"], w["after"]) for w in row["witnesses"]} == {
        ("stricter", "permitted", "conflict"),
        ("laxer", "conflict", "permitted"),
    }
    assert document["documents"][0]["changed"] == ["acme/terms/watching", "acme/terms/label"]


def test_a_witness_is_a_use_case_that_checks_as_it_says(run: Run, two: Path) -> None:
    document = json.loads(run("diff", "old", "new", "--as-of", "2026-11-23", "--format", "json").stdout)
    for witness in document["offerings"][0]["witnesses"]:
        for side in ("old", "new"):
            shutil.rmtree(two / "rules")
            shutil.copytree(two / side, two / "rules")
            (two / "witness.yaml").write_text(witness["plan"], "utf-8")
            report = json.loads(run("check", two / "witness.yaml", "--format", "json").stdout)
            said = witness["before" if side == "old" else "after"]
            assert [one["verdict"] for one in report["verdicts"]] == [said]


def test_exit_codes(run: Run, two: Path) -> None:
    assert run("diff", "old", "old").exit_code == 0
    assert run("diff", "old", "new").exit_code == 1
    assert run("diff", "old", "new", "--exit-zero").exit_code == 0
    assert run("diff", "old", "nothing", "--exit-zero").exit_code == 2


@pytest.mark.parametrize("format_", ["table", "markdown"])
def test_readable_formats_say_the_outcome_the_plan_and_what_decides(run: Run, two: Path, format_: str) -> None:
    text = run("diff", "old", "new", "--format", format_, "--width", 160).stdout.replace("\\", "").replace("&gt;", ">")
    for words in ("incomparable", "permitted -> conflict", "acme/terms/watching: it was changed", "changed in meaning"):
        assert words in text, words
    assert ("```yaml" in text) is (format_ == "markdown")


def test_two_revisions_and_one_against_the_working_files(run: Run, repository: Path) -> None:
    found = run("diff", "HEAD~1", "HEAD", "--rules", "rules", "--format", "json")
    assert found.exit_code == 1, found.output
    assert json.loads(found.stdout)["offerings"][0]["outcome"] == "incomparable"
    assert run("diff", "HEAD").exit_code == 0
    assert "the working files" in run("diff", "HEAD~1").stdout
    change_back = (
        (repository / "rules/acme/terms.rules").read_text("utf-8").replace("includes watching", "includes purpose")
    )
    (repository / "rules/acme/terms.rules").write_text(change_back, "utf-8")
    assert run("diff", "HEAD").exit_code == 1
    assert git(repository, "status", "--porcelain", "rules").split() == ["M", "rules/acme/terms.rules"]


def test_a_revision_that_is_none(run: Run, repository: Path) -> None:
    for words in (("no-such",), ("--kind", "revision", "no-such", "HEAD")):
        done = run("diff", *words)
        assert done.exit_code == 2
        assert "error[M432]: 'no-such' is no revision" in done.stderr
    (repository / "elsewhere").mkdir()
    assert "no rules in 'elsewhere' at 'HEAD'" in run("diff", "HEAD", "--rules", "elsewhere").stderr


def test_errors_of_a_revision_name_it(run: Run, repository: Path) -> None:
    (repository / "rules/acme/terms.rules").write_text("document\n", "utf-8")
    git(repository, "commit", "--quiet", "-am", "broken")
    done = run("diff", "HEAD", "HEAD~1")
    assert done.exit_code == 2
    assert "HEAD:rules/acme/terms.rules:1:" in done.stderr


def test_no_repository(run: Run, two: Path) -> None:
    done = run("diff", "HEAD")
    assert done.exit_code == 2
    assert "error[M432]" in done.stderr and "is in no git repository" in done.stderr


def test_two_days(run: Run, two: Path) -> None:
    done = run("diff", "2026-01-01", "2026-11-23", "--format", "json")
    assert done.exit_code == 1
    document = json.loads(done.stdout)
    assert {row["coverage"] for row in document["offerings"]} == {"more covered"}
    assert [one["how"] for one in document["documents"]] == ["added", "added"]
    assert run("diff", "2026-11-22", "2026-11-23").exit_code == 0
    assert run("diff", "2026-11-22", "2026-11-23", "--as-of", "2026-01-01").exit_code == 2


def test_two_offerings(run: Run, two: Path) -> None:
    done = run("diff", "acme/api", "acme/app", "--as-of", "2026-11-23", "--format", "json")
    assert done.exit_code == 0, done.output
    (row,) = json.loads(done.stdout)["offerings"]
    assert (row["before"], row["after"], row["outcome"]) == ("acme/api", "acme/app", "equivalent")


def test_two_things_of_one_name_are_refused_until_one_is_chosen(run: Run, two: Path) -> None:
    shutil.copytree(two / "old", two / "acme" / "api")
    shutil.copytree(two / "new", two / "acme" / "app")
    done = run("diff", "acme/api", "acme/app")
    assert done.exit_code == 2
    assert "error[M430]: 'acme/api' and 'acme/app' can be folders or offerings" in done.stderr
    assert run("diff", "acme/api", "acme/app", "--kind", "folder").exit_code == 1
    assert run("diff", "acme/api", "acme/app", "--kind", "offering").exit_code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("old", "2026-01-01"), "M430", "'old' is a folder and '2026-01-01' is a day"),
        (("old", "nothing"), "M431", "'nothing' is no folder, revision, day (YYYY-MM-DD) or offering"),
        (("old", "new", "old"), "M400", "give one revision, or two things to compare"),
        (("old", "--kind", "folder"), "M400", "give two folders to compare"),
        (("2026-02-30", "2026-03-01"), "M431", "'2026-02-30' is no folder"),
    ],
)
def test_what_cannot_be_compared(run: Run, two: Path, words: tuple[str, ...], code: str, said: str) -> None:
    done = run("diff", *words)
    assert done.exit_code == 2
    assert f"error[{code}]: {said}" in done.stderr


def test_the_errors_of_both_folders_are_told(run: Run, two: Path) -> None:
    (two / "old" / "acme" / "terms.rules").write_text("document\n", "utf-8")
    (two / "new" / "acme" / "app-terms.rules").write_text("nonsense\n", "utf-8")
    (two / "empty").mkdir()
    done = run("diff", "old", "new")
    assert done.exit_code == 2
    assert "old/acme/terms.rules:1:" in done.stderr and "new/acme/app-terms.rules:1:" in done.stderr
    assert "error[M130]: no rules in 'empty'" in run("diff", "old", "empty").stderr
