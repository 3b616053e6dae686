"""Can each provision bite? A plan that it catches; or what cannot hold together, and so keeps it from ever catching one.

A prohibition, a requirement or a reserved silence bites where it makes the plan conflict (a standing duty: where what it
asks is refused); a permit or a reserve where its condition holds and nothing overrides it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..judge.governing import Clause
from ..language.tree import Always
from ..logic.formula import Formula
from ..rulebook.model import Document, Rules
from .anatomy import Part, anatomy, smallest_clash
from .ground import Ground
from .model import Claim, Outcome
from .witness import UNSAYABLE, conflict, first_witness

SAYS = {"permit": "can hold", "reserve": "can hold"}


def claim(ground: Ground, id: str) -> Claim:
    """The claim about a provision or a reserved silence, by id."""
    rules = ground.rules
    provision = rules.provisions.get(id)
    document = rules.documents[provision.document if provision else id.removesuffix("/silence")]
    kind = provision.kind if provision else "silence"
    says = SAYS.get(kind, "can catch a plan")
    span = provision.span if provision else document.span
    if not ground.led_to(document) and not document.reported:
        why = "no offering is under its document, and no document incorporates it"
        return Claim("bites", id, document.id, says, Outcome.FAILS, why, span)
    found = ground.clauses(id)
    one = first_witness(
        (space, caught(clause), _shows(clause), clause if kind not in SAYS else None) for space, clause in found
    )
    if one is not None:
        return Claim("bites", id, document.id, says, Outcome.HOLDS, "" if one else UNSAYABLE, span, one)
    if not found:
        return Claim("bites", id, document.id, says, Outcome.FAILS, _nowhere(ground, document, id), span)
    space, clause = found[0]
    clash = smallest_clash(space, list(anatomy(space, clause).parts()))
    outcome = Outcome.EXPLAINED if kind == "silence" and granted(rules, clash) else Outcome.FAILS
    return Claim("bites", id, document.id, says, outcome, because(clash), span)


def caught(clause: Clause) -> Formula:
    """That a clause bites."""
    return clause.bites if clause.provision and clause.provision.kind in SAYS else conflict(clause)


def _shows(clause: Clause) -> str:
    kind = clause.provision.kind if clause.provision else "silence"
    return f"{clause.id} {'holds' if kind in SAYS else 'conflicts'}"


def _nowhere(ground: Ground, document: Document, id: str) -> str:
    provision = ground.rules.provisions.get(id)
    day = ground.first_day(document, provision)
    if day is None:
        return "it is in force on no day on which its document is"
    if ground.governed(document, day):
        return "it is for offerings that its document never governs"
    return "its document never governs: no gate to it can open"


def granted(rules: Rules, clash: Sequence[Part]) -> bool:
    """Whether a permit that grants always is what keeps a silence from biting."""
    return any(p.kind == "grant" and isinstance(rules.provisions[p.text].when, Always) for p in clash)


def because(clash: Iterable[Part]) -> str:
    """Why parts that cannot hold together keep a clause from biting."""
    parts = list(clash)
    named = {kind: [p.text for p in parts if p.kind == kind] for kind in {p.kind for p in parts}}
    when = " and ".join(named.get("when", ()))
    if "grant" in named:
        return f"{' or '.join(named['grant'])} always grants"
    if "override" in named:
        return f"always overridden by {' or '.join(named['override'])}"
    if "unless" in named:
        return f"its exceptions always lift it: unless {' or '.join(named['unless'])}"
    if "duty" in named:
        return "no duty of it can fail"
    if "governs" in named:
        return f"its document never governs where {when}" if when else "its document never governs"
    return f"its 'when' cannot hold: {when}"
