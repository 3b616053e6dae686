"""Settings from files and variables: what goes before what, what is refused and where, what is said aloud."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result
from hypothesis import given, strategies as st
from mayuse.commands.main import main
from mayuse.commands.options import CommandError
from mayuse.commands.settings import KEYS, leaves, own, variable
from mayuse.commands.settings_file import load
from mayuse.commands.toml_places import places

Run = Callable[..., Result]
COMMANDS = leaves(click.Context(main))


@pytest.fixture
def here(plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder in a repository, with the small rules and a plan that one condition keeps from passing."""
    (tmp_path / "repo" / "sub").mkdir(parents=True)
    (tmp_path / "repo" / ".git").mkdir()
    monkeypatch.chdir(tmp_path / "repo" / "sub")
    (tmp_path / "repo" / "sub" / "plan.yaml").write_bytes(plan.read_bytes())
    return tmp_path / "repo"


def code(run: Run, *words: str) -> int:
    return run("check", "plan.yaml", *words).exit_code


def test_flags_before_variables_before_the_file(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "mayuse.toml").write_text('format = "json"\n', "utf-8")
    assert run("check", "plan.yaml").stdout.startswith("{")
    monkeypatch.setenv("MAYUSE_FORMAT", "markdown")
    assert run("check", "plan.yaml").stdout.startswith("# ")
    assert run("check", "plan.yaml", "--format", "table").stdout.startswith("Support bot")


def test_a_verbs_own_table_before_what_holds_for_all(run: Run, here: Path) -> None:
    (here / "mayuse.toml").write_text('format = "json"\n[check]\nformat = "markdown"\n', "utf-8")
    assert run("check", "plan.yaml").stdout.startswith("# ")
    assert json.loads(run("list", "topics").stdout)
    assert json.loads(run("readings").stdout)


@pytest.mark.parametrize("format_", ["jsonl", "sarif", "junit", "github", "csv", "html"])
def test_every_format_of_a_check_may_be_configured(run: Run, here: Path, format_: str) -> None:
    (here / "mayuse.toml").write_text(f'[check]\nformat = "{format_}"\n', "utf-8")
    assert run("check", "plan.yaml").stdout == run("check", "plan.yaml", "--no-config", "--format", format_).stdout
    wrong = run("check", "plan.yaml", "--as-of", "never")
    assert wrong.exit_code == 2 and ("M400" in wrong.stdout) == (format_ != "html")
    several = run("check", "plan.yaml", "plan.yaml")
    assert ("M411" in several.stderr) == (format_ == "html")


def test_a_value_that_only_others_offer_is_for_them(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "mayuse.toml").write_text('format = "markdown"\n', "utf-8")
    assert run("list", "topics").stdout.startswith("Id ")
    monkeypatch.setenv("MAYUSE_FORMAT", "markdown")
    assert run("list", "topics", "--no-config").stdout.startswith("Id ")
    monkeypatch.setenv("MAYUSE_FORMAT", "markdwon")
    assert run("list", "topics").exit_code == 2


@pytest.mark.parametrize(
    ("files", "format_"),
    [
        ({"../mayuse.toml": 'format = "json"'}, "json"),
        ({"../mayuse.toml": 'format = "json"', "mayuse.toml": 'format = "markdown"'}, "markdown"),
        ({"mayuse.toml": 'format = "json"', "pyproject.toml": '[tool.mayuse]\nformat = "markdown"'}, "json"),
        ({"../mayuse.toml": 'format = "json"', "pyproject.toml": '[tool.mayuse]\nformat = "markdown"'}, "markdown"),
        ({"../mayuse.toml": 'format = "json"', "pyproject.toml": "[tool.ruff]\nx = 1"}, "json"),
        ({"../mayuse.toml": 'format = "json"', "pyproject.toml": "[tool.ruff\n"}, "json"),
        ({"../../mayuse.toml": 'format = "json"'}, "table"),
        ({}, "table"),
    ],
)
def test_the_nearest_file_up_to_the_repository(run: Run, here: Path, files: dict[str, str], format_: str) -> None:
    for name, text in files.items():
        (here / "sub" / name).write_text(text, "utf-8")
    first = run("check", "plan.yaml").stdout[0]
    assert {"{": "json", "#": "markdown", "S": "table"}[first] == format_


