"""The back of the HTML report: texts and where they are kept, and everything the verdicts take for granted.

Complete, so that the file alone lets a reader find each clause again and see what was never asked.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from ..judge.model import CoverageShown, Finding, Report
from ..rulebook.model import spoken
from .markup import Node, e, lines, link, listing, span, table
from .words import (
    EVIDENCE,
    cite,
    fact_words,
    listed,
    offering_name,
    place,
    plural,
    quoted,
    reported_words,
    stands_in,
)

Part = tuple[str, str, list[Node]]


def appendices(report: Report, shown: list[Finding]) -> Iterator[Part]:
    """Every section after the open points; those without content are empty. `shown` are the clauses given as reasons."""
    yield "waivers", "Waivers", _waivers(report)
    yield "evidence", "Evidence", _evidence(report, shown)
    yield "coverage", "Texts that were read", _coverage(report)
    yield "representations", "Represented as no part of the plan", _representations(report)
    yield "leaned-on", "What the verdicts lean on", [*_leaned(report)]
    yield "answers", "Answers of the plan", _answers(report)
    yield "standing", "Standing duties, whatever the plan", [*_standing(report)]
    yield "reported", "Reported by others, in no vendor text we hold", _reported(report)


def _waivers(report: Report) -> list[Node]:
    """What the organisation has decided to bear, whether or not that still holds."""
    if not report.waivers:
        return []
    rows = [
        (
            e("code", one.provision),
            lines(one.state, f"until {one.until.isoformat()}"),
            lines(one.reason, span(one.by, class_="aside")),
            listed(one.rows) or "–",
        )
        for one in report.waivers
    ]
    head = ("Clause", "State", "Why, and who decided", "Changes after waivers")
    said = "They change no verdict, only what the gate lets through. A waiver ends on its day, and when the clause changes."
    return [e("p", said), table("Clauses that the organisation bears", head, rows)]


def _evidence(report: Report, shown: list[Finding]) -> list[Node]:
    """The texts behind the reasons, then the clauses with what identifies their words."""
    found = list({one.provision: one for one in shown}.values())
    if not found:
        return []
    documents = {one.document: one for one in found}
    texts = [
        (
            lines(e("strong", one.document_title or one.document), e("code", one.document)),
            lines(*_dates(one)),
            lines(*_kept(one)),
        )
        for one in documents.values()
    ]
    clauses = [
        (lines(e("strong", stands_in(one)), e("code", one.provision)), one.evidence, e("code", one.hash or "–"))
        for one in found
    ]
    used = dict.fromkeys(one.evidence for one in found)
    return [
        table("Texts on which the reasons above rest", ("Text", "Dates", "Source and snapshot"), texts, class_="texts"),
        table("Clauses given as reasons", ("Clause", "Evidence", "Hash of the clause as encoded"), clauses),
        listing([(e("strong", status), f": {EVIDENCE.get(status, status)}") for status in used], class_="aside"),
    ]


def _dates(one: Finding) -> Iterator[Node]:
    dates: list[tuple[str, datetime.date | None]] = [
        ("in force", one.effective),
        ("updated", one.updated),
        ("captured", one.captured),
        ("last seen", one.seen),
        ("encoded", one.encoded),
        ("read again", one.read_again),
    ]
    known = [f"{name} {day.isoformat()}" for name, day in dates if day]
    yield from known or ["no date is known"]


def _kept(one: Finding) -> Iterator[Node]:
    if one.source:
        yield link(one.source)
    if one.archive:
        yield ", ".join(filter(None, (one.archive, one.path, one.part)))
    if one.commit:
        yield e("span", "commit ", e("code", one.commit))
    if one.sha256:
        yield e("span", "sha256 ", e("code", one.sha256))


def _coverage(report: Report) -> list[Node]:
    documents: dict[str, CoverageShown] = {}
    for one in (shown for row in report.verdicts for shown in row.coverage):
        # One document binds some offerings with more provisions than others: the most is what was read of it.
        if one.document not in documents or one.provisions > documents[one.document].provisions:
            documents[one.document] = one
    if not documents:
        return []
    rows = [
        (
            lines(e("strong", one.title or "No text"), e("code", one.document) if one.document else None),
            str(one.provisions),
            "no date" if one.age is None else f"{plural(max(one.age, 0), 'day')} old",
            lines(
                *(f"{label}: {text}" for label, text in (("left out", one.left_out), ("missing", one.missing)) if text)
            ),
        )
        for one in documents.values()
    ]
    return [
        table(
            "Governing texts, and how much of them counts",
            ("Text", "Provisions", "Last seen", "Gaps"),
            rows,
            class_="coverage",
        )
    ]


def _representations(report: Report) -> list[Node]:
    wrongs = report.leaned_on.representations
    if not wrongs:
        return []
    said = "The plan says nothing of these, and they are presumed absent. That is your representation."
    return [
        e("p", said),
        listing([(question or id_, " ", e("code", id_)) for id_, question in wrongs], class_="columns"),
    ]


def _leaned(report: Report) -> Iterator[Node]:
    leaned = report.leaned_on
    yield from _listed(
        "Lists taken as complete",
        (f"{spoken(fact)}: {listed(values) or 'none'}" for fact, values in leaned.complete_lists),
    )
    yield from _listed(
        "Readings that counsel settled",
        (
            f"{id_} is {choice}" + (f" (by {by})" if by else "") + (f": {why}" if why else "")
            for id_, choice, by, why in leaned.readings
        ),
    )
    yield from _listed("Approvals presumed absent", leaned.approvals_presumed_absent)
    yield from _listed(
        "Terms of another day",
        (f"{offering_name(row)}: {row.as_of.isoformat()}" for row in report.verdicts if row.as_of != report.as_of),
    )


def _listed(title: str, texts: Iterable[str]) -> Iterator[Node]:
    found = [*texts]
    if found:
        yield e("h3", title)
        yield listing(found, class_="columns")


def _answers(report: Report) -> list[Node]:
    if not report.facts:
        return []
    rows = [
        (
            lines(one.question or one.id, e("code", spoken(one.id))),
            one.value or "–",
            f"{one.state}{f', by {one.by}' if one.by else ''}",
        )
        for one in report.facts
    ]
    return [table("What the plan says", ("Question", "Answer", "State"), rows)]


def _standing(report: Report) -> Iterator[Node]:
    duties: dict[str, dict[str, Finding]] = {}
    for row in report.verdicts:
        for one in row.findings:
            if one.provision in row.standing:
                duties.setdefault(row.platform, {}).setdefault(one.provision, one)
    for platform, found in duties.items():
        yield e("h3", platform)
        yield listing([(one.title, " ", span(cite(one), class_="aside")) for one in found.values()])


def _reported(report: Report) -> list[Node]:
    items: list[Node] = []
    for one in report.reported:
        disputes = [f"disputed by {place(text, at)}: {quoted(quote)}" for text, at, quote in one.disputed_by]
        facts = {fact.id: fact_words(fact) for found in one.verdict.findings for fact in found.facts}
        items.append(
            lines(
                (e("span", e("strong", one.verdict.platform), f": {reported_words(one)}")),
                span(f"{one.by}, {one.on.isoformat()}", class_="aside"),
                listing(disputes, class_="effects") if disputes else None,
                span(f"read: {'; '.join(facts.values())}", class_="aside") if facts else None,
            )
        )
    return [e("p", "These decide nothing above."), listing(items, class_="points")] if items else []
