"""Where a provision is judged: at which offering and on which day, where a case does not say, and the space there.

Every case at one site shares one solver.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cached_property

from ..judge.governing import governing, stand_in
from ..proofs.space import Space
from ..rulebook.model import Offering, Rules
from ..rulebook.reads import documents_of
from .model import Site, document_of

_ALWAYS = datetime.date(2000, 1, 1)
"""A day for rules without any date."""


class Sites:
    """The sites of one rule set."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._spaces: dict[Site, Space] = {}
        self._clauses: dict[Site, frozenset[str]] = {}

    def space(self, site: Site) -> Space:
        """All plans at the site."""
        if site not in self._spaces:
            self._spaces[site] = Space.of(self.rules, site.offering, site.day)
        return self._spaces[site]

    def governs(self, clause: str, site: Site) -> bool:
        """Whether the clause is among those that can govern there."""
        if site not in self._clauses:
            found = governing(self.rules, site.offering, site.day).clauses
            self._clauses[site] = frozenset(one.id for one in found)
        return clause in self._clauses[site]

    def scopes(self, site: Site) -> frozenset[str]:
        """The places whose answers count there: the plan's own (empty), the offering, the platforms of its documents."""
        documents = self.space(site).offer.governing.gates
        return frozenset({"", site.offering.id, *(self.rules.documents[id].platform for id in documents)})

    def first(
        self, clause: str, *others: str, offering: str | None = None, day: datetime.date | None = None
    ) -> Site | None:
        """The first site, by day and then by the offering's name, at which the clause governs beside `others`; among those
        at `offering` and on `day` where these are given. None where there is none."""
        for on in [day] if day is not None else self._days(clause, *others):
            for at in self.offerings(clause):
                site = Site(at, on)
                if offering in (None, at.id) and all(self.governs(one, site) for one in (clause, *others)):
                    return site
        return None

    def offerings(self, clause: str) -> Iterator[Offering]:
        """Those that the document can come to govern, in alphabetical order; else its stand-in."""
        document = document_of(clause)
        reaching = [o for o in self.rules.offerings.values() if document in self._reach[o.id]]
        yield from reaching or [stand_in(self.rules.documents[document])]

    def _days(self, *clauses: str) -> Iterator[datetime.date]:
        """The first day on which all of the clauses can be in force, and every later day on which something changes."""
        starts = [self.rules.documents[document_of(one)].in_force_from for one in clauses]
        starts += [self.rules.provisions[one].start for one in clauses if one in self.rules.provisions]
        first = max((day for day in starts if day is not None), default=None)
        if first is None:
            first = self._changes[0] if self._changes else _ALWAYS
        yield first
        yield from (day for day in self._changes if day > first)

    @cached_property
    def _changes(self) -> list[datetime.date]:
        days = {d.in_force_from for d in self.rules.documents.values()}
        days |= {day for p in self.rules.provisions.values() for day in (p.start, p.until)}
        return sorted(day for day in days if day is not None)

    @cached_property
    def _reach(self) -> dict[str, frozenset[str]]:
        return {
            o.id: frozenset(d.id for d in documents_of(self.rules, o.documents)) for o in self.rules.offerings.values()
        }
