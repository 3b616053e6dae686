"""The same words, cited in two places of one document as two sections."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from ..language import tree
from ..language.codes import CodePage
from ..rulebook.model import Document
from .case import Case, Finding, parts

CODE = "L013"
PAGE = CodePage(
    "the same words in two sections",
    "Two provisions, definitions, readings or clauses of one document quote the same words, each as another numbered"
    " section. Not where one section lies in the other, where a section has a heading for a name or stands for several,"
    " nor where the words may reach over two items of one paragraph.",
    "A quote stands in one paragraph of its document and in no other. So one of the two sections is wrong, or one of the"
    " quotes: most likely a provision was copied and only half of it was changed.",
    'prohibit scraping "No scraping"\n  section "2" quote "may not scrape the service"\n'
    "  when also-does includes scrape\n\n"
    'prohibit reselling "No reselling"\n  section "3" quote "may not scrape the service"\n'
    "  when also-does includes resell-access",
    'prohibit scraping "No scraping"\n  section "2" quote "may not scrape the service"\n'
    "  when also-does includes scrape\n\n"
    'prohibit reselling "No reselling"\n  section "3" quote "nor sell access to others"\n'
    "  when also-does includes resell-access",
)

_STEP = r"(?:\d+|[A-Za-z]|[ivx]+|[IVX]+)"
LABEL = re.compile(rf"({_STEP}(?:\.{_STEP}| ?\({_STEP}\))*)\.?(?:, [A-Z][a-z][^\d,;&]*)?")
"""A section that is one number of steps: `3`, `D.4(b)`, `1.b.i(A)`; a heading after it does not count."""
ITEM = re.compile(r"\(\w{1,4}\)|\b\w{1,3}[.)](?=\s)")
"""Where another item of a list begins."""


def find(case: Case) -> Iterator[Finding]:
    """Each citation whose words an earlier one has as another section."""
    earlier: dict[tuple[str, ...], list[tree.Text]] = {}
    for document, citation in _citations(case):
        if citation.section is None or not citation.quote:
            continue
        words = (document.id, *(" ".join(one.text.casefold().split()) for one in citation.quote))
        section = citation.section
        others = earlier.setdefault(words, [])
        other = next((one for one in others if _apart(one.text, section.text, words[1:])), None)
        if other is not None:
            yield Finding(
                section.span,
                f"these words are of section '{section.text}' here, and of section '{other.text}' in line"
                f" {other.span.line}",
                "a quote stands in one paragraph only: correct the section or the quote that is wrong; where both"
                " sections have these words, name both in both",
            )
        others.append(section)


def _citations(case: Case) -> Iterator[tuple[Document, tree.Citation]]:
    """Every citation of a document's own text, in the order of the file; words that dispute it stand in another."""
    for block, document in case.written():
        if document is not None:
            own = dataclasses.replace(block, disputed_by=()) if isinstance(block, tree.Document) else block
            yield from ((document, node) for node in parts(own) if isinstance(node, tree.Citation))


def _apart(one: str, other: str, quote: tuple[str, ...]) -> bool:
    """Whether two sections are certainly not the same place, nor one within the other, and the words in one of them."""
    mine, theirs = _steps(one), _steps(other)
    if not mine or not theirs or _within(mine, theirs) or _within(theirs, mine):
        return False
    at, step, another = next((at, a, b) for at, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b)
    if _numbering(step) != _numbering(another):
        return False  # 'A' may be a part of 'I', and '(i)' an item of '(a)'
    items = at > 0 and (_item(one, at) or _item(other, at))
    return not items or (len(quote) == 1 and not ITEM.search(quote[0]))


def _steps(section: str) -> tuple[str, ...]:
    label = LABEL.fullmatch(section.strip())
    return tuple(re.findall(_STEP, label[1])) if label else ()


def _within(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the one's steps stand together among the other's: `B.2` may be short for `1.B.2`."""
    return any(other[at : at + len(one)] == one for at in range(len(other) - len(one) + 1))


def _numbering(step: str) -> tuple[bool, bool, bool]:
    return step.isdigit(), step.isupper(), set(step.lower()) <= set("ivx")


def _item(section: str, at: int) -> bool:
    """Whether a step is an item of a list, which may share its paragraph with the next, and no numbered section."""
    step = list(re.finditer(_STEP, section))[at]
    return not step[0].isdigit() or section[step.start() - 1] == "("
