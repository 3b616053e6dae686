"""`mayuse check`: plans against the terms of every platform they name, and an exit code for pipelines.

0 permitted, 1 conflict or needs approval, 2 it could not be checked, 3 conditional, 4 open. Reads, calls, writes. Of
several plans each is checked, also where another cannot be; the worst of them decides the exit code.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..__about__ import __version__
from ..judge.model import Report
from ..language.diagnostics import DiagnosticError, clip, did_you_mean
from ..report import FORMATS, JOINED
from . import options
from .cards import model_card_option, of_cards
from .plans import plan_of, read_plan, warn
from .settings import on_command_line

if TYPE_CHECKING:
    from ..judge.baseline import Baseline
    from ..report.rows import Outcome
    from ..rulebook.model import Rules
    from ..usecase.model import UseCase


ERROR = 2
"""The exit code of a plan that could not be checked."""


@click.command("check")
@click.argument("names", nargs=-1, metavar="[FILE]...")
@click.option("--platform", "platforms", metavar="P", multiple=True, help="Only this platform or offering. Repeatable.")
@model_card_option
@click.option("--all", "everything", is_flag=True, help="Every offering, whatever the file names.")
@options.format_option(*FORMATS)
@options.output_option
@options.width_option
@click.option("--detail", is_flag=True, help="Everything: facts, exceptions, dates and hashes of each clause.")
@click.option("--color/--no-color", default=False, help="Colour the verdicts of a table.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Check for this day (YYYY-MM-DD); else the file's day, else today.",
)
@click.option("--readings", multiple=True, metavar="FILE", type=click.Path(), help="Counsel's readings. Repeatable.")
@click.option("--accept", multiple=True, metavar="ID", help="A condition that does not fail the check. Repeatable.")
@click.option("--max-age", type=click.IntRange(0), metavar="DAYS", help="Texts last seen longer ago do not count.")
@click.option(
    "--baseline",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="An earlier report (--format json): fail only for what is new since.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever the verdicts; errors still exit with 2.")
@click.option("--example", metavar="NAME", help="Check a use case that comes with mayuse, instead of a FILE.")
@options.rules_option
def check(
    names: tuple[str, ...],
    platforms: tuple[str, ...],
    cards: tuple[str, ...],
    everything: bool,
    format_: str,
    output: Path | None,
    width: int | None,
    detail: bool,
    color: bool,
    as_of: datetime.datetime | None,
    readings: tuple[str, ...],
    accept: tuple[str, ...],
    max_age: int | None,
    baseline: Path | None,
    exit_zero: bool,
    example: str | None,
    folders: tuple[Path, ...],
) -> None:
    """Check the plan in each FILE ('-' for standard input) against the platforms' terms.

    Exit codes: 0 permitted, 1 conflict or needs approval, 2 error, 3 conditional, 4 open. The worst decides.
    """
    if bool(names) == (example is not None):
        raise click.UsageError("give at least one FILE to check ('-' for standard input), or --example NAME")
    if everything and not on_command_line("platforms"):
        platforms = ()
    if everything and (platforms or cards):
        raise click.UsageError(f"--all and {'--platform' if platforms else '--model-card'} exclude each other")
    if len(names) > 1 and format_ not in JOINED:
        options.fail(
            "M411",
            f"--format {format_} is about one plan, and {len(names)} files are given",
            f"check them one by one, or take one of {', '.join(JOINED)}",
        )
    if len(names) > 1 and baseline is not None:
        raise click.UsageError("--baseline is one plan's earlier report; give one FILE with it")
    earlier = None if baseline is None else _baseline(baseline)
    source = None if example is None else _example(example)
    rules = options.load(folders)
    offerings = options.offerings_of(rules, platforms) if platforms else tuple(rules.offerings) if everything else None
    if cards:
        rules, named = of_cards(rules, cards)
        offerings = (*(offerings or ()), *named)
    _known_conditions(rules, accept)

    def judged(name: str | None) -> Report:
        from ..judge import check as judge

        use_case, text = _plan(rules, name, example, source)
        warn(rules, use_case, text)
        if use_case.uses and offerings is not None:
            asks = "--all" if everything else "--platform" if platforms else "--model-card"
            options.fail(
                "M408",
                f"'{clip(use_case.name)}' has uses, and {asks} asks for alternatives",
                "leave it out: each use names its offering",
            )
        settlements = options.settlements(rules, readings)
        day = as_of.date() if as_of else None
        return judge(
            rules, use_case, settlements=settlements, as_of=day, offerings=offerings, max_age=max_age, accept=accept
        )

    if len(names) > 1:
        outcomes = [_outcome(judged, name) for name in names]
        text = JOINED[format_](outcomes, options.columns(width), detail=detail, color=color)
        code = _worst(outcomes)
    else:
        report = judged(names[0] if names else None)
        if earlier is not None:
            from ..judge.baseline import against

            report = against(report, earlier)
        text = FORMATS[format_](report, options.columns(width), detail=detail, color=color)
        code = report.gate.exit_code
    options.emit(text, output)
    sys.exit(0 if exit_zero and code != ERROR else code)


def _baseline(path: Path) -> Baseline:
    """The earlier report in a file; a CommandError where there is none that this one can be held against."""
    from ..report.earlier import read_baseline

    name = clip(str(path), 200)
    how = "write one with 'mayuse check FILE --format json --output BASELINE'"
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        options.fail("M409", f"cannot read the baseline '{name}': {error.strerror or type(error).__name__}", how)
    except ValueError:
        options.fail("M409", f"cannot read the baseline '{name}': it is not UTF-8", how)
    found = read_baseline(text)
    if isinstance(found, str):
        options.fail("M410", f"'{name}' is no baseline: {found}", how)
    return found


def _outcome(judged: Callable[[str], Report], name: str) -> Outcome:
    """The report of one of several files, or what kept it from being checked, which is said at once."""
    from ..report.rows import Failure

    try:
        return judged(name)
    except DiagnosticError as error:
        for one in error.diagnostics:
            options.tell(one)
        return Failure(name, error.diagnostics, __version__)


def _worst(outcomes: Sequence[Outcome]) -> int:
    """The exit code of several files: an error goes before refused, that before open, that before conditional."""
    codes = [one.gate.exit_code if isinstance(one, Report) else ERROR for one in outcomes]
    return max(codes, key=(0, 3, 4, 1, ERROR).index)


def _plan(rules: Rules, file: str | None, example: str | None, source: bytes | None) -> tuple[UseCase, str]:
    """The plan from the example, standard input or the file, and its text."""
    if source is not None:
        return plan_of(rules, source, f"{example}.yaml")
    assert file is not None
    return read_plan(rules, file)


def examples() -> Mapping[str, Traversable]:
    """The use cases that come with mayuse, by name: those of the package, else of the checkout."""
    try:
        folder: Traversable = files(f"{__package__.partition('.')[0]}.fixtures") / "use-cases"
    except ModuleNotFoundError:
        folder = Path(__file__).resolve().parents[2] / "fixtures" / "use-cases"
    if not folder.is_dir():
        return {}
    named = {one.name.removesuffix(".yaml"): one for one in folder.iterdir() if one.name.endswith(".yaml")}
    return dict(sorted(named.items()))


def _example(name: str) -> bytes:
    """The bytes of an example; a CommandError that lists them all where there is none of that name."""
    there = examples()
    if name not in there:
        every = f"the examples are {', '.join(there)}" if there else "no examples are installed"
        near = did_you_mean(name, there)
        options.fail("M401", f"no example is named '{clip(name)}'", f"{near} {every}" if near else every)
    return there[name].read_bytes()


def _known_conditions(rules: Rules, accept: tuple[str, ...]) -> None:
    """Refuse a condition that names no safeguard: accepted by mistake, it would accept nothing."""
    safeguards = [fact.id for fact in rules.facts.values() if fact.role == "safeguard"]
    for key in accept:
        options.known(key.partition("@")[0], safeguards, "condition", "facts --role safeguard")
