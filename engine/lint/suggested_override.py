"""A prohibition that the prevailing document plainly lifts, and that nothing overrides."""

from __future__ import annotations

from collections.abc import Iterator

from ..language import tree
from ..language.codes import CodePage
from ..rulebook.model import Rules
from .case import Case, Finding, last

CODE = "L012"
PAGE = CodePage(
    "a prevailing permit that overrides nothing it prevails over",
    "A document yields to another. That other has a permit without a condition, on a topic on which the first forbids"
    " something, and no permit of it overrides that.",
    "`yields to` orders documents and lifts nothing by itself. If the prevailing text plainly allows what the other"
    " forbids, only an `overrides` says so.",
    'permit resale "The service may be sold on"\n  when always\n  topic resale',
    'permit resale "The service may be sold on"\n  when always\n  overrides terms-of-use/no-resale\n  topic resale',
)


def find(case: Case) -> Iterator[Finding]:
    """Each such permit, with the prohibition it may be meant to lift."""
    rules = case.rules
    for document in rules.documents.values():
        for prevailing in sorted(_prevailing(rules, document.id)):
            if not case.governed[document.id] & case.governed[prevailing]:
                continue
            permits = [rules.provisions[p] for p in rules.documents[prevailing].provisions]
            permits = [p for p in permits if p.kind == "permit"]
            lifted = {target for permit in permits for target in permit.overrides}
            for ban in (rules.provisions[p] for p in document.provisions if p not in lifted):
                for permit in permits:
                    plain = isinstance(permit.when, tree.Always) and not permit.exemptions
                    if ban.offerings and permit.offerings and not ban.offerings & permit.offerings:
                        continue
                    if ban.kind == "prohibit" and plain and set(ban.topics) & set(permit.topics):
                        yield Finding(
                            permit.span,
                            f"'{last(permit.id)}' prevails and plainly allows a topic on which '{ban.id}' forbids",
                            f"if the text lifts it, write 'overrides {_short(ban.id, prevailing)}'",
                        )


def _prevailing(rules: Rules, document: str) -> set[str]:
    """The documents that a document yields to, directly or through others."""
    found: set[str] = set()
    todo = list(rules.documents[document].yields_to)
    while todo:
        id = todo.pop()
        if id not in found:
            found.add(id)
            todo += rules.documents[id].yields_to
    return found


def _short(id: str, document: str) -> str:
    """A provision's id as it may be written in `document`."""
    return id.removeprefix(f"{document.partition('/')[0]}/")
