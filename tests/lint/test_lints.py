"""Every lint trips where its rules or plans say so and nowhere else; its page and its module bear its name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from mayuse.language import parse
from mayuse.lint import Case, Lint, findings, lint, lint_plan, lints
from mayuse.lint.codes import CODES
from mayuse.lint.fix import fixed
from mayuse.lint.number_not_cited import numbers
from mayuse.lint.pages import pages
from mayuse.lint.registry import MACHINERY
from mayuse.lint.scaffold import scaffold
from mayuse.load import load_rules, load_texts
from mayuse.rulebook.model import Rules
from mayuse.usecase import load_use_case, read_use_case

ROOT = Path(__file__).parents[2]
TRIPS = Path(__file__).parent / "trips"
PLANS = Path(__file__).parent / "plans"
MARK = re.compile(r"# (trips|ok): ([\w-]+)$")

Place = tuple[str, int, str]
"""A file, a line in it and a lint."""


def texts() -> dict[str, str]:
    return {f"trips/{path.name}": path.read_text("utf-8") for path in sorted(TRIPS.glob("*.rules"))}


def plans() -> dict[str, str]:
    return {path.as_posix(): path.read_text("utf-8") for path in sorted(PLANS.glob("*.yaml"))}


def marks(kind: str, texts: dict[str, str]) -> Iterator[Place]:
    for name, text in texts.items():
        for number, line in enumerate(text.split("\n"), 1):
            mark = MARK.search(line)
            if mark and mark[1] == kind:
                yield name, number, mark[2]


def tripped() -> set[Place]:
    case = Case(load_texts(texts()), texts())
    return {(found.span.file, found.span.line, one.name) for one, found in findings(case)}


def test_every_lint_trips_as_marked_and_nowhere_else() -> None:
    assert tripped() == set(marks("trips", texts()))


def test_every_lint_of_plans_trips_as_marked_and_nowhere_else() -> None:
    rules, names = load_rules(), {one.code: one.name for one in lints()}
    found = [d for name in plans() for d in lint_plan(rules, load_use_case(rules, name))]
    assert {(d.span.file, d.span.line, names[d.code]) for d in found} == set(marks("trips", plans()))
    assert {d.severity for d in found} == {"warning"}


def test_shipped_plans_are_clean() -> None:
    rules = load_rules()
    shipped = sorted((ROOT / "fixtures" / "use-cases").glob("*.yaml"))
    assert shipped and [d.render() for one in shipped for d in lint_plan(rules, load_use_case(rules, one))] == []


LIKE = """
term learning-material "What it learns from"
term platform-output "Its output" under learning-material
platform one "One"
  offering api "One" under terms
  offering app "One" under terms
document terms "Terms"
  own "terms.md"
