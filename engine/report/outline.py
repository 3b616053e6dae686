"""A report as headings and nested items, in the order that every readable format follows.

The order is that of docs/methodology.md: per offering what decided, conditions, approvals, questions, readings, what is
reserved; then standing duties once a platform, what is only reported, coverage. Items are plain text: whoever lays
them out makes them safe. `detail` shows everything; otherwise what is needed to act, with counts of the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..judge.model import (
    CoverageShown,
    Finding,
    OfferingVerdict,
    PlanVerdict,
    Report,
    TraceShown,
    Verdict,
    Witness,
)
from .words import (
    EFFECTS,
    EVIDENCE,
    KINDS,
    cite,
    condition_words,
    effect_words,
    evidence_words,
    exception_words,
    fact_words,
    leaned_on,
    listed,
    offering_name,
    open_words,
    place,
    plain,
    plan_since,
    plural,
    quoted,
    reported_words,
    shorten,
    shortened,
    since_words,
    waiver_words,
    witness_words,
)

FINDINGS = 3
"""Deciding findings an offering shows without `detail`."""


@dataclass(frozen=True, slots=True)
class Item:
    """One point: a short `lead` ("condition", an id) and its text, with more below it."""

    lead: str
    text: str
    notes: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its items. `verdict` is set where the section is about one row."""

    heading: str
    items: tuple[Item, ...]
    verdict: Verdict | None = None


def outline(report: Report, detail: bool = False) -> tuple[Section, ...]:
    """Everything below the matrix; a section without items is left out."""
    sections = [_since(report), *([_leaned(report)] if detail else [])]
    sections += [plan_section(report.plan, detail)] if report.plan else []
    sections += [_offering(row, detail) for row in report.verdicts if detail or row.verdict is not Verdict.PERMITTED]
    if detail or len(report.verdicts) > 1:
        sections += [_questions(report), _counsel(report)]
    sections += [_waivers(report), _standing(report, detail), _reported(report, detail), _coverage(report, detail)]
    return tuple(section for section in sections if section.items)


def _since(report: Report) -> Section:
    """Every row held against the baseline, and the rows that are gone."""
    since = report.gate.baseline
    if since is None:
        return Section("", ())
    items = [Item("", f"{plan_since(since)}."), *(Item(one.row, since_words(one)) for one in since.rows)]
    items += [Item(row, "was in the baseline, and was not checked now") for row in since.gone]
    return Section(f"Since the baseline of {since.as_of.isoformat()}", tuple(items))


def _leaned(report: Report) -> Section:
    """Representations, lists, readings and approvals in full."""
    return Section("What this leans on", tuple(Item(lead, text) for lead, text in leaned_on(report, detail=True)))


def plan_section(row: PlanVerdict, detail: bool) -> Section:
    """The uses as a whole: what would change it; what decided it stands with each use."""
    return Section(
        f"{row.name}: {row.verdict.value}", (Item("because", row.because), *_moves(row, detail)), row.verdict
    )


def _moves(row: OfferingVerdict | PlanVerdict, detail: bool) -> Iterator[Item]:
    """What would change a verdict, and the completions that show it open."""
    yield from _conditions(row)
    yield from (Item("approval", f"with {listed(one.approvals)}: {one.verdict.value}") for one in row.approvals)
    yield from (Item("open", open_words(one)) for one in row.open)
    yield from _readings(row, detail)
    yield from (Item("witness", witness_words(one)) for one in _witnesses(row))


def _waivers(report: Report) -> Section:
    """What the organisation has decided to bear, and whether that still holds."""
    items = [Item(one.provision, waiver_words(one)) for one in report.waivers]
    return Section("Waivers (they change no verdict, only what the gate lets through)", tuple(items))


def _offering(row: OfferingVerdict, detail: bool) -> Section:
    """One offering: what decided it and what would change it."""
    items = [
        *_findings(row, detail),
        *_moves(row, detail),
        *(
            Item("contradiction", f"{listed(ids)} say different things; this lifts nothing")
            for ids in row.contradictions
        ),
        *_reserved(row, detail),
    ]
    heading = f"{offering_name(row)}: {row.verdict.value}"
    if detail:
        heading += f" ({row.title}; {row.basis})" if row.basis else f" ({row.title})"
    return Section(heading, tuple(items), row.verdict)


