"""Reports as people and programs read them: one file a format, over the one `Report` that `judge` decides.

Nothing here decides anything. `FORMATS` names every format for one report, `JOINED` those that take several plans, and
`FAILED` those that have a form for a plan that could not be checked. A format's module is imported when it is first
used, so that a command pays for one only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from ..judge.explanation import Explanation
from ..judge.model import Report

if TYPE_CHECKING:
    from .rows import Failure, Outcome


class Renderer(Protocol):
    """Writes a report as text ending in a newline, in at most `width` columns where the format has lines to fit."""

    def __call__(self, report: Report, width: int = 80, *, detail: bool = False, color: bool = False) -> str: ...


class Joiner(Protocol):
    """Writes what became of several plans as one text, in the order given."""

    def __call__(
        self, outcomes: Iterable[Outcome], width: int = 80, *, detail: bool = False, color: bool = False
    ) -> str: ...


def _lazy(module: str, function: str) -> Renderer:
    """A renderer that imports its module on the first call."""

    def render(report: Report, width: int = 80, *, detail: bool = False, color: bool = False) -> str:
        chosen: Callable[..., str] = getattr(import_module(f".{module}", __package__), function)
        return chosen(report, width, detail=detail, color=color)

    return render


def _join(module: str, function: str) -> Joiner:
    """A joiner that imports its module on the first call."""

    def join(outcomes: Iterable[Outcome], width: int = 80, *, detail: bool = False, color: bool = False) -> str:
        chosen: Callable[..., str] = getattr(import_module(f".{module}", __package__), function)
        return chosen(outcomes, width, detail=detail, color=color)

    return join


def _one_below_another(format_: str) -> Joiner:
    """Reports in the order given, a blank line between them. What was not checked is said where its report would be."""

    def join(outcomes: Iterable[Outcome], width: int = 80, *, detail: bool = False, color: bool = False) -> str:
        from .columns import neutral

        parts = []
        for one in outcomes:
            if isinstance(one, Report):
                parts.append(FORMATS[format_](one, width, detail=detail, color=color))
            else:
                parts.append(f"{neutral(one.file) or 'The plan'}: not checked\n")
        return "\n".join(parts)

    return join


def _failed_json(failures: Iterable[Failure]) -> str:
    from .json import dump, errors_json

    every = list(failures)
    return dump(errors_json([one for failure in every for one in failure.diagnostics], every[0].engine))


FORMATS: dict[str, Renderer] = {
    "table": _lazy("table", "render_table"),
    "json": _lazy("json", "render_json"),
    "jsonl": _lazy("rowwise", "render_jsonl"),
    "sarif": _lazy("sarif", "render_sarif"),
    "junit": _lazy("junit", "render_junit"),
    "github": _lazy("github", "render_github"),
    "markdown": _lazy("markdown", "render_markdown"),
    "html": _lazy("html", "render_html"),
    "csv": _lazy("rowwise", "render_csv"),
}
"""Every format by its name on the command line."""

JOINED: dict[str, Joiner] = {
    "table": _one_below_another("table"),
    "jsonl": _join("rowwise", "join_jsonl"),
    "sarif": _join("sarif", "join_sarif"),
    "junit": _join("junit", "join_junit"),
    "github": _join("github", "join_github"),
    "markdown": _one_below_another("markdown"),
    "csv": _join("rowwise", "join_csv"),
}
"""The formats that take several plans. The others are one document about one plan."""

FAILED: dict[str, Callable[[Iterable[Failure]], str]] = {
    "json": _failed_json,
    "jsonl": JOINED["jsonl"],
    "sarif": JOINED["sarif"],
    "junit": JOINED["junit"],
    "github": JOINED["github"],
    "csv": JOINED["csv"],
}
"""The formats that say in their own form what kept a plan from being checked; the others leave it to standard error."""


class ExplanationRenderer(Protocol):
    """Writes an explanation as text ending in a newline, in at most `width` columns where the format has lines to fit."""

    def __call__(self, explanation: Explanation, width: int = 80) -> str: ...


def _lazy_explanation(module: str, function: str) -> ExplanationRenderer:
    """A renderer that imports its module on the first call."""

    def render(explanation: Explanation, width: int = 80) -> str:
        chosen: Callable[..., str] = getattr(import_module(f".{module}", __package__), function)
        return chosen(explanation, width)

    return render


EXPLANATIONS: dict[str, ExplanationRenderer] = {
    "text": _lazy_explanation("explanation_text", "render_text"),
    "json": _lazy_explanation("explanation_json", "render_json"),
    "markdown": _lazy_explanation("explanation_markdown", "render_markdown"),
}
"""Every format of an explanation by its name on the command line."""

__all__ = ["EXPLANATIONS", "FAILED", "FORMATS", "JOINED", "ExplanationRenderer", "Joiner", "Renderer"]
