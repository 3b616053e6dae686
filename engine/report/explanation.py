"""An explanation as headings and nested points, which every readable format lays out; what each word in it means.

The order is that of a reader's questions: what is the verdict and why, which clauses decide, what of the others, how it
can turn out, what would change it, and what was not read. Points are plain text; whoever lays them out makes them safe.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..judge.explanation import (
    Assumed,
    ClauseBrief,
    ClauseExplained,
    Explanation,
    OfferingExplained,
    QuestionExplained,
    WitnessExplained,
)
from ..judge.model import Verdict
from .explanation_clause import clause
from .explanation_points import Point, cited_words, colon
from .outline import Item, plan_section
from .words import DISCLAIMER, INDEPENDENCE, METHOD, listed, place, plain, plural, quoted

GROUPS = {
    "matters": "Other clauses that could stand in the way",
    "permits": "Clauses that allow it",
    "standing": "Duties whatever the plan is",
    "reserved": "What the platform keeps to itself",
}
"""Headings of the clauses that do not decide, by their role."""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading within an offering, and its points."""

    heading: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """An offering, or what concerns all of them."""

    heading: str
    parts: tuple[Part, ...]


def head(explanation: Explanation) -> list[str]:
    """What stands above: the plan, the day, what is taken for granted, and what the words mean."""
    file = f" ({explanation.case_file})" if explanation.case_file else ""
    lines = [f"Plan: {explanation.case_name}{file}. As of {explanation.as_of.isoformat()}."]
    if explanation.narrowed:
        lines.append(f"Only about the clause {explanation.narrowed}.")
    lines.append(
        "Each part of a condition is true, false or open. Open: the plan's answers, read part by part, leave it both ways."
    )
    return lines


def closing(explanation: Explanation) -> list[str]:
    """The last lines of every format."""
    made = f"mayuse {explanation.engine}, rules sha256 {explanation.rules_sha256[:12]}."
    return [DISCLAIMER, INDEPENDENCE, METHOD, made]


def chapters(explanation: Explanation) -> tuple[Chapter, ...]:
    """Every offering, then what holds for all."""
    shown = [_offering(one, explanation) for one in explanation.offerings]
    if explanation.plan:
        whole = plan_section(explanation.plan, detail=True)
        shown.append(Chapter(whole.heading, (Part("Why", tuple(map(_point, whole.items))),)))
    if not explanation.narrowed:
        shown.append(Chapter("For all of these", tuple(p for p in _common(explanation) if p.points)))
    return tuple(one for one in shown if one.parts)


def _point(item: Item) -> Point:
    return Point(item.lead, item.text, tuple(map(_point, item.notes)))


def _offering(one: OfferingExplained, explanation: Explanation) -> Chapter:
    name = f"{one.use}: {one.offering}" if one.use else one.offering
    parts = [Part("Why", tuple(_why(one)))]
    if one.absent:
        parts.append(
            Part("The clause", (Point("", f"{explanation.narrowed} is not among its clauses: {one.absent}."),))
        )
    deciding = [c for c in one.clauses if c.role == "decides"]
    rest = [c for c in one.clauses if c.role != "decides"]
    numbered = {c.provision: at for at, c in enumerate(one.clauses, 1)}
    parts.append(_clauses("The clause that decides", "The clauses that decide", deciding, numbered))
    heading = "The clause" if explanation.narrowed else GROUPS["matters"]
    parts.append(_clauses(heading, heading, rest, numbered))
    if not explanation.narrowed:
        parts.insert(-1, Part("Two ways it can turn out", tuple(_witness(w, one.verdict) for w in one.witnesses)))
        parts.insert(-1, Part("What would change it", tuple(_changes(one))))
        for role, words in GROUPS.items():
            group = [c for c in one.others if c.role == role]
            parts.append(Part(f"{words} ({len(group)})", tuple(_brief(c) for c in group)))
        parts.append(Part("Clauses that do not matter here", tuple(_idle(one))))
        parts.append(Part("What was read", tuple(_coverage(one))))
    heading = f"{name} ({one.title}): {one.verdict.value}"
    return Chapter(heading, tuple(p for p in parts if p.points))


