"""`mayuse explain FILE`: reads the plan, asks for the explanation, adds paragraphs where archives are given, writes.

Thin: what is said is decided in `judge.explain`, and laid out in `report`.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..language.diagnostics import clip, did_you_mean
from ..report import EXPLANATIONS
from . import options
from .plans import read_plan
from .verify import open_archives

if TYPE_CHECKING:
    from ..rulebook.model import Rules


def explain_plan(
    file: str,
    platforms: Sequence[str],
    provision: str | None,
    all_clauses: bool,
    archives: tuple[Path, ...],
    day: datetime.date | None,
    readings: Sequence[str],
    max_age: int | None,
    format_: str,
    width: int,
    folders: Sequence[Path],
) -> str:
    """The explanation of the plan in `file` in one of the formats of `EXPLANATIONS`. Raises CommandError for names that
    the rules do not know, UseCaseError for a plan that cannot be used."""
    from ..judge.explain import explain

    rules = options.load(folders)
    offerings = options.offerings_of(rules, platforms) if platforms else None
    clause = clause_of(rules, provision) if provision is not None else None
    use_case, _ = read_plan(rules, file)
    explanation = explain(
        rules,
        use_case,
        settlements=options.settlements(rules, readings),
        as_of=day,
        offerings=offerings,
        max_age=max_age,
        provision=clause,
        all_clauses=all_clauses,
    )
    if archives:
        from ..evidence.passages import with_passages

        with open_archives(archives) as opened:
            explanation = with_passages(rules, explanation, opened)
    return EXPLANATIONS[format_](explanation, width)


def clause_of(rules: Rules, name: str) -> str:
    """The id of the provision or reserved silence that `--provision` names, whole or by an end that only one has."""
    silences = [f"{d.id}/silence" for d in rules.documents.values() if d.silence is not None]
    clauses = [*rules.provisions, *silences]
    if name in clauses:
        return name
    ends = [id for id in clauses if id.endswith(f"/{name}")]
    if len(ends) > 1:
        which = ", ".join(ends[:6]) + (", …" if len(ends) > 6 else "")
        options.fail("M403", f"{len(ends)} clauses end in '{clip(name)}'", f"say which: {which}")
    if not ends:
        near = did_you_mean(name, [*clauses, *(id.rpartition("/")[2] for id in clauses)], "'mayuse list provisions'")
        options.fail("M404", f"unknown provision '{clip(name)}'", near)
    return ends[0]
