"""A clause of an explanation in full, as a point: its words, its dates, and its conditions as trees with the plan's answers.

Which clauses are shown so, and below which heading, is `explanation`'s.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judge.explanation import (
    AnswerShown,
    Cited,
    ClauseExplained,
    DutyExplained,
    ExceptionExplained,
    Node,
    Passage,
)
from .explanation_points import Point, cited_words, colon
from .words import KINDS, evidence_words, place, plain, quoted


def clause(one: ClauseExplained, number: int) -> Point:
    """The clause under its number, with all that makes it apply or not."""
    notes = [Point("says", f"{place(one.cited.title, one.cited.section)}{colon(quoted(one.cited.quote))}")]
    notes += _passage(one.cited)
    notes.append(Point("clause", f"{one.provision} ({KINDS.get(one.kind, one.kind)})"))
    notes.append(Point("text", "; ".join(_dates(one))))
    if one.source:
        notes.append(Point("source", one.source))
    notes += [Point("note", note) for note in one.notes]
    if one.governs is not None:
        notes.append(_node(one.governs))
    if one.applies is not None:
        words = {"true": "yes", "false": "no", "open": "open"}[one.applies.settled]
        notes.append(Point("applies", words, (_node(one.applies),)))
    notes += [_duty(duty) for duty in one.duties]
    notes += [_exception(each) for each in one.exceptions]
    if one.applies is None:
        notes.append(
            Point("granted", "one of these would be a permission", tuple(_node(p) for p in one.permits))
            if one.permits
            else Point("granted", "the text has no permission that counts here")
        )
    notes.append(Point("", one.outcome))
    return Point(str(number), one.title, tuple(notes))


def _dates(one: ClauseExplained) -> Iterator[str]:
    days = {
        "in force from": one.start or one.effective or one.updated or one.captured,
        "until": one.until,
        "updated": one.updated,
        "captured": one.captured,
        "last seen": one.seen,
        "encoded": one.encoded,
        "read again": one.read_again,
    }
    yield ", ".join(f"{name} {day.isoformat()}" for name, day in days.items() if day) or "no dates known"
    yield f"evidence: {evidence_words(one.evidence)}"


def _passage(cited: Cited | None) -> list[Point]:
    """The paragraph around the quoted words, or why it is not shown."""
    found = cited.passage if cited else None
    if found is None:
        return []
    if not found.pieces:
        return [Point("paragraph", f"not shown: {found.message}")]
    return [Point(_paragraph_lead(found), "", (), found.pieces)]


def _paragraph_lead(found: Passage) -> str:
    under = f' under "{found.heading}"' if found.heading else ""
    nearly = "" if found.state == "found" else f" ({found.message})"
    return f"paragraph {found.number}{under}{nearly}"


def _exception(one: ExceptionExplained) -> Point:
    where = cited_words(one.cited)
    what = f"the permission “{one.title}” [{one.provision}]" if one.provision else "unless"
    text = f"{what}{colon(where) if one.provision else f' ({where})' if where else ''}: {one.why}"
    return Point("exception", text, (*_passage(one.cited), _node(one.node)))


def _duty(one: DutyExplained) -> Point:
    where = cited_words(one.cited)
    states = {"met": "met", "failed": "not met", "open": "open", "not due": "not due here"}
    notes = [*_passage(one.cited)]
    if one.due is not None:
        notes.append(Point("due where", "", (_node(one.due),)))
    return Point("requires", f"{states[one.state]}{f' ({where})' if where else ''}", (*notes, _node(one.duty)))


def _node(one: Node) -> Point:
    """A part of a condition with its value, and below it the answers and parts that give it."""
    text = one.text
    if one.kind == "definition":
        text += ", a definition" + ("" if not one.parts else " that means")
        where = cited_words(one.cited) if one.cited else ""
        text += f" ({where})" if where else ""
    elif one.cited is not None and cited_words(one.cited):
        text += f" ({cited_words(one.cited)})"
    if one.kind in ("all", "any", "not") and one.parts:
        text += ":"
    if one.truth == "open" and one.settled != "open":
        text += f" (open part by part, but {one.settled} in every case)"
    notes = [*_passage(one.cited), *(_answer(a) for a in one.answers), *(_node(p) for p in one.parts)]
    return Point(one.truth, text, tuple(notes))


def _answer(one: AnswerShown) -> Point:
    """What the plan says on a question, where, and how that bears on it."""
    key = plain(one.key) if one.role != "reading" else one.key
    at = f"line {one.line}" if one.line else ""
    at = f"{one.file} {at}" if one.state == "settled" and one.file and at else at
    by = f"by {one.by}" if one.by else ""
    match one.state:
        case "given" | "suggested" | "settled":
            said = f"{one.value} ({', '.join(filter(None, (key, at, by, one.state)))})"
        case "don't know":
            said = f"don't know ({', '.join(filter(None, (key, at, by)))})"
        case "not applicable":
            said = f"not asked here ({key})"
        case "presumed absent":
            said = f"none ({key})"
        case _:
            said = f"not settled ({key})" if one.role == "reading" else f"missing ({key})"
    return Point("answer", f"{said}{f'; {one.note}' if one.note else ''}")
