"""The pages of `mayuse explain`: everything known about one named part of the rules, as labels and texts.

A page is a heading and (label, text) lines, from the rules alone; laying it out is `explain`'s.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..language.format import format_condition
from ..language.tree import Condition, Holds, Name
from ..report.words import KINDS, evidence_words, plural, quoted, shortened
from ..rulebook.model import Archived, Citation, Own, Reported
from ..rulebook.reads import topics_below
from .reading import gates, readers

if TYPE_CHECKING:
    from ..language.codes import CodePage
    from ..language.tree import Span
    from ..rulebook.model import Document, Provision, Rules

Line = tuple[str, str]
Page = tuple[str, list[Line]]

MANY = 8
"""How many ids a line names before it counts the rest."""


def provision_page(rules: Rules, id_: str) -> Page:
    """A provision: what it says, when, except when, what it lifts and what lifts it, and its evidence."""
    one = rules.provisions[id_]
    lines = [
        ("title", one.title),
        ("kind", f"{one.kind} ({KINDS[one.kind]})"),
        ("document", f"{rules.documents[one.document].title} [{one.document}]"),
        *_citation(one.citation),
        ("when", format_condition(one.when)),
    ]
    for exemption in one.exemptions:
        asks = f" (approval {exemption.approval})" if exemption.approval else ""
        by_platform = exemption.condition == Holds(Name(exemption.approval)) if exemption.approval else False
        condition = "approved by platform" if by_platform else format_condition(exemption.condition)
        lines.append(("unless", f"{condition}{asks}{_cited(exemption.citation)}"))
    for duty in one.duties:
        lines.append(("that", f"{format_condition(duty.duty)}{_when(duty.when)}{_cited(duty.citation)}"))
    if one.standing:
        lines.append(("standing", "a duty whatever the plan; it conflicts only where a stated answer fails it"))
    if one.overrides:
        lines.append(
            (
                "overrides",
                ", ".join(id_ + _cited(c) for id_, c in zip(one.overrides, one.override_citations, strict=True)),
            )
        )
    over = [p.id for p in rules.provisions.values() if id_ in p.overrides]
    if over:
        lines.append(("overridden by", ", ".join(over)))
    if one.may_lift:
        lines.append(("may lift", one.may_lift if isinstance(one.may_lift, str) else ", ".join(one.may_lift)))
    asks_for = [p.id for p in rules.provisions.values() if p.may_lift is not None and _lifts(rules, p, one)]
    if asks_for:
        lines.append(("may be lifted under", ", ".join(asks_for)))
    if one.offerings is not None:
        lines.append(("binds only", ", ".join(sorted(one.offerings))))
    lines += [("topic", f"{id_}: {rules.topics[id_].gloss}") for id_ in one.topics]
    lines += [("note", note) for note in one.notes]
    lines += [("see", " ".join(filter(None, (rules.regulations.get(r, r), where)))) for r, where in one.regulations]
    if one.start:
        lines.append(("in force", f"from {one.start}" + (f" until {one.until}" if one.until else "")))
    lines += _evidence(rules, one)
    return f"provision {id_}", [*lines, ("hash", one.hash), _place(one.span), *_others(rules, one)]


def _others(rules: Rules, one: Provision) -> Iterator[Line]:
    """How other platforms' offerings handle the topics of a provision today; offerings that say the same together."""
    from ..judge.positions import positions
    from .compare import says

    own = rules.documents[one.document].platform
    for topic in one.topics:
        found: dict[tuple[str, str], list[str]] = {}
        for position in positions(rules, topic, datetime.date.today()):
            if position.platform != own and position.offering:
                for does, where in says(position):
                    named = found.setdefault((position.platform, f"{does}: {where}"), [])
                    named.append(position.offering.removeprefix(f"{position.platform}/"))
        if found:
            yield f"how others handle this ({rules.topics[topic].gloss})", ""
        for (platform, text), offerings in found.items():
            yield "", f"{platform} ({shortened(offerings)}): {text}"


def _lifts(rules: Rules, reserve: Provision, one: Provision) -> bool:
    """Whether a reserve says that an exception to `one` can be asked for."""
    if isinstance(reserve.may_lift, str):
        return reserve.document == one.document and one.kind in ("prohibit", "require")
    return one.id in (reserve.may_lift or ())


def _evidence(rules: Rules, one: Provision) -> Iterator[Line]:
    """Whether the words were found, and where the text is."""
    from ..rulebook.evidence import evidence_status

    yield "evidence", evidence_words(evidence_status(rules, one.id))
    yield from _text(rules.documents[one.document])


