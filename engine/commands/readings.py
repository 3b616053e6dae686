"""`mayuse readings`: what only counsel can settle, listed, and settled in a readings file for `check --readings`."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..language.diagnostics import clip, did_you_mean
from . import options

if TYPE_CHECKING:
    from ..rulebook.model import Rules

COLUMNS = ("id", "question", "choices", "offerings")


@click.group("readings", invoke_without_command=True)
@click.pass_context
def readings(ctx: click.Context) -> None:
    """What only counsel can settle: 'list' it, or 'settle' it in a readings file. Without either: 'list'."""
    if ctx.invoked_subcommand is None:
        with list_.make_context("list", [], parent=ctx) as listing:
            list_.invoke(listing)


@readings.command("list")
@click.option("--for", "names", metavar="P", multiple=True, help="Of this platform or offering. Repeatable.")
@options.format_option("table", "json")
@options.output_option
@options.width_option
@options.rules_option
def list_(
    names: tuple[str, ...] = (),
    format_: str = "table",
    output: Path | None = None,
    width: int | None = None,
    folders: tuple[Path, ...] = (),
) -> None:
    """The open readings and questions for counsel, their choices, and the offerings they touch."""
    from .list import table

    rules = options.load(folders)
    rows = _rows(rules, names)
    if format_ == "json":
        from json import dumps

        options.emit(dumps(rows, ensure_ascii=False, indent=2) + "\n", output)
    else:
        options.emit(table(rows, COLUMNS, options.columns(width)), output)


def _rows(rules: Rules, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """A row for each reading and each fact for counsel that the offerings named (or any) read."""
    from ..rulebook.model import fact_of
    from ..rulebook.reads import reads
    from ..usecase.settle import counsel_ids

    touched: dict[str, list[str]] = {id_: [] for id_ in counsel_ids(rules)}
    platforms = options.platforms_of(rules, names) if names else set(rules.platforms)
    wanted = options.offerings_of(rules, names) if names else tuple(rules.offerings)
    for offering in wanted:
        found = reads(rules, [offering])
        for id_ in dict.fromkeys([*found.readings, *map(fact_of, found.keys)]):
            if id_ in touched:
                touched[id_].append(offering)
    apart = reads(rules, (), [one.id for one in rules.reported_apart() if one.platform in platforms])
    kept = [id_ for id_ in touched if not names or touched[id_] or id_ in apart.readings or id_ in apart.keys]
    return [_row(rules, id_, touched[id_]) for id_ in kept]


def _row(rules: Rules, id_: str, offerings: list[str]) -> dict[str, Any]:
    if (reading := rules.readings.get(id_)) is not None:
        return {
            "id": id_,
            "kind": "reading",
            "question": reading.question,
            "choices": [{"choice": choice, "gloss": gloss} for choice, gloss in reading.choices],
            "document": reading.document,
            "section": reading.citation.section,
            "quote": [*reading.citation.quote],
            "offerings": offerings,
        }
    fact = rules.facts[id_]
    choices = ["yes", "no"] if fact.kind == "flag" else [f"{fact.kind} of {fact.domain}"]
    return {
        "id": id_,
        "kind": "fact for counsel",
        "question": fact.question,
        "choices": [{"choice": choice, "gloss": ""} for choice in choices],
        "document": None,
        "section": None,
        "quote": [],
        "offerings": offerings,
    }


@readings.command("settle")
@click.argument("id_", metavar="ID")
@click.argument("choice", metavar="CHOICE")
@click.option("--by", required=True, metavar="WHO", help="Who settles it.")
@click.option("--why", required=True, metavar="TEXT", help="For what reason.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="When (YYYY-MM-DD); else today.")
@click.option(
    "--file", "file", required=True, metavar="FILE", type=click.Path(path_type=Path), help="The readings file."
)
@options.rules_option
def settle(
    id_: str,
    choice: str,
    by: str,
    why: str,
    date: datetime.datetime | None,
    file: Path,
    folders: tuple[Path, ...],
) -> None:
    """Settle the reading ID (or fact for counsel) as CHOICE in FILE, whatever else stands there staying as it is."""
    from ..usecase.settle import with_settlement
    from ..usecase.source import read_bytes

    for name, said in (("--by", by), ("--why", why)):
        if not said.strip():
            raise click.UsageError(f"{name} is empty")
    rules = options.load(folders)
    _check(rules, id_, choice)
    before = read_bytes(file, str(file)) if file.exists() else None
    day = date.date() if date else datetime.date.today()
    options.write(file, with_settlement(rules, before, id_, choice, by, why, day, str(file)))
    click.echo(f"settled {id_}: {choice} in {file}")


def _check(rules: Rules, id_: str, choice: str) -> None:
    """Refuse an id that names nothing counsel can settle, and a choice that the reading does not have."""
    from ..usecase.settle import counsel_ids, is_settleable
    from ..usecase.unknown import ends_with

    if not is_settleable(rules, id_):
        there = counsel_ids(rules)
        near = [one for one in ends_with(id_, there) if one != id_]
        named = f"did you mean {' or '.join(map(repr, near[:4]))}?" if near else None
        options.fail(
            "M404",
            f"unknown reading '{clip(id_)}'",
            named or did_you_mean(id_, there, "'mayuse readings list' shows what there is"),
        )
    if id_ in rules.readings:
        choices = [one for one, _ in rules.readings[id_].choices]
        if choice not in choices:
            near_choice = did_you_mean(choice, choices)
            every = f"the choices are {', '.join(choices)}"
            options.fail(
                "M404",
                f"'{id_}' has no choice '{clip(choice)}'",
                f"{near_choice} {every}" if near_choice else every,
            )
