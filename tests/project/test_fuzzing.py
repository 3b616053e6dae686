"""The fuzzing program works: a small run of it, and one that must find a fault."""

from __future__ import annotations

import fuzz
import pytest


def test_a_small_run_finds_nothing_and_meets_every_kind() -> None:
    outcomes, failures, slowest = fuzz.run(seed=7, inputs=400)
    assert not failures
    assert {outcome.partition(" ")[0] for outcome in outcomes} == set(fuzz.KINDS)
    assert sum(outcomes.values()) == 400 and slowest < fuzz.LONGEST


def test_a_fault_is_found_and_can_be_made_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fuzz, "check", lambda text: len(text) < 300 or 1 // 0)
    assert fuzz.main(["--inputs", "100", "--seed", "3"]) == 1
    printed = capsys.readouterr().out
    number = printed.partition("text:")[2].partition(" ")[0]
    with pytest.raises(ZeroDivisionError):
        fuzz.main(["--only", f"text:{number}", "--seed", "3"])
