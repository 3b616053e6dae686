"""Two questions that are nearly the same: the planner may answer one and believe to have answered both."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from ..language.codes import CodePage
from .case import Case, Finding

CODE = "L010"
ALIKE = 0.93
"""How alike two questions are, letter by letter (difflib's ratio), that count as the same."""
EMPTY = frozenset(
    [
        "a",
        "an",
        "the",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "will",
        "would",
        "do",
        "does",
        "did",
        "it",
        "its",
        "they",
        "their",
        "any",
    ]
)
"""Words that make no difference to what is asked."""
PAGE = CodePage(
    "two questions that are nearly the same",
    "The questions of two facts differ in a few letters, or only in words like 'is', 'will' and 'the'.",
    "A planner answers one and believes to have answered both; the provisions that read the other stay undecided.",
    'fact shown "Will output be shown to users?" yes or no\nfact displayed "Is the output shown to users?" yes or no',
    'fact shown "Will output be shown to users?" yes or no',
)


def find(case: Case) -> Iterator[Finding]:
    """Each fact whose question is nearly that of one before it."""
    facts = [fact for fact in case.rules.facts.values() if "/" not in fact.id]
    facts.sort(key=lambda fact: (fact.span.file, fact.span.line, fact.span.column))
    for at, fact in enumerate(facts):
        twin = next((other for other in facts[:at] if alike(fact.question, other.question)), None)
        if twin is not None:
            yield Finding(
                fact.span,
                f"'{fact.id}' asks nearly what '{twin.id}' asks",
                f"that one is at {twin.span.file}:{twin.span.line}: keep one, or say how they differ",
            )


def alike(one: str, other: str) -> bool:
    """Whether two questions are nearly the same."""
    words, others = _words(one), _words(other)
    full = [word for word in words if word not in EMPTY]
    if len(full) > 1 and full == [word for word in others if word not in EMPTY]:
        return True
    if len(words) != len(others) or sum(a != b for a, b in zip(words, others, strict=True)) != 1:
        return False
    (pair,) = ((a, b) for a, b in zip(words, others, strict=True) if a != b)
    if min(map(len, pair)) < 5 or difflib.SequenceMatcher(None, *pair).ratio() < 0.8:
        return False  # another word is another question: 'weights', 'licence'
    return difflib.SequenceMatcher(None, " ".join(words), " ".join(others)).ratio() >= ALIKE


def _words(question: str) -> list[str]:
    return re.findall(r"[\w'{}-]+", question.casefold())
