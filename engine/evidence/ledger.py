"""The reading ledger: what became of each paragraph of a document's text.

`<document>.ledger` beside the rules has a line a paragraph, in the order of the text: its hash, then the provisions,
defines or readings that encode it, `heading`, `definition`, `document` (a clause at the document's head says it), or
`out:` and why it is no matter of use. Hashes only: no text is stored, and a later text shows what nobody has read.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..language.diagnostics import Diagnostic, clip, did_you_mean
from ..language.tree import Name, Span
from ..rulebook.model import Document, Rules
from .paragraphs import HASH_DIGITS, Paragraph, heading_above

WORDS = {
    "definition": "defines a word of the text",
    "document": "said by a clause at the document's head: dates, precedence, incorporation, scope, silence",
    "heading": "a title, which says nothing by itself",
}
"""What a line may say beside names."""

_REASONS = """
acceptance account arbitration assignment billing boilerplate changes confidentiality consumer-rights contact contents
contracting copyright-complaints data-protection data-use enforcement example explanation feedback governing-law
indemnity intellectual-property introduction jurisdiction language liability link marketing navigation notice orders
payment privacy refund repeated reporting security service-levels severability signature subscription support survival
taxes term termination third-party transfer vendor-duty warranty
"""
OUT = frozenset(_REASONS.split())
"""The reasons for which a paragraph is out: matters that no use case asks about."""

SHOWN = 20
"""At most so many missing paragraphs are reported one by one."""

HEADING_WORDS = 25
"""A paragraph of more words that the text does not set as a heading is hardly one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `names` are provisions, defines, readings and WORDS; `out` the reasons after `out:`; `unread` where it
    still has the scaffold's question mark."""

    hash: str
    names: tuple[Name, ...]
    out: tuple[Name, ...]
    unread: bool
    span: Span


@dataclass(frozen=True, slots=True)
class LedgerCheck:
    """Of the part's paragraphs: how many there are, and how many the ledger accounts for."""

    paragraphs: int
    accounted: int

    @property
    def missing(self) -> int:
        """How many nobody has read."""
        return self.paragraphs - self.accounted


_HASH = re.compile(rf"[0-9a-f]{{{HASH_DIGITS}}}(?!\S)")
_WORD = re.compile(r"[^\s,]+")
_ID = re.compile(r"[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*")


def parse_ledger(text: str, file: str) -> tuple[tuple[Entry, ...], list[Diagnostic]]:
    """The lines of a ledger and what is wrong with their form. `file` is its name in diagnostics."""
    entries: list[Entry] = []
    wrong: list[Diagnostic] = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        said = line.partition("#")[0].rstrip()
        start = len(said) - len(said.lstrip())
        if not said.strip():
            continue
        span = Span(file, number, start + 1, number, len(said) + 1)
        if not _HASH.match(said, start):
            help = (
                f"a line is 'HASH  provision, …' or 'HASH  out: payment', the hash {HASH_DIGITS} digits of 0-9 and a-f"
            )
            wrong.append(Diagnostic("M300", f"no paragraph's hash in '{clip(said, 40)}'", span, help, line=line))
            continue
        entry, problem = _entry(said, start, span)
        wrong += [problem] if problem else []
        entries.append(entry)
    return tuple(entries), wrong


def _entry(said: str, start: int, span: Span) -> tuple[Entry, Diagnostic | None]:
    """The line `said`, whose hash stands at `start`."""
    body = start + HASH_DIGITS
    before, colon, _ = said[body:].partition("out:")
    split = body + len(before) if colon and (not before.strip() or before[-1] in " \t,") else len(said)
    names, out = _names(said, body, split, span), _names(said, min(split + 4, len(said)), len(said), span)
    unread = [n.text for n in names] == ["?"]
    bad = next((n for n in (*names, *out) if not _ID.fullmatch(n.text) and not unread), None)
    problem = None
    if not names and not out:
        help = f"name the provisions that encode it, or {', '.join(sorted(WORDS))}, or 'out:' and why"
        problem = Diagnostic("M300", "the line does not say what became of the paragraph", span, help, line=said)
    elif bad is not None:
        problem = Diagnostic(
            "M300", f"'{clip(bad.text)}' is no name", bad.span, "names stand apart by commas", line=said
        )
    elif unread:
        problem = Diagnostic(
            "M305", "nobody has read this paragraph", names[0].span, "read it and say what became of it", line=said
        )
    return Entry(said[start:body], () if unread else names, out, unread or problem is not None, span), problem


