"""A clause taken apart: the formulas that together say when it makes a plan conflict, each with its own words.

`governing` joins them into one formula; a claim about a part of a clause needs them apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..judge.governing import Clause
from ..language import tree
from ..language.format import format_condition
from ..logic.formula import TRUE, Flag, Formula, conj, disj, neg
from ..logic.lower import lower
from ..rulebook.model import Duty, Exemption, Rules
from .space import Space


@dataclass(frozen=True, slots=True)
class Part:
    """One of the formulas that a clause needs. `kind`: "governs", "when", "unless", "override", "duty" or "grant"."""

    kind: str
    text: str
    formula: Formula


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A clause at one place. `lifts` are its exceptions and `overriders` the clauses that override it: both hold it
    back. `failing` says that a duty which is due fails; it is true of what has no duties."""

    governs: Part
    when: tuple[Part, ...]
    lifts: tuple[tuple[Exemption, Part], ...]
    overriders: tuple[tuple[Clause, Part], ...]
    duties: tuple[tuple[Duty, Formula, Formula], ...]
    failing: Part

    def parts(self) -> Iterator[Part]:
        """All of them, those first that are most telling where they cannot hold together."""
        yield from self.when
        yield self.governs
        for _, part in (*self.lifts, *self.overriders):
            yield Part(part.kind, part.text, neg(part.formula))
        yield self.failing

    def all_but(self, *parts: Part) -> Formula:
        """That the clause catches, these parts aside. A part that stands there twice is two."""
        aside = {id(p) for p in parts}
        needed = (self.governs, *self.when, self.failing)
        lifting = (p for _, p in (*self.lifts, *self.overriders))
        return conj(
            (
                *(p.formula for p in needed if id(p) not in aside),
                *(neg(p.formula) for p in lifting if id(p) not in aside),
            )
        )


def anatomy(space: Space, clause: Clause) -> Anatomy:
    """The parts of a clause at one offering."""
    governing, rules = space.offer.governing, space.rules
    governs = Part("governs", f"{clause.document.id} governs", governing.gates[clause.document.id])
    provision = clause.provision
    if provision is None:
        return _silence(space, clause, governs)
    place = governing.place(clause.document)
    return Anatomy(
        governs,
        tuple(Part("when", words(rules, c, clause), lower(c, rules, place)) for c in conjuncts(provision.when)),
        tuple(
            (e, Part("unless", words(rules, e.condition, clause), lower(e.condition, rules, place)))
            for e in provision.exemptions
        ),
        tuple(
            (c, Part("override", c.id, c.bites))
            for c in space.clauses.values()
            if c.provision is not None and provision.id in c.provision.overrides
        ),
        duties := tuple((d, lower(d.when, rules, place), lower(d.duty, rules, place)) for d in provision.duties),
        Part("duty", "a duty fails", disj(conj((due, neg(kept))) for _, due, kept in duties) if duties else TRUE),
    )


def _silence(space: Space, clause: Clause, governs: Part) -> Anatomy:
    """Silence is held back by every permit of its document, and by the platform's approval."""
    granted = [
        c
        for c in space.clauses.values()
        if c.document.id == clause.document.id and c.provision is not None and c.provision.kind == "permit"
    ]
    approved = Part("when", "not approved", neg(Flag(clause.id)))
    overriders = tuple((c, Part("grant", c.id, c.bites)) for c in granted)
    return Anatomy(governs, (approved,), (), overriders, (), Part("duty", "", TRUE))


def conjuncts(condition: tree.Condition) -> Sequence[tree.Condition]:
    """What a condition joins by `and`."""
    return condition.items if isinstance(condition, tree.And) else (condition,)


def words(rules: Rules, condition: tree.Condition, clause: Clause) -> str:
    """A condition as its author wrote it."""
    text = format_condition(condition)
    if clause.id in text and clause.id in rules.facts:
        text = text.replace(clause.id, "approved by platform")
    return text.replace(f"{clause.document.id}/", "")


def smallest_clash(space: Space, parts: Sequence[Part]) -> tuple[Part, ...]:
    """Of parts that cannot all hold, some that cannot and of which none can be left out; earlier ones are kept rather
    than later ones."""
    literals = {part: space.exact.literal(part.formula) for part in parts}
    kept = list(literals)
    for part in reversed(list(literals)):
        fewer = [p for p in kept if p is not part]
        if not space.exact.solve([literals[p] for p in fewer]):
            kept = fewer
    return tuple(kept)
