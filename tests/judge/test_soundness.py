"""What the proof at load refuses beyond single provisions, and what it lets through."""

from __future__ import annotations

import pytest
from mayuse.language.diagnostics import RulesError
from mayuse.load import load_texts

BASE = """
term purpose "What for"
term help "Help" under purpose
term watch "Watch" under purpose
fact purposes "What for?" many of purpose
fact alone "Alone?" yes or no
platform p "P"
  offering api "API" under terms
document terms "Terms"
  coverage whole
prohibit a "A"
  when purposes includes watch
  unless checks
"""


@pytest.mark.parametrize("guard", ["purposes includes help", "not (purposes is only watch)"])
def test_a_safeguard_that_a_list_makes_possible_is_refused(guard: str) -> None:
    with pytest.raises(RulesError, match="one more element of 'purposes' could remove a conflict of 'checks'"):
        load_texts({"all.rules": f'safeguard checks "Checked?" asked when {guard}\n' + BASE})


@pytest.mark.parametrize("guard", ["not alone", "purposes is only watch", "not (purposes includes help)"])
def test_other_guards_of_safeguards_stand(guard: str) -> None:
    load_texts({"all.rules": f'safeguard checks "Checked?" asked when {guard}\n' + BASE})
