"""Does each reading matter? For each two choices, a plan of which the choice alone changes the verdict.

Two completions alike in all but the choice, of which one conflicts and the other does not, over everything that governs
an offering. They are shown at one clause that turns on the choice, which takes few answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..judge.governing import Clause
from ..logic.formula import Chosen, neg
from ..rulebook.model import Reading
from .contrast import contrast
from .ground import Ground
from .model import Claim, Outcome, Witness
from .space import Space
from .witness import UNSAYABLE, conflict, replayed


def claims(ground: Ground, reading: Reading) -> Iterator[Claim]:
    """A claim for each two choices."""
    spaces = list(_spaces(ground, reading))
    for one, other in combinations([choice for choice, _ in reading.choices], 2):
        turns = (
            _turns(space, clauses, reading.id, *choices)
            for space, clauses in spaces
            for choices in ((one, other), (other, one))
        )
        found = next((shown for shown in turns if shown is not None), None)
        says = f"'{one}' or '{other}' can change a verdict"
        outcome = Outcome.FAILS if found is None else Outcome.HOLDS
        why = "" if found else UNSAYABLE if found is not None else NEVER
        yield Claim("reading", reading.id, reading.document, says, outcome, why, reading.span, found or ())


NEVER = "two plans alike but for the choice always have one verdict"


def _spaces(ground: Ground, reading: Reading) -> Iterator[tuple[Space, list[Clause]]]:
    """Where the reading is read, and the clauses that read it."""
    document = ground.rules.documents.get(reading.document or "")
    day = ground.first_day(document) if document else ground.day
    assert day is not None, "a document comes into force some day"
    places = ground.everywhere(day) if document is None else ground.governed(document, day)
    for space in places:
        reads = [c for c in space.clauses.values() if reading.id in space.keys(conflict(c))]
        if reads:
            yield space, reads


def _turns(space: Space, clauses: list[Clause], id: str, first: str, second: str) -> tuple[Witness, ...] | None:
    """Two plans that differ in the choice: by the first a clause conflicts, by the second none at all does. None where
    there are no such plans, empty where a use case cannot say them."""
    one, other = (space.exact.literal(Chosen(id, choice)) for choice in (first, second))
    free = space.question()
    same = [k for k in space.exact.own if k != id]
    for clause in clauses:
        c = space.conflict(clause)
        if not space.exact.solve_pair([], [one, c], [other, -free], same):
            continue
        keys = space.keys(conflict(clause))
        two = contrast(space, space.all([one, c]), space.all([other, -c]), keys, [id])
        if two is None:
            return ()
        return (
            replayed(space, two.first, conflict(clause), f"by '{first}' {clause.id} conflicts", clause),
            replayed(space, two.second, neg(conflict(clause)), f"by '{second}' it does not"),
        )
    return None
