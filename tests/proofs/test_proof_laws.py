"""Claims are exact: over drawn rule sets they come out as an enumeration of all completions says.

The oracle knows nothing of solvers, spaces or witnesses. It is asked with every wrong left open, since a claim is about
all plans; what is not in force on the day is asked about on the first day that it is.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from hypothesis import given, strategies as st
from laws.plans import MOST, Sample
from mayuse.language import tree as t
from mayuse.load import load_texts
from mayuse.proofs import bites, expectations, parts
from mayuse.proofs.ground import Ground
from mayuse.proofs.model import Outcome
from mayuse.rulebook.model import Expectation
from mayuse.testing import expected as sampled
from mayuse.testing.dice import Dice, seeded
from mayuse.testing.generate import DAY, draw_rules, nodes
from mayuse.usecase.model import Answer, UseCase
from meaning import Formula, Place, Rules, ask, asks
from oracle import Judged, union


class Enumerated:
    """Every completion at every offering, with nothing said and nothing presumed."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.days: dict[datetime.date, dict[str, Judged]] = {}

    def on(self, day: datetime.date) -> dict[str, Judged]:
        """The offerings on a day."""
        if day not in self.days:
            wrongs = [name for name, fact in self.rules.blocks[t.Fact].items() if fact.role == "wrong"]
            case = UseCase(as_of=day, answers=dict.fromkeys(wrongs, Answer(None, "don't know")))
            self.days[day] = {o: Judged(self.rules, case, o) for o in self.rules.offerings}
        return self.days[day]


def draw(seed: int) -> tuple[Any, Enumerated]:
    """The engine's rules, and the oracle's, few enough combinations to enumerate."""
    dice = seeded(seed)
    while True:
        sample = Sample(draw_rules(dice), UseCase())
        found = Enumerated(sample.rules())
        if all(j.everything.bit_length() <= MOST for j in found.on(DAY).values()):
            return load_texts(sample.texts()), found


drawn = st.integers(0, 2**32).map(draw)


def caught(judged: Judged, id: str, but: int | str | None = None) -> int:
    """The completions in which a provision bites, and fails where it has duties; were there not one of its exceptions (by
    its place), or a permit (by id) that overrides it."""
    p, place = judged.rules.provisions[id], judged._place(id)
    lifts = [judged.rules.lower(u.condition, place) for i, u in enumerate(p.unless) if i != but]
    over = [f for q, f in judged.bites.items() if id in judged._overridden(q) and q != but]
    gate, when = judged.gates[place.document], judged.rules.lower(p.when, place)
    failing = judged._fails(id) if p.that else ("and",)
    return judged.valid & judged.mask(("and", gate, when, failing, ("not", ("or", *lifts, *over))))


def places(rules: Any, found: Enumerated, ground: Ground, id: str) -> Iterator[Judged]:
    """Every offering at which a provision counts."""
    provision = rules.provisions[id]
    day = ground.first_day(rules.documents[provision.document], provision)
    for judged in found.on(day).values() if day else ():
        if id in judged.bites:
            yield judged


@given(drawn)
def test_a_provision_can_bite_where_a_completion_says_so(rules_found: tuple[Any, Enumerated]) -> None:
    rules, found = rules_found
    ground = Ground(rules, DAY)
    for id, provision in rules.provisions.items():
        if ground.led_to(rules.documents[provision.document]):
            claim = bites.claim(ground, id)
            assert (claim.outcome is Outcome.HOLDS) == any(caught(j, id) for j in places(rules, found, ground, id)), id
            assert bool(claim.witnesses) != bool(claim.why)
    ground.close()


@given(drawn)
def test_an_exception_and_an_override_can_lift_where_a_completion_says_so(
    rules_found: tuple[Any, Enumerated],
) -> None:
    rules, found = rules_found
    ground = Ground(rules, DAY)
    for id, provision in rules.provisions.items():
        if not ground.led_to(rules.documents[provision.document]) or not ground.clauses(id):
            continue  # that it can never bite is a claim of its own
        claims = list(parts.claims(ground, provision))
        there = list(places(rules, found, ground, id))
        lifting = [c.outcome is Outcome.HOLDS for c in claims if c.question == "unless"]
        for i, unless in enumerate(found.rules.provisions[id].unless if there else ()):
            lifts = [caught(j, id, i) & j.mask(j.rules.lower(unless.condition, j._place(id))) for j in there]
            assert lifting[i] == any(lifts), id
        acting = [c.outcome is Outcome.HOLDS for c in claims if c.question == "override"]
        for can, target in zip(acting, provision.overrides if there else (), strict=True):
            if not ground.led_to(rules.documents[rules.provisions[target].document]):
                continue
            at = list(places(rules, found, ground, target))
            assert can == any(id in j.bites and caught(j, target, id) & j.mask(j.bites[id]) for j in at), (id, target)
        kept = [c.outcome is Outcome.HOLDS for c in claims if c.question == "that"]
        expected = [
            any(_due(j, id, duty, broken) for j in there)
            for duty in (found.rules.provisions[id].that if there else ())
            for broken in (True, False)
        ]
        assert kept == expected, id
    ground.close()