def test_one_file_or_none(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "mayuse.toml").write_text('[check]\naccept = "discloses-ai"\n', "utf-8")
    other = here / "other.toml"
    other.write_text("", "utf-8")
    assert code(run) == 0
    for words in (["--no-config"], ["--config", "off"], ["--config", str(other)], ["--config", "../other.toml"]):
        assert code(run, *words) == 3
    monkeypatch.setenv("MAYUSE_CONFIG", str(other))
    assert code(run) == 3
    assert code(run, "--config", "../mayuse.toml") == 0
    monkeypatch.setenv("MAYUSE_CONFIG", "off")
    assert code(run) == 3
    done = run("check", "plan.yaml", "--config", "none.toml")
    assert (done.exit_code, "none.toml:1:1: error[M420]" in done.stderr) == (2, True)
    (here / "pyproject.toml").write_text("[tool.ruff]\n", "utf-8")
    assert "M420" in run("check", "plan.yaml", "--config", "../pyproject.toml").stderr


def test_paths_are_from_the_files_folder(run: Run, here: Path) -> None:
    (here / "ours").mkdir()
    (here / "ours" / "more.rules").write_text('topic more "More"\n', "utf-8")
    (here / "counsel.yaml").write_text("acme/terms/scope: narrow\n", "utf-8")
    (here / "mayuse.toml").write_text('rules = "ours"\ncheck.readings = ["counsel.yaml"]\n', "utf-8")
    assert "more" in run("list", "topics").stdout
    done = run("check", "plan.yaml")
    assert done.exit_code == 3
    assert "../mayuse.toml:2: readings = ../counsel.yaml" in done.stderr
    assert run("list", "topics", "--rules", str(here / "ours"), "--no-config").exit_code == 0


def test_what_bears_on_the_verdict_is_said(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "mayuse.toml").write_text('format = "json"\n[check]\naccept = ["discloses-ai"]\nmax-age = 9_000\n', "utf-8")
    monkeypatch.setenv("MAYUSE_PLATFORM", "acme/api")
    done = run("check", "plan.yaml")
    assert done.exit_code == 0
    assert done.stderr.splitlines() == [
        "MAYUSE_PLATFORM: platform = acme/api",
        "../mayuse.toml:3: accept = discloses-ai",
        "../mayuse.toml:4: max-age = 9000",
    ]
    assert json.loads(done.stdout)["gate"]["accepted"] == ["discloses-ai"]
    assert "accept" not in run("check", "plan.yaml", "--accept", "discloses-ai").stderr


def test_a_flag_sets_a_configured_platform_aside(run: Run, here: Path) -> None:
    (here / "mayuse.toml").write_text('platform = ["acme/app"]\nformat = "json"\n', "utf-8")
    for words, offerings in (
        ([], ["acme/app"]),
        (["--all"], ["acme/api", "acme/app"]),
        (["--platform", "acme/api"], ["acme/api"]),
    ):
        done = run("check", "plan.yaml", *words)
        assert [row["offering"] for row in json.loads(done.stdout)["verdicts"]] == offerings
        assert ("platform" in done.stderr) == (not words)


def test_errors_are_json_where_that_is_configured(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "sub" / "plan.yaml").write_text("facts: 3\n", "utf-8")
    (here / "mayuse.toml").write_text('format = "json"\n', "utf-8")
    done = run("check", "plan.yaml")
    assert (done.exit_code, len(json.loads(done.stdout)["errors"])) == (2, 1)
    assert run("check", "plan.yaml", "--format", "table").stdout == ""
    monkeypatch.setenv("MAYUSE_FORMAT", "json")
    assert json.loads(run("check", "plan.yaml", "--no-config").stdout)["errors"]


