"""`mayuse lint`: warnings about rules; with `--fix` what is certain is mended, with `--new` a lint is begun.

Exit code 1 where something is found, so that a pipeline can ask for none.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import options

if TYPE_CHECKING:
    from ..language.diagnostics import Diagnostic
    from ..lint import Case, Finding, Lint


@click.command("lint")
@options.rules_option
@click.option("--fix", is_flag=True, help="Mend what can be mended for certain; the rest is reported.")
@click.option("--only", metavar="NAME", multiple=True, help="This lint alone. Repeatable.")
@options.format_option("table", "json")
@click.option(
    "--new", metavar="NAME", help="Begin a lint: its file, its page and its test, in this checkout of mayuse."
)
def lint_(folders: tuple[Path, ...], fix: bool, only: tuple[str, ...], format_: str, new: str | None) -> None:
    """Warn of what rules may say and their author hardly means.

    Of the folders given with --rules, or else of the rules that come with mayuse. Exits with 1 if there is a warning.
    """
    from ..lint import Case, findings, lints

    if new is not None:
        return _begin(new)
    for name in only:
        options.known(name, [one.name for one in lints()], "lint")
    case = Case(options.load(folders))
    found = _theirs(findings(case, only), folders)
    mended = 0
    if fix and (changed := _mended(case, found)):
        for name, text in changed.items():
            options.write(Path(name), text)
        before = len(found)
        case = Case(options.load(folders))
        found = _theirs(findings(case, only), folders)
        mended = before - len(found)
    _tell(case, found, format_, mended)
    sys.exit(1 if found else 0)


def _theirs(found: Iterable[tuple[Lint, Finding]], folders: Sequence[Path]) -> list[tuple[Lint, Finding]]:
    """What is found in the folders named; without any, everything."""
    from ..load import shipped_folder

    shipped = shipped_folder().as_posix() + "/"
    return [one for one in found if not folders or not one[1].span.file.startswith(shipped)]


def _mended(case: Case, found: Iterable[tuple[Lint, Finding]]) -> dict[str, str]:
    from ..lint.fix import fixed

    return fixed(case.texts, [finding for lint, finding in found if lint.fixes])


def _diagnostics(case: Case, found: Iterable[tuple[Lint, Finding]]) -> list[Diagnostic]:
    from ..language.diagnostics import Diagnostic, with_lines

    warnings = [Diagnostic(lint.code, one.message, one.span, one.help, "warning") for lint, one in found]
    return with_lines(warnings, case.texts)


def _tell(case: Case, found: list[tuple[Lint, Finding]], format_: str, mended: int) -> None:
    """Everything found: as JSON, or as a person reads it, with a count of each lint."""
    names = {lint.code: lint.name for lint, _ in found}
    fixable = {(lint.code, one.span) for lint, one in found if one.replacement is not None}
    diagnostics = _diagnostics(case, found)
    if format_ == "json":
        from ..report.json import error_json

        listed = [{"lint": names[d.code], **error_json(d), "fixable": (d.code, d.span) in fixable} for d in diagnostics]
        return options.emit(json.dumps({"fixed": mended, "findings": listed}, indent=2, ensure_ascii=False) + "\n")
    from tabulate import tabulate

    from ..report.columns import harmless

    lines = [harmless(line) for d in diagnostics for line in [*d.render().split("\n"), ""]]
    if mended:
        lines += [f"{mended} fixed", ""]
    if diagnostics:
        counts = Counter(d.code for d in diagnostics)
        fixes = Counter(code for code, _ in fixable)
        rows = [(code, names[code], counts[code], fixes[code] or "") for code in sorted(counts)]
        lines += [*tabulate(rows, ("code", "lint", "found", "fixable"), tablefmt="simple").split("\n"), ""]
    lines.append(f"{len(diagnostics)} warning{'s' * (len(diagnostics) != 1)}")
    return options.emit("\n".join(lines) + "\n")


def _begin(name: str) -> None:
    """Write the files of a new lint into the checkout that is the working folder."""
    from ..lint.scaffold import NAME, scaffold

    if not NAME.fullmatch(name):
        raise click.UsageError(f"'{name[:60]}' is no name for a lint; write small letters joined by '-'")
    if not Path("engine/lint/registry.py").is_file():
        raise click.UsageError("'--new' works in the top folder of a checkout of mayuse")
    files = scaffold(name)
    taken = next((path for path in files if Path(path).exists()), None)
    if taken is not None:
        raise click.UsageError(f"there is a file '{taken}' already")
    for path, text in files.items():
        options.write(Path(path), text)
    options.emit("".join(f"{path}\n" for path in files))
