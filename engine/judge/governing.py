"""Which words govern an offering on a day, and when each of them bites: from documents to formulas.

The gates follow the documents an offering is under and those they incorporate (each path conjoined, paths disjoined);
a provision bites where its gate, its `when`, no `unless` and no biting permit that overrides it say so. Standing duties
are kept apart, since they count only where the stated answers fail them (semantics: from provisions to a verdict).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from ..logic.formula import FALSE, TRUE, Flag, Formula, conj, disj, neg
from ..logic.lower import lower
from ..rulebook.graph import reachable
from ..rulebook.model import Document, Offering, Own, Place, Provision, Rules


@dataclass(frozen=True, slots=True)
class Clause:
    """A provision, or a document's reserved silence (`provision` None), at one offering.

    `bites` and `conflicts` are its formulas; of a standing duty `conflicts` says where it would conflict if it is failed,
    and `duty` what would fulfil it.
    """

    id: str
    document: Document
    provision: Provision | None
    bites: Formula
    conflicts: Formula
    duty: Formula | None = None


@dataclass(frozen=True, slots=True)
class Governing:
    """Everything that governs one offering on one day; `use` and `local` are of the use it is judged in, if any (see
    `Place`)."""

    offering: Offering
    day: datetime.date
    gates: dict[str, Formula]
    """Documents in force, by id, and when each governs."""
    clauses: tuple[Clause, ...]
    missing: tuple[tuple[str, Formula], ...]
    """Documents that would govern but are not in force that day, and when they would."""
    use: str = ""
    local: frozenset[str] = frozenset()

    def place(self, document: Document) -> Place:
        """Where the conditions of a document are asked."""
        return Place(document.platform, self.offering.id, self.use, self.local)


def governing(
    rules: Rules,
    offering: Offering,
    day: datetime.date,
    negotiated: bool = False,
    use: str = "",
    local: frozenset[str] = frozenset(),
) -> Governing:
    """What governs `offering` on `day`; under a negotiated contract only the organisation's own texts do. `use` and
    `local` as in `Governing`."""
    frame = Governing(offering, day, {}, (), (), use, local)
    gates = {id: gate for id, gate in _gates(rules, frame, negotiated).items() if gate != FALSE}
    missing = tuple((id, gates.pop(id)) for id in sorted(gates) if not rules.documents[id].in_force(day))
    binding = {
        p: rules.provisions[p]
        for id in sorted(gates)
        for p in rules.documents[id].provisions
        if rules.provisions[p].in_force(day) and offering.id in (rules.provisions[p].offerings or (offering.id,))
    }
    bites = _bites(rules, frame, gates, binding, {})
    clauses = [_clause(rules, frame, provision, bites[id]) for id, provision in binding.items()]
    clauses += [_silence(rules.documents[id], gates, binding, bites) for id in sorted(gates) if _reserves(rules, id)]
    return replace(frame, gates=gates, clauses=tuple(clauses), missing=missing)


def instead(rules: Rules, governs: Governing, changed: Provision) -> tuple[Clause, ...]:
    """The clauses that may read otherwise where `changed` stands in place of the provision with its id: itself, those that
    it lifts or lifted, and the silence of their documents. None where that provision does not bind the offering that day."""
    was = {c.id: c for c in governs.clauses if c.provision is not None}
    if changed.id not in was:
        return ()
    binding = {id: c.provision for id, c in was.items() if c.provision is not None}
    lifts = {id: p.overrides for id, p in binding.items()}
    lifts[changed.id] += changed.overrides
    touched = {id for id in reachable(lifts, changed.id) if id in binding}
    permits = (p for p in (changed, *(binding[id] for id in touched)) if p.kind == "permit")
    documents = sorted({p.document for p in permits})
    binding[changed.id] = changed
    bites = _bites(rules, governs, governs.gates, binding, {id: c.bites for id, c in was.items() if id not in touched})
    clauses = [_clause(rules, governs, binding[id], bites[id]) for id in was if id in touched]
    clauses += [_silence(rules.documents[d], governs.gates, binding, bites) for d in documents if _reserves(rules, d)]
    return tuple(clauses)


def _reserves(rules: Rules, document: str) -> bool:
    return rules.documents[document].silence is not None


def _silence(
    document: Document, gates: dict[str, Formula], binding: dict[str, Provision], bites: dict[str, Formula]
) -> Clause:
    """The reserved silence of a document: it bites where none of the document's permits does."""
    granted = [bites[p] for p in document.provisions if p in binding and binding[p].kind == "permit"]
    id = f"{document.id}/silence"
    silent = conj((gates[document.id], *(neg(g) for g in granted), neg(Flag(id))))
    return Clause(id, document, None, silent, silent)


