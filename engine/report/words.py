"""The sentences that every format shares, so that no format can leave one out or say it differently.

Everything here is wording over a finished `Report`: what a status means, how a clause is cited, what the header says.
Nothing here decides anything, lays anything out or escapes anything.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from ..judge.model import (
    ConditionShown,
    FactShown,
    Finding,
    Gate,
    OfferingVerdict,
    OpenQuestion,
    PlanVerdict,
    Report,
    ReportedVerdict,
    Row,
    RowSince,
    SinceBaseline,
    Verdict,
    WaiverShown,
    Witness,
)
from ..rulebook.model import fact_of, spoken, use_of

DISCLAIMER = (
    "This reads terms, not the law. It is no legal advice. Whether and how a clause applies varies by jurisdiction, "
    "enforcement and circumstances."
)
INDEPENDENCE = "Not affiliated with, endorsed by or speaking for any platform named here."
METHOD = "How this works: docs/methodology.md"

EVIDENCE = {
    "found": "the words are in the hashed text; that they were read right is not said",
    "moved": "nearly these words are in the hashed text, not exactly these",
    "gone": "the words are not in the text they were taken from",
    "unchecked": "the words were not looked for yet",
    "own": "the organisation's own text",
    "reported": "known only through a third party; the text was not read",
    "disputed": "known only through a third party, and another text says otherwise",
}
"""What each status of evidence means."""

EFFECTS = {
    "permits": "allows it",
    "may permit": "may allow it",
    "reserved": "reserved to the platform",
    "standing duty": "a duty whatever the plan",
}
"""Effects of findings that are not verdicts."""

KINDS = {
    "prohibit": "forbids",
    "require": "allows on conditions",
    "permit": "allows",
    "reserve": "reserves",
    "silence": "reserves whatever it does not allow",
}
"""What a provision of each kind does."""

GAP = " … "
"""Between two fragments of one quote."""


def plain(key: str) -> str:
    """A fact's name without the offering or platform it is asked of, which its row says; with the use whose own answer it
    is, if any."""
    return spoken(f"{fact_of(key)}#{use_of(key)}") if use_of(key) else fact_of(key)


def plural(count: int, one: str, many: str | None = None) -> str:
    """`1 fact`, `2 facts`, `2 entries`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def listed(items: Sequence[str], joined_by: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; the empty string for none."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joined_by} {items[-1]}"


def shortened(items: Sequence[str], keep: int = 3) -> str:
    """`a, b, c and 8 more`."""
    if len(items) <= keep:
        return listed(items)
    return f"{', '.join(items[:keep])} and {len(items) - keep} more"


def shorten(text: str, most: int = 90) -> str:
    """`text` on one line with at most `most` characters, cut at a word where one ends in its second half."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > most // 2 else cut).rstrip(" ,;:.") + "…"


def quoted(fragments: Iterable[str], most: int | None = None) -> str:
    """The quote between quotation marks, or the empty string where there is none."""
    text = GAP.join(fragments)
    if not text:
        return ""
    return f'"{text if most is None else shorten(text, most)}"'


def cite(finding: Finding) -> str:
    """The short citation: `(Terms of Use 3.3(e))`."""
    return f"({stands_in(finding)})"


def stands_in(finding: Finding) -> str:
    """Where a finding's words stand: `Terms of Use 3.3(e)`."""
    return place(finding.document_title or finding.document, finding.section)


def place(title: str, section: str | None) -> str:
    """A document's title and a section of it: `Terms of Use 3.3(e)`."""
    return f"{title} {section}" if section else title


def offering_name(verdict: OfferingVerdict) -> str:
    """How a row is called: the offering's id, else the platform and title; the use before it where there are uses."""
    return verdict.name if verdict.offering else f"{verdict.name}: {verdict.title}"


def row_title(row: Row) -> str:
    """How a row is called where the plan as a whole is one."""
    return row.name if isinstance(row, PlanVerdict) else offering_name(row)


def matrix(report: Report) -> list[tuple[str, Verdict, str, str]]:
    """The rows of the matrix: name, verdict, because, whose move; the plan as a whole last, where it has uses."""
    rows = [(offering_name(row), row.verdict, because_words(row), row.owner) for row in report.verdicts]
    if report.plan:
        rows.append((report.plan.name, report.plan.verdict, because_words(report.plan), report.plan.owner))
    return rows


def because_words(row: Row) -> str:
    """Why, in one line, with what is left after waivers."""
    if row.after_waivers is None:
        return row.because
    return f"{row.because} (after waivers: {row.after_waivers.value})"


def after_words(verdict: Verdict, after_waivers: Verdict | None) -> str:
    """`conflict (after waivers: permitted)`."""
    return f"{verdict.value} (after waivers: {after_waivers.value})" if after_waivers else verdict.value


def waiver_words(one: WaiverShown) -> str:
    """`in force until 2027-06-30: borne (J. Doe); changes openai/api`."""
    state = {
        "in force": f"in force until {one.until.isoformat()}",
        "expired": f"expired on {one.until.isoformat()}",
        "changed": "lapsed: the provision says something else today",
    }[one.state]
    changes = f"; changes {listed(one.rows)}" if one.rows else "; changes nothing" if one.state == "in force" else ""
    return f"{state}: {one.reason} ({one.by}){changes}"


def effect_words(finding: Finding) -> str:
    """What a finding does to the plan: `alone: conflict`, `allows it`."""
    return EFFECTS.get(finding.effect) or f"alone: {finding.effect}"


def condition_words(one: ConditionShown) -> str:
    """`if it acts on people, then discloses-ai (Are people told …?)`."""
    what = f"{plain(one.safeguard)} ({one.question})" if one.question else plain(one.safeguard)
    return f"if {one.when}, then {what}" if one.when else what


def open_words(one: OpenQuestion) -> str:
    """The question with the verdict after each answer."""
    asked = (
        f"{plain(one.fact)} {one.asks}? ({one.question} {one.state})"
        if one.asks
        else (f"{one.question} ({plain(one.fact)}, {one.state})")
    )
    answers = [f"if {word}: {then.value}" for word, then in (("yes", one.if_yes), ("no", one.if_no)) if then]
    return f"{asked} {'; '.join(answers)}".rstrip()


def evidence_words(status: str) -> str:
    """A status and what it means: `found (the words are in the hashed text, …)`."""
    meaning = EVIDENCE.get(status)
    return f"{status} ({meaning})" if meaning else status


def fact_words(fact: FactShown) -> str:
    """`improves-model: yes (given by J. Doe)`."""
    said = fact.value if fact.value is not None else fact.state
    by = f" by {fact.by}" if fact.by else ""
    return f"{spoken(fact.id)}: {said}" + ("" if said == fact.state and not by else f" ({fact.state}{by})")


def exception_words(finding: Finding) -> Iterator[tuple[str, str]]:
    """Each exception of a finding: whether it lifts it, and in words whether it saves the plan."""
    for one in finding.exceptions:
        saves = {"true": "saves it", "false": "does not save it"}.get(one.lifts, "may save it")
        where = f" ({one.section})" if one.section else ""
        quote = quoted(one.quote)
        by = f"{one.provision} " if one.provision else ""
        yield one.lifts, f"{by}{saves}: {one.text}{where}" + (f": {quote}" if quote else "")


def witness_words(one: Witness) -> str:
    """A completion in words: `if competes: yes, then it conflicts`."""
    points = [
        f"{point} {answer}" if point.endswith("?") else f"{spoken(point)}: {answer}" for point, answer in one.answers
    ]
    ends = "it conflicts" if one.conflicts else "it does not conflict"
    return f"if {'; '.join(points)}, then {ends}" if points else ends


def reported_words(one: ReportedVerdict) -> str:
    """`would be conflict: "other than the DeepSeek models" (DeepSeek Open Source License)`."""
    return f"would be {one.verdict.verdict.value}: {one.verdict.because} ({one.title})"


def counts(report: Report) -> str:
    """`14 facts given, 2 open`: what the plan says, and how many unstated facts still change something."""
    given = len({plain(fact.id) for fact in report.facts if fact.state == "given"})
    return f"{plural(given, 'fact')} given, {len(report.questions)} open"


def text_age(report: Report) -> str:
    """`As of 2026-11-23, on public terms last seen 2026-08-22 (93 days old).`"""
    seen: list[tuple[datetime.date, int]] = []
    undated = set()
    for row in report.verdicts:
        for document in row.coverage:
            if document.age is None:
                undated.add(document.document)
            else:
                seen.append((row.as_of - datetime.timedelta(days=document.age), max(document.age, 0)))
    words = f"As of {report.as_of.isoformat()}, "
    if not seen:
        words += "on no dated public terms"
    else:
        (first, _), (last, _) = min(seen), max(seen)
        days = sorted({age for _, age in seen})
        span = first.isoformat() if first == last else f"between {first.isoformat()} and {last.isoformat()}"
        old = plural(days[0], "day") if len(days) == 1 else f"{days[0]} to {plural(days[-1], 'day')}"
        words += f"on public terms last seen {span} ({old} old)"
    return words + (f"; {plural(len(undated), 'text')} without a date." if undated else ".")


def leaned_on(report: Report, detail: bool = False) -> list[tuple[str, str]]:
    """What the verdicts take for granted, as (label, text), only what is there, shortened unless `detail`; approvals
    presumed absent only where a row needs one."""
    leaned, lines = report.leaned_on, []
    wrongs = [f"{id_} ({question})" if detail else id_ for id_, question in leaned.representations]
    if wrongs:
        lines.append(("Represented as no part of the plan", _counted(wrongs, detail)))
    full = [f"{spoken(fact)}: {listed(values) or 'none'}" for fact, values in leaned.complete_lists]
    if full:
        lines.append(("Lists taken as complete", "; ".join(full) if detail else _cut("; ", full)))
    settled = [
        f"{id_} is {choice}" + (f" (by {by})" if by else "") + (f": {why}" if why and detail else "")
        for id_, choice, by, why in leaned.readings
    ]
    if settled:
        lines.append(("Settled readings", "; ".join(settled)))
    approvals = leaned.approvals_presumed_absent
    if approvals and (detail or any(row.approvals for row in report.verdicts)):
        lines.append(("Approvals presumed absent", _counted(approvals, detail)))
    for row in report.verdicts:
        if row.as_of != report.as_of:
            lines.append((offering_name(row), f"judged on the terms of {row.as_of.isoformat()}"))
    return lines


def _counted(items: Sequence[str], detail: bool) -> str:
    """All of `items`, or the first three and how many there are."""
    return "; ".join(items) if detail else f"{shortened(items)} ({len(items)})"


def _cut(separator: str, items: Sequence[str], keep: int = 4) -> str:
    """The first `keep` items, and how many more there are."""
    more = f"{separator}{len(items) - keep} more" if len(items) > keep else ""
    return separator.join(items[:keep]) + more


def gate_words(report: Report) -> str:
    """What a pipeline makes of it: `Exit code 4: blocked by openai/api.`"""
    gate = report.gate
    words = f"Exit code {gate.exit_code}"
    if gate.blocking:
        words += f": {'blocked' if gate.exit_code else 'let through'} by {shortened(gate.blocking, 4)}"
    accepted = f" Accepted: {listed(gate.accepted)}." if gate.accepted else ""
    return f"{words}.{accepted}{_kept_words(gate)}"


def _kept_words(gate: Gate) -> str:
    """What would fail the gate and was there before: never left out where a baseline is used."""
    if gate.baseline is None:
        return ""
    kept = [one.row for one in gate.baseline.rows if one.kept]
    return f" In the baseline of {gate.baseline.as_of.isoformat()}: {shortened(kept, 4) or 'nothing that would fail'}."


def since_words(one: RowSince) -> str:
    """A row since the baseline: `conflict, in the baseline`, `worse: conditional became conflict, by …`."""
    names = {"provision": "", "changed provision": "other words of ", "gap": "gap: "}
    new = listed([f"{names.get(what, f'{what} ')}{spoken(id_) or 'the governing text'}" for what, id_ in one.new])
    by = f", by {new}" if new else ""
    was = after_words(one.was, one.was_after) if one.was else ""
    now = after_words(one.now, one.now_after)
    match one.state:
        case "new":
            return f"{now}; new, not in the baseline"
        case "worse":
            return f"worse: {was} became {now}{by}"
        case "changed":
            return f"{now}, decided otherwise than before{by}" + (f" (was {was})" if was != now else "")
        case "better":
            return f"{now}, {'in the baseline as' if one.kept else 'was'} {was}"
        case _:
            return f"{now}, {'in the baseline' if one.kept else 'as before'}"


def plan_since(since: SinceBaseline) -> str:
    """Whether plan and rules are those of the baseline: a difference in either can be why a verdict moved."""
    if since.same_case:
        plan = "The plan is the same file"
    elif since.changed_answers:
        plan = f"The plan's answers have changed: {shortened([*map(spoken, since.changed_answers)], 6)}"
    else:
        plan = "The plan's file has changed, its answers have not"
    return f"{plan}; the rules are {'the same' if since.same_rules else 'others'}"


def closing(report: Report) -> list[str]:
    """The last lines of every format."""
    sha = f"sha256 {report.rules_sha256[:12]}"
    named = report.revision and not report.rules_sha256.startswith(report.revision)
    made = f"mayuse {report.engine}, rules {f'{report.revision} ({sha})' if named else sha}."
    return [DISCLAIMER, INDEPENDENCE, METHOD, made]
