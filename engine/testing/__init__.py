"""Property tests of a rule set, for whoever writes one: plans drawn to meet its provisions, completions, whole rule sets.

Needs hypothesis (`pip install mayuse[testing]`), which is imported when one of these names is first used. The laws as
ready tests are in the pytest plugin (`pytest --mayuse-laws`). See docs/testing.md.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .strategies import completions, mutations, provisions, rule_sets, use_cases

__all__ = ["completions", "mutations", "provisions", "rule_sets", "use_cases"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'mayuse.testing' has no attribute {name!r}")
    from . import strategies

    return getattr(strategies, name)
