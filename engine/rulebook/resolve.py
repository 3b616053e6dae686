"""Syntax trees of a whole rule set become `Rules`, or every error there is.

Blocks are gathered by kind whatever their file, so that the order of files, folders and blocks means nothing; the one
order that counts is inside a file: provisions, defines and readings belong to the document above them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from ..language import tree
from ..language.diagnostics import Diagnostic
from . import documents as docs, vocabulary as voc
from .conditions import Names, Scope
from .expectations import Around, resolve_expectations
from .model import Platform, Provision, Rules
from .provisions import check_references, resolve_provision
from .reads import governed

T = TypeVar("T")


def resolve(
    files: Iterable[tree.File],
    sha256: str = "",
    folders: tuple[str, ...] = (),
    verified: dict[str, dict[str, str]] | None = None,
) -> tuple[Rules | None, list[Diagnostic]]:
    """The resolved rules, None where there is an error, and the diagnostics."""
    files = sorted(files, key=lambda f: f.name)
    names = Names()
    vocabulary: dict[type, list[tree.Block]] = {}
    written = _gather(files, vocabulary, names)

    def blocks(kind: type) -> list[tree.Block]:
        return vocabulary.get(kind, [])

    once = voc.Once(names)
    voc.resolve_terms(blocks(tree.Term), once)  # type: ignore[arg-type]
    topics = voc.resolve_topics(blocks(tree.Topic), names)  # type: ignore[arg-type]
    regulations = voc.resolve_regulations(blocks(tree.Regulation), names)  # type: ignore[arg-type]
    voc.declare_facts(blocks(tree.Fact), once)  # type: ignore[arg-type]
    platforms, offerings = docs.resolve_platforms(blocks(tree.Platform), written, names)  # type: ignore[arg-type]
    voc.declare_readings(blocks(tree.Reading), names, None, voc.Once(names))  # type: ignore[arg-type]
    readings_once = voc.Once(names)
    defines: list[tuple[tree.Define, Scope]] = [(b, Scope()) for b in blocks(tree.Define) if isinstance(b, tree.Define)]
    for document in written.values():
        voc.declare_readings(document.readings, names, document.id, readings_once)
        scope = Scope(document.id, platforms.get(document.platform) or _nameless(document.platform))
        defines += [(d, scope) for d in document.defines]
        docs.declare_approvals(document, names)
    voc.resolve_defines(defines, once)
    voc.resolve_facts(blocks(tree.Fact), names)  # type: ignore[arg-type]

    resolved = {}
    provisions: dict[str, Provision] = {}
    sources: dict[str, tree.Provision] = {}
    provision_once = voc.Once(names)
    for document in written.values():
        platform = platforms.get(document.platform) or _nameless(document.platform)
        made = docs.resolve_document(document, written, platform, names)
        for block in document.provisions:
            id = f"{document.id}/{block.name}"
            if provision_once.admits(id, "provision", block.name):
                provisions[id] = resolve_provision(block, made, platform, names, topics, regulations, offerings)
                sources[id] = block
        resolved[made.id] = replace(made, provisions=tuple(p for p in provisions if provisions[p].document == made.id))
    check_references(provisions, resolved, sources, names)
    voc.refuse_cycles(
        {d.id: d.yields_to for d in resolved.values()}, lambda d: resolved[d].span, "documents that yield", names
    )
    voc.refuse_cycles(
        {p.id: p.overrides for p in provisions.values()}, lambda p: provisions[p].span, "overrides", names
    )
    around = Around(resolved, platforms, offerings, governed(offerings, resolved), names)
    expectations = resolve_expectations(blocks(tree.Expect), written, around)  # type: ignore[arg-type]
    if names.found:
        return None, names.found
    return Rules(
        terms=_sorted(names.terms),
        below=_sorted(names.below),
        facts=_sorted(names.facts),
        defines=_sorted(names.defines),
        topics=_sorted(topics),
        regulations=_sorted(regulations),
        readings=_sorted(names.readings),
        platforms=_sorted(platforms),
        offerings=_sorted(offerings),
        documents=_sorted(resolved),
        provisions=_sorted(provisions),
        sha256=sha256,
        folders=folders,
        verified=verified,
        expectations=expectations,
    ), []


def _sorted(table: Mapping[str, T]) -> dict[str, T]:
    return dict(sorted(table.items()))


def _nameless(id: str) -> Platform:
    """Stands in for a platform that is missing (which has been said), so that its documents are checked all the same."""
    return Platform(id, id, None, (), (), tree.NOWHERE)


def _gather(files: list[tree.File], vocabulary: dict[type, list[tree.Block]], names: Names) -> dict[str, docs.Written]:
    """Sorts blocks into the vocabulary and documents; the documents by id."""
    by_folder: dict[str, set[str]] = {}
    all_platforms: set[str] = set()
    for file in files:
        for block in file.blocks:
            if isinstance(block, tree.Platform):
                by_folder.setdefault(posixpath.dirname(file.name), set()).add(block.name.text)
                all_platforms.add(block.name.text)
    written: dict[str, docs.Written] = {}
    once = voc.Once(names)
    for file in files:
        own = {b.name.text for b in file.blocks if isinstance(b, tree.Platform)}
        folder = posixpath.dirname(file.name)
        current: docs.Written | None = None
        for block in file.blocks:
            match block:
                case tree.Document():
                    near = own or by_folder.get(folder) or {posixpath.basename(folder)} & all_platforms
                    if len(near) != 1:
                        names.error(
                            "M117",
                            f"whose document '{block.name}' is cannot be told",
                            block.name.span,
                            "declare one platform in its file or folder"
                            if not near
                            else f"its place declares {len(near)} platforms: {', '.join(sorted(near))}",
                        )
                    platform = min(near) if near else "nobody"
                    current = docs.Written(block, file.name, platform)
                    if once.admits(current.id, "document", block.name):
                        written[current.id] = current
                case tree.Provision() if current is None:
                    names.error(
                        "M117",
                        f"'{block.name}' stands in no document",
                        block.name.span,
                        "a provision belongs to the document above it in its file",
                    )
                case tree.Provision() if current is not None:
                    current.provisions.append(block)
                case tree.Define() if current is not None:
                    current.defines.append(block)
                case tree.Reading() if current is not None:
                    current.readings.append(block)
                case tree.Expect() if current is not None:
                    current.expectations.append(block)
                case _:
                    vocabulary.setdefault(type(block), []).append(block)
    return written
