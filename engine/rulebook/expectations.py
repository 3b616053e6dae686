"""Properties of verdicts, resolved: what each `expect` claims, of which plans, and of which offerings.

An expectation that could not fail, or that names what cannot be promised or answered, is an error. Whether one holds
is not asked here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..language import tree
from ..language.diagnostics import did_you_mean, one_of
from .conditions import Names, Scope, mentioned, resolve_condition, takers
from .documents import Written, offering_named
from .model import Document, Expectation, Offering, Platform
from .vocabulary import Once

ANSWERED = ("fact", "wrong", "safeguard")
"""Roles that `same verdict regardless of` can name; an approval is another one's decision."""
_INSTEAD = "a condition here names facts, wrongs, safeguards, and approvals of the vocabulary"


@dataclass(frozen=True)
class Around:
    """What an expectation may lean on; `governed` are the offerings that each document can govern."""

    documents: Mapping[str, Document]
    platforms: Mapping[str, Platform]
    offerings: Mapping[str, Offering]
    governed: Mapping[str, frozenset[str]]
    names: Names


def resolve_expectations(
    outside: Iterable[tree.Expect], written: Mapping[str, Written], around: Around
) -> tuple[Expectation, ...]:
    """Those outside all documents, and those of each, in alphabetical order; errors are noted in `around.names`."""
    once = Once(around.names, "it is known by its text alone")
    homes: list[tuple[tree.Expect, Document | None]] = [(block, None) for block in outside]
    homes += [(block, around.documents[id]) for id, one in written.items() for block in one.expectations]
    found = [
        _resolve(block, document, around)
        for block, document in homes
        if once.admits(f"{document.id if document else ''} {block.title}", "expectation", block.title)
    ]
    return tuple(sorted(found, key=lambda one: (one.document or "", one.title)))


def _resolve(block: tree.Expect, document: Document | None, around: Around) -> Expectation:
    platform = around.platforms.get(document.platform) if document else None
    scope = Scope(document.id if document else None, platform, instead=_INSTEAD)
    when = tree.Always() if block.when is None else resolve_condition(block.when, around.names, scope)
    offerings = tuple(_offering(name, document, around) for name in block.offerings)
    _refuse_twice(zip(block.offerings, offerings, strict=True), around.names)
    return Expectation(
        title=block.title.text,
        claim=block.claim.kind,
        names=_names(block, document, offerings, around),
        when=when,
        document=document.id if document else None,
        offerings=frozenset(offerings) or None,
        note=block.note.text if block.note else None,
        span=block.title.span,
    )


def _names(
    block: tree.Expect, document: Document | None, offerings: tuple[str, ...], around: Around
) -> tuple[str, ...]:
    """What the claim names, by id."""
    named = block.claim.names
    if block.claim.kind == "same as":
        return tuple(_compared(name, block, document, offerings, around) for name in named)
    _refuse_twice(((name, name.text) for name in named), around.names)
    for name in named:
        if block.claim.kind == "always conditional":
            _check_safeguard(name, document, around.names)
        else:
            _check_answered(name, document, around.names)
    return tuple(name.text for name in named)


def _refuse_twice(named: Iterable[tuple[tree.Name, str]], names: Names) -> None:
    met: set[str] = set()
    for name, id in named:
        if id in met:
            names.error("M103", f"'{name}' stands twice in one list", name.span, "leave it away, or name another")
        met.add(id)


# ---- offerings


def _offering(name: tree.Name, document: Document | None, around: Around) -> str:
    """The id of an offering that is named; in a document, one that it governs."""
    id = offering_named(name, document.platform if document else None, around.offerings, around.names)
    if document and id in around.offerings and id not in around.governed[document.id]:
        there = sorted(around.governed[document.id])
        governs = f"it governs {', '.join(map(repr, there))}" if there else "no offering is under it"
        help = f"{governs}; outside all documents, an 'expect' is about whole offerings"
        around.names.error("M119", f"'{document.id}' never governs '{name}'", name.span, help)
    return id


def _compared(
    name: tree.Name, block: tree.Expect, document: Document | None, offerings: tuple[str, ...], around: Around
) -> str:
    """The id of the offering that others are compared with: no other may be missing."""
    id = _offering(name, document, around)
    if id in offerings:
        own = block.offerings[offerings.index(id)]
        around.names.error("M119", f"'{id}' is compared with itself", own.span, "leave it away, or name another")
    elif not offerings and id in around.offerings:
        if set(around.governed[document.id] if document else around.offerings) == {id}:
            where = f"'{document.id}' governs" if document else "there is"
            around.names.error("M119", f"'{id}' is compared with itself", name.span, f"{where} no other offering")
    return id


# ---- facts


def _check_safeguard(name: tree.Name, document: Document | None, names: Names) -> None:
    fact = names.facts.get(name.text)
    if fact is None:
        _unknown(name, "safeguard", ("safeguard",), document, names)
    elif fact.role != "safeguard":
        what = "a fact" if fact.role == "fact" else f"{'an' if fact.role == 'approval' else 'a'} {fact.role}"
        help = "a verdict is conditional on safeguards: what the planner can promise each time"
        names.error("M118", f"'{name}' is {what}, and no safeguard", name.span, help)


def _check_answered(name: tree.Name, document: Document | None, names: Names) -> None:
    fact = names.facts.get(name.text)
    if fact is None:
        _unknown(name, "fact", ANSWERED, document, names)
    elif fact.role not in ANSWERED:
        help = "'same verdict regardless of' names facts, wrongs and safeguards; a consent is there to change a verdict"
        names.error("M118", f"'{name}' is an approval", name.span, help)


def _unknown(name: tree.Name, what: str, roles: tuple[str, ...], document: Document | None, names: Names) -> None:
    """No fact has that name: say what has, if anything, and what may be meant."""
    known = [fact.id for fact in names.facts.values() if fact.role in roles and "/" not in fact.id]
    help = did_you_mean(name.text, known, f"it names a {what} of the vocabulary")
    ids = [name.text, *([f"{document.id}/{name}"] if document else [])]
    define = next((names.defines[id] for id in ids if id in names.defines), None)
    message = f"unknown {what} '{name}'"
    if define is not None:
        message = f"'{name}' is a define, not a {what}"
        read = dict.fromkeys(f.id for f, _ in mentioned(define.condition, names) if f.id in known)
        help = f"it reads {', '.join(map(repr, read))}: name what you mean of these" if read else help
    elif any(id in names.readings for id in ids):
        message = f"'{name}' is a reading, not a {what}"
    elif name.text in names.terms:
        message = f"'{name}' is a term, not a {what}"
        asked = [fact.id for fact in takers(name.text, names) if fact.id in known]
        help = f"did you mean {one_of(asked)}, which can name it?" if asked else help
    names.error("M110", message, name.span, help)