def _text(one: Document) -> Iterator[Line]:
    """Where a document's text is from, and its dates."""
    if one.source:
        yield "source", one.source
    match one.evidence:
        case Archived() as archived:
            where = f"github {archived.repository}" if archived.repository else archived.collection
            part = f", part {archived.part}" if archived.part else ""
            yield "archive", f"{where}: {archived.path}{part}, commit {archived.commit}, sha256 {archived.sha256}"
            if archived.transcribed_by:
                yield "transcribed by", archived.transcribed_by
        case Own(file=file):
            yield "own text", file
        case Reported(by=by, on=on):
            yield "reported by", f"{by} on {on}"
        case None:
            yield "archive", "none named"
    days = {
        "effective": one.effective,
        "updated": one.updated,
        "captured": one.captured,
        "last seen": one.seen,
        "encoded": one.encoded,
        "read again": one.read_again,
    }
    known = ", ".join(f"{name} {day}" for name, day in days.items() if day)
    if known:
        yield "dates", known


def document_page(rules: Rules, id_: str) -> Page:
    """A document: where its text is, what it governs and what it holds."""
    one = rules.documents[id_]
    lines = [("title", one.title), *([("kind", one.kind)] if one.kind else []), *_text(one)]
    lines.append(("governs", _some(o.id for o in rules.offerings.values() if id_ in o.documents)))
    for other in one.incorporates:
        lines.append(("incorporates", f"{other.document}{_when(other.when)}{_cited(other.citation)}"))
    into = [d.id for d in rules.documents.values() if any(i.document == id_ for i in d.incorporates)]
    if into:
        lines.append(("incorporated in", ", ".join(into)))
    if one.yields_to:
        lines.append(
            (
                "yields to",
                ", ".join(id_ + _cited(c) for id_, c in zip(one.yields_to, one.yields_citations, strict=True)),
            )
        )
    if one.applies_when is not None:
        lines.append(("applies", f"when {format_condition(one.applies_when)}"))
    if one.silence is not None:
        lines.append(("silence", f"what it does not allow is reserved{_cited(one.silence)}"))
    lines += [("disputed by", f"{document}{_cited(citation)}") for document, citation in one.disputed_by]
    coverage = "whole" if one.whole else "partial"
    lines.append(("coverage", f"{coverage}: {one.coverage_note}" if one.coverage_note else coverage))
    if one.note:
        lines.append(("note", one.note))
    lines += [(name, rules.provisions[name].title) for name in one.provisions]
    return f"document {id_}", [*lines, _place(one.span)]


def fact_page(rules: Rules, id_: str) -> Page:
    """A fact: its question, who owns the answer, when it is asked and what reads it."""
    one = rules.facts[id_]
    type_ = "yes or no" if one.kind == "flag" else f"{one.kind} of"
    owner = {"safeguard": "you, who can bind the plan to it", "approval": "the one who grants it", "wrong": "you"}
    lines = [
        ("question", one.question),
        ("type", f"{type_} {one.domain}" if one.domain else type_),
        ("owner", "counsel" if one.for_counsel else owner.get(one.role, "you")),
    ]
    if one.role == "wrong":
        lines.append(("unstated", "represented as no part of the plan"))
    if one.role == "approval":
        lines.append(("unstated", "presumed not given"))
    if one.per:
        lines.append(("per", one.per))
    if one.asked_when is not None:
        lines.append(("asked when", format_condition(one.asked_when)))
    if one.implies:
        lines.append(("implies", ", ".join(one.implies)))
    by = [other.id for other in rules.facts.values() if id_ in other.implies]
    if by:
        lines.append(("implied by", ", ".join(by)))
    if one.domain in rules.terms:
        top = [t.id for t in rules.terms.values() if one.domain in t.under]
        lines.append(("answers", f"{plural(len(rules.below[one.domain]) - 1, 'term')}: {_some(top)}"))
    return f"{one.role} {id_}", [*lines, *_read_by(rules, [id_]), _place(one.span)]


