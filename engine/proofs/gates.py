"""Can each gate to a document be open and shut? Of every `applies when` and every `incorporates … when`."""

from __future__ import annotations

from collections.abc import Iterator

from ..language.format import format_condition
from ..language.tree import Condition
from ..logic.formula import TRUE, conj, neg
from ..logic.lower import lower
from ..rulebook.model import Document
from .ground import Ground
from .model import Claim, Outcome
from .witness import UNSAYABLE, first_witness


def claims(ground: Ground, document: Document) -> Iterator[Claim]:
    """The claims about the gates that a document has: its own, and those to what it incorporates."""
    if document.applies_when is not None:
        yield from _both(ground, document, document.applies_when, "applies when", None)
    for part in document.incorporates:
        if part.when is not None:
            yield from _both(ground, document, part.when, f"incorporates {part.document} when", document.id)


def _both(ground: Ground, document: Document, condition: Condition, words: str, within: str | None) -> Iterator[Claim]:
    """A gate is asked about where the document `within` governs."""
    day = ground.first_day(document)
    spaces = ground.governed(document, day) if day else []
    for holds in (True, False):
        verb = "hold" if holds else "fail"
        text = f"'{words} {format_condition(condition)}'"
        around = [(s, s.offer.governing.gates[within]) if within else (s, TRUE) for s in spaces]
        found = first_witness(
            (space, conj((outer, gate if holds else neg(gate))), f"{text} can {verb}", None)
            for space, outer in around
            for gate in [lower(condition, ground.rules, space.offer.governing.place(document))]
        )
        why = "" if found else "no plan under it has it otherwise" if found is None else UNSAYABLE
        outcome = Outcome.FAILS if found is None else Outcome.HOLDS
        says = f"{text} can {verb}"
        yield Claim("gate", document.id, document.id, says, outcome, why, document.span, found or ())
