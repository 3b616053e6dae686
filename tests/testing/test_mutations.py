"""Faults drawn from a rule set: one provision is another one, and the rest is as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import find, given, settings, strategies as st
from mayuse.cases.mutants import mutated
from mayuse.load import load_rules
from mayuse.testing import mutations

RULES = load_rules(Path(__file__).parents[2] / "docs/examples")


@given(mutations(RULES))
def test_a_mutant_is_one_changed_provision(mutant: Any) -> None:
    faulty = mutated(RULES, mutant)
    changed = [id for id, one in faulty.provisions.items() if one != RULES.provisions[id]]
    assert changed == [mutant.provision] and mutant.says


def test_all_of_a_document_are_drawn_and_no_others() -> None:
    some = mutations(RULES, documents=["acme/terms"])
    operators = {"negate", "drop-conjunct", "swap-kind"}
    for wanted in operators:
        found = find(some, lambda one, wanted=wanted: one.operator == wanted, settings=settings(max_examples=2_000))
        assert found.changed.document == "acme/terms"


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="acme/term"):
        mutations(RULES, documents=["acme/term"])
    assert isinstance(mutations(RULES), st.SearchStrategy)
