"""The report as SARIF 2.1.0, for code scanning and for whatever collects the findings of many tools.

A rule is a provision, a result a provision that decides an offering. `kind` says how: `fail` where terms refuse the
plan, `review` where conditions or counsel settle it, `open` where it is not known; a row that nothing decides has a
result under a rule of ours, so that none is lost. `pass` stands in it only with `detail`. A plan that could not be
checked is an invocation that failed, and a result that says so: readers that only count results see no clean run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from ..judge.because import deciding
from ..judge.model import Finding, OfferingVerdict, Report, Verdict
from ..language.diagnostics import Diagnostic
from ..language.tree import Span
from .columns import neutral
from .json import Json, dump
from .rows import (
    Failure,
    Outcome,
    Standing,
    answers,
    deciders,
    ended,
    evidence_line,
    first_line,
    headline,
    is_file,
    moves,
    place_of,
    reason,
    since_baseline,
    standing,
)
from .words import DISCLAIMER, EVIDENCE, INDEPENDENCE, cite, fact_words, offering_name, quoted

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

_OURS = {
    "conflict": ("Several provisions together refuse the plan", "No provision does so alone."),
    "needs-approval": ("Several provisions together need an approval", "No provision does so alone."),
    "undetermined": ("An answer is missing", "The plan does not say enough to decide whether it conflicts."),
    "contested": ("Counsel decides", "The verdict turns on how an open term of the text is read."),
    "not-covered": (
        "The terms are not known well enough",
        "A governing text is missing, partial, reported or too old.",
    ),
    "conditional": ("Several provisions together set conditions", "No provision does so alone."),
    "permitted": ("Nothing known forbids the plan", "No provision that is known and in force conflicts with the plan."),
    "nothing-checked": (
        "No offering was checked",
        "The plan names no offering whose terms are known: nothing is said.",
    ),
    "not-checked": (
        "The plan could not be checked",
        "There is no verdict: the input, the rules or the call was wrong.",
    ),
}
"""Our own rules, for what no single provision decides: title and help."""


def render_sarif(report: Report, width: int = 0, *, detail: bool = False, color: bool = False) -> str:
    """The report as a SARIF log of one run; with `detail` also what passes. `width` and `color` are for other formats."""
    return join_sarif([report], detail=detail)


def join_sarif(outcomes: Iterable[Outcome], width: int = 0, *, detail: bool = False, color: bool = False) -> str:
    """Any number of plans as a SARIF log, one run each."""
    runs = [_failed(one) if isinstance(one, Failure) else _run(one, detail) for one in outcomes]
    return dump({"$schema": SCHEMA_URI, "version": "2.1.0", "runs": runs})


class _Rules:
    """The descriptors of a run, in the order in which results first name them."""

    def __init__(self) -> None:
        self.listed: list[Json] = []
        self.at: dict[str, int] = {}

    def index(self, descriptor: Json) -> int:
        """The index of a descriptor, which is listed if it is new."""
        id_ = descriptor["id"]
        if id_ not in self.at:
            self.at[id_] = len(self.listed)
            self.listed.append(descriptor)
        return self.at[id_]


def _run(report: Report, detail: bool) -> Json:
    rules = _Rules()
    results = [one for row in enumerate(report.verdicts) for one in _results(report, *row, rules, detail)]
    if not report.verdicts:
        where = _locations(None, first_line(report))
        results.append(_result(rules.index(_ours("nothing-checked")), "mayuse/nothing-checked", "open", "", where))
    return {
        "tool": _tool(report.engine, rules.listed),
        "automationDetails": _automation(report.case_file or report.case_name, report.as_of.isoformat()),
        "invocations": [{"executionSuccessful": True}],
        **_artifacts(report),
        "logicalLocations": [_logical(row, at) for at, row in enumerate(report.verdicts)],
        "results": results,
        "columnKind": "unicodeCodePoints",
        "properties": {
            "asOf": report.as_of.isoformat(),
            "case": neutral(report.case_name),
            "caseSha256": report.case_sha256,
            "rulesRevision": neutral(report.revision),
            "rulesSha256": report.rules_sha256,
            "gate": {"exitCode": report.gate.exit_code, "blocking": [*map(neutral, report.gate.blocking)]},
            "disclaimer": DISCLAIMER,
            "independence": INDEPENDENCE,
        },
    }


def _tool(engine: str, rules: Sequence[Json] = (), notifications: Sequence[Json] = ()) -> Json:
    driver: dict[str, Any] = {
        "name": "mayuse",
        "version": engine,
        "fullName": f"mayuse {engine}",
        "shortDescription": {"text": "What the terms of AI platforms say about a plan, clause by clause."},
        "fullDescription": {"text": f"{DISCLAIMER} {INDEPENDENCE}"},
        "rules": [*rules],
    }
    if notifications:
        driver["notifications"] = [*notifications]
    return {"driver": driver}


def _automation(name: str, day: str) -> Json:
    """The category, one for each plan, and in it the day: readers tell the runs of one log apart by the category."""
    return {"id": f"mayuse/{_uri(neutral(name)).strip('/') or 'plan'}/{day}", "description": {"text": f"As of {day}"}}


def _artifacts(report: Report) -> Json:
    """The plan's file with its hash, where it is in one."""
    if not report.case_file or not is_file(report.case_file):
        return {}
    hashes = {"hashes": {"sha-256": report.case_sha256}} if report.case_sha256 else {}
    location = {"uri": _uri(report.case_file)}
    return {"artifacts": [{"location": location, "roles": ["analysisTarget"], "mimeType": "text/yaml", **hashes}]}


