"""`mayuse init`: a use case to fill in, with only the questions that the rules of some offerings ask."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from . import options
from .cards import known_of_cards, model_card_option


@click.command("init")
@click.option(
    "--for", "names", metavar="P", multiple=True, help="Only what this platform or offering asks. Repeatable."
)
@model_card_option
@options.output_option
@options.rules_option
def init(names: tuple[str, ...], cards: tuple[str, ...], output: Path | None, folders: tuple[Path, ...]) -> None:
    """Print a use case to fill in: only what the rules ask, every answer left open."""
    from ..usecase.blank import blank_use_case

    rules = options.load(folders)
    offerings = options.offerings_of(rules, names) if names else None
    platforms = options.platforms_of(rules, names) if names or cards else set(rules.platforms)
    if cards:
        offerings = tuple(dict.fromkeys((*(offerings or ()), *known_of_cards(rules, cards))))
    reported = [one.id for one in rules.reported_apart() if one.platform in platforms]
    options.emit(blank_use_case(rules, datetime.date.today(), offerings, reported), output)
