"""A quote that is a whole sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..language import tree
from ..language.codes import CodePage
from .case import Case, Finding, parts

CODE = "L004"
PAGE = CodePage(
    "a quote that is a whole sentence",
    "The quote, of one fragment, begins with a capital letter and ends with a full stop.",
    "We quote the few words by which a place is found, and tell the rest in our own. A whole sentence is the owner's"
    " text, and one edit of it breaks the quote.",
    'prohibit scraping "No scraping of the service"\n  section "3" quote "You may not scrape the service."\n'
    "  when also-does includes scrape",
    'prohibit scraping "No scraping of the service"\n  section "3" quote "may not scrape the service"\n'
    "  when also-does includes scrape",
)
ABBREVIATED = re.compile(r"(?:\b(?:inc|ltd|co|corp|etc|e\.g|i\.e|cf|no|art|sec|al)|(?:\b\w\.)+\w)\.$", re.IGNORECASE)
"""Ends that are no full stop."""


def find(case: Case) -> Iterator[Finding]:
    """Each such quote, wherever it stands."""
    for block, _ in case.written():
        for node in parts(block):
            if isinstance(node, tree.Citation) and len(node.quote) == 1:
                (fragment,) = node.quote
                words = fragment.text.strip().strip("“”'")
                if words[:1].isupper() and words.endswith(".") and not ABBREVIATED.search(words):
                    yield Finding(fragment.span, "the quote is a whole sentence", "leave out its beginning or its end")
