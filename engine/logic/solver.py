"""The exact questions: a SAT solver over the background theory, one place (offering) at a time.

Atoms become variables when first met, with the theory clauses of their fact; formulas become literals (Tseitin 1968,
shared by structure). Everything about one plan enters as assumptions, so that one loaded solver answers many questions.
A second copy of all variables, made when first needed, answers questions about pairs of completions that agree on
given keys ("within one reading", "changing only this fact"). python-sat is used here and in `remedies` only.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from ..rulebook.model import Place, Rules, fact_of
from .formula import And, Atom, Chosen, Flag, Formula, Not, Or, Present, Reaches, Some
from .theory import Uses, copies, guard, place_of, sibling

if TYPE_CHECKING:
    from pysat.solvers import Minisat22

Model = frozenset[int]


class Exact:
    """A solver for questions about completions at one place, or over the uses of a plan."""

    def __init__(self, rules: Rules, place: Place, uses: Uses | None = None) -> None:
        self.rules = rules
        self.place = place
        self.uses: Uses = uses or {}
        self.clauses: list[list[int]] = []
        self.variables: dict[Atom | tuple[str, str], int] = {}
        """Atoms, and (key, term) for the direct terms of a list or choice."""
        self.own: dict[str, list[int]] = {}
        """The variables that make up the answer to a key (fact keys and reading ids), in the order they were made."""
        self.undertakes: dict[str, int] = {}
        """For safeguards and approvals: a literal which, assumed, says "given wherever it can be"."""
        self.asked: dict[str, int] = {}
        """The literal that says that a fact's question is asked."""
        self._bounds: dict[str, list[tuple[Decimal, bool, int]]] = {}
        self._shared: dict[tuple[int, ...], int] = {}
        self._next = 1
        self._single = self._loaded()
        self._double: Minisat22 | None = None
        self._same: dict[str, int] = {}
        self._unlike: dict[tuple[str, int], int] = {}
        self._settled: dict[tuple[str, tuple[int, ...]], int] = {}
        self.true = self._new()
        self._add([self.true])

    def _loaded(self) -> Minisat22:
        """An empty solver, which gives its memory back with this object, or when the program ends."""
        from pysat.solvers import Minisat22

        solver: Minisat22 = Minisat22()
        weakref.finalize(self, solver.delete)
        return solver

    # -- clauses

    def _new(self) -> int:
        """A variable; the next number is its twin in the second copy."""
        self._next += 2
        return self._next - 2

    def _add(self, clause: list[int]) -> None:
        self.clauses.append(clause)
        self._single.add_clause(clause)
        if self._double is not None:
            self._double.add_clause(clause)
            self._double.add_clause([twin(x) for x in clause])

    def either(self, literals: Iterable[int]) -> int:
        """The literal that holds exactly where one of these does."""
        kept = sorted(set(literals) - {-self.true})
        if self.true in kept or any(-x in kept for x in kept):
            return self.true
        if not kept:
            return -self.true
        if len(kept) == 1:
            return kept[0]
        key = tuple(kept)
        if key not in self._shared:
            out = self._shared[key] = self._new()
            for x in kept:
                self._add([-x, out])
            self._add([*kept, -out])
        return self._shared[key]

    def literal(self, formula: Formula) -> int:
        """The literal that holds exactly where `formula` does."""
        match formula:
            case And(items):
                return -self.either([-self.literal(item) for item in items])
            case Or(items):
                return self.either([self.literal(item) for item in items])
            case Not(item):
                return -self.literal(item)
            case Some(key, terms):
                self.meet(key)
                return self.either([self.variables[key, term] for term in terms])
            case Reaches(key, bound, strict):
                return self._reaches(key, bound, strict)
            case Chosen(reading, _):
                self.meet(reading)
                return self.variables[formula]
            case Flag(key) | Present(key):
                self.meet(key)
                return self.variables[formula]

    # -- the theory

    def meet(self, key: str) -> None:
        """Bring a fact or a reading, and all it depends on, into the solver."""
        if key in self.own:
            return
        self.own[key] = []
        if key in self.rules.readings:
            for choice, _ in self.rules.readings[key].choices:
                self._variable(key, Chosen(key, choice))
            self._exactly_one(self.own[key], self.true)
            return
        fact = self.rules.facts[fact_of(key)]
        asked = self.asked[key] = self.literal(self.guard(key))
        match fact.kind:
            case "flag":
                flag = self._variable(key, Flag(key))
                self._add([-flag, asked])
                brought = []
                for id in fact.implies:
                    other = sibling(key, id)
                    self.meet(other)
                    brought.append(self.variables[Flag(other)])
                    self._add([-flag, brought[-1]])
                if fact.role in ("safeguard", "approval"):
                    given = self.undertakes[key] = self._new()
                    self._add([-given, flag, -asked, *(-x for x in brought)])
            case "one" | "many":
                for term in sorted(self.rules.below[fact.domain or ""]):
                    self._variable(key, (key, term))
                if fact.kind == "one":
                    self._exactly_one(self.own[key], asked)
                else:
                    for x in self.own[key]:
                        self._add([-x, asked])
            case _:
                present = self._variable(key, Present(key))
                self._bounds[key] = []
                self._add([-present, asked])
                self._add([present, -asked])
        for other in copies(key, self.uses):
            self.meet(other)
            if other != key:
                for x, y in zip(self.own[key], self.own[other], strict=True):
                    self._alike(key, x, other, y)

    def guard(self, key: str) -> Formula:
        """When the question of a key is asked."""
        return guard(self.rules.facts[fact_of(key)], self.rules, place_of(key, self.place, self.uses))

    def _alike(self, key: str, x: int, other: str, y: int) -> None:
        """One answer: where both are asked, they are answered alike."""
        both = [-self.asked[key], -self.asked[other]]
        self._add([*both, -x, y])
        self._add([*both, x, -y])

    def _variable(self, key: str, atom: Atom | tuple[str, str]) -> int:
        x = self.variables[atom] = self._new()
        self.own[key].append(x)
        if key in self._same:
            self._tie(key, x)
        return x

    def _exactly_one(self, variables: Sequence[int], when: int) -> None:
        self._add([-when, *variables])
        for i, x in enumerate(variables):
            self._add([-x, when])
            for y in variables[:i]:
                self._add([-x, -y])

    def _reaches(self, key: str, bound: Decimal, strict: bool) -> int:
        self.meet(key)
        atom = Reaches(key, bound, strict)
        if atom not in self.variables:
            x = self._variable(key, atom)
            self._add([-x, self.variables[Present(key)]])
            bounds = self._bounds[key]
            bounds.append((bound, strict, x))
            bounds.sort()
            at = bounds.index((bound, strict, x))
            if at:
                self._add([-x, bounds[at - 1][2]])
            if at + 1 < len(bounds):
                self._add([-bounds[at + 1][2], x])
            for other in copies(key, self.uses):
                if other != key:
                    self._alike(key, x, other, self._reaches(other, bound, strict))
        return self.variables[atom]

    # -- questions

    def solve(self, assumptions: Sequence[int]) -> bool:
        """Whether some completion agrees with the assumptions."""
        return bool(self._single.solve(assumptions=assumptions))

    def model(self, assumptions: Sequence[int]) -> Model | None:
        """A completion that agrees with the assumptions; None where there is none."""
        if not self.solve(assumptions):
            return None
        return frozenset(x for x in self._single.get_model() or () if x > 0)

    def clash(self, assumptions: Sequence[int]) -> frozenset[int]:
        """Assumptions that cannot hold together, not always the fewest; empty where some completion agrees with all."""
        return frozenset() if self.solve(assumptions) else frozenset(self._single.get_core() or ())

    def solve_pair(
        self,
        shared: Sequence[int],
        first: Sequence[int],
        second: Sequence[int],
        same: Iterable[str],
        grows: str | None = None,
        differs: str | None = None,
        settled: Iterable[str] = (),
    ) -> bool:
        """Whether there are two completions that both agree with `shared`, one with `first` and the other with `second`,
        and that give the same answer to every key of `same`. The second gives at least the elements of the first to the
        key `grows`; the two give different answers to the key `differs`; they could come of one settlement of the keys
        `settled`: where both are asked such a question, they answer it alike. `models` are the two."""
        if self._double is None:
            self._double = self._loaded()
            for clause in self.clauses:
                self._double.add_clause(clause)
                self._double.add_clause([twin(x) for x in clause])
        assumptions = [*shared, *(twin(x) for x in shared), *first, *(twin(x) for x in second)]
        assumptions += [self._selector(key) for key in same]
        assumptions += [self._settlement(key) for key in settled]
        if grows is not None:
            assumptions.append(self._new())
            for x in self.own[grows]:
                self._double.add_clause([-assumptions[-1], -x, twin(x)])
        if differs is not None:
            assumptions.append(self._differing(differs))
        return bool(self._double.solve(assumptions=assumptions))

    def models(self) -> tuple[Model, Model]:
        """The two completions that `solve_pair`, asked last, has found."""
        assert self._double is not None
        true = [x for x in self._double.get_model() or () if x > 0]
        return frozenset(x for x in true if x % 2), frozenset(x - 1 for x in true if x % 2 == 0)

    def _selector(self, key: str) -> int:
        """A literal which, assumed, makes both copies answer `key` alike."""
        if key not in self._same:
            self._same[key] = self._new()
            for x in self.own[key]:
                self._tie(key, x)
        return self._same[key]

    def _settlement(self, key: str) -> int:
        """A literal which, assumed, makes both copies answer `key` alike where both are asked it, in whatever use."""
        if self.asked.get(key, self.true) == self.true:
            return self._selector(key)
        assert self._double is not None
        others = copies(key, self.uses)
        known = (key, tuple(len(self.own[other]) for other in others))
        if known in self._settled:
            return self._settled[known]
        selector = self._settled[known] = self._new()
        for other in others:
            both = [-selector, -self.asked[key], -twin(self.asked[other])]
            for x, y in zip(self.own[key], self.own[other], strict=True):
                self._double.add_clause([*both, -x, twin(y)])
                self._double.add_clause([*both, x, -twin(y)])
        return selector

    def _differing(self, key: str) -> int:
        """A literal which, assumed, makes the copies answer `key` differently."""
        assert self._double is not None
        known = self._unlike.get((key, len(self.own[key])))
        if known is not None:
            return known
        some, unlike = self._new(), []
        for x in self.own[key]:
            unlike.append(self._new())
            self._double.add_clause([-unlike[-1], x, twin(x)])
            self._double.add_clause([-unlike[-1], -x, -twin(x)])
        self._double.add_clause([-some, *unlike])
        self._unlike[key, len(self.own[key])] = some
        return some

    def _tie(self, key: str, x: int) -> None:
        assert self._double is not None
        selector = self._same[key]
        self._double.add_clause([-selector, -x, twin(x)])
        self._double.add_clause([-selector, x, -twin(x)])

    def close(self) -> None:
        """Give the solvers' memory back."""
        self._single.delete()
        if self._double is not None:
            self._double.delete()


def twin(literal: int) -> int:
    """The same literal in the second copy."""
    return literal + 1 if literal > 0 else literal - 1