def _names(said: str, start: int, end: int, span: Span) -> tuple[Name, ...]:
    """The words of `said` between two columns, each with its place."""
    return tuple(
        Name(m.group(), Span(span.file, span.line, m.start() + 1, span.line, m.end() + 1))
        for m in _WORD.finditer(said, start, end)
    )


def local_names(rules: Rules, document: Document) -> frozenset[str]:
    """The names of the document's provisions, defines and readings, without its own."""
    ids = [*document.provisions, *(d.id for d in rules.defines.values() if d.document == document.id)]
    ids += [r.id for r in rules.readings.values() if r.document == document.id]
    return frozenset(id.rpartition("/")[2] for id in ids)


def check_names(entries: Sequence[Entry], rules: Rules, document: Document, file: str) -> list[Diagnostic]:
    """What can be said without the text: every name is one, every provision has a line."""
    known = local_names(rules, document)
    wrong = []
    for entry in entries:
        for name in entry.names:
            if name.text not in known and name.text not in WORDS and _ID.fullmatch(name.text):
                help = did_you_mean(name.text, known | set(WORDS), f"a provision, define or reading of '{document.id}'")
                wrong.append(Diagnostic("M301", f"'{document.id}' has no '{clip(name.text)}'", name.span, help))
        for name in entry.out:
            if name.text not in OUT and _ID.fullmatch(name.text):
                help = did_you_mean(name.text, OUT, f"one of {', '.join(sorted(OUT))}")
                wrong.append(
                    Diagnostic("M302", f"'{clip(name.text)}' is no reason for a paragraph to be out", name.span, help)
                )
    named = {name.text for entry in entries for name in entry.names}
    for id in document.provisions:
        if id.rpartition("/")[2] not in named:
            help = f"no line of '{file}' names it"
            wrong.append(
                Diagnostic("M306", f"'{id}' encodes no paragraph of the ledger", rules.provisions[id].span, help)
            )
    return wrong


def check_text(
    entries: Sequence[Entry], paragraphs: Sequence[Paragraph], file: str, whole: bool
) -> tuple[LedgerCheck, list[Diagnostic]]:
    """The lines against the text: each paragraph has one, each line a paragraph. Where coverage is not `whole`, what is
    missing is counted and no error."""
    times = Counter(p.hash for p in paragraphs)
    by_hash: dict[str, Entry] = {}
    wrong: list[Diagnostic] = []
    for hash, repeats in Counter(e.hash for e in entries).items():
        lines = [e for e in entries if e.hash == hash]
        by_hash[hash] = lines[0]
        if hash not in times:
            help = "delete the line, or compare the text: `mayuse ledger new` shows what is unread"
            wrong += [
                Diagnostic("M304", f"no paragraph of the text has the hash '{hash}'", e.span, help) for e in lines
            ]
        elif repeats > times[hash]:
            help = f"the first is on line {lines[0].span.line}"
            wrong.append(
                Diagnostic(
                    "M307", f"the hash '{hash}' is listed twice, the paragraph stands once", lines[-1].span, help
                )
            )
    first = {p.hash: p for p in reversed(paragraphs)}
    wrong += _order([by_hash[h] for h in dict.fromkeys(e.hash for e in entries) if h in first], first)
    for hash, entry in by_hash.items():
        titled = hash in first and [n.text for n in entry.names] == ["heading"] and not entry.out
        if titled and first[hash].kind != "heading" and first[hash].words > HEADING_WORDS:
            said = f"a heading of {first[hash].words} words"
            wrong.append(Diagnostic("M308", said, entry.span, "say what became of it", "warning"))
    read = {hash for hash, entry in by_hash.items() if not entry.unread}
    missing = [p for p in paragraphs if p.hash not in by_hash]
    if whole:
        wrong += _missing(missing, paragraphs, by_hash, file)
    return LedgerCheck(len(paragraphs), sum(p.hash in read for p in paragraphs)), wrong


