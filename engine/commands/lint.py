"""`mayuse lint`: warnings about rules, and about plans where some are named; with `--fix` what is certain is mended in
the rules, with `--new` a lint is begun.

Exit code 1 where something is found, so that a pipeline can ask for none.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import options
from .plans import read_plan

if TYPE_CHECKING:
    from ..lint import Case, Finding, Lint
    from ..rulebook.model import Rules


@click.command("lint")
@click.argument("plans", nargs=-1, metavar="[PLAN]...")
@options.rules_option
@click.option("--fix", is_flag=True, help="Mend what can be mended for certain; the rest is reported.")
@click.option("--only", metavar="NAME", multiple=True, help="This lint alone. Repeatable.")
@options.format_option("table", "json")
@click.option(
    "--new", metavar="NAME", help="Begin a lint: its file, its page and its test, in this checkout of mayuse."
)
def lint_(
    plans: tuple[str, ...], folders: tuple[Path, ...], fix: bool, only: tuple[str, ...], format_: str, new: str | None
) -> None:
    """Warn of what rules may say and their author hardly means; and each PLAN ('-' for standard input).

    The rules are those of the folders given with --rules, or else those that come with mayuse. Exits with 1 if there is a
    warning.
    """
    from ..lint import Case, findings, lints

    if new is not None:
        return _begin(new)
    for name in only:
        options.known(name, [one.name for one in lints()], "lint")
    if not plans and (of_plans := [one.name for one in lints() if one.plans and one.name in only]):
        raise click.UsageError(f"'{of_plans[0]}' reads plans; give at least one PLAN ('-' for standard input)")
    rules = options.load(folders)
    texts, in_plans = _in_plans(rules, plans, only)
    case = Case(rules)
    found = _theirs(findings(case, only), folders)
    mended = 0
    if fix and (changed := _mended(case, found)):
        for name, text in changed.items():
            options.write(Path(name), text)
        before = len(found)
        case = Case(options.load(folders))
        found = _theirs(findings(case, only), folders)
        mended = before - len(found)
    found += in_plans
    _tell(found, {**case.texts, **texts}, format_, mended)
    sys.exit(1 if found else 0)


def _in_plans(
    rules: Rules, files: Iterable[str], only: tuple[str, ...]
) -> tuple[dict[str, str], list[tuple[Lint, Finding]]]:
    """The plans' texts by name, and what is found in them. Raises UseCaseError with the errors of all of them."""
    from ..language.diagnostics import Diagnostic, DiagnosticError, UseCaseError
    from ..lint import PlanCase, findings

    texts: dict[str, str] = {}
    found: list[tuple[Lint, Finding]] = []
    wrong: list[Diagnostic] = []
    for file in dict.fromkeys(files):
        try:
            plan, text = read_plan(rules, file)
        except DiagnosticError as error:
            wrong += error.diagnostics
            continue
        texts[plan.file] = text
        found += findings(PlanCase(rules, plan), only)
    if wrong:
        raise UseCaseError(wrong)
    return texts, found


def _theirs(found: Iterable[tuple[Lint, Finding]], folders: Sequence[Path]) -> list[tuple[Lint, Finding]]:
    """What is found in the folders named; without any, everything."""
    from ..load import shipped_folder

    shipped = shipped_folder().as_posix() + "/"
    return [one for one in found if not folders or not one[1].span.file.startswith(shipped)]


def _mended(case: Case, found: Iterable[tuple[Lint, Finding]]) -> dict[str, str]:
    from ..lint.fix import fixed

    return fixed(case.texts, [finding for lint, finding in found if lint.fixes])


def _tell(found: list[tuple[Lint, Finding]], texts: Mapping[str, str], format_: str, mended: int) -> None:
    """Everything found: as JSON, or as a person reads it, with a count of each lint."""
    from ..lint import diagnostics as warnings

    names = {lint.code: lint.name for lint, _ in found}
    fixable = {(lint.code, one.span) for lint, one in found if one.replacement is not None}
    diagnostics = warnings(found, texts)
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