"""
OTHER = 'platform two "Two"\n  offering api "Two" under one/terms\n  offering app "Two" under one/terms'


def rules_like(more: str) -> Rules:
    return load_texts({"one/terms.rules": LIKE + more, "two/platform.rules": OTHER})


@pytest.mark.parametrize(
    "fact",
    [
        'fact learns "What is it for?" many of learning-material',
        'fact learns-from "Does it learn?" yes or no',
        'fact learns-from "What does it learn from?" one of learning-material',
        'fact learns-from "What does it learn from?" many of learning-material per offering',
        'fact learns-from "What does it learn from?" many of learning-material',
    ],
)
def test_lints_of_plans_are_silent_where_the_rules_lack_their_names(fact: str) -> None:
    rules = rules_like(fact)
    answer = "yes" if "yes or no" in fact else "platform-output"
    text = f"platforms: [one/api, two/api]\nfacts: {{{fact.split()[1]}: {answer}}}\n"
    assert lint_plan(rules, read_use_case(rules, text)) == []


def test_a_lint_of_plans_needs_no_more_than_its_own_names() -> None:
    more = 'term model-internals "Its weights" under learning-material\n'
    rules = rules_like(more + 'fact learns-from "From what?" many of learning-material')
    text = "platforms: [one/api, two/api]\nfacts: {learns-from: [platform-output, model-internals]}\n"
    (one,) = lint_plan(rules, read_use_case(rules, text, "plan.yaml"), text)
    assert (one.code, one.span.line, one.line) == ("L014", 2, text.split("\n")[1])
    assert one.help and "started-from-weights" not in one.help


def test_every_lint_has_a_file_that_trips_it_and_near_misses() -> None:
    for kind in ("trips", "ok"):
        assert {name for _, _, name in marks(kind, plans())} == {one.name for one in lints() if one.plans}
    names = {one.name for one in lints() if not one.plans}
    assert {name for _, _, name in marks("trips", texts())} == names
    assert {name for _, _, name in marks("ok", texts())} == names
    assert {path.stem for path in TRIPS.glob("*.rules")} == {*names, "platform", "vocabulary", "silent"}


def test_the_shipped_rules_are_clean() -> None:
    assert [one.render() for one in lint(load_rules())] == []


def test_warnings_have_places_lines_and_codes() -> None:
    found = lint(load_texts(texts()), texts(), only=["vendor-literal"])
    assert [(d.code, d.severity, d.span.file) for d in found] == [("L003", "warning", "trips/vendor-literal.rules")]
    assert found[0].line is not None and "made-by is acme" in found[0].line


def test_the_registry_finds_each_file_once() -> None:
    modules = {path.stem for path in (ROOT / "engine" / "lint").glob("*.py")} - {"__init__"}
    assert {one.name.replace("-", "_") for one in lints()} == modules - set(MACHINERY)
    assert list(CODES) == [f"L{n:03}" for n in range(1, len(lints()) + 1)]


def test_docs_are_written_from_the_lints() -> None:
    written = {path.name: path.read_text("utf-8") for path in (ROOT / "docs" / "lints").glob("*.md")}
    assert written == pages(), "python -m mayuse.lint.pages docs/lints"


@pytest.mark.parametrize("one", lints(), ids=lambda one: one.name)
def test_pages_have_their_shape_and_examples_that_parse(one: Lint) -> None:
    page = one.page
    assert page.what.endswith(".") and page.why.endswith(".") and not page.title.endswith(".")
    assert page.avoid != page.prefer
    for example, trips in ((page.avoid, True), (page.prefer, False)):
        if one.plans:
            rules = load_rules()
            found = lint_plan(rules, read_use_case(rules, example))
            assert [d.code for d in found] == [one.code] * trips
        else:
            assert parse(example, "example")[1] == []


def test_a_fix_mends_all_and_changes_no_meaning() -> None:
    before = texts()
    case = Case(load_texts(before), before)
    changed = fixed(before, [found for one, found in findings(case) if one.fixes])
    assert set(changed) == {"trips/vendor-literal.rules"}
    after = {**before, **changed}
    old, new = load_texts(before), load_texts(after)
    assert {id: p.hash for id, p in old.provisions.items()} == {id: p.hash for id, p in new.provisions.items()}
    assert lint(new, after, only=["vendor-literal"]) == []


def test_numbers_of_words() -> None:
    said = "under 18, 700 million, 1,000,000 or 2.500.000; twenty-one, one hundred, 12.5 percent"
    assert {18, 700_000_000, 1_000_000, 2_500_000, 21, 100} <= {int(n) for n in numbers(said)}
    assert "12.5" in {str(n) for n in numbers(said)}


def test_a_new_lint_begins_with_files_that_can_stand() -> None:
    files = scaffold("empty-note")
    code = f"L{len(lints()) + 1:03}"
    module, page, rules = files.values()
    assert list(files) == ["engine/lint/empty_note.py", "docs/lints/empty-note.md", "tests/lint/trips/empty-note.rules"]
    compile(module, "empty_note.py", "exec")
    imported = {
        name.name for node in ast.walk(ast.parse(module)) if isinstance(node, ast.ImportFrom) for name in node.names
    }
    assert all(module.count(name) > 1 for name in imported - {"annotations"}), "what it imports it uses"
    assert code in module and page.startswith("# empty-note\n") and parse(rules, "new")[1] == []
