"""What several tests of cases begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from .small import RULES, write


@pytest.fixture
def cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cases of the small rule set, which is all there is."""
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "acme.rules").write_text(RULES, encoding="utf-8")
    monkeypatch.setattr("mayuse.load.shipped_folder", lambda: rules)
    return write(tmp_path / "cases")
