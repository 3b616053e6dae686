"""The letters of the language: names, keywords, strings, numbers, dates, and the places of a text.

Every token is a regular expression without backtracking (possessive repetition), so that no text can make it slow.
What looks like a token but is a bad one (`1_00`, `2026-02-30`) is matched loosely and judged here afterwards, which
gives the message the exact place. Nothing here knows an order of tokens: that is `grammar`.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from .diagnostics import Diagnostic, clip
from .tree import Date, Name, Number, Span, Text

SPACE = r"(?:[ \t\r\n]++|#[^\n]*+)*+"
"""White space and comments, also none at all."""
END = r"(?![\w./-])"
"""Behind every word: neither a keyword nor a name ends inside a longer one."""
STRING = r'"(?:[^"\\\n]|\\["\\])*+"'
STRINGS = rf"{STRING}(?:{SPACE}{STRING})*+"
LOOSE_STRING = r'"(?:[^"\\\n]|\\.)*+"?'
"""A string, or what was meant to be one, up to the end of its line."""
PLAIN_NAME = r"[a-z][a-z0-9]*+(?:[-.][a-z0-9]++)*+"
LOOSE_NAME = r'[^\s"#,()]{1,200}+'
LOOSE_NUMBER = rf"\d(?:[\w.]|,(?=\d))*+(?:{SPACE}(?:thousand|million|billion){END})?"
LOOSE_DATE = r"\d[\w./-]*+"

BLOCK_KEYWORDS = (
    *("term", "fact", "safeguard", "approval", "wrong", "define", "topic", "regulation", "reading"),
    *("platform", "document", "prohibit", "require", "permit", "reserve", "expect"),
)
RESERVED = frozenset(
    {
        *BLOCK_KEYWORDS,
        # in conditions
        *("always", "not", "and", "or", "is", "includes", "above", "below", "at", "least", "most", "other", "than"),
        *("this", "any", "only", "of", "approved", "by", "yes", "no", "all"),
        # clauses
        *("section", "quote", "then", "in", "when", "unless", "until", "that", "overrides", "may", "for", "note"),
        *("see", "under", "as", "since", "asked", "implies", "per", "offering", "choice", "coverage"),
        *("yields", "applies", "incorporates", "silence", "reserved", "disputed", "reported"),
    }
)
"""Words that cannot be names. The other keywords (`own`, `source`, …) are keywords in their place only."""


def words(*keywords: str) -> str:
    """A regular expression for any of the keywords, whose words may stand any white space apart; longest first."""
    ordered = sorted(keywords, key=len, reverse=True)
    return "(?:" + "|".join(f"{END}{SPACE}".join(keyword.split()) + END for keyword in ordered) + ")"


def _not_reserved() -> str:
    """A look-ahead that refuses reserved words, grouped by first letter, which makes it cheap."""
    letters: dict[str, list[str]] = {}
    for word in sorted(RESERVED):
        letters.setdefault(word[0], []).append(word[1:])
    groups = (f"{letter}(?:{'|'.join(rest)})" for letter, rest in letters.items())
    return f"(?!(?:{'|'.join(groups)}){END})"


NAME = _not_reserved() + PLAIN_NAME + END
REFERENCE = _not_reserved() + rf"{PLAIN_NAME}(?:/{PLAIN_NAME})*+{END}"


def listed(item: str) -> str:
    """A regular expression for one `item` or several with commas between them."""
    return rf"{item}(?:{SPACE},{SPACE}{item})*+"


_PLAIN_NAME = re.compile(PLAIN_NAME)
_SPACE = re.compile(SPACE)
_STRINGS = re.compile(rf"#[^\n]*+|({STRING})")
_REFERENCES = re.compile(rf"#[^\n]*+|(?<![\w./-])({REFERENCE})")
_COMMENT = re.compile(r"#[^\n]*")
_ESCAPE = re.compile(r'\\(["\\])')
_NUMBER = re.compile(r"(\d{1,3}(?:_\d{3})+|\d+)(?:\.(\d+))?(?: (thousand|million|billion))?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_SCALE = {None: 1, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
MOST_DIGITS = 15
MOST_REPORTED = 100
"""Errors of one text that are shown; the others are counted."""
MOST_FOUND = 1000
"""Errors after which a text is read no further."""


def skip_space(text: str, at: int) -> int:
    """The offset of the first character at or after `at` that is neither white space nor comment."""
    match = _SPACE.match(text, at)
    return match.end() if match else at


def plain(raw: str) -> str:
    """Words as written, without comments and with one space between them."""
    return " ".join((_COMMENT.sub(" ", raw) if "#" in raw else raw).split())


@dataclass(slots=True)
class Source:
    """One text with the offsets of its lines, and what was found wrong with it so far."""

    name: str
    text: str
    found: list[Diagnostic] = field(default_factory=list)
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.starts = [0, *(m.end() for m in re.finditer("\n", self.text)), len(self.text) + 1]

    def span(self, start: int, end: int) -> Span:
        """The place of `text[start:end]`."""
        starts = self.starts
        line = bisect_right(starts, start)
        last = line if end < starts[line] else bisect_right(starts, end)
        return Span(self.name, line, start - starts[line - 1] + 1, last, end - starts[last - 1] + 1)

    def error(self, code: str, message: str, start: int, end: int, help: str | None = None) -> None:
        """Note an error at `text[start:end]`, while there is any use in more of them."""
        if not self.is_hopeless():
            self.found.append(Diagnostic(code, message, self.span(start, end), help))

    def is_hopeless(self) -> bool:
        """Whether there are so many errors that the text is read no further."""
        return len(self.found) >= MOST_FOUND

    def reported(self) -> list[Diagnostic]:
        """The first errors in order of place, each with its line, and how many more there are."""
        found = sorted(self.found, key=lambda d: (d.span.line, d.span.column, d.code))
        lines: dict[int, str] = {}
        shown: list[Diagnostic] = []
        for one in found[:MOST_REPORTED]:
            number = one.span.line
            if number not in lines:
                lines[number] = self.text[self.starts[number - 1] : self.starts[number] - 1].rstrip("\r")
            shown.append(replace(one, line=lines[number]))
        if len(found) > MOST_REPORTED:
            more = f"{'at least ' if self.is_hopeless() else ''}{len(found) - MOST_REPORTED}"
            shown.append(Diagnostic("M029", f"and {more} more errors in this file", shown[-1].span))
        return shown


@dataclass(slots=True)
class Part:
    """A slice of a source that is parsed by itself: offsets in it are `base` short of offsets in the source.

    `broken` says that an error was found in it, after which nothing is called missing. No place is before `floor`,
    where the part begins in the source; it is not `base` where a misspelt head was mended.
    """

    source: Source
    base: int
    text: str
    broken: bool = False
    floor: int = 0

    def error(self, code: str, message: str, start: int, end: int, help: str | None = None) -> None:
        """Note an error at `self.text[start:end]`."""
        self.broken = True
        self.source.error(code, message, max(self.base + start, self.floor), self.base + end, help)

    def span(self, start: int, end: int) -> Span:
        """The place of `self.text[start:end]`."""
        # The same as `source.span`, without a second call: most of the time of reading a file goes into places.
        source = self.source
        starts = source.starts
        start += self.base
        end += self.base
        if start < self.floor:
            start = self.floor
        line = bisect_right(starts, start)
        first = starts[line - 1]
        if end < starts[line]:
            return Span(source.name, line, start - first + 1, line, end - first + 1)
        last = bisect_right(starts, end)
        return Span(source.name, line, start - first + 1, last, end - starts[last - 1] + 1)

    def name(self, match: re.Match[str], group: int) -> Name:
        """The name, or reference, that the group matched."""
        return Name(match[group], self.span(match.start(group), match.end(group)))

    def names(self, start: int, end: int) -> tuple[Name, ...]:
        """The names of a list with commas."""
        found = _REFERENCES.finditer(self.text, start, end)
        return tuple(self.name(match, 1) for match in found if match[1])

    def strings(self, start: int, end: int) -> list[re.Match[str]]:
        """Each single string between the offsets; group 1 is the string with its quotes."""
        return [match for match in _STRINGS.finditer(self.text, start, end) if match[1]]

    def joined(self, strings: Iterable[re.Match[str]]) -> Text:
        """Adjacent strings as one text."""
        found = list(strings)
        text = " ".join(match[1][1:-1] for match in found)
        if "\\" in text:
            text = _ESCAPE.sub(r"\1", text)
        return Text(text, self.span(found[0].start(), found[-1].end()))

    def string(self, start: int, end: int) -> Text:
        """All strings between the offsets as one text."""
        raw = self.text[start:end]
        if '"' not in raw[1:-1] and "\\" not in raw:
            return Text(raw[1:-1], self.span(start, end))
        return self.joined(self.strings(start, end))

    def texts(self, start: int, end: int, separator: re.Pattern[str]) -> tuple[Text, ...]:
        """Texts with a comma or a word between them."""
        return tuple(self.joined(group) for group in self._groups(start, end, separator))

    def _groups(self, start: int, end: int, separator: re.Pattern[str]) -> Iterator[list[re.Match[str]]]:
        group: list[re.Match[str]] = []
        for match in self.strings(start, end):
            between = _COMMENT.sub(" ", self.text[group[-1].end() : match.start()]) if group else ""
            if separator.search(between):
                yield group
                group = []
            group.append(match)
        if group:
            yield group

    def date(self, start: int, end: int) -> Date:
        """A date; a bad one is an error, and then the first day there is."""
        raw = self.text[start:end]
        span = self.span(start, end)
        if _DATE.fullmatch(raw) and raw.isascii():
            try:
                return Date(datetime.date.fromisoformat(raw), span)
            except ValueError:
                self.error("M010", f"there is no day '{raw}'", start, end, "check the month and the day")
        else:
            self.error("M010", f"'{clip(raw, 30)}' is no date", start, end, "write year, month and day: 2026-03-27")
        return Date(datetime.date.min, span)

    def month(self, start: int, end: int) -> str:
        """A month, `2026-11`; a bad one is an error."""
        raw = self.text[start:end]
        if not (_MONTH.fullmatch(raw) and raw.isascii()):
            self.error("M010", f"'{clip(raw, 30)}' is no month", start, end, "write year and month: 2026-11")
        return raw

    def number(self, start: int, end: int) -> Number:
        """A number with its exact value; a bad one is an error, and then zero."""
        text = plain(self.text[start:end])
        match = _NUMBER.fullmatch(text)
        span = self.span(start, end)
        shown = clip(text, 30)
        if match is None or not text.isascii():
            self.error("M009", f"'{shown}' is no number", start, end, _number_help(text))
            return Number(text, Decimal(0), span)
        digits = match[1].replace("_", "") + (match[2] or "")
        if len(digits) > MOST_DIGITS:
            self.error("M009", f"'{shown}' has {len(digits)} digits", start, end, f"at most {MOST_DIGITS} are read")
            return Number(text, Decimal(0), span)
        places = len(match[2] or "")
        return Number(text, Decimal(digits).scaleb(-places) * _SCALE[match[3]], span)


def check_name(part: Part, text: str, start: int, end: int) -> None:
    """Note an error where `text` cannot be a name: letters that are not small, other signs, a keyword."""
    if text in RESERVED:
        part.error("M008", f"'{text}' is a keyword and cannot be a name", start, end, f"try 'the-{text}'")
    elif not _PLAIN_NAME.fullmatch(text):
        better = re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-.")
        better = re.sub(r"-?\.[-.]*", ".", better)
        fits = len(text) <= 60 and _PLAIN_NAME.fullmatch(better) and better not in RESERVED
        help = "a name has small letters, digits, and single '-' or '.' between them, and begins with a letter"
        part.error("M007", f"'{clip(text)}' is no name", start, end, f"did you mean '{better}'?" if fits else help)


def _number_help(text: str) -> str:
    if "," in text:
        return "write thousands with '_', as in 1_000_000, and decimals with '.'"
    if "_" in text:
        return "'_' stands between groups of three digits, as in 1_000_000"
    if re.match(r"\d+(?:thousand|million|billion)", text):
        return "put a space before the word, as in 700 million"
    return "write it as 1_000_000, 12.5 or 700 million"
