"""Cases for the mutants that nobody noticed: as few as will notice them all, ready to be put into the files.

They are proposals like those of `propose`: they say what the rules say, and somebody has to read them beside the text.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

from .model import CAUGHT, Case
from .mutation import Bench, Decision
from .propose import Proposed, by_document
from .score import Trial
from .sites import Sites
from .write import case_text


def closings(bench: Bench, survivors: Iterable[Decision]) -> dict[str, dict[str, list[Proposed]]]:
    """By document and clause, cases that notice these survivors; without those that no words tell."""
    found = []
    for case in closing(bench, survivors):
        one = proposed(bench.sites, case)
        with contextlib.suppress(ValueError):
            case_text(bench.rules, one)
            found.append(one)
    return by_document(found)


def closing(bench: Bench, survivors: Iterable[Decision]) -> list[Case]:
    """A case for each survivor that none of the cases before it notices."""
    made: dict[str, list[Case]] = {}
    for decision in survivors:
        id = decision.mutant.provision
        if not Trial(bench, made.get(id, ())).fails(decision.mutant):
            case = bench.case(decision)
            made.setdefault(id, []).append(case)
    return [case for cases in made.values() for case in cases]


def proposed(sites: Sites, case: Case) -> Proposed:
    """A case as a proposal."""
    by = case.by if case.by is not None else (case.clause,) if case.gives in CAUGHT else ()
    usual = sites.first(case.clause) == case.site
    return Proposed(case.clause, case.site, usual, case.told, case.gives, by)