def _findings(row: OfferingVerdict, detail: bool) -> Iterator[Item]:
    """The findings that decide, those of the row's own verdict first; standing duties and reserves have their place."""
    apart = {*row.standing, *row.reserved}
    own = [one for one in row.findings if one.provision not in apart]
    own.sort(key=lambda one: (one.effect != row.verdict.value, one.effect in EFFECTS))
    weighty = [one for one in own if one.effect not in EFFECTS] or own
    shown = own if detail else weighty[:FINDINGS]
    for one in shown:
        yield finding_item(one, detail)
    if len(own) > len(shown):
        yield Item("", f"and {plural(len(own) - len(shown), 'clause')} more (shown by --detail)")


def finding_item(finding: Finding, detail: bool) -> Item:
    """A clause: what it says in plain words, where, in which words, and whether these were found."""
    quote = quoted(finding.quote)
    text = f"{finding.title} {cite(finding)}" + (f": {quote}" if quote else "")
    if not detail:
        notes = [Item("", text) for lifts, text in exception_words(finding) if lifts != "false"]
        return Item("clause", f"{text} [{effect_words(finding)}; {finding.evidence}]", tuple(notes))
    return Item(effect_words(finding), text, tuple(_finding_notes(finding)))


def _finding_notes(finding: Finding) -> Iterator[Item]:
    """Everything known about a finding."""
    yield Item("provision", f"{finding.provision} ({KINDS.get(finding.kind, finding.kind)})")
    if finding.facts:
        yield Item("facts", "; ".join(map(fact_words, finding.facts)))
    for _, text in exception_words(finding):
        yield Item("exception", text)
    if finding.trace is not None:
        yield from (_trace(part) for part in finding.trace.parts)
    yield Item("evidence", evidence_words(finding.evidence))
    dates = {
        "effective": finding.effective,
        "updated": finding.updated,
        "captured": finding.captured,
        "last seen": finding.seen,
        "encoded": finding.encoded,
        "read again": finding.read_again,
    }
    known = ", ".join(f"{name} {day.isoformat()}" for name, day in dates.items() if day)
    if known:
        yield Item("dates", known)
    if finding.source:
        yield Item("source", finding.source)
    if finding.archive:
        at = ", ".join(filter(None, (finding.path, finding.part, finding.commit and f"commit {finding.commit}")))
        sha = f" (sha256 {finding.sha256})" if finding.sha256 else ""
        yield Item("archive", f"{finding.archive}: {at}{sha}")
    if finding.topics:
        yield Item("topic", ", ".join(finding.topics))
    if finding.regulations:
        yield Item("see", "; ".join(finding.regulations))
    for note in finding.notes:
        yield Item("note", note)


def _trace(one: TraceShown) -> Item:
    """A part of a condition with its value, and below it what decides it."""
    deciding = tuple(
        _trace(part) for part in one.parts if len(one.parts) == 1 or one.truth == "unknown" or part.truth == one.truth
    )
    return Item(one.truth, one.text, deciding)


def _conditions(row: OfferingVerdict | PlanVerdict) -> Iterator[Item]:
    """The safeguards to undertake, and the other smallest ways."""
    for one in row.conditions:
        yield Item("condition", condition_words(one))
    for ids in row.alternatives:
        yield Item("or instead", listed([plain(id_) for id_ in ids]))
    if row.more:
        yield Item("or instead", "still other sets, not listed")


def _readings(row: OfferingVerdict | PlanVerdict, detail: bool) -> Iterator[Item]:
    """Open terms for counsel, with the verdict under each choice."""
    for one in row.readings:
        if not (one.matters or detail):
            continue
        where = f" ({one.section})" if one.section else ""
        quote = quoted(one.quote)
        matters = "" if one.matters else " Changes nothing here."
        notes = tuple(
            Item(id_, f"{then.value} ({gloss})" if gloss else then.value) for id_, gloss, then in one.verdicts
        )
        yield Item("counsel", f"{one.question} [{one.id}]{where}{f' {quote}' if quote else ''}{matters}", notes)


