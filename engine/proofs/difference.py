"""What a change means, decided over all plans: of rules, of day, or of offering.

A plan here answers everything: facts, wrongs, safeguards; a settlement every reading. Of each offering one solver is
asked, over both sides, for a plan and a settlement with which one side conflicts and the other does not, first with no
approval given and then with any; and, where neither conflicts, for one that only one side leaves not covered. Where there
is none that is a proof, and else the smallest plan found is put to the ordinary check of either side. Contracts, uses and
texts known by report that stand under no offering play no part.

Two rule sets are put over one vocabulary first (`vocabulary.together`): plans are then told in the later one, and what
only the earlier asks stands beside it. "Equivalent" is said over those plans. Where that vocabulary changed something an
offering reads, the row says so and counts as different, since an earlier plan may have meant another; where the earlier
conditions mean nothing over it, the offering is not compared. Of two offerings, what is asked per offering or per platform
has one answer at both.
"""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..judge.answers import with_counsel
from ..judge.governing import Governing, governing, lacking
from ..judge.model import Verdict
from ..judge.offer import prepare
from ..logic.formula import And, Chosen, Formula, Not, Or, conj, disj, neg
from ..rulebook.model import Rules
from ..rulebook.reads import documents_of
from ..usecase.model import Settlement, UseCase
from .pair import Pair, Way
from .space import Answers, as_plan
from .vocabulary import Change, Together, together


