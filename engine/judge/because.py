"""Why, in one line: the clause on which a row rests most, in its own words."""

from __future__ import annotations

from ..rulebook.model import Rules
from .model import Finding, OfferingVerdict, TraceShown, Verdict

MOST_NAMED = 3
"""Safeguards that one line names."""


def deciding(row: OfferingVerdict) -> list[Finding]:
    """The findings on which the verdict rests, the weightiest first."""
    alone = [f for f in row.findings if f.effect in (row.verdict.value, Verdict.CONFLICT.value)]
    if row.verdict in (Verdict.PERMITTED, Verdict.NOT_COVERED):
        return alone or [f for f in row.findings if f.effect == "permits"]
    worse = [f for f in row.findings if f.effect in {v.value for v in Verdict} and f not in alone]
    return alone or worse


def because(row: OfferingVerdict, rules: Rules) -> str:
    """Why, in one line."""
    match row.verdict:
        case Verdict.PERMITTED:
            permits = [f for f in row.findings if f.effect == "permits"]
            topics = (
                row.basis.removeprefix("express, for ").split(", ") if row.basis.startswith("express, for ") else []
            )
            best = [f for f in permits if set(topics) & set(f.topics)] or permits
            if not best or row.basis.startswith("no restriction"):
                return row.basis
            return f"{'expressly' if row.basis.startswith('express') else 'granted'}: {cited(best[0], rules)}"
        case Verdict.NOT_COVERED:
            gaps = [c for c in row.coverage if c.missing]
            named = f"{gaps[0].title}: {gaps[0].missing}" if gaps and gaps[0].title else gaps[0].missing if gaps else ""
            return named or ""
        case Verdict.CONDITIONAL:
            findings = [f for f in row.findings if f.effect == Verdict.CONDITIONAL.value]
            needed = list(dict.fromkeys(c.safeguard.partition("@")[0] for c in row.conditions))
            terms = ", ".join(needed[:MOST_NAMED]) + (
                f" and {len(needed) - MOST_NAMED} more" if len(needed) > MOST_NAMED else ""
            )
            return f"if {terms}" + (f": {cited(findings[0], rules)}" if findings else "")
        case Verdict.CONTESTED:
            readings = [r for r in row.readings if r.matters] or list(row.readings)
            first = deciding(row)
            turning = [f for f in first if f.trace and readings and _mentions(f.trace, f"reading {readings[0].id} ")]
            shown = [cited(f, rules) for f in (turning or first)[:1]]
            return " ".join([*(r.question for r in readings[:1]), *shown])
        case Verdict.UNDETERMINED:
            first = deciding(row)
            asks = len({q.fact for q in row.open})
            return f"{asks} open question{'' if asks == 1 else 's'}" + (f"; {cited(first[0], rules)}" if first else "")
        case _:
            first = deciding(row)
            return cited(first[0], rules) if first else "several provisions together"


def _mentions(trace: TraceShown, words: str) -> bool:
    """Whether a condition, or a definition in it, has these words."""
    return words in trace.text or any(_mentions(part, words) for part in trace.parts)


def cited(finding: Finding, rules: Rules) -> str:
    """`"words of the text" (Document section)`, or the title where there are no words; the platform's name, which stands
    in the row, is left out of the document's."""
    words = f'"{" … ".join(finding.quote)}"' if finding.quote else finding.title
    platform = rules.platforms.get(rules.documents[finding.document].platform)
    title = finding.document_title.removeprefix(f"{platform.title} ") if platform else finding.document_title
    return f"{words} ({' '.join(x for x in (title, finding.section) if x)})"
