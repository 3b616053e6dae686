"""What is written of a plan, or of counsel's settlements, reads back as what it was."""

from __future__ import annotations

import dataclasses
import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from asking import RULES, read
from hypothesis import given, strategies as st
from mayuse.load import load_rules
from mayuse.rulebook.model import Fact
from mayuse.usecase import load_use_case, read_settlements, read_use_case
from mayuse.usecase.model import (
    Answer,
    Contract,
    FlagValue,
    RangeValue,
    Settlement,
    TermsValue,
    Use,
    UseCase,
    Value,
    Waiver,
)
from mayuse.usecase.source import UNWANTED
from mayuse.usecase.write import as_yaml, settlements_yaml, value_text

FIXTURES = Path(__file__).parents[2] / "fixtures" / "use-cases"
DAYS = st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))
WORDS = st.text().map(lambda text: " ".join(UNWANTED.sub("", text).split())).filter(bool)
WHOLE = st.integers(0, 10**14).map(Decimal)
PLACES = {None: ("",), "platform": tuple(RULES.platforms), "offering": tuple(RULES.offerings)}


def numbers(fact: Fact) -> st.SearchStrategy[Decimal]:
    """Numbers that can be an answer."""
    finer = st.decimals(-(10**9), 10**9, allow_nan=False, places=3)
    return WHOLE if fact.kind == "count" else WHOLE | finer


def ranges(fact: Fact) -> st.SearchStrategy[RangeValue]:
    """Ranges that a text can say."""
    between = st.tuples(numbers(fact), numbers(fact)).map(sorted).map(lambda ends: RangeValue(*ends))
    low = st.builds(lambda n, above: RangeValue(low=n, above=above), numbers(fact), st.booleans())
    high = st.builds(lambda n, below: RangeValue(high=n, below=below and n != 0), numbers(fact), st.booleans())
    return between | low | high


@st.composite
def terms(draw: st.DrawFn, fact: Fact) -> TermsValue:
    """Answers about terms that a text can say."""
    domain = sorted(RULES.below[fact.domain or ""])
    listed = tuple(draw(st.lists(st.sampled_from(domain), unique=True, max_size=1 if fact.kind == "one" else 4)))
    free = [t for t in domain if not any(one in RULES.below[t] for one in listed)]
    excluded = tuple(draw(st.lists(st.sampled_from(free), unique=True, max_size=3))) if free else ()
    if fact.kind == "one":
        if not listed and not excluded:
            listed = (domain[0],)
        return TermsValue(listed, () if listed else excluded, bool(listed))
    if not listed:
        return TermsValue((), excluded, not excluded)
    return TermsValue(listed, excluded, draw(st.booleans()))


def values(fact: Fact) -> st.SearchStrategy[Value]:
    """Every kind of value."""
    if fact.kind == "flag":
        return st.booleans().map(FlagValue)
    return terms(fact) if fact.kind in ("one", "many") else ranges(fact)


@st.composite
def answers(draw: st.DrawFn, fact: Fact) -> Answer:
    """An answer in any state, with the text that it has when it is read."""
    by = draw(st.none() | WORDS)
    if draw(st.integers(0, 4)) == 4:
        return Answer(None, "don't know", "don't know", by)
    value = draw(values(fact))
    return Answer(value, draw(st.sampled_from(("given", "suggested"))), value_text(fact, value), by)


@st.composite
def many_answers(draw: st.DrawFn, roles: tuple[str, ...]) -> dict[str, Answer]:
    """Answers to questions of these roles, wherever they are asked."""
    asked = [f for f in RULES.facts.values() if f.role in roles and not f.for_counsel]
    chosen = draw(st.lists(st.sampled_from(asked), unique_by=lambda f: f.id, max_size=6))
    keys = [(f, p) for f in chosen for p in PLACES[f.per] if not p or draw(st.booleans())]
    return {f"{f.id}@{p}" if p else f.id: draw(answers(f)) for f, p in keys}


APPROVALS = [f"{f.id}@{p}" if p else f.id for f in RULES.facts.values() if f.role == "approval" for p in PLACES[f.per]]
CONTRACTS = st.just(Contract(negotiated=True)) | DAYS.map(lambda day: Contract(as_of=day))
PLAIN_NAMES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,19}[a-z]", fullmatch=True).filter(lambda n: "  " not in n)


@st.composite
def use_cases(draw: st.DrawFn) -> UseCase:
    """Whole plans over the small rules, as alternatives or with uses."""
    uses: tuple[Use, ...] = ()
    offerings = draw(st.none() | st.lists(st.sampled_from(list(RULES.offerings)), unique=True, min_size=1).map(tuple))
    if draw(st.booleans()):
        offerings = None
        for name in draw(st.lists(PLAIN_NAMES, max_size=3, unique_by=str.casefold)):
            own = draw(many_answers(("fact", "safeguard", "wrong")))
            if "home" not in own:
                own["home"] = Answer(None, "unknown")
            uses += (Use(name, draw(st.sampled_from(list(RULES.offerings))), own),)
    waiver = st.builds(Waiver, st.just("openai/terms/spam"), st.just("0123456789abcdef"), WORDS, WORDS, DAYS)
    return UseCase(
        name=draw(WORDS),
        description=draw(st.just("") | WORDS),
        as_of=draw(st.none() | DAYS),
        vocabulary=draw(st.sampled_from((None, "2026-11", "2025-01"))),
        offerings=offerings,
        contracts=draw(st.dictionaries(st.sampled_from(list(RULES.platforms)), CONTRACTS, max_size=3)),
        answers=draw(many_answers(("fact", "safeguard", "wrong"))),
        approvals=tuple(draw(st.lists(st.sampled_from(APPROVALS), unique=True, max_size=4))),
        uses=uses,
        waivers=(draw(waiver),) if draw(st.booleans()) else (),
    )


