"""A snapshot as paragraphs: headings, list items, table rows and runs of prose, each with the hash of what it says.

The snapshots are Markdown made from web pages (one long line a paragraph) and licences as plain text (hard-wrapped,
or one line a clause), so a line joins the one before it only where the wrapping of its block asks for it. Not a
Markdown parser: two readers must agree on the paragraphs, and a later snapshot with other links, emphasis, spacing,
punctuation or numbering must give the same hashes.
"""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

HASH_DIGITS = 16
"""Hexadecimal digits of a paragraph's hash: 64 bits, for texts of at most some thousand paragraphs."""

WRAP_LIMIT = 120
"""A block with a line longer than this is not hard-wrapped: there each line is a paragraph."""

LONG = 600
"""A paragraph of more words has lost its breaks in the capture, and is divided where they show."""

WRAP_FLOOR = 60
"""No text is wrapped at fewer columns than this: shorter lines stand alone (addresses, titles)."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a snapshot.

    `number` counts from 1 over the whole file and `line` is its first line there; `kind` is heading, item, row, code or
    text; `level` is a heading's (1 to 6), else 0; `text` is as written on one line; `normal` its normalised words;
    `hash` identifies what it says, without its number or bullet.
    """

    number: int
    line: int
    kind: str
    level: int
    text: str
    normal: str
    hash: str

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.normal.split())


