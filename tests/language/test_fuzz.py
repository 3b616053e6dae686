"""No text crashes the parser or hangs it (law 12): random texts, broken valid texts, very deep and very long ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st
from mayuse.language import format_block, parse
from mayuse.language.grammar import KEYWORDS
from mayuse.language.tokens import MOST_REPORTED

from . import trees
from .promises import check

words = st.one_of(
    st.sampled_from(sorted({word for keyword in KEYWORDS for word in keyword.split()})),
    st.sampled_from(
        ["a", "b-c", "a/b", '"t"', '""', "(", ")", ",", "#", "\n", "5", "2026-01-01", "“", '"', "\\", "A", "_"]
    ),
)
soups = st.lists(st.tuples(words, st.sampled_from([" ", "", "\n", "  "])), max_size=60).map(
    lambda pairs: "".join(word + space for word, space in pairs)
)


@settings(max_examples=400)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    check(text)


@settings(max_examples=400)
@given(soups)
def test_any_words(text: str) -> None:
    check(text)
    check('prohibit a "t" when ' + text)


@st.composite
def broken(draw: st.DrawFn) -> str:
    """A valid text with pieces taken out, put in, doubled or moved."""
    file = draw(trees.files.filter(lambda file: bool(file.blocks)))
    text = "\n".join(format_block(block) for block in file.blocks)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 30)))
        where = draw(st.integers(0, len(text)))
        match draw(st.sampled_from(["out", "in", "twice", "move"])):
            case "out":
                text = text[:start] + text[end:]
            case "in":
                text = text[:start] + draw(soups) + text[start:]
            case "twice":
                text = text[:where] + text[start:end] + text[where:]
            case _:
                piece = text[start:end]
                text = text[:start] + text[end:]
                text = text[:where] + piece + text[where:]
    return text


@given(broken())
def test_broken_texts(text: str) -> None:
    check(text)


SIZE = 300_000
HEAD = 'prohibit a "t" when '
LONG = {
    "spaces": " ",
    "lines": "\n",
    "quotes": '"',
    "backslashes": '"\\',
    "hashes": "#",
    "comments": "#\n",
    "letters": "a",
    "dashes": "a-",
    "slashes": "a/",
    "words": "foo ",
    "keywords": "platform ",
    "heads": 'prohibit a "t" ',
    "bare heads": "prohibit ",
    "heads with commas": "prohibit,",
    "far heads": "prohibit" + " " * 500,
    "unknown heads": 'foo a "t"\n',
    "terms": 'term a "t"\n',
    "by": "by ",
    "NUL": "\0",
    "carriage returns": "\r",
    "curly quotes": "“",
    "astral": "\U0001f600 ",
    "strings": '"a" ',
    "unended strings": '"a\n',
}
LONG_IN_CONDITION = {
    "open": "(",
    "close": "a)",
    "nots": "not ",
    "ands": "a and ",
    "mixed": "a and b or ",
    "deep ands": "a and (",
    "whens": "when ",
    "when a": "a when ",
    "unless": "a unless ( ",
    "commas": "a is any of b, ",
    "list": "b, ",
    "digits": "1",
    "number": "a above 1,",
    "sections": 'a section "x" ',
    "quotes in": 'a quote "x\n',
    "topics": "a topic b ",
    "foreign": "a “",
    "signs": "a >= ",
}


@pytest.mark.parametrize("piece", LONG.values(), ids=LONG)
def test_long_texts(piece: str) -> None:
    text = piece * (SIZE // len(piece))
    for one in (text, f'prohibit a "t" {text}', f'prohibit a "t" section {text}', f'term a "{text}'):
        for found in parse(one, "x")[1]:
            assert found.render()


@pytest.mark.parametrize("piece", LONG_IN_CONDITION.values(), ids=LONG_IN_CONDITION)
def test_long_conditions(piece: str) -> None:
    for head in (HEAD, HEAD + "a and ", HEAD + "a is any of "):
        for found in parse(head + piece * (SIZE // len(piece)), "x")[1]:
            assert found.render()


def test_ten_million_signs_of_junk() -> None:
    piece = "".join(
        chr(33 + (n * n * 7 + n) % 94) + (" " if n % 5 == 0 else "\n" if n % 37 == 0 else "") for n in range(9973)
    )
    found = parse(piece * (10_000_000 // len(piece)), "x")[1]
    assert 0 < len(found) <= MOST_REPORTED + 1


def test_all_parentheses_there_are() -> None:
    for depth in (100, 100_000):
        for text in (
            "(" * depth,
            "(" * depth + "a" + ")" * depth,
            "not (" * depth + "a",
            ")" * depth,
            "a" + ")" * depth,
        ):
            assert parse(HEAD + text, "x")[1]
