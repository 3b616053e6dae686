"""One law over a fixed sample, until it fails: what runs against a broken copy of the engine.

`python -m seeded.selection LAW COUNT` exits with 1 at the first sample on which LAW does not hold, else with 0.
"""

from __future__ import annotations

import importlib
import sys

from laws.plans import from_seed
from mayuse.testing.dice import seeded

MODULES = ("laws.test_laws", "laws.test_reports")


def holds(law: str, count: int) -> bool:
    """Whether a law holds on the first `count` samples."""
    test = next(found for name in MODULES if (found := getattr(importlib.import_module(name), law, None)))
    inner = test.hypothesis.inner_test
    rolls = inner.__code__.co_argcount == 2
    for seed in range(count):
        sample = from_seed(seed, "law_17" not in law)
        try:
            inner(sample, seeded(seed)) if rolls else inner(sample)
        except AssertionError:
            return False
    return True


if __name__ == "__main__":
    sys.exit(not holds(sys.argv[1], int(sys.argv[2])))
