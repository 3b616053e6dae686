"""Use cases over drawn rule sets: told from one imagined plan, so that most of them are possible, and told vaguely."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from chain import MOST as MOST_CHAINED, Chain
from hypothesis import strategies as st
from mayuse.language import tree as t
from mayuse.testing.dice import Dice, seeded
from mayuse.testing.generate import DAY, draw_rules, nodes
from mayuse.testing.write import write
from mayuse.usecase.model import Answer, Contract, FlagValue, RangeValue, Settlement, TermsValue, Use, UseCase
from meaning import Formula, Place, Rules
from oracle import Judged

MOST = 1 << 17
"""Cases of more combinations than this are not drawn."""


@dataclasses.dataclass(frozen=True)
class Sample:
    """A rule set by path, a use case over it, settled readings, and the age past which a text is too old."""

    files: Mapping[str, t.File]
    case: UseCase
    settlements: tuple[Settlement, ...] = ()
    max_age: int | None = None

    def texts(self) -> dict[str, str]:
        """The files as text."""
        return {path: write(file) for path, file in self.files.items()}

    def rules(self) -> Rules:
        """The files as the oracle reads them."""
        return Rules((path.rpartition("/")[0], file) for path, file in self.files.items())

    def judged(self) -> dict[str, Judged]:
        """What the oracle says of every offering."""
        rules = self.rules()
        return {o: Judged(rules, self.case, o, self.settlements, self.max_age) for o in rules.offerings}

    def verdicts(self) -> dict[str, str]:
        """The oracle's verdict on every offering."""
        return {offering: judged.verdict() for offering, judged in self.judged().items()}

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))

    def __repr__(self) -> str:
        texts = "".join(f"\n--- {path}\n{text}" for path, text in self.texts().items())
        case = self.case
        said = "\n".join(f"  {key}: {a.state} {a.value}" for key, a in case.answers.items())
        said += "".join(f"\n  use {use.name} of {use.offering}: {use.answers}" for use in case.uses)
        rest = f"as of {case.as_of}, vocabulary {case.vocabulary}, {case.contracts}, max age {self.max_age}"
        return f"{texts}--- use case\n{said}\n  approvals: {case.approvals}\n  {self.settlements}\n  {rest}\n"


def holds(formula: Formula, plan: Mapping[str, Any]) -> bool:
    """Whether a formula holds of one imagined plan."""
    match formula:
        case ("ask", key, test, _):
            return bool(test(plan[key]))
        case ("and", *parts):
            return all(holds(part, plan) for part in parts)
        case ("or", *parts):
            return any(holds(part, plan) for part in parts)
    return not holds(formula[1], plan)


def keys_of(rules: Rules) -> list[str]:
    """Every key that can be answered, after those that its `asked when` and `implies` need."""
    platforms, offerings = [f"@{p}" for p in rules.platforms], [f"@{o}" for o in rules.offerings]
    spots = {None: [""], "platform": platforms, "offering": offerings}
    keys = []
    for name, fact in rules.blocks[t.Fact].items():
        keys += [name + spot for spot in spots[fact.per]]
    return keys


def asked_when(rules: Rules, key: str) -> Formula:
    """The formula of a question's `asked when`."""
    at = key.partition("@")[2] or next(iter(rules.offerings))
    return rules.lower(rules.fact(key).asked_when or t.Always(), Place(at.partition("/")[0], at))


def imagine(dice: Dice, rules: Rules) -> dict[str, Any]:
    """One whole plan: a value for every question that the vocabulary asks."""
    plan: dict[str, Any] = {}
    limits = [Decimal(n) for n in ("2", "7.5", "10", "20")]
    for key in keys_of(rules):
        absent, *values = rules.values(key, limits)
        fact, at = rules.fact(key), key.partition("@")[2]
        implied = [name.text + (f"@{at}" if rules.fact(name.text).per else "") for name in fact.implies]
        possible = holds(asked_when(rules, key), plan) and all(plan[k] for k in implied)
        must = fact.type.kind in ("one", "number", "count")
        plan[key] = dice.pick(values if must else [absent, *values]) if possible else absent
    return plan


