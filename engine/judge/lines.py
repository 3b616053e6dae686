"""The verdict in a plain sentence: the line of the table of verdicts, and what it comes to for this plan.

The table is that of docs/semantics.md. The general line is the same for every plan; the sentence after it names what
decides here, and rests on nothing but the row and its witnesses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .because import deciding
from .explanation import Assumed, WitnessExplained
from .model import OfferingVerdict, Verdict
from .offer import Offer
from .plain import asks

MOST_HELD = 2
"""Common assumptions that the sentence itself names."""

LINES = {
    Verdict.CONFLICT: (
        "However the open answers turn out, whichever way the text is read, with every safeguard undertaken and every "
        "approval given, some clause stands in the way."
    ),
    Verdict.NEEDS_APPROVAL: (
        "However the open answers turn out, whichever way the text is read and with every safeguard undertaken, some "
        "clause stands in the way; but it makes room for an approval that the plan does not have."
    ),
    Verdict.UNDETERMINED: (
        "An answer that is missing, or not precise enough, decides: with every safeguard undertaken, and the text read "
        "one way, the plan conflicts if the answer is one thing and does not if it is another."
    ),
    Verdict.CONTESTED: (
        "The answers do not decide; how the text is read does: with every safeguard undertaken, the plan conflicts under "
        "one reading and does not under another."
    ),
    Verdict.NOT_COVERED: (
        "No clause that is known stands in the way once every safeguard is undertaken; but a text that governs is not "
        "known well enough for its silence to mean anything."
    ),
    Verdict.CONDITIONAL: (
        "With every safeguard undertaken nothing stands in the way, however the open answers turn out; without one of "
        "them a clause does."
    ),
    Verdict.PERMITTED: (
        "However the open answers turn out, whichever way the text is read and whatever safeguards are left out, no "
        "clause stands in the way."
    ),
}
"""The line of the table that gives each verdict."""


def sentence(row: OfferingVerdict, witnesses: Sequence[WitnessExplained], offer: Offer) -> str:
    """What the line comes to here."""
    match row.verdict:
        case Verdict.UNDETERMINED | Verdict.CONTESTED if len(witnesses) == 2:
            bad, good = witnesses
            given = "If"
            if bad.shared:
                held = (
                    _both(bad.shared) if len(bad.shared) <= MOST_HELD else "the other answers are held still as below"
                )
                given = f"Where {held}: if"
            return f"{given} {_both(bad.differs)}, it conflicts; if {_both(good.differs)}, it does not."
        case Verdict.CONDITIONAL:
            needed = [f"“{asks(offer.rules, c.safeguard)}”" for c in row.conditions]
            return f"Nothing stands in the way if the plan answers yes, every time, to {_listed(needed)}."
        case Verdict.NEEDS_APPROVAL:
            ways = [
                f"With a yes to {_listed([f'“{asks(offer.rules, a)}”' for a in one.approvals])} the verdict becomes "
                f"{one.verdict.value}."
                for one in row.approvals
            ]
            return " ".join([f"{_names(row)} {_stand(row)} in the way.", *ways])
        case Verdict.CONFLICT:
            alone = [f for f in deciding(row) if f.effect == Verdict.CONFLICT.value]
            if alone:
                return f"{_names(row)} {_stand(row)} in the way by {'itself' if len(alone) == 1 else 'themselves'}."
            return "No single clause stands in the way in every case, but in every case one of several does."
        case Verdict.NOT_COVERED:
            gaps = [f"{c.title or 'No text'}: {c.missing}" for c in row.coverage if c.missing]
            return f"{_listed(gaps)}."
        case Verdict.PERMITTED:
            return f"Basis: {row.basis}."
        case _:
            return ""


def _names(row: OfferingVerdict) -> str:
    names = [f"“{f.title}” ({' '.join(filter(None, (f.document_title, f.section)))})" for f in deciding(row)]
    return _listed(names if len(names) <= 4 else [*names[:3], f"{len(names) - 3} more clauses"])


def _stand(row: OfferingVerdict) -> str:
    return "stands" if len(deciding(row)) == 1 else "stand"


def _both(answers: Iterable[Assumed]) -> str:
    """Assumed answers as a clause of a sentence."""
    return _listed([assumed_words(one) for one in answers]) or "nothing more is assumed"


def assumed_words(one: Assumed) -> str:
    """`"Is it fully automated?" is answered yes`."""
    verb = "is read as" if one.choice is not None else "is answered"
    return f"“{one.question}” {verb} {one.words}"


def _listed(items: Sequence[str], joined_by: str = "and") -> str:
    return f"{', '.join(items[:-1])} {joined_by} {items[-1]}" if len(items) > 1 else "".join(items)