WRONG = {
    "rules = 3": ("M422", 1, 1),
    "acept = []": ("M421", 1, 1),
    "max_age = 3": ("M421", 1, 1),
    "platforms = []": ("M421", 1, 1),
    "[chekc]\nformat = 'json'": ("M421", 1, 2),
    "check = true": ("M422", 1, 1),
    "exit-zero = true": ("M423", 1, 1),
    "[check]\n  exit-zero = true": ("M423", 2, 3),
    "output = 'x'": ("M423", 1, 1),
    "[check]\nbaseline = 'x.json'": ("M423", 2, 1),
    "as-of = 2026-01-01": ("M423", 1, 1),
    "config = 'x'": ("M422", 1, 1),
    "max-age = '3'": ("M422", 1, 1),
    "max-age = true": ("M422", 1, 1),
    "max-age = -1": ("M422", 1, 1),
    "width = 3": ("M422", 1, 1),
    "detail = 1": ("M422", 1, 1),
    "accept = ['a', 3]": ("M422", 1, 16),
    "accept = ['a',\n  [3], # x\n  'c']": ("M422", 2, 3),
    "accept = ['a', '']": ("M422", 1, 16),
    'accept = "a\\u0000b"': ("M422", 1, 1),
    "accept = 2026-01-01": ("M422", 1, 1),
    "[check]\nformat = 'jsn'": ("M422", 2, 1),
    "[list]\naccept = 'x'": ("M421", 2, 1),
    "[verify]\nformat = 'markdown'": ("M422", 2, 1),
    "[ledger]\nformat = 'json'": ("M421", 2, 1),
    "check = {accept = 3}": ("M422", 1, 10),
    "check.accept = 3": ("M422", 1, 7),
    "[[check]]": ("M422", 1, 3),
    "'' = 3": ("M421", 1, 1),
    "x = ": ("M420", 1, 4),
    "[check\n": ("M420", 1, 7),
    "a = '''": ("M420", 1, 8),
    "format = 'json'\nformat = 'json'": ("M420", 2, 16),
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_refused_and_where(text: str, run: Run, here: Path) -> None:
    (here / "mayuse.toml").write_text(text, "utf-8")
    done = run("check", "plan.yaml")
    assert done.exit_code == 2, done.output
    found = re.match(r"\.\./mayuse\.toml:(\d+):(\d+): error\[(M\d+)\]: (.*)\n", done.stderr)
    assert found, done.stderr
    assert (found[3], int(found[1]), int(found[2])) == WRONG[text]
    assert not found[4].endswith(".")
    assert done.stdout == ""
    assert run("check", "plan.yaml", "--no-config").exit_code == 3


def test_an_error_can_be_looked_up_while_it_is_there(run: Run, here: Path) -> None:
    (here / "mayuse.toml").write_text("acept = []", "utf-8")
    done = run("explain", "M421")
    assert done.exit_code == 0
    assert "unknown key" in done.stdout
    assert "have errors, and are not used" in done.stderr


def test_places_count_in_the_table_of_a_pyproject(run: Run, here: Path) -> None:
    text = '[project]\nname = "x"\n\n[tool.mayuse]\nformat = "jsn"\n\n[tool.mayuse.check]\naccept = [1]\n'
    (here / "pyproject.toml").write_text(text, "utf-8")
    done = run("check", "plan.yaml")
    assert done.exit_code == 2
    assert "../pyproject.toml:5:1: error[M422]" in done.stderr
    assert "../pyproject.toml:8:11: error[M422]" in done.stderr
    assert "did you mean 'json'?" in done.stderr


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a = '\xff'", b"#" * (1 << 20 | 1), b"a = " + b"[" * 50_000])
def test_a_file_that_is_no_text(content: bytes, run: Run, here: Path) -> None:
    (here / "mayuse.toml").write_bytes(content)
    done = run("check", "plan.yaml")
    assert done.exit_code == 2
    assert "M420" in done.stderr


def test_every_settable_option_has_its_variable(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in KEYS:
        assert any(name in dict(own(command, verb)) for verb, command in COMMANDS.items()), name
    monkeypatch.setenv(variable("max-age"), "1")
    assert code(run) == 4
    monkeypatch.setenv(variable("max-age"), "one")
    assert "MAYUSE_MAX_AGE" in run("check", "plan.yaml").stderr


def test_config_shows_what_holds_and_from_where(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "mayuse.toml").write_text('rules = "../rules"\n[check]\naccept = "a"\n', "utf-8")
    monkeypatch.setenv("MAYUSE_WIDTH", "100")
    rows = json.loads(run("config", "check", "--format", "json").stdout)
    assert [(row["key"], row["value"], row["from"], row["verbs"]) for row in rows] == [
        ("rules", ["../../rules"], "../mayuse.toml:1", ["check"]),
        ("accept", ["a"], "../mayuse.toml:3", ["check"]),
        ("width", "100", "MAYUSE_WIDTH", ["check"]),
    ]
    table = run("config")
    assert "all that have it" in table.stdout
    assert "settings file: ../mayuse.toml" in table.stderr
    assert "settings file: none" in run("config", "--no-config").stderr
    assert "did you mean 'check'" in run("config", "chek").stderr


scalars = st.one_of(st.booleans(), st.integers(-5, 10**6), st.text(max_size=8), st.dates(), st.floats(allow_nan=False))
names = st.one_of(
    st.sampled_from([*KEYS, "check", "verify", "ledger", "new", "tool", "exit-zero", "x"]), st.text(max_size=5)
)
tables = st.recursive(
    scalars, lambda one: st.lists(one, max_size=3) | st.dictionaries(names, one, max_size=4), max_leaves=9
)


def written(value: object) -> str:
    """A value as TOML, tables in line."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(value)
        case list():
            return f"[{', '.join(map(written, value))}]"
        case dict():
            return f"{{{', '.join(f'{json.dumps(k)} = {written(v)}' for k, v in value.items())}}}"
        case _:
            return str(value)


@given(st.dictionaries(names, tables, max_size=5), st.sampled_from(["", "\n", "# [x]\n", "\r\n"]))
def test_no_value_crashes_it(tmp_path_factory: pytest.TempPathFactory, table: dict[str, object], gap: str) -> None:
    text = gap + "".join(f"{json.dumps(key)} = {written(value)}\n{gap}" for key, value in table.items())
    file = tmp_path_factory.getbasetemp() / "drawn.toml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        settings = load(str(file), COMMANDS, KEYS)
    except CommandError as error:
        lines = text.split("\n")
        for one in error.diagnostics:
            assert one.code in {"M420", "M421", "M422", "M423"}
            assert 1 <= one.span.line <= len(lines)
            assert one.render().isprintable() or "\n" in one.render()
    else:
        assert set(settings.sections.get((), {})) <= set(KEYS)


@given(st.text("abc=.[]{}\"'#\n ,-1\\", max_size=60) | st.text(max_size=40))
def test_no_text_crashes_it(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.getbasetemp() / "drawn.toml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        load(str(file), COMMANDS, KEYS)
    except CommandError as error:
        assert error.diagnostics


@given(st.dictionaries(names, tables, max_size=5))
def test_every_key_has_a_place(table: dict[str, object]) -> None:
    text = "# x = 1\n" + "".join(f"{json.dumps(key)} = {written(value)}\n" for key, value in table.items())
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    found = places(text)
    for key, value in table.items():
        assert text[slice(*found[key,])] == json.dumps(key)
        if isinstance(value, dict):
            assert {(key, name) for name in value} <= found.keys()
        if isinstance(value, list):
            assert {(key, number) for number in range(len(value))} <= found.keys()


def test_places_of_every_kind_of_toml() -> None:
    text = (
        'a.b = 1.5\n"q.r" = """x = 1\n[y]"""\n[ c . "d" ] # [e]\nf = [ # [\n  [1, {g = 2}], "]", \'#\',\n]\n'
        "t = 1979-05-27T07:32:00.5-07:00\nu = {v.w = '''\n''''', x = {}}\n[[h]]\ni = 1\n[[h]]\ni = 2\n"
    )
    tomllib.loads(text)
    found = places(text)
    keys = [k for k in found if all(isinstance(one, str) for one in k)]
    assert keys == [
        *[("a",), ("a", "b"), ("q.r",), ("c",), ("c", "d"), ("c", "d", "f"), ("c", "d", "t"), ("c", "d", "u")],
        *[("c", "d", "u", "v"), ("c", "d", "u", "v", "w"), ("c", "d", "u", "x"), ("h",), ("h", "i")],
    ]
    items = [("c", "d", "f", n) for n in range(3)]
    assert [text[found[one][0]] for one in items] == ["[", '"', "'"]
