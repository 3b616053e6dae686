"""Splitting texts, and the hashes that tell what a paragraph says."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from mayuse.evidence.paragraphs import LONG, normalise, paragraph_hash, parts, plain, split

from .made import TEXT


def shapes(text: str) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for p in split(text)]


def test_each_kind_of_paragraph_stands_apart() -> None:
    kinds = [p.kind for p in split(TEXT)]
    assert kinds == [
        "heading",
        "text",
        "text",
        "heading",
        "item",
        "text",
        "item",
        "item",
        "item",
        "item",
        "heading",
        "text",
        "heading",
        "text",
    ]
    assert [p.number for p in split(TEXT)] == list(range(1, 15))
    assert [p.level for p in split(TEXT) if p.kind == "heading"] == [1, 2, 3, 2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "You may not:\n(a) sing;\n(b) dance.",
            [("text", "You may not:"), ("item", "(a) sing;"), ("item", "(b) dance.")],
        ),
        (
            "1. One\n   2.1 Two\n• Three\n- Four",
            [("item", "1. One"), ("item", "2.1 Two"), ("item", "• Three"), ("item", "- Four")],
        ),
        ("| a | b |\n| --- | --- |\n| c | d |", [("row", "| a | b |"), ("row", "| c | d |")]),
        ("One\n\n* * *\n\n---\nTwo", [("text", "One"), ("text", "Two")]),
        ("---\nkey: acme\nurls:\n    - https://acme.example\n---\n\nThe terms", [("text", "The terms")]),
        ("---\nnot front matter", [("text", "not front matter")]),
        ("```\n# no heading\n\ncode\n```\nAfter", [("code", "# no heading code"), ("text", "After")]),
        ("```\n\n# Heading", [("heading", "Heading")]),
        ("Acme street 1  \n1000 Town", [("text", "Acme street 1"), ("text", "1000 Town")]),
        ("> quoted words\n> \n> more words", [("text", "quoted words"), ("text", "more words")]),
        ("![](x.png)\n\n***\n\nWords", [("text", "Words")]),
        ("1. Title\n--------\nWords", [("heading", "1. Title"), ("text", "Words")]),
    ],
)
def test_paragraphs(text: str, expected: list[tuple[str, str]]) -> None:
    assert shapes(text) == expected


def test_wrapped_lines_join_and_long_lines_do_not() -> None:
    wrapped = (
        "The licensee is free to use the contraption in any garden that it likes, on\n"
        "any day of the week; provided that the neighbours have been told of it, and\nthat no cat objects.\n"
        "a. Short item\n"
    )
    assert [p.kind for p in split(wrapped)] == ["text", "item"]
    long = "\n".join("word " * 40 for _ in range(3))
    assert len(split(long)) == 3


def test_a_capture_that_lost_its_breaks_is_divided() -> None:
    sentence = "The gardener waters the plants every morning before the sun is up."
    glued = sentence * (LONG // 10)
    assert {p.text for p in split(glued)} == {sentence}
    spaced = (sentence + " ") * (LONG // 10)
    assert {p.text for p in split(spaced)} == {sentence}
    assert len(split(("word " * (LONG + 1)).strip())) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("You may **not** _dance_", "you may not dance"),
        ("see [our policy](https://acme.example/a_(b)) here", "See our policy here."),
        ("the “best” garden’s gate – open", 'the "best" garden\'s gate - open'),
        ("word\u2060s and\u00a0more", "words and more"),
        ("3\\. Toys &amp; games", "3. Toys & games"),
        ("*   an item", "an item"),
        ("a<br>b", "a b"),
    ],
)
def test_markup_case_and_punctuation_say_nothing(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


def test_numbers_stay_apart() -> None:
    assert normalise("1.5") != normalise("15")
    assert normalise("10%") != normalise("10")


@pytest.mark.parametrize(
    "marker", ["(a) ", "a. ", "1. ", "12.3 ", "12.3. ", "(iv) ", "*   ", "• (b) ", "2.  II. ", "**3.1** ", "3\\. "]
)
def test_a_number_or_bullet_is_no_part_of_what_is_said(marker: str) -> None:
    assert paragraph_hash(marker + "You may not dance") == paragraph_hash("You may not dance")


def test_words_that_look_like_numbers_stay() -> None:
    assert paragraph_hash("100 million users") != paragraph_hash("700 million users")
    assert paragraph_hash("1.5 million users") != paragraph_hash("2.5 million users")
    assert paragraph_hash("2.1") != paragraph_hash("2.2")


def test_a_part_ends_at_the_next_heading_of_its_level() -> None:
    paragraphs = split(TEXT)
    (part,) = parts(paragraphs, "rules of **the road**")
    assert [p.number for p in part] == list(range(4, 13))
    (below,) = parts(paragraphs, "Exceptions")
    assert [p.number for p in below] == [11, 12]
    assert parts(paragraphs, "Rules") == []
    assert len(parts(split("# A\n\nx\n\n# B\n\ny\n\n# A\n"), "a")) == 2


def test_plain_keeps_case_and_punctuation() -> None:
    assert plain("**3.1** [Toys & _Games_](x), *etc.*") == "3.1 Toys & Games, etc."


@given(st.text(alphabet=st.sampled_from(list("aA1.()[]*_-#>|`~\\ \n\t•“=&;:<!")), max_size=300) | st.text(max_size=200))
def test_any_text_splits_and_hashes(text: str) -> None:
    paragraphs = split(text)
    for one in paragraphs:
        assert one.normal == normalise(one.text) != ""
        assert one.hash == paragraph_hash(one.text)
        assert "\n" not in one.text
    assert [p.line for p in paragraphs] == sorted(p.line for p in paragraphs)
    assert split(text) == split(text.replace("\n", "\r\n") if "\r" not in text else text)


@given(st.text(max_size=200))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once or "&" in text or "<" in text


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000,
        "[a](" * 20_000,
        "(a) " * 50_000,
        "\\" * 50_000,
        "*_" * 50_000,
        "<a " * 30_000,
        "> " * 50_000,
        "| " * 50_000,
        "1." * 50_000,
        "x.Y" * 50_000,
        "- - " * 30_000,
        "---\na:\n" * 9_000,
    ],
)
def test_nothing_hangs(text: str) -> None:
    split(text)
