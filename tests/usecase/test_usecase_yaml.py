"""Bytes and YAML that are no use case: each has its diagnostic, and none does harm."""

from __future__ import annotations

import pytest
import yaml
from asking import at, errors, read
from mayuse.usecase.findings import Findings
from mayuse.usecase.yaml_nodes import Node, compose

PLAIN = "name: é plan\nfacts:\n  purposes: [customer-support]\n"


# ---- bytes


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_byte_order_mark_and_line_ends_leave_no_trace(mark: bytes, ends: str) -> None:
    source = mark + PLAIN.replace("\n", ends).encode()
    case = read(source)
    assert (case.name, case.answers) == (read(PLAIN).name, read(PLAIN).answers)
    bad = source.replace(b"customer", b"costumer-x")
    assert [at(e) for e in errors(bad)] == [("M241", 3, 14)]


@pytest.mark.parametrize(
    "source, expected",
    [
        (b"", ("M204", 1, 1)),
        (b"\xef\xbb\xbf", ("M204", 1, 1)),
        (b" \n\n  \n", ("M204", 1, 1)),
        (b"# to be written\n", ("M204", 1, 1)),
        (PLAIN.encode("utf-16"), ("M202", 1, 1)),
        (PLAIN.encode("utf-16-le"), ("M202", 1, 1)),
        (PLAIN.encode("utf-16-be"), ("M202", 1, 1)),
        (PLAIN.encode("utf-32"), ("M202", 1, 1)),
        (PLAIN.encode("latin-1"), ("M202", 1, 7)),
        (b"name: x\r\nfacts:\r\n  a\xff: y\n", ("M202", 3, 4)),
        (b"name: x\xe2\x80", ("M202", 1, 8)),
        (b"name: x\n\xed\xa0\x80: y\n", ("M202", 2, 1)),
        (b"PK\x03\x04\x00\x00", ("M203", 1, 1)),
        (b"name: x\nfacts: \x00\n", ("M203", 1, 1)),
        (b"name: a\x1b[31mb\n", ("M203", 1, 8)),
        (b"name: x\nfacts:\n  a\x07: b\n", ("M203", 3, 4)),
        ("name: x\u2028y".encode(), ("M203", 1, 8)),
        ("name: x\u202ey".encode(), ("M203", 1, 8)),
        ("name: x\ufeffy".encode(), ("M203", 1, 8)),
        ("name: x\x85y".encode(), ("M203", 1, 8)),
        (b"name: x\n" * 1_300_000, ("M201", 1, 1)),
        (b"#" * (1 << 20) + b"#", ("M201", 1, 1)),
        (b"a: [" + b"x," * 30_000 + b"]", ("M201", 1, 39_999)),
    ],
)
def test_bytes_that_are_no_text(source: bytes, expected: tuple[str, int, int]) -> None:
    (one,) = errors(source)
    assert at(one) == expected


def test_text_with_what_utf8_cannot_hold() -> None:
    assert [at(e) for e in errors("name: \ud800")] == [("M203", 1, 7)]
    assert [at(e) for e in errors("name: x\nfacts: {a\x00: b}")] == [("M203", 2, 10)]


@pytest.mark.parametrize("escape", ["\\x1b[31m", "\\0", "\\u202E", "\\x85", "\\uFEFF", "\\N", "\\L"])
@pytest.mark.parametrize("line", ['name: "{}"', 'facts: {{"{}": yes}}', 'approvals: ["{}"]'])
def test_characters_written_as_escapes(line: str, escape: str) -> None:
    found = errors(line.format(escape))
    assert found[0].code == "M203"


# ---- YAML


@pytest.mark.parametrize(
    "text, expected",
    [
        ("name: a: b\n", ("M205", 1, 8)),
        ("name: 'x\nfacts: {}\n", ("M205", 1, 7)),
        ("facts: {a: b\n", ("M205", 1, 8)),
        ("platforms: [a\nname: x\n", ("M205", 2, 5)),
        ("platforms: [a", ("M205", 1, 12)),
        ("name: @x\n", ("M205", 1, 7)),
        ("name: %x\n", ("M205", 1, 7)),
        ('name: "\\q"\n', ("M205", 1, 8)),
        ("name: - x\n", ("M205", 1, 7)),
        ("name: x\n- y\n", ("M205", 2, 1)),
        ("- y\nname: x\n", ("M205", 2, 1)),
        ("name: x\nfacts\n", ("M205", 2, 1)),
        ("name: 'x' y\n", ("M205", 1, 11)),
        ("]", ("M205", 1, 1)),
        ("facts:\n\tserves-minors: no\n", ("M206", 2, 1)),
        ("\tname: x\n", ("M206", 1, 1)),
        ("name: x\n---\nname: y\n", ("M211", 2, 1)),
        ("name: x\n...\nname: y\n", ("M211", 2, 1)),
        ("approvals:\n- regulator-consent\n...\n", ("M211", 3, 1)),
        ("%YAML 1.1\n---\nname: x\n", ("M211", 1, 1)),
        ("# c\n%FOO\n---\nname: x\n", ("M211", 2, 1)),
        ("name: !!str x\n", ("M207", 1, 7)),
        ("name: !foo x\n", ("M207", 1, 7)),
        ("name: ! x\n", ("M207", 1, 7)),
        ("facts: !!map {}\n", ("M207", 1, 8)),
        ("!!python/object/apply:os.system [echo hello]\n", ("M207", 1, 1)),
        ("name: !!python/object/apply:os.system [echo hello]\n", ("M207", 1, 7)),
        ("!!python/name:os.system name: x\n", ("M207", 1, 1)),
        ("name: &a x\n", ("M208", 1, 7)),
        ("facts: &a {}\n", ("M208", 1, 8)),
        ("name: *a\n", ("M208", 1, 7)),
        ("*a : x\n", ("M208", 1, 1)),
        ("? [a]\n: b\n", ("M212", 1, 3)),
        ("? {a: b}\n: c\n", ("M212", 1, 3)),
        ("'': b\n", ("M212", 1, 1)),
        ("name: x\nas-of: 2026-01-01\nname: y\n", ("M210", 3, 1)),
        ("facts:\n  users: 1\n  'users': 2\n", ("M210", 3, 3)),
        ("facts: {users: 1, users: 1}\n", ("M210", 1, 19)),
        ("- name\n", ("M221", 1, 1)),
        ("plan\n", ("M221", 1, 1)),
        ("~\n", ("M221", 1, 1)),
        ("'x: y'\n", ("M221", 1, 1)),
    ],
)
def test_yaml_that_is_no_use_case(text: str, expected: tuple[str, int, int]) -> None:
    found = errors(text)
    assert expected in [at(f) for f in found]
    assert len({f.code for f in found}) <= 2


@pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="PyYAML's own scanner lets these pass")
@pytest.mark.parametrize("text, column", [("facts: {users:, score: 5}", 14), ("contracts: {meta:{as-of: x}}", 17)])
def test_a_colon_without_a_space(text: str, column: int) -> None:
    (one,) = errors(text)
    assert at(one) == ("M205", 1, column)
    assert one.message == "this ':' needs a space after it"


def test_a_second_name_says_where_the_first_is() -> None:
    (one,) = errors("name: x\nas-of: 2026-01-01\nname: y\n")
    assert one.message == "'name' stands here a second time; the first is in line 1"


def test_errors_of_yaml_and_of_meaning_come_together() -> None:
    found = errors("name: &a x\nname: y\nfacts:\n  nonsense: !!int 5\n  users: *a\n  score: high\n")
    assert [at(f) for f in found] == [
        ("M208", 1, 7),
        ("M210", 2, 1),
        ("M230", 4, 3),
        ("M207", 4, 13),
        ("M208", 5, 10),
        ("M246", 6, 10),
    ]


def test_python_tags_run_nothing(tmp_path: object) -> None:
    target = f"{tmp_path}/made"
    for tag in ("apply:os.mkdir", "apply:os.system", "new:os.mkdir"):
        errors(f"name: !!python/object/{tag} ['{target}']\n")
    from pathlib import Path

    assert not Path(target).exists()


# ---- size and depth


def test_references_do_not_explode() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 10) + "]" for n in range(1, 30)]
    assert {f.code for f in errors("\n".join(lines))} >= {"M208"}
    assert "M208" in {f.code for f in errors("facts: &f\n  users: *f\n")}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[[", '{"a": ['])
def test_depth(opening: str) -> None:
    found = errors("facts: " * opening.startswith(("[", "{")) + opening * 100_000)
    assert found[0].code == "M209"
    closed = "facts: " + "[" * 100_000 + "]" * 100_000
    assert [at(f) for f in errors(closed)] == [("M209", 1, 27)]


def test_depth_of_indented_mappings() -> None:
    text = "".join(" " * n + "a:\n" for n in range(1000))
    assert [at(f) for f in errors(text)] == [("M209", 21, 21)]


def test_as_deep_as_allowed() -> None:
    found = errors("facts: {users: " + "[" * 18 + "]" * 18 + "}")
    assert [f.code for f in found] == ["M221"]


# ---- both scanners


def both(text: str) -> tuple[Node | None, Node | None, list[str], list[str]]:
    """The nodes and codes that libyaml and PyYAML's own scanner give."""
    fast, slow = Findings("f"), Findings("f")
    return compose(text, fast), compose(text, slow, fast=False), *([d.code for d in f.found] for f in (fast, slow))


@pytest.mark.parametrize(
    "text",
    ["a: b\n", "a: [b, {c: d}, 'e', \"f\"]\n", "a:\n- b\n- c: d\n", "a: |\n  b\n  c\n", "a: >\n b\n c\n", "a: ~\nb:\n",
     "a: don't\n", "a: 'it''s'\n", "[a]", "a: b # c\n", "é: ü\n", "a: &x b\n", "a: !t b\n", "a: b\na: c\n", "a: [b\n",
     "a: *x\n", "a: b\n---\n", "a: b: c\n", "\ta", "[" * 30, "a: - b", "a: @", "...", "? a\n: b\n",
     "%YAML 1.1\n---\na"],
)  # fmt: skip
def test_both_scanners_agree(text: str) -> None:
    fast, slow, codes, slow_codes = both(text)
    assert fast == slow
    assert codes == slow_codes
