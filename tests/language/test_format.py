"""The formatter: what it writes reads back as the same tree (law 9), twice is once, and no comment is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings, strategies as st
from mayuse.language import RulesError, format_block, format_condition, format_text, parse
from mayuse.language.comments import find_comments
from mayuse.language.tree import Block, Condition, Define, File, Name

from . import trees

EVERYTHING = """\
# Head of the file.

# The terms.
term purpose "What it is for"
term watch-people "Watching people"   under purpose # watched

# Odd one out
term rare "Rare"

fact purposes "For what?" many of purpose
safeguard discloses "Told?" asked when purposes is only rare  # ask
  # tail of the safeguard

prohibit watching "No watching" section "1" # of the head
  # before the quote
  quote "no" then "watching" topic b
  when purposes includes watch-people # first
    # inside
    and not (purposes is rare) # second
  # before the exception
  unless discloses section "2" # cited
  topic a
# in the margin

  # the end
"""
FORMATTED = """\
# Head of the file.

# The terms.
term purpose      "What it is for"
term watch-people "Watching people"  under purpose  # watched

# Odd one out
term rare "Rare"

fact      purposes  "For what?"  many of purpose
safeguard discloses "Told?"      asked when purposes is only rare  # ask
  # tail of the safeguard

prohibit watching "No watching"
  section  "1"  # of the head
  # before the quote
  quote    "no" then "watching"
  # first
  # inside
  when     purposes includes watch-people and not (purposes is rare)  # second
  # before the exception
  unless   discloses  section "2"  # cited
  topic    b, a

# in the margin

# the end
"""


def test_layout_and_comments() -> None:
    assert format_text(EVERYTHING, "x.rules") == FORMATTED
    assert format_text(FORMATTED, "x.rules") == FORMATTED


def test_syntax_errors_are_raised() -> None:
    with pytest.raises(RulesError) as caught:
        format_text('prohibit a "t"', "x.rules")
    assert [one.code for one in caught.value.diagnostics] == ["M017"]


def test_empty_text() -> None:
    assert format_text("", "x") == ""
    assert format_text("\n\n  # only this\n\n", "x") == "# only this\n"


def test_carriage_returns_and_byte_order_mark_go() -> None:
    assert format_text('\ufeff# a\r\nterm a "x"\r\n', "x") == '# a\nterm a "x"\n'


def test_long_texts_wrap_at_single_spaces() -> None:
    text = f'prohibit a "t"\n  when     always\n  note     "{"word " * 40}end  of it"\n'
    formatted = format_text(text, "x")
    assert max(map(len, formatted.split("\n"))) <= 120
    assert parse(formatted, "x") == parse(text, "x")


def test_long_conditions_wrap() -> None:
    long = " and ".join(f"(fact-number-{n} or reading some-term-{n} is broad)" for n in range(8))
    formatted = format_text(f'prohibit a "t" when {long}', "x")
    assert max(map(len, formatted.split("\n"))) <= 120
    assert "\n           and (fact-number-7" in formatted


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("( a )", "a"),
        ("((a and b))", "a and b"),
        ("a and (b and c)", "a and (b and c)"),
        ("not (a)", "not a"),
        ("not a is b", "not (a is b)"),
        ("not (not a)", "not (not a)"),
        ("(a or b) and not (c or d)", "(a or b) and not (c or d)"),
        ("a  is\nany of b,c  other\tthan d", "a is any of b, c other than d"),
        ("a at\nleast 700   million", "a at least 700 million"),
        ("a is this   vendor", "a is this vendor"),
    ],
)
def test_conditions(written: str, canonical: str) -> None:
    block = parse(f"define x as {written}", "x")[0].blocks[0]
    assert isinstance(block, Define)
    assert format_condition(block.condition) == canonical


@given(trees.conditions)
def test_one_line_conditions_round_trip(condition: Condition) -> None:
    text = format_condition(condition)
    assert "\n" not in text
    assert parse(f"define x as {text}", "x") == (File("x", (Define(Name("x"), condition),)), [])


@settings(max_examples=300)
@given(trees.blocks)
def test_law_9_every_block_round_trips(block: Block) -> None:
    text = format_block(block)
    assert parse(text, "test.rules") == (File("test.rules", (block,)), [])


@given(trees.files)
def test_law_9_every_file_round_trips(file: File) -> None:
    text = format_text("\n\n".join(format_block(block) for block in file.blocks), file.name)
    assert parse(text, file.name) == (file, [])
    assert format_text(text, file.name) == text
    assert all(line == line.rstrip() or '"' in line for line in text.split("\n"))


_WORDS = re.compile(r'"(?:[^"\\\n]|\\.)*"|[^\s"]+')


@st.composite
def commented(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A valid text broken anywhere, with comments anywhere, and the comments in it."""
    file = draw(trees.files)
    lines = "\n\n".join(format_block(block) for block in file.blocks)
    words = _WORDS.findall(lines)
    text, comments = "", []
    for number, word in enumerate(words):
        if draw(st.integers(0, 9)) == 0:
            comments.append(f"# c{number} {draw(st.sampled_from(['', 'when', chr(34), '# x', 'term a']))}".rstrip())
            text += draw(st.sampled_from(["", "\n", "\n  ", "\n\n"])) + comments[-1]
            text += draw(st.sampled_from(["\n", "\n  ", "\n\n"]))
        text += word + draw(st.sampled_from([" ", "\n", "\n  ", "  "]))
    return text, comments


@settings(max_examples=200)
@given(commented())
def test_comments_survive_anywhere(case: tuple[str, list[str]]) -> None:
    text, comments = case
    formatted = format_text(text, "test.rules")
    assert sorted(one.text for one in find_comments(formatted.split("\n"))) == sorted(comments)
    assert parse(formatted, "x") == parse(text, "x")
    assert format_text(formatted, "test.rules") == formatted