def _why(one: OfferingExplained) -> Iterator[Point]:
    yield Point("", f"{one.verdict.value.capitalize()}. {one.line}")
    if one.sentence:
        yield Point("here", one.sentence)
    if one.owner != "-":
        yield Point("who can move it", one.owner)
    yield Point("judged on the terms of", one.as_of.isoformat())


def _clauses(one: str, many: str, clauses: list[ClauseExplained], numbered: dict[str, int]) -> Part:
    heading = one if len(clauses) == 1 else f"{many} ({len(clauses)})"
    return Part(heading, tuple(clause(c, numbered[c.provision]) for c in clauses))


# ---- clauses in a line


def _brief(one: ClauseBrief) -> Point:
    where = place(one.cited.title, one.cited.section)
    reason = f"; {one.reason}" if one.role == "matters" or one.effect == "may permit" else ""
    quote = colon(quoted(one.cited.quote)) if one.role != "reserved" else ""
    return Point("", f"{one.title} ({where}){quote}{reason} [{one.provision}]")


def _idle(one: OfferingExplained) -> Iterator[Point]:
    if not one.misses:
        if one.idle:
            yield Point("", f"{plural(one.idle, 'clause')}: --all-clauses lists them, each with its reason.")
        return
    for miss in one.misses:
        far = "" if miss.distance is None or miss.distance >= 1_000 else f"{plural(miss.distance, 'answer')} away"
        where = place(miss.cited.title, miss.cited.section)
        yield Point(far or "never", f"{miss.title} ({where}): {miss.reason} [{miss.provision}]")


# ---- what is open, and what would change it


def _witness(one: WitnessExplained, verdict: Verdict) -> Point:
    ends = "it conflicts" if one.conflicts else "it does not conflict"
    notes = [Point("if", _assumed(a)) for a in one.differs] or [Point("if", "nothing more is assumed")]
    notes += [Point("in both", _assumed(a)) for a in one.shared]
    also = {
        Verdict.CONDITIONAL: " (safeguards that are not named being undertaken)" if one.conflicts else "",
    }.get(verdict, " (every open safeguard being undertaken)")
    return Point(ends, f"the verdict is then {one.verdict.value}{also}", tuple(notes))


def _assumed(one: Assumed) -> str:
    verb = "read as" if one.choice is not None else "answered"
    return f"{one.question} {verb}: {one.words} ({plain(one.key)})"


def _changes(one: OfferingExplained) -> Iterator[Point]:
    """What would give another verdict, whoever can bring it about."""
    for condition in one.conditions:
        due = tuple(
            Point("needed", f"{f'if {t.when}' if t.when else 'in any case'}: {t.title} [{t.provision}]")
            for t in condition.triggers
        )
        yield Point("condition (yours)", f"{condition.question} Must be: yes ({plain(condition.safeguard)})", due)
    for ids in one.alternatives:
        yield Point("or instead", "; ".join(f"{question} Must be: yes ({plain(id)})" for id, question in ids))
    if one.more:
        yield Point("or instead", "still other sets, not listed")
    for approval in one.approvals:
        notes = tuple(
            Point("by " + c.by, f"{c.question} ({c.approval})" + (f" {cited_words(c.cited)}" if c.cited else ""))
            for c in approval.consents
        )
        yield Point("approval", f"with it: {approval.verdict.value}", notes)
    for question in one.questions:
        yield Point("open answer (yours)", _open_words(question))
    for reading in one.readings:
        if reading.matters or one.verdict is Verdict.CONTESTED:
            where = " ".join(filter(None, (reading.section, quoted(reading.quote))))
            notes = tuple(
                Point(id, f"{then.value}{f' - {gloss}' if gloss else ''}") for id, gloss, then in reading.verdicts
            )
            yield Point(
                "reading (counsel)", f"{reading.question}{f' ({where})' if where else ''} [{reading.id}]", notes
            )
    for change in one.changes:
        notes = tuple(
            Point("if", f"{question} {instead}, instead of {stated} ({', '.join(filter(None, (plain(key), at)))})")
            for key, question, stated, line, instead in change.answers
            for at in (f"line {line}" if line else "",)
        )
        together = ", with all of these together" if len(notes) > 1 else ""
        yield Point("another plan", f"the verdict would be {change.verdict.value}{together}", notes)
    shown = [r for r in one.readings if r.matters] or one.verdict is Verdict.CONTESTED
    if not (one.conditions or one.approvals or one.questions or shown or one.changes):
        yield Point("", _nothing(one))
    for clashing in one.contradictions:
        yield Point("contradiction", f"{listed(clashing)} say different things; this lifts nothing")


