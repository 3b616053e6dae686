"""The report as SARIF 2.1.0, for code scanning and for whatever collects the findings of many tools.

A rule is a provision, a result a provision that decides an offering. `kind` says how: `fail` where terms refuse the
plan, `review` where conditions or counsel settle it, `open` where it is not known; a row that nothing decides has a
result under a rule of ours, so that none is lost. `pass` stands in it only with `detail`. A plan that could not be
checked is an invocation that failed, and a result that says so: readers that only count results see no clean run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..judge.baseline import rows_of
from ..judge.because import deciding
from ..judge.model import Finding, OfferingVerdict, PlanVerdict, Report, Row, Verdict
from ..language.diagnostics import Diagnostic
from .columns import neutral
from .json import Json, dump
from .rows import (
    PASSING,
    Failure,
    Outcome,
    Standing,
    answers,
    deciders,
    ended,
    evidence_line,
    first_line,
    headline,
    in_force,
    is_file,
    moves,
    place_of,
    reason,
    since_baseline,
    standing,
    waiver_line,
)
from .sarif_parts import (
    Rules,
    about,
    artifacts,
    automation,
    locations,
    logical,
    message,
    our_rule,
    physical,
    rule_of,
    tool,
    uri,
)
from .words import DISCLAIMER, INDEPENDENCE, fact_words

SCHEMA_URI = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

KINDS_OF = {
    Verdict.PERMITTED: "pass",
    Verdict.CONDITIONAL: "review",
    Verdict.CONTESTED: "review",
    Verdict.NOT_COVERED: "open",
    Verdict.UNDETERMINED: "open",
    Verdict.NEEDS_APPROVAL: "fail",
    Verdict.CONFLICT: "fail",
}
"""The kind of a result, by the verdict of its row."""


def render_sarif(report: Report, width: int = 0, *, detail: bool = False, color: bool = False) -> str:
    """The report as a SARIF log of one run; with `detail` also what passes. `width` and `color` are for other formats."""
    return join_sarif([report], detail=detail)


def join_sarif(outcomes: Iterable[Outcome], width: int = 0, *, detail: bool = False, color: bool = False) -> str:
    """Any number of plans as a SARIF log, one run each."""
    runs = [_failed(one) if isinstance(one, Failure) else _run(one, detail) for one in outcomes]
    return dump({"$schema": SCHEMA_URI, "version": "2.1.0", "runs": runs})


def _run(report: Report, detail: bool) -> Json:
    rules, rows = Rules(), rows_of(report)
    results = [one for row in enumerate(rows) for one in _results(report, *row, rules, detail)]
    if not report.verdicts:
        where = locations(None, first_line(report))
        results.append(_result(rules, our_rule("nothing-checked"), "open", "", where))
    return {
        "tool": tool(report.engine, rules.listed),
        "automationDetails": automation(report.case_file or report.case_name, report.as_of.isoformat()),
        "invocations": [{"executionSuccessful": True}],
        **artifacts(report),
        "logicalLocations": [logical(report, row) for row in rows],
        "results": results,
        "columnKind": "unicodeCodePoints",
        "properties": {
            "asOf": report.as_of.isoformat(),
            "case": neutral(report.case_name),
            "caseSha256": report.case_sha256,
            "rulesRevision": neutral(report.revision),
            "rulesSha256": report.rules_sha256,
            "gate": {"exitCode": report.gate.exit_code, "blocking": [*map(neutral, report.gate.blocking)]},
            "waivers": [neutral(waiver_line(one)) for one in report.waivers],
            "disclaimer": DISCLAIMER,
            "independence": INDEPENDENCE,
        },
    }


def _results(report: Report, at: int, row: Row, rules: Rules, detail: bool) -> Iterable[Json]:
    """One result for each finding that decides the row, else one under our own rule.

    Where waivers suppress them all and leave a verdict that does not pass, what decides that one is a result too: a
    reader that leaves out what is suppressed must not see a clean row.
    """
    stands = standing(report, row)
    if stands is Standing.PERMITTED and not detail:
        return
    shown = deciding(row) if stands is Standing.PERMITTED and isinstance(row, OfferingVerdict) else deciders(row)
    for finding in _or_none(shown):
        yield _of(report, at, row, rules, finding, row.verdict, _suppressions(report, row, stands, finding))
    if stands in PASSING or not isinstance(row, OfferingVerdict):
        return
    waived, counted = in_force(report), row.after_waivers
    if counted is None or not shown or any(one.provision not in waived for one in shown):
        return
    left = replace(row, verdict=counted, findings=tuple(f for f in row.findings if f.provision not in waived))
    for finding in _or_none(deciders(left)):
        yield _of(report, at, row, rules, finding, counted, [])


def _or_none(findings: Sequence[Finding]) -> Sequence[Finding | None]:
    return findings or [None]


def _of(
    report: Report, at: int, row: Row, rules: Rules, finding: Finding | None, verdict: Verdict, marks: Sequence[Json]
) -> Json:
    """The result of a finding, or of what no finding alone decides."""
    if finding:
        rule, hash_ = rule_of(finding), finding.hash
        why = [f"{reason(finding)}.", *ended(moves(report, row, finding)), evidence_line(finding)]
    else:
        plan = isinstance(row, PlanVerdict)
        rule, hash_ = our_rule("all-uses-together" if plan else verdict.value.replace(" ", "-")), ""
        why = [" ".join(ended([row.because])), *ended(moves(report, row))]
    where = locations((row, at), place_of(report, row, finding))
    return {
        **_result(rules, rule, KINDS_OF[verdict], message([f"{headline(row)}.", *why]), where),
        **(_related(row, finding) if finding else {}),
        "partialFingerprints": _fingerprint(row, rule["id"], hash_),
        "properties": _properties(report, row, finding),
        **_since(report, row, finding.provision if finding else None),
        **({"suppressions": [*marks]} if marks else {}),
    }


def _result(rules: Rules, rule: Json, kind: str, text: str, where: Sequence[Json]) -> Json:
    """A result; SARIF wants the level "none" for every kind but `fail`."""
    return {
        "ruleId": rule["id"],
        "ruleIndex": rules.index(rule),
        "kind": kind,
        "level": "error" if kind == "fail" else "none",
        "message": {"text": text or rule["shortDescription"]["text"]},
        **({"locations": [*where]} if where else {}),
    }


def _suppressions(report: Report, row: Row, stands: Standing, finding: Finding | None) -> list[Json]:
    """What is waived or accepted is suppressed in SARIF's sense: there, and marked. Where waivers let the whole row
    through, all that decides it is."""
    waived = in_force(report) if row.after_waivers else {}
    if finding and finding.provision in waived:
        waivers = [waived[finding.provision]]
    else:
        waivers = [one for one in waived.values() if row.name in one.rows] if stands is Standing.WAIVED else []
    said = [f"waived: {one.reason} ({one.by}), until {one.until.isoformat()}" for one in waivers]
    if stands in PASSING and (row.after_waivers or row.verdict) is Verdict.CONDITIONAL:
        said.append(f"conditions accepted: {', '.join(report.gate.accepted)}")
    return [{"kind": "external", "status": "accepted", "justification": neutral(one)} for one in said]


def _since(report: Report, row: Row, provision: str | None) -> Json:
    """SARIF's own word for what a baseline makes of a result; without a provision, of its row."""
    since = since_baseline(report, row)
    if since is None:
        return {}
    states = {"new": "new", "unchanged": "unchanged", "better": "unchanged"}
    if provision is None or since.state == "new":
        return {"baselineState": states.get(since.state, "updated")}
    what = next((what for what, id_ in since.new if id_ == provision and "provision" in what), None)
    return {"baselineState": {None: "unchanged", "provision": "new"}.get(what, "updated")}


