"""The report on a terminal: a header, the matrix of offerings, what decided each of them, and the closing lines.

No line is wider than the width asked for, whatever the texts hold, and nothing in them reaches the terminal as a
command. Without `detail` it stays what a person reads in a minute; everything else is one flag away.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judge.model import Report, Verdict
from .columns import NARROWEST, grid, neutral, width as columns_of, wrap
from .outline import Item, Section, outline
from .words import closing, counts, gate_words, leaned_on, matrix, shorten, text_age

COLOURS = {
    Verdict.PERMITTED: "green",
    Verdict.CONDITIONAL: "cyan",
    Verdict.NOT_COVERED: "bright_black",
    Verdict.CONTESTED: "magenta",
    Verdict.UNDETERMINED: "yellow",
    Verdict.NEEDS_APPROVAL: "yellow",
    Verdict.CONFLICT: "red",
}
"""Colours by click's names, where colour is asked for."""

_BECAUSE = 240
"""Characters of a reason that the matrix shows without `detail`."""

_HEADERS = ("Offering", "Verdict", "Because", "Whose move")


def render_table(report: Report, width: int = 80, *, detail: bool = False, color: bool = False) -> str:
    """The report as text in at most `width` columns (at least 60), ending in a newline."""
    width = max(width, NARROWEST)
    lines = [*_header(report, width), "", *_matrix(report, width, detail, color)]
    for section in outline(report, detail):
        lines += ["", *section_lines(section, width)]
    lines.append("")
    for text in [gate_words(report), *closing(report)]:
        lines += wrap(text, width)
    return "\n".join(lines) + "\n"


def _header(report: Report, width: int) -> Iterator[str]:
    """Name and counts, age of the texts, what is taken for granted."""
    name, said = neutral(report.case_name), counts(report)
    room = width - columns_of(name) - columns_of(said)
    if room >= 2:
        yield name + " " * room + said
    else:
        yield from wrap(name, width)
        yield from wrap(said, width)
    yield from wrap(text_age(report), width)
    for label, text in leaned_on(report):
        yield from wrap(f"{label}: {text.rstrip('.')}.", width, hang="  ")


def _matrix(report: Report, width: int, detail: bool, color: bool) -> Iterator[str]:
    """One row an offering."""
    if not report.verdicts:
        yield "No offering was checked."
        return
    shown = matrix(report)
    rows = [
        (name, verdict.value, why if detail else shorten(why, _BECAUSE), owner) for name, verdict, why, owner in shown
    ]
    natural = [max(columns_of(neutral(row[at])) for row in [_HEADERS, *rows]) for at in range(4)]
    first = min(natural[0], max(12, width * 3 // 10))
    last = min(natural[3], 12 if width < 100 else 18)
    middle = width - 6 - first - natural[1] - last
    head, *blocks = grid(_HEADERS, rows, (first, natural[1], max(middle, 8), last))
    yield from head
    for (_, verdict, _, _), block in zip(shown, blocks, strict=True):
        if color:
            from click import style

            block[0] = _coloured(block[0], verdict.value, style(verdict.value, fg=COLOURS[verdict]))
        yield from block


def _coloured(line: str, word: str, styled: str) -> str:
    """The line with the verdict in its colour; it follows the first column, after two spaces."""
    at = line.find(f"  {word}")
    return line if at < 0 else f"{line[: at + 2]}{styled}{line[at + 2 + len(word) :]}"


def section_lines(section: Section, width: int) -> Iterator[str]:
    """A heading and its items."""
    yield from wrap(section.heading, width)
    for item in section.items:
        yield from _item(item, width, "  ")


def _item(item: Item, width: int, indent: str) -> Iterator[str]:
    """An item with a hanging indent, and what is below it."""
    text = f"{item.lead}: {item.text}" if item.lead and item.text else f"{item.lead}{item.text}"
    yield from wrap(text, width, indent, indent + "  ")
    for note in item.notes:
        yield from _item(note, width, indent + "    ")