def term_page(rules: Rules, id_: str) -> Page:
    """A term: what it means, what is above and below it, which questions it answers."""
    one = rules.terms[id_]
    lines = [("means", one.gloss)]
    if one.under:
        above = (f"{up} ({rules.terms[up].gloss})" for up in one.under if up in rules.terms)
        lines.append(("under", "; ".join(above)))
    lines += [("over", f"{t.id}: {t.gloss}") for t in rules.terms.values() if id_ in t.under]
    facts = [
        f.id for f in rules.facts.values() if f.domain and id_ in rules.below.get(f.domain, ()) and f.domain != id_
    ]
    if facts:
        lines.append(("answers", ", ".join(facts)))
    if one.since:
        lines.append(("since", one.since))
    return f"term {id_}", [*lines, *_read_by(rules, [id_]), _place(one.span)]


def reading_page(rules: Rules, id_: str) -> Page:
    """A reading: what is open, what it may mean, who reads it."""
    one = rules.readings[id_]
    lines = [("question", one.question), *_citation(one.citation)]
    lines += [(choice, gloss) for choice, gloss in one.choices]
    settle = f"in a file for --readings: '{id_}: {one.choices[0][0]}'" if one.choices else "in a file for --readings"
    return f"reading {id_}", [*lines, ("settled", settle), *_read_by(rules, [id_]), _place(one.span)]


def define_page(rules: Rules, id_: str) -> Page:
    """A named condition."""
    one = rules.defines[id_]
    lines = [("means", format_condition(one.condition)), *_citation(one.citation)]
    return f"define {id_}", [*lines, *_read_by(rules, [id_]), _place(one.span)]


def topic_page(rules: Rules, id_: str) -> Page:
    """A topic and its provisions."""
    one = rules.topics[id_]
    below = topics_below(rules, id_)
    lines = [("means", one.gloss), *([("under", ", ".join(one.under))] if one.under else [])]
    if len(below) > 1:
        lines.append(("over", ", ".join(sorted(below - {id_}))))
    lines.append(("provisions", _some(p.id for p in rules.provisions.values() if below.intersection(p.topics))))
    return f"topic {id_}", [*lines, _place(one.span)]


def regulation_page(rules: Rules, id_: str) -> Page:
    """A regulation and the provisions that refer to it."""
    see = [p.id for p in rules.provisions.values() if any(r == id_ for r, _ in p.regulations)]
    return f"regulation {id_}", [("title", rules.regulations[id_]), ("seen from", _some(see))]


def platform_page(rules: Rules, id_: str) -> Page:
    """A platform: its names, offerings and documents."""
    one = rules.platforms[id_]
    lines = [("title", one.title), *([("vendor", one.vendor)] if one.vendor else [])]
    lines += [("alias", alias) for alias in one.aliases]
    lines += [("offering", f"{o}: {rules.offerings[o].title}") for o in one.offerings if o in rules.offerings]
    lines += [("document", f"{d.id}: {d.title}") for d in rules.documents.values() if d.platform == id_]
    return f"platform {id_}", [*lines, _place(one.span)]


def offering_page(rules: Rules, id_: str) -> Page:
    """An offering and the documents it is under."""
    one = rules.offerings[id_]
    lines = [("title", one.title), ("platform", one.platform), *(("alias", alias) for alias in one.aliases)]
    lines += [("under", f"{d}: {rules.documents[d].title}") for d in one.documents if d in rules.documents]
    return f"offering {id_}", [*lines, _place(one.span)]


def code_page(code: str, page: CodePage) -> Page:
    """A diagnostic's page."""
    return f"code {code}", [(label, getattr(page, label)) for label in ("title", "what", "why", "avoid", "prefer")]


def _read_by(rules: Rules, names: list[str]) -> Iterator[Line]:
    """The provisions and documents that read any of `names`."""
    found = [one.id for one in readers(rules, names)]
    yield "read by", f"{plural(len(found), 'provision')}: {_some(found)}" if found else "no provision"
    documents = gates(rules, names)
    if documents:
        yield "decides whether", f"{_some(documents)} applies or incorporates"


def _citation(citation: Citation) -> Iterator[Line]:
    if citation.section is not None:
        yield "section", citation.section
    if citation.quote:
        yield "quote", quoted(citation.quote)


def _cited(citation: Citation) -> str:
    """A citation after a clause."""
    said = " ".join(filter(None, (citation.section, quoted(citation.quote))))
    return f" ({said})" if said else ""


def _when(condition: Condition | None) -> str:
    return "" if condition is None else f" when {format_condition(condition)}"


def _some(ids: Iterable[str]) -> str:
    return shortened(list(ids), MANY) or "none"


def _place(span: Span) -> Line:
    return "place", f"{span.file}:{span.line}"
