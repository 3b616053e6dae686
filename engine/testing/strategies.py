"""What rule authors draw: plans over a rule set, completions of a plan, whole rule sets and single provisions.

With `trial` the only module here that knows hypothesis. Everything is one draw of bytes, since what a draw costs is its
number of choices; `drawing` and `dice` say what they mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import note, strategies as st

from ..cases.mutants import Mutant, mutants
from ..judge.answers import with_counsel
from ..judge.check import refuse_clashes
from ..judge.decide import Plan
from ..language import parse
from ..language.diagnostics import clip, did_you_mean
from ..language.tree import File
from ..rulebook.model import Rules
from ..usecase.model import Settlement, UseCase
from ..usecase.write import as_yaml
from .dice import Dice, dealt
from .drawing import Drawing
from .fill import filled, plan_over, told
from .generate import AWAY, TOWARDS, Draft, draw_provision, draw_rules, draw_words, words_of
from .source import source_of
from .write import write


def use_cases(
    rules: Rules, *, offerings: Iterable[str] | None = None, about: Iterable[str] | None = None
) -> st.SearchStrategy[UseCase]:
    """Plans that some completion agrees with, each for one or two of the `offerings` (ids; all where None).

    Nearly all are about one provision, and answer what it reads so that it bites, is lifted or is kept to, or just misses
    it; half of them also have a harmless answer to all the rest. `about` (ids of provisions, documents, or reserved
    silences) limits what they can be about. They shrink to the fewest answers; the simplest says nothing. Plans with
    `uses` are not drawn. Raises ValueError where there is no such id, or nothing of `about` binds one of the offerings.
    """
    wanted = _known(offerings, rules.offerings, "offering")
    if not rules.offerings:
        raise ValueError("these rules have no offering, so there is nothing to plan for")
    silences = [f"{d.id}/silence" for d in rules.documents.values() if d.silence is not None]
    subjects = _known(about, (*rules.provisions, *rules.documents, *silences), "provision")
    drawing = Drawing(source_of(rules), tuple(rules.offerings) if wanted is None else wanted, subjects)
    if subjects is not None and not drawing.targets:
        raise ValueError(f"nothing of {', '.join(subjects)} binds any of these offerings")
    return _plans(drawing, st.binary(min_size=drawing.size, max_size=drawing.size))


@st.composite
def _plans(draw: st.DrawFn, drawing: Drawing, numbers: st.SearchStrategy[bytes]) -> UseCase:
    plan = drawing.plan(draw(numbers))
    note(Shown(drawing.source.rules, plan))
    return plan


@dataclass(frozen=True)
class Shown:
    """A plan that hypothesis shows as a use-case file where a test fails."""

    rules: Rules
    plan: UseCase

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(f"As a use-case file:\n\n{as_yaml(self.rules, self.plan)}")


def completions(
    rules: Rules, use_case: UseCase, *, settlements: tuple[Settlement, ...] = (), presumed: bool = True
) -> st.SearchStrategy[UseCase]:
    """Plans that say all of it, and agree with `use_case`: an exact answer to every fact, safeguard, approval and wrong that
    the rules of its offerings read. What is counsel's stays open, but is in agreement with `settlements`.

    Where `presumed`, what the plan does not say of wrongs and approvals is absent, as a verdict presumes; else they too are
    filled in. They shrink to the fewest elements and safeguards. An answer that the language of use cases cannot say
    exactly (some other kind of T beside a kind of T) is left as the plan has it. Raises UseCaseError where the plan is
    impossible.
    """
    refuse_clashes(rules, with_counsel(rules, use_case, settlements), settlements)
    plan = plan_over(rules, use_case, settlements)
    agreed = [*plan.known(), *plan.without_approvals()] if presumed else plan.stated
    return st.binary(min_size=64, max_size=64).map(lambda dice: _completed(plan, use_case, agreed, dealt(dice)))


def _completed(plan: Plan, use_case: UseCase, agreed: list[int], dice: Dice) -> UseCase:
    completion = filled(plan, agreed, dice)
    assert completion is not None, "a plan without completions is refused before"
    whole = told(plan.rules, use_case, completion, completion)
    note(Shown(plan.rules, whole))
    return whole


SET = 1_000
"""The bytes of a rule set: as many as nearly all take."""


def rule_sets() -> st.SearchStrategy[dict[str, str]]:
    """Small whole rule sets that load (`mayuse.load.load_texts`), as texts by file name: a vocabulary, one or two platforms
    with offerings, and one to three documents with every kind of provision."""
    return st.binary(min_size=SET, max_size=SET).map(_rule_set)


def _rule_set(dice: bytes) -> dict[str, str]:
    return {name: write(file) for name, file in draw_rules(dealt(dice)).items()}


def provisions(texts: Mapping[str, str] | None = None) -> st.SearchStrategy[str]:
    """Single provisions, called `drawn`, as text. Over the vocabulary of `texts` (such as `rule_sets` gives) they load
    when put at the end of a document of it; over one of their own, where None, they parse."""
    files = None if texts is None else [parse(text, name)[0] for name, text in texts.items()]
    return st.binary(min_size=300, max_size=300).map(lambda dice: _provision(files, dealt(dice)))


def _provision(files: list[File] | None, dice: Dice) -> str:
    words = draw_words(dice) if files is None else words_of(files, dice)
    kind = dice.pick(("prohibit", "require", "permit", "reserve"))
    pushes = {"prohibit": {TOWARDS}, "require": {TOWARDS}, "permit": {AWAY}, "reserve": set[int]()}[kind]
    drawn = draw_provision(words, Draft("a/document/drawn", kind, False, [], pushes), ())
    return write(File("drawn.rules", (drawn,)))


def _known(ids: Iterable[str] | None, known: Iterable[str], what: str) -> tuple[str, ...] | None:
    """The ids, in their order, each once. Raises ValueError where one is unknown."""
    if ids is None:
        return None
    there = dict.fromkeys(known)
    named = tuple(dict.fromkeys([ids] if isinstance(ids, str) else ids))
    for id in named:
        if id not in there:
            near = did_you_mean(id, there, "'mayuse list' shows what there is")
            raise ValueError(f"unknown {what} '{clip(id)}'; {near}")
    if not named:
        raise ValueError(f"no {what} is named; None stands for all")
    return named


def mutations(rules: Rules, *, documents: Iterable[str] | None = None) -> st.SearchStrategy[Mutant]:
    """Single faults of the provisions, of these documents (by id) or of all; `mayuse.cases.mutants.mutated` makes the rules
    that have one. They shrink to the first provision. Raises ValueError where there is no such document, or no provision.
    """
    wanted = _known(documents, rules.documents, "document")
    every = list(mutants(rules, wanted))
    if not every:
        raise ValueError("these rules have no provision that could have a fault")
    return st.sampled_from(every)
