"""The Kleene trace against the exact answer, on every provision of the shipped rules and every fixture (law 3)."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from mayuse.judge.governing import applies
from mayuse.judge.offer import known_of, prepare
from mayuse.judge.trace import trace_provision
from mayuse.load import load_rules
from mayuse.logic.formula import kleene
from mayuse.logic.truth import Truth
from mayuse.usecase import load_use_case

FOLDER = Path(__file__).parents[2] / "fixtures" / "use-cases"
DAY = datetime.date(2026, 11, 23)


@pytest.fixture(scope="module")
def rules():
    return load_rules()


@pytest.mark.parametrize("name", sorted(p.stem for p in FOLDER.glob("*.yaml")))
def test_law_3_the_trace_decides_nothing_differently(rules, name: str) -> None:
    use_case = load_use_case(rules, FOLDER / f"{name}.yaml")
    decided = 0
    for offering in rules.offerings.values():
        offer = prepare(rules, use_case, offering, (), DAY)
        known = known_of(offer, ())
        for clause in offer.governing.clauses:
            if clause.provision is None:
                continue
            formula = applies(rules, clause.provision, offer.governing.place(clause.document))
            value = kleene(formula, known.truth)
            assert trace_provision(known, clause.provision).truth == value.value
            literal = offer.plan.literal(formula)
            if value is Truth.TRUE:
                assert offer.plan.certain(literal), clause.id
            elif value is Truth.FALSE:
                assert not offer.plan.possible(literal), clause.id
            decided += value is not Truth.UNKNOWN
    assert decided


def test_a_truth_is_no_bool() -> None:
    with pytest.raises(TypeError):
        bool(Truth.UNKNOWN)
