"""Small rule sets, drawn so that they load: as syntax trees, to be judged by the oracle and written for the engine.

Rule sets respect the monotonicity that the engine proves at load: a condition is drawn for the direction in which its
truth pushes, and safeguards, approvals and lists only appear where they push the right way.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal

from ..language import tree as t
from ..rulebook.graph import reachable
from .dice import Dice

TOWARDS, AWAY, NEITHER, ANY = 1, -1, 0, 2  # what a condition's truth may do to conflict: add, remove, neither, both
CITED = t.Citation(t.Text("1"), (t.Text("these are the quoted words"),))
DAY = datetime.date(2026, 6, 15)
ARCHIVE = t.Archive(t.Name("test-terms"), None, t.Text("a.md"), "0123456789" * 4, t.Text("0" * 64))
CONDITIONS_DEEP = (0, 0, 1, 1, 2)


def names(*words: str) -> tuple[t.Name, ...]:
    """Words as names."""
    return tuple(map(t.Name, words))


def _date(*day: int) -> t.Date:
    return t.Date(datetime.date(*day))


@dataclasses.dataclass
class Words:
    """A drawn vocabulary, and the conditions that can be said in it."""

    dice: Dice
    blocks: list[t.Block] = dataclasses.field(default_factory=list)
    facts: list[t.Fact] = dataclasses.field(default_factory=list)
    defines: list[tuple[str, int]] = dataclasses.field(default_factory=list)
    readings: dict[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    tree: dict[str, list[str]] = dataclasses.field(default_factory=dict)
    topics: tuple[str, ...] = ("first", "second")
    at_home: bool = False  # in a document, where `this vendor` has a meaning
    careless: bool = False  # conditions push in any direction: for what must be refused

    def condition(self, push: int, depth: int = 0, facts: Sequence[t.Fact] | None = None) -> t.Condition:
        """A condition whose truth pushes as asked: over `facts` only, where they are given."""
        push = ANY if self.careless and facts is None and self.dice.chance(25) else push
        kind = self.dice.pick(("atom", "and", "or", "not", "and", "or")) if depth else "atom"
        if kind == "atom":
            return self.atom(push, facts)
        if kind == "not":
            return t.Not(self.condition(-push if push in (TOWARDS, AWAY) else push, depth - 1, facts))
        items = tuple(self.condition(push, depth - 1, facts) for _ in range(self.dice.pick((2, 2, 3))))
        return t.And(items) if kind == "and" else t.Or(items)

    def atom(self, push: int, facts: Sequence[t.Fact] | None = None) -> t.Condition:
        """One question about the plan, or a reading, or a define."""
        asked = [f for f in (self.facts if facts is None else facts) if push or f.type.kind != "many"]
        lifting = [f for f in asked if f.role in ("safeguard", "approval")]
        plain = [f for f in asked if f not in lifting]
        choices: list[object] = [*plain, *plain, *(lifting if push else ())]
        if facts is None:
            choices += [*self.readings, *self.readings, *(d for d in self.defines if d[1] == NEITHER or push)]
        match self.dice.pick(choices) if choices else None:
            case t.Fact() as fact if fact in lifting:
                return self._turned(t.Holds(fact.name), AWAY, push)
            case t.Fact() as fact:
                return self._test(fact, push)
            case str() as reading:
                return t.ReadingIs(t.Name(reading), t.Name(self.dice.pick(self.readings[reading])))
            case (str() as name, int() as direction):
                return self._turned(t.Holds(t.Name(name)), direction, push)
        return t.Always()

    def _turned(self, condition: t.Condition, direction: int, push: int) -> t.Condition:
        """A condition that pushes in `direction`, negated where it has to push the other way."""
        against = direction == -push if push in (TOWARDS, AWAY) and direction else self.dice.chance(30)
        return t.Not(condition) if against else condition

    def _test(self, fact: t.Fact, push: int) -> t.Condition:
        dice, name = self.dice, fact.name
        terms = self.tree.get(str(fact.type.domain), [])
        match fact.type.kind:
            case "one":
                named: list[t.Name | t.This] = [*names(*dice.some(terms[1:], 1, 2))]
                if self.at_home and dice.chance(20):
                    named = [t.This("vendor")]
                if dice.chance(30):
                    return t.Test(name, "is not", tuple(named[:1]))
                if dice.chance(15):
                    return t.Test(name, "is", names(terms[0]), tuple(named))
                return t.Test(name, "is" if len(named) == 1 else "is any of", tuple(named))
            case "many":
                inside = names(*dice.some(terms, 1, 2))
                only = t.Test(name, "is only", inside)
                rest = names(*dice.some(terms[1:], 1, 1)) if dice.chance(25) else ()
                hits = t.Test(name, "includes" if len(inside) == 1 else "includes any of", inside, rest)
                if dice.chance(30):
                    return self._turned(only, AWAY, push)
                return self._turned(hits, TOWARDS, push)
            case "number" | "count":
                limit = dice.pick(("10", "20") if fact.type.kind == "count" else ("2", "7.5"))
                operator = dice.pick(t.COMPARE_OPERATORS)
                return t.Compare(name, operator, t.Number(limit, Decimal(limit)))
        return self._turned(t.Holds(name), NEITHER, push)


def draw_words(dice: Dice, list_guards: bool = True, careless: bool = False) -> Words:
    """A vocabulary. Where not `list_guards`, no question depends on what a list contains."""
    words = Words(dice, careless=careless)
    for root, below in (("goal", ("goal-a", "goal-b", "goal-c")), ("act", ("act-a", "act-b")), ("maker", ())):
        under = [root]
        words.blocks.append(t.Term(t.Name(root), t.Text(root)))
        for term in below or ("acme-made", "bolt-made", "own-made"):
            parents = names(*dice.some(under, 1, 2 if below else 1)) if below else names(root)
            since = "2026-05" if dice.chance(10) else None
            words.blocks.append(t.Term(t.Name(term), t.Text(term), parents, since))
            under.append(term)
        words.tree[root] = under
    _draw_facts(words, list_guards)
    if dice.chance(50):
        words.readings["scope"] = ("narrow", "wide")
        choices = tuple(t.Choice(n, t.Text("it")) for n in names("narrow", "wide"))
        words.blocks.append(t.Reading(t.Name("scope"), t.Text("What is in?"), t.NO_CITATION, choices))
    for name, push in (("leans-in", TOWARDS), ("leans-out", AWAY), ("is-so", NEITHER)):
        if dice.chance(25):
            words.blocks.append(t.Define(t.Name(name), words.condition(push, 1)))
            words.defines.append((name, push))
    words.blocks += [t.Topic(n, t.Text("A topic")) for n in names(*words.topics)]
    return words


_FACTS = (
    # name, kind, domain, per, for counsel, how many values
    ("flag-a", "flag", None, None, False, 2),
    ("flag-b", "flag", None, None, False, 2),
    ("flag-c", "flag", None, None, False, 2),
    ("goals", "many", "goal", None, False, 16),
    ("acts", "many", "act", None, False, 8),
    ("made-by", "one", "maker", None, False, 5),
    ("size", "number", "tonne", None, False, 6),
    ("users", "count", "person", None, False, 6),
    ("here", "flag", None, "platform", False, 2),
    ("chosen", "flag", None, "offering", False, 2),
    ("volume", "count", "person", "offering", False, 6),
    ("lawful", "flag", None, None, True, 2),
    ("origin", "one", "maker", None, True, 5),
)


def _draw_facts(words: Words, list_guards: bool) -> None:
    dice, room, order = words.dice, 400, list(_FACTS)
    while order:
        name, kind, domain, per, counsel, values = order.pop(dice.below(len(order)))
        if values <= room:
            room //= values
            question = t.Text(f"Is it {name}?")
            type_ = t.FactType(kind, t.Name(domain) if domain else None)
            _add(words, t.Fact("fact", t.Name(name), question, type_, per=per, for_counsel=counsel), list_guards)
    flag, names_ = t.FactType("flag"), ["guard-a", "guard-b", "guard-c"][: 1 + dice.below(3)]
    for name in names_:
        per = dice.pick((None, None, None, "platform", "offering"))
        earlier = [f.name.text for f in words.facts if f.role == "safeguard" and f.per == per]
        implied = names(*dice.some(earlier, 1, 1)) if dice.chance(40) else ()
        safeguard = t.Fact("safeguard", t.Name(name), t.Text("Is it done?"), flag, None, implied, per)
        _add(words, safeguard, list_guards)
    if dice.chance(40):
        per = dice.pick((None, "platform", "offering"))
        _add(words, t.Fact("approval", t.Name("signed"), t.Text("Is it signed?"), flag, per=per), False, guarded=0)
    if dice.chance(30):
        _add(words, t.Fact("wrong", t.Name("misuse"), t.Text("Is it misuse?"), flag), False, guarded=10)


def _add(words: Words, fact: t.Fact, list_guards: bool, guarded: int = 35) -> None:
    """The fact, with or without an `asked when` over facts that are already there."""
    earlier = [f for f in words.facts if f.role == "fact" and not f.for_counsel and f.per in (None, fact.per)]
    if earlier and words.dice.chance(guarded):
        push = (AWAY if fact.role == "safeguard" else ANY) if list_guards else NEITHER
        condition = words.condition(push, words.dice.pick((0, 0, 1)), earlier)
        if condition != t.Always():
            fact = dataclasses.replace(fact, asked_when=condition)
    words.facts.append(fact)
    words.blocks.append(fact)


def words_of(files: Iterable[t.File], dice: Dice) -> Words:
    """The vocabulary that files declare, without defines, of which it is not told here which way they push."""
    blocks = [block for file in files for block in file.blocks]
    words = Words(dice, topics=tuple(str(b.name) for b in blocks if isinstance(b, t.Topic)))
    under: dict[str, list[str]] = {}
    for term in (b for b in blocks if isinstance(b, t.Term)):
        for parent in term.under:
            under.setdefault(str(parent), []).append(str(term.name))
    for fact in (b for b in blocks if isinstance(b, t.Fact)):
        domain = str(fact.type.domain)
        if fact.type.kind in ("one", "many"):
            words.tree[domain] = [domain, *sorted(reachable(under, domain) - {domain})]
        if fact.type.kind not in ("one", "many") or len(words.tree[domain]) > 1:
            words.facts.append(fact)
    for file in files:
        before = file.blocks[: next((i for i, b in enumerate(file.blocks) if isinstance(b, t.Document)), None)]
        for reading in (b for b in before if isinstance(b, t.Reading)):
            words.readings[str(reading.name)] = tuple(str(c.name) for c in reading.choices)
    return words


def nodes(node: object) -> Iterable[object]:
    """A tree node, or a tuple of them, and everything in it."""
    yield node
    if dataclasses.is_dataclass(node):
        for field in dataclasses.fields(node):
            yield from nodes(getattr(node, field.name))
    elif isinstance(node, tuple):
        for item in node:
            yield from nodes(item)


@dataclasses.dataclass
class Draft:
    """A provision before its conditions are drawn."""

    id: str
    kind: str
    silent: bool  # whether its document reserves what it does not say
    over: list[str] = dataclasses.field(default_factory=list)
    pushes: set[int] = dataclasses.field(default_factory=set)

    @property
    def push(self) -> int:
        """What its biting may do to conflict."""
        return ANY if not self.pushes else NEITHER if len(self.pushes) == 2 else min(self.pushes)


def draw_rules(dice: Dice, list_guards: bool = True, careless: bool = False) -> dict[str, t.File]:
    """A rule set by path: a vocabulary, one or two platforms, one to three documents."""
    words = draw_words(dice, list_guards, careless)
    platforms = ["acme", "bolt"][: 1 + dice.chance(35)]
    ids = [f"{p}/{d}" for p in platforms for d in ["terms", "policy"][: 1 + dice.chance(45)]]
    offerings = {p: ["api", "app"][: 1 + dice.chance(40)] for p in platforms}
    words.at_home = True
    lists = dice.chance(30)  # documents may govern by what a list includes; then permits stay within their document
    yields = {d: set(dice.some(ids[:i], 1, 1)) if dice.chance(15) else set() for i, d in enumerate(ids)}
    silent = {d: dice.chance(12) for d in ids}
    drafts = _draw_drafts(dice, ids, silent, yields, lists)
    files: dict[str, t.File] = {"vocabulary/words.rules": t.File("vocabulary/words.rules", tuple(words.blocks))}
    for p in platforms:
        blocks = []
        for o in offerings[p]:
            under = [d for d in ids if d.startswith(f"{p}/") and dice.chance(70)] or [f"{p}/terms"]
            under += [d for d in ids if d not in under and dice.chance(10)]
            blocks.append(t.Offering(t.Name(o), t.Text(o), names(*(d.removeprefix(f"{p}/") for d in under))))
        vendor = t.Name(f"{p}-made")
        path = f"{p}/platform.rules"
        files[path] = t.File(path, (t.Platform(t.Name(p), t.Text(p), vendor, (), tuple(blocks)),))
    bound = [f"{p}/{o}" for p in platforms for o in offerings[p]]
    for d in ids:
        path = f"{d}.rules"
        own = [draft for draft in drafts if draft.id.startswith(f"{d}/")]
        blocks_ = _draw_document(words, d, ids, lists, silent[d], yields[d])
        files[path] = t.File(path, (*blocks_, *(draw_provision(words, x, bound) for x in own)))
        words.readings.pop("meaning", None)
        words.defines = [x for x in words.defines if x[0] != "as-defined"]
    return files


def _prevailing(document: str, yields: dict[str, set[str]]) -> set[str]:
    """Every document that a document yields to."""
    return yields[document].union(*(_prevailing(d, yields) for d in yields[document]))


def _draw_drafts(
    dice: Dice, ids: list[str], silent: dict[str, bool], yields: dict[str, set[str]], lists: bool
) -> list[Draft]:
    drafts: list[Draft] = []
    for d in ids:
        for _ in range(1 + dice.below(5 if len(ids) < 3 else 4)):
            kind = dice.pick(("prohibit", "prohibit", "require", "permit", "permit", "prohibit", "require", "reserve"))
            draft = Draft(f"{d}/p{len(drafts) + 1}", kind, silent[d])
            higher = _prevailing(d, yields)
            targets = [x.id for x in drafts if x.kind != "reserve" and x.id.rpartition("/")[0] not in higher]
            near = [x for x in targets if x.startswith(f"{d}/")]
            targets = near if lists or (near and dice.chance(60)) else targets
            if kind == "permit" and targets and dice.chance(75):
                draft.over = dice.some(targets, 1, 2)
            drafts.append(draft)
    by_id = {x.id: x for x in drafts}
    for draft in drafts:  # what is overridden comes first
        if draft.kind in ("prohibit", "require"):
            draft.pushes = {TOWARDS}
        elif draft.kind == "permit":
            draft.pushes = {-push for x in draft.over for push in by_id[x].pushes} | ({AWAY} if draft.silent else set())
    return drafts


def _draw_document(
    words: Words, document: str, ids: list[str], lists: bool, silent: bool, yields: set[str]
) -> list[t.Block]:
    dice, platform = words.dice, document.partition("/")[0]
    facts = [f for f in words.facts if f.role == "fact" and not (f.type.kind == "many" and not lists)]
    gate = TOWARDS if lists else NEITHER
    kinds: tuple[t.Archive | t.Own | t.Reported, ...] = ((ARCHIVE,) * 12) + (t.Own(t.Text("own.md")),)
    evidence = dice.pick(kinds)
    if dice.chance(4):
        evidence = t.Reported(t.Text("Somebody"), _date(2026, 2, 1))
    parts = []
    for other in ids:
        if other != document and dice.chance(20):
            when = words.condition(gate, dice.pick((0, 1)), facts) if dice.chance(60) else None
            parts.append(t.Incorporates(t.Name(other.removeprefix(f"{platform}/")), when, CITED))
    applies = t.AppliesWhen(words.condition(gate, dice.pick((0, 1)), facts), CITED) if dice.chance(18) else None
    readings: list[t.Block] = []
    text = t.Document(
        name=t.Name(document.partition("/")[2]),
        title=t.Text(document),
        kind=t.Name("terms-of-service"),
        source=t.Text("https://example.org/terms"),
        evidence=evidence,
        captured=None if isinstance(evidence, t.Reported) else dice.pick((*[_date(2026, 1, 5)] * 6, _date(2025, 1, 5))),
        seen=dice.pick((None, None, _date(2026, 6, 1))),
        updated=dice.pick((None, None, _date(2025, 12, 1))),
        effective=dice.pick((*[None] * 20, _date(2026, 6, 15), _date(2026, 6, 16), _date(2026, 3, 1))),
        yields_to=tuple(t.YieldsTo(t.Name(d.removeprefix(f"{platform}/")), CITED) for d in sorted(yields)),
        applies_when=applies if not applies or applies.condition != t.Always() else None,
        incorporates=tuple(parts),
        silence_reserved=t.Silence(CITED) if silent else None,
        encoded=_date(2026, 6, 1),
        coverage=dice.pick((*[t.Coverage(True)] * 12, t.Coverage(False, t.Text("a part")), None)),
    )
    if dice.chance(45):
        words.readings["meaning"] = ("broad", "strict", "usual")[: 2 + dice.chance(30)]
        choices = tuple(t.Choice(n, t.Text("it")) for n in names(*words.readings["meaning"]))
        readings.append(t.Reading(t.Name("meaning"), t.Text("What is meant?"), CITED, choices))
    if dice.chance(20):
        push = dice.pick((TOWARDS, AWAY, NEITHER))
        readings.append(t.Define(t.Name("as-defined"), words.condition(push, 1), CITED))
        words.defines.append(("as-defined", push))
    return [text, *readings]


def draw_provision(words: Words, draft: Draft, bound: Sequence[str]) -> t.Provision:
    """A provision as drafted, for all offerings or for some of those `bound`."""
    dice, push = words.dice, draft.push
    against = -push if push in (TOWARDS, AWAY) else push
    deep = dice.pick(CONDITIONS_DEEP)
    always = dice.chance({"prohibit": 4, "reserve": 50}.get(draft.kind, 30))
    when = t.Always() if always else words.condition(push, deep)
    unless = [words.condition(against, dice.pick((0, 0, 1))) for _ in range(dice.pick((0, 0, 0, 1, 1, 2)))]
    if draft.kind in ("prohibit", "require") and dice.chance(25):
        consent = t.ApprovedByPlatform()
        unless.append(t.And((consent, words.atom(AWAY))) if dice.chance(25) else consent)
    platform, document, name = draft.id.split("/")
    over = [x.removeprefix(f"{platform}/").removeprefix(f"{document}/") for x in draft.over]
    force = None
    if dice.chance(12):
        force = t.InForce(
            _date(2026, *dice.pick(((1, 1), (6, 15), (6, 16), (2, 1)))), dice.pick((None, _date(2026, 6, 15)))
        )
        force = t.InForce(force.start, None) if force.start.value >= DAY else force
    offerings = dice.some(bound, 1, 2) if dice.chance(12) else []
    return t.Provision(
        kind=draft.kind,
        name=t.Name(name),
        title=t.Text(name),
        citation=CITED,
        when=when,
        in_force=force,
        unless=() if draft.kind == "reserve" else tuple(t.Unless(u, CITED) for u in unless if u != t.Always()),
        that=tuple(_draw_duties(words)) if draft.kind == "require" else (),
        overrides=(t.Overrides(names(*over), CITED),) if over else (),
        may_lift=t.MayLift(()) if draft.kind == "reserve" and dice.chance(50) else None,
        offerings=names(*(o.removeprefix(f"{platform}/") for o in offerings)),
        topics=names(*dice.some(words.topics, 1, 1)),
    )


def _draw_duties(words: Words) -> Iterable[t.That]:
    dice = words.dice
    lifting = [f for f in words.facts if f.role == "safeguard"]
    for _ in range(dice.pick((1, 1, 2))):
        duty = words.condition(AWAY, dice.pick((0, 0, 1)), lifting)
        while any(isinstance(x, t.Not) for x in nodes(duty)):
            duty = words.condition(AWAY, 0, lifting)
        yield t.That(duty, words.condition(TOWARDS, 0) if dice.chance(35) else None, CITED)
