"""Platforms, offerings, documents and their provisions: references followed, order of documents kept, kinds checked.

Each document's provisions are those that follow it in its file. A document is of the platform that its own file
declares, else the one that its folder declares, else the one that its folder is named after (an organisation's own
document beside a shipped platform).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..language import tree
from ..language.diagnostics import did_you_mean, one_of
from .conditions import Names, Scope, mentioned, resolve_condition
from .model import (
    Archived,
    Document,
    Fact,
    Incorporated,
    Offering,
    Own,
    Platform,
    Reported,
)
from .vocabulary import Once, citation


@dataclass
class Written:
    """One document as written: its block, its file's name, its platform, and the blocks that follow it."""

    block: tree.Document
    file: str
    platform: str
    provisions: list[tree.Provision] = field(default_factory=list)
    defines: list[tree.Define] = field(default_factory=list)
    readings: list[tree.Reading] = field(default_factory=list)
    expectations: list[tree.Expect] = field(default_factory=list)

    @property
    def id(self) -> str:
        """`platform/document`."""
        return f"{self.platform}/{self.block.name}"


def absolute(name: tree.Name, platform: str, document: str | None = None) -> str:
    """A reference as written in a document of `platform`: with `document` to a provision, without to a document or
    an offering."""
    parts = name.text.split("/")
    if document is None:
        return name.text if len(parts) > 1 else f"{platform}/{name.text}"
    return [f"{document}/{name.text}", f"{platform}/{name.text}", name.text][min(len(parts), 3) - 1]


def offering_named(name: tree.Name, platform: str | None, offerings: Mapping[str, Offering], names: Names) -> str:
    """The id of an offering as written in a document of `platform`, or outside all documents (None), where it is
    written in full; one that does not exist is an error."""
    id = absolute(name, platform) if platform else name.text
    if id not in offerings:
        known = [o.removeprefix(f"{platform}/") for o in offerings]
        help = did_you_mean(name.text, known)
        tails = sorted(o for o in offerings if o.partition("/")[2] == name.text)
        if of_platform := sorted(o for o in offerings if o.startswith(f"{name}/")):
            help = f"'{name}' is a platform: write {one_of(of_platform)}"
        elif tails and platform is None:
            help = f"outside a document, write {one_of(tails)}"
        names.error("M115", f"unknown offering '{name}'", name.span, help)
    return id


def resolve_platforms(
    blocks: Iterable[tree.Platform], documents: dict[str, Written], names: Names
) -> tuple[dict[str, Platform], dict[str, Offering]]:
    """Platforms and offerings; which documents each offering is under."""
    platforms: dict[str, Platform] = {}
    offerings: dict[str, Offering] = {}
    once = Once(names)
    blocks = list(blocks)
    for block in blocks:
        if not once.admits(block.name.text, "platform", block.name):
            continue
        vendor = block.vendor
        if vendor and vendor.text not in names.terms:
            names.error("M110", f"unknown term '{vendor}'", vendor.span, did_you_mean(vendor.text, names.terms))
        under: list[str] = []
        for written in block.offerings:
            id = f"{block.name}/{written.name}"
            if not once.admits(id, "offering", written.name):
                continue
            under.append(id)
            governing = []
            for name in written.under:
                document = absolute(name, block.name.text)
                if document in documents:
                    governing.append(document)
                else:
                    known = [d.removeprefix(f"{block.name}/") for d in documents]
                    names.error("M115", f"unknown document '{name}'", name.span, did_you_mean(name.text, known))
            offerings[id] = Offering(
                id,
                block.name.text,
                written.title.text,
                tuple(dict.fromkeys(governing)),
                written.name.span,
                tuple(a.text for a in written.aliases),
            )
        platforms[block.name.text] = Platform(
            block.name.text,
            block.title.text,
            vendor.text if vendor else None,
            tuple(a.text for a in block.aliases),
            tuple(sorted(under)),
            block.name.span,
        )
    _check_aliases(blocks, platforms, offerings, names)
    return platforms, offerings


def _check_aliases(
    blocks: Iterable[tree.Platform], platforms: dict[str, Platform], offerings: dict[str, Offering], names: Names
) -> None:
    """Refuse aliases of which nobody could tell what they stand for.

    One alias may stand for several offerings, which are then all meant: a distilled model is under the terms of both
    its parents. It may not stand for two platforms, nor for a platform and an offering, nor be an id of something else,
    since an id goes first.
    """
    owners: dict[str, tuple[str, bool, tree.Text]] = {}
    for block in blocks:
        own = f"{block.name}"
        written = [(own, True, alias) for alias in block.aliases]
        written += [(f"{own}/{one.name}", False, alias) for one in block.offerings for alias in one.aliases]
        met: set[tuple[str, str]] = set()
        for owner, whole, alias in written:
            key = alias.text.casefold()
            first = owners.setdefault(key, (owner, whole, alias))
            taken = key in offerings or (key in platforms and not (whole and key == owner))
            at = first[2].span
            if taken:
                message, help = f"alias '{alias}' is an id", "an id goes before every alias, so this one is never found"
            elif (owner, key) in met or (whole and first[1] and first[0] != owner):
                message, help = f"alias '{alias}' stands twice", f"the first is at {at.file}:{at.line}"
            elif whole != first[1]:
                message = f"alias '{alias}' stands for a platform and for an offering"
                help = f"the other is at {at.file}:{at.line}; an alias of several offerings means all of them"
            else:
                met.add((owner, key))
                continue
            names.error("M101", message, alias.span, help)


