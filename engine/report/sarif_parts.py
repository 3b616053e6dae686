"""What every SARIF run is made of: the tool, its rules, files, rows and places; texts and addresses as SARIF has them.

A rule is a provision, or one of ours for what no single provision decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from ..judge.model import Finding, PlanVerdict, Report, Row
from ..language.tree import Span
from .columns import neutral
from .json import Json
from .rows import ended, is_file
from .words import DISCLAIMER, EVIDENCE, INDEPENDENCE, cite, quoted, row_title

OURS = {
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
    "all-uses-together": (
        "All uses of the plan together",
        "What no use answers for itself is one answer for all of them, and the plan conflicts where one of its uses does.",
    ),
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


class Rules:
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


def tool(engine: str, rules: Sequence[Json] = (), notifications: Sequence[Json] = ()) -> Json:
    """Who writes the run, with the rules and notifications that it uses."""
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


def automation(name: str, day: str) -> Json:
    """The category, one for each plan, and in it the day: readers tell the runs of one log apart by the category."""
    return {"id": f"mayuse/{uri(neutral(name)).strip('/') or 'plan'}/{day}", "description": {"text": f"As of {day}"}}


def artifacts(report: Report) -> Json:
    """The plan's file with its hash, where it is in one."""
    if not report.case_file or not is_file(report.case_file):
        return {}
    hashes = {"hashes": {"sha-256": report.case_sha256}} if report.case_sha256 else {}
    location = {"uri": uri(report.case_file)}
    return {"artifacts": [{"location": location, "roles": ["analysisTarget"], "mimeType": "text/yaml", **hashes}]}


def logical(report: Report, row: Row) -> Json:
    """The row itself, or the plan as a whole, which is here also where it has no result."""
    plan = isinstance(row, PlanVerdict)
    return {
        "name": neutral(row.name if isinstance(row, PlanVerdict) else row.title),
        "fullyQualifiedName": neutral(row_title(row)),
        "kind": "plan" if plan else "offering",
        "properties": {**about(report, row), "because": neutral(row.because)},
    }


def about(report: Report, row: Row) -> Json:
    """What a row and its results say of it beside their own fields."""
    found: Json = {"verdict": row.verdict.value, "owner": row.owner}
    if row.after_waivers:
        found["afterWaivers"] = row.after_waivers.value
    if isinstance(row, PlanVerdict):
        return {**found, "asOf": report.as_of.isoformat()}
    found |= {"platform": neutral(row.platform), "offering": neutral(row.offering or ""), "asOf": row.as_of.isoformat()}
    return {**found, "use": neutral(row.use)} if row.use else found


def locations(row: tuple[Row, int] | None, place: Span | None) -> list[Json]:
    """Where the plan gives the answer, and the row that it is about."""
    location: Json = {}
    if place is not None:
        location["physicalLocation"] = physical(place)
    if row is not None:
        name = neutral(row_title(row[0]))
        kind = "plan" if isinstance(row[0], PlanVerdict) else "offering"
        location["logicalLocations"] = [{"index": row[1], "fullyQualifiedName": name, "kind": kind}]
    return [location] if location else []


def physical(place: Span) -> Json:
    """A place in a file. SARIF's ends are exclusive, as ours are; an empty region is left to its start."""
    region: Json = {"startLine": place.line, "startColumn": place.column}
    if (place.end_line, place.end_column) > (place.line, place.column):
        region |= {"endLine": place.end_line, "endColumn": place.end_column}
    return {"artifactLocation": {"uri": uri(place.file)}, "region": region}


def rule_of(finding: Finding) -> Json:
    """A provision as a rule: what it says, where, in which words, and what is known of them."""
    says = f"{finding.title} {cite(finding)}"
    quote = quoted(finding.quote)
    help_ = [
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
        "fullDescription": {"text": message([f"{says}: {quote}" if quote else says])},
        "help": {"text": message(help_)},
        **({"helpUri": web(source)} if source.startswith(("https://", "http://")) else {}),
        "properties": {
            "kind": finding.kind,
            "topic": [*map(neutral, finding.topics)],
            "section": neutral(finding.section or ""),
            "document": neutral(finding.document),
            "tags": sorted({*map(neutral, finding.topics), finding.kind}),
        },
    }


def our_rule(name: str) -> Json:
    """One of `OURS` as a rule."""
    title, said = OURS[name]
    return {
        "id": f"mayuse/{name}",
        "shortDescription": {"text": f"{title}."},
        "fullDescription": {"text": said},
        "help": {"text": f"{said} {DISCLAIMER}"},
        "properties": {"tags": ["mayuse"]},
    }


def message(parts: Iterable[str]) -> str:
    """Sentences as the text of a message. SARIF reads braces as placeholders and `[a](1)` as links, so those in our
    texts are doubled and parted."""
    text = " ".join(filter(None, map(neutral, parts)))
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def uri(file: str) -> str:
    """A file's name as a URI: relative as it was named, with slashes; absolute names get their scheme."""
    path = PurePath(file)
    encoded = quote(path.as_posix().encode("utf-8", "replace"), safe="/~")
    return f"file://{'' if encoded.startswith('/') else '/'}{encoded}" if path.is_absolute() else encoded


def web(address: str) -> str:
    """An address without characters that a URI cannot have."""
    return quote(address.encode("utf-8", "replace"), safe="/:?#[]@!$&'()*+,;=%~-._")
