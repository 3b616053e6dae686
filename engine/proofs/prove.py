"""All claims about a rule set on one day, or about a part of it: which questions are asked of what.

The answers are in the modules beside this one, one a question.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator

from ..rulebook.model import Document, Rules
from . import answerable, bites, expectations, gates, meetings, monotone, parts, readings, shadowed
from .ground import Ground
from .model import Claim, Outcome, Proof


def prove(rules: Rules, day: datetime.date, about: Collection[str] | None = None) -> Proof:
    """The claims about everything, or about the documents and provisions (by id) in `about` and nothing else.

    Raises ProofError where the engine contradicts itself.
    """
    ground = Ground(rules, day)
    claims = tuple(_claims(ground, about))
    ground.close()
    counts = {
        d.id: sum(_asked(about, d.id, p) for p in d.provisions) for d in rules.documents.values() if _any(about, d)
    }
    return Proof(rules.sha256[:12], day, counts, claims)


def _asked(about: Collection[str] | None, document: str, id: str = "") -> bool:
    return about is None or document in about or id in about


def _any(about: Collection[str] | None, document: Document) -> bool:
    return any(_asked(about, document.id, p) for p in ("", *document.provisions))


def _claims(ground: Ground, about: Collection[str] | None) -> Iterator[Claim]:
    rules = ground.rules
    biting = set()
    for document in rules.documents.values():
        for claim in _of_document(ground, document, about):
            if claim.question == "bites" and claim.outcome is Outcome.HOLDS:
                biting.add(claim.subject)
            yield claim
    for reading in rules.readings.values():
        if _asked(about, reading.document or ""):
            yield from readings.claims(ground, reading)
    for one in rules.expectations:
        if _asked(about, one.document or ""):
            yield expectations.claim(ground, one)
    if about is None:
        yield monotone.claim(rules)
        yield from answerable.claims(rules, biting)


def _of_document(ground: Ground, document: Document, about: Collection[str] | None) -> Iterator[Claim]:
    for id in document.provisions:
        if _asked(about, document.id, id):
            provision = ground.rules.provisions[id]
            yield bites.claim(ground, id)
            yield from parts.claims(ground, provision)
            yield from shadowed.claims(ground, provision)
            yield from meetings.claims(ground, provision)
    if _asked(about, document.id):
        if document.silence is not None:
            yield bites.claim(ground, f"{document.id}/silence")
        yield from gates.claims(ground, document)
