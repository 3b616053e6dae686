"""Where a claim is asked: the spaces of plans in which a document or a provision governs, on the first day that it does.

What is not in force on the day in question is asked about on the first day that it is; what is under no offering, at a
stand-in for its platform. Spaces are made once.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from ..judge.governing import Clause, stand_in
from ..rulebook.model import Document, Offering, Provision, Rules
from .space import Space


@dataclass
class Ground:
    """Every space of a rule set around one day."""

    rules: Rules
    day: datetime.date
    _spaces: dict[tuple[Offering, datetime.date], Space] = field(default_factory=dict)

    def space(self, offering: Offering, day: datetime.date) -> Space:
        """The plans at an offering on a day."""
        if (offering, day) not in self._spaces:
            self._spaces[offering, day] = Space.of(self.rules, offering, day)
        return self._spaces[offering, day]

    def first_day(self, document: Document, provision: Provision | None = None) -> datetime.date | None:
        """The day in question, or else the first on which the text (and the provision) is in force; None where there is
        none."""
        starts = [document.in_force_from, provision.start if provision else None]
        start = max((s for s in starts if s is not None), default=None)
        until = provision.until if provision else None
        if start is not None and until is not None and until <= start:
            return None
        if start is not None and self.day < start:
            return start
        if until is not None and until <= self.day:
            return start or until - datetime.timedelta(1)
        return self.day

    def everywhere(self, day: datetime.date) -> list[Space]:
        """Every space of a day: those of the offerings, and the stand-ins of what is known by report only."""
        apart = [stand_in(d) for d in self.rules.reported_apart() if d.in_force(day)]
        return [self.space(o, day) for o in (*self.rules.offerings.values(), *apart)]

    def governed(self, document: Document, day: datetime.date) -> list[Space]:
        """The spaces that a document may govern on a day; for one that no offering leads to, the stand-in's."""
        spaces = [self.space(o, day) for o in self.rules.offerings.values()]
        found = [s for s in spaces if document.id in s.offer.governing.gates]
        return found or [self.space(stand_in(document), day)] if not self.led_to(document) else found

    def led_to(self, document: Document) -> bool:
        """Whether an offering is under the document, or under one that leads to it."""
        reached: set[str] = set()
        todo = [d for o in self.rules.offerings.values() for d in o.documents]
        while todo:
            if (id := todo.pop()) not in reached:
                reached.add(id)
                todo += [i.document for i in self.rules.documents[id].incorporates]
        return document.id in reached

    def clauses(self, id: str) -> list[tuple[Space, Clause]]:
        """A provision, or the reserved silence of a document, at every place where it counts."""
        provision = self.rules.provisions.get(id)
        document = self.rules.documents[provision.document if provision else id.removesuffix("/silence")]
        day = self.first_day(document, provision)
        spaces = self.governed(document, day) if day else []
        return [(s, s.clauses[id]) for s in spaces if id in s.clauses]

    def close(self) -> None:
        """Give the solvers' memory back."""
        for space in self._spaces.values():
            space.exact.close()