@given(use_cases())
def test_a_plan_reads_back(case: UseCase) -> None:
    again = read(as_yaml(RULES, case))
    assert dataclasses.replace(again, sha256="", file="") == case


@st.composite
def settled(draw: st.DrawFn) -> tuple[Settlement, ...]:
    """Settlements of readings and of facts for counsel."""
    found = []
    for reading in RULES.readings.values():
        if draw(st.booleans()):
            found.append(Settlement(reading.id, draw(st.sampled_from(reading.choices))[0]))
    for fact in RULES.facts.values():
        for place in PLACES[fact.per] if fact.for_counsel else ():
            if draw(st.booleans()):
                value = draw(values(fact))
                choice = value_text(fact, value)
                found.append(Settlement(f"{fact.id}@{place}" if place else fact.id, choice, value=value))
    said = st.tuples(st.none() | WORDS, st.none() | DAYS, st.none() | WORDS)
    return tuple(dataclasses.replace(s, **dict(zip(("by", "date", "why"), draw(said), strict=True))) for s in found)


@given(settled())
def test_settlements_read_back(settlements: tuple[Settlement, ...]) -> None:
    again = read_settlements(RULES, settlements_yaml(RULES, settlements))
    assert sorted(again, key=lambda s: s.id) == sorted(settlements, key=lambda s: s.id)


def test_every_plan_that_is_shipped_reads_back() -> None:
    """But for how an answer was spelt."""
    rules = load_rules()
    for path in sorted(FIXTURES.glob("*.yaml")):
        case = load_use_case(rules, path)
        again = read_use_case(rules, as_yaml(rules, case))
        spelt = {key: dataclasses.replace(a, text=again.answers[key].text) for key, a in case.answers.items()}
        assert (again.offerings, again.contracts, again.as_of) == (case.offerings, case.contracts, case.as_of)
        assert (again.answers, sorted(again.approvals)) == (spelt, sorted(case.approvals)), path.name
        assert [u.name for u in again.uses] == [u.name for u in case.uses]


def test_a_plan_that_says_nothing_can_be_written() -> None:
    assert as_yaml(RULES, UseCase()) == "name: unnamed plan\n"
    assert settlements_yaml(RULES, ()) == "{}\n" and read_settlements(RULES, "{}\n") == ()


def test_what_is_written_looks_as_a_person_would_write_it() -> None:
    case = UseCase(
        name="Support bot",
        offerings=("openai/api",),
        answers={
            "purposes": Answer(TermsValue(("customer-support",), ("stalking",), False)),
            "users": Answer(RangeValue(high=Decimal(700_000_000), below=True)),
            "group-users@meta/llama-3": Answer(RangeValue(Decimal(5), Decimal(5)), "suggested", by="a form"),
            "serves-minors": Answer(None, "don't know"),
        },
        approvals=("health-addendum@openai", "openai/terms/rival-models"),
    )
    assert as_yaml(RULES, case) == (
        "name: Support bot\n"
        "platforms:\n"
        "  - openai/api\n"
        "facts:\n"
        "  purposes: [customer-support, not stalking, ...]\n"
        "  users: under 700_000_000\n"
        "  group-users:\n"
        "    meta/llama-3:\n"
        "      value: 5\n"
        "      by: a form\n"
        "      suggested: yes\n"
        "  serves-minors: don't know\n"
        "approvals:\n"
        "  - openai/health-addendum\n"
        "  - openai/terms/rival-models\n"
    )


def test_a_term_called_null_is_a_term() -> None:
    rules = dataclasses.replace(RULES, below={**RULES.below, "region": RULES.below["region"] | {"null"}})
    rules.below["null"] = frozenset({"null"})
    case = UseCase(answers={"home": Answer(TermsValue(("null",))), "established-in": Answer(TermsValue(("null",)))})
    assert {a.value for a in read_use_case(rules, as_yaml(rules, case)).answers.values()} == {TermsValue(("null",))}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("home", TermsValue(("europe",), ("no",))),
        ("home", TermsValue((), ())),
        ("purposes", TermsValue((), (), False)),
        ("users", RangeValue()),
        ("users", RangeValue(Decimal(1), Decimal(5), above=True)),
        ("law-secures-right", FlagValue(True)),
    ],
)
def test_what_no_text_says_is_refused(key: str, value: Value) -> None:
    with pytest.raises(ValueError, match=key):
        as_yaml(RULES, UseCase(answers={key: Answer(value)}))


def test_a_contract_of_no_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="meta"):
        as_yaml(RULES, UseCase(contracts={"meta": Contract()}))
