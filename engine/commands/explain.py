"""`mayuse explain`: everything about one name, whatever kind of name it is, or about a diagnostic code.

A full id is looked up in every kind; else the last part of an id, where only one has it. What is unknown is an error
with the nearest known name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..language.diagnostics import clip, did_you_mean
from . import options

if TYPE_CHECKING:
    from ..language.codes import CodePage
    from ..rulebook.model import Rules
    from .pages import Page

STAGES = ("language", "rulebook", "usecase", "judge", "lint", "evidence", "commands")
"""The folders that may have a `codes.py`."""

KINDS = ("provision", "document", "offering", "platform", "fact", "term", "reading", "define", "topic", "regulation")
"""Everything that has a name, in the order in which it is looked up."""


@click.command("explain")
@click.argument("name", metavar="NAME")
@options.output_option
@options.width_option
@options.rules_option
def explain(name: str, output: Path | None, width: int | None, folders: tuple[Path, ...]) -> None:
    """Everything about NAME: a provision, fact, term, reading, document, offering, platform, topic, code (M012)."""
    known = codes()
    if name.upper() in known:
        from .pages import code_page

        pages = [code_page(name.upper(), known[name.upper()])]
        also: list[str] = []
    else:
        pages, also = _find(options.load(folders), name, known)
    columns = options.columns(width)
    options.emit("\n".join(line for page in pages for line in [*_lines(page, columns), ""]).rstrip() + "\n", output)
    if also:
        click.echo(f"also: {', '.join(also)}", err=True)


def codes() -> dict[str, CodePage]:
    """The pages of all diagnostics, of every stage that has some."""
    base = __package__.rpartition(".")[0]
    pages: dict[str, CodePage] = {}
    for stage in STAGES:
        if find_spec(f"{base}.{stage}.codes") is not None:
            pages |= import_module(f"..{stage}.codes", __package__).CODES
    return dict(sorted(pages.items()))


def tables(rules: Rules) -> dict[str, dict[str, object]]:
    """Everything that has a name, by kind; approvals that provisions create are their provision's."""
    found: dict[str, dict[str, object]] = {kind: dict(getattr(rules, f"{kind}s")) for kind in KINDS}
    found["fact"] = {id_: fact for id_, fact in found["fact"].items() if id_ not in rules.provisions}
    return found


def _find(rules: Rules, name: str, known: dict[str, CodePage]) -> tuple[list[Page], list[str]]:
    """The pages of a name, and the ids that end in it as well."""
    from . import pages

    found = tables(rules)
    exact = [(kind, name) for kind in KINDS if name in found[kind]]
    short = [(kind, id_) for kind in KINDS for id_ in found[kind] if "/" in id_ and id_.endswith(f"/{name}")]
    if not exact and not short:
        every = [id_ for kind in KINDS for id_ in found[kind]]
        lasts = {id_.rpartition("/")[2] for id_ in every}
        near = did_you_mean(name, {*every, *lasts, *known}, "'mayuse list provisions' and its like show what there is")
        options.fail("M402", f"nothing is named '{clip(name)}'", near)
    if not exact and len(short) > 1:
        which = ", ".join(id_ for _, id_ in short[:6]) + (", …" if len(short) > 6 else "")
        options.fail("M403", f"{len(short)} things end in '{clip(name)}'", f"say which: {which}")
    page_of: dict[str, Callable[[Rules, str], Page]] = {kind: getattr(pages, f"{kind}_page") for kind in KINDS}
    also = [id_ for _, id_ in short] if exact else []
    return [page_of[kind](rules, id_) for kind, id_ in exact or short], also


def _lines(page: Page, columns: int) -> Iterator[str]:
    """A page as lines: labels on the left, texts wrapped beside them, or below labels that are long."""
    from ..report.columns import neutral, wrap

    heading, lines = page
    yield from wrap(heading, columns)
    side = max((len(label) for label, _ in lines if len(label) <= 16), default=0) + 2
    for label, text in lines:
        if len(label) <= 16:
            yield from wrap(text, columns, f"  {neutral(label):<{side}}", " " * (side + 2))
        else:
            yield from wrap(label, columns, "  ", "    ")
            if text:
                yield from wrap(text, columns, " " * (side + 2), " " * (side + 2))
