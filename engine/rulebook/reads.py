"""What a part of the rules reads: which documents can govern an offering, and which questions and readings they turn on.

On no particular day and for no particular plan: everything that could come to matter is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ..language.tree import And, Compare, Condition, Holds, Not, Or, ReadingIs, Test
from .graph import reachable
from .model import Document, Offering, Place, Rules


@dataclass
class Reads:
    """`keys` of facts, the terms that each fact (by id) is tested for, and readings, each once, in the order met."""

    keys: dict[str, None] = field(default_factory=dict)
    terms: dict[str, dict[str, None]] = field(default_factory=dict)
    readings: dict[str, None] = field(default_factory=dict)


def topics_below(rules: Rules, topic: str) -> frozenset[str]:
    """The topic and every topic under it."""
    below: dict[str, list[str]] = {}
    for one in rules.topics.values():
        for above in one.under:
            below.setdefault(above, []).append(one.id)
    return reachable(below, topic)


def documents_of(rules: Rules, documents: Iterable[str]) -> tuple[Document, ...]:
    """These documents and all that they incorporate, each once."""
    parts = {d.id: [i.document for i in d.incorporates] for d in rules.documents.values()}
    found = {id: None for start in documents for id in sorted(reachable(parts, start))}
    return tuple(rules.documents[id] for id in found)


def governed(offerings: Mapping[str, Offering], documents: Mapping[str, Document]) -> dict[str, frozenset[str]]:
    """The offerings that each document can govern: those under it, and under what incorporates it."""
    parts = {d.id: [i.document for i in d.incorporates] for d in documents.values()}
    found: dict[str, set[str]] = {id: set() for id in documents}
    for offering in offerings.values():
        for start in offering.documents:
            for id in reachable(parts, start):
                found[id].add(offering.id)
    return {id: frozenset(there) for id, there in found.items()}


def reads(rules: Rules, offerings: Iterable[str], documents: Iterable[str] = ()) -> Reads:
    """What the rules of these offerings read, through defines and guards, and the safeguards that bring those they read.

    `documents` are more documents, such as those known by report that stand under no offering.
    """
    found = Reads()
    for id in offerings:
        _read(rules, id, rules.offerings[id].documents, found)
    for id in documents:
        _read(rules, rules.documents[id].platform, (id,), found)
    return found


def _read(rules: Rules, offering: str, starts: Iterable[str], found: Reads) -> None:
    for document in documents_of(rules, starts):
        place = Place(document.platform, offering)
        for condition in _conditions(rules, document, offering):
            _walk(rules, condition, place, found)
        if document.silence is not None:
            found.keys[f"{document.id}/silence"] = None


def _conditions(rules: Rules, document: Document, offering: str) -> Iterator[Condition | None]:
    """Every condition of a document and of those of its provisions that bind the offering."""
    yield document.applies_when
    yield from (one.when for one in document.incorporates)
    for id in document.provisions:
        one = rules.provisions[id]
        if one.offerings is None or offering in one.offerings:
            yield one.when
            yield from (exemption.condition for exemption in one.exemptions)
            for duty in one.duties:
                yield from (duty.duty, duty.when)


def _walk(rules: Rules, condition: Condition | None, place: Place, found: Reads) -> None:
    waiting: list[Condition | None] = [condition]
    defines: set[str] = set()
    while waiting:
        match waiting.pop():
            case And(items=items) | Or(items=items):
                waiting += reversed(items)
            case Not(item=item):
                waiting.append(item)
            case Holds(name=name) if name.text in rules.defines:
                if name.text not in defines:
                    defines.add(name.text)
                    waiting.append(rules.defines[name.text].condition)
            case Holds(name=name) | Compare(fact=name):
                _meet(rules, name.text, place, found)
            case Test(fact=fact, terms=terms, others=others):
                _meet(rules, fact.text, place, found)
                found.terms.setdefault(fact.text, {}).update((str(term), None) for term in (*terms, *others))
            case ReadingIs(reading=reading):
                found.readings[reading.text] = None
            case _:
                pass


def _meet(rules: Rules, id: str, place: Place, found: Reads) -> None:
    """A fact, the questions that decide whether it is asked, and the safeguards that imply it."""
    fact = rules.facts[id]
    key = place.key(fact)
    if key in found.keys:
        return
    found.keys[key] = None
    _walk(rules, fact.asked_when, place, found)
    for other in rules.facts.values():
        if id in other.implies:
            _meet(rules, other.id, place, found)