def exactly(rules: Rules, key: str, value: Any) -> FlagValue | TermsValue | RangeValue | None:
    """What leaves a question this one value; None where nothing has to be said, or nothing says it."""
    fact = rules.fact(key)
    if fact.type.kind == "flag":
        return FlagValue(value)
    if fact.type.kind in ("number", "count"):
        return None if value is None else RangeValue(value, value)
    if fact.type.kind == "one" and not value:
        return None
    apart = tuple(sorted(x for x in rules.below([str(fact.type.domain)]) if not value & rules.below([x])))
    mixed = any(x != y and x in rules.below([y]) for x in value for y in value)
    return None if mixed else TermsValue(tuple(sorted(value)), apart)


def fully_told(dice: Dice, rules: Rules) -> tuple[UseCase, tuple[Settlement, ...]] | None:
    """A use case with one completion, and every reading settled; None where words cannot tell it."""
    plan = imagine(dice, rules)
    silences = [f"{name}/silence" for name, document in rules.documents.items() if document.silence_reserved]
    approvals = [key for key in plan if rules.fact(key).role == "approval"] + [*created(rules), *silences]
    answers, settlements = {}, []
    for key, value in plan.items():
        if rules.fact(key).for_counsel:
            settlements += counsel(rules, key, value)
        elif key not in approvals and (said := exactly(rules, key, value)) is not None:
            answers[key] = Answer(said)
        elif isinstance(value, frozenset) and value:
            return None
    given = tuple(dice.some(approvals, 0, len(approvals)))
    answers |= {key: Answer(FlagValue(False)) for key in approvals if key not in given}
    for name, reading in rules.blocks[t.Reading].items():
        settlements.append(Settlement(name, dice.pick(reading.choices).name.text))
    return UseCase("plan", "", DAY, None, None, {}, answers, given), tuple(settlements)


def counsel(rules: Rules, key: str, value: Any) -> list[Settlement]:
    """Counsel's exact answer to a question, where there is one to give."""
    said = exactly(rules, key, value)
    text = ("yes" if value else "no") if isinstance(value, bool) else ", ".join(value)
    return [Settlement(key, text, value=said)] if said is not None else []


def created(rules: Rules) -> list[str]:
    """The approvals that provisions create."""
    return [name for name, p in rules.provisions.items() if t.ApprovedByPlatform() in nodes(p.unless)]


def draw_plan(dice: Dice, rules: Rules) -> tuple[UseCase, tuple[Settlement, ...]]:
    """A use case that tells a part of an imagined plan, and what counsel has settled."""
    plan = imagine(dice, rules)
    answers: dict[str, Answer] = {}
    approvals, settlements = [], []
    talkative = dice.pick((15, 60, 90))
    for key, value in plan.items():
        fact = rules.fact(key)
        if fact.for_counsel:
            if dice.chance(15):
                settlements += counsel(rules, key, value)
        elif fact.role == "approval":
            approvals += draw_approval(dice, key, answers)
        elif fact.role == "wrong":
            if dice.chance(25):
                answers[key] = dice.pick((Answer(FlagValue(value)), Answer(None, "don't know")))
        elif dice.chance(4):
            answers[key] = Answer(None, "don't know")
        elif dice.chance(talkative if fact.role == "fact" else 35):
            said = dice.pick(rules.values(key, [Decimal("7.5")])) if dice.chance(5) else value
            if (drawn := draw_value(dice, rules, fact, said)) is not None:
                answers[key] = Answer(drawn)
    for name, reading in rules.blocks[t.Reading].items():
        if dice.chance(15):
            settlements.append(Settlement(name, dice.pick(reading.choices).name.text))
    for name in created(rules):
        approvals += draw_approval(dice, name, answers)
    for name, document in rules.documents.items():
        if document.silence_reserved:
            approvals += draw_approval(dice, f"{name}/silence", answers)
    contracts = {}
    if dice.chance(7):
        contract = Contract(negotiated=True) if dice.chance(40) else Contract(as_of=datetime.date(2026, 1, 10))
        contracts[dice.pick(list(rules.platforms))] = contract
    vocabulary = dice.pick((None, None, "2026-01", "2026-09"))
    case = UseCase("plan", "", DAY, vocabulary, None, contracts, answers, tuple(approvals))
    return case, tuple(settlements)


