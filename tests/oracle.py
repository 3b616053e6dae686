"""A second opinion on every verdict, by enumeration of completions, straight from the syntax tree.

Every combination of values of all the questions that matter is one bit of an integer, and a condition is the integer of
the combinations in which it holds. Then the table of semantics.md ("From provisions to a verdict") is read off, line by
line. It shares no code with the resolver, the formulas, the solver or the judge (`meaning.py` is its own resolver). Not
for use: it cannot count past some two dozen open questions.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import math
import operator
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from mayuse.language import tree as t
from mayuse.usecase.model import Answer, FlagValue, RangeValue, Settlement, TermsValue, UseCase
from meaning import Formula, Place, Rules, Value, ask, asks, given, iff, minimal

Settled = Iterable[Settlement]


def union(masks: Iterable[int]) -> int:
    """The combinations in any of `masks`."""
    return functools.reduce(operator.or_, masks, 0)


class Judged:
    """One offering under one use case: all completions, and what the table says of them."""

    def __init__(
        self,
        rules: Rules,
        case: UseCase,
        offering: str,
        settled: Settled = (),
        max_age: int | None = None,
        enumerates: bool = True,
        waived: Iterable[str] = (),
    ):
        self.rules, self.case, self.offering, self.max_age = rules, case, offering, max_age
        self.settled, self.waived = {s.id: s for s in settled}, set(waived)
        self.platform = offering.partition("/")[0]
        contract = case.contracts.get(self.platform)
        self.negotiated = contract is not None and contract.negotiated
        self.day = (contract and contract.as_of) or case.as_of or datetime.date.min
        self.gates: dict[str, Formula] = {}  # of every document reached: the alternatives through which it governs
        for name in rules.offerings[offering].under:
            self._reach(self._id(name, self.platform), ("and",), ())
        self.governing: dict[str, list[str]] = {d: [] for d in self.gates if self._dates(d)[0] <= self.day}
        for p in filter(self._counts, rules.provisions):
            self.governing[p.rpartition("/")[0]].append(p)
        self.bites: dict[str, Formula] = {}
        for p in itertools.chain(*self.governing.values()):
            self._bite(p)
        if enumerates:
            self._enumerate()

    # Which documents and provisions count.

    def _id(self, name: t.Name, platform: str) -> str:
        return name.text if "/" in name.text else f"{platform}/{name}"

    def _place(self, where: str) -> Place:
        platform, document, *_ = where.split("/")
        return Place(platform, self.offering, f"{platform}/{document}", where)

    def _reach(self, document: str, gate: Formula, path: tuple[str, ...]) -> None:
        text, place = self.rules.documents[document], self._place(document)
        if document in path or (self.negotiated and not path and not isinstance(text.evidence, t.Own)):
            return
        applies = text.applies_when.condition if text.applies_when else t.Always()
        gate = ("and", gate, self.rules.lower(applies, place))
        self.gates[document] = ("or", self.gates.get(document, ("or",)), gate)
        for part in text.incorporates if self._dates(document)[0] <= self.day else ():
            when = self.rules.lower(part.when or t.Always(), place)
            self._reach(self._id(part.document, place.platform), ("and", gate, when), (*path, document))

    def _dates(self, document: str) -> tuple[datetime.date, datetime.date]:
        """Since when the text is in force, and when it was last seen."""
        d, always = self.rules.documents[document], t.Date(datetime.date.min)
        reported = d.evidence.on if isinstance(d.evidence, t.Reported) else None
        start, seen = d.effective or d.updated or d.captured or reported, d.seen or d.captured or reported
        return (start or always).value, (seen or t.Date(self.day)).value

    def _counts(self, provision: str) -> bool:
        p, document = self.rules.provisions[provision], provision.rpartition("/")[0]
        bound = [self._id(name, document.partition("/")[0]) for name in p.offerings]
        started = not p.in_force or p.in_force.start.value <= self.day
        ended = p.in_force and p.in_force.until and p.in_force.until.value <= self.day
        return document in self.governing and started and not ended and (not bound or self.offering in bound)

    def _overridden(self, permit: str) -> list[str]:
        platform, document, _ = permit.split("/")
        names = [n.text for clause in self.rules.provisions[permit].overrides for n in clause.provisions]
        return ["/".join([*[platform, document][: 2 - name.count("/")], name]) for name in names]

    def _bite(self, provision: str) -> Formula:
        if provision not in self.bites:
            p, place = self.rules.provisions[provision], self._place(provision)
            permits = [q for q in itertools.chain(*self.governing.values()) if provision in self._overridden(q)]
            lifts = [self.rules.lower(u.condition, place) for u in p.unless] + [self._bite(q) for q in permits]
            when, gate = self.rules.lower(p.when, place), self.gates[place.document]
            self.bites[provision] = ("and", gate, when, ("not", ("or", *lifts)))
        return self.bites[provision]

    def _fails(self, provision: str) -> Formula:
        """Some duty that is due fails."""
        place, lower = self._place(provision), self.rules.lower
        thats = self.rules.provisions[provision].that
        return ("or", *(("and", lower(d.when or t.Always(), place), ("not", lower(d.duty, place))) for d in thats))

    # The completions.

    def place_of(self, key: str) -> Place:
        """Where a question is asked."""
        at = key.partition("@")[2]
        return Place(at.partition("/")[0] or self.platform, at if "/" in at else self.offering)

    def asked(self, key: str) -> Formula:
        """Whether a question arises."""
        return self.rules.lower(self.rules.fact(key).asked_when or t.Always(), self.place_of(key))

    def _implied(self, key: str) -> list[str]:
        return [self.rules.key(name.text, self.place_of(key)) for name in self.rules.fact(key).implies]

    def said(self, key: str) -> Callable[[Value], bool] | None:
        """What was said (or, of misconduct, is presumed) about a question, as a test of its value."""
        fact, below = self.rules.fact(key), self.rules.below
        answer: Answer | Settlement | None = self.settled.get(key, self.case.answers.get(key))
        if key in self.case.approvals:
            return bool
        if isinstance(answer, Settlement) and fact.type.kind == "choice":
            choice = answer.choice
            return lambda v: v == choice
        if answer is None and fact.role == "wrong":
            return operator.not_
        match answer and answer.value:
            case FlagValue(yes):
                return lambda v: v == yes
            case RangeValue(low, high, above, under):
                beyond = operator.gt if above else operator.ge, operator.lt if under else operator.le
                bounds = [(test, b) for test, b in zip(beyond, (low, high), strict=True) if b is not None]
                return lambda v: v is not None and all(test(v, b) for test, b in bounds)
            case TermsValue(listed, excluded, complete):
                version = self.case.vocabulary
                late = below(x for x, term in self.rules.terms.items() if version and (term.since or "") > version)
                closed = complete and fact.type.kind == "many"
                most = below(listed) | late if closed else frozenset(self.rules.terms)
                return lambda v: all(v & below([x]) for x in listed) and not v & below(excluded) and v <= most
        return None

    def _enumerate(self) -> None:
        formulas = [*self.bites.values(), *self.gates.values(), *map(self._fails, self.bites)]
        todo = [found for f in formulas for found in asks(f)]
        for key, answer in self.case.answers.items():
            ends = (answer.value.low, answer.value.high) if isinstance(answer.value, RangeValue) else ()
            todo.append(ask(key, bool, *(bound for bound in ends if bound is not None)))
        todo += [ask(key) for key in (*self.settled, *self.case.approvals)]
        todo += [ask(f"{d}/silence") for d in self.governing if self.rules.documents[d].silence_reserved]
        bounds: dict[str, set[Decimal]] = {}
        while todo:
            _, key, _, found = todo.pop()
            if key not in bounds:
                todo += asks(self.asked(key)) + list(map(ask, self._implied(key)))
            bounds.setdefault(key, set()).update(found)
        self.domains: dict[str, list[Value]] = {}
        for key in sorted(bounds):
            self.domains[key] = [*filter(self.said(key) or (lambda _: True), self.rules.values(key, bounds[key]))]
        sizes = [len(domain) for domain in self.domains.values()]
        self.everything = (1 << math.prod(sizes)) - 1
        self.strides = dict(zip(self.domains, itertools.accumulate(sizes, operator.mul, initial=1), strict=False))
        facts = {k: self.rules.fact(k) for k in self.domains}
        self.roles = {k: "reading" if fact.for_counsel else fact.role for k, fact in facts.items()}
        self.masks: dict[int, tuple[Formula, int]] = {}
        self.valid = self.mask(("and", *map(self._consistent, self.domains)))
        self.safeguards, self.approvals = (
            [k for k, r in self.roles.items() if r == role and not self.said(k)] for role in ("safeguard", "approval")
        )

    def _consistent(self, key: str) -> Formula:
        asked, has, kind = self.asked(key), ask(key, given), self.rules.fact(key).type.kind
        fits = iff(has, asked) if kind in ("one", "number", "count") else ("or", ("not", has), asked)
        return ("and", fits, *(("or", ("not", has), ask(k)) for k in self._implied(key)))

    def _can(self, key: str) -> Formula:
        """A safeguard or approval is stated or, unstated, can be: it is asked, and all that it implies is or can be."""
        return ask(key) if self.said(key) else ("and", self.asked(key), *(self._can(k) for k in self._implied(key)))

    def where_possible(self, keys: Iterable[str]) -> int:
        """The combinations in which these safeguards or approvals are there wherever they can be."""
        return self.mask(("and", *(iff(ask(k), self._can(k)) for k in keys)))

    def column(self, key: str, index: int) -> int:
        """The combinations in which a question has the value at `index` of its domain."""
        stride, period = self.strides[key], self.strides[key] * len(self.domains[key])
        bits = ((1 << stride) - 1) << (stride * index)
        while period < self.everything.bit_length():
            bits |= bits << period
            period *= 2
        return bits & self.everything

    def mask(self, formula: Formula) -> int:
        """The combinations in which a formula holds, as bits."""
        if id(formula) not in self.masks:
            match formula:
                case ("ask", key, test, _):
                    bits = union(self.column(key, i) for i, value in enumerate(self.domains[key]) if test(value))
                case ("and", *parts):
                    bits = functools.reduce(operator.and_, map(self.mask, parts), self.everything)
                case ("or", *parts):
                    bits = union(map(self.mask, parts))
                case ("not", part):
                    bits = self.everything & ~self.mask(part)
            self.masks[id(formula)] = formula, bits
        return self.masks[id(formula)][1]

    # The table.

    def conflicts(self, base: int) -> int:
        """C; `base` are the completions of what is stated and presumed."""
        bad = 0
        for document, provisions in self.governing.items():
            for provision in provisions:
                p, bites, fails = self.rules.provisions[provision], self.bites[provision], self._fails(provision)
                if provision in self.waived:
                    continue
                if p.kind == "prohibit":
                    bad |= self.mask(bites)
                elif p.kind == "require" and p.when == t.Always() and not any(d.when for d in p.that):
                    bad |= 0 if base & ~self.mask(fails) else self.mask(bites)  # a standing duty
                elif p.kind == "require":
                    bad |= self.mask(bites) & self.mask(fails)
            if self.rules.documents[document].silence_reserved:
                permits = [self.bites[p] for p in provisions if self.rules.provisions[p].kind == "permit"]
                lifted = self.mask(("or", ask(f"{document}/silence"), *permits))
                bad |= self.mask(self.gates[document]) & ~lifted
        return bad

    def uncovered(self, base: int) -> bool:
        """Some text that governs in one of the completions is not known well enough, or there is none in one of them."""
        known = []
        for name, gate in self.gates.items():
            d, can, age = self.rules.documents[name], base & self.mask(gate) != 0, self.day - self._dates(name)[1]
            if can:
                whole = d.coverage is not None and d.coverage.whole and bool(self.governing.get(name))
                old = self.max_age is not None and age.days > self.max_age
                known.append(whole and not old and not isinstance(d.evidence, t.Reported))
        return bool(base & ~self.mask(("or", *self.gates.values()))) or not all(known)

    def verdict(self, only: int = -1, approved: Iterable[str] = ()) -> str:
        """The first line of the table that holds, over the completions in `only` with these approvals as well."""
        waiting = [a for a in self.approvals if a not in set(approved)]
        base = self.valid & only & self.mask(("and", *(ask(a) for a in approved)))
        if not base:
            return "no completion"
        presumed = base & ~self.mask(("or", *map(ask, waiting)))
        bad = self.conflicts(presumed)
        best = presumed & self.where_possible(self.safeguards)
        if not base & self.where_possible(self.safeguards) & self.where_possible(waiting) & ~bad:
            return "conflict"
        if not best & ~bad:
            return "needs approval"
        if any(best & r & bad and best & r & ~bad for r in self.settlements()):
            return "undetermined"
        if best & bad:
            return "contested"
        if self.uncovered(base):
            return "not covered"
        return "conditional" if presumed & bad else "permitted"

    def settlements(self) -> Iterator[int]:
        """Every way to settle the readings and the facts for counsel, each as the combinations it leaves: a word on a
        question that is not asked changes nothing."""
        keys = [k for k, role in self.roles.items() if role == "reading"]
        unasked = {k: self.everything & ~self.mask(self.asked(k)) for k in keys}
        for columns in itertools.product(
            *([self.column(k, i) | unasked[k] for i in range(len(self.domains[k]))] for k in keys)
        ):
            yield functools.reduce(operator.and_, columns, self.everything)

    # What would help, and what is asked.

    def completion(self, bit: int) -> dict[str, Value]:
        """The values of all questions in one combination."""
        return {key: domain[bit // self.strides[key] % len(domain)] for key, domain in self.domains.items()}

    def presumed(self) -> int:
        """The completions with no approval but those that are stated."""
        return self.valid & ~self.mask(("or", *map(ask, self.approvals)))

    def safeguard_sets(self) -> list[frozenset[str]]:
        """The minimal sets of unstated safeguards that, undertaken wherever they can be, exclude conflict.

        A set counts with all that it implies: to undertake more of those is no smaller a set.
        """
        bad = self.presumed() & self.conflicts(self.presumed())
        found = minimal(self.safeguards, lambda some: not bad & self.where_possible(some))
        whole = {some: some.union(*map(self._all_implied, some)) for some in found}
        return [some for some in found if not any(less < whole[some] for less in whole.values())]

    def _all_implied(self, key: str) -> set[str]:
        return {key}.union(*map(self._all_implied, self._implied(key)))

    def approval_sets(self) -> dict[frozenset[str], str]:
        """The inclusion-minimal sets of unstated approvals that leave "needs approval", and the verdict of each."""
        stuck = ("needs approval", "no completion")
        found = minimal(self.approvals, lambda some: self.verdict(approved=some) not in stuck)
        return {some: self.verdict(approved=some) for some in found}

    def questions(self) -> set[str]:
        """The facts of the planner that are not told, or not told enough, and change C somewhere."""
        return {k for k, role in self.roles.items() if role in ("fact", "wrong") and self.changes(k)}

    def changes(self, key: str) -> bool:
        """Whether C differs between two completions that differ in one question and in those asked only through it."""
        free = {k for k in self.domains if key in self.behind(k)} | {key}
        bad = self.conflicts(self.presumed())
        return bool(self._without(free, self.presumed() & bad) & self._without(free, self.presumed() & ~bad))

    def behind(self, key: str) -> set[str]:
        """The questions on whose answers it depends whether `key` is asked, or a safeguard can be undertaken."""
        direct = {question[1] for question in asks(self.asked(key))}.union(self._implied(key))
        return direct.union(*map(self.behind, direct))

    def _without(self, keys: Iterable[str], bits: int) -> int:
        """The combinations of the other questions that some values of `keys` complete to one in `bits`."""
        for key in keys:
            shifts = (self.strides[key] * i for i in range(len(self.domains[key])))
            bits = union(bits >> shift & self.column(key, 0) for shift in shifts)
        return bits

    def biting(self, kind: str) -> dict[str, int]:
        """Where each provision of a kind bites, among the completions with the approvals that are stated."""
        return {
            p: self.mask(f) & self.presumed() for p, f in self.bites.items() if self.rules.provisions[p].kind == kind
        }
