"""`mayuse compare`: every offering's position on one topic, side by side.

What the texts say, not what they make of a plan: that is `check`. Words are quoted, never graded.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..report.words import DISCLAIMER, INDEPENDENCE, KINDS, listed, place, quoted
from . import options

BY_REPORT = "known by report only"
"""What every provision of such a text says of itself."""

if TYPE_CHECKING:
    from ..judge.positions import Position, Stated
    from ..rulebook.model import Rules

HEADERS = ("Offering", "Says", "Where")


@click.command("compare")
@click.argument("topic", metavar="TOPIC")
@click.option("--platform", "platforms", metavar="P", multiple=True, help="Only this platform or offering. Repeatable.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="On this day (YYYY-MM-DD); else today."
)
@options.format_option("table", "markdown", "json")
@options.output_option
@options.width_option
@options.rules_option
def compare(
    topic: str,
    platforms: tuple[str, ...],
    as_of: datetime.datetime | None,
    format_: str,
    output: Path | None,
    width: int | None,
    folders: tuple[Path, ...],
) -> None:
    """What each offering's terms say on TOPIC and the topics under it ('mayuse list topics')."""
    from ..judge.positions import positions, reported_positions

    rules = options.load(folders)
    options.known(topic, rules.topics, "topic", "topics")
    wanted = options.offerings_of(rules, platforms) if platforms else tuple(rules.offerings)
    day = as_of.date() if as_of else datetime.date.today()
    cells = [one for one in positions(rules, topic, day) if one.offering in wanted]
    named = options.platforms_of(rules, platforms) if platforms else set(rules.platforms)
    reported = [one for one in reported_positions(rules, topic, day) if one.platform in named]
    if format_ == "json":
        text = dumps(_json(rules, topic, day, cells, reported), ensure_ascii=False, indent=2) + "\n"
    elif format_ == "markdown":
        text = _markdown(_title(rules, topic, day), cells, reported)
    else:
        text = _table(_title(rules, topic, day), cells, reported, options.columns(width))
    options.emit(text, output)


def says(position: Position) -> list[tuple[str, str]]:
    """A position in words: for each provision what it does and where it says so, or one line of why there is none."""
    if position.stated:
        unread = [one for one in position.missing if one[1] != BY_REPORT]
        more = [("may say more", _unread(unread))] if unread else []
        return [*((_does(one), _where(one)) for one in position.stated), *more]
    return [(position.stance.value, _why(position))]


def _does(one: Stated) -> str:
    by = {"reported": " (by report)", "disputed": " (by report, disputed)"}.get(one.evidence, "")
    some = "" if one.always else ", where its document applies"
    return f"{KINDS[one.provision.kind]}{some}{by}"


def _where(one: Stated) -> str:
    words = quoted(one.provision.citation.quote)
    cited = f"({place(one.document_title, one.provision.citation.section)})"
    return " ".join(filter(None, (f"{one.provision.title}{':' if words else ''}", words, cited)))


def _why(position: Position) -> str:
    """Why there is no provision: what was not read, or what a silent text does with what it does not allow."""
    if position.missing:
        return _unread(position.missing)
    if position.reserved:
        return f"but what {listed(position.reserved)} does not allow is reserved"
    return "no provision on this"


def _unread(missing: Sequence[tuple[str, str]]) -> str:
    return "; ".join(f"{id_}: {why}" if id_ else why for id_, why in missing)


def _title(rules: Rules, topic: str, day: datetime.date) -> str:
    return f"{rules.topics[topic].gloss} [{topic}], as of {day}"


def _name(position: Position) -> str:
    return position.offering or f"{position.platform}: {position.title}"


def _rows(cells: Sequence[Position]) -> list[tuple[str, str, str]]:
    """A line for each provision; the offering stands in its first."""
    return [(_name(one) if at == 0 else "", does, where) for one in cells for at, (does, where) in enumerate(says(one))]


def _table(title: str, cells: Sequence[Position], reported: Sequence[Position], width: int) -> str:
    from ..report.columns import grid, neutral, width as columns_of, wrap

    lines = wrap(title, width)
    for heading, those in (("", cells), (REPORTED, reported)):
        if not those:
            continue
        rows = _rows(those)
        first, second = (
            min(max(columns_of(neutral(row[at])) for row in [HEADERS, *rows]), most)
            for at, most in ((0, max(12, width // 4)), (1, max(12, width // 5)))
        )
        lines += ["", *(wrap(heading, width) if heading else [])]
        lines += [line for block in grid(HEADERS, rows, (first, second, width - 4 - first - second)) for line in block]
    if not cells and not reported:
        lines += ["", "No offering and no report to compare."]
    return "\n".join([*lines, "", *wrap(DISCLAIMER, width), *wrap(INDEPENDENCE, width)]) + "\n"


REPORTED = "Reported by others, in no vendor text we hold:"


def _markdown(title: str, cells: Sequence[Position], reported: Sequence[Position]) -> str:
    from ..report.markdown import escape

    lines = [f"# {escape(title)}"]
    for heading, those in (("", cells), (REPORTED, reported)):
        if those:
            lines += ["", *([f"## {escape(heading)}", ""] if heading else [])]
            lines += [f"| {' | '.join(HEADERS)} |", "|---|---|---|"]
            lines += [f"| {' | '.join(map(escape, row))} |" for row in _rows(those)]
    return "\n".join([*lines, "", f"{escape(DISCLAIMER)}  ", escape(INDEPENDENCE)]) + "\n"


def _json(
    rules: Rules, topic: str, day: datetime.date, cells: Sequence[Position], reported: Sequence[Position]
) -> dict[str, Any]:
    from ..rulebook.reads import topics_below

    return {
        "topic": topic,
        "gloss": rules.topics[topic].gloss,
        "topics": sorted(topics_below(rules, topic)),
        "as_of": day.isoformat(),
        "rules": rules.sha256,
        "cells": [_cell(one) for one in cells],
        "reported": [_cell(one) for one in reported],
        "disclaimer": DISCLAIMER,
        "independence": INDEPENDENCE,
    }


def _cell(one: Position) -> dict[str, Any]:
    return {
        "platform": one.platform,
        "offering": one.offering,
        "title": one.title,
        "position": one.stance.value,
        "provisions": [
            {
                "id": stated.provision.id,
                "kind": stated.provision.kind,
                "says": _does(stated),
                "title": stated.provision.title,
                "document": stated.provision.document,
                "document_title": stated.document_title,
                "section": stated.provision.citation.section,
                "quote": [*stated.provision.citation.quote],
                "topics": [*stated.provision.topics],
                "always": stated.always,
                "evidence": stated.evidence,
            }
            for stated in one.stated
        ],
        "missing": [{"document": id_ or None, "why": why} for id_, why in one.missing],
        "reserved": [*one.reserved],
    }
