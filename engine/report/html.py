"""The report as one HTML file to read, print and file: nothing is loaded, nothing runs, everything is escaped.

In the order in which a file is worked through: the matrix, the reasons with the words they rest on, the conditions as a
list to tick off, what is open and whose move it is, then evidence and what was taken for granted. The style stands in
the file (`report.css`); the policy in its head allows that style and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from xml.etree.ElementTree import Element

from ..judge.baseline import rows_of
from ..judge.model import ConditionShown, Finding, OfferingVerdict, PlanVerdict, Report, Row, Verdict
from ..rulebook.model import fact_of
from .columns import neutral
from .html_evidence import appendices
from .markup import Node, e, lines, listing, span, table, written
from .rows import Standing, deciders, gaps, in_baseline, standing
from .words import (
    DISCLAIMER,
    INDEPENDENCE,
    cite,
    closing,
    counts,
    effect_words,
    exception_words,
    fact_words,
    gate_words,
    listed,
    plain,
    plan_since,
    plural,
    quoted,
    row_title,
    since_words,
    stands_in,
    text_age,
    witness_words,
)

MARKS = {
    Verdict.PERMITTED: "✓",
    Verdict.CONDITIONAL: "☐",
    Verdict.NOT_COVERED: "–",
    Verdict.CONTESTED: "§",
    Verdict.UNDETERMINED: "?",
    Verdict.NEEDS_APPROVAL: "!",
    Verdict.CONFLICT: "✕",
}
"""A mark beside each verdict, for those who see or print no colours. The word is always there."""

REASONS = 12
"""Deciding clauses of an offering that are shown without `detail`."""


def render_html(report: Report, width: int = 0, *, detail: bool = False, color: bool = False) -> str:
    """The report as an HTML document; with `detail` every clause that matters. `width` and `color` do nothing."""
    parts = [part for part in _parts(report, detail) if part is not None]
    contents = [e("a", part[1], href=f"#{part[0]}") for part in parts]
    return written(
        e(
            "html",
            _head(report),
            e(
                "body",
                _header(report),
                e("nav", listing(contents), aria_label="Contents"),
                e("main", *(e("section", e("h2", title), *body, id=id_) for id_, title, body in parts)),
                e("footer", *(e("p", text) for text in closing(report))),
            ),
            lang="en",
        )
    )


@cache
def _style() -> str:
    return (files(__package__) / "report.css").read_text("utf-8")


def _head(report: Report) -> Element:
    digest = base64.b64encode(hashlib.sha256(_style().encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    style = e("style")
    style.text = _style()
    title = f"{neutral(report.case_name) or 'A plan'}: terms of AI platforms, as of {report.as_of.isoformat()}"
    head = e(
        "head",
        e("meta", charset="utf-8"),
        e("meta", content=policy),
        e("meta", name="viewport", content="width=device-width, initial-scale=1"),
        e("meta", name="referrer", content="no-referrer"),
        e("meta", name="generator", content=f"mayuse {report.engine}"),
        e("title", title),
        style,
    )
    head[1].set("http-equiv", "Content-Security-Policy")
    return head


def _header(report: Report) -> Element:
    """What was checked, on which texts, and what a pipeline makes of it."""
    about: list[tuple[str, Node]] = [
        ("Plan", span(report.case_file or "not in a file", class_="name")),
        ("SHA-256 of the plan", e("code", report.case_sha256)),
        ("Checked for", report.as_of.isoformat()),
        ("Rules", e("code", report.rules_sha256)),
        ("Gate", gate_words(report)),
    ]
    return e(
        "header",
        e("p", "mayuse · terms of AI platforms against a plan", class_="kicker"),
        e("h1", neutral(report.case_name) or "unnamed plan", dir="auto"),
        e("p", f"{counts(report)}. {text_age(report)}", class_="lead"),
        e("p", f"{DISCLAIMER} {INDEPENDENCE}", class_="caution"),
        e("dl", *(part for term, said in about for part in (e("dt", term), e("dd", said)))),
    )


def _parts(report: Report, detail: bool) -> Iterator[tuple[str, str, list[Node]] | None]:
    """Every section: its id, its heading, what it holds."""
    yield "verdicts", "Verdicts", _matrix(report)
    yield _filled("baseline", "Since the baseline", _since(report))
    yield _filled("plan", "All uses together", [_plan(report.plan)] if report.plan else [])
    yield _filled("reasons", "Reasons", [_reasons(row, detail) for row in report.verdicts])
    yield _filled("conditions", "Conditions to undertake", [*_conditions(report)])
    yield _filled("open", "Open points, by whose move it is", [*_open(report)])
    for id_, title, body in appendices(report, [one for row in report.verdicts for one in _shown(row, detail)]):
        yield _filled(id_, title, body)


def _filled(id_: str, title: str, body: list[Node]) -> tuple[str, str, list[Node]] | None:
    return (id_, title, body) if body else None


def badge(verdict: Verdict) -> Element:
    """A verdict as a word with its mark."""
    mark = e("span", MARKS[verdict], aria_hidden="true", class_="mark")
    return e("span", mark, f" {verdict.value}", class_=f"badge {verdict.value.replace(' ', '-')}")


def _matrix(report: Report) -> list[Node]:
    if not report.verdicts:
        return [e("p", "No offering was checked.", class_="none")]
    rows = []
    for row in rows_of(report):
        beside = []
        if standing(report, row) is Standing.ACCEPTED:
            beside.append(span("conditions accepted", class_="aside"))
        if row.after_waivers:
            beside.append(span(f"after waivers: {row.after_waivers.value}", class_="aside"))
        if in_baseline(report, row):
            beside.append(span("in the baseline", class_="aside"))
        title = "the plan as a whole" if isinstance(row, PlanVerdict) else row.title
        where = lines(e("strong", row_title(row)), span(title, class_="aside"))
        rows.append((where, lines(badge(row.verdict), *beside), row.because, "–" if row.owner == "-" else row.owner))
    head = ("Offering", "Verdict", "Because", "Whose move")
    caption = (
        "One row for each use, and one for the plan" if report.plan else "One row for each offering that was checked"
    )
    return [table(caption, head, rows, class_="matrix")]


def _since(report: Report) -> list[Node]:
    since = report.gate.baseline
    if since is None:
        return []
    rows = [(one.row, since_words(one)) for one in since.rows]
    rows += [(row, "was in the baseline, and was not checked now") for row in since.gone]
    caption = f"Each row, held against the report of {since.as_of.isoformat()}"
    return [e("p", f"{plan_since(since)}."), table(caption, ("Row", "Since then"), rows)]


def _shown(row: OfferingVerdict, detail: bool) -> list[Finding]:
    """The clauses that are shown: those that decide, or all that matter."""
    if detail:
        apart = {*row.standing, *row.reserved}
        return [one for one in row.findings if one.provision not in apart]
    return [*deciders(row)][:REASONS]


def _plan(plan: PlanVerdict) -> Element:
    """The uses as one: what would change it is below, beside what would change each use."""
    said = (
        "Judged as one question: what no use answers for itself is one answer for all of them, and the plan conflicts "
    )
    return e("article", *_why(plan), e("p", f"{said}where one of its uses does.", class_="aside"), *_witnesses(plan))


def _why(row: Row) -> Iterator[Node]:
    """What an article about a row begins with."""
    yield e("h3", e("span", row_title(row), class_="name"), " ", badge(row.verdict))
    if row.because:
        yield e("p", row.because, class_="because")
    if row.after_waivers:
        yield e("p", f"After waivers: {row.after_waivers.value}.", class_="aside")


def _witnesses(row: Row) -> Iterator[Node]:
    for one in row.witnesses:
        said = witness_words(one)
        yield e("p", f"{said[0].upper()}{said[1:]}.", class_="witness")


def _reasons(row: OfferingVerdict, detail: bool) -> Element:
    body: list[Node] = [*_why(row)]
    shown = _shown(row, detail)
    body += [_clause(one) for one in shown]
    left = len(row.findings if detail else deciders(row)) - len(shown)
    if left > 0 and not detail:
        body.append(e("p", f"{plural(left, 'clause')} more decide it; --detail shows them.", class_="aside"))
    body += [e("p", f"The terms do not cover it: {gap}.", class_="gap") for gap in gaps(row) if gap != row.because]
    body += _witnesses(row)
    for ids in row.contradictions:
        body.append(e("p", f"{listed(ids)} say different things; this lifts nothing.", class_="aside"))
    return e("article", *body)


def _clause(one: Finding) -> Element:
    """A clause in our words, in its own, and what could lift it."""
    body: list[Node] = [e("p", e("strong", one.title), " ", span(f"{effect_words(one)}", class_="aside"))]
    if one.quote:
        body.append(e("blockquote", e("p", quoted(one.quote))))
    where = e("cite", stands_in(one))
    body.append(e("p", where, f" · evidence: {one.evidence} · ", e("code", one.provision), class_="source"))
    said = [fact_words(fact) for fact in one.facts if fact.state not in ("unknown", "presumed")]
    if said:
        body.append(e("p", f"The plan says: {'; '.join(said)}.", class_="source"))
    exceptions = [text for _, text in exception_words(one)]
    if exceptions:
        body.append(listing(exceptions, class_="exceptions"))
    return e("div", *body, class_="clause")


def _conditions(report: Report) -> Iterator[Node]:
    """A list to tick off for each offering that has conditions."""
    if any(row.conditions for row in rows_of(report)):
        yield e(
            "p",
            "Without these the plan may conflict with the terms. Each box is a promise of yours; what counts as keeping it "
            "is in the clause that needs it.",
        )
    titles = {one.provision: f"{one.title} {cite(one)}" for row in report.verdicts for one in row.findings}
    for row in rows_of(report):
        if not row.conditions:
            continue
        rows = [
            (_box(report, one), _promise(one), lines(*(titles.get(id_, id_) for id_ in one.findings)), "")
            for one in row.conditions
        ]
        head = ("Done", "Condition", "Needed by", "By whom, and when")
        yield e("h3", e("span", row_title(row), class_="name"), " ", badge(row.verdict))
        yield table(f"Conditions for {row_title(row)}", head, rows, class_="checks")
        instead = [listed([plain(id_) for id_ in ids]) for ids in row.alternatives]
        if row.more:
            instead.append("still other sets, not listed")
        if instead:
            yield e("p", "Instead of these:", class_="aside")
            yield listing(instead, class_="aside")


def _box(report: Report, one: ConditionShown) -> Element:
    """A box to tick by hand. What was accepted beforehand says so; it is not ticked, for nobody saw it done."""
    box = e("span", role="img", aria_label="box to tick", class_="box")
    if {one.safeguard, fact_of(one.safeguard)}.isdisjoint(report.gate.accepted):
        return box
    return lines(box, span("accepted", class_="aside"))


def _promise(one: ConditionShown) -> Element:
    due = e("div", span(f"due where: {one.when}", class_="aside")) if one.when else None
    return lines(e("strong", one.question or plain(one.safeguard)), span(plain(one.safeguard), class_="aside"), due)


def _open(report: Report) -> Iterator[Node]:
    """Questions for the planner, for counsel and for the platform, and texts that nobody has read."""
    yield from _headed("You: facts that are missing", _facts(report))
    yield from _headed("Counsel: terms that are open", _counsel(report))
    approvals: list[tuple[Row, str]] = [
        (row, f"with {listed(one.approvals)}: {one.verdict.value}") for row in rows_of(report) for one in row.approvals
    ]
    yield from _headed("The platform, or whoever else grants it: approvals", _named(approvals))
    missing: list[tuple[Row, str]] = [(row, gap) for row in report.verdicts for gap in gaps(row)]
    yield from _headed("Whoever reads the text: what is not covered", _named(missing))


def _headed(title: str, items: Iterable[Node]) -> Iterator[Node]:
    found = [*items]
    if found:
        yield e("h3", title)
        yield listing(found, class_="points")


def _named(pairs: Iterable[tuple[Row, str]]) -> Iterator[Node]:
    for row, text in pairs:
        yield lines(e("strong", row_title(row)), text)


def _facts(report: Report) -> Iterator[Node]:
    """Each question once, and what each answer makes of each offering."""
    asked: dict[tuple[str, str], list[tuple[Row, str]]] = {}
    words: dict[tuple[str, str], tuple[str, str]] = {}
    for row in rows_of(report):
        for one in row.open:
            then = [f"if {word}: {v.value}" for word, v in (("yes", one.if_yes), ("no", one.if_no)) if v]
            asked.setdefault((one.fact, one.asks), []).append((row, "; ".join(then)))
            asks = f"{plain(one.fact)} {one.asks}?" if one.asks else plain(one.fact)
            words[one.fact, one.asks] = one.question, f"{asks} ({one.state})"
    for key, rows in asked.items():
        question, asks = words[key]
        effects = listing([f"{row_title(row)}: {then}" for row, then in rows], class_="effects")
        yield lines(e("strong", question), span(asks, class_="aside"), effects)


def _counsel(report: Report) -> Iterator[Node]:
    """Each reading once, with the verdicts that each choice leads to."""
    rows: dict[str, list[Node]] = {}
    asked: dict[str, Node] = {}
    for row in rows_of(report):
        for one in row.readings:
            if not one.matters:
                continue
            quote = quoted(one.quote)
            where = " ".join(filter(None, (one.section or "", quote)))
            asked[one.id] = lines(e("strong", one.question), span(f"{one.id} {where}", class_="aside"))
            choices = [f"{id_}: {then.value}{f' ({gloss})' if gloss else ''}" for id_, gloss, then in one.verdicts]
            rows.setdefault(one.id, []).append(lines(row_title(row), listing(choices, class_="effects")))
    for id_, found in rows.items():
        yield lines(asked[id_], listing(found, class_="effects"))
