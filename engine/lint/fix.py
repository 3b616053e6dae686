"""Mends what lints are certain of. A fix is tried first: it stands only where no provision changes its meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..language import format_text, parse
from ..language.diagnostics import DiagnosticError
from ..language.tree import NOWHERE
from ..rulebook.resolve import resolve
from .case import Finding


def fixed(texts: Mapping[str, str], found: Iterable[Finding]) -> dict[str, str]:
    """The files that the findings' replacements change, by name, as they would be; none where a meaning would change.

    A file that was in the formatter's layout stays in it.
    """
    changed: dict[str, str] = {}
    for name in sorted({one.span.file for one in found if one.replacement is not None and one.span.file in texts}):
        after = _replaced(texts[name], [one for one in found if one.span.file == name])
        try:
            laid_out = format_text(texts[name], name) == texts[name]
            changed[name] = format_text(after, name) if laid_out else after
        except DiagnosticError:
            continue
    meaning = _meaning(texts)
    return changed if meaning is not None and _meaning({**texts, **changed}) == meaning else {}


def _replaced(text: str, found: Iterable[Finding]) -> str:
    lines = text.split("\n")
    for one in sorted(found, key=lambda f: (f.span.line, f.span.column), reverse=True):
        if one.replacement is not None and one.span.line == one.span.end_line:
            line = lines[one.span.line - 1]
            lines[one.span.line - 1] = line[: one.span.column - 1] + one.replacement + line[one.span.end_column - 1 :]
    return "\n".join(lines)


def _meaning(texts: Mapping[str, str]) -> object:
    """The hash of every provision, the condition of every document and define, and what is expected, without its place;
    None where the rules cannot stand."""
    rules, errors = resolve([parse(texts[name], name)[0] for name in sorted(texts)])
    if rules is None or errors:
        return None
    return (
        {id: provision.hash for id, provision in rules.provisions.items()},
        {id: define.condition for id, define in rules.defines.items()},
        {id: (d.applies_when, tuple(i.when for i in d.incorporates)) for id, d in rules.documents.items()},
        [replace(expectation, span=NOWHERE) for expectation in rules.expectations],
    )
