"""Each case of the small rule set gives what it says, and the cases together show all that is asked for."""

from __future__ import annotations

import pytest
from mayuse.cases.coverage import DECIDED, coverage, gaps
from mayuse.cases.model import clauses_of
from mayuse.cases.verdicts import Outcome, failures

from .small import FILES, outcomes, rules, sites


def every() -> list[Outcome]:
    return [one for name, text in FILES.items() for one in outcomes(text, f"{name}.yaml")[0]]


def test_every_case_is_read_and_gives_what_it_says() -> None:
    for name, text in FILES.items():
        found, wrong = outcomes(text, f"{name}.yaml")
        assert not wrong, wrong
        assert len(found) == text.count("plan: ")
        assert list(failures(sites(), found)) == []
    assert {one.gives for one in every()} == {
        "permitted", "conditional", "contested", "undetermined", "needs approval", "conflict",
        "holds", "may hold", "does not hold",
    }  # fmt: skip


@pytest.mark.parametrize("word", ["permitted", "conditional", "contested", "undetermined", "needs approval"])
def test_another_word_fails_and_says_on_what_it_turns(word: str) -> None:
    text = f"document: acme/terms\ncases:\n  watching:\n  - plan: {{purposes: [mass-watching]}}\n    gives: {word}\n"
    (failed,) = failures(sites(), outcomes(text)[0])
    assert failed.code == "M520" and failed.message == f"acme/terms/watching: expected {word}, is conflict"
    assert failed.help == "at acme/api on 2026-01-01, every part of it holds and nothing lifts it"
    assert failed.span.line == 4


def test_what_lifts_is_named() -> None:
    text = TEXT.format("{purposes: [mass-watching], tells-people: yes}", "conflict", "\n    on: 2026-03-01")
    (failed,) = failures(sites(), outcomes(text)[0])
    assert failed.help == "at acme/api on 2026-03-01, acme/terms/children lifts it"
    (failed,) = failures(sites(), outcomes(TEXT.format("{purposes: [watch-people]}", "conflict", ""))[0])
    assert failed.help == "at acme/api on 2026-01-01, open is when purposes includes mass-watching"


TEXT = "document: acme/terms\ncases:\n  watching:\n  - plan: {}\n    gives: {}{}\n"


@pytest.mark.parametrize(
    ("gives", "more", "code"),
    [
        ("conflict", "\n    by: []", "M521"),
        ("conflict", "\n    by: [watching]", None),
        ("permitted", "\n    todo: not yet told apart", None),
        ("conflict", "\n    todo: not yet told apart", "M522"),
    ],
)
def test_who_decides_and_known_gaps(gives: str, more: str, code: str | None) -> None:
    found, wrong = outcomes(TEXT.format("{purposes: [mass-watching]}", gives, more))
    assert not wrong
    assert [one.code for one in failures(sites(), found)] == ([code] if code else [])


def test_the_cases_show_everything() -> None:
    clauses = [id for document in rules().documents for id in clauses_of(rules(), document)]
    found = coverage(sites(), every(), clauses)
    assert list(gaps(rules(), found)) == []
    by_clause = {one.clause: one for one in found}
    rivals = by_clause["acme/terms/rivals"]
    assert {a.target.name: (a.shown, a.exempt) for a in rivals.asked} == {
        "when: improves-model": (False, DECIDED),  # who shares a model makes one
        "when: shares-model": (True, ""),
        "when: people-reached above 100 or reading acme/terms/rivalry is every": (True, ""),
        "unless: approved by platform": (True, ""),
        "unless: tells-people": (True, ""),
    }
    assert rivals.readings == {"acme/terms/rivalry": {"sold": True, "every": True}}
    assert by_clause["acme/terms/changes"].asked[0].exempt == DECIDED
    assert [a.target.name for a in by_clause["acme/licence/silence"].asked if a.shown] == [
        "unless: approved by platform",
        "permit: acme/licence/teaching",
    ]


TAKEN = {
    "    - {plan: {tells-people: yes}, gives: permitted}\n": ("rivals", "unless: tells-people"),
    "    - {plan: {acme/terms/rivals: yes}, gives: permitted}\n": ("rivals", "unless: approved by platform"),
    "    - {plan: {purposes: [guard-children]}, gives: permitted}\n": (
        "watching",
        "when: purposes includes mass-watching",
    ),
    "    but:\n    - {plan: {tells-people: yes}, gives: permitted, by: [children]}\n": (
        "watching",
        "permit: acme/terms/children",
    ),
    "    but:\n    - {plan: {marks-changes: yes}, gives: permitted}\n": ("passing-on", "that: marks-changes"),
    "    - {plan: {keeps-keys: yes}, gives: permitted}\n": ("keys", "that: keeps-keys"),
}


@pytest.mark.parametrize("line", TAKEN)
def test_a_near_miss_taken_away_is_missed(line: str) -> None:
    provision, part = TAKEN[line]
    assert FILES["acme/terms"].count(line) == 1
    found, wrong = outcomes(FILES["acme/terms"].replace(line, ""))
    assert not wrong
    missing = [
        one.message for one in gaps(rules(), coverage(sites(), found, rules().documents["acme/terms"].provisions))
    ]
    assert missing == [f"acme/terms/{provision}: no near miss for {part}"]


def test_a_near_miss_that_two_parts_make_shows_neither() -> None:
    text = FILES["acme/terms"].replace(
        "purposes: [mass-watching, guard-children], tells-people: no", "purposes: [translate], tells-people: no"
    )
    found, wrong = outcomes(text)
    assert not wrong
    (missing,) = gaps(rules(), coverage(sites(), found, ["acme/terms/watching"]))
    assert missing.message.endswith("no near miss for permit: acme/terms/children")


def test_a_provision_without_cases_is_missed() -> None:
    (catch, near) = gaps(rules(), coverage(sites(), [], ["acme/terms/law"]))
    assert catch.code == "M523" and catch.message == "acme/terms/law: no case that it catches"
    assert near.code == "M524" and near.help == "'mayuse test --propose acme/terms/law' prints what is missing"
