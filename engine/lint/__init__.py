"""Lints: what rules or a plan may say and their author hardly means. One file a lint, found by `registry`.

Errors are the loader's; a lint only ever warns. Each lint file has `CODE`, `PAGE` (what, why, avoid, prefer: the page
`docs/lints/NAME.md` is written from it) and `find`; `PLANS` in one that reads plans. None may raise a false alarm: where
it cannot tell, it is silent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..language.diagnostics import Diagnostic, with_lines
from ..rulebook.model import Rules
from ..usecase.model import UseCase
from .case import Case, Finding, PlanCase
from .registry import Lint, lints

__all__ = ["Case", "Finding", "Lint", "PlanCase", "diagnostics", "findings", "lint", "lint_plan", "lints"]


def lint(rules: Rules, texts: Mapping[str, str] | None = None, only: Iterable[str] = ()) -> list[Diagnostic]:
    """Every warning about `rules`, in order of place; of the lints named in `only`, or of all.

    `texts` are the rules files by name; without them they are read from where the rules came from.
    """
    case = Case(rules, texts)
    return diagnostics(findings(case, only), case.texts)


def lint_plan(rules: Rules, use_case: UseCase, text: str | None = None) -> list[Diagnostic]:
    """Every warning about a plan, in order of place. `text` is what it was read from, where that is at hand."""
    return diagnostics(findings(PlanCase(rules, use_case)), {} if text is None else {use_case.file: text})


def findings(case: Case | PlanCase, only: Iterable[str] = ()) -> list[tuple[Lint, Finding]]:
    """What each lint of rules, or of plans, finds, with the lint. `only` names lints; none named means all."""
    wanted, plans = set(only), isinstance(case, PlanCase)
    fit = [one for one in lints() if one.plans == plans and (not wanted or one.name in wanted)]
    return [(one, found) for one in fit for found in one.find(case)]


def diagnostics(found: Iterable[tuple[Lint, Finding]], texts: Mapping[str, str]) -> list[Diagnostic]:
    """What was found as warnings, in order of place, each with its line of `texts`."""
    warnings = [Diagnostic(lint.code, one.message, one.span, one.help, "warning") for lint, one in found]
    return with_lines(warnings, texts)
