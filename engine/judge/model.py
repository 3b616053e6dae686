"""What a check answers: a `Report` of verdicts with everything that a person, a gate or another program needs of them.

Plain frozen values, decided here and only shown by `report`. The published JSON is these values, key by key
(`report/json.py`, `report/report.schema.json`).
"""

from __future__ import annotations

import datetime
import enum
from dataclasses import dataclass, field

from ..language.tree import NOWHERE, Span


class Verdict(enum.Enum):
    """The seven verdicts, from best to worst. `a < b` says that a is better."""

    PERMITTED = "permitted"
    CONDITIONAL = "conditional"
    NOT_COVERED = "not covered"
    CONTESTED = "contested"
    UNDETERMINED = "undetermined"
    NEEDS_APPROVAL = "needs approval"
    CONFLICT = "conflict"

    @property
    def rank(self) -> int:
        """0 for the best, 6 for the worst."""
        return list(Verdict).index(self)

    def __lt__(self, other: Verdict) -> bool:
        return self.rank < other.rank


OWNERS = {
    Verdict.PERMITTED: "-",
    Verdict.CONDITIONAL: "you",
    Verdict.NOT_COVERED: "-",
    Verdict.CONTESTED: "counsel",
    Verdict.UNDETERMINED: "you",
    Verdict.NEEDS_APPROVAL: "the platform",
    Verdict.CONFLICT: "only another plan",
}
"""Who can move each verdict."""


@dataclass(frozen=True, slots=True)
class FactShown:
    """A fact as a finding leaned on it. `state`: given, unknown, don't know, not applicable, suggested, presumed."""

    id: str
    question: str
    state: str
    value: str | None
    by: str | None
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    """Where it was answered; `NOWHERE` where it was not, or not in a file."""


@dataclass(frozen=True, slots=True)
class Exception_:
    """An exemption or an overriding permit of a finding, and whether it lifts it here: true, false or unknown."""

    text: str
    lifts: str
    section: str | None
    quote: tuple[str, ...]
    provision: str | None
    """The overriding permit's id, None for an `unless`."""


