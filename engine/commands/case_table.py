"""What `mayuse test` prints: failures, gaps, counts for each document, and the table of what cases show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..cases.coverage import Asked, Covered
    from ..cases.model import Cases
    from ..cases.verdicts import Outcome
    from ..language.diagnostics import Diagnostic

COUNTS = ("document", "provisions", "cases", "near misses", "failed", "missing")
SHOWN = ("provision", "bites", "near miss", "lifted", "open", "readings")


def table(
    cases: Cases,
    outcomes: Sequence[Outcome],
    failed: Sequence[Diagnostic],
    missing: Sequence[Diagnostic],
    found: Sequence[Covered],
    show: bool,
    width: int,
) -> str:
    """Everything as a person reads it."""
    from ..language.diagnostics import with_lines
    from ..report.columns import harmless
    from ..report.words import plural

    told = with_lines([*failed, *missing], cases.texts)
    lines = [harmless(line) for one in told for line in [*one.render().split("\n"), ""]]
    if show:
        lines += [*in_columns(SHOWN, [row(one) for one in found], width), ""]
        if exempt := list(_exempt(found)):
            lines += ["Exempt:", *exempt, ""]
    rows = [[str(one[name]) for name in COUNTS] for one in counts(outcomes, failed, missing, found)]
    lines += [*in_columns(COUNTS, rows, width), ""]
    many = sum(one.of is None for one in outcomes)
    lines.append(
        f"{plural(many, 'case')}, {plural(len(outcomes) - many, 'plan')} beside them; "
        f"{len(failed)} failed, {len(missing)} missing"
    )
    return "\n".join(lines) + "\n"


def in_columns(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    from ..report.columns import grid, neutral, width as columns_of

    cells = [list(map(str, row)) for row in rows]
    widths = [max(columns_of(neutral(row[at])) for row in [heads, *cells]) for at in range(len(heads))]
    widths[0] = max(12, min(widths[0], width - sum(widths[1:]) - 2 * (len(widths) - 1)))
    return [line for block in grid([h.capitalize() for h in heads], cells, widths) for line in block]


def counts(
    outcomes: Iterable[Outcome], failed: Iterable[Diagnostic], missing: Iterable[Diagnostic], found: Iterable[Covered]
) -> list[dict[str, Any]]:
    """A row for each document that has a case or should have one."""
    from ..cases.model import document_of

    rows: dict[str, dict[str, Any]] = {}

    def at(clause: str) -> dict[str, Any]:
        document = document_of(clause)
        return rows.setdefault(document, {"document": document, **dict.fromkeys(COUNTS[1:], 0)})

    for one in found:
        at(one.clause)["provisions"] += 1
    for outcome in outcomes:
        at(outcome.case.clause)["cases" if outcome.of is None else "near misses"] += 1
    for name, diagnostics in (("failed", failed), ("missing", missing)):
        for diagnostic in diagnostics:
            at(diagnostic.message.partition(": ")[0])[name] += 1
    return [rows[document] for document in sorted(rows)]


def row(one: Covered) -> list[str]:
    """What the cases show of a provision, in a line: had of wanted."""
    near = [a for a in one.asked if a.target.kind in ("when", "that")]
    lifted = [a for a in one.asked if a.target.kind not in ("when", "that")]
    made = [choice for choices in one.readings.values() for choice in choices.values()]
    bites = str(one.catches) if one.catches or not one.exempt else "never"
    return [one.clause, bites, _of(near), _of(lifted), str(one.open), f"{sum(made)}/{len(made)}" if made else "-"]


def _of(asked: Sequence[Asked]) -> str:
    wanted = [a for a in asked if a.shown or not a.exempt]
    return f"{sum(a.shown for a in wanted)}/{len(wanted)}" if wanted else "-"


def _exempt(found: Iterable[Covered]) -> Iterator[str]:
    from ..cases.coverage import DECIDED

    for one in found:
        if one.exempt:
            yield f"  {one.clause}: {one.exempt}"
            continue
        for asked in one.asked:
            if asked.exempt and asked.exempt != DECIDED:
                yield f"  {one.clause}: {asked.target.name}: {asked.exempt}"


def as_json(
    outcomes: Sequence[Outcome],
    failed: Sequence[Diagnostic],
    missing: Sequence[Diagnostic],
    found: Sequence[Covered],
    show: bool,
) -> dict[str, Any]:
    """Everything as a program reads it."""
    from ..report.json import error_json

    whole: dict[str, Any] = {
        "documents": [
            {k.replace(" ", "_"): v for k, v in one.items()} for one in counts(outcomes, failed, missing, found)
        ],
        "failed": [error_json(one) for one in failed],
        "missing": [error_json(one) for one in missing],
    }
    if show:
        whole["coverage"] = [_covered(one) for one in found]
    return whole


def _covered(one: Covered) -> dict[str, Any]:
    return {
        "provision": one.clause,
        "bites": one.catches,
        "exempt": one.exempt or None,
        "open": one.open,
        "targets": [
            {"kind": a.target.kind, "words": a.target.words, "shown": a.shown, "exempt": a.exempt or None}
            for a in one.asked
        ],
        "readings": one.readings,
    }
