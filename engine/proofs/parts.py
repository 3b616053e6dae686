"""Does each part of a provision matter? Every `unless` can lift, every `that` be broken and kept, every override act; and
without each conjunct of a `when` the provision would catch more.

A conjunct that the others imply is no fault: it is told, since the text may well say a thing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from ..judge.governing import Clause
from ..language.format import format_condition
from ..language.tree import Span
from ..logic.formula import Formula, conj, neg
from ..rulebook.model import Provision
from .anatomy import Anatomy, anatomy
from .ground import Ground
from .model import Claim, Outcome, Witness
from .space import Space
from .witness import UNSAYABLE, Question, first_witness

Found = list[tuple[Space, Clause, Anatomy]]


def claims(ground: Ground, provision: Provision) -> Iterator[Claim]:
    """The claims about the parts of a provision, at the places where it counts."""
    found = [(space, clause, anatomy(space, clause)) for space, clause in ground.clauses(provision.id)]
    if not found:
        return
    for at, exemption in enumerate(provision.exemptions):
        text = found[0][2].lifts[at][1].text
        yield _lifts(provision, found, at, text, exemption.span)
    for at, duty in enumerate(provision.duties):
        yield from _duty(provision, found, at, format_condition(duty.duty), duty.span)
    for target in provision.overrides:
        yield _overrides(ground, provision, target)
    if len(found[0][2].when) > 1:
        for at, part in enumerate(found[0][2].when):
            yield _conjunct(provision, found, at, part.text)


Shown = tuple[Witness, ...] | None


def _first(found: Found, formula: Callable[[Clause, Anatomy], Formula], shows: str) -> Shown:
    """A plan at the first place where there is one."""
    return first_witness((space, formula(clause, parts), shows, None) for space, clause, parts in found)


def _claim(question: str, provision: Provision, says: str, span: Span, shown: Shown, why: str) -> Claim:
    if shown is None:
        return Claim(question, provision.id, provision.document, says, Outcome.FAILS, why, span)
    return Claim(
        question, provision.id, provision.document, says, Outcome.HOLDS, "" if shown else UNSAYABLE, span, shown
    )


def _lifts(provision: Provision, found: Found, at: int, text: str, span: Span) -> Claim:
    def formula(_: Clause, parts: Anatomy) -> Formula:
        lift = parts.lifts[at][1]
        return conj((parts.all_but(lift), lift.formula))

    one = _first(found, formula, f"{provision.id} is lifted: {text}")
    why = "no plan that it would catch has this, and nothing else that lifts it"
    return _claim("unless", provision, f"'unless {text}' can lift it", span, one, why)


def _duty(provision: Provision, found: Found, at: int, text: str, span: Span) -> Iterator[Claim]:
    def broken(clause: Clause, parts: Anatomy) -> Formula:
        _, due, kept = parts.duties[at]
        return conj((clause.bites, due, neg(kept)))

    def kept(clause: Clause, parts: Anatomy) -> Formula:
        _, due, kept = parts.duties[at]
        return conj((clause.bites, due, kept))

    for verb, formula in (("broken", broken), ("kept", kept)):
        one = _first(found, formula, f"{provision.id}: '{text}' is {verb}")
        yield _claim(
            "that", provision, f"'that {text}' can be {verb}", span, one, "there is no such plan where it is due"
        )


def _overrides(ground: Ground, provision: Provision, target: str) -> Claim:
    """Some plan that the other provision would catch, were this permit not to lift it."""
    questions: list[Question] = []
    for space, clause in ground.clauses(target):
        if provision.id in space.clauses:
            parts = anatomy(space, clause)
            (own,) = (p for c, p in parts.overriders if c.id == provision.id)
            shows = f"{provision.id} overrides {target}"
            questions.append((space, conj((parts.all_but(own), own.formula)), shows, None))
    one = first_witness(questions)
    why = "no plan that the other would catch has what this permit asks"
    return _claim("override", provision, f"can override {target}", provision.span, one, why)


def _conjunct(provision: Provision, found: Found, at: int, text: str) -> Claim:
    """Without the conjunct some plan more would be caught."""

    def formula(_: Clause, parts: Anatomy) -> Formula:
        part = parts.when[at]
        return conj((parts.all_but(part), neg(part.formula)))

    one = _first(found, formula, f"{provision.id} fails by '{text}' alone")
    says = f"'{text}' matters"
    claim = _claim("conjunct", provision, says, provision.span, one, "implied by what else it asks")
    return claim if one is not None else replace(claim, outcome=Outcome.NOTED)
