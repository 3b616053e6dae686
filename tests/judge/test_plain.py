"""The wording of conditions, and how far a tree is from a value."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from mayuse.judge.clauses import FAR, distance
from mayuse.judge.explanation import Node
from mayuse.judge.plain import plain
from mayuse.load import load_rules, load_texts
from mayuse.rulebook.model import Place, Rules

WORDS = """
term thing "A thing"
term red "Something red" under thing
term blue "Something blue" under thing
fact has "What has it?" many of thing
fact is-it "Which is it?" one of thing
fact size "How big is it?" count of metres
fact odd "Is it odd?" yes or no
safeguard told "Are people told?"
define strange as odd and size above 3
"""
TERMS = """
platform acme "Acme"
  offering api "Acme API" under terms
document terms "Acme Terms"
  own "terms.md"
reading scope "What counts?"
  choice narrow "Only this"
  choice broad "All of it"
prohibit p "P"
  when {}
  unless approved by platform
"""


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("always", "in every case"),
        ("odd", "Is it odd? – yes"),
        ("not odd", "Is it odd? – no"),
        ("has includes red", 'What has it? – including "Something red" [red]'),
        (
            "has includes any of red, blue",
            'What has it? – including "Something red" [red] or "Something blue" [blue]',
        ),
        ("has includes thing", "What has it? – anything at all"),
        ("has includes thing other than red", 'What has it? – anything other than "Something red" [red]'),
        ("not (has is only red)", 'What has it? – not only "Something red" [red]'),
        ("is-it is red", 'Which is it? – "Something red" [red]'),
        ("not (is-it is red)", 'Which is it? – not "Something red" [red]'),
        ("is-it is not red", 'Which is it? – something other than "Something red" [red]'),
        ("size at least 5", "How big is it? – at least 5 metres"),
        ("not (size below 1_000)", "How big is it? – not below 1_000 metres"),
        ("reading scope is broad", 'What counts? – read as "All of it" [broad]'),
        ("strange", "“strange”"),
        ("odd or (strange and not told)", "Is it odd? – yes or (“strange” and Are people told? – no)"),
        ("not (odd and strange)", "Is it odd? – no or not “strange”"),
    ],
)
def test_a_condition_in_plain_words(condition: str, words: str) -> None:
    rules = load_texts({"words.rules": WORDS, "acme/terms.rules": TERMS.format(condition)})
    assert plain(rules.provisions["acme/terms/p"].when, rules, Place("acme", "acme/api")) == words


@cache
def shipped() -> Rules:
    return load_rules(Path(__file__).parents[2] / "docs" / "examples")


def test_every_shipped_condition_has_words() -> None:
    rules = shipped()
    for provision in rules.provisions.values():
        place = Place(rules.documents[provision.document].platform, next(iter(rules.offerings)))
        for condition in (provision.when, *(e.condition for e in provision.exemptions)):
            words = plain(condition, rules, place)
            assert words and "  " not in words
            assert plain(condition, rules, place, negated=True) != words


def leaf(truth: str) -> Node:
    return Node("test", "", "", truth, truth)


def tree(kind: str, *parts: Node) -> Node:
    truths = [p.truth for p in parts]
    truth = {"all": "false" if "false" in truths else "true", "any": "true" if "true" in truths else "false"}
    flipped = {"true": "false", "false": "true"}
    return Node(kind, "", "", truth.get(kind) or flipped[truths[0]], "open", parts=parts)


T, F, OPEN = leaf("true"), leaf("false"), leaf("open")


@pytest.mark.parametrize(
    ("node", "want", "far"),
    [
        (T, True, 0),
        (T, False, 1),
        (OPEN, True, 0),
        (tree("all", F, F, T), True, 2),
        (tree("any", F, F), True, 1),
        (tree("any", T, T, F), False, 2),
        (tree("all", T, T), False, 1),
        (tree("not", tree("any", T, T)), True, 2),
        (tree("all", tree("any", tree("all", F, F), F), F), True, 2),
        (Node("always", "", "", "true", "true"), False, FAR),
    ],
)
def test_how_many_answers_away(node: Node, want: bool, far: int) -> None:
    assert distance(node, want) == far
