"""Finding a quote: its fragments, in their order, within one paragraph that no other paragraph matches.

Three ways, the strictest first: the words as written, the words without case, punctuation and markup, and words
nearly the same (which shows that the text moved, not that it stands). Whether a quote was read right is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .paragraphs import Paragraph, normalise

MOVED_AT = 90.0
"""The least likeness (rapidfuzz's partial ratio, 0 to 100) of words that have moved rather than gone."""


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """Where a quote is.

    `status` is found, moved or gone; `how` is exact, normalised, fuzzy or, for what is gone, none. `paragraphs` are all
    that match; they are several where a text repeats itself, and `unique` is false where they say different things.
    `note` tells of a way that could not be tried.
    """

    status: str
    how: str
    paragraphs: tuple[Paragraph, ...] = ()
    unique: bool = True
    note: str | None = None


def find_quote(fragments: Sequence[str], paragraphs: Sequence[Paragraph]) -> QuoteMatch:
    """Where `fragments` stand among `paragraphs` (of the document's part). A quote without a word is gone."""
    written = [" ".join(fragment.split()) for fragment in fragments]
    normal = [normalise(fragment) for fragment in fragments]
    if not normal or not all(normal):
        return QuoteMatch("gone", "none")
    exact = [p for p in paragraphs if _in_order(written, p.text)]
    found = [p for p in paragraphs if p in exact or _in_order(normal, p.normal)]
    if found:
        return QuoteMatch("found", "exact" if exact else "normalised", tuple(found), len({p.hash for p in found}) == 1)
    return _nearly(normal, paragraphs)


def _in_order(fragments: Sequence[str], text: str) -> bool:
    """Whether each fragment occurs in `text` as whole words, after the one before it."""
    at = 0
    for fragment in fragments:
        before = r"(?<!\w)" if fragment[0].isalnum() else ""
        after = r"(?!\w)" if fragment[-1].isalnum() else ""
        match = re.compile(before + re.escape(fragment) + after).search(text, at) if fragment in text else None
        if match is None:
            return False
        at = match.end()
    return True


def _nearly(fragments: Sequence[str], paragraphs: Sequence[Paragraph]) -> QuoteMatch:
    """The paragraphs most like `fragments`, if they are like enough."""
    likeness = _likeness()
    if likeness is None:
        return QuoteMatch(
            "gone", "none", note="whether it moved cannot be told without rapidfuzz (pip install mayuse[verify])"
        )
    scores = [(min(_scores(likeness, fragments, p.normal)), p) for p in paragraphs]
    best = max((score for score, _ in scores), default=0.0)
    if best < MOVED_AT:
        return QuoteMatch("gone", "none")
    near = tuple(p for score, p in scores if score == best)
    return QuoteMatch("moved", "fuzzy", near, len({p.hash for p in near}) == 1)


_Likeness = Callable[[str, str], tuple[float, int]]


def _scores(likeness: _Likeness, fragments: Sequence[str], text: str) -> list[float]:
    """How like each fragment its best place in `text` is, each looked for after the one before it."""
    scores = []
    for fragment in fragments:
        score, end = likeness(fragment, text)
        scores.append(score)
        text = text[end:]
    return scores


def _likeness() -> _Likeness | None:
    """The likeness of a fragment to its best place in a text and where that place ends; None without rapidfuzz."""
    try:
        from rapidfuzz import fuzz
    except ImportError:
        return None

    def likeness(fragment: str, text: str) -> tuple[float, int]:
        if len(text) < len(fragment) * MOVED_AT / 100:  # a short text within the fragment would count as like it
            return 0.0, 0
        aligned = fuzz.partial_ratio_alignment(fragment, text, score_cutoff=MOVED_AT)
        return (aligned.score, aligned.dest_end) if aligned is not None else (0.0, 0)

    return likeness
