"""`expect` as text: every claim read, laid out and refused, with places; its words are names everywhere else."""

from __future__ import annotations

import pytest
from mayuse.language import (
    CLAIMS,
    And,
    Claim,
    Expect,
    Fact,
    FactType,
    Holds,
    Name,
    Not,
    Provision,
    Span,
    Test as Comparison,
    Text,
    This,
    format_block,
    format_text,
    parse,
)

LEGAL = "'never permitted', 'never conflict', 'always conditional on', 'same verdict regardless of'"

WRITTEN = """\
# Head.
expect "Training a rival on answers never passes"   never permitted # claimed
  # which plans
  note "a" "b"
  when learns-from-output and not trained-model-vendor is this vendor
expect "A decision about credit is always reviewed" always
   conditional on human-review,record-kept
expect "Sold, shared or kept: it is all one" same verdict # so
  regardless of sold, shared for deepseek/api when improves-model for deepseek/chat
  # tail
expect "The chat is judged as the API is" same verdict as deepseek/api for deepseek/chat
expect "Nobody is stuck" never conflict
"""
FORMATTED = """\
# Head.
expect "Training a rival on answers never passes"
  never permitted  # claimed
  when     learns-from-output and not (trained-model-vendor is this vendor)
  # which plans
  note     "a b"

expect "A decision about credit is always reviewed"
  always conditional on human-review, record-kept

expect "Sold, shared or kept: it is all one"
  same verdict regardless of sold, shared  # so
  when     improves-model
  for      deepseek/api, deepseek/chat
  # tail

expect "The chat is judged as the API is"
  same verdict as deepseek/api
  for      deepseek/chat

expect "Nobody is stuck"
  never conflict
"""


def names(*written: str) -> tuple[Name, ...]:
    return tuple(map(Name, written))


def test_every_claim_is_read() -> None:
    file, found = parse(WRITTEN, "x.rules")
    assert found == []
    rival = Comparison(Name("trained-model-vendor"), "is", (This("vendor"),))
    assert file.blocks == (
        Expect(
            Text("Training a rival on answers never passes"),
            Claim("never permitted"),
            And((Holds(Name("learns-from-output")), Not(rival))),
            note=Text("a b"),
        ),
        Expect(
            Text("A decision about credit is always reviewed"),
            Claim("always conditional", names("human-review", "record-kept")),
        ),
        Expect(
            Text("Sold, shared or kept: it is all one"),
            Claim("regardless", names("sold", "shared")),
            Holds(Name("improves-model")),
            names("deepseek/api", "deepseek/chat"),
        ),
        Expect(
            Text("The chat is judged as the API is"),
            Claim("same as", names("deepseek/api")),
            offerings=names("deepseek/chat"),
        ),
        Expect(Text("Nobody is stuck"), Claim("never conflict")),
    )
    assert {block.claim.kind for block in file.blocks if isinstance(block, Expect)} == set(CLAIMS)


def test_layout_and_comments() -> None:
    assert format_text(WRITTEN, "x.rules") == FORMATTED
    assert format_text(FORMATTED, "x.rules") == FORMATTED


def test_long_lists_and_texts_wrap() -> None:
    facts = names(*(f"fact-number-{n}" for n in range(20)))
    block = Expect(Text("word " * 40 + "end"), Claim("regardless", facts), offerings=names(*["acme/offering"] * 12))
    text = format_block(block)
    assert max(map(len, text.split("\n"))) <= 120
    assert text.count("\n") >= 5
    assert parse(text, "x")[0].blocks == (block,)


def test_places() -> None:
    file, _ = parse('# c\nexpect "T"\n  always  conditional\n    on a, b\n  when c\n  for d/e\n', "x.rules")
    (block,) = file.blocks
    assert isinstance(block, Expect) and block.when is not None
    assert block.span == Span("x.rules", 2, 1, 6, 10)
    assert block.title.span == Span("x.rules", 2, 8, 2, 11)
    assert block.claim.span == Span("x.rules", 3, 3, 4, 12)
    assert [name.span for name in block.claim.names] == [Span("x.rules", 4, 8, 4, 9), Span("x.rules", 4, 11, 4, 12)]
    assert block.when.span == Span("x.rules", 5, 8, 5, 9)
    assert block.offerings[0].span == Span("x.rules", 6, 7, 6, 10)


def test_one_begins_anywhere() -> None:
    text = 'term a "A" expect "T" never permitted expect "U"\nsame verdict as b/c when d define e as d'
    file, found = parse(text, "x")
    assert found == []
    assert [type(block).__name__ for block in file.blocks] == ["Term", "Expect", "Expect", "Define"]


WORDS = ("never", "same", "verdict", "permitted", "conflict", "conditional", "on", "regardless", "expected")


@pytest.mark.parametrize("word", WORDS)
def test_the_words_of_claims_are_names_elsewhere(word: str) -> None:
    """As a name of anything, also where a claim could begin behind it."""
    file, found = parse(
        f'fact {word} "Q?" yes or no reading r "R?" choice {word} "A" choice other-{word} "B"\n'
        f'prohibit {word} "No" when {word} and reading r is {word}\n'
        f'expect "T" same verdict regardless of {word} when reading r is {word} for {word}/{word}',
        "x",
    )
    assert found == []
    fact, _, provision, expect = file.blocks
    assert fact == Fact("fact", Name(word), Text("Q?"), FactType("flag"))
    assert isinstance(provision, Provision) and provision.name == Name(word)
    assert isinstance(expect, Expect) and expect.claim == Claim("regardless", names(word))
    assert expect.offerings == names(f"{word}/{word}")