class Outcome(enum.Enum):
    """How the later side stands to the earlier, over all plans."""

    EQUIVALENT = "equivalent"
    STRICTER = "stricter"
    LAXER = "laxer"
    INCOMPARABLE = "incomparable"

    @staticmethod
    def of(stricter: bool, laxer: bool) -> Outcome:
        """From whether there is a plan either way."""
        if stricter:
            return Outcome.INCOMPARABLE if laxer else Outcome.STRICTER
        return Outcome.LAXER if laxer else Outcome.EQUIVALENT


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two that are compared: rules on a day, and how to call it. `max_age` as in `check`."""

    rules: Rules
    day: datetime.date
    name: str
    max_age: int | None = None


@dataclass(frozen=True, slots=True)
class Deciding:
    """A clause or document that decides a witness on the side where it conflicts or is not covered. `how`: "added" or
    "removed" (the other rules have none of that id), "changed", "same", or "elsewhere" (the other side has it, but it is
    not in force or does not bind there). `lifted_by` are permits that override it at the other side; `why` is what a
    document lacks."""

    id: str
    how: str
    lifted_by: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Witness:
    """A smallest plan, with counsel's settlements, on which the sides differ; the ordinary verdicts on either side, and
    what decides it. `approved`: only since approvals are given."""

    way: Way
    answers: Answers
    plan: UseCase
    settlements: tuple[Settlement, ...]
    before: Verdict
    after: Verdict
    decided: tuple[Deciding, ...]
    approved: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """An offering (or two) at both sides. `outcome` is over all approvals, `unapproved` with none; `coverage` says whether
    the later side leaves more not covered ("stricter") or less. None, with `why`, where that was not compared."""

    before: str
    after: str
    outcome: Outcome | None = Outcome.EQUIVALENT
    unapproved: Outcome | None = Outcome.EQUIVALENT
    coverage: Outcome | None = Outcome.EQUIVALENT
    why: str = ""
    witnesses: tuple[Witness, ...] = ()
    untold: tuple[Way, ...] = ()
    """Ways in which they differ, though no answers tell a plan apart from all others that shows it."""
    vocabulary: tuple[Change, ...] = ()
    documents: tuple[str, ...] = ()
    """Documents that the offering comes under, or no longer does: `+id` and `-id`."""

    @property
    def differs(self) -> bool:
        """Whether anything was found, or was not compared."""
        moved = any(change.how != "added" for change in self.vocabulary)
        return moved or (self.outcome, self.coverage) != (Outcome.EQUIVALENT, Outcome.EQUIVALENT)


@dataclass(frozen=True, slots=True)
class Difference:
    """All that a change means. `added` and `removed` are offerings that only one side has."""

    before: Side
    after: Side
    compared: tuple[Compared, ...]
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    vocabulary: tuple[Change, ...] = ()
    shared: Together | None = field(default=None, compare=False)

    @property
    def differs(self) -> bool:
        """Whether the exit code says so."""
        return bool(self.added or self.removed) or any(row.differs for row in self.compared)


def difference(before: Side, after: Side) -> Difference:
    """Every offering of both sides, compared on their days."""
    shared = together(before.rules, after.rules)
    sides = replace(before, rules=shared.before), replace(after, rules=shared.after)
    ids, other = before.rules.offerings, after.rules.offerings
    return Difference(
        before,
        after,
        tuple(_compared(shared, *sides, id, id) for id in ids if id in other),
        tuple(id for id in other if id not in ids),
        tuple(id for id in ids if id not in other),
        shared.changes,
        shared,
    )


def between_offerings(before: Side, first: str, second: str) -> Difference:
    """Two offerings of one rule set, compared on its day."""
    shared = Together(before.rules, before.rules, (), {})
    one, other = replace(before, name=first), replace(before, name=second)
    return Difference(one, other, (_compared(shared, one, other, first, second),), shared=shared)


def _compared(shared: Together, before: Side, after: Side, first: str, second: str) -> Compared:
    offerings = before.rules.offerings[first], after.rules.offerings[second]
    under = _under(offerings[0].documents, offerings[1].documents) if first == second else ()
    row = Compared(first, second, documents=under)
    if why := _unread(shared, before.rules, first):
        return replace(row, outcome=None, unapproved=None, coverage=None, why=why)
    names = _tied(first, second)
    old = renamed(governing(before.rules, offerings[0], before.day), names)
    new = renamed(governing(after.rules, offerings[1], after.day), names)
    equal = _says(before, old) == _says(after, new) and _covers(before, old) == _covers(after, new)
    if equal and not shared.changes:
        return row
    pair = Pair.of(before.rules, old, before.max_age, after.rules, new, after.max_age)
    row = replace(row, vocabulary=tuple(c for c in shared.changes if (c.what, c.id) in _touched(pair)))
    if not equal:
        row = _asked(row, pair, before, after, names)
    pair.close()
    return row


def _under(before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    return (*(f"-{d}" for d in before if d not in after), *(f"+{d}" for d in after if d not in before))


def _unread(shared: Together, rules: Rules, offering: str) -> str:
    """Why the earlier conditions of an offering mean nothing over the later vocabulary, or the empty string."""
    for document in documents_of(rules, rules.offerings[offering].documents) if shared.unread else ():
        for id in (document.id, *document.provisions):
            if id in shared.unread:
                return f"'{id}' of the earlier rules means nothing over the later vocabulary: {shared.unread[id]}"
    return ""


def _says(side: Side, governs: Governing) -> object:
    """What conflicts with plans, whoever says it."""
    return frozenset((c.conflicts, c.duty) for c in governs.clauses)


def _covers(side: Side, governs: Governing) -> object:
    """What leaves plans not covered."""
    short = frozenset(governs.gates[id] for id in lacking(side.rules, governs, side.max_age))
    return frozenset(governs.gates.values()), short, frozenset(gate for _, gate in governs.missing)


def _touched(pair: Pair) -> set[tuple[str, str]]:
    """The facts, terms and readings, by kind and id, that the formulas of either side read."""
    rules, found = pair.rules, set()
    for key in pair.keys:
        if key in rules.readings:
            found.add(("reading", key))
            continue
        fact = rules.facts[key.partition("@")[0]]
        found.add((fact.role, fact.id))
        found |= {("term", term) for term in rules.below.get(fact.domain or "", ()) if fact.kind in ("one", "many")}
    return found


# -- asking


def _asked(row: Compared, pair: Pair, before: Side, after: Side, names: Mapping[str, str]) -> Compared:
    """The row, decided by the solver."""
    found = {way: pair.differs(way) for way in Way}
    witnesses, untold = [], []
    for way, approvals in found.items():
        if approvals is None:
            continue
        told = pair.smallest(way, approvals)
        if told is None:
            untold.append(way)
        else:
            witnesses.append(_witness(row, pair, before, after, names, way, told, approvals))
    there = {way: approvals is not None for way, approvals in found.items()}
    plain = {way: approvals is False for way, approvals in found.items()}
    return replace(
        row,
        outcome=Outcome.of(there[Way.STRICTER], there[Way.LAXER]),
        unapproved=Outcome.of(plain[Way.STRICTER], plain[Way.LAXER]),
        coverage=Outcome.of(there[Way.LESS_COVERED], there[Way.MORE_COVERED]),
        witnesses=tuple(witnesses),
        untold=tuple(untold),
    )


def _witness(
    row: Compared,
    pair: Pair,
    before: Side,
    after: Side,
    names: Mapping[str, str],
    way: Way,
    told: Answers,
    approved: bool,
) -> Witness:
    """The plan, replayed, with what decides it."""
    answers = dict(told)
    for old, new in names.items():
        answers |= {key.partition("@")[0] + old: v for key, v in told.items() if key.endswith(new)}
    plan, settlements = as_plan(pair.rules, row.after, after.day, answers, f"{way.value}: {row.after}")
    plan = replace(plan, offerings=tuple(dict.fromkeys((row.before, row.after))))
    first = replay(before, row.before, plan, settlements)
    second = replay(after, row.after, plan, settlements)
    return Witness(way, answers, plan, settlements, first, second, _decided(pair, way, told), approved)


def replay(side: Side, offering: str, plan: UseCase, settlements: tuple[Settlement, ...]) -> Verdict:
    """The verdict of an ordinary check of a plan at one side."""
    heard = with_counsel(side.rules, plan, settlements)
    offer = prepare(side.rules, heard, side.rules.offerings[offering], settlements, side.day, side.max_age)
    verdict = offer.verdict()
    assert verdict is not None, "a witness is told from a completion"
    return verdict


def _decided(pair: Pair, way: Way, told: Answers) -> tuple[Deciding, ...]:
    side, other = (pair.after, pair.before) if way.later else (pair.before, pair.after)
    gone = "added" if way.later else "removed"
    if way in (Way.LESS_COVERED, Way.MORE_COVERED):
        return tuple(Deciding(id, "same", why=why) for id, why in pair.uncovering(side, told))
    found = []
    counted = {c.id: c for c in other.governing.clauses}
    for clause in pair.conflicting(side, told):
        there = other.rules.provisions.get(clause.id)
        if clause.id in counted:
            same = clause.provision is None or (there is not None and clause.provision.hash == there.hash)
            lifts = pair.lifting(other, clause.id, told)
            found.append(Deciding(clause.id, "same" if same else "changed", lifts))
        else:
            elsewhere = there is not None or (clause.provision is None and clause.document.id in other.rules.documents)
            found.append(Deciding(clause.id, "elsewhere" if elsewhere else gone))
    return tuple(found)


# -- one answer at two offerings


def _tied(first: str, second: str) -> dict[str, str]:
    """The ends of keys that stand for one answer at two offerings: those of the first, and of the second for them."""
    if first == second:
        return {}
    platforms = f"@{first.partition('/')[0]}", f"@{second.partition('/')[0]}"
    return {f"@{first}": f"@{second}"} | ({platforms[0]: platforms[1]} if platforms[0] != platforms[1] else {})


def renamed(governs: Governing, names: Mapping[str, str]) -> Governing:
    """The same formulas with the ends of their keys replaced."""
    if not names:
        return governs

    def change(formula: Formula) -> Formula:
        match formula:
            case And(items):
                return conj(map(change, items))
            case Or(items):
                return disj(map(change, items))
            case Not(item):
                return neg(change(item))
            case Chosen():
                return formula
            case _:
                fact, at, scope = formula.key.partition("@")
                return replace(formula, key=fact + names.get(at + scope, at + scope))

    clauses = tuple(
        replace(
            c,
            bites=change(c.bites),
            conflicts=change(c.conflicts),
            duty=None if c.duty is None else change(c.duty),
        )
        for c in governs.clauses
    )
    gates = {id: change(gate) for id, gate in governs.gates.items()}
    return replace(governs, gates=gates, clauses=clauses, missing=tuple((i, change(g)) for i, g in governs.missing))
