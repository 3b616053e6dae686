"""Every law that can be tried on any rule set, of any size, with no second engine beside it, in the order of their numbers.

The laws of docs/semantics.md that are not here need an oracle that enumerates completions, or are about other inputs than
rules and plans; the project's own tests hold the engine to them.
"""

from __future__ import annotations

from . import laws_of_plans, laws_of_rules
from .law import LAWS, Law

ALL: tuple[Law, ...] = tuple(sorted(LAWS, key=lambda one: one.name))
MODULES = (laws_of_plans, laws_of_rules)
"""Whose laws these are."""
