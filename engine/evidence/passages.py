"""The whole paragraph of each citation of an explanation, from the reader's own copy of the texts, quoted words marked.

Read when it is asked for and kept nowhere: the texts are other people's. What cannot be shown says why (not in the
folders given, not the text that the rules name by its hash), so that a missing paragraph never looks like a short one.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence
from typing import Any

from ..judge.explanation import Cited, Explanation, Passage
from ..rulebook.model import Reported, Rules
from .paragraphs import Paragraph, heading_above, normalise, plain
from .quotes import find_quote
from .snapshots import Archives, Missing, Snapshot, snapshot_of

_WORD = re.compile(r"(?:[^\W_]|[%$€£¥])+")


def with_passages(rules: Rules, explanation: Explanation, archives: Archives) -> Explanation:
    """The explanation with a passage beside every citation that quotes words."""
    texts: dict[str, Snapshot | Missing] = {}

    def passage(cited: Cited) -> Cited:
        document = rules.documents.get(cited.document)
        if not cited.quote or document is None:
            return cited
        if isinstance(document.evidence, Reported):
            by = document.evidence.by
            return dataclasses.replace(cited, passage=Passage("absent", f"known by the report of {by} only"))
        if document.id not in texts:
            texts[document.id] = snapshot_of(rules, document, archives)
        return dataclasses.replace(cited, passage=_passage(texts[document.id], cited.quote))

    found: Explanation = _everywhere(dataclasses.replace(explanation, archives=True), passage)
    return found


def _everywhere(value: Any, passage: Callable[[Cited], Cited]) -> Any:
    """A value with every citation in it replaced."""
    if isinstance(value, Cited):
        return passage(value)
    if isinstance(value, tuple):
        return tuple(_everywhere(one, passage) for one in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        old = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        new = {name: _everywhere(one, passage) for name, one in old.items() if isinstance(one, tuple) or _nested(one)}
        changed = {name: one for name, one in new.items() if one is not old[name]}
        return dataclasses.replace(value, **changed) if changed else value
    return value


def _nested(value: object) -> bool:
    return dataclasses.is_dataclass(value) and not isinstance(value, type)


def _passage(text: Snapshot | Missing, quote: Sequence[str]) -> Passage:
    if isinstance(text, Missing):
        return Passage(text.state, f"{text.message} ({text.help})" if text.help else text.message)
    match = find_quote(quote, text.paragraphs)
    if match.status == "gone":
        return Passage("gone", "the quoted words are not in the text", where=text.where)
    one = match.paragraphs[0]
    more = len(match.paragraphs) - 1
    also = f"the same words stand in {more} more paragraph{'' if more == 1 else 's'}" if more else ""
    moved = "nearly these words, not exactly these" if match.status == "moved" else ""
    pieces = ((plain(one.text), False),) if moved else marked(one, quote)
    message = "; ".join(filter(None, (moved, also)))
    return Passage(match.status, message, one.number, heading_above(text.paragraphs, one), pieces, text.where)


def marked(paragraph: Paragraph, quote: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """A paragraph without markup, cut up at the fragments of a quote that stands in it, each piece with whether it is
    quoted. Fragments are found by their words, whatever their case and punctuation."""
    text = plain(paragraph.text)
    words = [(normalise(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)]
    pieces: list[tuple[str, bool]] = []
    at = done = 0
    for fragment in quote:
        wanted = normalise(fragment).split()
        start = next(
            (
                i
                for i in range(at, len(words) - len(wanted) + 1)
                if [w for w, _, _ in words[i : i + len(wanted)]] == wanted
            ),
            None,
        )
        if start is None or not wanted:
            continue
        at = start + len(wanted)
        begin, end = words[start][1], words[at - 1][2]
        pieces += [(text[done:begin], False), (text[begin:end], True)]
        done = end
    return tuple((piece, quoted) for piece, quoted in [*pieces, (text[done:], False)] if piece)
