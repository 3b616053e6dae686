"""What a law is, and the list that laws enter themselves into.

Each law is a function of drawn things: a plan, and dice for what else is to be chosen. It returns whether it had anything
to say of the plan, and raises `Broken` where it does not hold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..judge.model import Verdict
from ..usecase.model import UseCase
from .dice import Dice
from .ground import Ground

FREE = (Verdict.PERMITTED, Verdict.CONDITIONAL)
STUCK = (Verdict.NEEDS_APPROVAL, Verdict.CONFLICT)
OPEN = (Verdict.UNDETERMINED, Verdict.CONTESTED)

Check = Callable[[Ground, UseCase, Dice], bool]


@dataclass(frozen=True)
class Law:
    """`name` begins with the number of docs/semantics.md. `of` says which plans it speaks of, after "plans that are". Of an
    expensive law one plan is tried where `price` are tried of another."""

    name: str
    sentence: str
    of: str
    check: Check
    price: int = 1


LAWS: list[Law] = []


def law(name: str, sentence: str, of: str, price: int = 1) -> Callable[[Check], Check]:
    """Enter a law."""

    def enter(check: Check) -> Check:
        LAWS.append(Law(name, sentence, of, check, price))
        return check

    return enter


def words(verdict: Verdict | None) -> str:
    """A verdict in words, or that no completion agrees with the plan."""
    return verdict.value if verdict else "impossible"
