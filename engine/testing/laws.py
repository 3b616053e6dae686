"""Every law that can be tried on any rule set, of any size, with no second engine beside it, in the order of their numbers.

The laws of docs/semantics.md that are not here need an oracle that enumerates completions, or are about other inputs than
rules and plans; the project's own tests hold the engine to them.
"""

from __future__ import annotations

from . import laws_of_plans as plans, laws_of_rules as rules
from .law import Law

ALL: tuple[Law, ...] = (
    plans.conflict_stays,
    plans.permission_stays,
    plans.completions_agree,
    plans.kleene_agrees,
    rules.order_never_matters,
    rules.prohibitions_only_forbid,
    plans.settling_decides,
    plans.witnesses_replay,
    plans.narrowing_keeps,
    rules.formatting_keeps,
    rules.days_between_are_alike,
    rules.bytes_are_the_same,
    plans.answers_lead,
    plans.approvals_lead,
    plans.conditions_free,
    plans.other_answers_lead,
    rules.knowing_less_never_frees,
    plans.elements_never_free,
)
