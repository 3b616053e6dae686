"""What loads is monotone: over careless rule sets, each of them is refused or keeps the promise of language.md.

Refusing a safeguard or an approval never removes a conflict; one element more, in a list that has one, neither. The
engine proves it at load, by polarity or by its solver; here it is counted.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator

from hypothesis import assume, given, strategies as st
from mayuse.language import RulesError, tree as t
from mayuse.load import load_texts
from mayuse.testing.dice import Dice, seeded
from mayuse.testing.generate import DAY, draw_rules
from mayuse.usecase.model import Answer, UseCase
from oracle import Judged

from laws.changes import rebuild_files
from laws.plans import Sample, small

LONG_AGO = t.Date(datetime.date(2025, 1, 5))


def draw_careless(dice: Dice) -> Sample:
    """Rules whose conditions push anywhere, all in force, and a use case that says nothing and presumes nothing."""
    files = rebuild_files(draw_rules(dice, list_guards=False, careless=True), _always_in_force)
    wrongs = [name for name, fact in Sample(files, UseCase()).rules().blocks[t.Fact].items() if fact.role == "wrong"]
    return Sample(files, UseCase(as_of=DAY, answers=dict.fromkeys(wrongs, Answer(None, "don't know"))))


def _always_in_force(node: object) -> object:
    match node:
        case t.Provision():
            return dataclasses.replace(node, in_force=None)
        case t.Document():
            return dataclasses.replace(node, effective=None, updated=None, captured=LONG_AGO)
    return node


def breaches(judged: Judged) -> Iterator[str]:
    """The questions of which one safeguard less, or one element more, removes a conflict in some completion."""
    bad = judged.conflicts(judged.valid) & judged.valid
    good = judged.valid & ~bad
    for key, values in judged.domains.items():
        for i, before in enumerate(values):
            for k, after in enumerate(values):
                refused = judged.roles[key] in ("safeguard", "approval") and before is True and after is False
                added = isinstance(before, frozenset) and before < after and len(after) == len(before) + 1 and before
                if refused or (added and judged.rules.fact(key).type.kind == "many"):
                    here, shift = bad & judged.column(key, i), judged.strides[key] * abs(k - i)
                    if (here << shift if k > i else here >> shift) & good:
                        yield key


@given(st.integers(0, 2**32).map(lambda seed: draw_careless(seeded(seed))))
def test_what_loads_is_monotone(sample: Sample) -> None:
    assume(small(sample))
    found = [key for judged in sample.judged().values() for key in breaches(judged)]
    try:
        load_texts(sample.texts())
    except RulesError as error:
        assert {d.code for d in error.diagnostics} <= {"M120", "M121"}
        return
    assert not found


def test_careful_rules_load_and_careless_ones_do_not() -> None:
    """The proof refuses something, and nothing of what is drawn with care."""
    refused = 0
    for seed in range(120):
        load_texts(Sample(draw_rules(seeded(seed)), UseCase()).texts())
        try:
            load_texts(draw_careless(seeded(seed)).texts())
        except RulesError:
            refused += 1
    assert 12 <= refused <= 60
