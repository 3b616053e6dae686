"""Every law fails for some engine that breaks it: a law that could not fail would say nothing.

Most are broken by a moody engine, whose verdicts are those of another plan; a few by something of their own.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import Phase, settings
from mayuse.judge.decide import Plan
from mayuse.judge.explanation import StatedChange, WitnessExplained
from mayuse.judge.model import Verdict
from mayuse.judge.offer import Offer
from mayuse.judge.remedy import stated_changes
from mayuse.judge.whatif import witness_pair
from mayuse.language import tree
from mayuse.load import load_texts
from mayuse.logic.truth import Truth
from mayuse.rulebook.model import Rules
from mayuse.testing import ground, laws_of_plans, laws_of_rules
from mayuse.testing.changes import emptied
from mayuse.testing.dice import seeded
from mayuse.testing.generate import draw_rules
from mayuse.testing.ground import Broken, Ground
from mayuse.testing.law import Law
from mayuse.testing.laws import ALL
from mayuse.testing.trial import told, tried
from mayuse.testing.write import write

Patch = Callable[[pytest.MonkeyPatch], None]
LINES = [v for v in Verdict if v is not Verdict.NOT_COVERED]


def moody(patch: pytest.MonkeyPatch) -> None:
    line = Plan.line

    def other_line(self: Plan, *of: Any, **more: Any) -> Verdict | None:
        found = line(self, *of, **more)
        said = {key: answer.value for key, answer in self.use_case.answers.items()}
        mood = zlib.crc32(repr((said, self.use_case.approvals, self.use_case.as_of)).encode())
        return None if found is None else LINES[(LINES.index(found) + mood) % len(LINES)]

    patch.setattr(Plan, "line", other_line)


def others_stricter(rules: Rules, id: str) -> Rules:
    """In place of a prohibition taken away: the others bite always."""
    provisions = {
        p.id: replace(p, when=tree.Always(), exemptions=()) if p.kind == "prohibit" and p.id != id else p
        for p in rules.provisions.values()
    }
    return replace(rules, provisions=provisions)


def all_too_well(*of: Any) -> list[StatedChange]:
    """Other answers, each with the best of verdicts promised."""
    return [replace(change, verdict=Verdict.PERMITTED) for change in stated_changes(*of)]


def first_document_gone(texts: dict[str, str]) -> Rules:
    rules = load_texts(texts)
    return emptied(rules, next(iter(rules.documents)))


def alike(*of: Any) -> tuple[WitnessExplained, ...]:
    """Witnesses that both say that the plan conflicts."""
    return tuple(replace(witness, conflicts=True) for witness in witness_pair(*of))


OWN: dict[str, Patch] = {
    "law-03": lambda p: p.setattr(laws_of_plans, "kleene", lambda formula, truth: Truth.TRUE),
    "law-04": lambda p: p.setattr(ground, "reordered", first_document_gone),
    "law-05": lambda p: p.setattr(laws_of_rules, "without_provision", others_stricter),
    "law-06-witnesses": lambda p: p.setattr(laws_of_plans, "witness_pair", alike),
    "law-09": lambda p: p.setattr(laws_of_rules, "format_text", lambda text, name: "# nothing\n"),
    "law-14": lambda p: p.setattr(laws_of_rules, "RUN", "import os; print(os.urandom(8))"),
    "law-15-other": lambda p: p.setattr(laws_of_plans, "stated_changes", all_too_well),
    "law-16": lambda p: p.setattr(Offer, "shortfalls", lambda self, extra=(): []),
}


@pytest.fixture(autouse=True)
def _what_breaks_need_not_be_small() -> Iterator[None]:
    settings.register_profile("any", settings.default, phases=[Phase.generate], database=None, derandomize=True)
    before = settings.get_current_profile_name()
    settings.load_profile("any")
    yield
    settings.load_profile(before)


@pytest.mark.parametrize("law", ALL, ids=[law.name for law in ALL])
def test_the_law_is_broken_by_an_engine_that_breaks_it(law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    next((patch for name, patch in OWN.items() if law.name.startswith(name)), moody)(monkeypatch)
    for seed in range(12):
        texts = {name: write(file) for name, file in draw_rules(seeded(seed)).items()}
        tested = Ground(load_texts(texts), (), texts)
        try:
            tried(tested, law, 60)
        except Broken as failure:
            said = told(tested, law, failure)
            assert law.sentence in said and failure.seen in said
            assert "mayuse check plan.yaml" in said or not failure.plans
            return
    pytest.fail(f"{law.name} holds all the same")
