"""An exception without its words: an `unless`, or one of several `that`, that cites nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ..language.codes import CodePage
from ..rulebook.model import Archived, Reported
from .case import Case, Finding, last

CODE = "L001"
PAGE = CodePage(
    "an exception without its words",
    "In a document whose text is archived or reported, an `unless` has no `quote`; or a `require` has several `that`,"
    " and one of them has none. A single `that` may lean on the words of its provision.",
    "An exception lifts a ban. If the text does not say it, the ban stands, and the verdict is too kind.",
    'prohibit advice "No licensed advice without a professional"\n'
    '  section "2" quote "legal, medical or financial advice"\n'
    "  when purposes includes legal-advice\n"
    "  unless professional-review",
    'prohibit advice "No licensed advice without a professional"\n'
    '  section "2" quote "legal, medical or financial advice"\n'
    "  when purposes includes legal-advice\n"
    '  unless professional-review section "2" quote "without review by a professional"',
)


def find(case: Case) -> Iterator[Finding]:
    """Each exemption and duty without a quote."""
    for provision in case.rules.provisions.values():
        if not isinstance(case.rules.documents[provision.document].evidence, Archived | Reported):
            continue
        for exemption in provision.exemptions:
            if not exemption.citation.quote:
                yield Finding(
                    exemption.span,
                    f"an 'unless' of '{last(provision.id)}' quotes nothing",
                    'add the words that make the exception: section "…" quote "…"',
                )
        for duty in provision.duties if len(provision.duties) > 1 else ():
            if not duty.citation.quote:
                yield Finding(
                    duty.span,
                    f"a 'that' of '{last(provision.id)}' quotes nothing, and it has several",
                    'add the words of this condition: section "…" quote "…"',
                )