def _gates(rules: Rules, frame: Governing, negotiated: bool) -> dict[str, Formula]:
    """When each document governs, or would if it were in force: along every path without repetition from those the
    offering is under. A text that is not in force, or that a contract replaces, brings no other with it; what the
    contract's own text incorporates governs."""
    paths: dict[str, list[Formula]] = {}

    def walk(id: str, gate: Formula, above: frozenset[str]) -> None:
        document = rules.documents[id]
        place = frame.place(document)
        gate = conj((gate, lower(document.applies_when, rules, place)))
        paths.setdefault(id, []).append(gate)
        for part in document.incorporates if document.in_force(frame.day) else ():
            if part.document not in above and part.document != id:
                walk(part.document, conj((gate, lower(part.when, rules, place))), above | {id})

    for id in frame.offering.documents:
        if not negotiated or isinstance(rules.documents[id].evidence, Own):
            walk(id, TRUE, frozenset())
    return {id: disj(gates) for id, gates in paths.items()}


def _bites(
    rules: Rules,
    frame: Governing,
    gates: dict[str, Formula],
    binding: dict[str, Provision],
    known: dict[str, Formula],
) -> dict[str, Formula]:
    """When each provision bites, where not `known`. Overrides have no cycles (checked at load), so the recursion ends."""
    overriding: dict[str, list[str]] = {}
    for id, provision in binding.items():
        for target in provision.overrides:
            overriding.setdefault(target, []).append(id)
    done = dict(known)

    def bite(id: str) -> Formula:
        if id not in done:
            provision = binding[id]
            done[id] = conj(
                (
                    gates[provision.document],
                    applies(rules, provision, frame.place(rules.documents[provision.document])),
                    *(neg(bite(other)) for other in overriding.get(id, ())),
                )
            )
        return done[id]

    for id in binding:
        bite(id)
    return done


def applies(rules: Rules, provision: Provision, place: Place) -> Formula:
    """That a provision's own `when` holds and none of its `unless`."""
    lifted = (neg(lower(e.condition, rules, place)) for e in provision.exemptions)
    return conj((lower(provision.when, rules, place), *lifted))


def _clause(rules: Rules, frame: Governing, provision: Provision, bites: Formula) -> Clause:
    document = rules.documents[provision.document]
    place = frame.place(document)
    match provision.kind:
        case "prohibit":
            return Clause(provision.id, document, provision, bites, bites)
        case "require":
            duty = conj(lower(d.duty, rules, place) for d in provision.duties)
            if provision.standing:
                return Clause(provision.id, document, provision, bites, bites, duty)
            failed = [conj((lower(d.when, rules, place), neg(lower(d.duty, rules, place)))) for d in provision.duties]
            return Clause(provision.id, document, provision, bites, conj((bites, disj(failed))))
        case _:
            return Clause(provision.id, document, provision, bites, FALSE)


def stand_in(document: Document) -> Offering:
    """A stand-in for a document that is judged by itself, under no offering: its id is the platform's."""
    return Offering(document.platform, document.platform, document.title, (document.id,), document.span)


NOTHING_GOVERNS = "no document that is known governs it that day"


def too_early(document: Document) -> str:
    """Why a document that is not yet in force leaves its offering not covered."""
    return f"not in force before {document.in_force_from}; the text before it is not known"


def too_old(document: Document, day: datetime.date, max_age: int | None) -> str:
    """Why a text that was last seen too long before `day` covers nothing, or the empty string."""
    age = (day - document.age_from).days if document.age_from else None
    if max_age is None or age is None or age <= max_age:
        return ""
    return f"last seen {age} days before, more than {max_age}"


def lacking(rules: Rules, governs: Governing, max_age: int | None = None) -> dict[str, str]:
    """The documents in force whose silence says nothing, and why."""
    counted = {c.document.id for c in governs.clauses if c.provision is not None}
    found = {}
    for id in governs.gates:
        document = rules.documents[id]
        if why := shortfall(document, id in counted) or too_old(document, governs.day, max_age):
            found[id] = why
    return found


def shortfall(document: Document, counted: bool) -> str:
    """Why the silence of a document that governs says nothing, or the empty string. `counted`: whether any provision of
    it is in force."""
    if document.reported:
        return "known by report only"
    if not document.whole:
        return document.coverage_note or "not read whole"
    return "" if counted else "none of its provisions is in force"
