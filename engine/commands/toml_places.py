"""Where the keys and list items of a TOML text stand, which the standard library's reader does not tell.

Only for text that `tomllib` has accepted: nothing is checked or valued here, so a few kinds of token are enough.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

Keys = tuple[str | int, ...]
Places = dict[Keys, tuple[int, int]]
"""The offsets (first, behind the last) of a key or, with its number behind its list's keys, of an item."""

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+|\#[^\n]*)
    |(?P<string>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')
    |(?P<mark>[\[\]{}=,.])
    |(?P<bare>[^\s\[\]{}=,."'\#]+)""",
    re.VERBOSE | re.DOTALL,
)
_CLOSED = {"[": 1, "{": 1, "]": -1, "}": -1}


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


def places(text: str) -> Places:
    """The place of each key, of each table's head, and of each item of a list that is a key's value."""
    tokens = list(_tokens(text))
    found: Places = {}
    table: Keys = ()
    at = 0
    while at < len(tokens):
        if tokens[at].text == "[":
            at += 1 + (tokens[at + 1].text == "[")
            at, table = _keys(tokens, at, (), found)
            while at < len(tokens) and tokens[at].text == "]":
                at += 1
        else:
            at = _pair(tokens, at, table, found)
    return found


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind != "space":
            yield _Token(kind, match.group(), match.start(), match.end())


def _keys(tokens: list[_Token], at: int, above: Keys, found: Places) -> tuple[int, Keys]:
    """Reads `a.b.c` below `above`; a key that has a place already keeps its first one."""
    keys = above
    while at < len(tokens):
        one = tokens[at]
        keys = (*keys, tomllib.loads(f"k = {one.text}")["k"] if one.kind == "string" else one.text)
        found.setdefault(keys, (one.start, one.end))
        at += 1
        if at == len(tokens) or tokens[at].text != "." or tokens[at].kind != "mark":
            break
        at += 1
    return at, keys


def _pair(tokens: list[_Token], at: int, table: Keys, found: Places) -> int:
    """Reads `keys = value`; the index behind it."""
    at, keys = _keys(tokens, at, table, found)
    at += 1
    if at >= len(tokens):
        return at
    if tokens[at].text == "{" and tokens[at].kind == "mark":
        return _inline(tokens, at + 1, keys, found)
    if tokens[at].text == "[" and tokens[at].kind == "mark":
        return _list(tokens, at + 1, keys, found)
    at += 1
    while at < len(tokens) and tokens[at].start == tokens[at - 1].end and tokens[at].kind in ("bare", "mark"):
        if tokens[at].text in ",}]":  # behind the value of an inline table
            break
        at += 1  # a number with a point, a time with fractions
    return at


def _inline(tokens: list[_Token], at: int, table: Keys, found: Places) -> int:
    while at < len(tokens) and tokens[at].text != "}":
        at = at + 1 if tokens[at].text == "," else _pair(tokens, at, table, found)
    return at + 1


def _list(tokens: list[_Token], at: int, keys: Keys, found: Places) -> int:
    """Passes over a list, noting where each of its items begins."""
    depth, number, fresh = 1, 0, True
    while at < len(tokens) and depth:
        one = tokens[at]
        step = _CLOSED.get(one.text, 0) if one.kind == "mark" else 0
        if depth == 1 and one.kind == "mark" and one.text == ",":
            number, fresh = number + 1, True
        elif fresh and step >= 0:
            found.setdefault((*keys, number), (one.start, one.end))
            fresh = False
        depth += step
        at += 1
    return at
