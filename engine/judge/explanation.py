"""What `explain` answers for a plan: of each offering the verdict, and everything it rests on, in words for counsel.

Plain frozen values like those of `model`, made by `explain` and only laid out by `report`. What a check says already
(questions, readings, coverage) is taken over from its row, so that the two can never say different things.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from ..usecase.model import Value
from .model import CoverageShown, LeanedOn, PlanVerdict, ReadingShown, Verdict


@dataclass(frozen=True, slots=True)
class Passage:
    """The paragraph in which quoted words stand, from the reader's own copy of the text.

    `state`: found; moved (nearly these words), gone (not these words); or why there is no text: absent, mismatch, unfit,
    no part, unreadable. `message` says so in words. `pieces` are the paragraph cut up, each with whether it is quoted;
    empty where there is none. `where` is the file or folder it was read from.
    """

    state: str
    message: str
    number: int | None = None
    heading: str | None = None
    pieces: tuple[tuple[str, bool], ...] = ()
    where: str | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """Where something stands: a document, a section of it, and its words. `passage` is None where no copy of the texts
    was asked for."""

    document: str
    title: str
    section: str | None
    quote: tuple[str, ...]
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """What the plan, or counsel, says on one question.

    `role`: fact, safeguard, approval, wrong or reading. `owner`: who can answer it. `state`: given, unknown, don't know,
    presumed absent, not applicable, suggested, or settled (by counsel). `value` is the answer as written, `line` and
    `file` where that is. `note` says how it bears on what the clause asks.
    """

    key: str
    question: str
    role: str
    owner: str
    state: str
    value: str | None
    by: str | None
    file: str | None
    line: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a condition.

    `kind`: all, any, not, definition, test, or always. `text` says it in plain words and `condition` in those of the
    language. `truth` is its value as the answers show it part by part (true, false or open); `settled` its value in all
    completions together, which can be decided where `truth` is open. `answers` are those a test reads, `cited` where a
    definition or a reading comes from.
    """

    kind: str
    text: str
    condition: str
    truth: str
    settled: str
    answers: tuple[AnswerShown, ...] = ()
    cited: Cited | None = None
    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class ExceptionExplained:
    """An `unless` of a clause, or a permit that overrides it (`provision` and `title` are then the permit's). `lifts`:
    true, false or open, over all completions; `node` is its condition and `why` says the outcome."""

    provision: str | None
    title: str | None
    cited: Cited
    lifts: str
    node: Node
    why: str


@dataclass(frozen=True, slots=True)
class DutyExplained:
    """A `that` of a requirement. `state`: met, failed, open or not due. `due` is None where it is due in any case."""

    cited: Cited
    state: str
    due: Node | None
    duty: Node


@dataclass(frozen=True, slots=True)
class ClauseExplained:
    """A clause in full. `kind` and `effect` are a finding's (model.Finding); `effect` is empty where it has none here.

    `role`: decides, matters, permits, reserved, standing, idle. `bites` is whether it applies, `conflicts` whether it
    stands in the way, each true, false or open over all completions; `truth` is the first as the answers show it part by
    part. `governs` is None where its document governs in any case, `applies` None for a reserved silence, whose
    `permits` are what would answer it. `outcome` sums up in a sentence.
    """

    provision: str
    kind: str
    title: str
    role: str
    effect: str
    truth: str
    bites: str
    conflicts: str
    cited: Cited
    captured: datetime.date | None
    updated: datetime.date | None
    effective: datetime.date | None
    seen: datetime.date | None
    start: datetime.date | None
    until: datetime.date | None
    encoded: datetime.date | None
    read_again: datetime.date | None
    evidence: str
    source: str | None
    governs: Node | None
    applies: Node | None
    exceptions: tuple[ExceptionExplained, ...]
    duties: tuple[DutyExplained, ...]
    permits: tuple[Node, ...]
    notes: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class ClauseBrief:
    """A clause in one line: what it is, and why it does what it does here. `role` and `effect` as above; `distance` is
    how many answers at least would have to be others for it to bite, None where it may."""

    provision: str
    kind: str
    title: str
    role: str
    effect: str
    cited: Cited
    reason: str
    distance: int | None


