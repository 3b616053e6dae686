"""Rule sets and provisions that are drawn: they load, differ, and shrink; the laws hold over them and over the shipped."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import find, given, settings, strategies as st
from mayuse import load_rules
from mayuse.language import parse, tree
from mayuse.load import load_texts, read_folders
from mayuse.testing import expected, provisions, rule_sets
from mayuse.testing.dice import Dice, dealt, seeded
from mayuse.testing.generate import draw_rules
from mayuse.testing.ground import Ground
from mayuse.testing.law import Law
from mayuse.testing.laws import ALL
from mayuse.testing.strategies import SET
from mayuse.testing.trial import tried
from mayuse.testing.write import write


@given(rule_sets())
@settings(max_examples=60)
def test_drawn_rule_sets_load(texts: dict[str, str]) -> None:
    rules = load_texts(texts)
    assert rules.offerings and rules.provisions


def test_drawn_rule_sets_have_every_kind_of_provision_and_condition() -> None:
    seen: Counter[str] = Counter()
    for seed in range(60):
        for text in (write(file) for file in draw_rules(dealt(seeded_bytes(seed))).values()):
            words = (
                "prohibit",
                "require",
                "permit",
                "reserve",
                "unless",
                "overrides",
                "includes",
                "is only",
                "reading",
            )
            seen.update(word for word in words if f"{word} " in text)
    assert len(seen) == 9 and min(seen.values()) >= 5, seen


def seeded_bytes(seed: int) -> bytes:
    """Bytes such as hypothesis would draw."""
    luck = seeded(seed)
    return bytes(luck.below(256) for _ in range(SET))


def test_rule_sets_are_drawn_with_bytes_to_spare() -> None:
    for seed in range(40):
        thrown, luck = 0, seeded(seed)

        def below(n: int, luck: Dice = luck) -> int:
            nonlocal thrown
            thrown += 2
            return luck.below(n)

        draw_rules(Dice(below))
        assert thrown <= SET, seed


def test_rule_sets_shrink() -> None:
    """To what is needed and no more; one search in ten stops short of that, so three are made."""
    alone = settings(database=None, derandomize=False)
    sizes = set()
    for seed in range(3):
        found = find(rule_sets(), lambda t: "overrides" in "".join(t.values()), settings=alone, random=Random(seed))
        sizes.add((len(load_texts(found).provisions), len(load_texts(found).offerings)))
    assert min(sizes) == (2, 1)


@given(rule_sets(), st.data())
@settings(max_examples=60)
def test_a_drawn_provision_loads_at_the_end_of_a_document(texts: dict[str, str], data: st.DataObject) -> None:
    name = next(name for name, text in texts.items() if text.startswith("document "))
    texts = {**texts, name: f"{texts[name]}\n{data.draw(provisions(texts))}"}
    drawn = [p for p in load_texts(texts).provisions if p.endswith("/drawn")]
    assert drawn == [f"{name.removesuffix('.rules')}/drawn"]


@given(provisions())
def test_a_provision_over_no_vocabulary_parses(text: str) -> None:
    file, errors = parse(text, "drawn.rules")
    assert not errors and [type(block) for block in file.blocks] == [tree.Provision]


@given(provisions(read_folders()))
@settings(max_examples=40)
def test_a_provision_over_the_shipped_vocabulary_parses(text: str) -> None:
    assert not parse(text, "drawn.rules")[1]


NAMES = [law.name for law in ALL]


@pytest.mark.parametrize("law", ALL, ids=NAMES)
def test_the_laws_hold_over_drawn_rule_sets(law: Law) -> None:
    concerned = 0
    for seed in (1, 4, 8, 12, 20, 29):  # together they give every law much to say
        texts = {name: write(file) for name, file in draw_rules(seeded(seed)).items()}
        if "law-14" not in law.name:
            concerned += tried(Ground(load_texts(texts), (), texts), law, 10)[1]
    assert concerned or "law-14" in law.name


CHEAP = [law for law in ALL if law.price == 1]


@pytest.mark.parametrize("law", CHEAP, ids=[law.name for law in CHEAP])
def test_the_laws_hold_over_the_shipped_rules(law: Law) -> None:
    """A few plans each: `pytest --mayuse-laws` tries more."""
    tried(Ground(load_rules(), (), read_folders()), law, 4)


def test_what_the_shipped_rules_expect_holds_of_drawn_plans() -> None:
    ground = Ground(load_rules())
    spoken = [expected.tried(ground, one, 5) for one in expected.expectations(ground)]
    assert sum(map(bool, spoken)) > 20


def test_every_law_says_what_it_is() -> None:
    assert len({*NAMES}) == len(NAMES) == 18
    for law in ALL:
        assert law.name.startswith("law-") and law.name.split("-")[1].isdigit()
        assert law.sentence.endswith(".") and law.of and not law.of.endswith(".")
