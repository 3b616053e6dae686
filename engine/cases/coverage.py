"""What the cases show of each provision: that it catches, each near miss it is asked for, its readings, what is open.

Whether a pair of plans shows a part is decided by the solver, not by labels. What cannot be shown is exempt: a part that
the rest decides, or one that no two plans that differ in a single answer can show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ..language.diagnostics import Diagnostic
from ..logic.formula import Chosen, atoms
from ..proofs.contrast import apart
from ..proofs.space import Space
from ..rulebook.model import Rules
from .model import CAUGHT, OPEN, Site
from .pairs import keys_of
from .parts import Target, lifting, parts, targets
from .sites import Sites
from .verdicts import Outcome, supposed

NEVER = "no plan can be caught"
DECIDED = "the rest of the provision decides it"
NO_PAIR = "no two plans that differ in one answer show it"


@dataclass(frozen=True, slots=True)
class Asked:
    """A target at the first site where it can be looked for, whether a pair `shown` has it, and, where none can, why it
    is `exempt`."""

    target: Target
    site: Site
    shown: bool
    exempt: str = ""


@dataclass
class Covered:
    """What the cases show of one clause. `catches` counts plans that it catches, `open` those that leave it open, `unlike`
    the targets; `readings` maps each reading it turns on to its choices, and whether a case makes it."""

    clause: str
    catches: int = 0
    exempt: str = ""
    open: int = 0
    asked: list[Asked] = field(default_factory=list)
    readings: dict[str, dict[str, bool]] = field(default_factory=dict)

    def missing(self) -> Iterator[Asked]:
        """The targets without a near miss that could have one."""
        return (one for one in self.asked if not one.shown and not one.exempt)

    def whole(self) -> bool:
        """Whether nothing is missing."""
        return (self.catches > 0 or bool(self.exempt)) and not any(self.missing())


def coverage(sites: Sites, outcomes: Iterable[Outcome], clauses: Sequence[str]) -> list[Covered]:
    """What the outcomes show of each of the clauses."""
    by_clause: dict[str, list[Outcome]] = {}
    for one in outcomes:
        by_clause.setdefault(one.case.clause, []).append(one)
    return [covered(sites, clause, by_clause.get(clause, ())) for clause in clauses]


def covered(sites: Sites, clause: str, outcomes: Sequence[Outcome]) -> Covered:
    """What the outcomes of one clause show of it."""
    found = Covered(clause)
    for one in outcomes:
        found.catches += one.gives in CAUGHT
        found.open += one.gives in OPEN
    site = sites.first(clause)
    if site is None:
        found.exempt = "it governs no offering on any day"
        return found
    pairs = [one for one in outcomes if one.of is not None and one.of.gives in CAUGHT and one.gives not in CAUGHT]
    there = {one.case.site: _targets(sites, clause, one.case.site) for one in pairs}
    for at, target in asked(sites, clause, site):
        shown = any(_shows(sites, one, there[one.case.site].get(target.name)) for one in pairs)
        found.asked.append(Asked(target, at, shown, "" if shown else why_not(sites.space(at), clause, target)))
    if not found.catches:
        space = sites.space(site)
        found.exempt = "" if space.exact.solve([parts(space, space.clauses[clause]).caught]) else NEVER
    for reading in readings(sites.space(site), clause):
        made = {one.case.choices.get(reading) for one in outcomes}
        found.readings[reading] = {choice: choice in made for choice, _ in sites.rules.readings[reading].choices}
    return found


def asked(sites: Sites, clause: str, site: Site) -> Iterator[tuple[Site, Target]]:
    """The targets of a clause, each with the first site where it can be looked for: a permission that overrides the clause
    may not be in force where the clause first is."""
    yield from ((site, target) for target in _targets(sites, clause, site).values())
    here = set(lifting(sites.space(site), clause))
    for permit in sites.rules.provisions.values():
        if clause in permit.overrides and permit.id not in here:
            other = sites.first(clause, permit.id)
            if other is not None:
                yield from (
                    (other, t) for n, t in _targets(sites, clause, other).items() if n == f"permit: {permit.id}"
                )


def _targets(sites: Sites, clause: str, site: Site) -> dict[str, Target]:
    space = sites.space(site)
    return {one.name: one for one in targets(space, parts(space, space.clauses[clause]))}


def _shows(sites: Sites, second: Outcome, target: Target | None) -> bool:
    """Whether a near miss has the target, and the plan it belongs to what comes before it."""
    if target is None or second.of is None:
        return False
    space = sites.space(second.case.site)
    return supposed(space, second.of.case).certain(target.first) and supposed(space, second.case).certain(target.second)


def why_not(space: Space, clause: str, target: Target) -> str:
    """Why no pair of plans can have a target; empty where one can."""
    if not space.exact.solve([target.first]):
        return NEVER
    if not space.exact.solve([target.second]):
        return DECIDED
    one = space.clauses[clause]
    keys = keys_of(space, one)
    return "" if any(apart(space, target.first, target.second, keys, key) for key in keys) else NO_PAIR


def readings(space: Space, clause: str) -> list[str]:
    """The readings that a clause reads, its gate and what overrides it included."""
    one = space.clauses[clause]
    formulas = (one.conflicts, one.bites, *([one.duty] if one.duty is not None else []))
    return list(dict.fromkeys(a.reading for f in formulas for a in atoms(f) if isinstance(a, Chosen)))


def gaps(rules: Rules, found: Iterable[Covered], command: str = "mayuse test") -> Iterator[Diagnostic]:
    """What is missing, at the place of each provision, with the command that proposes it (`command` with its folders)."""
    for one in found:
        provision = rules.provisions.get(one.clause)
        span = provision.span if provision else rules.documents[one.clause.rpartition("/")[0]].span
        help = f"'{command} --propose {one.clause}' prints what is missing"
        if not one.catches and not one.exempt:
            yield Diagnostic("M523", f"{one.clause}: no case that it catches", span, help)
        for missing in one.missing():
            yield Diagnostic("M524", f"{one.clause}: no near miss for {missing.target.name}", span, help)
