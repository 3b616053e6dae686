"""`mayuse fmt`: rules files in the one layout there is, written, checked or shown as a difference.

Files that the parser refuses are left as they are and reported, after all others are done.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from ..language.diagnostics import Diagnostic, DiagnosticError, clip, with_lines
from . import options


@click.command("fmt")
@click.argument("paths", nargs=-1, metavar="[PATHS]...", type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change. Exits with 1 if a file would.")
def fmt(paths: tuple[Path, ...], only_check: bool, diff: bool) -> None:
    """Format rules files; folders stand for every .rules file below them, '-' for standard input.

    Without PATHS: the folder 'rules' here.
    """
    from ..language.format import format_text

    changed: list[str] = []
    refused: list[Diagnostic] = []
    for path in _files(paths or (Path("rules"),), refused):
        name = "<stdin>" if str(path) == "-" else str(path)
        before = ""
        try:
            before = _read(path)
            after = format_text(before, name)
        except DiagnosticError as error:
            refused += with_lines(error.diagnostics, {name: before})
            continue
        if before != after:
            changed.append(name)
        if str(path) == "-" and not (diff or only_check):
            options.emit(after)
        elif before != after:
            if diff:
                options.emit(_difference(before, after, name))
            elif not only_check:
                options.write(path, after)
    _tell(changed, only_check or diff)
    if refused:
        raise options.CommandError(refused)
    sys.exit(1 if changed and (only_check or diff) else 0)


def _files(paths: Iterable[Path], refused: list[Diagnostic]) -> Iterator[Path]:
    """The files that `paths` stand for, in alphabetical order within a folder."""
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.rglob("*.rules") if one.is_file())
        elif str(path) == "-" or path.exists():
            yield path
        else:
            refused.append(Diagnostic("M406", f"there is no file '{clip(str(path), 200)}'"))


def _read(path: Path) -> str:
    """The text of a file, its line ends as they are."""
    try:
        found = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        return found.decode("utf-8")
    except OSError as error:
        options.fail("M406", f"cannot read '{clip(str(path), 200)}': {error.strerror or type(error).__name__}")
    except UnicodeDecodeError as error:
        options.fail("M406", f"'{clip(str(path), 200)}' is not UTF-8 at byte {error.start}")


def _difference(before: str, after: str, name: str) -> str:
    """A unified difference, each line ended."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    lines = difflib.unified_diff(old, new, name, f"{name} (formatted)")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _tell(changed: list[str], only_shown: bool) -> None:
    """Say on standard error what was, or would be, written."""
    for name in changed:
        click.echo(f"{'would format' if only_shown else 'formatted'} {clip(name, 200)}", err=True)
