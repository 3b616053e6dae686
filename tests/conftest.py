"""How hypothesis runs: `ci` a few thousand examples in all; `HYPOTHESIS_PROFILE=long` twenty times as many.

Neither has a deadline, and `--hypothesis-seed=N` repeats a run. Where CI is set the examples are the same each time, so
that a gate fails for a change and not for its luck; other runs look elsewhere each time.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("MAYUSE_CACHE", "off")  # drawn rule sets are loaded once, and are none of the user's

_COMMON = {"deadline": None, "print_blob": True, "suppress_health_check": list(HealthCheck)}
settings.register_profile("ci", max_examples=150, derandomize=bool(os.environ.get("CI")), **_COMMON)
settings.register_profile("long", max_examples=3_000, **_COMMON)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(autouse=True)
def _no_settings_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings in the environment of whoever runs the tests play no part in them; those of a file are in no checkout."""
    for name in list(os.environ):
        if name.startswith("MAYUSE_") and name not in ("MAYUSE_CACHE", "MAYUSE_TRACEBACK"):
            monkeypatch.delenv(name)
