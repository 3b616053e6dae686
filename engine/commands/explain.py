"""`mayuse explain`: why a plan has its verdicts; or everything about one name, whatever kind of name it is, or a code.

A file, `-` and what ends in `.yaml` or `.yml` is a plan. A full id is looked up in every kind; else the last part of an
id, where only one has it. What is unknown is an error with the nearest known name.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..language.diagnostics import clip, did_you_mean
from ..report import EXPLANATIONS
from . import options
from .verify import archive_option

if TYPE_CHECKING:
    from ..language.codes import CodePage
    from ..rulebook.model import Rules
    from .pages import Page

STAGES = ("language", "rulebook", "usecase", "judge", "cases", "lint", "evidence", "commands")
"""The folders that may have a `codes.py`."""

KINDS = ("provision", "document", "offering", "platform", "fact", "term", "reading", "define", "topic", "regulation")
"""Everything that has a name, in the order in which it is looked up."""


@click.command("explain")
@click.argument("name", metavar="FILE|NAME")
@click.option("--platform", "platforms", metavar="P", multiple=True, help="Only this platform or offering. Repeatable.")
@click.option("--provision", metavar="ID", help="Only this clause.")
@click.option("--all-clauses", is_flag=True, help="Every clause: in full where it matters, else why it does not.")
@archive_option
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="For this day; else the file's day, else today."
)
@click.option("--readings", multiple=True, metavar="FILE", type=click.Path(), help="Counsel's readings. Repeatable.")
@click.option("--max-age", type=click.IntRange(0), metavar="DAYS", help="Texts last seen longer ago do not count.")
@options.format_option(*EXPLANATIONS)
@options.output_option
@options.width_option
@options.rules_option
def explain(
    name: str,
    platforms: tuple[str, ...],
    provision: str | None,
    all_clauses: bool,
    archives: tuple[Path, ...],
    as_of: datetime.datetime | None,
    readings: tuple[str, ...],
    max_age: int | None,
    format_: str,
    output: Path | None,
    width: int | None,
    folders: tuple[Path, ...],
) -> None:
    """Why the plan in FILE has its verdicts ('-' for standard input), clause by clause, for readers who do not know the
    rules' language. Exit code: 0, whatever the verdicts; 2 where there is an error.

    Or everything about NAME: a provision, fact, term, reading, document, offering, platform, topic, code (M012). Of the
    options only --output, --width and --rules are for names.
    """
    if is_plan(name):
        from .explain_plan import explain_plan

        day = as_of.date() if as_of else None
        asked = (platforms, provision, all_clauses, archives, day, readings, max_age)
        options.emit(explain_plan(name, *asked, format_, options.columns(width), folders), output)
        return
    if platforms or provision or all_clauses or archives or as_of or readings or max_age is not None:
        raise click.UsageError(f"'{clip(name)}' is a name, not a file: these options explain a plan")
    if format_ != "text":
        raise click.UsageError("names are explained as text only")
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


def is_plan(name: str) -> bool:
    """Whether an argument stands for a plan rather than for a name of the rules."""
    return name == "-" or name.endswith((".yaml", ".yml")) or Path(name).is_file()


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
            for at, line in enumerate(text.split("\n")):
                if not line:
                    yield ""
                    continue
                inset = " " * (len(line) - len(line.lstrip(" ")))
                before = f"{neutral(label if at == 0 else ''):<{side}}"
                yield from wrap(line.lstrip(" "), columns, f"  {before}{inset}", " " * (side + 2) + inset)
        else:
            yield from wrap(label, columns, "  ", "    ")
            if text:
                yield from wrap(text, columns, " " * (side + 2), " " * (side + 2))
