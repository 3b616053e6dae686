"""What conditions say, for the oracle: blocks of a syntax tree by id, and formulas over the questions they ask.

The oracle's own resolver, naive and independent of the engine's: it checks nothing and trusts that the files load.
"""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mayuse.language import tree as t

Value = Any  # a flag's bool, a frozenset of direct terms (`one of`: at most one), a Decimal or None, a reading's choice
Formula = tuple[Any, ...]  # ("and", …), ("or", …), ("not", f), ("ask", key, test, bounds)

COMPARISONS = {"above": operator.gt, "below": operator.lt, "at least": operator.ge, "at most": operator.le}


def ask(key: str, test: Callable[[Value], bool] = bool, *bounds: Decimal) -> Formula:
    """The value of the question `key` passes `test`, which tells numbers apart at `bounds`."""
    return ("ask", key, test, bounds)


def asks(formula: Formula) -> list[Formula]:
    """Every ("ask", …) in a formula."""
    return [formula] if formula[0] == "ask" else [found for part in formula[1:] for found in asks(part)]


def iff(a: Formula, b: Formula) -> Formula:
    """Both or neither."""
    return ("or", ("and", a, b), ("not", ("or", a, b)))


def given(value: Value) -> bool:
    """Yes, a non-empty set, or a number: what only an asked question can have."""
    return value is not None and value is not False and value != frozenset()


def minimal(items: Sequence[str], good: Callable[[frozenset[str]], bool]) -> list[frozenset[str]]:
    """The inclusion-minimal good sets, smallest first."""
    found: list[frozenset[str]] = []
    for some in (frozenset(c) for n in range(len(items) + 1) for c in itertools.combinations(items, n)):
        if not any(smaller <= some for smaller in found) and good(some):
            found.append(some)
    return found


@dataclass(frozen=True)
class Place:
    """Where a condition stands (its document, if any, and provision), and for which offering it is asked."""

    platform: str
    offering: str
    document: str = ""
    provision: str = ""


class Rules:
    """The blocks of all files by kind and id, and what conditions mean at a place."""

    def __init__(self, files: Iterable[tuple[str, t.File]]) -> None:
        self.blocks: dict[type, dict[str, Any]] = {kind: {} for kind in t.Block.__args__}  # type: ignore[attr-defined]
        files = list(files)
        owner = {folder: b.name for folder, file in files for b in file.blocks if isinstance(b, t.Platform)}
        for folder, file in files:
            home = ""
            for block in file.blocks:
                if isinstance(block, t.Expect):  # says what verdicts should be, and makes none
                    continue
                name = (
                    f"{home}{block.name}" if isinstance(block, (t.Define, t.Reading, t.Provision)) else block.name.text
                )
                if isinstance(block, t.Document):
                    name = f"{owner[folder]}/{block.name}"
                    home = f"{name}/"
                self.blocks[type(block)][name] = block
        self.terms, self.provisions = self.blocks[t.Term], self.blocks[t.Provision]
        self.documents, self.platforms = self.blocks[t.Document], self.blocks[t.Platform]
        self.offerings = {f"{p}/{o.name}": o for p, platform in self.platforms.items() for o in platform.offerings}

    def fact(self, key: str) -> t.Fact:
        """The question of a key: a fact, a reading, or (with slashes) an approval of a provision or of silence."""
        name = key.partition("@")[0]
        if name in self.blocks[t.Fact]:
            return self.blocks[t.Fact][name]
        role, kind = ("reading", "choice") if name in self.blocks[t.Reading] else ("approval", "flag")
        return t.Fact(role, t.Name(name), t.Text(""), t.FactType(kind), for_counsel=role == "reading")

    def key(self, name: str, place: Place) -> str:
        """The key under which a fact is answered at a place."""
        where = {None: "", "platform": f"@{place.platform}", "offering": f"@{place.offering}"}
        return name + where[self.fact(name).per]

    def below(self, names: Iterable[str]) -> frozenset[str]:
        """Every term at or below one of `names`."""
        found = frozenset(names)
        while more := {x for x, term in self.terms.items() if found.intersection(map(str, term.under))} - found:
            found |= more
        return found

    def lower(self, c: t.Condition, place: Place) -> Formula:
        """A condition with its names resolved at a place."""

        def scoped(kind: type, name: t.Name) -> str:
            own = f"{place.document}/{name}"
            return own if own in self.blocks[kind] else name.text

        def terms(names: tuple[t.Name | t.This, ...]) -> frozenset[str]:
            this = {"vendor": self.platforms[place.platform].vendor, "platform": place.platform}
            return self.below(str(this[x.what] if isinstance(x, t.This) else x) for x in names)

        match c:
            case t.Always():
                return ("and",)
            case t.And(items) | t.Or(items):
                return ("and" if isinstance(c, t.And) else "or", *(self.lower(x, place) for x in items))
            case t.Not(item):
                return ("not", self.lower(item, place))
            case t.ApprovedByPlatform():
                return ask(place.provision)
            case t.Holds(name):
                define = self.blocks[t.Define].get(scoped(t.Define, name))
                return self.lower(define.condition, place) if define else ask(self.key(name.text, place))
            case t.ReadingIs(reading, choice):
                return ask(scoped(t.Reading, reading), lambda v: v == choice.text)
            case t.Compare(fact, op, t.Number(_, limit)):
                return ask(self.key(fact.text, place), lambda v: v is not None and COMPARISONS[op](v, limit), limit)
            case t.Test(fact, op, names, others):
                inside, outside, key = terms(names), terms(others), self.key(fact.text, place)
                if op == "is not":
                    return ask(key, lambda v: bool(v) and not v & inside)
                if op == "is only":
                    return ask(key, lambda v: bool(v) and v <= inside)
                return ask(key, lambda v: bool((v & inside) - outside))

    def values(self, key: str, bounds: Iterable[Decimal]) -> list[Value]:
        """Every value that a question can have; of numbers one on, between and beyond all `bounds`."""
        kind, domain = self.fact(key).type.kind, self.fact(key).type.domain
        if kind == "flag":
            return [False, True]
        if kind == "choice":
            return [choice.name.text for choice in self.blocks[t.Reading][key].choices]
        if kind in ("one", "many"):
            terms = sorted(self.below([str(domain)]))
            sizes = range(2 if kind == "one" else len(terms) + 1)
            return [frozenset(some) for size in sizes for some in itertools.combinations(terms, size)]
        marks = sorted({Decimal(1), *bounds})
        if kind == "count":
            near = {n + k for mark in marks for n in (math.floor(mark), math.ceil(mark)) for k in (-1, 0, 1)}
            return [None, *(Decimal(n) for n in sorted(near) if n >= 0)]
        return [None, marks[0] - 1, *marks, *((a + b) / 2 for a, b in itertools.pairwise(marks)), marks[-1] + 1]
