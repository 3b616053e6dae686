"""Refusing a safeguard or an approval, or adding to a list, never removes a conflict: proved when the rules were loaded.

`judge.soundness` has refused every rule set of which this is not so; here it is only counted how it was proved.
"""

from __future__ import annotations

from ..judge.soundness import sound_conditions
from ..rulebook.model import Rules
from .model import Claim, Outcome


def claim(rules: Rules) -> Claim:
    """The claim that the rules are monotone, with how many conditions were proved by what."""
    conditions = list(sound_conditions(rules))
    solved = sum(bool(one.wrong) for one in conditions)
    why = f"{len(conditions) - solved} conditions by polarity, {solved} by the solver"
    says = "refusing a safeguard or an approval, or adding to a list, never removes a conflict"
    return Claim("monotone", "all rules", None, says, Outcome.HOLDS, why)