def _logical(row: OfferingVerdict, at: int) -> Json:
    """The row itself, which is here also where it has no result."""
    return {
        "name": neutral(row.title),
        "fullyQualifiedName": neutral(offering_name(row)),
        "kind": "offering",
        "properties": {
            "platform": neutral(row.platform),
            "verdict": row.verdict.value,
            "because": neutral(row.because),
            "owner": row.owner,
            "asOf": row.as_of.isoformat(),
        },
    }


def _results(report: Report, at: int, row: OfferingVerdict, rules: _Rules, detail: bool) -> Iterable[Json]:
    """One result for each finding that decides the row, else one under our own rule."""
    stands = standing(report, row)
    if stands is Standing.PERMITTED and not detail:
        return
    kind = KINDS_OF[row.verdict]
    findings = deciding(row) if stands is Standing.PERMITTED else deciders(row)
    extra = _beside_the_gate(report, row, stands)
    for finding in findings:
        text = [f"{headline(row)}.", f"{reason(finding)}.", *ended(moves(row, finding)), evidence_line(finding)]
        yield {
            **_result(
                rules.index(_rule(finding)),
                neutral(finding.provision),
                kind,
                _message(text),
                _locations((row, at), place_of(report, row, finding)),
            ),
            **_related(row, finding),
            "partialFingerprints": _fingerprint(row, finding.provision, finding.hash),
            "properties": _properties(row, finding),
            **_since(report, row, finding.provision),
            **extra,
        }
    if not findings:
        id_ = row.verdict.value.replace(" ", "-")
        why = " ".join(ended([row.because]))
        yield {
            **_result(
                rules.index(_ours(id_)),
                f"mayuse/{id_}",
                kind,
                _message([f"{headline(row)}.", why, *ended(moves(row))]),
                _locations((row, at), place_of(report, row)),
            ),
            "partialFingerprints": _fingerprint(row, f"mayuse/{id_}", ""),
            "properties": _properties(row, None),
            **_since(report, row, None),
            **extra,
        }


def _result(index: int, rule: str, kind: str, text: str, locations: Sequence[Json], level: str = "error") -> Json:
    """A result; SARIF wants the level "none" for every kind but `fail`."""
    return {
        "ruleId": rule,
        "ruleIndex": index,
        "kind": kind,
        "level": level if kind == "fail" else "none",
        "message": {"text": text or f"{_OURS[rule.partition('/')[2]][0]}."},
        **({"locations": [*locations]} if locations else {}),
    }


def _beside_the_gate(report: Report, row: OfferingVerdict, stands: Standing) -> Json:
    """What is accepted is suppressed in SARIF's sense: there, and marked."""
    if stands is not Standing.ACCEPTED:
        return {}
    accepted = ", ".join(map(neutral, report.gate.accepted))
    return {
        "suppressions": [
            {"kind": "external", "status": "accepted", "justification": f"conditions accepted: {accepted}"}
        ]
    }


def _since(report: Report, row: OfferingVerdict, provision: str | None) -> Json:
    """SARIF's own word for what a baseline makes of a result; without a provision, of its row."""
    since = since_baseline(report, row)
    if since is None:
        return {}
    states = {"new": "new", "unchanged": "unchanged", "better": "unchanged"}
    if provision is None or since.state == "new":
        return {"baselineState": states.get(since.state, "updated")}
    what = next((what for what, id_ in since.new if id_ == provision and "provision" in what), None)
    return {"baselineState": {None: "unchanged", "provision": "new"}.get(what, "updated")}


def _properties(row: OfferingVerdict, finding: Finding | None) -> Json:
    found: Json = {
        "platform": neutral(row.platform),
        "offering": neutral(row.offering or ""),
        "verdict": row.verdict.value,
        "owner": row.owner,
        "asOf": row.as_of.isoformat(),
    }
    if row.use:
        found["use"] = neutral(row.use)
    if finding:
        found |= {"effect": finding.effect, "evidence": finding.evidence, "provisionHash": finding.hash}
        found |= {"textSha256": finding.sha256} if finding.sha256 else {}
    return found


def _fingerprint(row: OfferingVerdict, rule: str, provision_hash: str) -> Json:
    """The same for as long as the same words of the same provision decide the same row, however we put it."""
    parts = "\n".join((row.use or "", row.platform, row.offering or "", rule, provision_hash))
    return {"rowProvision/v1": hashlib.sha256(parts.encode("utf-8", "backslashreplace")).hexdigest()}


