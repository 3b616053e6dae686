"""The pytest plugin, run as users run it: laws that hold, laws that do not, and what is said of rules that cannot be used.

A law is broken on purpose in two ways: by rules that the proof at load would have refused, and by an engine that forgets.
What is printed is then saved and run as it says, under the same engine, and must show what the failure claims.
"""

from __future__ import annotations

import datetime
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from mayuse import load_rules
from mayuse.proofs.expectations import claim
from mayuse.proofs.ground import Ground
from mayuse.proofs.model import Outcome

pytest_plugins = ("pytester",)

RULES = """
term goal "What it is for"
term watching "Watching people" under goal
term translating "Translating" under goal
fact aims "What is it for?" many of goal
fact crowd "Is it a crowd?" yes or no
safeguard looked-at "Does a person look at it?"
platform vendor "A vendor"
  offering api "Its API" under vendor-terms
document vendor-terms "Its terms"
  own "terms.md"
  coverage whole
prohibit watching-people "No watching"
  when aims includes watching
prohibit crowds "No crowds unseen"
  when crowd
  unless looked-at
  unless approved by platform
"""
UNSOUND = """
permit translators "Translators may"
  when aims includes translating
  overrides watching-people
"""
FEW = """
from hypothesis import settings
settings.register_profile("few", max_examples=25, derandomize=True, database=None)
settings.load_profile("few")
"""
UNPROVED = """
import mayuse.load, mayuse.judge.soundness
mayuse.judge.soundness.soundness_errors = lambda rules: []
"""
FORGETFUL = """
from mayuse.judge import decide
from mayuse.judge.model import Verdict
line = decide.Plan.line
def forgetful(self, c, *rest, **more):
    found = line(self, c, *rest, **more)
    answered = self.use_case.answers.get("crowd")
    return Verdict.PERMITTED if found is Verdict.CONFLICT and answered is not None else found
decide.Plan.line = forgetful
"""
WITHOUT_HYPOTHESIS = """
import sys
class Gone:
    def find_spec(self, name, *rest):
        if name.partition(".")[0] == "hypothesis":
            raise ModuleNotFoundError(f"No module named {name!r}", name="hypothesis")
sys.meta_path.insert(0, Gone())
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A user's project with a folder of rules, in which few plans are drawn."""
    monkeypatch.setenv("MAYUSE_CACHE", "off")
    monkeypatch.delenv("HYPOTHESIS_PROFILE", raising=False)
    folder = pytester.mkdir("my-rules")
    (folder / "vendor.rules").write_text(RULES, "utf-8")
    (folder / "terms.md").write_text("Our terms.\n", "utf-8")
    pytester.makeconftest(FEW)
    pytester.makeini("[pytest]\naddopts = -p no:cacheprovider\n")
    return pytester


def laws(project: pytest.Pytester, *more: str) -> pytest.RunResult:
    """The laws over the project's folder."""
    return project.runpytest_subprocess("--mayuse-laws", "--mayuse-rules", "my-rules", *more)


def broken_by(project: pytest.Pytester, patch: str, law: str) -> pytest.RunResult:
    """One law, in an engine that is patched."""
    project.makeconftest(FEW + patch)
    return laws(project, "-k", law)


def told(result: pytest.RunResult) -> tuple[dict[str, str], list[str]]:
    """The files that a failure prints, by name, and its commands."""
    output = result.stdout.str().partition("short test summary info")[0]  # which repeats all of it where CI is set
    files = dict(re.findall(r"^--- ([\w-]+\.yaml)\n(.*?)(?=^---)", output, re.MULTILINE | re.DOTALL))
    return files, re.findall(r"^mayuse (check .*)$", output, re.MULTILINE)


