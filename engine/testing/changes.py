"""Rule sets with less in them, or in another order, for the laws that compare two.

The first kind is made of resolved rules, since nothing has to be read again for it; the second of texts, since order is
what is lost when they are resolved.
"""

from __future__ import annotations

import datetime
import posixpath
from collections.abc import Mapping
from dataclasses import replace

from ..language import parse, tree
from ..language.diagnostics import RulesError
from ..rulebook.model import Document, Rules
from ..rulebook.resolve import resolve

NEVER = datetime.date(9999, 12, 31)


def without_provision(rules: Rules, id: str) -> Rules:
    """The rules without a provision."""
    provisions = {key: one for key, one in rules.provisions.items() if key != id}
    document = rules.documents[rules.provisions[id].document]
    left = replace(document, provisions=tuple(p for p in document.provisions if p != id))
    return replace(rules, provisions=provisions, documents={**rules.documents, document.id: left})


def emptied(rules: Rules, document: str) -> Rules:
    """The rules without the provisions of a document, which is still said to be whole."""
    provisions = {key: one for key, one in rules.provisions.items() if one.document != document}
    return replace(_with(rules, replace(rules.documents[document], provisions=())), provisions=provisions)


def narrowed(rules: Rules, document: str) -> Rules:
    """The rules with a document that was read in part only."""
    return _with(rules, replace(rules.documents[document], whole=False, coverage_note="a part"))


def unborn(rules: Rules, document: str) -> Rules:
    """The rules with a document that is not in force yet."""
    return _with(rules, replace(rules.documents[document], effective=NEVER))


def _with(rules: Rules, document: Document) -> Rules:
    return replace(rules, documents={**rules.documents, document.id: document})


def reordered(texts: Mapping[str, str]) -> Rules:
    """The rules of texts whose files and blocks stand the other way round. Raises RulesError where they cannot be read."""
    files = []
    for number, name in enumerate(sorted(texts, reverse=True)):
        file, errors = parse(texts[name], f"{posixpath.dirname(name)}/{number:06}.rules")
        if errors:
            raise RulesError(errors)
        files.append(replace(file, blocks=_turned(file.blocks)))
    rules, errors = resolve(files)
    if rules is None:
        raise RulesError(errors)
    return rules


def _turned(blocks: tuple[tree.Block, ...]) -> tuple[tree.Block, ...]:
    """The blocks from the last to the first, but each document before what belongs to it."""
    parts: list[list[tree.Block]] = [[]]
    for block in blocks:
        if isinstance(block, tree.Document):
            parts.append([])
        parts[-1].append(block)
    before, *documents = parts
    turned = [one for head, *rest in reversed(documents) for one in (head, *reversed(rest))]
    return (*reversed(before), *turned)
