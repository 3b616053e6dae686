"""What the laws are tried on: rules, what is drawn over them, and the engine's answers; and how a broken law is told.

A law is told with the smallest plan that breaks it, as files to save, and the commands that show it.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from ..judge.answers import with_counsel
from ..judge.model import Verdict
from ..judge.offer import Offer, prepare
from ..language.diagnostics import RulesError
from ..load import load_rules, read_folders
from ..proofs.ground import Ground as Places
from ..rulebook.model import Rules, fact_of
from ..rulebook.reads import reads
from ..usecase.model import Answer, Settlement, UseCase
from ..usecase.write import as_yaml, settlements_yaml, value_text
from .changes import reordered
from .complete import Completion
from .dice import Dice
from .fill import filled, settled
from .source import source_of

Settled = tuple[Settlement, ...]


@dataclass
class Ground:
    """`folders` are those of the rules that were added to the shipped ones, `texts` all of their texts by file name."""

    rules: Rules
    folders: tuple[str, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)

    def about(self) -> tuple[str, ...] | None:
        """The documents of the added folders; None where there are none, and everything counts."""
        return tuple(d.id for d in self.rules.documents.values() if self.folders and self.is_tried(d.file)) or None

    def is_tried(self, file: str) -> bool:
        """Whether a file is one of the added folders', where there are any."""
        homes = [Path(folder).as_posix().rstrip("/") + "/" for folder in self.folders]
        return not homes or any(file.startswith(home) for home in homes)

    @cached_property
    def places(self) -> Places:
        """Every plan at each place, for what is expected there."""
        return Places(self.rules, source_of(self.rules).today)

    @cached_property
    def turned(self) -> Rules:
        """The same rules, read from files and blocks that stand the other way round."""
        return reordered(self.texts)

    # -- what the engine says

    def offer(self, plan: UseCase, settlements: Settled = (), rules: Rules | None = None) -> Offer:
        """The plan at the first of its offerings."""
        rules = rules or self.rules
        heard = with_counsel(rules, plan, settlements)
        return prepare(rules, heard, rules.offerings[self.offering(plan)], settlements, self.day(plan))

    def verdict(self, plan: UseCase, settlements: Settled = (), rules: Rules | None = None) -> Verdict | None:
        """The verdict there; None where no completion agrees with the plan."""
        return self.offer(plan, settlements, rules).verdict()

    def offering(self, plan: UseCase) -> str:
        """The first of the plan's offerings."""
        return (plan.offerings or tuple(self.rules.offerings))[0]

    def day(self, plan: UseCase) -> datetime.date:
        """The plan's day."""
        return plan.as_of or source_of(self.rules).today

    # -- what is drawn

    def settle(self, plan: UseCase, dice: Dice) -> Settled:
        """Some of the readings that the offering's rules turn on, settled."""
        if not dice.chance(40):
            return ()
        readings = [self.rules.readings[id] for id in reads(self.rules, [self.offering(plan)]).readings]
        return tuple(Settlement(r.id, dice.pick(r.choices)[0]) for r in readings if dice.chance(50))

    def completion(self, offer: Offer, dice: Dice, star: bool = False, approved: bool = False) -> Completion | None:
        """A completion in which what is presumed absent is; with `star` every safeguard is undertaken that can be, and
        where `approved` every approval given."""
        plan = offer.plan
        agreed = [*plan.known(), *(plan.with_all_approvals() if approved else plan.without_approvals())]
        return filled(plan, [*agreed, *(plan.with_safeguards() if star else ())], dice)


def stand_on(folders: Sequence[str]) -> Ground:
    """The shipped rules and those of `folders`. Raises ValueError with every error of theirs."""
    try:
        return Ground(load_rules(*folders), tuple(folders), read_folders(*folders))
    except RulesError as error:
        count = len(error.diagnostics)
        told = "\n".join(one.render() for one in error.diagnostics)
        raise ValueError(f"{count} error{'s' if count > 1 else ''} in the rules\n{told}") from None


class Broken(AssertionError):
    """A law that does not hold: what was seen, and the plans that show it, by the names of their files."""

    def __init__(self, seen: str, plans: dict[str, UseCase], settlements: Settled = ()) -> None:
        self.seen, self.plans, self.settlements = seen, plans, settlements
        super().__init__(seen)


def broken(
    ground: Ground,
    seen: str,
    plan: UseCase,
    settlements: Settled = (),
    changed: UseCase | None = None,
    completion: Completion | None = None,
) -> Broken:
    """A law broken by a plan; by the plan as `changed`; or in a completion of it."""
    name = ground.offering(plan)
    plans = {"plan.yaml": replace(plan, offerings=(name,))}
    if changed is not None:
        plans["changed.yaml"] = replace(changed, offerings=(name,))
    if completion is not None:
        settlements = settled(ground.rules, completion)
    return Broken(f"{name}: {seen}", plans, settlements)


def told_as_files(ground: Ground, failure: Broken) -> str:
    """The plans as use-case files, what counsel settled as a readings file, and the commands that check them."""
    rules, parts = ground.rules, []
    files = {name: as_yaml(rules, _sayable(rules, plan)) for name, plan in failure.plans.items()}
    options = "".join(f" --rules {folder}" for folder in ground.folders)
    if failure.settlements:
        files["counsel.yaml"] = settlements_yaml(rules, failure.settlements)
        options += " --readings counsel.yaml"
    for name, text in files.items():
        parts.append(f"--- {name}\n{text}")
    commands = "\n".join(f"mayuse check {name}{options}" for name in failure.plans)
    return "\n".join(["The smallest plan that was found. Save what follows each '---' under the name there:", ""]) + (
        f"\n{''.join(parts)}---\n\nThen:\n\n{commands}\n"
    )


def _sayable(rules: Rules, plan: UseCase) -> UseCase:
    """The plan without answers that no use case can say."""

    def can_be_said(key: str, answer: Answer) -> bool:
        try:
            return answer.value is None or bool(value_text(rules.facts[fact_of(key)], answer.value))
        except ValueError:
            return False

    return replace(plan, answers={k: a for k, a in plan.answers.items() if can_be_said(k, a)})
