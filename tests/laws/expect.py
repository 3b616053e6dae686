"""Expectations over drawn rule sets: what a rule set may say of its own verdicts, drawn so that it loads.

Their conditions are those of the rule set's own provisions, so that they are about what matters there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mayuse.language import tree as t
from mayuse.testing.dice import Dice
from mayuse.testing.generate import names, nodes

from .changes import Files

ANSWERED = ("fact", "wrong", "safeguard")


def with_expectations(files: Mapping[str, t.File], dice: Dice) -> Files:
    """Files with up to three expectations at the end of each."""
    facts = [node for file in files.values() for node in nodes(file) if isinstance(node, t.Fact)]
    platforms = [node for file in files.values() for node in nodes(file) if isinstance(node, t.Platform)]
    changed: Files = {}
    for path, file in files.items():
        document = next((path.removesuffix(".rules") for b in file.blocks if isinstance(b, t.Document)), None)
        offerings = [
            f"{platform.name}/{offering.name}"
            for platform in platforms
            for offering in platform.offerings
            if document in (None, *(_absolute(str(d), str(platform.name)) for d in offering.under))
        ]
        whens = [b.when for b in file.blocks if isinstance(b, t.Provision)]
        whens += [f.asked_when for f in facts if f.asked_when is not None]
        drawn = [_draw(dice, f"Expectation {n} in {path}", facts, offerings, whens) for n in range(dice.below(4))]
        changed[path] = t.File(path, (*file.blocks, *drawn))
    return changed


def _absolute(document: str, platform: str) -> str:
    return document if "/" in document else f"{platform}/{document}"


def _draw(
    dice: Dice, title: str, facts: Sequence[t.Fact], offerings: Sequence[str], whens: Sequence[t.Condition]
) -> t.Expect:
    kind = dice.pick(("never permitted", "never conflict", "always conditional", "regardless", "same as"))
    about = dice.some(offerings, 1, 2) if dice.chance(40) else []
    named: list[str] = []
    if kind == "always conditional":
        named = dice.some([str(f.name) for f in facts if f.role == "safeguard"], 1, 2)
    elif kind == "regardless":
        named = dice.some([str(f.name) for f in facts if f.role in ANSWERED], 1, 3)
    elif kind == "same as" and len(offerings) > 1:
        named = [dice.pick(offerings)]
        about = [offering for offering in about if offering not in named]
    elif kind == "same as":
        kind = "never conflict"
    when = dice.pick(whens) if whens and dice.chance(80) else None
    note = t.Text("Why so") if dice.chance(20) else None
    return t.Expect(t.Text(title), t.Claim(kind, names(*named)), when, names(*about), note)