@dataclass(frozen=True, slots=True)
class Assumed:
    """An answer that a witness assumes, in words; `value` or, of a reading, `choice` is what it would be in a plan."""

    key: str
    question: str
    words: str
    value: Value | None
    choice: str | None


@dataclass(frozen=True, slots=True)
class WitnessExplained:
    """One way to fill in what is open, by the fewest answers that decide: with them in the plan, the verdict is
    `verdict`. `differs` are those that the other witness has not; `shared` are assumed by both."""

    conflicts: bool
    verdict: Verdict
    differs: tuple[Assumed, ...]
    shared: tuple[Assumed, ...]


@dataclass(frozen=True, slots=True)
class QuestionExplained:
    """An open question (model.OpenQuestion). `asks` is the point asked of it in the language's words, `words` in plain
    ones; both are empty for yes or no."""

    fact: str
    question: str
    asks: str
    words: str
    state: str
    if_yes: Verdict | None
    if_no: Verdict | None


@dataclass(frozen=True, slots=True)
class Trigger:
    """A clause that needs a safeguard, and when (in plain words; empty: in any case)."""

    provision: str
    title: str
    when: str


@dataclass(frozen=True, slots=True)
class ConditionExplained:
    """A safeguard to undertake, and the clauses that need it."""

    safeguard: str
    question: str
    triggers: tuple[Trigger, ...]


@dataclass(frozen=True, slots=True)
class Consent:
    """An approval that could be given: by whom, to what, and in which words the text makes room for it."""

    approval: str
    question: str
    by: str
    cited: Cited | None


@dataclass(frozen=True, slots=True)
class ApprovalsExplained:
    """A smallest set of approvals, and the verdict with them."""

    consents: tuple[Consent, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class StatedChange:
    """Stated answers that, were they others, would give a better verdict: (key, question, as stated, line, instead)."""

    answers: tuple[tuple[str, str, str, int | None, str], ...]
    verdict: Verdict
    values: tuple[tuple[str, Value | None], ...]
    """What they would be in the plan, None for one that is left out."""


@dataclass(frozen=True, slots=True)
class ReportedShown:
    """What a text known only by report would have decided. It decides nothing."""

    platform: str
    document: str
    title: str
    by: str
    on: datetime.date
    verdict: Verdict
    because: str


@dataclass(frozen=True, slots=True)
class OfferingExplained:
    """Why an offering has its verdict. `line` is the line of the table of verdicts in words, `sentence` what it comes
    to here. `deciding` are the ids of the clauses that decide. `clauses` are shown in full, `others` in a line each;
    `idle` counts those that do not matter, `misses` are they, where they were asked for. `absent` says why a clause
    that was asked for is not there."""

    platform: str
    offering: str
    title: str
    use: str | None
    as_of: datetime.date
    verdict: Verdict
    owner: str
    basis: str
    line: str
    sentence: str
    deciding: tuple[str, ...]
    clauses: tuple[ClauseExplained, ...]
    others: tuple[ClauseBrief, ...]
    idle: int
    misses: tuple[ClauseBrief, ...]
    absent: str | None
    witnesses: tuple[WitnessExplained, ...]
    questions: tuple[QuestionExplained, ...]
    readings: tuple[ReadingShown, ...]
    conditions: tuple[ConditionExplained, ...]
    alternatives: tuple[tuple[tuple[str, str], ...], ...]
    """Other sets of safeguards that would do, as (id, question)."""
    more: bool
    approvals: tuple[ApprovalsExplained, ...]
    changes: tuple[StatedChange, ...]
    contradictions: tuple[tuple[str, ...], ...]
    coverage: tuple[CoverageShown, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole answer. `narrowed` is the clause it was narrowed to; `archives` whether the reader's texts were
    asked for."""

    engine: str
    revision: str
    rules_sha256: str
    as_of: datetime.date
    case_name: str
    case_file: str
    case_sha256: str
    narrowed: str | None
    archives: bool
    leaned_on: LeanedOn
    plan: PlanVerdict | None
    """The plan as a whole, where it has uses."""
    offerings: tuple[OfferingExplained, ...]
    reported: tuple[ReportedShown, ...]
