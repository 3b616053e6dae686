"""Finding quotes."""

from __future__ import annotations

import builtins
from typing import Any

import pytest
from mayuse.evidence.paragraphs import split
from mayuse.evidence.quotes import find_quote

from .made import TEXT

PARAGRAPHS = split(TEXT)


@pytest.mark.parametrize(
    ("fragments", "how", "number"),
    [
        (("sell the answers to a circus",), "exact", 8),
        (("Train a Rocket upon our 'answers'",), "normalised", 7),
        (("you may build toys with it",), "normalised", 5),
        (("We may switch it off on a Sunday",), "exact", 10),
        (("prior consent", "lifts the circus rule"), "exact", 12),
    ],
)
def test_found(fragments: tuple[str, ...], how: str, number: int) -> None:
    match = find_quote(fragments, PARAGRAPHS)
    assert (match.status, match.how, [p.number for p in match.paragraphs], match.unique) == (
        "found",
        how,
        [number],
        True,
    )


@pytest.mark.parametrize(
    "fragments",
    [
        ("lifts the circus rule", "prior consent"),
        ("sell the answers", "wake the neighbours"),
        ("ell the answers to a circu",),
        ("the aardvark eats only on Thursdays",),
        (),
        ("…",),
    ],
    ids=["order", "two paragraphs", "within words", "nothing like it", "nothing", "no word"],
)
def test_not_found(fragments: tuple[str, ...]) -> None:
    assert find_quote(fragments, PARAGRAPHS).status != "found"


def test_nearly_the_same_words_have_moved() -> None:
    match = find_quote(("sell the answer to the circus",), PARAGRAPHS)
    assert (match.status, match.how, [p.number for p in match.paragraphs]) == ("moved", "fuzzy", [8])


def test_a_short_paragraph_within_the_quote_is_not_like_it() -> None:
    assert find_quote(("dogs may not ride on the bus",), split("the bus\n\nmay not")).status == "gone"


def test_a_quote_of_two_paragraphs_is_not_unique() -> None:
    paragraphs = split("no dogs here, ever\n\nno dogs here, never\n\nNo dogs here, ever!")
    assert not find_quote(("no dogs here",), paragraphs).unique


def test_a_paragraph_that_is_repeated_counts_once() -> None:
    paragraphs = split("1. No dogs here\n\n2. **No dogs here**")
    match = find_quote(("No dogs here",), paragraphs)
    assert match.unique
    assert len(match.paragraphs) == 2


def test_without_rapidfuzz_moved_cannot_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("rapidfuzz"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    match = find_quote(("sell the answer to the circus",), PARAGRAPHS)
    assert match.status == "gone"
    assert match.note is not None
    assert "rapidfuzz" in match.note
