"""Reports as people and programs read them: one file a format, over the one `Report` that `judge` decides.

Nothing here decides anything. `FORMATS` names every format; a format's module is imported when it is first used, so
that a command pays for one only.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Protocol

from ..judge.explanation import Explanation
from ..judge.model import Report


class Renderer(Protocol):
    """Writes a report as text ending in a newline, in at most `width` columns where the format has lines to fit."""

    def __call__(self, report: Report, width: int = 80, *, detail: bool = False, color: bool = False) -> str: ...


def _lazy(module: str, function: str) -> Renderer:
    """A renderer that imports its module on the first call."""

    def render(report: Report, width: int = 80, *, detail: bool = False, color: bool = False) -> str:
        chosen: Callable[..., str] = getattr(import_module(f".{module}", __package__), function)
        return chosen(report, width, detail=detail, color=color)

    return render


FORMATS: dict[str, Renderer] = {
    "table": _lazy("table", "render_table"),
    "json": _lazy("json", "render_json"),
    "markdown": _lazy("markdown", "render_markdown"),
}
"""Every format by its name on the command line."""


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

__all__ = ["EXPLANATIONS", "FORMATS", "ExplanationRenderer", "Renderer"]