def run_as_told(project: pytest.Pytester, result: pytest.RunResult, patch: str) -> list[str]:
    """The verdict of each command that a failure prints, with its files saved, in the engine as it was patched."""
    files, commands = told(result)
    for name, text in files.items():
        (project.path / name).write_text(text, "utf-8")
    program = f"{patch}\nimport sys\nfrom mayuse.commands.main import main\nmain()\n"
    verdicts = []
    for command in commands:
        words = [*command.split(), "--format", "json"]
        done = subprocess.run(
            [sys.executable, "-c", program, *words],
            cwd=project.path,
            env={**os.environ, "MAYUSE_CACHE": "off"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        verdicts += re.findall(r'"verdict": "([a-z ]+)"', done.stdout)[:1] or [done.stdout + done.stderr]
    return verdicts


def test_the_laws_hold_for_a_folder_with_nothing_else_written(project: pytest.Pytester) -> None:
    result = laws(project, "-v")
    outcomes = result.parseoutcomes()
    assert outcomes.get("passed", 0) >= 15 and not outcomes.get("failed") and not outcomes.get("errors"), outcomes
    result.stdout.fnmatch_lines(["mayuse-laws::law-01-more-facts-never-move-a-conflict PASSED*", "*plans tried*"])
    shown = re.findall(r"^ *([\d,]+) +([\d,]+)  (law-\S+)$", result.stdout.str(), re.MULTILINE)
    assert len(shown) >= 17 and all(int(tried.replace(",", "")) >= int(of) for tried, of, _ in shown)


def test_rules_that_no_proof_has_seen_break_a_law_and_the_failure_reproduces(project: pytest.Pytester) -> None:
    with (project.path / "my-rules" / "vendor.rules").open("a", encoding="utf-8") as file:
        file.write(UNSOUND)
    result = broken_by(project, UNPROVED, "law-17")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["law 17 does not hold: One element more*", "vendor/api: conflict, and undetermined*"])
    result.stdout.no_fnmatch_line("*Traceback*")
    files, commands = told(result)
    assert list(files) == ["plan.yaml", "changed.yaml"]
    assert commands == [f"check {name} --rules my-rules" for name in files]
    assert "aims: [watching]" in files["plan.yaml"] and files["plan.yaml"].count("\n") <= 6
    assert run_as_told(project, result, UNPROVED) == ["conflict", "undetermined"]


def test_an_engine_that_forgets_breaks_a_law_and_the_failure_reproduces(project: pytest.Pytester) -> None:
    result = broken_by(project, FORGETFUL, "law-01-more-facts-never-move-a-conflict")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["law 1 does not hold: Adding facts*", "vendor/api: conflict, and permitted when*"])
    files, _ = told(result)
    assert "crowd" not in files["plan.yaml"] and "crowd" in files["changed.yaml"]
    assert run_as_told(project, result, FORGETFUL) == ["conflict", "permitted"]


def test_a_law_that_no_plan_concerns_is_skipped_and_says_so(project: pytest.Pytester) -> None:
    (project.path / "my-rules" / "vendor.rules").write_text(RULES.split("  unless approved")[0], "utf-8")
    result = laws(project, "-k", "law-15-approvals", "-rs")
    assert result.parseoutcomes() == {"skipped": 1, "deselected": 17}
    result.stdout.fnmatch_lines(["collected 18 items / 17 deselected / 1 selected"])
    result.stdout.fnmatch_lines(["*of 125 plans none is in need of approval*"])


def test_the_laws_are_listed_chosen_and_only_there_when_asked_for(project: pytest.Pytester) -> None:
    project.makepyfile("def test_mine(): pass")
    result = laws(project, "--collect-only", "-q")
    result.stdout.fnmatch_lines(["test_*::test_mine", "mayuse-laws::law-01-*", "mayuse-laws::law-17-*"])
    chosen = laws(project, "-k", "law-09", "-v")
    assert chosen.parseoutcomes()["passed"] == 1 and "test_mine" not in chosen.stdout.str()
    without = project.runpytest_subprocess()
    assert without.parseoutcomes() == {"passed": 1}
    without.stdout.no_fnmatch_line("*law-*")


def test_the_sentence_of_a_law_is_shown(project: pytest.Pytester) -> None:
    result = laws(project, "--collect-only", "-v", "-k", "law-05")
    result.stdout.fnmatch_lines(["*law-05*", "*Taking a prohibition away never adds a conflict*"])


def test_the_fixture_has_the_rules_of_the_folders(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        def test_mine(rules):
            assert "vendor/api" in rules.offerings and "deepseek/api" in rules.offerings
        """
    )
    assert project.runpytest_subprocess("--mayuse-rules", "my-rules").parseoutcomes() == {"passed": 1}
    assert project.runpytest_subprocess().parseoutcomes() == {"failed": 1}, "without the option the shipped ones"


def test_a_fixture_of_the_users_own_goes_first(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest

        @pytest.fixture
        def rules():
            return "mine"

        def test_mine(rules):
            assert rules == "mine"
        """
    )
    assert project.runpytest_subprocess().parseoutcomes() == {"passed": 1}


def refused(project: pytest.Pytester, folder: str) -> str:
    """What is said of a folder that cannot be used: a usage error, before any test."""
    project.makepyfile("def test_mine(): pass")
    result = project.runpytest_subprocess("--mayuse-laws", "--mayuse-rules", folder)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    said = result.stdout.str() + result.stderr.str()
    assert "Traceback" not in said and "INTERNALERROR" not in said and "passed" not in said
    return said


def test_no_folder_and_an_empty_folder_are_refused(project: pytest.Pytester) -> None:
    assert "no folder 'nowhere'" in refused(project, "nowhere")
    project.mkdir("empty")
    assert "no rules in 'empty'" in refused(project, "empty")


