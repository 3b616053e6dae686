"""What several verbs share: their options, how rules and plans are loaded, how output is written and how errors are raised.

Output goes to standard output or, whole or not at all, to a file. A reader that stops reading changes no exit code.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from ..language.diagnostics import Diagnostic, DiagnosticError, clip, did_you_mean

if TYPE_CHECKING:
    from ..rulebook.model import Rules
    from ..rulebook.places import Place
    from ..usecase.model import Settlement, UseCase

F = TypeVar("F", bound=Callable[..., Any])

WIDEST = 160
"""Columns of a table on a terminal that is wider still."""


class CommandError(DiagnosticError):
    """A command line that cannot be used."""


def fail(code: str, message: str, help: str | None = None) -> NoReturn:
    """Raise a CommandError with one diagnostic."""
    raise CommandError([Diagnostic(code, message, help=help)])


def tell(one: Diagnostic) -> None:
    """Say a diagnostic on standard error, in lines that a terminal shows and does not obey."""
    from ..report.columns import harmless

    click.echo("\n".join(map(harmless, one.render().split("\n"))), err=True)


def rules_option(function: F) -> F:
    """`--rules DIR`, repeatable."""
    return click.option(
        "--rules",
        "folders",
        metavar="DIR",
        multiple=True,
        type=click.Path(path_type=Path),
        help="A folder of your own rules, beside those that come with mayuse. Repeatable.",
    )(function)


def format_option(*names: str) -> Callable[[F], F]:
    """`--format`, one of `names`; the first is the default."""
    return click.option(
        "--format", "format_", type=click.Choice(names), default=names[0], show_default=True, help="How to write it."
    )


def output_option(function: F) -> F:
    """`--output FILE`."""
    return click.option(
        "--output",
        "-o",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="Write to FILE instead of standard output, whole or not at all.",
    )(function)


def width_option(function: F) -> F:
    """`--width N`."""
    return click.option(
        "--width",
        metavar="N",
        type=click.IntRange(60, 1000),
        help="Columns of a table; those of the terminal by default.",
    )(function)


def load(folders: Iterable[Path]) -> Rules:
    """The rules that come with the package, and those of `folders`; what was configured for this run is said first."""
    from ..load import load_rules
    from .settings import tell

    tell()

    return load_rules(*folders)


def plan(rules: Rules, file: str) -> UseCase:
    """The plan in a file, '-' being standard input. Raises UseCaseError for one that cannot be used."""
    from .plans import read_plan

    return read_plan(rules, file)[0]


def settlements(rules: Rules, files: Iterable[str]) -> tuple[Settlement, ...]:
    """Counsel's readings in these files, one after another. Raises UseCaseError for one that cannot be used."""
    from ..usecase import load_settlements

    return tuple(one for file in files for one in load_settlements(rules, file))


def columns(width: int | None) -> int:
    """The width asked for, else the terminal's up to 160, else 80."""
    import shutil

    return width or min(shutil.get_terminal_size().columns, WIDEST)


def emit(text: str, output: Path | None = None) -> None:
    """Write `text` to the file or to standard output, as UTF-8."""
    if output is not None and str(output) != "-":
        return write(output, text)
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        quiet()


def quiet() -> None:
    """Let the interpreter flush its standard output into nothing when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write(path: Path, text: str) -> None:
    """Replace the file at `path` with `text` in one step, keeping its permissions; CommandError where that fails.

    What is no plain file, such as /dev/stdout or a named pipe, is written to as it is.
    """
    data = text.encode("utf-8", "backslashreplace")
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        path = path.resolve()
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:60]}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(name, path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask())
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except BrokenPipeError:
        quiet()
    except OSError as error:
        fail("M405", f"cannot write '{clip(str(path), 200)}': {error.strerror or type(error).__name__}")


def _umask() -> int:
    """The process's umask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def offerings_of(rules: Rules, names: Iterable[str]) -> tuple[str, ...]:
    """The offerings that `--platform` names: all of a platform, one, or those that share an alias; any case."""
    return tuple(dict.fromkeys(id_ for name in names for id_ in _place(rules, name).offerings(rules)))


def platforms_of(rules: Rules, names: Iterable[str]) -> set[str]:
    """The platforms that these names stand for, whole: those with a name or an alias among them, not their offerings."""
    return {place.platform for place in (_place(rules, name) for name in names) if not place.named}


def _place(rules: Rules, name: str) -> Place:
    """The one place that a word names; CommandError where it names none, or several platforms."""
    from ..rulebook.places import nearest, places_of

    places = places_of(rules, name)
    if len(places) > 1:
        choices = " or ".join(f"'{place.platform}'" for place in places[:4])
        fail("M403", f"'{clip(name)}' is an alias of {len(places)} platforms", f"write {choices}")
    if not places:
        near = nearest(rules, name)
        help = f"did you mean '{near}'?" if near else "'mayuse list offerings' shows what there is"
        fail("M404", f"unknown platform or offering '{clip(name)}'", help)
    return places[0]


def known(name: str, names: Iterable[str], what: str, listing: str | None = None) -> None:
    """Raise a CommandError unless `name` is one of `names`."""
    there = list(names)
    if name not in there:
        otherwise = f"'mayuse list {listing}' shows what there is" if listing else None
        fail("M404", f"unknown {what} '{clip(name)}'", did_you_mean(name, there, otherwise))
