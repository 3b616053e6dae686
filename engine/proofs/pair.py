"""Two sides over one solver: plans on which they differ, and the fewest answers that tell one.

Each side is an `Offer` of its own rules; the plan, and so every answer, is one. What differs is asked of all completions;
what is told is then made smaller only while the ordinary check of either side would still say the same.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ..judge.decide import Plan
from ..judge.governing import Clause, Governing, lacking
from ..judge.offer import Offer
from ..judge.told import Told, holds
from ..logic.formula import Formula
from ..logic.solver import Exact
from ..rulebook.model import Place, Rules, fact_of
from ..usecase.model import RangeValue, UseCase
from .space import Answers, Space


class Way(enum.Enum):
    """How a plan fares at the later side, compared with the earlier."""

    STRICTER = "stricter"
    LAXER = "laxer"
    LESS_COVERED = "less covered"
    MORE_COVERED = "more covered"

    @property
    def later(self) -> bool:
        """Whether the later side is the one that conflicts, or does not cover."""
        return self in (Way.STRICTER, Way.LESS_COVERED)


@dataclass
class Pair:
    """Both sides, ready to be asked. Make it with `Pair.of`; `keys` are all that either reads."""

    before: Offer
    after: Offer
    spaces: tuple[Space, Space]
    keys: list[str]
    _failed: set[str] = field(default_factory=set)
    """Standing duties that some answers could not fulfil: the rest are asked about together."""

    _ways: dict[Way, int] = field(default_factory=dict)
    _uncovered: tuple[int, int] = (0, 0)

    @staticmethod
    def of(
        before: Rules, old: Governing, old_age: int | None, after: Rules, new: Governing, new_age: int | None
    ) -> Pair:
        """The pair; both rule sets are over one vocabulary, and the keys of both sides' formulas are the later's."""
        place = Place(new.offering.platform, new.offering.id)
        plan = Plan.of(after, UseCase(), place)
        offers = Offer.under(before, plan, old, old_age), Offer.under(after, plan, new, new_age)
        spaces = [Space(offer, {c.id: c for c in offer.governing.clauses}) for offer in offers]
        gates = [gate for g in (old, new) for gate in (*g.gates.values(), *(gate for _, gate in g.missing))]
        duties = [c.duty for g in (old, new) for c in g.clauses if c.duty is not None]
        keys = spaces[1].keys(*(c.conflicts for g in (new, old) for c in g.clauses), *duties, *gates)
        return Pair(*offers, (spaces[0], spaces[1]), keys)

    @property
    def rules(self) -> Rules:
        """The rules whose vocabulary plans are told in."""
        return self.after.rules

    @property
    def exact(self) -> Exact:
        """The solver."""
        return self.after.plan.exact

    def close(self) -> None:
        """Give the solver's memory back."""
        self.exact.close()

    # -- whether they differ

    def literal(self, way: Way) -> int:
        """The literal that holds of the plans that differ this way."""
        if not self._ways:
            (before, after), both = (space.question() for space in self.spaces), self.spaces[1].all
            old, new = self._uncovered = self.before.uncovered(), self.after.uncovered()
            self._ways = {
                Way.STRICTER: both([after, -before]),
                Way.LAXER: both([before, -after]),
                Way.LESS_COVERED: both([-before, -after, new, -old]),
                Way.MORE_COVERED: both([-before, -after, old, -new]),
            }
        return self._ways[way]

    def differs(self, way: Way) -> bool | None:
        """Whether some plan differs this way: None where none does, else whether it takes an approval."""
        literal = self.literal(way)
        if self.exact.solve([literal, *self._unapproved()]):
            return False
        return True if self.exact.solve([literal]) else None

    def _unapproved(self) -> list[int]:
        return self.after.plan.without_approvals()

    # -- telling

    def smallest(self, way: Way, approved: bool) -> dict[str, Told] | None:
        """A smallest plan that differs this way, None where answers cannot tell one from all that do not."""
        space, literal = self.spaces[1], self.literal(way)
        extra = [] if approved else self._unapproved()
        for wish in (space.sayable(self.keys), space.sayable(self.keys, choices=False), []):
            model = space.plainest(self.keys, literal, *extra, *wish)
            if model is None:
                continue
            told = {key: _point(self.rules, key, value) for key, value in space.tell(model, self.keys).items()}
            if self._certain(told, way):
                return space.fewest(told, lambda some: self._certain(some, way))
        return None

    def _certain(self, told: Answers, way: Way) -> bool:
        """Whether an ordinary check of a plan with these answers is sure to differ this way, and some plan does."""
        given = self._given(told)
        if not self.exact.solve([*given, self.literal(way)]):
            return False
        before, after = (self._counted(space, given) for space in self.spaces)
        old, new = self._uncovered
        never, always = {
            Way.STRICTER: ((before,), after),
            Way.LAXER: ((after,), before),
            Way.LESS_COVERED: ((before, after, old), new),
            Way.MORE_COVERED: ((before, after, new), old),
        }[way]
        return not any(self.exact.solve([*given, x]) for x in (*never, -always))

    def _given(self, told: Answers) -> list[int]:
        space = self.spaces[1]
        return [*space.literals(told), *space.presumed(told, self.keys)]

    def _counted(self, side: Space, given: Sequence[int]) -> int:
        """That a clause conflicts, a standing duty only where the answers can no longer fulfil it."""
        duties = side.offer.duties
        often = self._failed & duties.keys()
        doubtful = often if self.exact.solve([*given, *(duties[id] for id in duties if id not in often)]) else duties
        failed = {id for id in doubtful if not self.exact.solve([*given, duties[id]])}
        self._failed |= failed
        return side.question(c for c in side.clauses.values() if c.duty is None or c.id in failed)

    # -- what decides

    def conflicting(self, side: Offer, told: Answers) -> Iterator[Clause]:
        """The clauses of a side that conflict with the told plan for certain, else those that do in one completion."""
        space = self.spaces[0] if side is self.before else self.spaces[1]
        given = self._given(told)
        sure = [c for c in space.clauses.values() if not self.exact.solve([*given, -space.conflict(c)])]
        if sure:
            yield from sure
            return
        literals = [(c, space.conflict(c)) for c in space.clauses.values()]
        model = self.exact.model(given)
        assert model is not None, "what was told is possible"
        yield from (c for c, literal in literals if holds(literal, model))

    def lifting(self, side: Offer, clause: str, told: Answers) -> tuple[str, ...]:
        """The permits that override a clause at a side and can bite with what is told."""
        given = self._given(told)
        return tuple(
            c.id
            for c in side.governing.clauses
            if c.provision is not None and clause in c.provision.overrides and self._possible(given, c.bites)
        )

    def uncovering(self, side: Offer, told: Answers) -> Iterator[tuple[str, str]]:
        """The documents that leave the told plan not covered, and why; the id "" where it is that none governs."""
        given = self._given(told)
        for id, why in lacking(side.rules, side.governing, side.max_age).items():
            if self._possible(given, side.governing.gates[id]):
                yield id, why
        for id, gate in side.governing.missing:
            if self._possible(given, gate):
                yield id, f"not in force before {side.rules.documents[id].in_force_from}"
        gates = [*side.governing.gates.values(), *(gate for _, gate in side.governing.missing)]
        if self.exact.solve([*given, *(-self.exact.literal(gate) for gate in gates)]):
            yield "", "no document that is known governs it that day"

    def _possible(self, given: Sequence[int], formula: Formula) -> bool:
        return self.exact.solve([*given, self.exact.literal(formula)])


def _point(rules: Rules, key: str, value: Told) -> Told:
    """A number between two bounds as one number, which a use case can always say."""
    if not isinstance(value, RangeValue) or value.low is None or value.high is None:
        return value
    if not value.above and not value.below:
        return value
    fact = rules.facts[fact_of(key)]
    if fact.kind == "count":
        one = value.low.to_integral_value(rounding="ROUND_CEILING")
        one += 1 if value.above and one == value.low else 0
    else:
        one = value.low if not value.above else value.high if not value.below else (value.low + value.high) / Decimal(2)
    return replace(value, low=one, high=one, above=False, below=False)