def _order(entries: Sequence[Entry], first: Mapping[str, Paragraph]) -> list[Diagnostic]:
    """A warning at the first line that stands above one whose paragraph comes before its own."""
    for one, following in itertools.pairwise(entries):
        if first[following.hash].number < first[one.hash].number:
            help = f"its paragraph comes before that of line {one.span.line}"
            return [Diagnostic("M309", "the ledger is not in the order of the text", following.span, help, "warning")]
    return []


def _missing(
    missing: Sequence[Paragraph], paragraphs: Sequence[Paragraph], by_hash: Mapping[str, Entry], file: str
) -> list[Diagnostic]:
    """One error a missing paragraph, placed at the line above which its own belongs."""
    wrong = []
    at = {p.number: by_hash[p.hash].span for p in paragraphs if p.hash in by_hash}
    for one in missing[:SHOWN]:
        before = [span for number, span in at.items() if number < one.number]
        span = before[-1] if before else Span(file, 1, 1, 1, 1)
        above = heading_above(paragraphs, one)
        under = f" under '{clip(above, 40)}'" if above else ""
        words = " ".join(one.text.split()[:4])
        wrong.append(
            Diagnostic(
                "M303",
                f"paragraph {one.number}{under} is not in the ledger: '{clip(words)} …'",
                span,
                f"after reading it, add the line '{one.hash}  …'",
            )
        )
    if len(missing) > SHOWN:
        wrong.append(
            Diagnostic(
                "M303",
                f"{len(missing) - SHOWN} more paragraphs are not in the ledger",
                Span(file, 1, 1, 1, 1),
                "`mayuse ledger new` lists them all",
            )
        )
    return wrong


def check_quoted(entries: Sequence[Entry], rules: Rules, quoted: Mapping[str, frozenset[str]]) -> list[Diagnostic]:
    """The paragraph that a provision quotes is one of those the ledger gives to it. `quoted` has, by provision, the
    hashes of the paragraphs in which a quote of it was found (one says all where the text repeats itself)."""
    wrong = []
    by_hash: dict[str, list[Entry]] = {}
    for entry in entries:
        by_hash.setdefault(entry.hash, []).append(entry)
    for id, hashes in quoted.items():
        name = id.rpartition("/")[2]
        for hash in sorted(hashes & by_hash.keys()):
            if not any(n.text == name for e in by_hash[hash] for n in e.names):
                help = f"add '{name}' to it"
                wrong.append(
                    Diagnostic(
                        "M310",
                        f"'{name}' quotes this paragraph, which the ledger does not give to it",
                        by_hash[hash][0].span,
                        help,
                    )
                )
    return wrong


def scaffold_ledger(
    paragraphs: Sequence[Paragraph], encoded: Mapping[str, Sequence[str]], before: Sequence[Entry] = ()
) -> list[tuple[str, Paragraph]]:
    """The lines of a ledger to complete, each with its paragraph: what an older ledger says of it, else the names whose
    quotes are in it (`encoded`, by hash), else `heading` for a heading, else `?`. A repeated paragraph has one line."""
    known = {e.hash: e for e in reversed(before) if not e.unread}
    lines: dict[str, tuple[str, Paragraph]] = {}
    for one in paragraphs:
        if one.hash in lines:
            continue
        names = [n.text for n in known[one.hash].names] if one.hash in known else []
        names += [name for name in encoded.get(one.hash, ()) if name not in names]
        said = ", ".join(names)
        if one.hash in known and known[one.hash].out:
            said = ", ".join(filter(None, [said, "out: " + ", ".join(n.text for n in known[one.hash].out)]))
        lines[one.hash] = (f"{one.hash}  {said or ('heading' if one.kind == 'heading' else '?')}", one)
    return list(lines.values())
