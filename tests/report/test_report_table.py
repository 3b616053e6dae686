"""The table: it fits, it has every section, and no text in it reaches the terminal as a command."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from mayuse.report.columns import grid, neutral, width, wrap
from mayuse.report.table import render_table
from samples import EVIL, FULL, ROWS, SAMPLES, poisoned

EXAMPLES = Path(__file__).parent / "examples"
ANSI = re.compile(r"\x1b\[[0-9;]*m")
HOSTILE = st.text(max_size=60) | st.sampled_from([EVIL, "日本" * 40, "\u0301" * 9, "a/" * 60, " ", "-", "\n"])


@pytest.mark.parametrize("columns", [1, 60, 80, 160])
@pytest.mark.parametrize("detail", [False, True])
@pytest.mark.parametrize("name", SAMPLES)
def test_no_line_is_wider_than_asked_for(name: str, detail: bool, columns: int) -> None:
    text = render_table(SAMPLES[name], columns, detail=detail)
    assert text.endswith("\n")
    for line in text.split("\n"):
        assert width(line) <= max(columns, 60), line


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_reaches_the_terminal_as_a_command(name: str) -> None:
    for line in render_table(SAMPLES[name], 80, detail=True).split("\n"):
        for char in line:
            assert unicodedata.category(char) not in ("Cc", "Cs", "Co", "Cn") and char not in "\u202e\u2066\u2028\ufeff"


@pytest.mark.parametrize("detail", [False, True])
@pytest.mark.parametrize("columns", [80, 160])
def test_every_section_appears(columns: int, detail: bool) -> None:
    text = " ".join(render_table(FULL, columns, detail=detail).split())
    for words in (
        "2 facts given, 2 open",
        "As of 2026-11-23, on public terms last seen between 2025-11-28 and 2026-08-22 (93 days old)",
        "1 text without a date",
        "Represented as no part of the plan: unlawful, means-harm, harms-minors and 1 more (4)",
        "Lists taken as complete: purposes: customer-support; also-does: none",
        "vocabulary/output is verbatim (by A. Counsel)",
        "Approvals presumed absent: anthropic/commercial/rivals",
        "Whose move",
        "clause: " if not detail else "evidence: found (the words are in the hashed text",
        'Output must be marked (Services Agreement 3.3(e)): "use Output to develop … models that compete"',
        'may save it: approved by platform (9): "unless we agree otherwise in writing"',
        "if people read it, then discloses-ai (Are people told that they deal with an AI?)",
        "or instead: human-review and binds-users",
        "approval: with anthropic/order-form and system-owner-approval: conditional",
        "purposes includes mass-surveillance? (What is the system for? unknown) if yes: conflict; if no: permitted",
        "narrow: permitted (A model sold to the same customers)",
        "if competing: broad; Is it sold? yes, then it conflicts",
        "if competing: narrow; Is it sold? no, then it does not conflict",
        "contradiction: openai/services-agreement/rival-models and openai/terms/may-train",
        "May suspend at its discretion",
        "Standing duties, whatever the plan",
        "Reported by others, in no vendor text we hold (decides nothing above)",
        'disputed by: deepseek/v3-model-licence 1: "transfer of patterns of the weights"',
        "left out: payment; arbitration; missing: the text",
        "Exit code 1: blocked by epic-games/uefn and anthropic/api. Accepted: discloses-ai.",
        "judged on the terms of 2026-03-01",
    ):
        assert words in text, words


def test_detail_adds_what_the_short_form_counts() -> None:
    short, full = render_table(FULL, 160), render_table(FULL, 160, detail=True)
    for words in (
        "openai/services-agreement/research does not save it",
        "given by J. Doe",
        "commit 0123456789012345678901234567890123456789",
        "encoded 2026-11-20",
    ):
        assert words in full and words not in short


def test_verdicts_and_owners_stand_in_the_matrix() -> None:
    lines = render_table(FULL, 160).split("\n")
    for row in ROWS:
        line = next(line for line in lines if line.startswith(f"{row.offering}  "))
        assert row.verdict.value in line and line.endswith(row.owner)


def test_colour_only_where_asked_for_and_only_in_the_verdict() -> None:
    plain, coloured = render_table(FULL, 80), render_table(FULL, 80, color=True)
    assert "\x1b" not in plain
    assert ANSI.sub("", coloured) == plain
    assert len(ANSI.findall(coloured)) == 2 * len(ROWS)


def test_the_committed_example_is_current() -> None:
    assert render_table(FULL, 80) == (EXAMPLES / "full.txt").read_text(encoding="utf-8")


@given(HOSTILE, st.integers(60, 170))
def test_any_text_fits_and_is_harmless(text: str, columns: int) -> None:
    for line in render_table(poisoned(text), columns, detail=True).split("\n"):
        assert width(line) <= columns
        assert line == "" or line.isprintable() or "\u200c" in line or "\u200d" in line


@given(HOSTILE, st.integers(2, 40))
def test_wrapping_loses_no_letter(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == neutral(text).replace(" ", "")


@given(st.lists(st.tuples(HOSTILE, HOSTILE), max_size=4))
def test_a_grid_keeps_its_columns(rows: list[tuple[str, str]]) -> None:
    _, *blocks = grid(["One", "Two"], rows, (20, 30))
    assert len(blocks) == len(rows)
    for block in blocks:
        assert all(width(line) <= 52 for line in block)
    for (one, two), block in zip(rows, blocks, strict=True):
        shown = "".join(block).replace(" ", "")
        assert sorted(shown) == sorted((neutral(one) + neutral(two)).replace(" ", ""))


def test_our_width_is_never_less_than_the_terminals() -> None:
    wcwidth = pytest.importorskip("wcwidth")
    for text in ("日本語", "été", "e\u0301", "❤\ufe0f", "👩‍👩‍👧‍👦", "Übermaß", "ﬁ…—“”"):
        assert width(neutral(text)) >= wcwidth.wcswidth(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[2Jb", "a\ufffd[2Jb"),
        ("a\u202eb", "a\ufffdb"),
        ("a\u200bb\u00adc", "abc"),
        ("a\n\tb\u2028c", "a b c"),
        ("  ", ""),
        ("\ud800", "\ufffd"),
        ("z" + "\u0335" * 9, "z" + "\u0335" * 4),
    ],
)
def test_texts_are_made_neutral(text: str, shown: str) -> None:
    assert neutral(text) == shown
