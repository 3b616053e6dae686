"""What each kind of answer says, and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from asking import at, errors, fact_error, facts, value
from mayuse.usecase import Answer, FlagValue, RangeValue, TermsValue


@pytest.mark.parametrize("word", ["yes", "Yes", "YES", "true", "TRUE", '"yes"', "'True'", " yes  # sure"])
def test_yes(word: str) -> None:
    assert value(f"serves-minors: {word}") == FlagValue(True)


@pytest.mark.parametrize("word", ["no", "No", "NO", "false", "FALSE", '"no"'])
def test_no(word: str) -> None:
    assert value(f"serves-minors: {word}") == FlagValue(False)


@pytest.mark.parametrize("word", ["on", "off", "y", "n", "1", "maybe", "yess", "not yes", "''", "2026-11-23"])
def test_neither_yes_nor_no(word: str) -> None:
    code = "M223" if word == "''" else "M240"
    assert at(fact_error(f"serves-minors: {word}")) == (code, 2, 18)


@pytest.mark.parametrize("word", ["don't know", "dont know", "Don't Know", "don\u2019t know", "do not know", "unknown"])
@pytest.mark.parametrize("fact", ["serves-minors", "purposes", "home", "users", "score", "discloses-ai", "unlawful"])
def test_dont_know(fact: str, word: str) -> None:
    assert facts(f"{fact}: {word}") == {fact: Answer(None, "don't know", word)}


@pytest.mark.parametrize("word", ["", "~", "null", "Null", "NULL", " # later"])
@pytest.mark.parametrize("fact", ["serves-minors", "purposes", "home", "users", "goals", "uses-weights"])
def test_missing_stays_unknown(fact: str, word: str) -> None:
    assert facts(f"{fact}: {word}") == {}


def test_a_quoted_null_is_text() -> None:
    assert at(fact_error('serves-minors: "null"')) == ("M240", 2, 18)


@pytest.mark.parametrize("shape", ["[yes]", "[]", "[[yes]]"])
def test_a_flag_takes_no_list(shape: str) -> None:
    one = fact_error(f"serves-minors: {shape}")
    assert at(one) == ("M221", 2, 18)
    assert one.message == "'serves-minors' takes yes or no, not a list"


def test_a_flag_takes_no_term() -> None:
    assert fact_error("improves-model: customer-support").message == (
        "'improves-model' takes yes or no, not 'customer-support'"
    )


# ---- one of


@pytest.mark.parametrize(
    "text, expected",
    [
        ("own", TermsValue(("own",))),
        ("OWN", TermsValue(("own",))),
        ("not own", TermsValue((), ("own",), False)),
        ("not  OWN", TermsValue((), ("own",), False)),
        ("[not own]", TermsValue((), ("own",), False)),
        ("[not own, not other-vendor]", TermsValue((), ("own", "other-vendor"), False)),
        ("[not own, not own]", TermsValue((), ("own",), False)),
    ],
)
def test_one(text: str, expected: TermsValue) -> None:
    assert value(f"trained-model-vendor: {text}") == expected


@pytest.mark.parametrize(
    "text, code, column",
    [
        ("[own]", "M245", 26),
        ("[own, other-vendor]", "M245", 26),
        ("[not own, other-vendor]", "M245", 35),
        ("[]", "M245", 25),
        ("...", "M245", 25),
        ("all of vendor", "M245", 25),
        ("yes", "M241", 25),
        ("not", "M241", 25),
        ("not nobody", "M241", 25),
        ("customer-support", "M242", 25),
        ("[{not: b}]", "M221", 26),
        ("[don't know]", "M244", 26),
    ],
)
def test_not_one(text: str, code: str, column: int) -> None:
    assert at(fact_error(f"trained-model-vendor: {text}")) == (code, 2, column)


def test_norway_is_not_no() -> None:
    assert value("home: NO") == TermsValue(("no",))
    assert value("home: no") == TermsValue(("no",))
    assert value("home: not NO") == TermsValue((), ("no",), False)
    assert value("established-in: [NO, de]") == TermsValue(("no", "de"))
    assert value("established-in: No") == TermsValue(("no",))


def test_a_term_called_unknown_is_a_term() -> None:
    assert facts("home: unknown")["home"].state == "don't know"
    from mayuse.usecase import read_settlements
    from small import small

    (one,) = read_settlements(small(), "basis: unknown")
    assert one.choice == "unknown"


# ---- many of


@pytest.mark.parametrize(
    "text, expected",
    [
        ("[customer-support]", TermsValue(("customer-support",))),
        ("customer-support", TermsValue(("customer-support",))),
        ("[]", TermsValue()),
        ("[customer-support, ...]", TermsValue(("customer-support",), (), False)),
        ("[customer-support, …]", TermsValue(("customer-support",), (), False)),
        ("[..., customer-support]", TermsValue(("customer-support",), (), False)),
        ("[not stalking]", TermsValue((), ("stalking",), False)),
        ("not stalking", TermsValue((), ("stalking",), False)),
        ("[not stalking, not mass-surveillance]", TermsValue((), ("stalking", "mass-surveillance"), False)),
        ("[not stalking, ...]", TermsValue((), ("stalking",), False)),
        ("[customer-support, not stalking]", TermsValue(("customer-support",), ("stalking",))),
        ("[watch-people, not stalking]", TermsValue(("watch-people",), ("stalking",))),
        ("[all of watch-people]", TermsValue(("mass-surveillance", "stalking"))),
        ("all of watch-people", TermsValue(("mass-surveillance", "stalking"))),
        ("[all of Watch-People, stalking, ...]", TermsValue(("mass-surveillance", "stalking"), (), False)),
        ("[Customer-Support, customer-support]", TermsValue(("customer-support",))),
        ("[purpose]", TermsValue(("purpose",))),
    ],
)
def test_many(text: str, expected: TermsValue) -> None:
    answers = facts(f"purposes: {text}")
    assert answers["purposes"].value == expected
    assert answers["purposes"].text == text


def test_a_block_list_may_be_left_open() -> None:
    assert value("purposes:\n  - customer-support\n  - ...") == TermsValue(("customer-support",), (), False)


@pytest.mark.parametrize(
    "text, code, column",
    [
        ("...", "M244", 13),
        ("[...]", "M244", 13),
        ("[customer-support, don't know]", "M244", 32),
        ("[customer-support, not customer-support]", "M244", 32),
        ("[stalking, not watch-people]", "M244", 24),
        ("[all of watch-people, not stalking]", "M244", 35),
        ("[customer-suport]", "M241", 14),
        ("[customer support]", "M241", 14),
        ("[all of stalking]", "M243", 14),
        ("[all of nothing]", "M241", 14),
        ("[not all of watch-people]", "M241", 14),
        ("[platform-output]", "M242", 14),
        ("[not DE]", "M242", 14),
        ("yes", "M241", 13),
        ("no", "M242", 13),
        ("[[customer-support]]", "M221", 14),
        ("[{customer-support: yes}]", "M221", 14),
        ("[customer-support, ~]", "M223", 32),
        ("['']", "M223", 14),
    ],
)
def test_not_many(text: str, code: str, column: int) -> None:
    assert at(fact_error(f"purposes: {text}")) == (code, 2, column)


def test_every_item_of_a_list_is_reported() -> None:
    found = errors("facts:\n  purposes:\n    - a\n    - customer-support\n    - de\n    -\n")
    assert [at(f) for f in found] == [("M241", 3, 7), ("M242", 5, 7), ("M223", 6, 6)]


def test_suggestions_for_terms() -> None:
    assert fact_error("purposes: [customer_suport]").help == "did you mean 'customer-support'?"
    one = fact_error("purposes: [platform-output]")
    assert one.message == "'platform-output' is no 'purpose', which 'purposes' asks for"
    assert one.help == "it answers 'learns-from'"
    assert fact_error("established-in: [own]").help == "it answers 'trained-model-vendor'"
    assert fact_error("learns-from: false").help == "write 'learns-from: []' for none"
    assert fact_error("learns-from: xyz").help == "it takes a list of 'learning-material': platform-output"
    assert fact_error("home: yes").help == "it takes one 'region': asia, de, europe, no"


# ---- numbers


def _range(low: object = None, high: object = None, above: bool = False, below: bool = False) -> RangeValue:
    return RangeValue(*(None if n is None else Decimal(str(n)) for n in (low, high)), above, below)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("5", _range(5, 5)),
        ("+5", _range(5, 5)),
        ("0", _range(0, 0)),
        ("-0", _range(0, 0)),
        ("1_000_000", _range(1000000, 1000000)),
        ("700 million", _range(700000000, 700000000)),
        ("700million", _range(700000000, 700000000)),
        ("2.5 million", _range(2500000, 2500000)),
        ("3 Thousand", _range(3000, 3000)),
        ("1 billion", _range(10**9, 10**9)),
        ("under 5", _range(None, 5, below=True)),
        ("below 1_000", _range(None, 1000, below=True)),
        ("over 5", _range(5, None, above=True)),
        ("Above 5", _range(5, None, above=True)),
        ("at least 5", _range(5)),
        ("at  most 5", _range(None, 5)),
        ("10 to 20", _range(10, 20)),
        ("10..20", _range(10, 20)),
        ("10 .. 20", _range(10, 20)),
        ("between 10 and 20", _range(10, 20)),
        ("5 to 5", _range(5, 5)),
        ("0 to 5 million", _range(0, 5000000)),
        ("1 million to 5 million", _range(1000000, 5000000)),
        ("under 1", _range(None, 1, below=True)),
        ("999_999_999_999_999", _range(999999999999999, 999999999999999)),
    ],
)
@pytest.mark.parametrize("fact", ["users", "score"])
def test_numbers(fact: str, text: str, expected: RangeValue) -> None:
    assert facts(f"{fact}: {text}") == {fact: Answer(expected, "given", " ".join(text.split()))}


@pytest.mark.parametrize(
    "text, expected",
    [
        ("12.5", _range("12.5", "12.5")),
        ("-3", _range(-3, -3)),
        ("at least -0.5", _range("-0.5")),
        ("1.5..2.5", _range("1.5", "2.5")),
        ("under 0", _range(None, 0, below=True)),
        ("-5 to -2", _range(-5, -2)),
    ],
)
def test_real_numbers(text: str, expected: RangeValue) -> None:
    assert value(f"score: {text}") == expected
    assert at(fact_error(f"users: {text}")) == ("M247", 2, 10)


@pytest.mark.parametrize(
    "text",
    ["nan", ".nan", ".inf", "inf", "Infinity", "0x10", "0b1", "1e6", "1,000", "1_00", "_1", "1__000", "1_000_",
    "5 people",
     "about 5", "5+", "> 5", "--5", "5.", ".5", "1..", "to 5", "under", "under -", "yes", "½", "٣", "5 to",
     "1 to 5 million", "under 5 to 6", "between 5", "2026-11-23", "1:30", "12.5.1", "1_000.000_1", "five", "'5 '' '"],
)  # fmt: skip
@pytest.mark.parametrize("fact, column", [("users", 10), ("score", 10)])
def test_not_a_number(fact: str, column: int, text: str) -> None:
    assert at(fact_error(f"{fact}: {text}" if text != "> 5" else f"{fact}: '> 5'")) == ("M246", 2, column)


@pytest.mark.parametrize(
    "text",
    ["1000000000000000", "1_000_000_000_000_000", "999999999999999 million", "1000000 billion", "20 to 10",
     "between 2 million and 1 million", "0.1234567890123456"],
)  # fmt: skip
def test_impossible_numbers(text: str) -> None:
    assert at(fact_error(f"score: {text}")) == ("M247", 2, 10)


@pytest.mark.parametrize("text", ["-1", "12.5", "under 0", "below 0", "at least 1.5", "0.1234 thousand", "-2 to 5"])
def test_impossible_counts(text: str) -> None:
    assert at(fact_error(f"users: {text}")) == ("M247", 2, 10)


@pytest.mark.parametrize(
    "text, help",
    [
        ("1,000", "write '1_000'"),
        ("12,5", "write '12.5'"),
        ("'> 5'", "write 'over 5'"),
        ("fewer than 3 million", "write 'under 3 million'"),
        ("5+", "write 'at least 5'"),
        ("up to 10", "write 'at most 10'"),
        ("1 to 5 million", "write '1 million to 5 million', or both numbers in full"),
        ("a few", "write a number, or 'under N', 'over N', 'at least N', 'at most N', 'N to M'"),
    ],
)
def test_help_for_numbers(text: str, help: str) -> None:
    assert fact_error(f"users: {text}").help == help


def test_a_number_takes_no_list() -> None:
    assert fact_error("users: [5]").message == "'users' takes a whole number of people, not a list"
