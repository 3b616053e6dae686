"""The shipped rules: every case holds, none is missing, every claim is proved, and faults drawn by a seed are noticed."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from mayuse.cases.coverage import coverage, gaps
from mayuse.cases.model import clauses_of
from mayuse.cases.mutants import mutants
from mayuse.cases.mutation import Bench
from mayuse.cases.score import drawn, scores, tries
from mayuse.cases.sites import Sites
from mayuse.cases.verdicts import failures
from mayuse.commands.test import run, shipped
from mayuse.load import load_rules
from mayuse.proofs.model import Outcome
from mayuse.proofs.prove import prove

SEED, MANY = 20261123, 200
"""The draw of faults."""


@pytest.fixture(scope="module")
def ran() -> tuple[Sites, Any, Any]:
    """The rules, their cases and what these come to."""
    sites = Sites(load_rules())
    return sites, *run(sites, shipped(), None)


def test_every_case_holds_and_no_provision_lacks_one(ran: tuple[Sites, Any, Any]) -> None:
    sites, cases, outcomes = ran
    assert cases.cases and not list(failures(sites, outcomes))
    every = [id for document in sites.rules.documents for id in clauses_of(sites.rules, document)]
    assert not list(gaps(sites.rules, coverage(sites, outcomes, every)))


def test_every_fault_of_a_draw_is_noticed(ran: tuple[Sites, Any, Any]) -> None:
    sites, cases, _ = ran
    bench = Bench(sites)
    found = scores(tries(bench, cases.cases, drawn(mutants(sites.rules), SEED, MANY)))
    assert sum(one.mutants for one in found) == MANY
    assert [d.mutant.id for one in found for d in one.survivors] == []


def test_every_claim_holds() -> None:
    claims = prove(load_rules(), datetime.date(2026, 11, 23)).claims
    assert claims and [one.says for one in claims if one.outcome is Outcome.FAILS] == []
