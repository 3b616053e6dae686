"""Positions on a topic: what is stated, what is silent, and what was not read."""

from __future__ import annotations

import datetime

import pytest
from mayuse.judge.governing import governing
from mayuse.judge.positions import Position, Stance, positions, reported_positions
from mayuse.load import load_rules, load_texts
from mayuse.rulebook.model import Rules
from mayuse.rulebook.reads import topics_below

DAY = datetime.date(2026, 11, 23)
VOCABULARY = """
fact abroad "Is it used abroad?" yes or no
topic training "Training"
topic rival-training "Training rivals" under training
topic privacy "Privacy"
"""


def made(**documents: str) -> Rules:
    """Rules in which the offering `acme/api` is under documents with these clauses."""
    platform = f'platform acme "Acme"\n  offering api "API"{" under " + ", ".join(documents) if documents else ""}\n'
    texts = {"vocabulary/all.rules": VOCABULARY, "acme/platform.rules": platform}
    for name, text in documents.items():
        texts[f"acme/{name}.rules"] = f'document {name} "{name.title()}"\n{text}'
    return load_texts(texts)


OWN = '  own "terms.md"\n  captured 2026-01-01 seen 2026-08-22\n'
BAN = '\nprohibit rivals "No rivals"\n  section "3"\n  quote "may not help any rivals"\n'
BAN += "  when abroad\n  topic rival-training\n"
OTHER = '\nprohibit more "Nothing else"\n  section "4"\n  quote "nothing else may be done"\n  when abroad\n  topic privacy\n'
WHOLE = OWN + "  coverage whole\n"


def only(rules: Rules, topic: str = "training", day: datetime.date = DAY) -> Position:
    (position,) = positions(rules, topic, day)
    return position


def test_a_provision_on_a_topic_below_is_stated() -> None:
    position = only(made(terms=WHOLE + BAN + OTHER))
    assert (position.stance, position.missing) == (Stance.STATED, ())
    assert [(s.provision.id, s.always, s.evidence) for s in position.stated] == [("acme/terms/rivals", True, "own")]


def test_whole_documents_without_one_are_silent() -> None:
    position = only(made(terms=WHOLE + OTHER))
    assert (position.stance, position.stated, position.missing) == (Stance.SILENT, (), ())


@pytest.mark.parametrize(
    ("documents", "why"),
    [
        ({"terms": OWN + OTHER}, "not read whole"),
        ({"terms": OWN + '  coverage partial "only 4 was read"\n' + OTHER}, "only 4 was read"),
        ({"terms": '  reported by "Somebody" on 2026-05-13\n' + OTHER}, "known by report only"),
        ({"terms": OWN + "  coverage whole\n"}, "none of its provisions is in force"),
        ({"terms": WHOLE + OTHER, "more": OWN + OTHER}, "not read whole"),
        (
            {"terms": '  own "t.md"\n  captured 2027-01-01\n  coverage whole\n' + OTHER},
            "not in force before 2027-01-01",
        ),
        (
            {"terms": '  own "t.md"\n  captured 2026-01-01\n  applies when abroad\n  coverage whole\n' + OTHER},
            "depends",
        ),
    ],
)
def test_what_was_not_read_is_never_silence(documents: dict[str, str], why: str) -> None:
    position = only(made(**documents))
    assert position.stance is Stance.NOT_COVERED
    assert any(why in text for _, text in position.missing), position.missing


def test_stated_tells_what_else_was_not_read_and_when_it_governs() -> None:
    terms = '  own "t.md"\n  captured 2026-01-01\n  applies when abroad\n' + BAN
    position = only(made(terms=terms))
    assert position.stance is Stance.STATED
    assert [s.always for s in position.stated] == [False]
    assert position.missing


def test_silence_that_reserves_is_told() -> None:
    terms = WHOLE.replace(
        "  coverage", '  silence is reserved section "1" quote "all other rights are reserved here"\n  coverage'
    )
    assert only(made(terms=terms + OTHER)).reserved == ("Terms",)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules()


def test_every_offering_has_one_position_on_every_topic(rules: Rules) -> None:
    for topic in rules.topics:
        found = positions(rules, topic, DAY)
        assert [one.offering for one in found] == list(rules.offerings)
        for one in found:
            governs = governing(rules, rules.offerings[one.offering or ""], DAY)
            binding = {
                c.id for c in governs.clauses if c.provision and topics_below(rules, topic) & {*c.provision.topics}
            }
            assert {s.provision.id for s in one.stated} == binding
            assert (one.stance is Stance.STATED) == bool(one.stated)
            if one.stance is Stance.SILENT:
                assert all(rules.documents[d].whole and not rules.documents[d].reported for d in governs.gates)


def test_reports_stand_apart(rules: Rules) -> None:
    found = reported_positions(rules, "rival-training", DAY)
    assert [(one.platform, one.offering) for one in found] == [("deepseek", None)]
    assert {s.evidence for one in found for s in one.stated} <= {"reported", "disputed"}
