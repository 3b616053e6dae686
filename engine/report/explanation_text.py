"""An explanation on a terminal or in a file: indented points, no line wider than asked for."""

from __future__ import annotations

from collections.abc import Iterator

from ..judge.explanation import Explanation
from .columns import NARROWEST, wrap
from .explanation import chapters, closing, head
from .explanation_points import Point

MARK = (">>", "<<")
"""What stands before and after quoted words in a paragraph."""

DEEPEST = 24
"""Columns past which nothing is indented further."""


def render_text(explanation: Explanation, width: int = 80) -> str:
    """The explanation as text in at most `width` columns (at least 60), ending in a newline."""
    width = max(width, NARROWEST)
    lines: list[str] = []
    for text in head(explanation):
        lines += wrap(text, width)
    if explanation.archives:
        lines += wrap(
            f"Quoted words are marked {MARK[0]}so{MARK[1]} in paragraphs of your own copy of the texts.", width
        )
    for chapter in chapters(explanation):
        title = wrap(chapter.heading, width)
        lines += ["", *title, "=" * min(width, max(map(len, title)))]
        for part in chapter.parts:
            lines += ["", *wrap(part.heading, width)]
            for point in part.points:
                lines += _point(point, width, "  ")
    lines.append("")
    for text in closing(explanation):
        lines += wrap(text, width)
    return "\n".join(lines) + "\n"


def _point(one: Point, width: int, indent: str) -> Iterator[str]:
    """A point with a hanging indent, and what is below it."""
    text = "".join(f"{MARK[0]}{words}{MARK[1]}" if marked else words for words, marked in one.pieces) or one.text
    yield from wrap(f"{one.lead}: {text}" if one.lead and text else f"{one.lead}{text}", width, indent, indent + "  ")
    below = indent + "  " if len(indent) < DEEPEST else indent
    for note in one.notes:
        yield from _point(note, width, below)
