"""`mayuse diff`: what a change of rules, of day or of offering means, exactly, over all plans.

Thin: what the arguments are is decided in `diff_sides`, what differs in `proofs.difference`, and how it looks in `report`.
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import options

if TYPE_CHECKING:
    from ..proofs.difference import Difference
    from ..proofs.provisions import Texts
    from .diff_sides import Words


@click.command("diff")
@click.argument("words", nargs=-1, required=True, metavar="A [B]")
@click.option(
    "--kind",
    type=click.Choice(("folder", "revision", "day", "offering")),
    help="What A and B are, where that is not clear.",
)
@options.format_option("table", "markdown", "json")
@options.output_option
@options.width_option
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="On this day (YYYY-MM-DD); else today."
)
@click.option("--max-age", type=click.IntRange(0), metavar="DAYS", help="Texts last seen longer ago do not count.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 also where they differ; errors still exit with 2.")
@click.option("--beside", is_flag=True, help="Folders and revisions are beside the rules that come with mayuse.")
@click.option(
    "--rules",
    "folders",
    metavar="DIR",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Of revisions, the folder to compare; else one more folder of rules, on both sides. Repeatable.",
)
def diff(
    words: tuple[str, ...],
    kind: str | None,
    format_: str,
    output: Path | None,
    width: int | None,
    as_of: datetime.datetime | None,
    max_age: int | None,
    exit_zero: bool,
    beside: bool,
    folders: tuple[Path, ...],
) -> None:
    """What changes from A to B for any plan: two folders of rules, two git revisions of them (or one, and the files as
    they are), two days, or two offerings.

    Exit codes: 0 equivalent, 1 something differs, 2 error.
    """
    from ..report.difference import difference_json, difference_markdown, difference_table
    from .diff_sides import Words
    from .settings import tell

    if len(words) > 2:
        raise click.UsageError("give one revision, or two things to compare")
    tell()
    asked = Words(words, folders, beside)
    found, texts = _compared(asked, kind, as_of.date() if as_of else None, max_age)
    match format_:
        case "json":
            text = difference_json(found, texts)
        case "markdown":
            text = difference_markdown(found, texts)
        case _:
            text = difference_table(found, texts, options.columns(width))
    options.emit(text, output)
    sys.exit(1 if found.differs and not exit_zero else 0)


def _compared(
    asked: Words, kind: str | None, as_of: datetime.date | None, max_age: int | None
) -> tuple[Difference, tuple[Texts, ...]]:
    """The difference, and what changed in the texts."""
    from ..proofs.difference import Side, between_offerings, difference
    from ..proofs.provisions import changed_texts, texts_binding, texts_in_force
    from .diff_sides import gathered

    kind = asked.kind(kind)
    if len(asked.words) == 1 and kind != "revision":
        raise click.UsageError(f"give two {kind}s to compare")
    first, second = asked.words[0], asked.words[1] if len(asked.words) == 2 else None
    day = as_of or datetime.date.today()
    if kind == "day" and second is not None:
        if as_of is not None:
            raise click.UsageError("two days are compared: --as-of would be a third")
        days = asked.day(first), asked.day(second)
        sides = [Side(asked.rules(), one, str(one), max_age) for one in days]
        return difference(*sides), texts_in_force(asked.rules(), *days)
    if kind == "offering" and second is not None:
        ids = asked.offering(first), asked.offering(second)
        found = between_offerings(Side(asked.rules(), day, "", max_age), *ids)
        return found, texts_binding(asked.rules(), *ids, day)
    if kind == "folder" and second is not None:
        before, after = gathered([lambda w=w: asked.folder(w, day, max_age) for w in (first, second)])  # type: ignore[misc]
    else:
        before, after = gathered([lambda w=w: asked.revision(w, day, max_age) for w in (first, second)])  # type: ignore[misc]
    found = difference(before, after)
    return found, changed_texts(found.shared) if found.shared else ()
