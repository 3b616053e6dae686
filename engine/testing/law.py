"""What a law is.

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


def law(name: str, sentence: str, of: str, price: int = 1) -> Callable[[Check], Law]:
    """Make a law of what checks it."""
    return lambda check: Law(name, sentence, of, check, price)


def words(verdict: Verdict | None) -> str:
    """A verdict in words, or that no completion agrees with the plan."""
    return verdict.value if verdict else "impossible"
