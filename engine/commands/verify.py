"""`mayuse verify` and `mayuse ledger new`: whether the words behind the rules are in the texts, and who has read them.

Thin: the work is in `evidence`. Results go to standard output, everything said about them to standard error.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..language.diagnostics import Diagnostic, clip
from . import options

if TYPE_CHECKING:
    from ..evidence.snapshots import Archives
    from ..evidence.verify import Verification
    from ..rulebook.model import Rules


def archive_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--archive DIR`, repeatable."""
    return click.option(
        "--archive",
        "archives",
        metavar="DIR",
        multiple=True,
        type=click.Path(path_type=Path),
        help="A clone or bundle of an archive, licence files with a SOURCES.tsv, or a folder of these. Repeatable.",
    )(function)


@click.command("verify")
@archive_option
@options.rules_option
@click.option("--document", "documents", metavar="P/D", multiple=True, help="Only this document. Repeatable.")
@click.option("--require-archive", is_flag=True, help="A text that none of the folders holds is an error.")
@click.option("--record", is_flag=True, help="Keep what was found as verified.json beside the rules.")
@options.format_option("table", "json")
@options.output_option
def verify(
    archives: tuple[Path, ...],
    folders: tuple[Path, ...],
    documents: tuple[str, ...],
    require_archive: bool,
    record: bool,
    format_: str,
    output: Path | None,
) -> None:
    """Find each quote in the text that its document names, and each paragraph of the text in its ledger.

    Exit code 0: all that was looked up is there. 1: evidence is missing, moved, gone or unaccounted for. 2: the input
    cannot be used.
    """
    from ..evidence import verify as evidence

    rules = options.load(folders)
    for id in documents:
        options.known(id, rules.documents, "document", "documents")
    with open_archives(archives) as opened:
        found = evidence.verify(rules, opened, require_archive, documents or None)
    options.emit(_as_json(found) if format_ == "json" else _as_table(found), output)
    _say(d.render() for d in found.diagnostics)
    _say(_summary(found))
    if record:
        _record(rules, found)
    sys.exit(1 if found.failed else 0)


@click.group("ledger")
def ledger() -> None:
    """Reading ledgers: what became of each paragraph of a text."""


@ledger.command("new")
@click.argument("document", metavar="PLATFORM/DOCUMENT")
@archive_option
@options.rules_option
@click.option("--show", is_flag=True, help="Each paragraph's text too, on standard error: to read, never to commit.")
def ledger_new(document: str, archives: tuple[Path, ...], folders: tuple[Path, ...], show: bool) -> None:
    """Print a ledger to complete: a line a paragraph, with what is known of it.

    What the document's ledger says already stays; `?` marks what nobody has read.
    """
    from ..evidence.ledger import scaffold_ledger
    from ..evidence.snapshots import Missing, snapshot_of
    from ..evidence.verify import encoded_by_hash, missing_text, read_ledger

    rules = options.load(folders)
    options.known(document, rules.documents, "document", "documents")
    one = rules.documents[document]
    with open_archives(archives) as opened:
        text = snapshot_of(rules, one, opened)
    if isinstance(text, Missing):
        _say([missing_text(one, text).render()])
        sys.exit(1)
    before = read_ledger(rules, one)
    lines = scaffold_ledger(text.paragraphs, encoded_by_hash(rules, one, text), before[0] if before else ())
    for line, paragraph in lines:
        options.emit(line + "\n")
        if show:
            _say([f"  # {paragraph.number}: {paragraph.text}"])
    unread = sum(line.endswith("?") for line, _ in lines)
    _say([f"{document}: {len(text.paragraphs)} paragraphs, {len(lines)} lines, {unread} unread"])


def open_archives(folders: tuple[Path, ...]) -> Archives:
    """The archives in `folders`; CommandError where one of them holds none."""
    from ..evidence.snapshots import Archives

    opened = Archives(folders)
    if opened.unknown:
        help = "a clone, a bundle, or files listed in a SOURCES.tsv"
        raise options.CommandError(Diagnostic("M317", clip(one, 200), help=help) for one in opened.unknown)
    return opened


def _say(lines: Iterable[str]) -> None:
    """Lines to standard error that a terminal shows and does not obey: they may hold words of other people's texts."""
    from ..report.columns import harmless

    for line in (one for text in lines for one in text.split("\n")):
        click.echo(harmless(line), err=True)


def _rows(found: Verification) -> list[dict[str, Any]]:
    """One row a document: its text, the quotes looked up in it by how they were found, its ledger's counts."""
    rows = []
    for one in found.documents:
        count = dict.fromkeys(("exact", "normalised", "moved", "gone", "unchecked"), 0)
        for quote in (q for q in found.quotes if q.document == one.id):
            count[quote.how if quote.status == "found" else quote.status] += 1
        counts = one.ledger
        rows.append(
            {
                "document": one.id,
                "text": one.state,
                "words": one.words,
                **count,
                "paragraphs": counts.paragraphs if counts else None,
                "accounted": counts.accounted if counts else None,
            }
        )
    return rows


def _as_table(found: Verification) -> str:
    from tabulate import tabulate

    return tabulate(_rows(found), headers="keys", missingval="-") + "\n" if found.documents else "no documents\n"


def _as_json(found: Verification) -> str:
    import dataclasses
    import json

    whole = {
        "failed": found.failed,
        "documents": _rows(found),
        "quotes": [dataclasses.asdict(q) for q in found.quotes],
        "provisions": found.provisions,
        "diagnostics": [
            {
                "code": d.code,
                "severity": d.severity,
                "message": d.message,
                "help": d.help,
                "file": d.span.file,
                "line": d.span.line,
                "column": d.span.column,
            }
            for d in found.diagnostics
        ],
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _summary(found: Verification) -> list[str]:
    """What ran, in words."""
    looked = [q for q in found.quotes if q.status != "unchecked"]
    there = sum(q.status == "found" for q in looked)
    lines = [f"{there} of {len(looked)} quotes found, in {sum(d.state == 'found' for d in found.documents)} texts"]
    absent = [d.id for d in found.documents if d.state == "absent"]
    if absent:
        lines.append(f"{len(absent)} documents skipped, since no archive given holds their text: {', '.join(absent)}")
    return lines


def _record(rules: Rules, found: Verification) -> None:
    """Write verified.json into each folder of rules that has something to record."""
    import json

    from ..evidence.verify import record, records_by_folder

    for folder, records in records_by_folder(rules, record(rules, found, datetime.date.today())).items():
        file = folder / "verified.json"
        if records or file.exists():
            options.write(file, json.dumps({"provisions": records}, indent=1, ensure_ascii=False) + "\n")
            _say([f"recorded {len(records)} provisions in {file}"])
