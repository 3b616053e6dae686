"""`mayuse init`: only what the rules ask, with no answer, in a text that reads back."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from mayuse.judge import check
from mayuse.load import load_rules
from mayuse.rulebook.model import Rules
from mayuse.usecase import read_use_case
from mayuse.usecase.blank import blank_use_case

Run = Callable[..., Result]
DAY = datetime.date(2026, 11, 23)


def test_only_what_is_asked(run: Run, plan: Path) -> None:
    text = run("init").stdout
    for line in ("  # What is the system for?", "  purposes:", "  improves-model:", "  discloses-ai:"):
        assert f"\n{line}\n" in text
    assert "the rules turn on assisting, customer-support, mass-watching" in text.replace("\n  # ", " ")
    assert "shares-model" not in text
    assert "unlawful" not in text
    assert "#   - acme/terms/rivals" in text
    assert "#   acme/terms/scope" in text
    assert f"as-of: {datetime.date.today()}" in text


def test_for_an_offering_and_into_a_file(run: Run, plan: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.yaml"
    assert run("init", "--for", "acme/api", "--output", target).exit_code == 0
    case = read_use_case(load_rules(), target.read_text("utf-8"))
    assert (case.offerings, case.answers, case.approvals) == (("acme/api",), {}, ())
    assert run("check", target).exit_code == 4
    result = run("init", "--for", "acm")
    assert result.exit_code == 2
    assert "did you mean" in result.stderr


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules()


def test_it_says_no_more_than_an_empty_case(rules: Rules) -> None:
    for offerings in (None, *([id] for id in rules.offerings)):
        text = blank_use_case(rules, DAY, offerings)
        case = read_use_case(rules, text)
        assert (case.answers, case.approvals, case.as_of) == ({}, (), DAY)
        assert case.vocabulary == (rules.vocabulary_version or None)
        empty = read_use_case(rules, "name: unnamed plan\n")
        blank, nothing = (check(rules, one, as_of=DAY, offerings=offerings) for one in (case, empty))
        assert blank.verdicts == nothing.verdicts


def test_what_is_commented_out_reads_as_well(rules: Rules) -> None:
    text = blank_use_case(rules, DAY)
    for line in text.split("\n"):
        if line.startswith("  # ") and line.endswith(":") and line[4:-1] in rules.facts:
            text = text.replace(line + "\n", f"  {line[4:-1]}: no\n")
    taken = text.replace("\n# approvals:", "\napprovals:").replace("\n#   - ", "\n  - ")
    case = read_use_case(rules, taken)
    assert case.approvals
    assert any(rules.facts[key].role == "wrong" for key in case.answers)


def test_it_asks_all_that_a_check_leans_on(rules: Rules) -> None:
    for id in rules.offerings:
        text = blank_use_case(rules, DAY, [id])
        empty = read_use_case(rules, "name: unnamed plan\n")
        report = check(rules, empty, as_of=DAY, offerings=[id])
        for question in report.questions:
            assert f"  {question.fact.partition('@')[0]}:\n" in text
        for wrong, _ in report.leaned_on.representations:
            assert f"  # {wrong}:\n" in text