def _due(judged: Judged, id: str, duty: t.That, broken: bool) -> int:
    place = judged._place(id)
    kept = judged.mask(judged.rules.lower(duty.duty, place))
    due = judged.mask(judged.rules.lower(duty.when or t.Always(), place))
    return judged.valid & judged.mask(judged.bites[id]) & due & (~kept if broken else kept)


# ---- expectations


def conflicts(judged: Judged, document: str | None) -> int:
    """The completions that conflict, by the clauses of a document or of all."""
    bad = 0
    for name, provisions in judged.governing.items():
        if document in (None, name):
            kinds = {p: judged.rules.provisions[p].kind for p in provisions}
            bad |= union(caught(judged, p) for p, kind in kinds.items() if kind in ("prohibit", "require"))
            if judged.rules.documents[name].silence_reserved:
                permits = [judged.bites[p] for p, kind in kinds.items() if kind == "permit"]
                bad |= judged.mask(judged.gates[name]) & ~judged.mask(("or", ask(f"{name}/silence"), *permits))
    return bad & judged.valid


def undertaken(judged: Judged, keys: Iterable[str]) -> int:
    """The completions in which these are given wherever they can be."""
    given = [("or", ask(k), ("not", judged.asked(k)), *(("not", ask(b)) for b in judged._implied(k))) for k in keys]
    return judged.mask(("and", *given))


def kept(judged: Judged, one: Expectation, when: Formula) -> bool | None:
    """Whether an expectation holds at an offering; None where it speaks of no plan."""
    read = {question[1] for question in asks(when)}
    governed = judged.valid if one.document is None else judged.mask(judged.gates[one.document])
    spoken = judged.valid & governed & judged.mask(when)
    bad = conflicts(judged, one.document)
    consents, promises = ([k for k in some if k not in read] for some in (judged.approvals, judged.safeguards))
    alone = spoken & ~judged.mask(("or", *map(ask, consents)))
    if not spoken:
        return None
    match one.claim:
        case "never permitted":
            return not alone & ~bad
        case "never conflict":
            return not spoken & bad & undertaken(judged, [*consents, *promises])
        case "always conditional":
            every = judged.mask(("and", *map(ask, one.names)))
            return not alone & ~bad & ~every and bool(alone & ~bad & every)
    free = {k for k in judged.domains if any(k in one.names or n in judged.behind(k) for n in one.names)}
    return not judged._without(free, alone & bad) & judged._without(free, alone & ~bad)


def expect(dice: Dice, rules: Any, found: Enumerated) -> tuple[Expectation, dict[str, Formula]] | None:
    """An expectation about the plans of which some provision speaks, and its condition at each offering."""
    id = dice.pick(list(rules.provisions))
    written = found.rules.provisions[id].when
    document, kind = (
        id.rpartition("/")[0],
        dice.pick(("never permitted", "never conflict", "always conditional", "regardless")),
    )
    inside = dice.chance(50) or any(isinstance(x, t.This) for x in nodes(written))
    whens: dict[str, Formula] = {}
    names: set[str] | None = None
    for offering, judged in found.on(DAY).items():
        platform = (document if inside else offering).partition("/")[0]
        when = judged.rules.lower(written, Place(platform, offering, document, id))
        if id in judged.bites and all(q[1] in judged.domains for q in asks(when)):
            whens[offering] = when
            role = judged.safeguards if kind == "always conditional" else list(judged.domains)
            names = {k for k in role if names is None or k in names}
    names = {n for n in names or () if n in rules.facts and rules.facts[n].role in ("fact", "wrong", "safeguard")}
    if not whens or (kind in ("always conditional", "regardless") and not names):
        return None
    named = (dice.pick(sorted(names)),) if kind in ("always conditional", "regardless") else ()
    condition = rules.provisions[id].when
    place = document if inside else None
    return Expectation("drawn", kind, named, condition, place, frozenset(whens), None, rules.provisions[id].span), whens


@given(drawn, st.integers(0, 2**32))
def test_an_expectation_holds_where_every_completion_says_so(rules_found: tuple[Any, Enumerated], seed: int) -> None:
    """And then no drawn plan breaks it either."""
    rules, found = rules_found
    ground, dice = Ground(rules, DAY), seeded(seed)
    tried_on = sampled.Ground(rules)
    tried_on.places = ground
    for _ in range(6):
        if (pair := expect(dice, rules, found)) is not None:
            one, whens = pair
            told = [kept(found.on(DAY)[o], one, when) for o, when in whens.items()]
            spoken = [each for each in told if each is not None]
            claim = expectations.claim(ground, one)
            assert (claim.outcome is Outcome.HOLDS) == (bool(spoken) and all(spoken)), (one, told, claim)
            if claim.outcome is Outcome.HOLDS:
                sampled.tried(tried_on, one, 3)
    ground.close()
