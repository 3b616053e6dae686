"""What plans are drawn from: every provision at every offering that it binds, with the answers that make it bite.

For each of the ways in which a provision bites, is lifted or is kept to there is a table of answers to each question of
it, in which nearly all entries meet that way. `drawing` draws from them; nothing here is random.
"""

from __future__ import annotations

import datetime
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ..judge.governing import Clause, Governing, applies, governing
from ..judge.questions import Keyed
from ..logic.formula import Chosen, Formula, atoms, conj, neg
from ..logic.lower import lower
from ..logic.theory import guard, place_of
from ..rulebook.model import Fact, Place, Rules, fact_of
from ..rulebook.reads import documents_of
from ..usecase.dates import FIRST_YEAR, LAST_YEAR
from ..usecase.model import Answer, FlagValue, Value
from ..usecase.write import value_text
from .background import Harmless, harmless
from .near import Near, Point, near
from .possible import Possible
from .ways import Way, ways

DONT_KNOW = Answer(None, "don't know", "don't know")

WEIGHTS = {
    # role: entries of 64 for no answer, one that hits, a suggested one, a near miss, don't know
    "fact": (2, 58, 2, 1, 1),
    "wrong": (2, 58, 2, 1, 1),
    "safeguard": (30, 14, 2, 16, 2),
    "approval": (46, 8, 0, 9, 1),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing a plan may say: an answer (None: nothing), or that it has an approval. `leans` and `literals` as in
    `Possible`."""

    key: str
    answer: Answer | None
    approved: bool = False
    leans: bool = False
    literals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """64 answers to one question, the plainest first: nearly all meet what a clause asks. `misses` just do not."""

    choices: tuple[Choice, ...]
    misses: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """A harmless answer to a question of the rules, when it is asked, and whether it is a safeguard undertaken."""

    choice: Choice
    dont_know: Choice
    asked: Formula
    safeguard: bool


Tables = tuple[Table, ...]
"""A table for each question of one way in which a clause matters."""


@dataclass(frozen=True, slots=True)
class Target:
    """A clause at an offering, on a day on which it counts."""

    offering: str
    day: datetime.date
    governs: Governing
    clause: Clause


class Source:
    """All that can be drawn of a rule set, each part made when it is first drawn."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.possible = Possible(rules)
        self._targets: dict[str, tuple[Target, ...]] = {}
        self._answered: dict[tuple[str, str], tuple[Tables, ...]] = {}
        self._near: dict[tuple[str, tuple[Point, ...]], Near] = {}
        self._tables: dict[tuple[str, tuple[Point, ...]], Table] = {}
        self._behind: dict[str, tuple[Behind, ...]] = {}
        self._more: dict[str, tuple[Choice, ...]] = {}

    # -- what is drawn

    @cached_property
    def changes(self) -> tuple[datetime.date, ...]:
        """The days on which something begins or ends to count, of those that a use case can name."""
        found = {d.in_force_from for d in self.rules.documents.values()}
        found |= {day for p in self.rules.provisions.values() for day in (p.start, p.until)}
        return tuple(sorted(day for day in found if day is not None and FIRST_YEAR < day.year < LAST_YEAR))

    @cached_property
    def days(self) -> tuple[datetime.date, ...]:
        """These days, and those before them."""
        return tuple(sorted({*self.changes, *(day - datetime.timedelta(1) for day in self.changes)}))

    @cached_property
    def today(self) -> datetime.date:
        """The day of most plans: the last on which anything changed."""
        seen = [d.age_from for d in self.rules.documents.values() if d.age_from]
        return max([*self.days, *seen], default=datetime.date(2026, 1, 1))

    @cached_property
    def versions(self) -> tuple[str, ...]:
        """The vocabularies that lack some term."""
        found = sorted({t.since for t in self.rules.terms.values() if t.since})
        return (f"{int(found[0][:4]) - 1}-12", *found[:-1]) if found else ()

    def targets(self, offering: str) -> tuple[Target, ...]:
        """The clauses of an offering, each on a day on which it counts."""
        if offering not in self._targets:
            one = self.rules.offerings[offering]
            found: dict[str, Target] = {}
            for day in (self.today, *sorted(set(self._other_days(offering)))):
                governs = governing(self.rules, one, day)
                for clause in governs.clauses:
                    found.setdefault(clause.id, Target(offering, day, governs, clause))
            self._targets[offering] = tuple(found.values())
        return self._targets[offering]

    def _other_days(self, offering: str) -> Iterator[datetime.date]:
        """A day for whatever can govern the offering and does not count on the day of most plans."""
        for document in documents_of(self.rules, self.rules.offerings[offering].documents):
            if document.in_force_from is not None and not document.in_force(self.today):
                yield document.in_force_from
            for provision in (self.rules.provisions[id] for id in document.provisions):
                if not provision.in_force(self.today):
                    yield provision.start or (provision.until or self.today) - datetime.timedelta(1)

    def ways_of(self, target: Target) -> tuple[Tables, ...]:
        """The ways in which a clause matters."""
        key = target.offering, target.clause.id
        if key not in self._answered:
            made = (self._tables_of(way) for way in self._ways(target))
            self._answered[key] = tuple(one for one in made if one is not None)
        return self._answered[key]

    def behind(self, offering: str) -> tuple[Behind, ...]:
        """Harmless answers to what the rules of an offering ask."""
        if offering not in self._behind:
            found = harmless(self.rules, offering, self.today)
            self._behind[offering] = tuple(map(self._harmless, found))
        return self._behind[offering]

    def more(self, offering: str) -> tuple[Choice, ...]:
        """Answers to anything that the rules of an offering ask."""
        if offering not in self._more:
            points: dict[str, dict[Point, None]] = {}
            for target in self.targets(offering):
                for atom in atoms(target.clause.bites if target.clause.duty is None else target.clause.duty):
                    if not isinstance(atom, Chosen) and not self._fact(atom.key).for_counsel:
                        points.setdefault(atom.key, {})[atom, True] = None
            tables = (self._table(key, (point,)) for key, each in points.items() for point in each)
            self._more[offering] = tuple(
                dict.fromkeys(c for t in tables if t for c in (*t.choices, *t.misses) if c.answer or c.approved)
            )
        return self._more[offering]

    # -- how it is made

    def _fact(self, key: str) -> Fact:
        return self.rules.facts[fact_of(key)]

    def _ways(self, target: Target) -> Iterator[Way]:
        """To bite; to be lifted by each exception, or each permit; to be kept to."""
        clause, provision = target.clause, target.clause.provision
        formulas: list[Formula] = [clause.conflicts if clause.duty is None else conj((clause.bites, neg(clause.duty)))]
        if provision is not None and provision.kind in ("permit", "reserve"):
            formulas = [clause.bites]
        if provision is not None:
            place = target.governs.place(clause.document)
            when = conj((target.governs.gates[clause.document.id], lower(provision.when, self.rules, place)))
            formulas += [conj((when, lower(e.condition, self.rules, place))) for e in provision.exemptions]
            over = [c for c in target.governs.clauses if c.provision and clause.id in c.provision.overrides]
            formulas += [conj((applies(self.rules, provision, place), c.bites)) for c in over]
        if provision is not None and provision.duties:
            kept = neg(clause.conflicts) if clause.duty is None else clause.duty
            formulas.append(conj((clause.bites, kept)))
        for formula in formulas:
            yield from ways(formula)

    def _tables_of(self, way: Way) -> Tables | None:
        """The tables of a way; None where it cannot be gone."""
        points: dict[str, dict[Point, None]] = {}
        for atom, wanted in way:
            if not isinstance(atom, Chosen) and not self._fact(atom.key).for_counsel:
                points.setdefault(atom.key, {})[atom, wanted] = None
        for key in list(points):
            if any(wanted for _, wanted in points[key]):
                self._ask(key, points)
        tables = [self._table(key, tuple(each)) for key, each in points.items()]
        whole = tuple(table for table in tables if table is not None)
        return whole if len(whole) == len(tables) else None

    def _ask(self, key: str, points: dict[str, dict[Point, None]]) -> None:
        """The points of the questions because of which this one is asked."""
        asked = guard(self._fact(key), self.rules, place_of(key, Place("", ""), {}))
        for atom, wanted in next(iter(ways(asked)), ()):
            if not isinstance(atom, Chosen) and atom.key not in points:
                points[atom.key] = {(atom, wanted): None}
                self._ask(atom.key, points)

    def _table(self, key: str, points: tuple[Point, ...]) -> Table | None:
        """The answers to a question of which these points are asked; None where nothing meets them."""
        if (key, points) not in self._tables:
            found = self._near_of(key, points)
            hits = [self._said(key, value) for value in found.hits]
            if not hits:
                return None
            fact = self._fact(key)
            out, hit, suggested, miss, unknown = WEIGHTS[fact.role]
            misses = [self._said(key, value) for value in found.misses]
            by_form = Answer(found.hits[0], "suggested", value_text(fact, found.hits[0]), "a form")
            sure = replace(hits[0], answer=by_form)
            choices = (
                *[Choice(key, None)] * out,
                *[hits[0]] * (hit - hit // 2),
                *_spread(hits[1:] or hits, hit // 2),
                *[sure] * suggested,
                *_spread(misses or hits, miss),
                *[Choice(key, DONT_KNOW)] * unknown,
            )
            self._tables[key, points] = Table(choices, tuple(misses))
        return self._tables[key, points]

    def _harmless(self, one: Harmless) -> Behind:
        sure = replace(self._said(one.key, one.value), leans=False)
        safeguard = self._fact(one.key).role == "safeguard"
        return Behind(sure, Choice(one.key, DONT_KNOW), one.asked, safeguard)

    def _near_of(self, key: str, points: tuple[Point, ...]) -> Near:
        """`near`, of which the offering does not matter."""
        fact = self._fact(key)
        asked = tuple((_moved(atom, fact.id), wanted) for atom, wanted in points)
        if (fact.id, asked) not in self._near:
            self._near[fact.id, asked] = near(self.rules, fact, asked)
        return self._near[fact.id, asked]

    def _said(self, key: str, value: Value) -> Choice:
        fact = self._fact(key)
        answer = Answer(value, "given", value_text(fact, value))
        given = fact.role == "approval" and value == FlagValue(True)
        possible = self.possible
        return Choice(key, None if given else answer, given, possible.leans(key), possible.literals(key, answer))


_kept: OrderedDict[int, Source] = OrderedDict()
MOST_KEPT = 4


def source_of(rules: Rules) -> Source:
    """The source of a rule set; those of the last few are kept."""
    source = _kept.pop(id(rules), None) or Source(rules)
    _kept[id(rules)] = source
    if len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return source


def _moved(atom: Keyed, key: str) -> Keyed:
    return replace(atom, key=key)


def _spread(choices: Sequence[Choice], count: int) -> Iterator[Choice]:
    """As many entries, shared out among the choices in their order."""
    return (choices[i * len(choices) // count] for i in range(count))
