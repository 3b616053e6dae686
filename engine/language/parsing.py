"""Text to tree: the text is cut at the heads of its blocks, every block is read by itself, and errors are values.

Because a block is read by itself, and goes on at its next clause after an error, all errors of a file are found in one
go. Work is bounded: a block gives up after some errors, and a file that is mostly errors is not read to its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from pyparsing import ParseException

from . import diagnose
from .build import build_block
from .clauses import arrange, read_clauses
from .diagnostics import Diagnostic
from .grammar import BLOCK_HEAD, BlockGrammar, block_grammar
from .tokens import MOST_FOUND, Part, Source, skip_space
from .tree import Block, File

_MOST_IN_BLOCK = 25
"""Errors after which a block is read no further."""

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]|\r(?!\n)"
)


def parse(text: str, name: str) -> tuple[File, list[Diagnostic]]:
    """The tree of a text, and everything that is wrong with it, in order of place. `name` is the file as shown.

    Never raises, whatever the text. A block with an error is in the tree as far as it could be read, so that its name
    is known; a file with a diagnostic must not be judged on.
    """
    source = Source(name, text.removeprefix("\ufeff"))
    controls = _control_characters(source)
    if controls:
        source.text = _CONTROL.sub(" ", source.text)
    blocks: list[Block] = []
    for part, keyword in _parts(source):
        block = _parse_block(part, keyword)
        if block is not None:
            blocks.append(block)
    return File(name, tuple(blocks)), source.reported()


def _control_characters(source: Source) -> bool:
    """Note characters that nobody sees, wherever they stand."""
    found = False
    for match in islice(_CONTROL.finditer(source.text), MOST_FOUND):
        found = True
        message = f"there is an invisible character here, U+{ord(match[0]):04X}"
        source.error("M005", message, match.start(), match.end(), "delete it")
    return found


def _parts(source: Source) -> Iterator[tuple[Part, str]]:
    """The blocks as slices of the text with their keywords; what belongs to no block is noted."""
    heads = [match for match in BLOCK_HEAD.finditer(source.text) if match.lastindex]
    starts = [match.start(match.lastindex or 0) for match in heads]
    before = Part(source, 0, source.text[: starts[0]] if starts else source.text)
    if skip_space(before.text, 0) < len(before.text):
        diagnose.before_first_block(before)
    for match, start, end in zip(heads, starts, (*starts[1:], len(source.text)), strict=False):
        if source.is_hopeless():
            return
        part = Part(source, start, source.text[start:end])
        word = match[match.lastindex or 0]
        if match.lastindex == 2:
            meant = diagnose.unknown_block(part, word)
            if meant is None:
                continue
            part = Part(source, start + len(word) - len(meant), meant + part.text[len(word) :], True, start)
            word = meant
        yield part, word


def _parse_block(part: Part, keyword: str) -> Block | None:
    """One block; None where not even its head can be read."""
    grammar = block_grammar(keyword)
    head: re.Match[str] | None = None
    tokens: list[re.Match[str]] = []
    try:
        head, *tokens = grammar.block.parse_string(part.text)
    except ParseException:
        at = _next_clause(part, grammar, diagnose.head(part, keyword))
        tokens = _resume(part, grammar, at)
        last = tokens[-1] if tokens else None
    else:
        last = tokens[-1] if tokens else head
        at = 0
    tokens += _rest(part, grammar, keyword, last, last.end() if last else at)
    block = arrange(part, keyword, head, read_clauses(grammar, tokens)) if head else None
    return build_block(part, block) if block else None


def _rest(part: Part, grammar: BlockGrammar, keyword: str, last: re.Match[str] | None, at: int) -> list[re.Match[str]]:
    """What can still be read of a block after the grammar stopped at `at`, each stop noted as an error."""
    tokens: list[re.Match[str]] = []
    for _ in range(_MOST_IN_BLOCK):
        at = skip_space(part.text, at)
        if at >= len(part.text):
            break
        at = _next_clause(part, grammar, diagnose.leftover(part, grammar, keyword, last, at))
        read = _resume(part, grammar, at)
        if not read and _is_reported(part, at):
            at = _next_clause(part, grammar, at + 1)
            read = _resume(part, grammar, at)
        last = read[-1] if read else None
        at = read[-1].end() if read else at
        tokens += read
    return tokens


def _is_reported(part: Part, at: int) -> bool:
    """Whether the last error is about the word at `at`."""
    place, reported = part.span(at, at), part.source.found[-1].span
    return (place.line, place.column) == (reported.line, reported.column)


def _next_clause(part: Part, grammar: BlockGrammar, at: int) -> int:
    """Where the next clause begins, outside strings and comments; the end of the part where there is none."""
    return next((m.start(1) for m in grammar.clause.finditer(part.text, at) if m[1]), len(part.text))


def _resume(part: Part, grammar: BlockGrammar, at: int) -> list[re.Match[str]]:
    """The tokens from `at` on. Spaces stand for what was read before, so that offsets stay the part's."""
    if at >= len(part.text):
        return []
    return list(grammar.body.parse_string(" " * at + part.text[at:]))
