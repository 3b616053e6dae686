"""One clause of the terms explained: when it applies and why, what lifts it or does not, and what it comes to.

In full for the clauses that matter, in a line for those that do not: of these, the answer that keeps each from biting,
and how many answers would have to be others before it could.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..language import tree
from ..logic.formula import conj, neg
from ..logic.lower import lower
from ..rulebook.evidence import evidence_status
from ..rulebook.model import Provision
from .explanation import ClauseBrief, ClauseExplained, DutyExplained, ExceptionExplained, Node
from .governing import Clause
from .model import Finding, Verdict
from .nodes import OPEN, Asker, gate_node, lifting_node, node

FAR = 1_000
"""The distance of what no answer can bring about."""

SILENCE = "What the text does not grant is reserved"

OUTCOMES = {
    Verdict.CONFLICT.value: "So this clause stands in the way, whatever the open answers are.",
    Verdict.NEEDS_APPROVAL.value: "So this clause stands in the way until an approval that it makes room for is given.",
    Verdict.UNDETERMINED.value: "So whether this clause stands in the way turns on answers that are open.",
    Verdict.CONTESTED.value: "So whether this clause stands in the way turns on how words of the text are read.",
    Verdict.CONDITIONAL.value: "So this clause stands in the way only where a safeguard marked open is not undertaken.",
    Verdict.PERMITTED.value: "So this clause does not stand in the way.",
    "permits": "So this clause allows the plan.",
    "may permit": "So this clause may allow the plan: that turns on what is open.",
    "reserved": "So the platform keeps this to itself. It decides nothing here.",
    "standing duty": "So this is a duty whatever the plan is. It stands in the way only where a plan can no longer keep it.",
    "": "So this clause does not stand in the way.",
}
"""What a clause comes to, by its effect."""


def explained(asker: Asker, clause: Clause, finding: Finding | None, role: str) -> ClauseExplained:
    """A clause in full; `finding` is what the check says of it, None where it does not matter."""
    offer, document, provision = asker.offer, clause.document, clause.provision
    governs = gate_node(asker, document.id)
    place = asker.place(document.id)
    applies = node(asker, provision.when, place) if provision else None
    exceptions = tuple(_exceptions(asker, clause))
    duties = tuple(_duties(asker, provision)) if provision else ()
    permits = tuple(_permits(asker, clause)) if provision is None else ()
    return ClauseExplained(
        provision=clause.id,
        kind=provision.kind if provision else "silence",
        title=provision.title if provision else SILENCE,
        role=role,
        effect=finding.effect if finding else "",
        truth=asker.truth(clause.bites),
        bites=asker.settled(clause.bites),
        conflicts=asker.decided(offer.conflicts(clause)),
        cited=asker.cited(document.id, provision.citation if provision else document.silence),
        captured=document.captured,
        updated=document.updated,
        effective=document.effective,
        seen=document.seen,
        start=provision.start if provision else None,
        until=provision.until if provision else None,
        encoded=document.encoded,
        read_again=document.read_again,
        evidence=evidence_status(asker.rules, clause.id),
        source=document.source,
        governs=governs,
        applies=applies,
        exceptions=exceptions,
        duties=duties,
        permits=permits,
        notes=provision.notes if provision else (),
        outcome=OUTCOMES[finding.effect if finding else ""],
    )


def _exceptions(asker: Asker, clause: Clause) -> Iterator[ExceptionExplained]:
    """Each `unless`, then each permit that overrides the clause; of a reserved silence, the permission beyond its text."""
    provision, document = clause.provision, clause.document
    place = asker.place(document.id)
    if provision is None:
        asked = tree.Holds(tree.Name(f"{document.id}/silence"))
        shown = node(asker, asked, place)
        cited = asker.cited(document.id, None)
        yield ExceptionExplained(None, None, cited, shown.settled, shown, _why(shown, shown.settled))
        return
    for exemption in provision.exemptions:
        shown = node(asker, exemption.condition, place)
        cited = asker.cited(document.id, exemption.citation)
        yield ExceptionExplained(None, None, cited, shown.settled, shown, _why(shown, shown.settled))
    for other in asker.offer.governing.clauses:
        permit = other.provision
        if permit is not None and provision.id in permit.overrides:
            shown = lifting_node(asker, permit.id)
            citation = permit.override_citations[permit.overrides.index(provision.id)] or permit.citation
            cited = asker.cited(permit.document, citation)
            yield ExceptionExplained(permit.id, permit.title, cited, shown.settled, shown, _why(shown, shown.settled))


def _why(shown: Node, lifts: str) -> str:
    """Why an exception lifts the clause, or not."""
    if lifts == "true":
        return "it holds, so it lifts the clause"
    if lifts == OPEN:
        return "it is open, so it may lift the clause"
    because = f": {reason(shown, True)}" if shown.parts else ""
    return f"it does not hold, so it does not lift the clause{because}"


def _duties(asker: Asker, provision: Provision) -> Iterator[DutyExplained]:
    place = asker.place(provision.document)
    for one in provision.duties:
        due = node(asker, one.when, place) if one.when is not None else None
        duty = node(asker, one.duty, place)
        if due is not None and due.settled == "false":
            state = "not due"
        else:
            failing = asker.settled(
                conj((lower(one.when, asker.rules, place), neg(lower(one.duty, asker.rules, place))))
            )
            state = {"true": "failed", "false": "met"}.get(failing, OPEN)
        yield DutyExplained(asker.cited(provision.document, one.citation), state, due, duty)


def _permits(asker: Asker, clause: Clause) -> Iterator[Node]:
    """What could answer a reserved silence: every permit of its document."""
    for other in asker.offer.governing.clauses:
        if other.provision is not None and other.provision.kind == "permit" and other.document == clause.document:
            yield lifting_node(asker, other.id)


# ---- in a line


def brief(asker: Asker, clause: Clause, finding: Finding | None, role: str) -> ClauseBrief:
    """A clause in one line."""
    provision, document = clause.provision, clause.document
    distance, why = (None, _short(finding)) if finding else _miss(asker, clause)
    return ClauseBrief(
        clause.id,
        provision.kind if provision else "silence",
        provision.title if provision else SILENCE,
        role,
        finding.effect if finding else "",
        asker.cited(document.id, provision.citation if provision else document.silence),
        why,
        distance,
    )


def _short(finding: Finding) -> str:
    """What a clause that matters comes to, without its tree."""
    match finding.effect:
        case "permits":
            return "allows the plan"
        case "may permit":
            return "may allow the plan"
        case "reserved":
            return "is reserved to the platform"
        case "standing duty":
            return "is a duty whatever the plan is"
        case effect:
            return f"by itself: {effect}"


def _miss(asker: Asker, clause: Clause) -> tuple[int | None, str]:
    """How far a clause is from mattering, and what keeps it from it."""
    full = explained(asker, clause, None, "idle")
    ways: list[tuple[int, str]] = []
    if full.governs is not None and full.governs.settled == "false":
        ways.append((distance(full.governs, True), f"its text does not govern: {reason(full.governs, True)}"))
    if full.applies is not None and full.applies.settled == "false":
        ways.append((distance(full.applies, True), f"does not apply: {reason(full.applies, True)}"))
    for one in full.exceptions:
        if one.lifts == "true":
            by = f'"{one.title}" [{one.provision}]' if one.provision else "its exception"
            words = f" ({' … '.join(one.cited.quote)})" if one.cited.quote and not one.provision else ""
            ways.append((distance(one.node, False), f"lifted by {by}{words}"))
    for shown in full.permits:
        if shown.settled == "true":
            ways.append((distance(shown, False), f"answered by {shown.text.removesuffix(' applies')}"))
    needed = sum(far for far, _ in ways)
    if not ways and full.duties:
        far = min((_fail(duty) for duty in full.duties), default=FAR)
        met = [d for d in full.duties if d.state == "met"]
        what = reason(met[0].duty, False) if met else "none of its conditions is due"
        return min(far, FAR), f"its conditions are met: {what}" if met else what
    if not ways:
        return 0, "the answers together leave no case in which it applies"
    return min(needed, FAR), max(ways)[1]


def _fail(duty: DutyExplained) -> int:
    """How far a duty is from failing."""
    return (distance(duty.due, True) if duty.due else 0) + distance(duty.duty, False)


def distance(shown: Node, want: bool) -> int:
    """How many tests would have to come out otherwise for a node to have the value `want`, open ones counting none."""
    if shown.truth == OPEN or (shown.truth == "true") == want:
        return 0
    if not shown.parts:
        return FAR if shown.kind == "always" else 1
    if shown.kind == "not":
        return distance(shown.parts[0], not want)
    far = [distance(part, want) for part in shown.parts]
    return sum(far) if (shown.kind == "any") != want else min(far)


def reason(shown: Node, want: bool) -> str:
    """The test nearest to giving a node the value `want`, with the answer that keeps it from it."""
    leaf = _blocking(shown, want)
    heard = next(iter(leaf.answers), None)
    if heard is None:
        return leaf.text
    if heard.state == "not applicable":
        return f"{heard.question} is not asked here"
    if heard.value is not None:
        at = f", line {heard.line}" if heard.line else ""
        flag = leaf.text.endswith(("– yes", "– no"))
        asked = f"{heard.question} –" if flag else f"{leaf.text}; the answer is"
        return f"{asked} {heard.value} ({heard.key}{at})"
    if heard.state == "presumed absent":
        return f"{heard.question} – no ({heard.note})"
    return f"{heard.question} – {heard.state} ({heard.key})"


def _blocking(shown: Node, want: bool) -> Node:
    if not shown.parts:
        return shown
    if shown.kind == "not":
        return _blocking(shown.parts[0], not want)
    wrong = [p for p in shown.parts if p.truth != OPEN and (p.truth == "true") != want]
    rest = wrong or [p for p in shown.parts if p.settled != OPEN and (p.settled == "true") != want] or list(shown.parts)
    return _blocking(min(rest, key=lambda p: distance(p, want)), want)
