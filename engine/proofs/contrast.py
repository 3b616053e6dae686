"""Two plans that differ in one answer, and in what follows from it, of which a literal holds and does not.

Two completions are looked for that agree in all else; each is made plain, told, and then both lose what they can lose
together, so that what is left is what the difference needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..judge.told import Told
from ..rulebook.model import fact_of
from ..usecase.model import TermsValue
from .space import Answers, Space, Taste


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two plans that differ in one answer, with what follows from it, and of which a literal holds and does not.
    `changed` are the answers in which the second differs; None is one that is no longer asked."""

    first: dict[str, Told]
    key: str
    changed: dict[str, Told | None]

    @property
    def second(self) -> dict[str, Told]:
        """The second plan."""
        return _without_none({**self.first, **self.changed})


def contrast(
    space: Space, first: int, second: int, keys: Sequence[str], changing: Iterable[str], taste: Taste | None = None
) -> Contrast | None:
    """Two smallest plans that differ in the answer to one key of `changing`: one certainly has the literal `first`,
    the other `second`. The keys are tried in their order; None where none of them does."""
    tries = (_contrast(space, first, second, keys, key, taste) for key in changing)
    return next((found for found in tries if found is not None), None)


def apart(space: Space, first: int, second: int, keys: Iterable[str], key: str) -> bool:
    """Whether two completions, one with the literal `first`, the other with `second`, differ in the answer to `key`
    and in what is asked because of it, and in nothing else of `keys`."""
    same, after = _split(space, keys, key)
    return space.exact.solve_pair([], [first], [second], same, differs=key, settled=after)


def _split(space: Space, keys: Iterable[str], key: str) -> tuple[list[str], list[str]]:
    """The other keys: those that have nothing to do with this one, and those that are asked because of it."""
    follows = space.follows(key)
    others = [k for k in keys if k != key]
    return [k for k in others if fact_of(k) not in follows], [k for k in others if fact_of(k) in follows]


def _contrast(
    space: Space, first: int, second: int, keys: Sequence[str], key: str, taste: Taste | None
) -> Contrast | None:
    found = _twins(space, first, second, keys, key, taste)
    if found is None:
        return None
    before, after = found
    may_change = {key, *_split(space, keys, key)[1]}
    changed: dict[str, Told | None] = {
        k: after.get(k) for k in keys if k in may_change and before.get(k) != after.get(k)
    }

    def works(told: Answers, changed: dict[str, Told | None]) -> bool:
        other = _without_none({**told, **changed})
        return space.certain(told, first, keys) and space.certain(other, second, keys)

    if key not in changed or not works(before, changed):
        return None
    kept = space.fewest(before, lambda told: (key in told or key not in before) and works(told, changed))
    for k, value in list(changed.items()):
        if k != key and value is not None and works(kept, {**changed, k: None}):
            changed[k] = None
    if isinstance(value := changed[key], TermsValue):
        changed[key] = space.loosest(key, value, lambda v: works(kept, {**changed, key: v}))
    return Contrast(kept, key, {k: v for k, v in changed.items() if k == key or v is not None or k in kept})


def _twins(
    space: Space, first: int, second: int, keys: Sequence[str], key: str, taste: Taste | None
) -> tuple[dict[str, Told], dict[str, Told]] | None:
    """Two plain completions, told whole, that differ in the answer to `key` and in what is asked because of it."""
    same, after_it = _split(space, keys, key)
    shared = space.sayable(keys)
    here, there = [first], [second]

    def pair() -> bool:
        return space.exact.solve_pair(shared, here, there, same, differs=key, settled=after_it)

    if not pair():
        shared.clear()
        if not pair():
            return None
    for side, others in ((shared, same), (here, [key, *after_it]), (there, [key, *after_it])):

        def can(some: list[int], side: list[int] = side) -> bool:
            side += some
            fine = pair()
            if not fine:
                del side[len(side) - len(some) :]
            return fine

        space.spare(others, taste, can)
    pair()
    before, after = space.exact.models()
    return space.tell(before, keys), space.tell(after, keys)


def _without_none(told: dict[str, Told | None]) -> dict[str, Told]:
    return {k: v for k, v in told.items() if v is not None}
