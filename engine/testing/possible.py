"""Whether answers can be true together, asked of one solver that is kept for a rule set.

Only questions that depend on one another can clash: those asked because of others, those they are asked because of, and
safeguards that bring others. Only these are in the solver; an answer to any other question is possible by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..judge.answers import said
from ..logic.formula import Chosen, atoms
from ..logic.solver import Exact
from ..logic.theory import guard
from ..rulebook.model import Place, Rules, fact_of
from ..usecase.model import Answer, UseCase

NOWHERE = Place("", "")


class Possible:
    """The answers that some completion agrees with."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._exact = Exact(rules, NOWHERE)
        self._leaning, read = leaning(rules)
        self._tied = self._leaning | read

    def leans(self, key: str) -> bool:
        """Whether an answer to this may clash with answers to other questions; where none of a plan's does, all agree."""
        return fact_of(key) in self._leaning

    def literals(self, key: str, answer: Answer) -> tuple[int, ...]:
        """What an answer says, for `together`; nothing where it cannot clash with another."""
        if fact_of(key) not in self._tied:
            return ()
        formulas = said(self.rules, UseCase(answers={key: answer}), NOWHERE)
        return tuple(self._exact.literal(formula) for _, formula in formulas)

    def together(self, said: Sequence[Sequence[int]]) -> list[int]:
        """Which of these, by their numbers, some completion has together: the earlier ones before the later."""
        return together(self._exact, (), said) or []


def narrow(exact: Exact) -> Iterator[tuple[int]]:
    """Each on its own: that a list or choice does not name a term that has others below it."""
    for variable, x in exact.variables.items():
        if isinstance(variable, tuple) and len(exact.rules.below[variable[1]]) > 1:
            yield (-x,)


def together(exact: Exact, hard: Sequence[int], soft: Sequence[Sequence[int]]) -> list[int] | None:
    """Which of the `soft` groups of literals, by their numbers, hold together beside the `hard` ones in some completion,
    the earlier ones before the later; None where the hard ones do not hold themselves."""
    kept = list(range(len(soft)))
    while clash := exact.clash([*hard, *(x for i in kept for x in soft[i])]):
        last = next((i for i in reversed(kept) if not clash.isdisjoint(soft[i])), None)
        if last is None:
            return None
        kept.remove(last)
    return kept


def leaning(rules: Rules) -> tuple[frozenset[str], frozenset[str]]:
    """The facts that are asked because of others, or bring others or are brought; and those they are asked because of."""
    tied: set[str] = set()
    read: set[str] = set()
    for fact in rules.facts.values():
        if fact.asked_when is not None or fact.implies:
            tied.update((fact.id, *fact.implies))
            read.update(fact_of(a.key) for a in atoms(guard(fact, rules, NOWHERE)) if not isinstance(a, Chosen))
    return frozenset(tied), frozenset(read)
