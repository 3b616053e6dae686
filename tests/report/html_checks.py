"""The page of a report, read by html5lib and held to what every page owes."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
from mayuse.judge.model import Report
from mayuse.report import FORMATS

TAGS = {
    name
    for line in (
        "html head meta title style body header nav main section article footer h1 h2 h3 p a ul li dl dt dd",
        "div span strong code cite blockquote table caption thead tbody tr th td",
    )
    for name in line.split()
}
ATTRIBUTES = {
    name
    for line in (
        "lang charset content name http-equiv class id href rel role scope dir",
        "aria-label aria-hidden data-label",
    )
    for name in line.split()
}


@cache
def parsed(text: str) -> Element:
    """The tree, without a parse error."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def page(report: Report, detail: bool = False) -> Element:
    """The page of a report, held to everything that any page owes."""
    text = FORMATS["html"](report, 80, detail=detail)
    assert text == FORMATS["html"](report, 80, detail=detail)
    assert text.startswith("<!doctype html>\n")
    root = parsed(text)
    for element in root.iter():
        assert element.tag in TAGS
        assert set(element.keys()) <= ATTRIBUTES
        assert element.tag == "a" or "href" not in element.keys()  # noqa: SIM118
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    for one in root.iter("a"):
        address = one.get("href", "")
        assert address.startswith(("https://", "http://")) or address[1:] in ids
    assert root.get("lang") == "en" and len(list(root.iter("h1"))) == len(list(root.iter("main"))) == 1
    levels = [int(one.tag[1]) for one in root.iter() if re.fullmatch("h[1-6]", one.tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for one in root.iter("table"):
        assert one.find("caption") is not None
        assert {cell.get("scope") for cell in one.findall("thead/tr/th")} == {"col"}
        for row in one.findall("tbody/tr"):
            assert [cell.get("scope") for cell in row] == ["row", *[None] * (len(row) - 1)]
            assert [cell.get("data-label") for cell in row] == [
                "".join(h.itertext()) for h in one.findall("thead/tr/th")
            ]
    return root


def text_of(element: Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def matrix(root: Element) -> list[list[str]]:
    return [[text_of(cell) for cell in row] for row in root.findall(".//section[@id='verdicts']//tbody/tr")]
