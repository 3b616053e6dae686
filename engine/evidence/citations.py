"""Every quote of a rule set, with the document in whose text it must stand.

A provision's own quote and those of its clauses, a document's clauses, defines and readings. A quote that disputes a
reported document stands in the disputing one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..language.tree import Span
from ..rulebook.model import Citation, Document, Rules


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with a quote: whose it is (`owner`: a provision's, define's, reading's or document's id), in which
    clause, and in which document's text it is looked up."""

    owner: str
    clause: str
    document: str
    citation: Citation
    span: Span


def citations_of(rules: Rules, document: Document) -> Iterator[Cited]:
    """The quotes that `document` and its provisions make, in the order of the file as far as places tell."""
    id = document.id

    def cited(owner: str, clause: str, citation: Citation | None, span: Span, where: str = id) -> Iterator[Cited]:
        if citation is not None and citation.quote:
            yield Cited(owner, clause, where, citation, span)

    for other, citation in document.disputed_by:
        yield from cited(id, "disputed by", citation, document.span, other)
    for citation in document.yields_citations:
        yield from cited(id, "yields to", citation, document.span)
    yield from cited(id, "applies when", document.applies_citation, document.span)
    for one in document.incorporates:
        yield from cited(id, "incorporates", one.citation, document.span)
    yield from cited(f"{id}/silence", "silence", document.silence, document.span)
    for define in rules.defines.values():
        if define.document == id:
            yield from cited(define.id, "define", define.citation, define.span)
    for reading in rules.readings.values():
        if reading.document == id:
            yield from cited(reading.id, "reading", reading.citation, reading.span)
    for name in document.provisions:
        provision = rules.provisions[name]
        yield from cited(name, "quote", provision.citation, provision.span)
        for exemption in provision.exemptions:
            yield from cited(name, "unless", exemption.citation, exemption.span)
        for duty in provision.duties:
            yield from cited(name, "that", duty.citation, duty.span)
        for citation in dict.fromkeys(provision.override_citations):
            yield from cited(name, "overrides", citation, provision.span)
        yield from cited(name, "may lift", provision.lift_citation, provision.span)
