"""No text does anything but be read or be refused with diagnostics; and every code has its page."""

from __future__ import annotations

import re
from pathlib import Path

import mayuse.usecase
from asking import RULES, check_style
from hypothesis import example, given, settings, strategies as st
from mayuse.language.diagnostics import UseCaseError
from mayuse.usecase import read_settlements, read_use_case
from mayuse.usecase.findings import Findings
from mayuse.usecase.source import UNWANTED
from mayuse.usecase.yaml_nodes import compose
from test_usecase_header import WHOLE

READINGS = (
    "house-view: {choice: narrow, by: A, date: 2026-11-01}\nmeta/licence/output-scope: verbatim\nbasis: consent\n"
)
SCRAPS = st.sampled_from(
    ["[", "]", "{", "}", ": ", ", ", "- ", "\n", "\n  ", "? ", "&a ", "*a", "!!str ", "!", "'", '"', "|", ">", "#", "%",
     "@", "`", "---\n", "...\n", "...", "\t", "~", "null", "not ", "all of ", "yes", "NO", "don't know", "openai",
     "meta",
     "openai/api", "value", "by", "suggested", "customer-support", "purposes", "facts", "platforms", "users", "5", "-1",
     "1_000", "under 5", "2026-11-23", "\u202e", "\ufeff", "\r\n", "é", "\x85", "😀", "<<", "contracts", "approvals",
     "uses-weights", "goals", "health-addendum", "\\", "as-of", "negotiated", "@"]
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn, whole: str = WHOLE) -> str:
    """A good file after a few cuts, doublings and insertions."""
    text = whole
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 25)))
        text = text[:start] + draw(SCRAPS | st.just("") | st.just(text[start:end] * 2)) + text[end:]
    return text


def reads_or_refuses(source: str | bytes) -> None:
    for reader in (read_use_case, read_settlements):
        try:
            reader(RULES, source, "fuzz.yaml")
        except UseCaseError as error:
            assert error.diagnostics
            check_style(list(error.diagnostics))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
@example(b"\xff\xfe")
@example(b"\x00")
@example(b"a")
def test_any_bytes(source: bytes) -> None:
    reads_or_refuses(source)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text(source: str) -> None:
    reads_or_refuses(source)


@settings(max_examples=500, deadline=None)
@given(st.lists(SCRAPS, max_size=40).map("".join))
def test_scraps(source: str) -> None:
    reads_or_refuses(source)


@settings(max_examples=1000, deadline=None)
@given(mutated() | mutated(READINGS))
def test_mutated_files(source: str) -> None:
    reads_or_refuses(source)


@settings(max_examples=500, deadline=None)
@given(mutated() | st.lists(SCRAPS, max_size=25).map("".join))
def test_what_both_scanners_accept_they_read_alike(text: str) -> None:
    if UNWANTED.search(text):
        return
    fast, slow = Findings("f"), Findings("f")
    first, second = compose(text.replace("\r\n", "\n"), fast), compose(text.replace("\r\n", "\n"), slow, fast=False)
    if not fast.found and not slow.found:
        assert first == second
    if first is None:
        assert fast.found


@settings(max_examples=200, deadline=None)
@given(st.recursive(SCRAPS | st.text(max_size=5), lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
    SCRAPS, inner, max_size=4), max_leaves=12), st.sampled_from([*RULES.facts, "platforms", "contracts",
    "approvals"]))  # fmt: skip
def test_any_value_anywhere(value: object, name: str) -> None:
    import json

    text = json.dumps(value, ensure_ascii=True)
    reads_or_refuses(f"{name}: {text}\n" if name not in RULES.facts else f"facts:\n  {name}: {text}\n")
    reads_or_refuses(f"{name}: {text}\n")


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    from mayuse.usecase.codes import CODES

    folder = Path(mayuse.usecase.__file__).parent
    sources = {p.name: p.read_text("utf-8") for p in folder.glob("*.py")}
    used = {c for name, text in sources.items() if name != "codes.py" for c in re.findall(r'"(M2\d\d)"', text)}
    assert used == set(CODES)
    for code, page in CODES.items():
        assert re.fullmatch(r"M2\d\d", code)
        assert page.title[0].islower() or page.title[0] == "'", page
        assert all((page.what, page.why, page.avoid, page.prefer)), page
