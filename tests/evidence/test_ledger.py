"""Reading ledgers: their lines, what they must account for, and their scaffold."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, strategies as st
from mayuse.evidence.ledger import (
    OUT,
    SHOWN,
    WORDS,
    check_names,
    check_quoted,
    check_text,
    parse_ledger,
    scaffold_ledger,
)
from mayuse.evidence.paragraphs import split
from mayuse.language.diagnostics import Diagnostic
from mayuse.language.tree import NOWHERE, Always
from mayuse.rulebook.model import Citation, Define

from .made import document, provision, rules

PARAGRAPHS = split("# Acme\n\nNo dogs.\n\nNo cats, no cows.\n\nYou pay.\n\nNo dogs.")
DOGS, CATS, PAY = (PARAGRAPHS[n].hash for n in (1, 2, 3))
HEAD = PARAGRAPHS[0].hash
FILE = "acme/terms.ledger"
RULES = rules(
    document(),
    provisions=(provision("acme/terms/dogs", "No dogs"), provision("acme/terms/cats", "No cats")),
    defines={"acme/terms/pet": Define("acme/terms/pet", Always(), "acme/terms", Citation(), NOWHERE)},
)
WHOLE = f"{HEAD}  heading\n{DOGS}  dogs, pet\n{CATS}  cats   # and cows\n\n# money\n{PAY}  out: payment, refund\n"


def codes(found: Iterable[Diagnostic]) -> list[tuple[str, int, int]]:
    return [(d.code, d.span.line, d.span.column) for d in found]


def checked(text: str, whole: bool = True) -> list[Diagnostic]:
    entries, wrong = parse_ledger(text, FILE)
    wrong += check_names(entries, RULES, RULES.documents["acme/terms"], FILE)
    return wrong + check_text(entries, PARAGRAPHS, FILE, whole)[1]


def test_a_whole_ledger_has_nothing_wrong() -> None:
    assert checked(WHOLE) == []
    counts, _ = check_text(parse_ledger(WHOLE, FILE)[0], PARAGRAPHS, FILE, True)
    assert (counts.paragraphs, counts.accounted, counts.missing) == (5, 5, 0)


def test_lines_say_names_and_reasons_with_their_places() -> None:
    entries, wrong = parse_ledger(f"{DOGS}  dogs, cats, out: payment,liability # note\r\n", FILE)
    assert wrong == []
    (entry,) = entries
    assert [(n.text, n.span.column) for n in entry.names] == [("dogs", 19), ("cats", 25)]
    assert [(n.text, n.span.column) for n in entry.out] == [("payment", 36), ("liability", 44)]


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("dogs", "M300", 1),
        ("  0123456789abcde  dogs", "M300", 3),
        ("0123456789ABCDEF  dogs", "M300", 1),
        (f"{DOGS}", "M300", 1),
        (f"{DOGS}  out:", "M300", 1),
        (f"{DOGS}  Dogs", "M300", 19),
        (f"{DOGS}  acme/terms/dogs", "M300", 19),
        (f"{DOGS}  ?", "M305", 19),
        (f"{DOGS}  dgos", "M301", 19),
        (f"{DOGS}  dogs, out: paymnt", "M302", 30),
    ],
)
def test_wrong_lines(line: str, code: str, column: int) -> None:
    found = checked(WHOLE.replace(f"{DOGS}  dogs, pet", line))
    assert (code, 2, column) in codes(found)


def test_the_nearest_word_is_proposed() -> None:
    helps = [d.help for d in checked(f"{DOGS}  dgos, out: paymnt\n")]
    assert "did you mean 'dogs'?" in helps
    assert "did you mean 'payment'?" in helps


def test_a_paragraph_without_a_line_is_reported_where_its_line_belongs() -> None:
    found = checked(WHOLE.replace(f"{CATS}  cats   # and cows", f"{DOGS}  cats"))
    (missing,) = [d for d in found if d.code == "M303"]
    assert missing.span.line == 2
    assert "paragraph 3 under 'Acme'" in missing.message
    assert "'No cats, no cows. …'" in missing.message
    assert CATS in str(missing.help)


def test_partial_coverage_counts_what_is_missing() -> None:
    entries, _ = parse_ledger(f"{DOGS}  dogs\n", FILE)
    counts, wrong = check_text(entries, PARAGRAPHS, FILE, False)
    assert wrong == []
    assert (counts.accounted, counts.missing) == (2, 3)


def test_many_missing_paragraphs_are_summed_up() -> None:
    paragraphs = split("\n\n".join(f"paragraph word{n}" for n in range(SHOWN + 5)))
    _, wrong = check_text((), paragraphs, FILE, True)
    assert len(wrong) == SHOWN + 1
    assert "5 more paragraphs" in wrong[-1].message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (WHOLE + "0" * 16 + "  dogs\n", "M304"),
        (WHOLE + f"{CATS}  heading\n", "M307"),
        (f"{CATS}  cats\n{HEAD}  heading\n{DOGS}  dogs\n{PAY}  out: payment\n", "M309"),
        (WHOLE.replace("dogs, pet", "pet"), "M306"),
    ],
    ids=["stale", "twice", "order", "unnamed provision"],
)
def test_lines_and_text_must_agree(text: str, code: str) -> None:
    assert {d.code for d in checked(text)} == {code}


def test_a_repeated_paragraph_may_repeat_its_line() -> None:
    assert checked(WHOLE + f"{DOGS}  dogs\n") == []


def test_a_long_paragraph_is_no_heading() -> None:
    paragraphs = split("word " * 40)
    entries, _ = parse_ledger(f"{paragraphs[0].hash}  heading\n", FILE)
    assert [(d.code, d.severity) for d in check_text(entries, paragraphs, FILE, True)[1]] == [("M308", "warning")]


def test_the_quoted_paragraph_is_the_provisions_own() -> None:
    entries, _ = parse_ledger(WHOLE, FILE)
    quoted = {"acme/terms/dogs": frozenset({DOGS}), "acme/terms/cats": frozenset({PAY})}
    (wrong,) = check_quoted(entries, RULES, quoted)
    assert (wrong.code, wrong.span.line) == ("M310", 6)


def test_a_scaffold_keeps_what_is_known_and_marks_what_is_unread() -> None:
    before, _ = parse_ledger(f"{PAY}  out: payment\n{DOGS}  ?\n", FILE)
    lines = scaffold_ledger(PARAGRAPHS, {DOGS: ["dogs"]}, before)
    assert [line for line, _ in lines] == [f"{HEAD}  heading", f"{DOGS}  dogs", f"{CATS}  ?", f"{PAY}  out: payment"]
    entries, wrong = parse_ledger("\n".join(line for line, _ in lines), FILE)
    assert [d.code for d in wrong] == ["M305"]
    assert check_text(entries, PARAGRAPHS, FILE, True)[0].missing == 1


def test_words_and_reasons_do_not_clash() -> None:
    assert not OUT & set(WORDS)


LINE = st.text(st.sampled_from(list("0123456789abcdef out:,#?-.\t'")), max_size=50) | st.text(max_size=20)


@given(st.lists(LINE, max_size=6))
def test_any_text_parses(lines: list[str]) -> None:
    text = "\n".join(lines)
    entries, wrong = parse_ledger(text, FILE)
    split_lines = text.removeprefix("\ufeff").split("\n")
    for one in [*(e.span for e in entries), *(d.span for d in wrong)]:
        assert 1 <= one.line <= len(split_lines)
        assert 1 <= one.column <= len(split_lines[one.line - 1]) + 1
    check_names(entries, RULES, RULES.documents["acme/terms"], FILE)
    check_text(entries, PARAGRAPHS, FILE, True)
    for one in wrong:
        assert one.render()
