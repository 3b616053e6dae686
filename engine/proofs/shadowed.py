"""Is a provision shadowed? At which offerings every plan that it catches is caught by one and the same other clause.

No fault: texts repeat themselves. It says which provision a change of the other would leave alone with its plans.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judge.governing import Clause
from ..judge.told import holds
from ..rulebook.model import Provision
from .ground import Ground
from .model import Claim, Outcome
from .space import Space


def claims(ground: Ground, provision: Provision) -> Iterator[Claim]:
    """A claim for each clause that catches all that the provision catches, at some offering where it catches any."""
    if provision.kind not in ("prohibit", "require"):
        return
    by: dict[str, list[str]] = {}
    asked = 0
    for space, clause in ground.clauses(provision.id):
        literal = space.conflict(clause)
        if space.exact.solve([literal]):
            asked += 1
            for other in _shadows(space, clause, literal):
                by.setdefault(other, []).append(space.offer.governing.offering.id)
    for other, offerings in by.items():
        where = "everywhere" if len(offerings) == asked else f"at {', '.join(offerings)}"
        says = f"{other} catches all that it does, {where}"
        yield Claim("shadowed", provision.id, provision.document, says, Outcome.NOTED, span=provision.span)


def _shadows(space: Space, clause: Clause, literal: int) -> Iterator[str]:
    """The clauses that catch all that this one catches: each plan that one of them lets through rules out more."""
    left = {c.id: space.conflict(c) for c in space.clauses.values() if c.id != clause.id}
    while left:
        id, x = next(iter(left.items()))
        model = space.exact.model([literal, -x])
        if model is None:
            yield id
            del left[id]
        else:
            left = {i: y for i, y in left.items() if holds(y, model)}
