"""How many plans a second `use_cases` draws over the shipped rules, hypothesis' own price included.

`python tests/benchmarks/plans_per_second.py [PLANS]` prints the rate; the first plans make what later ones reuse, so it
is printed for a first and for a second run. Nothing is asserted: machines differ.
"""

from __future__ import annotations

import sys
import time

from hypothesis import HealthCheck, Phase, given, settings
from mayuse import UseCase, load_rules
from mayuse.testing import use_cases


def main(plans: int) -> None:
    rules = load_rules()
    size = f"{len(rules.provisions)} provisions, {len(rules.offerings)} offerings, {len(rules.facts)} questions"
    drawn = use_cases(rules)

    @settings(
        max_examples=plans,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn)
    def draw(plan: UseCase) -> None:
        assert plan.offerings

    for run in ("first", "second"):
        start, busy = time.perf_counter(), time.process_time()
        draw()
        took, busy = time.perf_counter() - start, time.process_time() - busy
        print(f"{run} run: {plans / took:,.0f} plans a second, {plans / busy:,.0f} a second of one processor")
    print(f"({plans:,} plans a run, over {size})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
