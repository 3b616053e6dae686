"""A number in a condition that neither the quoted words nor a note give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..language import tree
from ..language.codes import CodePage
from ..rulebook.model import Citation, Provision
from .case import Case, Finding, conditions, last, leaves

CODE = "L006"
PAGE = CodePage(
    "a number that no quoted words give",
    "A condition of a provision, or a document's define, compares with a number that stands in none of its quotes and"
    " notes, in figures or in words.",
    "A number is where a misreading is easiest and decides most. Whoever checks the provision must see it in the text.",
    'prohibit minors "No users under age"\n  section "2" quote "with the consent of your guardian"\n'
    "  when youngest-user below 18",
    'prohibit minors "No users under age"\n  section "2" quote "if you are under 18 years"\n'
    "  when youngest-user below 18",
)
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
WORDS = {word: n for n, word in enumerate(SMALL)} | TENS
TOKEN = re.compile(r"\d+(?:(?:[,_ \u00a0]\d{3})+|(?:\.\d{3})+)(?!\d)|\d+(?:\.\d+)?|[a-z]+")


def find(case: Case) -> Iterator[Finding]:
    """Each such number."""
    for provision in case.rules.provisions.values():
        yield from _missing(list(conditions(provision)), cited(provision), last(provision.id))
    for define in case.rules.defines.values():
        if define.document is not None and define.citation:
            yield from _missing([define.condition], _texts(define.citation), last(define.id))


def _missing(written: list[tree.Condition], texts: list[str], id: str) -> Iterator[Finding]:
    given = {number for text in texts for number in numbers(text)}
    for leaf in leaves(written):
        if isinstance(leaf, tree.Compare) and leaf.number.value not in given:
            yield Finding(
                leaf.number.span,
                f"'{leaf.number.text}' stands in no quote or note of '{id}'",
                "quote the words that give the number, or say in a 'note' where it comes from",
            )


def cited(provision: Provision) -> list[str]:
    """The words that a provision cites, and its notes."""
    citations = [provision.citation, *(e.citation for e in provision.exemptions)]
    citations += [*(d.citation for d in provision.duties), *provision.override_citations, provision.lift_citation]
    return [*(text for citation in citations for text in _texts(citation)), *provision.notes]


def _texts(citation: Citation) -> list[str]:
    return [" ".join(citation.quote)]


def numbers(text: str) -> Iterator[Decimal]:
    """Every number that the words could give: each alone, and each run of them with its scale (`700 million`)."""
    run: Decimal | None = None
    for token in TOKEN.findall(text.casefold()):
        if token[0].isdigit():
            yield from map(Decimal, re.findall(r"\d+(?:\.\d+)?", token))
            plain = re.sub(r"[,_ \u00a0]", "", token)
            grouped = re.fullmatch(r"\d+(?:\.\d{3})+", plain)
            run = Decimal(plain.replace(".", "")) if grouped else Decimal(plain)
            yield run
        elif token in WORDS:
            tens = run is not None and run % 100 in TENS.values() and 0 < WORDS[token] < 10
            run = (run or Decimal(0)) + WORDS[token] if tens else Decimal(WORDS[token])
            yield Decimal(WORDS[token])
            yield run
        elif token in SCALES:
            run = (Decimal(1) if run is None else run) * SCALES[token]
            yield run
        elif token not in ("a", "and"):
            run = None
