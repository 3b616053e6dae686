"""A point of an explanation, and the words that every kind of point uses. What is said in one is decided elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from ..judge.explanation import Cited
from .words import place, quoted


@dataclass(frozen=True, slots=True)
class Point:
    """One point: a short `lead` ("true", "answer") and its text, with more below it. `pieces` are, in place of `text`,
    a paragraph with the quoted parts marked."""

    lead: str
    text: str
    notes: tuple[Point, ...] = ()
    pieces: tuple[tuple[str, bool], ...] = ()


def colon(text: str) -> str:
    """The text after a colon; nothing where there is none."""
    return f": {text}" if text else ""


def cited_words(cited: Cited) -> str:
    """`Acme Terms of Use 2.2 "unless a person checks each result"`; nothing where nothing is cited."""
    if not cited.section and not cited.quote:
        return ""
    return " ".join(filter(None, (place(cited.title, cited.section), quoted(cited.quote))))
