"""Expectations over drawn rule sets: they are read and laid out as drawn, and nothing that is judged changes."""

from __future__ import annotations

import dataclasses

from hypothesis import given, strategies as st
from mayuse.language import format_text, parse, tree as t
from mayuse.rulebook.model import Rules
from mayuse.testing.dice import Dice
from mayuse.testing.write import write

from laws import adapter
from laws.expect import with_expectations
from laws.plans import Sample, samples

dice = st.randoms(use_true_random=False).map(lambda r: Dice(r.randrange))
LATER = ("expectations", "sha256")
"""What of the rules may be another with expectations: they themselves, and the sum over all texts."""


@given(samples(), dice)
def test_law_9_expectations_are_read_as_written(sample: Sample, dice: Dice) -> None:
    for path, file in with_expectations(sample.files, dice).items():
        assert parse(write(file), path) == (file, [])
        assert parse(format_text(write(file), path), path) == (file, [])


@given(samples(), dice)
def test_expectations_leave_all_that_is_judged_as_it_was(sample: Sample, dice: Dice) -> None:
    files = with_expectations(sample.files, dice)
    expecting = dataclasses.replace(sample, files=files)
    before, after = adapter.load(sample), adapter.load(expecting)
    assert len(after.expectations) == sum(isinstance(b, t.Expect) for file in files.values() for b in file.blocks)
    for field in dataclasses.fields(Rules):
        assert field.name in LATER or getattr(before, field.name) == getattr(after, field.name), field.name
    rows = [adapter.report(sample, rules) for rules in (before, after)]
    assert (rows[0] and rows[0].verdicts) == (rows[1] and rows[1].verdicts)
    assert expecting.verdicts() == sample.verdicts()
