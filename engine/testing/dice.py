"""Where the choices of a generated case come from: hypothesis, which then shrinks them, or a seeded generator.

Nothing here knows either: a `Dice` is one function that gives numbers.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Dice:
    """`below(n)` gives an integer from 0 to n - 1; smaller ones must be simpler."""

    below: Callable[[int], int]

    def chance(self, percent: int) -> bool:
        """True in `percent` of a hundred cases; False is simpler."""
        return self.below(100) >= 100 - percent

    def pick(self, items: Sequence[T]) -> T:
        """One of `items`; the earlier ones are simpler."""
        return items[self.below(len(items))]

    def some(self, items: Sequence[T], low: int, high: int) -> list[T]:
        """Between `low` and `high` of `items` (as many as there are), each once, in their order."""
        count = min(len(items), low + self.below(high - low + 1))
        left, taken = list(range(len(items))), []
        for _ in range(count):
            taken.append(left.pop(self.below(len(left))))
        return [items[i] for i in sorted(taken)]


def seeded(seed: int) -> Dice:
    """Dice that fall the same way for the same seed."""
    return Dice(random.Random(seed).randrange)


def dealt(numbers: bytes) -> Dice:
    """Dice that fall as these bytes say, two for each number, and on the simplest side when there are no more."""
    at = 0

    def below(n: int) -> int:
        nonlocal at
        at += 2
        return int.from_bytes(numbers[at - 2 : at].ljust(2, b"\0")) * n >> 16

    return Dice(below)