def test_every_error_of_the_rules_is_told_once(project: pytest.Pytester) -> None:
    text = RULES.replace("aims includes watching", "aims includes watchin").replace("when crowd", "when crow")
    (project.path / "my-rules" / "vendor.rules").write_text(text, "utf-8")
    said = refused(project, "my-rules")
    assert "2 errors in the rules" in said
    assert said.count("'watchin'") == said.count("'crow'") == 1
    assert re.search(r"my-rules/vendor.rules:\d+:\d+: error\[M\d+\]", said) and "did you mean 'watching'?" in said


def test_rules_that_bind_no_offering_are_refused(project: pytest.Pytester) -> None:
    lost = 'document lost "Lost terms"\n  own "terms.md"\nprohibit anything "All"\n  when always\n'
    folder = Path(project.mkdir("lost"))
    (folder / "lost.rules").write_text('platform lost-vendor "Lost"\n' + lost, "utf-8")
    assert "nothing of lost-vendor/lost binds any of these offerings" in refused(project, "lost")


def test_laws_without_hypothesis_are_refused_and_the_fixture_works(project: pytest.Pytester) -> None:
    project.path.joinpath("conftest.py").unlink()
    project.makepyfile("def test_mine(rules): assert rules.offerings")
    program = WITHOUT_HYPOTHESIS + "import pytest; sys.exit(pytest.main(sys.argv[1:]))"

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", program, "-p", "no:hypothesispytest", *words],
            cwd=project.path,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    assert run("--mayuse-rules", "my-rules").returncode == pytest.ExitCode.OK
    refused = run("--mayuse-laws")
    assert refused.returncode == pytest.ExitCode.USAGE_ERROR
    assert "needs hypothesis: pip install 'mayuse[testing]'" in refused.stderr and "Traceback" not in refused.stderr


EXPECTING = """
expect "The shop is as the interface"
  same verdict as vendor/api
  for      vendor/shop
"""
MORE_TERMS = """
document shop-terms "Terms of the shop"
  own "terms.md"
  coverage whole
prohibit no-translating "No translating"
  when aims includes translating
"""
EXPECTED = """
expect "A crowd is never free"
  never permitted
  when crowd
expect "Nothing is ever barred"
  never conflict
  when aims includes translating
expect "It is always looked at"
  always conditional on looked-at
  when crowd
expect "Whatever it is for"
  same verdict regardless of aims
  when not crowd
expect "Nobody looks"
  never permitted
  when looked-at and not looked-at
expect "Crowds or not"
  same verdict regardless of crowd
"""


@pytest.fixture
def expecting(project: pytest.Pytester) -> pytest.Pytester:
    """A folder of rules that expect things of themselves; one offering has a document more."""
    shop = '  offering shop "Its shop" under vendor-terms, shop-terms\n'
    rules = RULES.replace("document vendor-terms", f"{shop}{EXPECTING}document vendor-terms")
    (project.path / "my-rules" / "vendor.rules").write_text(rules + EXPECTED + MORE_TERMS, "utf-8")
    return project


def test_each_expect_is_a_test_that_finds_what_the_proof_finds(expecting: pytest.Pytester) -> None:
    result = laws(expecting, "-k", "expect", "-v", "-rs")
    found = dict(re.findall(r"^mayuse-laws::expect\[(.*)\] (PASSED|FAILED|SKIPPED)", result.stdout.str(), re.MULTILINE))
    assert found == {
        "the-shop-is-as-the-interface": "FAILED",
        "vendor/vendor-terms:a-crowd-is-never-free": "FAILED",
        "vendor/vendor-terms:nothing-is-ever-barred": "FAILED",
        "vendor/vendor-terms:it-is-always-looked-at": "PASSED",
        "vendor/vendor-terms:whatever-it-is-for": "FAILED",
        "vendor/vendor-terms:nobody-looks": "SKIPPED",
        "vendor/vendor-terms:crowds-or-not": "FAILED",
    }
    result.stdout.fnmatch_lines(["*it speaks of no plan at an offering*"])
    rules = load_rules("my-rules")
    ground = Ground(rules, datetime.date(2026, 11, 24))
    proofs = [
        claim(ground, one).outcome is Outcome.HOLDS
        for one in rules.expectations
        if one.span.file.startswith("my-rules")
    ]
    assert sorted(proofs) == sorted(outcome == "PASSED" for outcome in found.values())


@pytest.mark.parametrize(
    ("name", "verdicts"),
    [
        ("a-crowd-is-never-free", ["permitted"]),
        ("the-shop", ["permitted"]),  # at the first of its two offerings
        ("whatever-it-is-for", ["conflict", "permitted"]),
        ("crowds-or-not", ["conflict", "permitted"]),
    ],
)
def test_what_breaks_an_expectation_reproduces(expecting: pytest.Pytester, name: str, verdicts: list[str]) -> None:
    result = laws(expecting, "-k", name)
    assert result.parseoutcomes()["failed"] == 1
    result.stdout.fnmatch_lines(['not so: "*'])
    files, commands = told(result)
    assert len(files) == len(commands)
    assert sorted(run_as_told(expecting, result, "")) == verdicts
