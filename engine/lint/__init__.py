"""Lints: what a rule set may say and its author hardly means. One file a lint, found by `registry`.

Errors are the loader's; a lint only ever warns. Each lint file has `CODE`, `PAGE` (what, why, avoid, prefer: the page
`docs/lints/NAME.md` is written from it) and `find`. None may raise a false alarm: where it cannot tell, it is silent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..language.diagnostics import Diagnostic, with_lines
from ..rulebook.model import Rules
from .case import Case, Finding
from .registry import Lint, lints

__all__ = ["Case", "Finding", "Lint", "findings", "lint", "lints"]


def lint(rules: Rules, texts: Mapping[str, str] | None = None, only: Iterable[str] = ()) -> list[Diagnostic]:
    """Every warning about `rules`, in order of place; of the lints named in `only`, or of all.

    `texts` are the rules files by name; without them they are read from where the rules came from.
    """
    case = Case(rules, texts)
    found = [
        Diagnostic(one.code, finding.message, finding.span, finding.help, "warning")
        for one, finding in findings(case, only)
    ]
    return with_lines(found, case.texts)


def findings(case: Case, only: Iterable[str] = ()) -> list[tuple[Lint, Finding]]:
    """What each lint finds, with the lint. `only` names lints; none named means all."""
    wanted = set(only)
    return [(one, found) for one in lints() if not wanted or one.name in wanted for found in one.find(case)]
