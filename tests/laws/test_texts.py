"""The laws of semantics.md about texts: 9 (the formatter), 12 (no text crashes or hangs the parser), 13 (quotes)."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, strategies as st
from mayuse.evidence.paragraphs import split
from mayuse.evidence.quotes import find_quote
from mayuse.language import RulesError, parse, tree as t
from mayuse.language.format import format_block, format_text
from mayuse.load import load_texts
from mayuse.testing.dice import Dice
from mayuse.testing.write import write

from laws import changes
from laws.plans import Sample, samples
from laws.test_laws import dice

SCRAPS = ("", " ", "\n", '"', "(", ")", ",", "#", "not ", "and ", "or ", "when ", "prohibit ", "é", "\x00", "\u2028")
WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9)


def damaged(dice: Dice, text: str) -> str:
    """A text with a few cuts, doubled stretches and scraps in wrong places."""
    for _ in range(1 + dice.below(4)):
        start = dice.below(len(text) + 1)
        end = min(len(text), start + dice.below(30))
        text = text[:start] + dice.pick((*SCRAPS, text[start:end] * 2)) + text[dice.pick((start, end)) :]
    return text


@given(samples())
def test_what_is_written_is_read(sample: Sample) -> None:
    for path, file in sample.files.items():
        assert parse(write(file), path) == (file, [])


@given(samples())
def test_law_9_formatting_keeps_the_tree_and_is_idempotent(sample: Sample) -> None:
    for path, file in sample.files.items():
        text = format_text(write(file), path)
        assert parse(text, path) == (file, [])
        assert format_text(text, path) == text
        for block in file.blocks:
            assert parse(format_block(block) + "\n", path)[0].blocks == (block,)


@given(samples(), dice)
def test_law_9_comments_survive(sample: Sample, dice: Dice) -> None:
    for path, file in sample.files.items():
        lines, comments = [], []
        for number, line in enumerate(write(file).splitlines()):
            if dice.chance(20):
                comments.append(f"# note {number}")
                lines.append(dice.pick(("", "    ")) + comments[-1])
            if dice.chance(20):
                comments.append(f"# end {number}")
                line = f"{line}  {comments[-1]}"
            lines.append(line)
        text = format_text("\n".join(lines) + "\n", path)
        found = Counter(line[line.index("#") :].strip() for line in text.splitlines() if "#" in line)
        assert found == Counter(comments)
        assert parse(text, path) == (file, [])
        assert format_text(text, path) == text


@given(st.text() | st.text(alphabet='abc "#(),./-0123456789\n'), dice)
def test_law_12_no_text_crashes_the_parser(text: str, dice: Dice) -> None:
    parse(text, "any.rules")
    parse("prohibit " + damaged(dice, text), "any.rules")


@given(samples(), dice)
def test_law_12_no_damage_crashes_the_loader(sample: Sample, dice: Dice) -> None:
    texts = sample.texts()
    path = dice.pick(list(texts))
    try:
        load_texts({**texts, path: damaged(dice, texts[path])})
    except RulesError as error:
        assert error.diagnostics


@given(samples(), dice)
def test_law_12_no_change_of_names_crashes_the_loader(sample: Sample, dice: Dice) -> None:
    names = sorted({n.text for file in sample.files.values() for n in changes.names_in(file)})
    old, new = dice.pick(names), dice.pick(names)

    def change(node: object) -> object:
        return t.Name(new) if isinstance(node, t.Name) and node.text == old and dice.chance(50) else node

    files = changes.rebuild_files(sample.files, change)
    try:
        load_texts({path: write(file) for path, file in files.items()})
    except RulesError as error:
        assert error.diagnostics


@pytest.mark.parametrize("opening", ["(", "not (", "a and (", "not "])
def test_law_12_depth_is_refused_not_followed(opening: str) -> None:
    closing = ")" * opening.count("(") * 100_000
    _, errors = parse(f'prohibit x "x"\n  when {opening * 100_000}a{closing}\n', "deep.rules")
    assert errors


@given(st.lists(st.lists(WORDS, min_size=12, max_size=40), min_size=1, max_size=6), dice)
def test_law_13_a_quote_from_a_text_is_found_in_it(texts: list[list[str]], dice: Dice) -> None:
    words = dice.pick(texts)
    first = dice.below(len(words) - 3)
    quote = words[first : first + 4 + dice.below(9)]
    cut = dice.below(len(quote))
    fragments = [" ".join(part) for part in (quote[:cut], quote[cut:]) if part]
    text = "\n\n".join(" ".join(paragraph) + "." for paragraph in texts)
    assert find_quote(fragments, split(text)).status == "found"
