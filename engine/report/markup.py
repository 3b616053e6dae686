"""HTML as a tree of elements: what is text stays text, whatever it holds, because no string is ever taken for markup.

Written out by the standard library's ElementTree. Every text is made neutral first (`columns.neutral`): no control
characters, nothing invisible, no marks that turn the writing direction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, tostring

from .columns import neutral

Node = Element | str
"""What an element may hold."""


def e(tag: str, *children: Node, **attributes: str) -> Element:
    """An element. `class_` and `for_` are written without their underscore, other underscores as hyphens; empty texts
    are left out."""
    made = Element(tag, {key.rstrip("_").replace("_", "-"): neutral(value) for key, value in attributes.items()})
    last: Element | None = None
    for child in children:
        if isinstance(child, str):
            text = spaced(child)
            if last is None:
                made.text = (made.text or "") + text
            else:
                last.tail = (last.tail or "") + text
        else:
            made.append(child)
            last = child
    return made


def spaced(text: str) -> str:
    """`text` made neutral, with a space where it began or ended with one: texts stand between elements here."""
    inner = neutral(text)
    before = " " if text[:1].isspace() and inner else ""
    return f"{before}{inner}{' ' if text[-1:].isspace() else ''}"


def listing(items: Iterable[Node | Sequence[Node]], **attributes: str) -> Element:
    """An unordered list."""
    parts = [(item,) if isinstance(item, (str, Element)) else item for item in items]
    return e("ul", *(e("li", *part) for part in parts), **attributes)


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[Node]], **attributes: str) -> Element:
    """A table whose first cell of each row is its heading. Cells carry the heading of their column, which narrow pages
    show in place of the head; the roles keep it a table where a page lays it out otherwise."""
    heads = [e("th", name, scope="col", role="columnheader") for name in head]
    body = []
    for row in rows:
        first, *others = row
        cells = [e("th", first, scope="row", role="rowheader", data_label=head[0])]
        cells += [e("td", cell, role="cell", data_label=name) for name, cell in zip(head[1:], others, strict=True)]
        body.append(e("tr", *cells, role="row"))
    return e(
        "table",
        e("caption", caption),
        e("thead", e("tr", *heads, role="row"), role="rowgroup"),
        e("tbody", *body, role="rowgroup"),
        role="table",
        **attributes,
    )


def span(*children: Node, class_: str) -> Element:
    """A part of a text with a class."""
    return e("span", *children, class_=class_)


def lines(*children: Node | None) -> Element:
    """Several lines of one cell; what is None is left out."""
    return e("div", *(e("div", child) for child in children if child is not None))


def link(address: str | None) -> Node:
    """A link where the address is one of the web, else the text of it."""
    text = neutral(address or "")
    if not text.startswith(("https://", "http://")):
        return text
    return e("a", text, href=text, rel="noopener noreferrer")


def written(root: Element) -> str:
    """The document as text."""
    return "<!doctype html>\n" + tostring(root, encoding="unicode", method="html") + "\n"