@dataclass(frozen=True, slots=True)
class TraceShown:
    """A part of a condition in the language's words, its Kleene value (true, false or unknown), and its own parts."""

    text: str
    truth: str
    parts: tuple[TraceShown, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A provision that matters to an offering's verdict.

    `effect`: for prohibitions, requirements and reserved silence (`kind` "silence") the verdict that this provision
    alone would give, or "standing duty"; for permits "permits" or "may permit"; for reserves "reserved". `evidence`:
    found, moved, gone, unchecked, own, reported, disputed.
    """

    provision: str
    hash: str
    kind: str
    title: str
    topics: tuple[str, ...]
    document: str
    document_title: str
    section: str | None
    quote: tuple[str, ...]
    effect: str
    standing: bool
    source: str | None
    archive: str | None
    path: str | None
    part: str | None
    commit: str | None
    sha256: str | None
    captured: datetime.date | None
    seen: datetime.date | None
    updated: datetime.date | None
    effective: datetime.date | None
    evidence: str
    encoded: datetime.date | None
    read_again: datetime.date | None
    facts: tuple[FactShown, ...]
    exceptions: tuple[Exception_, ...]
    regulations: tuple[str, ...]
    notes: tuple[str, ...]
    trace: TraceShown | None = None
    """How its own conditions came out; None for a reserved silence."""


@dataclass(frozen=True, slots=True)
class ConditionShown:
    """ "if `when` then `safeguard`". `when` is empty where it is due in any case. `findings` are the provisions that need
    it."""

    when: str
    safeguard: str
    question: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApprovalSet:
    """A smallest set of approvals that leaves "needs approval", and the verdict it leads to."""

    approvals: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """An unstated fact that changes whether the plan conflicts in some completion. `asks` says what is asked of it
    (empty for yes or no, else the condition, such as `includes mass-surveillance`); `if_yes` and `if_no` are the
    verdicts then, None where that answer contradicts the others. `state`: unknown or don't know."""

    fact: str
    question: str
    asks: str
    state: str
    if_yes: Verdict | None
    if_no: Verdict | None


@dataclass(frozen=True, slots=True)
class ReadingShown:
    """An open reading, or a fact for counsel, on which the verdict may turn: (choice, gloss, verdict then)."""

    id: str
    question: str
    verdicts: tuple[tuple[str, str, Verdict], ...]
    matters: bool
    quote: tuple[str, ...]
    section: str | None


@dataclass(frozen=True, slots=True)
class Witness:
    """One completion: what it answers to the points on which the two witnesses differ, and whether it conflicts."""

    conflicts: bool
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CoverageShown:
    """A governing document: how many provisions of it count, what is known to be left out, what is missing."""

    document: str
    title: str
    provisions: int
    left_out: str | None
    missing: str | None
    age: int | None
    """Days between the day it was last seen and the as-of date."""


TOGETHER = "all uses together"
"""The name of the plan as a whole, among the names of rows."""


def row_name(use: str | None, offering: str) -> str:
    """`deepseek/api`, or with its use `teacher: deepseek/api`."""
    return f"{use}: {offering}" if use else offering


@dataclass(frozen=True, slots=True)
class OfferingVerdict:
    """The verdict on one offering, or on one document reported apart (`offering` is then None)."""

    platform: str
    offering: str | None
    title: str
    use: str | None
    verdict: Verdict
    owner: str
    basis: str
    because: str
    as_of: datetime.date
    conditions: tuple[ConditionShown, ...]
    alternatives: tuple[tuple[str, ...], ...]
    """Other smallest sets of safeguards, at most four; `more` says that there are still others."""
    more: bool
    approvals: tuple[ApprovalSet, ...]
    open: tuple[OpenQuestion, ...]
    readings: tuple[ReadingShown, ...]
    witnesses: tuple[Witness, ...]
    findings: tuple[Finding, ...]
    contradictions: tuple[tuple[str, ...], ...]
    reserved: tuple[str, ...]
    """Ids of findings of kind reserve that may apply."""
    standing: tuple[str, ...]
    """Ids of findings that are standing duties."""
    coverage: tuple[CoverageShown, ...]
    after_waivers: Verdict | None = None
    """The verdict without the clauses waived; None where no waiver in force concerns it. It decides the gate alone."""

    @property
    def name(self) -> str:
        """How the row is called: its offering (its platform, of a document reported apart), after its use if it has one."""
        return row_name(self.use, self.offering or self.platform)


@dataclass(frozen=True, slots=True)
class PlanVerdict:
    """The verdict on a plan with `uses` as a whole; its parts as in `OfferingVerdict`. A key that ends in `#use` is the
    answer of one use."""

    verdict: Verdict
    owner: str
    because: str
    conditions: tuple[ConditionShown, ...]
    alternatives: tuple[tuple[str, ...], ...]
    more: bool
    approvals: tuple[ApprovalSet, ...]
    open: tuple[OpenQuestion, ...]
    readings: tuple[ReadingShown, ...]
    witnesses: tuple[Witness, ...]
    after_waivers: Verdict | None = None
    name: str = TOGETHER


Row = OfferingVerdict | PlanVerdict
"""What the gate counts: a row, or the plan as a whole."""


@dataclass(frozen=True, slots=True)
class WaiverShown:
    """A waiver of the plan. `state`: "in force", "expired", or "changed" (the provision's hash is another today);
    `rows` are those whose verdict it changes after waivers, by name."""

    provision: str
    hash: str
    reason: str
    by: str
    until: datetime.date
    state: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportedVerdict:
    """What a document known only by report would have decided; it decides nothing."""

    document: str
    title: str
    by: str
    on: datetime.date
    disputed_by: tuple[tuple[str, str | None, tuple[str, ...]], ...]
    """(document, section, quote) of each text that says otherwise."""
    verdict: OfferingVerdict


@dataclass(frozen=True, slots=True)
class Question:
    """An open fact over all rows shown, most settling first."""

    fact: str
    question: str
    state: str
    offerings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeanedOn:
    """What the verdicts take for granted."""

    representations: tuple[tuple[str, str], ...]
    """Wrongs presumed absent: (id, question)."""
    complete_lists: tuple[tuple[str, tuple[str, ...]], ...]
    readings: tuple[tuple[str, str, str | None, str | None], ...]
    """Settled readings that count: (id, choice, by, why)."""
    approvals_presumed_absent: tuple[str, ...]
    standing_duties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowSince:
    """A row held against an earlier report. `state`: new (it was no row then), worse (its verdict is, or what waivers
    leave of it), changed (something else decides it), better, unchanged. `kept`: it would fail the gate, and the
    baseline lets it through."""

    row: str
    state: str
    was: Verdict | None
    now: Verdict
    kept: bool
    new: tuple[tuple[str, str], ...]
    """What decides it and did not before: (provision, changed provision, condition, reading or gap; its id)."""
    was_after: Verdict | None = None
    now_after: Verdict | None = None
    """The verdicts after waivers, where waivers were in force."""


@dataclass(frozen=True, slots=True)
class SinceBaseline:
    """A report held against an earlier one: of which day, plan and rules that was, and what became of each row."""

    as_of: datetime.date
    case_sha256: str
    rules_sha256: str
    same_case: bool
    same_rules: bool
    changed_answers: tuple[str, ...]
    """Facts whose answers are others, or have come or gone."""
    rows: tuple[RowSince, ...]
    gone: tuple[str, ...]
    """Rows of the earlier report that this one does not have."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What a pipeline does with the report. `blocking` names the rows that fail it; with a baseline only those that are
    new since."""

    exit_code: int
    policy: str
    blocking: tuple[str, ...]
    accepted: tuple[str, ...]
    baseline: SinceBaseline | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The whole answer of a check."""

    engine: str
    revision: str
    rules_sha256: str
    as_of: datetime.date
    case_name: str
    case_sha256: str
    case_vocabulary: str | None
    facts: tuple[FactShown, ...]
    leaned_on: LeanedOn
    verdicts: tuple[OfferingVerdict, ...]
    reported: tuple[ReportedVerdict, ...]
    questions: tuple[Question, ...]
    gate: Gate
    plan: PlanVerdict | None = None
    """The plan as a whole, where it has `uses`."""
    waivers: tuple[WaiverShown, ...] = ()
    case_file: str | None = None
    """The file of the plan, as it was named; None where it came from elsewhere."""
