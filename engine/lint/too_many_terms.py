"""A provision that names more terms than anyone can check."""

from __future__ import annotations

from collections.abc import Iterator

from ..language import tree
from ..language.codes import CodePage
from .case import Case, Finding, conditions, last, leaves

CODE = "L008"
MOST = 64
"""The most terms that the conditions of one provision may name."""
PAGE = CodePage(
    "a provision that names too many terms",
    f"The conditions of one provision name more than {MOST} terms, each counted as often as it stands there.",
    "A list that long cannot be held against a sentence of the text, and the next term will be forgotten in it. A term"
    " above them, a define, or a provision for each part of the sentence can.",
    'prohibit harm "No harm to anyone"\n  when produces includes any of gore, hateful-content, self-harm-content',
    'prohibit harm "No harm to anyone"\n  when produces includes harmful-content',
)


def find(case: Case) -> Iterator[Finding]:
    """Each provision past the limit."""
    for provision in case.rules.provisions.values():
        tests = (leaf for leaf in leaves(conditions(provision)) if isinstance(leaf, tree.Test))
        count = sum(len(test.terms) + len(test.others) for test in tests)
        if count > MOST:
            yield Finding(
                provision.span,
                f"'{last(provision.id)}' names {count} terms, more than {MOST}",
                "name a term above them, write a 'define', or split the provision as the text does",
            )
