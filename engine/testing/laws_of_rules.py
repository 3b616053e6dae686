"""The laws that compare two rule sets, two days or two runs, and the one about the texts themselves."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from ..judge.governing import governing
from ..language import parse
from ..language.format import format_text
from ..usecase.model import UseCase
from ..usecase.write import as_yaml
from .changes import emptied, narrowed, unborn, without_provision
from .complete import Completion, holds
from .dice import Dice
from .fill import told
from .ground import Broken, Ground, broken
from .law import FREE, law, words
from .source import source_of

RUN = """
import hashlib, sys
from mayuse import check, load_rules
from mayuse.report.json import render_json
from mayuse.usecase import load_use_case
rules = load_rules(*sys.argv[2:])
print(hashlib.sha256(render_json(check(rules, load_use_case(rules, sys.argv[1]))).encode()).hexdigest())
"""
"""What another process runs to say the bytes of a report."""


@law(
    "law-04-order-never-matters",
    "The order of files, and of what stands in them, changes no verdict.",
    "of any kind",
)
def order_never_matters(ground: Ground, plan: UseCase, dice: Dice) -> bool:
    if not ground.texts:
        return False
    settlements = ground.settle(plan, dice)
    before, after = ground.verdict(plan, settlements), ground.verdict(plan, settlements, ground.turned)
    if before is not after:
        seen = f"{words(before)}, and {words(after)} with all files and blocks the other way round"
        raise broken(ground, seen, plan, settlements)
    return True


@law(
    "law-05-a-prohibition-less-never-adds-a-conflict",
    "Taking a prohibition away never adds a conflict in any completion.",
    "under a prohibition",
)
def prohibitions_only_forbid(ground: Ground, plan: UseCase, dice: Dice) -> bool:
    offer = ground.offer(plan)
    completion = ground.completion(offer, dice)
    bans = [c.id for c in offer.governing.clauses if c.provision and c.provision.kind == "prohibit"]
    if completion is None or not bans or _conflicts(ground, plan, completion):
        return False
    gone = dice.pick(bans)
    less = replace(ground, rules=without_provision(ground.rules, gone))
    if _conflicts(less, plan, completion):
        whole = told(ground.rules, plan, completion, completion)
        seen = f"a completion (changed.yaml) conflicts without '{gone}', and not with it"
        raise broken(ground, seen, plan, (), whole, completion)
    return True


def _conflicts(ground: Ground, plan: UseCase, completion: Completion) -> bool:
    """Whether a clause conflicts in a completion; a standing duty does not count."""
    offering = ground.rules.offerings[ground.offering(plan)]
    contract = plan.contracts.get(offering.platform)
    day = (contract.as_of if contract else None) or ground.day(plan)
    governs = governing(ground.rules, offering, day, bool(contract and contract.negotiated))
    return any(c.duty is None and holds(c.conflicts, completion) for c in governs.clauses)


@law(
    "law-09-formatting-keeps-what-is-said",
    "A rules file that is formatted says what it said, and is not changed by formatting it again.",
    "of any kind",
    price=10**9,
)
def formatting_keeps(ground: Ground, plan: UseCase, dice: Dice) -> bool:
    for name, text in ground.texts.items():
        made = format_text(text, name)
        if parse(made, name)[0].blocks != parse(text, name)[0].blocks or format_text(made, name) != made:
            raise Broken(f"'{name}' says something else when it is formatted", {})
    return bool(ground.texts)


@law(
    "law-10-a-verdict-is-constant-between-change-dates",
    "Between two days on which a text or a provision begins or ends, the verdict stays the same.",
    "of any kind",
)
def days_between_are_alike(ground: Ground, plan: UseCase, dice: Dice) -> bool:
    changes = source_of(ground.rules).changes or (ground.day(plan),)
    span = datetime.timedelta(400)
    edges = [changes[0] - span, *changes, changes[-1] + span]
    at = dice.below(len(edges) - 1)
    first, last = edges[at], edges[at + 1] - datetime.timedelta(1)
    settlements = ground.settle(plan, dice)
    one, other = (replace(plan, as_of=day, contracts={}) for day in (first, last))
    before, after = ground.verdict(one, settlements), ground.verdict(other, settlements)
    if before is not after:
        seen = f"{words(before)} on {first}, and {words(after)} on {last} (changed.yaml)"
        raise broken(ground, seen, one, settlements, other)
    return True


@law(
    "law-14-same-input-same-bytes",
    "The same plan, rules and day give the same report, byte by byte, whatever the process.",
    "possible",
    price=30,
)
def bytes_are_the_same(ground: Ground, plan: UseCase, dice: Dice) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plan.yaml"
        file.write_text(as_yaml(ground.rules, plan), "utf-8")
        path = os.pathsep.join(filter(None, sys.path))
        said = {
            subprocess.run(
                [sys.executable, "-c", RUN, str(file), *ground.folders],
                env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
                capture_output=True,
                encoding="utf-8",
                check=True,
            ).stdout
            for seed in ("1", "2")
        }
    if len(said) != 1:
        raise broken(ground, "two runs give two reports", plan)
    return True


@law(
    "law-16-knowing-less-never-frees",
    "A document that is taken away, is read in part only, or is not in force yet, makes no verdict permitted or conditional.",
    "governed by a document",
    price=2,
)
def knowing_less_never_frees(ground: Ground, plan: UseCase, dice: Dice) -> bool:
    settlements = ground.settle(plan, dice)
    offer = ground.offer(plan, settlements)
    before = offer.verdict()
    if before in (*FREE, None) or not offer.governing.gates:
        return False
    document = dice.pick(sorted(offer.governing.gates))
    for change, what in ((emptied, "without what is in"), (narrowed, "having read in part"), (unborn, "before")):
        after = ground.verdict(plan, settlements, change(ground.rules, document))
        if after in FREE:
            raise broken(ground, f"{words(before)}, and {words(after)} {what} '{document}'", plan, settlements)
    return True
