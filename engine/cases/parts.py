"""What a clause is made of at one site: gate, conjuncts, exceptions, permits over it, duties; each as a literal.

The targets that near misses are asked for come of these, and so does what is said of a case that fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..judge.governing import Clause
from ..language.format import format_condition
from ..language.tree import And, Condition, Holds, Name
from ..logic.formula import Flag, Formula, conj, neg
from ..logic.lower import lower
from ..proofs.space import Space
from ..rulebook.model import Rules

APPROVED = "approved by platform"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a clause: what it says, as formula and as literal. Of a duty, where it is due and kept."""

    kind: str
    words: str
    formula: Formula
    literal: int
    broken: int = 0


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a clause. It bites where the gate and `when` hold, and nothing of `unless` and `permits`; it conflicts
    where one of `thats` is broken besides, if there are any. `caught` says that it does what its kind does."""

    caught: int
    gate: Part
    when: tuple[Part, ...]
    unless: tuple[Part, ...]
    permits: tuple[Part, ...]
    thats: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A near miss that is asked for: of the first plan `first` holds, of the second `second`; both plans differ in one
    answer. `kind` and `words` name the part on which it turns."""

    kind: str
    words: str
    first: int
    second: int
    formulas: tuple[Formula, ...]

    @property
    def name(self) -> str:
        """As people read it."""
        return f"{self.kind}: {self.words}"


def caught(space: Space, clause: Clause) -> int:
    """The literal that says that a clause conflicts, or, of one that never does, that it bites."""
    if clause.provision is not None and clause.provision.kind in ("permit", "reserve"):
        return space.exact.literal(clause.bites)
    return space.conflict(clause)


def lifting(space: Space, clause: str) -> list[str]:
    """The permissions that override a clause there; of a reserved silence, all that its document has."""
    one = space.clauses[clause]
    return [
        other.id
        for other in space.clauses.values()
        if other.provision is not None
        and (
            clause in other.provision.overrides
            if one.provision is not None
            else other.document == one.document and other.provision.kind == "permit"
        )
    ]


def deciding(space: Space, clause: str) -> tuple[str, ...]:
    """The provisions that can decide what a clause gives: itself, and those that override it, in turn."""
    found = {clause: None}
    todo = [clause]
    while todo:
        new = [other for other in lifting(space, todo.pop()) if other not in found]
        found |= dict.fromkeys(new)
        todo += new
    return tuple(found)


def parts(space: Space, clause: Clause) -> Parts:
    """The parts of a clause of the space."""
    gate = space.offer.governing.gates[clause.document.id]
    permits = tuple(_part(space, "permit", id, space.clauses[id].bites) for id in lifting(space, clause.id))
    first = _part(space, "document", f"'{clause.document.id}' governs", gate)
    if clause.provision is None:
        consent = _part(space, "unless", APPROVED, Flag(clause.id))
        return Parts(caught(space, clause), first, (), (consent,), permits, ())
    provision, rules = clause.provision, space.rules
    place = space.offer.governing.place(clause.document)

    def of(kind: str, condition: Condition) -> Part:
        return _part(space, kind, format_condition(condition), lower(condition, rules, place))

    thats = []
    for duty in provision.duties:
        due, kept = lower(duty.when, rules, place), lower(duty.duty, rules, place)
        words = format_condition(duty.duty)
        broken = space.exact.literal(conj((due, neg(kept))))
        done = conj((due, kept))
        thats.append(Part("that", words, done, space.exact.literal(done), broken))
    return Parts(
        caught(space, clause),
        first,
        tuple(of("when", one) for one in conjuncts(rules, provision.when)),
        tuple(
            _part(space, "unless", APPROVED, Flag(e.approval))
            if e.approval is not None and e.condition == Holds(Name(e.approval))
            else of("unless", e.condition)
            for e in provision.exemptions
        ),
        permits,
        tuple(thats) if provision.kind == "require" else (),
    )


def _part(space: Space, kind: str, words: str, formula: Formula) -> Part:
    return Part(kind, words, formula, space.exact.literal(formula))


def conjuncts(rules: Rules, condition: Condition) -> Iterator[Condition]:
    """The conditions that must all hold, through defines; `always` has none worth naming."""
    match condition:
        case And(items):
            for item in items:
                yield from conjuncts(rules, item)
        case Holds(name) if name.text in rules.defines and isinstance(rules.defines[name.text].condition, And | Holds):
            yield from conjuncts(rules, rules.defines[name.text].condition)
        case _:
            yield condition


def targets(space: Space, made: Parts) -> Iterator[Target]:
    """The near misses of a clause: each conjunct false where all else holds, each exception and each permission that
    alone lifts it, each duty kept that was broken."""
    fails = space.exact.either(one.broken for one in made.thats) if made.thats else space.exact.true
    lifts = [*made.unless, *made.permits]

    def only(holding: list[Part], failing: list[Part], *more: int) -> int:
        return space.all([made.gate.literal, *(p.literal for p in holding), *(-p.literal for p in failing), *more])

    for part in made.when:
        others = [p for p in made.when if p is not part]
        yield _target(part, made.caught, only(others, [part, *lifts], fails))
    for part in lifts:
        others = [p for p in lifts if p is not part]
        yield _target(part, made.caught, only([*made.when, part], others, fails))
    for part in made.thats:
        second = only([*made.when, part], lifts, -fails)
        yield _target(part, space.all([made.caught, part.broken]), second)


def _target(part: Part, first: int, second: int) -> Target:
    return Target(part.kind, part.words, first, second, (part.formula,))