def _properties(report: Report, row: Row, finding: Finding | None) -> Json:
    found = about(report, row)
    if finding:
        found |= {"effect": finding.effect, "evidence": finding.evidence, "provisionHash": finding.hash}
        found |= {"textSha256": finding.sha256} if finding.sha256 else {}
    return found


def _fingerprint(row: Row, rule: str, provision_hash: str) -> Json:
    """The same for as long as the same words of the same provision decide the same row, however we put it."""
    named = (row.name,) if isinstance(row, PlanVerdict) else (row.use or "", row.platform, row.offering or "")
    parts = "\n".join((*named, rule, provision_hash))
    return {"rowProvision/v1": hashlib.sha256(parts.encode("utf-8", "backslashreplace")).hexdigest()}


def _related(row: Row, finding: Finding) -> Json:
    """The other answers that the finding read."""
    facts = [fact for fact in answers(finding, row)[1:] if is_file(fact.span.file)]
    related = [
        {"id": at, "message": {"text": message([fact_words(fact)])}, "physicalLocation": physical(fact.span)}
        for at, fact in enumerate(facts, 1)
    ]
    return {"relatedLocations": related} if related else {}


def _failed(failure: Failure) -> Json:
    """A plan that could not be checked: notifications, and one result that keeps the run from looking clean."""
    first = failure.diagnostics[0] if failure.diagnostics else Diagnostic("M499", "nothing is known of the failure")
    place = first.span if is_file(first.span.file) else None
    codes = list(dict.fromkeys(one.code for one in failure.diagnostics))
    described = [
        {"id": code, "shortDescription": {"text": f"mayuse explain {code} says what this means."}} for code in codes
    ]
    text = message([f"{failure.file or 'The plan'} was not checked.", f"{first.code}: {first.message}."])
    rules = Rules()
    result = _result(rules, our_rule("not-checked"), "open", text, locations(None, place))
    return {
        "tool": tool(failure.engine, rules.listed, described),
        "automationDetails": {"id": f"mayuse/{uri(neutral(failure.file)).strip('/') or 'plan'}/not-checked"},
        "invocations": [
            {
                "executionSuccessful": False,
                "exitCode": 2,
                "exitCodeDescription": "no verdict",
                "toolExecutionNotifications": [_notification(one, codes) for one in failure.diagnostics],
            }
        ],
        "results": [result],
        "columnKind": "unicodeCodePoints",
        "properties": {"disclaimer": DISCLAIMER, "independence": INDEPENDENCE},
    }


def _notification(one: Diagnostic, codes: list[str]) -> Json:
    help_ = f"Help: {one.help}." if one.help else ""
    place = locations(None, one.span if is_file(one.span.file) else None)
    return {
        "descriptor": {"id": one.code, "index": codes.index(one.code)},
        "level": one.severity if one.severity in ("error", "warning") else "error",
        "message": {"text": message([f"{one.message}.", help_])},
        **({"locations": place} if place else {}),
    }
