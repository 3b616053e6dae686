"""The report as JSON: all keys always present, in the order of the schema, the same bytes for the same report.

`report.schema.json` (JSON Schema 2020-12) beside this file describes every key. `SCHEMA` only grows: a key is added,
never renamed or dropped, within one number. Quotes are W3C TextQuoteSelectors with their fragments beside them.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable
from typing import Any

from ..judge.model import (
    ConditionShown,
    CoverageShown,
    FactShown,
    Finding,
    Gate,
    LeanedOn,
    OfferingVerdict,
    OpenQuestion,
    PlanVerdict,
    ReadingShown,
    Report,
    ReportedVerdict,
    SinceBaseline,
    TraceShown,
    WaiverShown,
    Witness,
)
from ..language.diagnostics import Diagnostic
from .words import DISCLAIMER, GAP, INDEPENDENCE

SCHEMA = 1
"""The number of the JSON's shape."""

Json = dict[str, Any]

UNSAFE = re.compile("[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""What a terminal or an editor could take as a command: written as `\\uXXXX`, which is the same value."""


def render_json(report: Report, width: int = 0, *, detail: bool = True, color: bool = False) -> str:
    """`to_json` as text, indented by two, ending in a newline. `width`, `detail` and `color` are for other formats."""
    return dump(to_json(report))


def dump(document: Json) -> str:
    """A JSON document as text: keys in their order, UTF-8, unsafe characters escaped, a newline at the end."""
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def to_json(report: Report) -> Json:
    """The report as plain JSON values."""
    return {
        "schema": SCHEMA,
        "engine": report.engine,
        "rules": {"revision": report.revision, "sha256": report.rules_sha256},
        "as_of": report.as_of.isoformat(),
        "disclaimer": DISCLAIMER,
        "independence": INDEPENDENCE,
        "gate": _gate(report.gate),
        "case": {
            "name": report.case_name,
            "file": report.case_file,
            "sha256": report.case_sha256,
            "vocabulary": report.case_vocabulary,
            "facts": [_case_fact(fact) for fact in report.facts],
        },
        "leaned_on": _leaned_on(report.leaned_on),
        "plan": plan_json(report.plan),
        "waivers": [_waiver(one) for one in report.waivers],
        "verdicts": [_verdict(row) for row in report.verdicts],
        "reported": [_reported(one) for one in report.reported],
        "questions": [
            {"fact": one.fact, "question": one.question, "state": one.state, "offerings": list(one.offerings)}
            for one in report.questions
        ],
        "errors": [],
    }


def errors_json(diagnostics: Iterable[Diagnostic], engine: str) -> Json:
    """The document that stands for a report where there is none: what went wrong, and a gate that does not pass."""
    return {
        "schema": SCHEMA,
        "engine": engine,
        "rules": None,
        "as_of": None,
        "disclaimer": DISCLAIMER,
        "independence": INDEPENDENCE,
        "gate": {"pass": False, "exit_code": 2, "policy": "error", "blocking": [], "accepted": [], "baseline": None},
        "case": None,
        "leaned_on": None,
        "plan": plan_json(None),
        "waivers": [],
        "verdicts": [],
        "reported": [],
        "questions": [],
        "errors": [error_json(one) for one in diagnostics],
    }


def error_json(one: Diagnostic) -> Json:
    """A diagnostic; the place is null where there is none. Lines and columns count from 1, ends are exclusive."""
    placed = bool(one.span.file)
    return {
        "code": one.code,
        "severity": one.severity,
        "message": one.message,
        "help": one.help,
        "file": one.span.file or None,
        "line": one.span.line if placed else None,
        "column": one.span.column if placed else None,
        "end_line": one.span.end_line if placed else None,
        "end_column": one.span.end_column if placed else None,
    }


def quote_json(fragments: Iterable[str]) -> Json:
    """A W3C TextQuoteSelector; `exact` joins the fragments, whose words may stand apart in the text."""
    parts = list(fragments)
    return {"exact": GAP.join(parts), "prefix": "", "suffix": "", "fragments": parts}


def _gate(gate: Gate) -> Json:
    return {
        "pass": gate.exit_code == 0,
        "exit_code": gate.exit_code,
        "policy": gate.policy,
        "blocking": list(gate.blocking),
        "accepted": list(gate.accepted),
        "baseline": _baseline(gate.baseline) if gate.baseline else None,
    }


def _baseline(since: SinceBaseline) -> Json:
    return {
        "as_of": since.as_of.isoformat(),
        "case_sha256": since.case_sha256,
        "rules_sha256": since.rules_sha256,
        "same_case": since.same_case,
        "same_rules": since.same_rules,
        "changed_answers": list(since.changed_answers),
        "rows": [
            {
                "row": one.row,
                "state": one.state,
                "was": one.was.value if one.was else None,
                "was_after_waivers": one.was_after.value if one.was_after else None,
                "now": one.now.value,
                "now_after_waivers": one.now_after.value if one.now_after else None,
                "in_baseline": one.kept,
                "new": [{"what": what, "id": id_} for what, id_ in one.new],
            }
            for one in since.rows
        ],
        "gone": list(since.gone),
    }


def _case_fact(fact: FactShown) -> Json:
    return {"id": fact.id, "state": fact.state, "value": fact.value, "by": fact.by}


def _fact(fact: FactShown) -> Json:
    return {"id": fact.id, "question": fact.question, "state": fact.state, "value": fact.value, "by": fact.by}


def _leaned_on(leaned: LeanedOn) -> Json:
    return {
        "representations": [{"id": id_, "question": question} for id_, question in leaned.representations],
        "complete_lists": [{"fact": fact, "values": list(values)} for fact, values in leaned.complete_lists],
        "readings": [{"id": id_, "choice": choice, "by": by, "why": why} for id_, choice, by, why in leaned.readings],
        "approvals_presumed_absent": list(leaned.approvals_presumed_absent),
        "standing_duties": list(leaned.standing_duties),
    }


def _verdict(row: OfferingVerdict) -> Json:
    return {
        "platform": row.platform,
        "offering": row.offering,
        "title": row.title,
        "use": row.use,
        "verdict": row.verdict.value,
        "after_waivers": row.after_waivers.value if row.after_waivers else None,
        "owner": row.owner,
        "basis": row.basis,
        "because": row.because,
        "as_of": row.as_of.isoformat(),
        **_moves(row),
        "findings": [finding_json(one) for one in row.findings],
        "contradictions": [list(ids) for ids in row.contradictions],
        "reserved": list(row.reserved),
        "standing": list(row.standing),
        "coverage": [_coverage(one) for one in row.coverage],
    }


def plan_json(plan: PlanVerdict | None) -> Json:
    """The verdict on a plan with uses as a whole; nulls and empty lists where there is none."""
    if plan is None:
        nothing: Json = {"verdict": None, "after_waivers": None, "owner": None, "because": None}
        return nothing | {key: False if key == "more" else [] for key in _MOVES}
    return {
        "verdict": plan.verdict.value,
        "after_waivers": plan.after_waivers.value if plan.after_waivers else None,
        "owner": plan.owner,
        "because": plan.because,
        **_moves(plan),
    }


_MOVES = ("conditions", "alternatives", "more", "approvals", "open", "readings", "witnesses")


def _moves(row: OfferingVerdict | PlanVerdict) -> Json:
    """What would change the verdict."""
    return {
        "conditions": [_condition(one, row.alternatives) for one in row.conditions],
        "alternatives": [list(ids) for ids in row.alternatives],
        "more": row.more,
        "approvals": [{"approvals": list(one.approvals), "verdict": one.verdict.value} for one in row.approvals],
        "open": [_open(one) for one in row.open],
        "readings": [_reading(one) for one in row.readings],
        "witnesses": [_witness(one) for one in row.witnesses],
    }


def _waiver(one: WaiverShown) -> Json:
    return {
        "provision": one.provision,
        "hash": one.hash,
        "reason": one.reason,
        "by": one.by,
        "until": one.until.isoformat(),
        "state": one.state,
        "rows": list(one.rows),
    }


def _condition(one: ConditionShown, alternatives: Iterable[tuple[str, ...]]) -> Json:
    return {
        "if": one.when,
        "then": one.safeguard,
        "question": one.question,
        "findings": list(one.findings),
        "alternatives": [list(ids) for ids in alternatives if one.safeguard not in ids],
    }


def _open(one: OpenQuestion) -> Json:
    return {
        "fact": one.fact,
        "question": one.question,
        "asks": one.asks,
        "state": one.state,
        "if_yes": one.if_yes.value if one.if_yes else None,
        "if_no": one.if_no.value if one.if_no else None,
    }


def _reading(one: ReadingShown) -> Json:
    return {
        "id": one.id,
        "question": one.question,
        "section": one.section,
        "quote": quote_json(one.quote),
        "matters": one.matters,
        "verdicts": [{"choice": id_, "gloss": gloss, "verdict": then.value} for id_, gloss, then in one.verdicts],
    }


def _witness(one: Witness) -> Json:
    return {
        "conflicts": one.conflicts,
        "answers": [{"point": point, "answer": answer} for point, answer in one.answers],
    }


def finding_json(one: Finding) -> Json:
    """A finding with its evidence."""
    return {
        "provision": one.provision,
        "hash": one.hash,
        "kind": one.kind,
        "topic": list(one.topics),
        "section": one.section,
        "title": one.title,
        "document": one.document,
        "document_title": one.document_title,
        "effect": one.effect,
        "standing": one.standing,
        "quote": quote_json(one.quote),
        "source": one.source,
        "archive": one.archive,
        "path": one.path,
        "part": one.part,
        "commit": one.commit,
        "sha256": one.sha256,
        "captured": _day(one.captured),
        "seen": _day(one.seen),
        "updated": _day(one.updated),
        "effective": _day(one.effective),
        "evidence": one.evidence,
        "encoded": _day(one.encoded),
        "read_again": _day(one.read_again),
        "facts": [_fact(fact) for fact in one.facts],
        "exceptions": [
            {
                "text": each.text,
                "lifts": each.lifts,
                "section": each.section,
                "quote": quote_json(each.quote),
                "provision": each.provision,
            }
            for each in one.exceptions
        ],
        "regulations": list(one.regulations),
        "notes": list(one.notes),
        "trace": _trace(one.trace) if one.trace else None,
    }


def _trace(one: TraceShown) -> Json:
    return {"text": one.text, "truth": one.truth, "parts": [_trace(part) for part in one.parts]}


def _coverage(one: CoverageShown) -> Json:
    return {
        "document": one.document,
        "title": one.title,
        "provisions": one.provisions,
        "left_out": one.left_out,
        "missing": one.missing,
        "age": one.age,
    }


def _reported(one: ReportedVerdict) -> Json:
    return {
        "document": one.document,
        "title": one.title,
        "by": one.by,
        "on": one.on.isoformat(),
        "disputed_by": [
            {"document": document, "section": section, "quote": quote_json(quote)}
            for document, section, quote in one.disputed_by
        ],
        "verdict": _verdict(one.verdict),
    }


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
