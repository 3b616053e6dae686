"""Three truth values that never collapse by accident: true, false, unknown (Kleene's strong logic)."""

from __future__ import annotations

import enum
from collections.abc import Iterable


class Truth(enum.Enum):
    """A truth value. It has no `bool()`: `if truth:` raises TypeError; compare with `is Truth.TRUE`."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError("a Truth is not a bool: compare it with Truth.TRUE, Truth.FALSE or Truth.UNKNOWN")

    @staticmethod
    def of(value: bool | None) -> Truth:
        """True and false as they are, None as unknown."""
        return Truth.UNKNOWN if value is None else Truth.TRUE if value else Truth.FALSE

    def negated(self) -> Truth:
        """Not."""
        if self is Truth.UNKNOWN:
            return self
        return Truth.FALSE if self is Truth.TRUE else Truth.TRUE


def all_of(values: Iterable[Truth]) -> Truth:
    """And: false as soon as one is false; unknown where one is unknown and none is false."""
    result = Truth.TRUE
    for value in values:
        if value is Truth.FALSE:
            return value
        if value is Truth.UNKNOWN:
            result = value
    return result


def any_of(values: Iterable[Truth]) -> Truth:
    """Or: true as soon as one is true; unknown where one is unknown and none is true."""
    return all_of(value.negated() for value in values).negated()
