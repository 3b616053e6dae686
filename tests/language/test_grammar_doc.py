"""docs/grammar.md against the parser: every sentence derived from the page is accepted, and the keywords are the same.

The page's EBNF is read here by a small reader of its own, so that the page, and not a copy of it, is what is tested.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from mayuse.language import parse
from mayuse.language.grammar import KEYWORDS
from mayuse.language.tokens import RESERVED

PAGE = (Path(__file__).parents[2] / "docs" / "grammar.md").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Node:
    """A piece of EBNF: `kind` is word, rule, token, sequence, choice, any-order, optional or repeated."""

    kind: str
    text: str = ""
    items: tuple[Node, ...] = ()


def read_ebnf(page: str) -> dict[str, Node]:
    """The rules of the ```ebnf blocks."""
    rules: dict[str, Node] = {}
    for block in re.findall(r"```ebnf\n(.*?)```", page, re.DOTALL):
        words = re.findall(r'"[^"]*"|[A-Za-z0-9-]+|[=;|&\[\]{}()",]', block)
        while words:
            name = words.pop(0)
            assert words.pop(0) == "=" and name not in rules, name
            rules[name] = _choice(words)
            assert words.pop(0) == ";", name
    return rules


def _choice(words: list[str]) -> Node:
    items = [_any_order(words)]
    while words[0] == "|":
        words.pop(0)
        items.append(_any_order(words))
    return items[0] if len(items) == 1 else Node("choice", items=tuple(items))


def _any_order(words: list[str]) -> Node:
    items = [_sequence(words)]
    while words[0] == "&":
        words.pop(0)
        items.append(_sequence(words))
    return items[0] if len(items) == 1 else Node("any-order", items=tuple(items))


def _sequence(words: list[str]) -> Node:
    items = []
    while words[0] not in "|&)]};":
        items.append(_item(words))
    return items[0] if len(items) == 1 else Node("sequence", items=tuple(items))


def _item(words: list[str]) -> Node:
    word = words.pop(0)
    closing = {"(": ")", "[": "]", "{": "}"}.get(word)
    if closing:
        inner = _choice(words)
        assert words.pop(0) == closing
        return inner if word == "(" else Node("optional" if word == "[" else "repeated", items=(inner,))
    if word.startswith('"'):
        return Node("word", word[1:-1])
    return Node("token" if word.isupper() or word == "SHA256" else "rule", word)


RULES = read_ebnf(PAGE)
PATTERNS = {
    name: pattern.replace("\\|", "|")
    for name, pattern in re.findall(r"^\| ([A-Z0-9]+) \| `(.*)` \|$", PAGE, re.MULTILINE)
}
SPACES = (" ", " ", "  ", "\n", "\n  ", "\t", "\r\n", ' # when "x\n', "\n#\n")


def _name(pick: random.Random) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    while True:
        parts = ["".join(pick.choices(letters + "0123456789", k=pick.randint(1, 5))) for _ in range(pick.randint(1, 3))]
        name = pick.choice(letters) + pick.choice("-.").join(parts)
        if name not in RESERVED and name != "github":
            return name


def _string(pick: random.Random) -> str:
    return '"' + "".join(pick.choices(["a", " ", "#", "when", '\\"', "\\\\", "é", "“"], k=pick.randint(0, 6))) + '"'


def _hex(pick: random.Random, digits: int) -> str:
    return "".join(pick.choices("0123456789abcdef", k=digits))


TOKENS: dict[str, Callable[[random.Random], str]] = {
    "NAME": _name,
    "REFERENCE": lambda pick: "/".join(_name(pick) for _ in range(pick.randint(1, 3))),
    "STRING": _string,
    "NUMBER": lambda pick: pick.choice([str(pick.randint(0, 10**9)), f"{pick.randint(0, 10**9):_}", "12.5", "0012"]),
    "DATE": lambda pick: f"{pick.randint(1, 9999):04}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}",
    "MONTH": lambda pick: f"{pick.randint(0, 9999):04}-{pick.randint(1, 12):02}",
    "COMMIT": lambda pick: _hex(pick, 40),
    "SHA256": lambda pick: f'"{_hex(pick, 64)}"',
}


def derive(node: Node, pick: random.Random, depth: int = 0) -> list[str]:
    """The words of a random sentence."""
    if node.kind == "word":
        return node.text.split()
    if node.kind == "token":
        return [TOKENS[node.text](pick)]
    if node.kind == "rule":
        return derive(RULES[node.text], pick, depth + 1)
    if node.kind == "choice":
        items = [node.items[0]] if depth > 25 else node.items
        return derive(pick.choice(items), pick, depth)
    if node.kind in ("optional", "repeated"):
        times = 0 if depth > 25 else pick.choice([0, 1] if node.kind == "optional" else [0, 1, 1, 2])
        return [word for _ in range(times) for word in derive(node.items[0], pick, depth + 1)]
    items = list(node.items)
    if node.kind == "any-order":
        pick.shuffle(items)
    return [word for item in items for word in derive(item, pick, depth)]


def sentence(rule: str, seed: int) -> str:
    """A random sentence of a rule, with random white space."""
    pick = random.Random(seed)
    text = ""
    for word in derive(RULES[rule], pick):
        text += word if not text else pick.choice(SPACES) + word
    return text


def test_the_page_is_complete() -> None:
    used = {node.text for rule in RULES.values() for node in _all(rule) if node.kind == "rule"}
    assert used == set(RULES) - {"file"}
    assert set(PATTERNS) == set(TOKENS)
    assert {node.text for rule in RULES.values() for node in _all(rule) if node.kind == "token"} == set(TOKENS)


def _all(node: Node) -> list[Node]:
    return [node, *(inner for item in node.items for inner in _all(item))]


def test_keywords_are_the_parsers() -> None:
    on_page = {node.text for rule in RULES.values() for node in _all(rule) if node.kind == "word"} - {"(", ")", ","}
    assert on_page == KEYWORDS


def test_reserved_words_are_the_parsers() -> None:
    found = re.search(r"```reserved\n(.*?)```", PAGE, re.DOTALL)
    assert found and found[1].split() == sorted(found[1].split())
    assert set(found[1].split()) == RESERVED
    assert {word for keyword in KEYWORDS for word in keyword.split()} >= RESERVED


@given(st.integers(0, 10**9))
def test_tokens_are_as_the_page_says(seed: int) -> None:
    pick = random.Random(seed)
    for name, make in TOKENS.items():
        assert re.fullmatch(PATTERNS[name], make(pick)), name


@pytest.mark.parametrize("rule", [item.text for item in RULES["block"].items])
@given(seed=st.integers(0, 10**9))
@settings(max_examples=60)
def test_every_sentence_is_accepted(rule: str, seed: int) -> None:
    text = sentence(rule, seed)
    file, found = parse(text, "x")
    assert [one.render() for one in found] == []
    assert len(file.blocks) == 1


@given(seed=st.integers(0, 10**9))
@settings(max_examples=60)
def test_every_file_is_accepted(seed: int) -> None:
    assert parse(sentence("file", seed), "x")[1] == []


@given(seed=st.integers(0, 10**9), changes=st.lists(st.tuples(st.integers(0), st.integers(0)), min_size=1, max_size=4))
@settings(max_examples=300)
def test_mutations_never_crash(seed: int, changes: list[tuple[int, int]]) -> None:
    pick = random.Random(seed)
    words = re.split(
        r"(\s+)", sentence(pick.choice(sorted(RULES["block"].items, key=lambda item: item.text)).text, seed)
    )
    for first, second in changes:
        if words:
            first, second = first % len(words), second % len(words)
            words[first], words[second] = words[second], words[first]
            if seed % 2:
                del words[first]
    for one in parse("".join(words), "x")[1]:
        assert one.render()