def draw_approval(dice: Dice, key: str, answers: dict[str, Answer]) -> Iterable[str]:
    """The key, if the approval is stated as given; a stated `no` or `don't know` goes to the answers."""
    if dice.chance(8):
        answers[key] = Answer(FlagValue(False)) if dice.chance(60) else Answer(None, "don't know")
    elif dice.chance(15):
        yield key


def draw_value(dice: Dice, rules: Rules, fact: t.Fact, value: Any) -> FlagValue | TermsValue | RangeValue | None:
    """What may truly be said of a value: all of it or less. None where nothing can."""
    if fact.type.kind == "flag":
        return FlagValue(value)
    if fact.type.kind in ("number", "count"):
        if value is None:
            return None
        ends = (RangeValue(value, value), RangeValue(low=value), RangeValue(high=value))
        wide = RangeValue(max(value - 3, Decimal(0)), value + 5, above=value >= 3, below=True)
        return dice.pick((*ends, wide))
    domain = rules.below([str(fact.type.domain)])
    above = {x: sorted(y for y in domain if x in rules.below([y])) for x in domain}
    listed = {dice.pick(above[x]) if dice.chance(35) else x for x in sorted(value)}
    apart = sorted(x for x in domain if not value & rules.below([x]))
    excluded = tuple(dice.some(apart, 1, 1)) if dice.chance(20) else ()
    if fact.type.kind == "one":
        listed = set() if excluded and dice.chance(40) else listed
        return TermsValue(tuple(listed), excluded) if listed or excluded else None
    return TermsValue(tuple(sorted(listed)), excluded, complete=not dice.chance(25))


def draw_sample(dice: Dice, list_guards: bool = True) -> Sample:
    """A rule set and a use case over it."""
    files = draw_rules(dice, list_guards)
    sample = Sample(files, UseCase())
    case, settlements = draw_plan(dice, sample.rules())
    return Sample(files, case, settlements, 100 if dice.chance(8) else None)


def draw_uses(dice: Dice, sample: Sample) -> Sample:
    """The sample's plan in two or three uses, each with a few facts of its own, some of them left open."""
    rules, plan = sample.rules(), sample.case
    own = [
        k
        for k in keys_of(rules)
        if rules.fact(k).role in ("fact", "safeguard", "wrong") and not rules.fact(k).for_counsel
    ]
    uses = []
    for name in ("first", "second", "third")[: 2 + dice.chance(20)]:
        imagined, answers = imagine(dice, rules), {}
        for key in dice.some(own, 0, 3):
            said = draw_value(dice, rules, rules.fact(key), imagined[key])
            answers[key] = Answer(None, "don't know") if said is None or dice.chance(20) else Answer(said)
        uses.append(Use(name, dice.pick(list(rules.offerings)), answers))
    return dataclasses.replace(sample, case=dataclasses.replace(plan, uses=tuple(uses)))


def chain(sample: Sample) -> Chain:
    """What the oracle says of all uses together."""
    return Chain(sample.rules(), sample.case, sample.settlements, sample.max_age)


def chain_from_seed(seed: int) -> Sample:
    """The first plan with uses, few enough combinations to enumerate, from a seeded generator."""
    dice = seeded(seed)
    while True:
        sample = draw_sample(dice)
        if small(sample) and chain(sample := draw_uses(dice, sample)).size <= MOST_CHAINED:
            return sample


def small(sample: Sample) -> bool:
    """Few enough combinations to enumerate."""
    return all(j.everything.bit_length() <= MOST for j in sample.judged().values())


def from_seed(seed: int, list_guards: bool = True) -> Sample:
    """The first small sample from a seeded generator."""
    dice = seeded(seed)
    while not small(sample := draw_sample(dice, list_guards)):
        pass
    return sample


@st.composite
def _drawn(draw: st.DrawFn, list_guards: bool) -> Sample:
    return draw_sample(Dice(lambda n: draw(st.integers(0, n - 1))), list_guards)


def samples(list_guards: bool = True) -> st.SearchStrategy[Sample]:
    """A rule set and a use case over it, few enough combinations to enumerate.

    Half of them are hypothesis's own, which shrink well; half are from a seed, since those meet rarer combinations.
    """
    seeds = st.integers(0, 2**32).map(lambda seed: from_seed(seed, list_guards))
    return _drawn(list_guards).filter(small) | seeds
