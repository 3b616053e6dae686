"""What every format owes: the disclaimer, the independence, the same bytes again, and no text that breaks it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, strategies as st
from mayuse.language.diagnostics import Diagnostic
from mayuse.language.tree import Span
from mayuse.report import FORMATS
from mayuse.report.json import dump, errors_json, render_json, to_json
from mayuse.report.markdown import escape, render_markdown
from mayuse.report.words import DISCLAIMER, INDEPENDENCE, shorten, text_age
from samples import EVIL, FULL, ROWS, SAMPLES, poisoned

EXAMPLES = Path(__file__).parent / "examples"
SCHEMA = json.loads(
    (Path(__import__("mayuse.report").report.__file__).parent / "report.schema.json").read_text("utf-8")
)
VALID = jsonschema.Draft202012Validator(SCHEMA)


def objects(schema: object) -> list[dict[str, object]]:
    """Every schema of an object below `schema`."""
    if isinstance(schema, list):
        return [found for one in schema for found in objects(one)]
    if not isinstance(schema, dict):
        return []
    below = [found for one in schema.values() for found in objects(one)]
    return [schema, *below] if schema.get("type") == "object" else below


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", SAMPLES)
def test_disclaimer_and_independence_stand_in_every_format(name: str, format_: str) -> None:
    text = FORMATS[format_](SAMPLES[name], 80)
    for words in (DISCLAIMER, INDEPENDENCE):
        assert words in " ".join(text.split())
    assert text.endswith("\n") and not text.endswith("\n\n")
    text.encode("utf-8")


@pytest.mark.parametrize("format_", FORMATS)
def test_same_report_same_bytes(format_: str) -> None:
    assert FORMATS[format_](FULL, 80) == FORMATS[format_](replace(FULL), 80)


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.verdict.value)
def test_every_format_shows_every_verdict(row: object, format_: str) -> None:
    name = row.verdict.value  # type: ignore[attr-defined]
    text = FORMATS[format_](SAMPLES[name], 80)
    assert name in text and row.offering in text  # type: ignore[attr-defined]


def test_a_format_is_imported_when_it_is_used() -> None:
    code = "import sys, mayuse.report; sys.exit(bool({'tabulate', 'click', 'mayuse.report.table'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("name", SAMPLES)
def test_json_keeps_its_schema(name: str) -> None:
    document = json.loads(render_json(SAMPLES[name]))
    VALID.validate(document)
    assert list(document) == [key for key in SCHEMA["properties"] if key in SCHEMA["required"]]


def test_the_schema_is_closed_and_explains_every_key() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    found = objects(SCHEMA)
    assert len(found) > 20
    for one in found:
        assert one["additionalProperties"] is False and one["description"]
        optional = set(one["properties"]) - set(one["required"])  # type: ignore[call-overload]
        assert optional <= {"decision_id", "evaluated_at"}
        for key, value in one["properties"].items():  # type: ignore[attr-defined]
            assert value["description"], key


def test_an_answer_of_a_register_keeps_the_schema() -> None:
    VALID.validate(to_json(FULL) | {"decision_id": "d-1", "evaluated_at": "2026-11-23T10:00:00Z"})
    with pytest.raises(jsonschema.ValidationError):
        VALID.validate(to_json(FULL) | {"score": 1})


def test_errors_keep_the_schema_and_never_pass() -> None:
    found = [
        Diagnostic("M012", "unknown fact 'x'", Span("a.yaml", 2, 3, 2, 4), "did you mean 'y'?"),
        Diagnostic("M400", "oh"),
    ]
    document = errors_json(found, "0.1.0")
    VALID.validate(document)
    assert list(document) == list(to_json(FULL))
    assert not document["gate"]["pass"] and document["gate"]["exit_code"] == 2
    assert [one["line"] for one in document["errors"]] == [2, None]


def test_json_is_the_report() -> None:
    document = to_json(FULL)
    contested = document["verdicts"][3]
    assert contested["findings"][0]["quote"] == {
        "exact": "use Output to develop … models that compete",
        "prefix": "",
        "suffix": "",
        "fragments": ["use Output to develop", "models that compete"],
    }
    assert contested["readings"][0]["verdicts"][1]["verdict"] == "conflict"
    first, second = document["verdicts"][1]["conditions"]
    assert first["alternatives"] == [["human-review", "binds-users"], ["labels-output"]]
    assert second["alternatives"] == [["labels-output"]]
    assert document["gate"]["pass"] is False and document["plan"]["verdict"] is None


@given(st.text(max_size=80))
def test_json_gives_every_text_back_and_no_command(text: str) -> None:
    written = dump({"text": text})
    assert json.loads(written) == {"text": text}
    written.encode("utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", written)


def test_markdown_has_the_whole_report() -> None:
    text = render_markdown(FULL)
    for row in ROWS:
        assert f"| **{row.verdict.value}** |" in text
    for heading in ("What this leans on", "Standing duties, whatever the plan", "Coverage", "Readings for counsel"):
        assert f"## {heading}\n" in text


@pytest.mark.parametrize(
    "text", [EVIL, "a|b", "\\|", "\\\\|", "`|`", "|\n|", "<b>", "![x](y)", "- x", "1. x", "# x", "> x"]
)
def test_no_text_breaks_the_markdown(text: str) -> None:
    lines = render_markdown(poisoned(text)).split("\n")
    table = [line for line in lines if line.startswith("|")]
    assert len(table) == 2 + len(ROWS) + 1
    for line in table:
        assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 5
    for line in lines:
        assert not re.search(r"(?<!\\)[<`\[!]", line), line
        assert not re.search(r"https?:|@[a-z]|(?<!&)#\d", line), line
        assert line == "" or re.match(r"# |## |---$|\| | *- |[A-Z0-9]|mayuse ", line), line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a_b", r"a\_b"),
        ("<script>", "&lt;script&gt;"),
        ("1. x", r"1\. x"),
        ("- x", r"\- x"),
        ("# x", r"\# x"),
        ("plain words (3.3(e))", "plain words (3.3(e))"),
    ],
)
def test_markdown_is_escaped(text: str, shown: str) -> None:
    assert escape(text) == shown


@pytest.mark.parametrize(("format_", "file"), [("json", "full.json"), ("markdown", "full.md")])
def test_the_committed_examples_are_current(format_: str, file: str) -> None:
    assert FORMATS[format_](FULL, 80) == (EXAMPLES / file).read_text(encoding="utf-8")


def test_the_age_of_the_texts_is_said_plainly() -> None:
    assert text_age(SAMPLES["clean"]) == "As of 2026-11-23, on public terms last seen 2026-08-22 (93 days old)."
    assert text_age(SAMPLES["empty"]) == "As of 2026-11-23, on no dated public terms."


def test_texts_are_shortened_at_a_word() -> None:
    assert shorten("one two three", 9) == "one two…"
    assert shorten("one\n two", 9) == "one two"
    assert len(shorten("x" * 50, 20)) == 20
