"""A provision's title that tells no more than its id."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..language.codes import CodePage
from .case import Case, Finding, last

CODE = "L011"
FEWEST = 3
"""The fewest words of a title that does not begin with 'No'."""
PAGE = CodePage(
    "a title that says nothing",
    "The title of a provision has the words of its id and no other, or fewer than three words. 'No warranty' is enough:"
    " it says what there is not.",
    "The title is what a report shows. It is our sentence about what the text says, and counsel reads it first.",
    'prohibit mass-surveillance "Mass surveillance"\n  when purposes includes mass-surveillance',
    'prohibit mass-surveillance "No watching of whole populations"\n  when purposes includes mass-surveillance',
)


def find(case: Case) -> Iterator[Finding]:
    """Each such title."""
    for provision in case.rules.provisions.values():
        words = re.findall(r"[\w'’]+", provision.title.casefold())
        if words == re.findall(r"\w+", last(provision.id).casefold()):
            yield Finding(
                provision.span,
                f"the title of '{last(provision.id)}' only repeats its id",
                "say in a short sentence what the text forbids, asks, allows or keeps",
            )
        elif len(words) < (FEWEST - 1 if words[:1] == ["no"] else FEWEST):
            yield Finding(
                provision.span,
                f"the title of '{last(provision.id)}' has {len(words)} word{'s' * (len(words) != 1)}",
                "say in a short sentence what the text forbids, asks, allows or keeps",
            )
