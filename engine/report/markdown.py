"""The whole report in Markdown, for an issue, a wiki or a PDF.

Every text is escaped, ours and theirs alike, so that none can end a table cell, make a heading, a link, an image or
HTML, mention a user or close an issue. Written for GitHub's Markdown, plain enough for the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..judge.model import Report
from .columns import neutral
from .outline import Item, Section, outline
from .words import closing, counts, gate_words, matrix, text_age

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~!$&]")
_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([-+=:])")
_AUTOLINK = re.compile(r"(?i)(?<![a-z])(https?|ftp|www|mailto|xmpp)(?=[:.])|@|\\#(?=\d)")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def escape(text: str) -> str:
    """`text` on one line, showing in Markdown as it is; addresses do not become links, names no mentions."""
    text = _SPECIAL.sub(lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), neutral(text))
    text = _AUTOLINK.sub(lambda found: f"{found[0]}&#8203;", text)
    return _START.sub(lambda found: f"\\{found[3]}" if found[3] else f"{found[1]}\\{found[2]}", text)


def render_markdown(report: Report, width: int = 0, *, detail: bool = True, color: bool = False) -> str:
    """The report in full as Markdown, ending in a newline. `width`, `detail` and `color` are for other formats."""
    lines = [f"# {escape(report.case_name)}", "", f"{escape(counts(report))}. {escape(text_age(report))}", ""]
    lines += ["| Offering | Verdict | Because | Whose move |", "| --- | --- | --- | --- |"]
    for name, verdict, why, owner in matrix(report):
        cells = (name, verdict.value, why, owner)
        lines.append(f"| {escape(cells[0])} | **{escape(cells[1])}** | {escape(cells[2])} | {escape(cells[3])} |")
    lines += ["", escape(gate_words(report))]
    for section in outline(report, detail=True):
        lines += ["", *section_lines(section)]
    lines += ["", "---", ""]
    for text in closing(report):
        lines += [f"{escape(text)}  "]
    return "\n".join(lines).rstrip() + "\n"


def section_lines(section: Section) -> Iterator[str]:
    yield f"## {escape(section.heading)}"
    yield ""
    for item in section.items:
        yield from _item(item, "")


def _item(item: Item, indent: str) -> Iterator[str]:
    lead = f"**{escape(item.lead)}**" if item.lead else ""
    yield f"{indent}- {': '.join(filter(None, (lead, escape(item.text))))}"
    for note in item.notes:
        yield from _item(note, indent + "  ")