ERRORS = {
    "no text": (
        "expect\n  never permitted",
        (1, 1, "M013", "expected a quoted text after 'expect'", "an 'expect' has no name: its text tells it apart"),
    ),
    "a name": (
        'expect rivals "T" never permitted',
        (
            *(1, 8, "M013", "expected a quoted text after 'expect', found 'rivals'"),
            "an 'expect' has no name: its text tells it apart",
        ),
    ),
    "no claim": (
        'expect "T"\n  when a',
        (1, 1, "M017", "this 'expect' has no claim", f"write {LEGAL} or 'same verdict as' behind its text"),
    ),
    "another claim": (
        'expect "T" must never be permitted when a',
        (1, 12, "M014", "unexpected 'must'", f"here it goes on with {LEGAL}, 'same verdict as'"),
    ),
    "never what": (
        'expect "T"\n  never permited\n  when a',
        (2, 9, "M013", "expected 'permitted' or 'conflict' after 'never', found 'permited'", None),
    ),
    "never, and no more": (
        'expect "T"\n  never\n  when a',
        (2, 3, "M013", "expected 'permitted' or 'conflict' after 'never'", None),
    ),
    "always what": (
        'expect "T" always permitted',
        (1, 19, "M013", "expected 'conditional on' after 'always', found 'permitted'", None),
    ),
    "conditional on what": (
        'expect "T" always conditional on when a',
        (
            *(1, 34, "M008"),
            "expected the name of a safeguard after 'always conditional on', found the keyword 'when'",
            "a keyword cannot be a name",
        ),
    ),
    "regardless of what": (
        'expect "T" same verdict regardless of a,\n  when b',
        (1, 40, "M013", "expected the name of a fact after ','", None),
    ),
    "same verdict than": (
        'expect "T" same verdict than b/c',
        (1, 25, "M013", "expected 'regardless of' or 'as' after 'same verdict', found 'than'", None),
    ),
    "the same as what": (
        'expect "T" same verdict as "a"',
        (1, 28, "M013", "expected the name of an offering after 'same verdict as', found '\"a\"'", None),
    ),
    "the same as two": (
        'expect "T" same verdict as a/b, a/c when d',
        (1, 31, "M014", "unexpected ','", "'same verdict as' takes only one"),
    ),
    "two claims": (
        'expect "T" never permitted\n  never conflict',
        (2, 3, "M016", "a claim is given a second time", "the first is in line 1, write an 'expect' for each"),
    ),
    "the claim not first": (
        'expect "T"\n  when a\n  never permitted',
        (
            *(3, 3, "M018", "'never permitted' stands behind 'when'"),
            "move it before all other clauses: first comes what is claimed",
        ),
    ),
    "two notes": (
        'expect "T" never permitted note "a"\n  note "b"',
        (2, 3, "M016", "'note' is given a second time", "the first is in line 1, write one text behind the other"),
    ),
    "for whom": (
        'expect "T" never permitted for',
        (1, 28, "M013", "expected the name of an offering after 'for'", None),
    ),
    "a misspelt clause": (
        'expect "T" never permitted whne a',
        (1, 28, "M014", "unknown word 'whne'", "did you mean 'when'?"),
    ),
    "a word too many": (
        'expect "T" never permitted please',
        (1, 28, "M014", "unexpected 'please'", "here it goes on with 'when', 'for', 'note'"),
    ),
    "a clause of provisions": (
        'expect "T" never permitted unless a',
        (
            *(1, 28, "M015", "'unless' does not belong in an 'expect'"),
            "it belongs in a 'prohibit', 'require', 'permit' or 'reserve'",
        ),
    ),
    "a claim in a provision": (
        'prohibit a "T" when b\n  never permitted',
        (2, 3, "M015", "'never permitted' does not belong in a 'prohibit'", "it belongs in an 'expect'"),
    ),
    "a misspelt expect": (
        'term a "A"\nexpct "T"\n  never permitted\nterm b "B"',
        (2, 1, "M002", "unknown block 'expct'", "did you mean 'expect'?"),
    ),
    "the keyword as a name": (
        'term expect "T"',
        (1, 6, "M008", "'expect' is a keyword and cannot be a name", "try 'the-expect'"),
    ),
    "the keyword alone": (
        'term a "A" expect',
        (
            *(1, 12, "M014", "unexpected 'expect'"),
            "'expect' begins a block, with a quoted text and what is claimed behind it",
        ),
    ),
}


@pytest.mark.parametrize(("text", "expected"), ERRORS.values(), ids=ERRORS)
def test_errors(text: str, expected: tuple[int, int, str, str, str | None]) -> None:
    _, found = parse(text, "x")
    assert [(d.span.line, d.span.column, d.code, d.message, d.help) for d in found] == [expected]


def test_all_errors_of_a_block_come_together() -> None:
    _, found = parse('expect "T"\n  never permited\n  when (a\n  for\n  note c\nexpect "U" when d', "x")
    assert [(d.span.line, d.code) for d in found] == [(2, "M013"), (3, "M021"), (4, "M013"), (5, "M013"), (6, "M017")]