def declare_approvals(written: Written, names: Names) -> None:
    """The approvals that the document's provisions and its reserved silence create."""
    wanted = [
        (f"{written.id}/{p.name}", f"Has {written.platform} approved this: {p.title}?", p.name.span)
        for p in written.provisions
        if any(asks_platform(u.condition) for u in p.unless)
    ]
    if written.block.silence_reserved:
        span = written.block.silence_reserved.span
        wanted.append((f"{written.id}/silence", f"Has {written.platform} given permission beyond its text?", span))
    for id, question, span in wanted:
        names.facts[id] = Fact(id, "approval", question, "flag", None, None, (), None, False, span)


def asks_platform(condition: tree.Condition) -> bool:
    """Whether a condition asks for the platform's approval."""
    match condition:
        case tree.ApprovedByPlatform():
            return True
        case tree.Not(item):
            return asks_platform(item)
        case tree.And(items) | tree.Or(items):
            return any(asks_platform(item) for item in items)
        case _:
            return False


def resolve_document(written: Written, documents: dict[str, Written], platform: Platform, names: Names) -> Document:
    """One document's own clauses."""
    block, scope = written.block, Scope(written.id, platform)

    def document(name: tree.Name) -> str | None:
        id = absolute(name, written.platform)
        if id not in documents:
            known = [d.removeprefix(f"{written.platform}/") for d in documents]
            names.error("M115", f"unknown document '{name}'", name.span, did_you_mean(name.text, known))
            return None
        if id == written.id:
            names.error("M115", f"'{name}' names its own document", name.span)
            return None
        return id

    def gate(condition: tree.Condition | None) -> tree.Condition | None:
        if condition is None:
            return None
        resolved = resolve_condition(condition, names, scope)
        for what, span in mentioned(resolved, names):
            if getattr(what, "role", "fact") != "fact":
                names.error(
                    "M104",
                    f"whether a document governs may not depend on '{what.id}'",
                    span,
                    "only on facts and readings",
                )
        return resolved

    yields = [(document(y.document), y) for y in block.yields_to]
    incorporates = [(document(i.document), i) for i in block.incorporates]
    disputed = [(document(d.document), d) for d in block.disputed_by]
    evidence = _evidence(block, names)
    if block.captured and block.seen and block.seen.value < block.captured.value:
        names.error(
            "M116", "'seen' is before 'captured'", block.seen.span, "'captured' is the first snapshot, 'seen' the last"
        )
    if block.encoded and block.read_again and block.read_again.value < block.encoded.value:
        names.error("M116", "'read again' is before 'encoded'", block.read_again.span)
    if isinstance(evidence, Archived) and block.captured is None:
        names.error(
            "M116",
            "an archived document needs 'captured'",
            block.name.span,
            "the date of the first snapshot with this text",
        )
    return Document(
        id=written.id,
        platform=written.platform,
        title=block.title.text,
        kind=block.kind.text if block.kind else None,
        source=block.source.text if block.source else None,
        evidence=evidence,
        disputed_by=tuple((id, citation(d.citation, names)) for id, d in disputed if id),
        captured=day(block.captured),
        seen=day(block.seen),
        updated=day(block.updated),
        effective=day(block.effective),
        yields_to=tuple(id for id, _ in yields if id),
        yields_citations=tuple(citation(y.citation, names) for id, y in yields if id),
        applies_citation=citation(block.applies_when.citation if block.applies_when else tree.NO_CITATION, names),
        applies_when=gate(block.applies_when.condition if block.applies_when else None),
        incorporates=tuple(Incorporated(id, gate(i.when), citation(i.citation, names)) for id, i in incorporates if id),
        silence=citation(block.silence_reserved.citation, names) if block.silence_reserved else None,
        encoded=day(block.encoded),
        read_again=day(block.read_again),
        whole=bool(block.coverage and block.coverage.whole),
        coverage_note=block.coverage.note.text if block.coverage and block.coverage.note else None,
        note=block.note.text if block.note else None,
        provisions=(),
        file=written.file,
        span=block.name.span,
    )


def day(written: tree.Date | None) -> datetime.date | None:
    """A date as plain value."""
    return written.value if written else None


def _evidence(block: tree.Document, names: Names) -> Archived | Own | Reported | None:
    match block.evidence:
        case tree.Archive() as a:
            if a.commit is None or a.sha256 is None:
                names.error("M116", "a snapshot needs its commit and its sha256", a.span)
            return Archived(
                a.collection.text,
                a.repository.text if a.repository else None,
                a.path.text,
                a.commit or "",
                a.sha256.text if a.sha256 else "",
                a.part.text if a.part else None,
                a.transcribed_by.text if a.transcribed_by else None,
            )
        case tree.Own() as own:
            return Own(own.file.text, own.sha256.text if own.sha256 else None)
        case tree.Reported() as reported:
            return Reported(reported.by.text, reported.on.value)
        case _:
            return None