def _witnesses(row: OfferingVerdict | PlanVerdict) -> Iterable[Witness]:
    """The completions as they came, those that conflict first."""
    return sorted(row.witnesses, key=lambda one: not one.conflicts)


def _reserved(row: OfferingVerdict, detail: bool) -> Iterator[Item]:
    """What the platform keeps to itself: never a verdict, but worth knowing."""
    known = {one.provision: one for one in row.findings}
    if detail:
        for id_ in row.reserved:
            yield finding_item(known[id_], True) if id_ in known else Item("reserved", id_)
    elif row.reserved:
        titles = [known[id_].title if id_ in known else id_ for id_ in row.reserved]
        yield Item("reserved", shortened(titles))


def _questions(report: Report) -> Section:
    """Open facts over all rows."""
    items = [
        Item(one.fact, f"{one.question} ({one.state}; changes {shortened(one.offerings)})") for one in report.questions
    ]
    return Section("Open questions, most settling first", tuple(items))


def _counsel(report: Report) -> Section:
    """Readings that matter, each with the rows that turn on it."""
    rows: dict[str, list[str]] = {}
    asked: dict[str, str] = {}
    for row in report.verdicts:
        for one in row.readings:
            if one.matters:
                rows.setdefault(one.id, []).append(offering_name(row))
                asked[one.id] = one.question
    items = [Item(id_, f"{asked[id_]} (decides in {shortened(names)})") for id_, names in rows.items()]
    return Section("Readings for counsel", tuple(items))


def _standing(report: Report, detail: bool) -> Section:
    """Duties that hold whatever the plan is, once a platform."""
    duties: dict[str, dict[str, Finding]] = {}
    for row in report.verdicts:
        for one in row.findings:
            if one.provision in row.standing:
                duties.setdefault(row.platform, {}).setdefault(one.provision, one)
    items = []
    for platform, found in duties.items():
        if detail:
            items.append(Item(platform, "", tuple(finding_item(one, True) for one in found.values())))
        else:
            items.append(Item(platform, "; ".join(f"{one.title} {cite(one)}" for one in found.values())))
    return Section("Standing duties, whatever the plan", tuple(items))


def _reported(report: Report, detail: bool) -> Section:
    """What only others report, with who disputes it and in whose words."""
    items = []
    for one in report.reported:
        notes = [
            Item("disputed by", f"{place(document, section)}{f': {quoted(quote)}' if quote else ''}")
            for document, section, quote in one.disputed_by
        ]
        if detail:
            notes += _findings(one.verdict, True)
        items.append(
            Item(one.verdict.platform, f"{reported_words(one)} - {one.by}, {one.on.isoformat()}", tuple(notes))
        )
    return Section("Reported by others, in no vendor text we hold (decides nothing above)", tuple(items))


def _coverage(report: Report, detail: bool) -> Section:
    """Which texts were read, how far, and how old they are."""
    documents: dict[str, CoverageShown] = {}
    for one in (shown for row in report.verdicts for shown in row.coverage):
        # One document binds some offerings with more provisions than others: the most is what was read of it.
        if one.document not in documents or one.provisions > documents[one.document].provisions:
            documents[one.document] = one
    items = []
    for id_, one in documents.items():
        gaps = [f"{label}: {text}" for label, text in (("left out", one.left_out), ("missing", one.missing)) if text]
        if not id_:
            items.append(Item("", "; ".join(gaps)))
        elif detail or gaps:
            age = "no date" if one.age is None else f"{plural(max(one.age, 0), 'day')} old"
            words = [plural(one.provisions, "provision"), age, *(gap if detail else shorten(gap) for gap in gaps)]
            items.append(Item(f"{one.title} [{id_}]" if detail else one.title, "; ".join(words)))
    read = [one for id_, one in documents.items() if id_]
    if read and not detail:
        total = sum(one.provisions for one in read)
        items.insert(0, Item("", f"{plural(total, 'provision')} of {plural(len(read), 'document')} read."))
    statuses = {f.evidence for row in report.verdicts for f in row.findings}
    used = [f"{status}: {meaning}" for status, meaning in EVIDENCE.items() if status in statuses]
    if used:
        items.append(Item("evidence", "; ".join(used)))
    return Section("Coverage", tuple(items))