def _locations(row: tuple[OfferingVerdict, int] | None, place: Span | None) -> list[Json]:
    """Where the plan gives the answer, and the row that it is about."""
    location: Json = {}
    if place is not None:
        location["physicalLocation"] = _physical(place)
    if row is not None:
        name = neutral(offering_name(row[0]))
        location["logicalLocations"] = [{"index": row[1], "fullyQualifiedName": name, "kind": "offering"}]
    return [location] if location else []


def _physical(place: Span) -> Json:
    """A place in a file. SARIF's ends are exclusive, as ours are; an empty region is left to its start."""
    region: Json = {"startLine": place.line, "startColumn": place.column}
    if (place.end_line, place.end_column) > (place.line, place.column):
        region |= {"endLine": place.end_line, "endColumn": place.end_column}
    return {"artifactLocation": {"uri": _uri(place.file)}, "region": region}


def _related(row: OfferingVerdict, finding: Finding) -> Json:
    """The other answers that the finding read."""
    facts = [fact for fact in answers(finding, row)[1:] if is_file(fact.span.file)]
    related = [
        {"id": at, "message": {"text": _message([fact_words(fact)])}, "physicalLocation": _physical(fact.span)}
        for at, fact in enumerate(facts, 1)
    ]
    return {"relatedLocations": related} if related else {}


def _rule(finding: Finding) -> Json:
    """A provision as a rule: what it says, where, in which words, and what is known of them."""
    says = f"{finding.title} {cite(finding)}"
    quote = quoted(finding.quote)
    about = [
        f"{finding.title}.",
        f"{quote} {cite(finding)}." if quote else f"{cite(finding)}.",
        *ended(finding.notes),
        f"See {'; '.join(finding.regulations)}." if finding.regulations else "",
        f"Evidence: {EVIDENCE.get(finding.evidence, finding.evidence)}.",
        DISCLAIMER,
    ]
    source = finding.source or ""
    return {
        "id": neutral(finding.provision),
        "shortDescription": {"text": neutral(finding.title) or "A provision"},
        "fullDescription": {"text": _message([f"{says}: {quote}" if quote else says])},
        "help": {"text": _message(about)},
        **({"helpUri": _web(source)} if source.startswith(("https://", "http://")) else {}),
        "properties": {
            "kind": finding.kind,
            "topic": [*map(neutral, finding.topics)],
            "section": neutral(finding.section or ""),
            "document": neutral(finding.document),
            "tags": sorted({*map(neutral, finding.topics), finding.kind}),
        },
    }


def _ours(name: str) -> Json:
    title, about = _OURS[name]
    return {
        "id": f"mayuse/{name}",
        "shortDescription": {"text": f"{title}."},
        "fullDescription": {"text": about},
        "help": {"text": f"{about} {DISCLAIMER}"},
        "properties": {"tags": ["mayuse"]},
    }


def _failed(failure: Failure) -> Json:
    """A plan that could not be checked: notifications, and one result that keeps the run from looking clean."""
    first = failure.diagnostics[0] if failure.diagnostics else Diagnostic("M499", "nothing is known of the failure")
    place = first.span if is_file(first.span.file) else None
    codes = list(dict.fromkeys(one.code for one in failure.diagnostics))
    described = [
        {"id": code, "shortDescription": {"text": f"mayuse explain {code} says what this means."}} for code in codes
    ]
    text = _message([f"{failure.file or 'The plan'} was not checked.", f"{first.code}: {first.message}."])
    result = _result(0, "mayuse/not-checked", "open", text, _locations(None, place))
    return {
        "tool": _tool(failure.engine, [_ours("not-checked")], described),
        "automationDetails": {"id": f"mayuse/{_uri(neutral(failure.file)).strip('/') or 'plan'}/not-checked"},
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
    place = _locations(None, one.span if is_file(one.span.file) else None)
    return {
        "descriptor": {"id": one.code, "index": codes.index(one.code)},
        "level": one.severity if one.severity in ("error", "warning") else "error",
        "message": {"text": _message([f"{one.message}.", help_])},
        **({"locations": place} if place else {}),
    }


def _message(parts: Iterable[str]) -> str:
    """Sentences as the text of a message. SARIF reads braces as placeholders and `[a](1)` as links, so those in our
    texts are doubled and parted."""
    text = " ".join(filter(None, map(neutral, parts)))
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _uri(file: str) -> str:
    """A file's name as a URI: relative as it was named, with slashes; absolute names get their scheme."""
    path = PurePath(file)
    encoded = quote(path.as_posix().encode("utf-8", "replace"), safe="/~")
    return f"file://{'' if encoded.startswith('/') else '/'}{encoded}" if path.is_absolute() else encoded


def _web(address: str) -> str:
    """An address without characters that a URI cannot have."""
    return quote(address.encode("utf-8", "replace"), safe="/:?#[]@!$&'()*+,;=%~-._")