def _nothing(one: OfferingExplained) -> str:
    """Where nothing that is open would change the verdict."""
    match one.verdict:
        case Verdict.PERMITTED:
            return "Nothing that is open would: only other answers, other terms, or another day."
        case Verdict.NOT_COVERED:
            return "Reading what is missing (see below), or rules of your own for your own contract."
        case _:
            return "No one answer that the deciding clauses ask for, nor all of them together, was found that would."


def _open_words(one: QuestionExplained) -> str:
    """The question with the verdict after each answer."""
    asked = f"{one.question} – {one.words}?" if one.words else one.question
    if one.if_yes is one.if_no and one.if_yes is not None:
        ends = f"{one.if_yes.value} either way, until more is answered"
    else:
        both = (("yes", one.if_yes), ("no", one.if_no))
        ends = "; ".join(f"if {word}: {then.value}" for word, then in both if then)
    state = "" if one.state == "unknown" else f", {one.state}"
    return f"{asked} ({plain(one.fact)}{state}) {ends}".rstrip()


# ---- what was read


def _coverage(one: OfferingExplained) -> Iterator[Point]:
    for shown in one.coverage:
        gaps = [
            f"{label}: {text}" for label, text in (("left out", shown.left_out), ("missing", shown.missing)) if text
        ]
        if not shown.document:
            yield Point("unknown", "; ".join(gaps))
            continue
        age = "no date" if shown.age is None else f"last seen {plural(max(shown.age, 0), 'day')} before"
        words = [f"{plural(shown.provisions, 'clause')} encoded", age, *gaps]
        yield Point("unknown" if shown.missing else "read", f"{shown.title} [{shown.document}]: {'; '.join(words)}")


def _common(explanation: Explanation) -> Iterator[Part]:
    leaned = explanation.leaned_on
    points = [Point("represented as no part of the plan", f"{q} ({plain(id)})") for id, q in leaned.representations]
    points += [
        Point("taken as complete", f"{fact}: {listed(values) or 'none'}") for fact, values in leaned.complete_lists
    ]
    points += [
        Point("reading settled", f"{id} is {choice}{f' (by {by})' if by else ''}{colon(why or '')}")
        for id, choice, by, why in leaned.readings
    ]
    yield Part("What this takes for granted", _grouped(points))
    yield Part(
        "Reported by others, in no text we hold (decides nothing above)",
        tuple(
            Point(r.platform, f"{r.title}, by {r.by} on {r.on.isoformat()}: would be {r.verdict.value}: {r.because}")
            for r in explanation.reported
        ),
    )


def _grouped(points: Iterable[Point]) -> tuple[Point, ...]:
    """Points with one lead as one, their texts below it."""
    groups: dict[str, list[Point]] = {}
    for one in points:
        groups.setdefault(one.lead, []).append(Point("", one.text))
    return tuple(Point(f"{lead} ({len(notes)})", "", tuple(notes)) for lead, notes in groups.items())
