"""An id that is one letter away from another: most likely the other, misspelt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..language.codes import CodePage
from ..language.tree import Span
from .case import Case, Finding, last

CODE = "L005"
SHORTEST = 5
"""Letters of the shortest word that counts as misspelt."""
PAGE = CodePage(
    "an id one letter away from another",
    "Two topics, or two ids of provisions, differ in one letter of one word, and one of them is used once while the"
    " other is used more often, or both stand in one document.",
    "Provisions are compared across platforms by topic and id. A misspelt one drops out of every comparison.",
    'topic surveillance "Watching people"\ntopic surveilance "Watching people"',
    'topic surveillance "Watching people"',
)


def find(case: Case) -> Iterator[Finding]:
    """Each such topic and provision."""
    rules = case.rules
    used = Counter(topic for provision in rules.provisions.values() for topic in set(provision.topics))
    topics = sorted(rules.topics, key=lambda id: (-used[id], rules.topics[id].span.file, rules.topics[id].span.line))
    for at, id in enumerate(topics):
        twin = next((other for other in topics[:at] if near(id, other)), None)
        if twin is not None and used[id] <= 1:
            yield _finding(rules.topics[id].span, "topic", id, twin)
    everywhere = Counter(last(id) for id in rules.provisions)
    for provision in rules.provisions.values():
        id = last(provision.id)
        here = [last(p) for p in rules.documents[provision.document].provisions]
        before = here[: here.index(id)]
        twins = [other for other in everywhere if near(id, other) and (everywhere[other] > 1 or other in before)]
        if everywhere[id] == 1 and twins:
            yield _finding(provision.span, "provision", id, max(twins, key=lambda t: (everywhere[t], t)))


def _finding(span: Span, what: str, id: str, twin: str) -> Finding:
    return Finding(span, f"{what} '{id}' is one letter away from '{twin}'", f"did you mean '{twin}'?")


def near(one: str, other: str) -> bool:
    """Whether the ids differ in one word alone, by one letter added, left out, changed or swapped."""
    words = [re.split(r"[-.]", id) for id in (one, other)]
    if len(words[0]) != len(words[1]):
        return False
    unlike = [(a, b) for a, b in zip(*words, strict=True) if a != b]
    if len(unlike) != 1 or not all(word.isalpha() and len(word) >= SHORTEST for word in unlike[0]):
        return False
    return _one_edit(*unlike[0])


def _one_edit(a: str, b: str) -> bool:
    if len(a) > len(b):
        a, b = b, a
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return a[start:] == b[start + 1 :]
    swapped = a[start : start + 2][::-1] == b[start : start + 2] and a[start + 2 :] == b[start + 2 :]
    return a[start + 1 :] == b[start + 1 :] or swapped
