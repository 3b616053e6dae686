"""A second opinion on plans with `uses`: one underlying answer to each question, heard by a use only where it asks it.

No copies and no ties as the engine has them: a use's condition is rewritten to read the plan's one answer, or the use's
own, as empty wherever the question does not arise in that use. Safeguards may be undertaken in one use and not in
another, which is never a better plan. The table is the oracle's own.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import math
import operator
from collections.abc import Iterator

from mayuse.language import tree as t
from mayuse.usecase.model import RangeValue, UseCase
from meaning import Formula, Rules, Value, ask, asks, given, iff
from oracle import Judged, Settled

EMPTY: dict[str, Value] = {"flag": False, "one": frozenset(), "many": frozenset(), "number": None, "count": None}


MOST = 1 << 16
"""A plan of more combinations is not enumerated: nothing can be asked of it but its `size`."""


class Chain(Judged):
    """All uses of a plan under one completion."""

    def __init__(self, rules: Rules, case: UseCase, settled: Settled = (), max_age: int | None = None):
        self.rules, self.case, self.settled = rules, case, {s.id: s for s in settled}
        self.known: dict[tuple[int, str], Formula] = {}
        self.parts = [
            Judged(rules, heard(rules, case, use), use.offering, settled, max_age, enumerates=False)
            for use in case.uses
        ]
        self.own = [{key.partition("@")[0] for key in use.answers} for use in case.uses]
        self.stated = [set(own) for own in self.own]
        for own in self.own:
            while more := {f for f in rules.blocks[t.Fact] if self._linked(f) & own} - own:
                own |= more
        self._enumerate()

    def _linked(self, fact: str) -> set[str]:
        """The safeguards that one brings, and those that bring it."""
        facts = self.rules.blocks[t.Fact]
        return {x.text for x in facts[fact].implies} | {f for f in facts if fact in [x.text for x in facts[f].implies]}

    # One use's reading of a question.

    def name(self, i: int, key: str) -> str:
        """The variable that holds the answer to `key` in use `i`."""
        fact = self.rules.fact(key)
        return f"{key}#{i}" if key.partition("@")[0] in self.own[i] or fact.role == "safeguard" else key

    def at(self, i: int, formula: Formula) -> Formula:
        """A formula as use `i` reads it."""
        if formula[0] != "ask":
            return (formula[0], *(self.at(i, part) for part in formula[1:]))
        _, key, test, bounds = formula
        plain = ask(self.name(i, key), test, *bounds)
        kind = self.rules.fact(key).type.kind
        if kind == "choice":
            return plain
        asked = self.asked_in(i, key)
        return ("or", ("and", asked, plain), ("and", ("not", asked), ("and",) if test(EMPTY[kind]) else ("or",)))

    def asked_in(self, i: int, key: str) -> Formula:
        """Whether use `i` asks a question."""
        if (i, key) not in self.known:
            self.known[i, key] = self.at(i, self.parts[i].asked(key))
        return self.known[i, key]

    def _enumerate(self) -> None:
        reads: list[dict[str, set]] = []
        for part in self.parts:
            formulas = [*part.bites.values(), *part.gates.values(), *map(part._fails, part.bites)]
            todo = [found for f in formulas for found in asks(f)]
            for key, answer in part.case.answers.items():
                ends = (answer.value.low, answer.value.high) if isinstance(answer.value, RangeValue) else ()
                todo.append(ask(key, bool, *(bound for bound in ends if bound is not None)))
            todo += [ask(key) for key in (*self.settled, *self.case.approvals)]
            todo += [ask(f"{d}/silence") for d in part.governing if self.rules.documents[d].silence_reserved]
            bounds: dict[str, set] = {}
            while todo:
                _, key, _, found = todo.pop()
                if key not in bounds:
                    todo += asks(part.asked(key)) + list(map(ask, part._implied(key)))
                bounds.setdefault(key, set()).update(found)
            reads.append(bounds)
        every: dict[str, set] = {}
        for bounds in reads:
            for key, found in bounds.items():
                every.setdefault(key, set()).update(found)
        self.domains: dict[str, list[Value]] = {}
        self.roles: dict[str, str] = {}
        self.of: dict[str, tuple[int, str]] = {}
        for i, bounds in enumerate(reads):
            for key in bounds:
                name, said = self.name(i, key), self.parts[i].said(key) or (lambda _: True)
                self.of.setdefault(name, (i, key))
                self.domains.setdefault(name, [v for v in self.rules.values(key, every[key]) if said(v)])
                fact = self.rules.fact(key)
                self.roles[name] = "reading" if fact.for_counsel else fact.role
        sizes = [len(domain) for domain in self.domains.values()]
        self.size = math.prod(sizes)
        if self.size > MOST:
            return
        self.everything = (1 << math.prod(sizes)) - 1
        self.strides = dict(zip(self.domains, itertools.accumulate(sizes, operator.mul, initial=1), strict=False))
        self.masks: dict[int, tuple[Formula, int]] = {}
        self.valid = self.mask(("and", *(self._fits(i, key) for i, bounds in enumerate(reads) for key in bounds)))
        self.safeguards, self.approvals = (
            [n for n, r in self.roles.items() if r == role and not self.parts[self.of[n][0]].said(self.of[n][1])]
            for role in ("safeguard", "approval")
        )

    def _fits(self, i: int, key: str) -> Formula:
        """What is said holds in use `i`, a question has its answer there, and brings what it implies."""
        part, kind = self.parts[i], self.rules.fact(key).type.kind
        has = self.at(i, ask(key, given))
        must = iff(has, self.asked_in(i, key)) if kind in ("one", "number", "count") else ("and",)
        said = part.said(key)
        holds = self.at(i, ask(key, said)) if said else ("and",)
        # The plan's answer to a question that this use may make pointless is heard only where the use asks it.
        if self._asked_because(part, key) & self.stated[i] and key.partition("@")[0] not in self.stated[i]:
            holds = ("or", ("not", self.asked_in(i, key)), holds)
        return ("and", must, holds, *(("or", ("not", has), self.at(i, ask(k))) for k in part._implied(key)))

    def _asked_because(self, part: Judged, key: str) -> set[str]:
        """The facts on which it depends whether a question is asked."""
        direct = {question[1] for question in asks(part.asked(key))}
        names = {k.partition("@")[0] for k in direct}
        return names.union(*(self._asked_because(part, k) for k in direct))

    def _can_be(self, i: int, key: str) -> Formula:
        part = self.parts[i]
        if part.said(key):
            return self.at(i, ask(key))
        return ("and", self.asked_in(i, key), *(self._can_be(i, k) for k in part._implied(key)))

    def where_possible(self, keys: object) -> int:
        """The combinations in which these safeguards or approvals are there wherever they can be."""
        names = [self.of[name] for name in keys]  # type: ignore[attr-defined]
        return self.mask(("and", *(iff(self.at(i, ask(key)), self._can_be(i, key)) for i, key in names)))

    def settlements(self) -> Iterator[int]:
        """Every way to settle what is for counsel: one word for the whole plan."""
        keys = [k for k, role in self.roles.items() if role == "reading"]
        for columns in itertools.product(*([self.column(k, i) for i in range(len(self.domains[k]))] for k in keys)):
            yield functools.reduce(operator.and_, columns, self.everything)

    # The table's two questions, over all uses.

    def conflicts(self, base: int) -> int:
        """C: some use conflicts."""
        bad = 0
        for i, part in enumerate(self.parts):
            part.mask = lambda formula, i=i: self.mask(self.at(i, formula))  # type: ignore[method-assign]
            bad |= part.conflicts(base)
        return bad

    def uncovered(self, base: int) -> bool:
        """Some use runs on a text that is not known well enough."""
        found = False
        for i, part in enumerate(self.parts):
            part.mask = lambda formula, i=i: self.mask(self.at(i, formula))  # type: ignore[method-assign]
            found |= part.uncovered(base)
        return found


def heard(rules: Rules, case: UseCase, use: object) -> UseCase:
    """The plan as one use has it."""
    own = {key.partition("@")[0] for key in use.answers}  # type: ignore[attr-defined]
    shared = {key: answer for key, answer in case.answers.items() if key.partition("@")[0] not in own}
    return dataclasses.replace(case, answers={**shared, **use.answers}, uses=())  # type: ignore[attr-defined]
