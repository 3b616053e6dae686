"""An explanation in Markdown: the same points as lists, every text escaped, quoted words of a paragraph in bold."""

from __future__ import annotations

from collections.abc import Iterator

from ..judge.explanation import Explanation
from .explanation import chapters, closing, head
from .explanation_points import Point
from .markdown import escape


def render_markdown(explanation: Explanation, width: int = 0) -> str:
    """The explanation as Markdown, ending in a newline. `width` is for other formats."""
    lines = [f"# Why: {escape(explanation.case_name)}", ""]
    for text in head(explanation):
        lines += [escape(text), ""]
    for chapter in chapters(explanation):
        lines += [f"## {escape(chapter.heading)}", ""]
        for part in chapter.parts:
            lines += [f"### {escape(part.heading)}", ""]
            for point in part.points:
                lines += _point(point, "")
            lines.append("")
    lines += ["---", ""]
    lines += [f"{escape(text)}  " for text in closing(explanation)]
    return "\n".join(lines).rstrip() + "\n"


def _point(one: Point, indent: str) -> Iterator[str]:
    text = "".join(_bold(words) if marked else _inside(words) for words, marked in one.pieces) or escape(one.text)
    lead = f"**{escape(one.lead)}**" if one.lead else ""
    yield f"{indent}- {': '.join(filter(None, (lead, text.strip())))}"
    for note in one.notes:
        yield from _point(note, indent + "  ")


def _bold(words: str) -> str:
    return f"**{escape(words)}**"


def _inside(words: str) -> str:
    """A piece of a paragraph, with the spaces at its ends, which escaping would take."""
    escaped = escape(words)
    before, after = (" " if words[:1] == " " else ""), (" " if words[-1:] == " " and escaped else "")
    return f"{before}{escaped}{after}"
