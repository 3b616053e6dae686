"""What changed in the texts of two rule sets, document by document: provisions added, removed, reworded, or changed.

A provision is only reworded where its hash differs and its meaning does not: same kind, same dates, same reach, and formulas
that are proved to hold in the same completions. Topics, notes and titles have no part in a verdict and none here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..judge.governing import applies
from ..logic.formula import Formula
from ..logic.lower import lower
from ..logic.solver import Exact
from ..rulebook.model import Document, Place, Provision, Rules
from .vocabulary import Together


@dataclass(frozen=True, slots=True)
class Texts:
    """One document at both sides: ids of its provisions by what became of them, and what changed about the document
    itself, in words. `how`: "added", "removed" or "changed"."""

    document: str
    title: str
    how: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def changed_texts(shared: Together) -> tuple[Texts, ...]:
    """The documents of two rule sets in which something changed."""
    before, after = shared.before, shared.after
    ids = sorted({*before.documents, *after.documents})
    return tuple(one for id in ids if (one := _document(shared, before.documents.get(id), after.documents.get(id))))


def texts_in_force(rules: Rules, first: datetime.date, second: datetime.date) -> tuple[Texts, ...]:
    """The documents of one rule set of which other provisions are in force on the second day."""
    found = []
    for document in rules.documents.values():
        old, new = (
            [p for p in document.provisions if document.in_force(day) and rules.provisions[p].in_force(day)]
            for day in (first, second)
        )
        whole = document.in_force(first), document.in_force(second)
        how = "changed" if whole[0] == whole[1] else "added" if whole[1] else "removed"
        if old != new or how != "changed":
            found.append(Texts(document.id, document.title, how, _apart(new, old), _apart(old, new)))
    return tuple(found)


def texts_binding(rules: Rules, first: str, second: str, day: datetime.date) -> tuple[Texts, ...]:
    """The documents of one rule set of which other provisions bind the second offering than the first, on a day."""
    from ..judge.governing import governing

    sides = [governing(rules, rules.offerings[id], day) for id in (first, second)]
    found = []
    for document in rules.documents.values():
        there = [document.id in side.gates for side in sides]
        old, new = ([c.id for c in side.clauses if c.provision and c.document.id == document.id] for side in sides)
        if old != new or there[0] != there[1]:
            how = "changed" if there[0] == there[1] else "added" if there[1] else "removed"
            found.append(Texts(document.id, document.title, how, _apart(new, old), _apart(old, new)))
    return tuple(found)


def _apart(these: Sequence[str], those: Sequence[str]) -> tuple[str, ...]:
    return tuple(id for id in these if id not in those)


def _document(shared: Together, old: Document | None, new: Document | None) -> Texts | None:
    """One document at both sides; None where nothing changed in it."""
    if old is None or new is None:
        one = new or old
        assert one is not None, "a document of one of the two"
        if old is None:
            return Texts(one.id, one.title, "added", added=one.provisions)
        return Texts(one.id, one.title, "removed", removed=one.provisions)
    reworded: list[str] = []
    changed: list[str] = []
    for id in new.provisions:
        if id in old.provisions and shared.before.provisions[id].hash != shared.after.provisions[id].hash:
            (reworded if same_meaning(shared, id) else changed).append(id)
    notes = tuple(_notes(shared, old, new))
    apart = _apart(new.provisions, old.provisions), _apart(old.provisions, new.provisions)
    found = Texts(new.id, new.title, "changed", *apart, tuple(reworded), tuple(changed), notes)
    return found if any((*apart, reworded, changed, notes)) else None


def same_meaning(shared: Together, id: str) -> bool:
    """Whether a provision that both sides have does the same at both, whatever it says."""
    old, new = shared.before.provisions[id], shared.after.provisions[id]
    if id in shared.unread or _frame(old) != _frame(new):
        return False
    document = shared.after.documents[new.document]
    offerings = [o.id for o in shared.after.offerings.values() if o.platform == document.platform]
    place = Place(document.platform, next(iter(offerings), document.platform))
    return _equal(shared, place, _formulas(shared.before, old, place), _formulas(shared.after, new, place))


def _frame(one: Provision) -> object:
    """All of a provision's meaning but its conditions."""
    return one.kind, sorted(one.overrides), one.offerings, one.start, one.until, one.standing, len(one.duties)


def _formulas(rules: Rules, one: Provision, place: Place) -> list[Formula]:
    duties = [part for d in one.duties for part in (d.duty, d.when)]
    return [applies(rules, one, place), *(lower(part, rules, place) for part in duties)]


def _equal(shared: Together, place: Place, old: Sequence[Formula], new: Sequence[Formula]) -> bool:
    """Whether formulas hold in the same completions, one by one."""
    if list(old) == list(new):
        return True
    exact = Exact(shared.after, place)
    pairs = [(exact.literal(a), exact.literal(b)) for a, b in zip(old, new, strict=True)]
    equal = not any(exact.solve([a, -b]) or exact.solve([-a, b]) for a, b in pairs)
    exact.close()
    return equal


def _notes(shared: Together, old: Document, new: Document) -> Iterator[str]:
    """What changed about a document itself that can bear on a verdict."""
    if old.whole != new.whole:
        yield f"coverage: {_coverage(old)} -> {_coverage(new)}"
    if old.reported != new.reported:
        yield "now known by report only" if new.reported else "no longer known by report only"
    if old.in_force_from != new.in_force_from:
        yield f"in force from {old.in_force_from or 'always'} -> {new.in_force_from or 'always'}"
    if old.age_from != new.age_from:
        yield f"last seen {old.age_from or 'never'} -> {new.age_from or 'never'}"
    if (old.silence is None) != (new.silence is None):
        yield "reserves whatever it does not allow" if new.silence else "no longer reserves whatever it does not allow"
    place = Place(new.platform, new.platform)
    if new.id in shared.unread or not _equal(
        shared,
        place,
        [lower(old.applies_when, shared.before, place)],
        [lower(new.applies_when, shared.after, place)],
    ):
        yield "when it applies"
    parts = [sorted({i.document for i in one.incorporates}) for one in (old, new)]
    if parts[0] != parts[1]:
        yield f"incorporates {', '.join(parts[0]) or 'nothing'} -> {', '.join(parts[1]) or 'nothing'}"


def _coverage(one: Document) -> str:
    return "whole" if one.whole else one.coverage_note or "partial"
