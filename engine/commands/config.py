"""`mayuse config`: which settings hold here for which verbs, and where each is from.

What a configuration file and the environment say, as click would take it; flags of a later command line go before both.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..language.diagnostics import did_you_mean
from . import options
from .settings import KEYS, file_of, leaves, of_verb, own, shown


@click.command("config")
@click.argument("verb", nargs=-1, metavar="[VERB]...")
@options.format_option("table", "json")
@options.output_option
@options.width_option
@click.pass_context
def config(ctx: click.Context, verb: tuple[str, ...], format_: str, output: Path | None, width: int | None) -> None:
    """The settings that hold here (for VERB), and the line or the variable that each is from."""
    from .list import table

    commands = leaves(ctx.find_root())
    if verb and verb not in commands:
        words = [" ".join(one) for one in commands]
        near = did_you_mean(" ".join(verb), words, f"the verbs are {', '.join(words)}")
        options.fail("M404", f"there is no verb '{' '.join(verb)[:60]}'", near)
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    for name, command in commands.items():
        if verb in ((), name):
            for key, value, where in of_verb(ctx, name, command):
                row = {"key": key, "value": value, "from": where, "verbs": list[str]()}
                rows.setdefault((key, shown(value), where), row)["verbs"].append(" ".join(name))
    ordered = sorted(rows.values(), key=lambda row: (list(KEYS).index(row["key"]), row["verbs"]))
    if format_ == "json":
        from json import dumps

        options.emit(dumps(ordered, ensure_ascii=False, indent=2) + "\n", output)
        return
    every = {key: sum(key in dict(own(one, name)) for name, one in commands.items()) for key in KEYS}
    cells = [
        {
            **row,
            "value": shown(row["value"]),
            "verbs": "all that have it" if len(row["verbs"]) == every[row["key"]] else row["verbs"],
        }
        for row in ordered
    ]
    click.echo(f"settings file: {file_of(ctx) or 'none'}", err=True)
    options.emit(table(cells, ("key", "value", "verbs", "from"), options.columns(width)), output)
