"""The documents are true: their examples load, their commands print what they show, their links and names exist.

Fenced blocks are tried by their tag. `rules`: parses, resolves and is proved sound beside the shipped vocabulary (a
platform or a document that the example leaves out is put before it); `rules alone`: loads by itself; `rules fragment`:
parses; `rules refused CODE`: is refused with that code. `yaml use-case` and `yaml readings`: reads against the shipped
rules; `yaml cases`: gives what it says under the rules of docs/organisation. `console`: each `$ mayuse …` is run in the
project's root, each `$ echo $?` is its exit code, and `…` alone on a line stands for any lines. `pycon`: a doctest.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from mayuse.cases.read import read_text
from mayuse.cases.sites import Sites
from mayuse.cases.verdicts import Outcome, judged
from mayuse.commands.explain import codes
from mayuse.commands.reading import names_in
from mayuse.language import RulesError, parse, tree
from mayuse.language.format import format_condition
from mayuse.load import load_rules, load_texts
from mayuse.rulebook.model import Rules
from mayuse.usecase import read_settlements, read_use_case

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [*ROOT.glob("docs/**/*.md"), *(ROOT / f for f in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"))]
)
PAGES = [page for page in PAGES if page.is_file() and page.relative_to(ROOT).parts[:2] != ("docs", "examples")]
FENCE = re.compile(r"^```([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
CODE = re.compile(r"\b[ML]\d{3}\b")
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")

Block = tuple[str, str, str]
"""Where it stands, its tag, its text."""


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(*tags: str) -> Iterator[Block]:
    """Every fenced block whose tag is one of `tags` or begins with it and a space."""
    for page in PAGES:
        text = page.read_text("utf-8")
        for match in FENCE.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            if match[1] in tags or any(match[1].startswith(f"{tag} ") for tag in tags):
                yield f"{name_of(page)}:{line}", match[1], match[2]


def params(*tags: str) -> list[object]:
    found = [pytest.param(*block, id=f"{block[0]}-{block[1].replace(' ', '-')}") for block in blocks(*tags)]
    assert found, f"no {tags} in the documents: the test has lost them"
    return found


@cache
def vocabulary() -> tuple[tuple[str, str], ...]:
    files = sorted((ROOT / "rules" / "vocabulary").glob("*.rules"))
    return tuple((f"vocabulary/{f.name}", f.read_text("utf-8")) for f in files)


@cache
def shipped() -> Rules:
    return load_rules()


def completed(text: str) -> str:
    """An example with the platform and the document it leaves out."""
    file, _ = parse(text, "example")
    kinds = {type(block) for block in file.blocks}
    before = ""
    if tree.Platform not in kinds:
        before += 'platform example "An example"\n'
    if tree.Document not in kinds and kinds & {tree.Provision, tree.Reading}:
        before += 'document example "An example"\n  own "example.md"\n'
    return before + text


@pytest.mark.parametrize(("where", "tag", "text"), params("rules"))
def test_rules(where: str, tag: str, text: str) -> None:
    match tag.split():
        case ["rules", "fragment"]:
            assert [d.render() for d in parse(text, where)[1]] == []
        case ["rules", "alone"]:
            load_texts({"example/example.rules": text})
        case ["rules"]:
            load_texts({**dict(vocabulary()), "example/example.rules": completed(text)})
        case ["rules", "refused", code]:
            with pytest.raises(RulesError) as caught:
                load_texts({**dict(vocabulary()), "example/example.rules": completed(text)})
            assert {d.code for d in caught.value.diagnostics} == {code}
        case _:
            pytest.fail(f"an unknown tag: {tag}")


@pytest.mark.parametrize(("where", "tag", "text"), params("yaml"))
def test_yaml(where: str, tag: str, text: str) -> None:
    match tag:
        case "yaml use-case":
            read_use_case(shipped(), text, where)
        case "yaml readings":
            assert read_settlements(shipped(), text, where)
        case "yaml cases":
            sites = Sites(load_rules(ROOT / "docs/organisation/rules"))
            cases, wrong = read_text(sites, text, where, f"{text.split()[1]}.yaml")
            found = [one for case in cases for one in judged(sites, case)]
            assert not wrong
            assert found and all(isinstance(one, Outcome) and one.gives == one.case.gives for one in found)
        case _:
            pytest.fail(f"an unknown tag: {tag}")


def sessions(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a console block, and the lines shown below it."""
    command, shown = "", list[str]()
    for line in text.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, shown
            command, shown = line[2:], []
        else:
            shown.append(line)
    yield command, shown


