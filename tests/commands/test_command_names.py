"""`mayuse list`, `explain` and `fmt`, and the group around them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from mayuse.commands.list import LISTS

Run = Callable[..., Result]


@pytest.mark.parametrize("what", LISTS)
def test_every_list_as_table_and_json(run: Run, plan: Path, what: str) -> None:
    table = run("list", what, "--width", 80)
    assert table.exit_code == 0, table.output
    assert max(map(len, table.stdout.split("\n"))) <= 80
    rows = json.loads(run("list", what, "--format", "json").stdout)
    assert rows
    assert all(row["id"] for row in rows)
    assert table.stdout.endswith(f"{len(rows)} row{'s' * (len(rows) != 1)}\n")


def test_provisions_have_their_words_and_their_evidence(run: Run, plan: Path) -> None:
    words = ["list", "provisions", "--platform", "acme", "--document", "terms", "--section", "3", "--format", "json"]
    (one,) = json.loads(run(*words).stdout)
    assert {k: one[k] for k in ("id", "platform", "document", "kind", "section", "quote", "topic", "evidence")} == {
        "id": "acme/terms/rivals",
        "platform": "acme",
        "document": "acme/terms",
        "kind": "prohibit",
        "section": "3",
        "quote": "develop models that compete with ours",
        "topic": ["rival-training"],
        "evidence": "own",
    }


@pytest.mark.parametrize(
    ("what", "filters", "ids"),
    [
        ("provisions", ["--topic", "training"], ["acme/terms/rivals"]),
        ("provisions", ["--kind", "permit"], ["acme/app-terms/use", "acme/terms/research"]),
        ("provisions", ["--fact", "improves-model"], ["acme/terms/rivals"]),
        ("provisions", ["--offering", "acme/api", "--kind", "permit"], ["acme/terms/research"]),
        ("facts", ["--role", "safeguard"], ["discloses-ai"]),
        ("offerings", ["--document", "acme/app-terms"], ["acme/app"]),
        ("topics", ["--topic", "training"], ["rival-training", "training"]),
        ("readings", ["--document", "acme/terms"], ["acme/terms/scope"]),
    ],
)
def test_filters(run: Run, plan: Path, what: str, filters: list[str], ids: list[str]) -> None:
    result = run("list", what, *filters, "--format", "json")
    assert [one["id"] for one in json.loads(result.stdout)] == ids


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["provisions", "--platform", "acm"], "did you mean 'acme'"),
        (["provisions", "--topic", "trainig"], "did you mean 'training'"),
        (["provisions", "--section", "99"], "unknown section '99'"),
        (["facts", "--platform", "acme"], "--platform does not filter facts"),
        (["provision"], "provision"),
    ],
)
def test_a_filter_that_names_nothing_is_an_error(run: Run, plan: Path, words: list[str], said: str) -> None:
    result = run("list", *words)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "acme/terms/rivals",
            [
                "No rival models",
                '"develop models that compete with ours"',
                "makes-model and reading",
                "approved",
                "overridden by  acme/terms/research",
                "Regulation (EU) 2024/1689 Annex III(5)",
                "own (the organisation's own text)",
                "captured 2026-03-27",
            ],
        ),
        ("research", ["permit", "overrides", "acme/terms/rivals"]),
        ("shares-model", ["yes or no", "asked when", "improves-model", "no provision"]),
        ("discloses-ai", ["safeguard", "acme/terms/label"]),
        ("purposes", ["many of purpose", "acme/terms/watching", "acme/terms/label"]),
        ("unlawful", ["represented as no part of the plan"]),
        ("watching", ["Watching people", "under", "purpose", "mass-watching", "purposes"]),
        ("scope", ["What counts as a model?", "narrow", "Any model", "acme/terms/rivals", "acme/terms/scope: narrow"]),
        ("acme/terms", ["Acme Terms", "coverage", "whole", "acme/api and acme/app", "rivals"]),
        ("acme", ["platform acme", "acme-ai", "acme/app: Acme App"]),
        ("acme/app", ["Acme App", "acme/app-terms"]),
        ("training", ["rival-training", "acme/terms/rivals"]),
        ("makes-model", ["improves-model", "acme/terms/rivals"]),
        ("eu-ai-act", ["Regulation (EU) 2024/1689", "acme/terms/rivals"]),
        ("M402", ["nothing has that name"]),
        ("m400", ["code M400"]),
    ],
)
def test_everything_with_a_name_is_explained(run: Run, plan: Path, name: str, said: list[str]) -> None:
    result = run("explain", name, "--width", 100)
    assert result.exit_code == 0, result.output
    assert max(map(len, result.stdout.split("\n"))) <= 100
    text = " ".join(result.stdout.split())
    for words in said:
        assert " ".join(words.split()) in text, (words, result.stdout)


def test_unknown_names_come_with_the_nearest(run: Run, plan: Path) -> None:
    result = run("explain", "rivls")
    assert result.exit_code == 2
    assert "did you mean 'rivals'" in result.stderr


def test_a_term_and_a_provision_of_one_name(run: Run, plan: Path) -> None:
    result = run("explain", "watching")
    assert result.stdout.startswith("term watching\n")
    assert "also: acme/terms/watching" in result.stderr


def test_every_code_has_a_whole_page() -> None:
    from mayuse.commands.explain import codes

    known = codes()
    assert {"M400", "M499"} <= set(known)
    for code, page in known.items():
        assert re.fullmatch(r"[ML]\d{3}", code)
        assert all((page.title, page.what, page.why, page.avoid, page.prefer)), code


def test_examples_of_a_code_keep_their_lines(run: Run, plan: Path) -> None:
    lines = run("explain", "L014", "--width", 100).stdout.split("\n")
    at = next(number for number, line in enumerate(lines) if line.split() == ["prefer", "facts:"])
    start = lines[at].index("facts:")
    assert [line[start:] for line in lines[at : at + 3]] == ["facts:", "  improves-model: yes", "uses:"]
    apart = run("explain", "L013").stdout.split("\n")
    assert "" in apart[:-1] and all(line == line.rstrip() for line in apart)


def test_fmt_checks_shows_and_writes(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.rules"
    file.write_text('term   a  "A"\n', encoding="utf-8")
    assert run("fmt", tmp_path, "--check").exit_code == 1
    shown = run("fmt", tmp_path, "--diff")
    assert shown.exit_code == 1
    assert '-term   a  "A"' in shown.stdout
    assert file.read_text("utf-8") == 'term   a  "A"\n'
    assert run("fmt", tmp_path).exit_code == 0
    assert file.read_text("utf-8") != 'term   a  "A"\n'
    again = run("fmt", tmp_path, "--check")
    assert (again.exit_code, again.output) == (0, "")


def test_fmt_of_standard_input(run: Run) -> None:
    result = run("fmt", "-", text='term   a  "A"\n')
    assert result.exit_code == 0
    assert result.stdout.split() == ["term", "a", '"A"']


def test_fmt_leaves_what_it_cannot_parse(run: Run, tmp_path: Path) -> None:
    bad, good = tmp_path / "a.rules", tmp_path / "b.rules"
    bad.write_text("trem a\n", encoding="utf-8")
    good.write_text('term   a  "A"\n', encoding="utf-8")
    result = run("fmt", tmp_path, tmp_path / "none.rules")
    assert result.exit_code == 2
    assert bad.read_text("utf-8") == "trem a\n"
    assert good.read_text("utf-8") != 'term   a  "A"\n'
    assert "none.rules" in result.stderr


def test_the_help_names_every_verb_and_imports_none() -> None:
    code = (
        "import sys\nfrom mayuse.commands.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit as end: assert end.code == 0\n"
        "heavy = {'tabulate', 'yaml', 'pysat', 'mayuse.commands.check'} & set(sys.modules)\n"
        "sys.exit(bool(heavy))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for verb in ("check", "explain", "fmt", "ledger", "list", "verify"):
        assert f"\n  {verb} " in done.stdout


def test_version_and_unknown_verbs(run: Run) -> None:
    assert re.fullmatch(r"mayuse \d+\.\d+\.\d+\S*\n", run("--version").stdout)
    result = run("chek")
    assert result.exit_code == 2
    assert "did you mean 'check'" in result.stderr


@pytest.mark.parametrize("verb", ["check", "explain", "fmt", "ledger", "list", "verify"])
def test_every_verb_has_help(run: Run, verb: str) -> None:
    result = run(verb, "--help")
    assert result.exit_code == 0, result.output
    assert "Usage: mayuse" in result.stdout
