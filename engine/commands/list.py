"""`mayuse list`: what the rules hold, one kind at a time, as a table or as a JSON array.

Filters name ids; a filter that names nothing there is an error, never an empty list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..report.words import GAP
from ..rulebook.reads import topics_below
from . import options
from .reading import readers

if TYPE_CHECKING:
    from ..rulebook.model import Rules

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Filters:
    """What to keep; None keeps everything."""

    platform: str | None = None
    document: str | None = None
    section: str | None = None
    topic: str | None = None
    kind: str | None = None
    role: str | None = None
    fact: str | None = None
    offering: str | None = None


def _platforms(rules: Rules, keep: Filters) -> Iterator[Row]:
    for one in rules.platforms.values():
        if keep.platform in (None, one.id):
            documents = [d.id for d in rules.documents.values() if d.platform == one.id]
            provisions = sum(len(rules.documents[id_].provisions) for id_ in documents)
            yield {
                "id": one.id,
                "title": one.title,
                "vendor": one.vendor,
                "aliases": [*one.aliases],
                "offerings": [*one.offerings],
                "documents": documents,
                "provisions": provisions,
            }


def _offerings(rules: Rules, keep: Filters) -> Iterator[Row]:
    for one in rules.offerings.values():
        if keep.platform in (None, one.platform) and (keep.document is None or keep.document in one.documents):
            yield {
                "id": one.id,
                "platform": one.platform,
                "title": one.title,
                "aliases": [*one.aliases],
                "documents": [*one.documents],
            }


def _documents(rules: Rules, keep: Filters) -> Iterator[Row]:
    for one in rules.documents.values():
        if keep.platform in (None, one.platform) and keep.kind in (None, one.kind):
            yield {
                "id": one.id,
                "platform": one.platform,
                "title": one.title,
                "kind": one.kind,
                "provisions": len(one.provisions),
                "whole": one.whole,
                "coverage": one.coverage_note,
                "reported": one.reported,
                "source": one.source,
                "in_force": _day(one.in_force_from),
                "seen": _day(one.seen),
                "encoded": _day(one.encoded),
                "read_again": _day(one.read_again),
            }


def _provisions(rules: Rules, keep: Filters) -> Iterator[Row]:
    from ..rulebook.evidence import evidence_status

    topics = topics_below(rules, keep.topic) if keep.topic else None
    reading = {one.id for one in readers(rules, [keep.fact])} if keep.fact else None
    for one in rules.provisions.values():
        document = rules.documents[one.document]
        if (
            keep.platform in (None, document.platform)
            and keep.document in (None, one.document)
            and (keep.section is None or one.citation.section == keep.section)
            and keep.kind in (None, one.kind)
            and (topics is None or topics.intersection(one.topics))
            and (reading is None or one.id in reading)
            and (keep.offering is None or one.offerings is None or keep.offering in one.offerings)
            and (keep.offering is None or one.document in rules.offerings[keep.offering].documents)
        ):
            yield {
                "id": one.id,
                "platform": document.platform,
                "document": one.document,
                "kind": one.kind,
                "section": one.citation.section,
                "title": one.title,
                "quote": GAP.join(one.citation.quote),
                "topic": [*one.topics],
                "evidence": evidence_status(rules, one.id),
                "hash": one.hash,
            }


def _facts(rules: Rules, keep: Filters) -> Iterator[Row]:
    for one in rules.facts.values():
        if keep.role in (None, one.role) and keep.kind in (None, one.kind):
            yield {
                "id": one.id,
                "role": one.role,
                "kind": one.kind,
                "domain": one.domain,
                "per": one.per,
                "for_counsel": one.for_counsel,
                "implies": [*one.implies],
                "question": one.question,
            }


def _terms(rules: Rules, keep: Filters) -> Iterator[Row]:
    domain = rules.facts[keep.fact].domain if keep.fact else None
    for one in rules.terms.values():
        if keep.fact is None or (domain is not None and one.id in rules.below.get(domain, ())):
            yield {"id": one.id, "gloss": one.gloss, "under": [*one.under], "since": one.since}


def _readings(rules: Rules, keep: Filters) -> Iterator[Row]:
    for one in rules.readings.values():
        platform = one.document.partition("/")[0] if one.document else None
        if keep.platform in (None, platform) and keep.document in (None, one.document):
            yield {
                "id": one.id,
                "document": one.document,
                "section": one.citation.section,
                "question": one.question,
                "choices": [{"choice": id_, "gloss": gloss} for id_, gloss in one.choices],
            }


def _topics(rules: Rules, keep: Filters) -> Iterator[Row]:
    below = topics_below(rules, keep.topic) if keep.topic else None
    for one in rules.topics.values():
        if below is None or one.id in below:
            count = sum(one.id in provision.topics for provision in rules.provisions.values())
            yield {"id": one.id, "gloss": one.gloss, "under": [*one.under], "provisions": count}


LISTS: dict[str, tuple[Callable[[Rules, Filters], Iterator[Row]], tuple[str, ...], tuple[str, ...]]] = {
    "platforms": (_platforms, ("id", "title", "aliases", "offerings", "provisions"), ("platform",)),
    "offerings": (_offerings, ("id", "title", "aliases", "documents"), ("platform", "document")),
    "documents": (_documents, ("id", "title", "provisions", "seen", "in_force"), ("platform", "kind")),
    "provisions": (
        _provisions,
        ("id", "kind", "section", "title", "evidence"),
        ("platform", "document", "section", "topic", "kind", "fact", "offering"),
    ),
    "facts": (_facts, ("id", "role", "kind", "question"), ("role", "kind")),
    "terms": (_terms, ("id", "gloss", "under"), ("fact",)),
    "readings": (_readings, ("id", "question", "choices"), ("platform", "document")),
    "topics": (_topics, ("id", "gloss", "under", "provisions"), ("topic",)),
}
"""Each list: its rows, the columns of its table, the filters it takes."""


@click.command("list")
@click.argument("what", type=click.Choice(tuple(LISTS)), metavar=f"[{'|'.join(LISTS)}]")
@click.option("--platform", metavar="P", help="Of this platform.")
@click.option("--document", metavar="D", help="Of this document: platform/document, or its last part with --platform.")
@click.option("--section", metavar="S", help="Of this section.")
@click.option("--topic", metavar="T", help="On this topic, or one under it.")
@click.option("--kind", metavar="K", help="Of this kind: prohibit, require, permit, reserve; flag, one, many, …")
@click.option("--role", metavar="R", help="Of this role: fact, safeguard, approval, wrong.")
@click.option("--fact", metavar="F", help="Provisions that read this fact; terms that answer it.")
@click.option("--offering", metavar="O", help="Provisions that bind this offering.")
@options.format_option("table", "json")
@options.output_option
@options.width_option
@options.rules_option
def list_(
    what: str, format_: str, output: Path | None, width: int | None, folders: tuple[Path, ...], **filters: str | None
) -> None:
    """List what the rules hold."""
    rows_of, columns, takes = LISTS[what]
    for name, value in filters.items():
        if value is not None and name not in takes:
            taken = ", ".join(f"--{one}" for one in takes)
            raise click.UsageError(f"--{name} does not filter {what}; {taken} would")
    rules = options.load(folders)
    rows = list(rows_of(rules, _filters(rules, what, filters)))
    if format_ == "json":
        from json import dumps

        options.emit(dumps(rows, ensure_ascii=False, indent=2) + "\n", output)
    else:
        options.emit(table(rows, columns, options.columns(width)), output)


def _filters(rules: Rules, what: str, given: dict[str, str | None]) -> Filters:
    """The filters, each naming something that is there."""
    if given.get("document") and given.get("platform") and "/" not in str(given["document"]):
        given["document"] = f"{given['platform']}/{given['document']}"
    kinds = {
        "documents": {one.kind for one in rules.documents.values()},
        "facts": {"flag", "one", "many", "number", "count"},
    }.get(what, {"prohibit", "require", "permit", "reserve"})
    there: dict[str, tuple[object, str]] = {
        "platform": (rules.platforms, "platforms"),
        "document": (rules.documents, "documents"),
        "topic": (rules.topics, "topics"),
        "kind": (kinds, ""),
        "role": (("fact", "safeguard", "approval", "wrong"), ""),
        "fact": (rules.facts, "facts"),
        "offering": (rules.offerings, "offerings"),
        "section": ({one.citation.section for one in rules.provisions.values()}, ""),
    }
    for name, value in given.items():
        if value is not None:
            names, listing = there[name]
            options.known(value, [str(one) for one in names if one], name, listing or None)  # type: ignore[attr-defined]
    return Filters(**given)


def table(rows: list[Row], columns: tuple[str, ...], width: int) -> str:
    """The rows as a table of at most `width` columns, with a count below it."""
    from ..report.columns import grid, neutral, width as columns_of
    from ..report.words import plural

    cells = [[_cell(row[name]) for name in columns] for row in rows]
    heads = [name.replace("_", " ").capitalize() for name in columns]
    widths = [max(columns_of(neutral(row[at])) for row in [heads, *cells]) for at in range(len(columns))]
    room = width - 2 * (len(columns) - 1)
    while sum(widths) > room:
        most = max(range(len(widths)), key=lambda at: widths[at])
        widths[most] -= 1
    lines = [line for block in grid(heads, cells, widths) for line in block]
    return "\n".join([*lines, plural(len(rows), "row")]) + "\n"


def _cell(value: object) -> str:
    """A value in a cell."""
    match value:
        case None:
            return "-"
        case list():
            return ", ".join(str(one["choice"]) if isinstance(one, dict) else str(one) for one in value) or "-"
        case _:
            return str(value)


def _day(day: object) -> str | None:
    """A date as text."""
    return str(day) if day else None