def run(command: str) -> tuple[str, int]:
    """What `mayuse …` prints in the project's root, both streams, and its exit code."""
    program = "import sys; from mayuse.commands.main import main; sys.argv[0] = 'mayuse'; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, *command.split()[1:]],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "80"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return done.stdout, done.returncode


def alike(shown: list[str], printed: list[str]) -> bool:
    """Whether what is printed is what is shown, `…` alone standing for any lines."""
    pattern = "".join(r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line.rstrip()) + r"\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{line.rstrip()}\n" for line in printed)) is not None


@pytest.mark.parametrize(("where", "tag", "text"), params("console"))
def test_console(where: str, tag: str, text: str) -> None:
    code = 0
    for command, shown in sessions(text):
        if command == "echo $?":
            assert shown == [str(code)], f"{where}: the exit code is {code}"
            continue
        assert command.startswith("mayuse "), f"{where}: only 'mayuse …' and 'echo $?' are run"
        printed, code = run(command)
        assert alike(shown, printed.splitlines()), f"{where}: $ {command}\n{printed}"


@pytest.mark.parametrize("page", [p for p in PAGES if "```pycon" in p.read_text("utf-8")], ids=name_of)
def test_python(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = "\n".join(block for where, _, block in blocks("pycon") if where.startswith(f"{name_of(page)}:"))
    test = doctest.DocTestParser().get_doctest(text, {}, name_of(page), str(page), 0)
    failed = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).run(test)
    assert failed.attempted and not failed.failed


def anchor(heading: str) -> str:
    """The anchor that a heading gets where Markdown is shown."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links(page: Path) -> None:
    text = re.sub(r"`[^`\n]*`", "", FENCE.sub("", page.read_text("utf-8")))
    for link in LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, part = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists() and target.is_relative_to(ROOT), f"{name_of(page)} links to '{link}', which is not there"
        if part:
            headings = re.findall(r"^#+ (.*)$", FENCE.sub("", target.read_text("utf-8")), re.MULTILINE)
            assert part in map(anchor, headings), f"{name_of(page)} links to '{link}', a heading that is not there"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_codes(page: Path) -> None:
    known = codes()
    shown = set(CODE.findall(page.read_text("utf-8")))
    ranges = {"M001", "M099", "M100", "M199", "M200", "M299", "M300", "M399", "M400", "M499"}
    assert shown - ranges <= known.keys(), f"{name_of(page)} names codes that do not exist"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_tests_that_prove(page: Path) -> None:
    for file, function in TEST.findall(page.read_text("utf-8")):
        path = ROOT / file
        assert path.is_file(), f"{name_of(page)} names '{file}', which is not there"
        assert not function or re.search(rf"^def {function}(?:_\w+)?\(", path.read_text("utf-8"), re.MULTILINE), (
            f"{name_of(page)} names '{file}::{function}', which is not there"
        )


def test_every_law_is_listed_with_the_tests_there_are() -> None:
    text = (ROOT / "docs" / "semantics.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| (\d+) \|.*\|([^|]*)\|$", text, re.MULTILINE))
    assert [int(number) for number in rows] == list(range(1, 18))
    there = {
        (file.relative_to(ROOT).as_posix(), number)
        for file in (ROOT / "tests").rglob("test_*.py")
        for number in re.findall(r"^def test_law_(\d+)_", file.read_text("utf-8"), re.MULTILINE)
    }
    for file, number in sorted(there):
        assert f"`{file}::test_law_{number}`" in rows[number], f"law {number} does not name its test in {file}"
    for number, tests in rows.items():
        assert TEST.search(tests) or tests.strip() == "no test yet", f"law {number} names no test"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_nothing_of_this_machine(page: Path) -> None:
    assert not re.search(r"(?<![\w.])/(?:work|tmp|home|root|opt|Users)/", page.read_text("utf-8"))


def test_no_shipped_safeguard_becomes_possible_because_a_list_grew() -> None:
    """As docs/language.md says of the proof of monotonicity: where a list stands in an `asked when`, it is negated."""
    rules = shipped()
    safeguards = [fact for fact in rules.facts.values() if fact.role == "safeguard" and fact.asked_when]
    assert safeguards
    for fact in safeguards:
        read = {rules.facts[name].kind for name in names_in(fact.asked_when, rules) if name in rules.facts}
        assert "many" not in read or format_condition(fact.asked_when).startswith("not ("), fact.id


def test_decisions_are_numbered() -> None:
    names = [p.name for p in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert [n[:5] for n in names] == [f"{n:04}-" for n in range(1, len(names) + 1)]