_TAGS = (
    "a|b|blockquote|br|center|code|details|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|s|small|span|strong|sub|summary|sup|"
    "table|tbody|td|th|thead|tr|u|ul"
)
_TAG = re.compile(rf"<!--.*?-->|</?(?:{_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*+)\]\((?:[^()\s]|\([^()\s]*\))*+(?:\s+\"[^\"]*\")?\s*\)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_STARS = re.compile(r"\*+|`+|~~")
_UNDERLINES = re.compile(r"(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)")
_STRAIGHT = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"'}
    | dict.fromkeys("‐‑‒–—―−", "-")
)
_GAP = re.compile(r"[^\w%$€£¥]+|_+")


def plain(text: str) -> str:
    """`text` without markup: links as their text, no emphasis, tags, escapes or invisible characters; quotation marks
    and dashes straight; white space collapsed. Case and punctuation stay."""
    text = _TAG.sub(" ", text)
    for _ in range(2):
        text = _LINK.sub(r"\1", text)
    text = _ESCAPE.sub(r"\1", _STARS.sub("", text.replace("\\*", " ").replace("\\`", " ")))
    text = html.unescape(_UNDERLINES.sub("", text))
    text = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return " ".join(text.translate(_STRAIGHT).split())


def normalise(text: str) -> str:
    """The words of `text`: without markup and punctuation, case-folded, one space between. Percent and currency signs
    count, and punctuation within a number parts it, so that `1.5` is not `15`."""
    return _GAP.sub(" ", plain(text).casefold()).strip()


_ROMAN = r"(?=[ivxIVX])[xX]{0,3}(?:[iI][xX]|[iI][vV]|[vV]?[iI]{0,3})"
_COUNT = rf"(?:\d{{1,3}}|[A-Za-z]|{_ROMAN})"
_ENUMERATOR = re.compile(
    rf"\W*?(?:\({_COUNT}\)|{_COUNT}[.)](?=\s|$)|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?:[.)]|(?=\s+[^a-z\d\s])))"
)
_BULLET = re.compile(r"[-*+](?:\s+|$)|[•◦‣▪●∙·]\s*")


def paragraph_hash(text: str) -> str:
    """The identity of a paragraph: over its normalised words without leading bullets and enumerators, so that a
    renumbered list stays read; a paragraph that is nothing but its number keeps it."""
    rest = plain(text)
    for _ in range(4):
        bullet = _BULLET.match(rest)
        rest = rest[bullet.end() :] if bullet else rest
        counted = _ENUMERATOR.match(rest)
        if counted is None or not normalise(rest[counted.end() :]):
            break
        rest = rest[counted.end() :].lstrip()
    return hashlib.sha256(normalise(rest).encode()).hexdigest()[:HASH_DIGITS]


_FENCE = re.compile(r"\s{0,3}(```+|~~~+)")
_ATX = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$")
_UNDERLINE = re.compile(r"\s{0,3}(={2,}|-{2,})\s*$")
_RULE = re.compile(r"\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_ROW_RULE = re.compile(r"\|[\s|:-]*$")
_QUOTED = re.compile(r"\s{0,3}(?:>\s?)+")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:[\w-]+:.*\n|[ \t]+.*\n)+---[ \t]*(?:\n|$)")
_STOPS = re.compile(r"(?:[;:]|;\s*(?:and|or|and/or))\s*$", re.IGNORECASE)


def split(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of `text` in their order. Lines that say nothing (rules, table rules, lone images) are none; nor
    is the front matter that a collection of licences puts above a transcription."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    first = 1
    if front := _FRONT_MATTER.match(text):
        first += front.group().count("\n")
        text = text[front.end() :]
    found: list[Paragraph] = []
    for line, kind, level, lines in _pieces(text.split("\n"), first):
        for words in _divided(" ".join(" ".join(lines).split())):
            normal = normalise(words)
            if any(c.isalnum() for c in normal):
                found.append(Paragraph(len(found) + 1, line, kind, level, words, normal, paragraph_hash(words)))
    return tuple(found)


_Piece = tuple[int, str, int, list[str]]


def _pieces(lines: Sequence[str], first: int) -> Iterator[_Piece]:
    """Each paragraph as (line, kind, level, its lines)."""
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
        elif (fence := _FENCE.match(lines[at])) and (end := _closing(lines, at, fence.group(1))):
            yield first + at, "code", 0, list(lines[at + 1 : end])
            at = end + 1
        else:
            end = at + 1
            while end < len(lines) and lines[end].strip() and not _FENCE.match(lines[end]):
                end += 1
            yield from _block(lines[at:end], first + at)
            at = end


_BREAKS = (
    re.compile(r"(?<=[a-z)\]”\"_*][.:;])_*()(?=[A-Z“\"\d])"),
    re.compile(r"(?<=[.:;,])()\s(?=\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})[.)]\s)"),
    re.compile(r"(?<=[a-z)”][.;])()\s(?=[A-Z“\"(])"),
)
"""Where a capture that lost its breaks shows them: sentences glued together, then clause numbers, then any sentence."""
_UNBROKEN = re.compile(r"\[[^\]]*\]\([^)]*\)|\w+://\S+")


def _divided(text: str, breaks: Sequence[re.Pattern[str]] = _BREAKS) -> Iterator[str]:
    """`text` itself, or its pieces where it is longer than any paragraph is."""
    if len(text.split()) <= LONG or not breaks:
        yield text
        return
    whole = [match.span() for match in _UNBROKEN.finditer(text)]
    cuts = [match.start(1) for match in breaks[0].finditer(text)]
    cuts = [cut for cut in cuts if not any(start < cut < end for start, end in whole)]
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        yield from _divided(text[start:end].strip(), breaks[1:])


def _closing(lines: Sequence[str], at: int, fence: str) -> int | None:
    """The line that closes the fence opened at `at`, or None: then it is a line like any other."""
    return next((i for i in range(at + 1, len(lines)) if lines[i].strip() == fence), None)


def _block(lines: Sequence[str], first: int) -> Iterator[_Piece]:
    """The paragraphs of lines without a blank one between them."""
    widest = max(len(line.rstrip()) for line in lines)
    width = max(widest, WRAP_FLOOR) if widest <= WRAP_LIMIT else None
    open_: _Piece | None = None
    before = ""
    for number, raw in enumerate(lines, first):
        line = _QUOTED.sub("", raw)
        heading = _ATX.match(line)
        if not line.strip():
            if open_:
                yield open_
            open_ = None
        elif under := _UNDERLINE.match(line):
            if open_ and not (open_[1] == "item" and _BULLET.match(open_[3][0].strip())):
                yield open_[0], "heading", 1 if under.group(1)[0] == "=" else 2, open_[3]
            elif open_:
                yield open_
            open_ = None
        elif heading or _RULE.match(line) or line.lstrip().startswith("|"):
            if open_:
                yield open_
            open_ = None
            if heading:
                yield number, "heading", len(heading.group(1)), [heading.group(2)]
            elif line.lstrip().startswith("|") and not _ROW_RULE.match(line.strip()):
                yield number, "row", 0, [line]
        elif open_ and not _starts_item(line) and _continues(before, line, width):
            open_[3].append(line)
        else:
            if open_:
                yield open_
            open_ = (number, "item" if _starts_item(line) else "text", 0, [line])
        before = raw
    if open_:
        yield open_


def _starts_item(line: str) -> bool:
    """Whether a bullet or an enumerator opens the line."""
    line = line.strip()
    return (bool(_BULLET.match(line)) and not line.startswith("**")) or bool(_ENUMERATOR.match(plain(line[:80])))


def _continues(before: str, line: str, width: int | None) -> bool:
    """Whether the break between the two lines is one of wrapping at about `width` columns (None: never)."""
    if width is None or before.endswith("  ") or (_STOPS.search(before) and not line.lstrip()[0].islower()):
        return False
    return len(before.rstrip()) + 1 + len(line.split()[0]) > 0.8 * width


def headings(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """The texts of the headings, without markup, in their order."""
    return tuple(plain(p.text) for p in paragraphs if p.kind == "heading")


def heading_above(paragraphs: Sequence[Paragraph], paragraph: Paragraph) -> str | None:
    """The nearest heading above `paragraph`, without markup."""
    above = [p for p in paragraphs if p.kind == "heading" and p.number < paragraph.number]
    return plain(above[-1].text) if above else None


def parts(paragraphs: Sequence[Paragraph], heading: str) -> list[tuple[Paragraph, ...]]:
    """Every part under a heading with that text (case and markup aside): from it to the next heading of the same or a
    higher level. One is what a document's `part` must give."""
    wanted = plain(heading).casefold()
    found = []
    for start, one in enumerate(paragraphs):
        if one.kind != "heading" or plain(one.text).casefold() != wanted:
            continue
        end = start + 1
        while end < len(paragraphs) and not 0 < paragraphs[end].level <= one.level:
            end += 1
        found.append(tuple(paragraphs[start:end]))
    return found
