"""`mayuse readings`: what counsel can settle, and settling it in a file without touching the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from mayuse.load import load_rules
from mayuse.usecase import load_settlements

Run = Callable[..., Result]
SCOPE = "acme/terms/scope"
WORDS = ["--by", "J. Doe", "--why", "It speaks of rivals: see 3", "--date", "2026-11-01"]


@pytest.fixture
def more(plan: Path) -> Path:
    """The small rules with a reading of the vocabulary and a fact for counsel."""
    file = plan.parent / "rules" / "vocabulary" / "all.rules"
    text = 'fact law-secures "Does a law secure it?" yes or no for counsel\n'
    file.write_text(file.read_text("utf-8") + text, "utf-8")
    terms = plan.parent / "rules" / "acme" / "app-terms.rules"
    reading = '\nreading reach "What is reach?"\n  choice far "Far"\n  choice near "Near"\n'
    ban = '\nprohibit far "Not far"\n  section "2" quote "may not reach very far"\n'
    ban += "  when reading reach is far and not law-secures\n"
    terms.write_text(terms.read_text("utf-8") + reading + ban, "utf-8")
    return plan


def test_a_list_with_the_offerings_each_touches(run: Run, more: Path) -> None:
    rows = {row["id"]: row for row in json.loads(run("readings", "list", "--format", "json").stdout)}
    assert set(rows) == {SCOPE, "acme/app-terms/reach", "law-secures"}
    assert rows[SCOPE]["offerings"] == ["acme/api", "acme/app"]
    assert rows[SCOPE]["choices"][0] == {"choice": "narrow", "gloss": "Only one that competes"}
    assert rows["law-secures"]["offerings"] == ["acme/app"]
    rows = json.loads(run("readings", "list", "--for", "acme/api", "--format", "json").stdout)
    assert [row["id"] for row in rows] == [SCOPE]
    for words in ([], ["list"]):
        result = run("readings", *words)
        assert result.exit_code == 0
        assert "3 rows" in result.stdout


def test_settling_in_a_new_file(run: Run, more: Path, tmp_path: Path) -> None:
    file = tmp_path / "counsel.yaml"
    result = run("readings", "settle", SCOPE, "narrow", *WORDS, "--file", file)
    assert result.exit_code == 0, result.output
    (one,) = load_settlements(load_rules(), file)
    assert (one.id, one.choice, one.by, str(one.date)) == (SCOPE, "narrow", "J. Doe", "2026-11-01")
    assert one.why == "It speaks of rivals: see 3"
    assert run("readings", "settle", "law-secures", "no", *WORDS, "--file", file).exit_code == 0
    assert [one.id for one in load_settlements(load_rules(), file)] == [SCOPE, "law-secures"]
    assert run("check", more, "--readings", file).exit_code == 3


@pytest.mark.parametrize(
    "before",
    [
        "# mine\nlaw-secures: no # sure\n\n# scope\nacme/terms/scope: broad\n# reach\nacme/app-terms/reach: far\n",
        "law-secures: no\nacme/terms/scope: {choice: broad, by: A}\nacme/app-terms/reach: far",
        "  law-secures: no\r\n  acme/terms/scope: broad\r\n  acme/app-terms/reach: far\r\n",
        "{law-secures: no, acme/terms/scope: broad, acme/app-terms/reach: far}\n",
        "---\nlaw-secures: no\nacme/terms/scope:\n  choice: broad\n  why: |\n    a\n\n    # b\nacme/app-terms/reach: far\n",
        "law-secures: no\nacme/app-terms/reach: far\n",
        "# mine, law-secures: no\n",
        "{}\n",
        "",
    ],
)
def test_the_rest_of_the_file_stays(run: Run, more: Path, tmp_path: Path, before: str) -> None:
    file = tmp_path / "counsel.yaml"
    file.write_bytes(before.encode("utf-8"))
    rules = load_rules()
    old = load_settlements(rules, file) if before.strip("{}\n") and not before.startswith("# mine, ") else ()
    result = run("readings", "settle", SCOPE, "narrow", *WORDS, "--file", file)
    assert result.exit_code == 0, result.output
    new = load_settlements(rules, file)
    assert [one for one in new if one.id != SCOPE] == [one for one in old if one.id != SCOPE]
    assert [one.choice for one in new if one.id == SCOPE] == ["narrow"]
    if any(one.id == SCOPE for one in old):
        assert [one.id for one in new] == [one.id for one in old]
    text = file.read_text("utf-8")
    if before.startswith("# mine"):
        assert all(line in text for line in before.split("\n") if line.startswith("#"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["scope", "narrow"], "did you mean 'acme/terms/scope'?"),
        (["acme/terms/scop", "narrow"], "did you mean 'acme/terms/scope'?"),
        (["purposes", "watching"], "unknown reading 'purposes'"),
        ([SCOPE, "narow"], "did you mean 'narrow'? the choices are narrow, broad"),
        (["law-secures", "maybe"], "M240"),
        ([SCOPE, "narrow", "--by", " "], "--by is empty"),
    ],
)
def test_what_is_refused_changes_nothing(run: Run, more: Path, tmp_path: Path, words: list[str], said: str) -> None:
    file = tmp_path / "counsel.yaml"
    file.write_text("law-secures: no\n", "utf-8")
    result = run("readings", "settle", *words[:2], *WORDS, *words[2:], "--file", file)
    assert result.exit_code == 2
    assert said in result.stderr
    assert file.read_text("utf-8") == "law-secures: no\n"


def test_a_file_with_errors_is_left_alone(run: Run, more: Path, tmp_path: Path) -> None:
    file = tmp_path / "counsel.yaml"
    file.write_text("nothing: no\n", "utf-8")
    result = run("readings", "settle", SCOPE, "narrow", *WORDS, "--file", file)
    assert result.exit_code == 2
    assert "M270" in result.stderr
    assert file.read_text("utf-8") == "nothing: no\n"
