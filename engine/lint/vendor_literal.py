"""The vendor's own term where `this vendor` is meant."""

from __future__ import annotations

from collections.abc import Iterator

from ..language import tree
from ..language.codes import CodePage
from .case import Case, Finding, parts

CODE = "L003"
FIXES = True
PAGE = CodePage(
    "the vendor's own term where 'this vendor' is meant",
    "A condition in a document names the term of the document's own vendor.",
    '`this vendor` says what the text says ("our models"), and stays true when the provision is copied to another'
    " platform's document.",
    'prohibit rivals "No models that rival ours"\n  when improves-model and not (trained-model-vendor is acme)',
    'prohibit rivals "No models that rival ours"\n  when improves-model and not (trained-model-vendor is this vendor)',
)


def find(case: Case) -> Iterator[Finding]:
    """Each such term, in provisions, document defines, expectations and the documents' own conditions."""
    for block, document in case.written():
        platform = case.rules.platforms.get(document.platform) if document else None
        if platform is None or platform.vendor is None:
            continue
        for node in parts(block):
            if isinstance(node, tree.Test):
                for term in (*node.terms, *node.others):
                    if isinstance(term, tree.Name) and term.text == platform.vendor:
                        yield Finding(
                            term.span,
                            f"'{term}' is this document's own vendor",
                            "write 'this vendor'",
                            "this vendor",
                        )
