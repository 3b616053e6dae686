"""Reports built by hand: every verdict, every section, long and foreign texts, and texts that mean harm."""

from __future__ import annotations

import datetime
from dataclasses import replace

from mayuse.judge.model import (
    OWNERS,
    ApprovalSet,
    ConditionShown,
    CoverageShown,
    Exception_,
    FactShown,
    Finding,
    Gate,
    LeanedOn,
    OfferingVerdict,
    OpenQuestion,
    PlanVerdict,
    Question,
    ReadingShown,
    Report,
    ReportedVerdict,
    TraceShown,
    Verdict,
    WaiverShown,
    Witness,
)

DAY = datetime.date(2026, 11, 23)
SEEN = datetime.date(2026, 8, 22)
SHA = "9f" * 32


def finding(provision: str, title: str, **changes: object) -> Finding:
    """A finding with everything filled in."""
    full = Finding(
        provision=provision,
        hash="ab12cd34",
        kind="prohibit",
        title=title,
        topics=("rival-training",),
        document="openai/services-agreement",
        document_title="Services Agreement",
        section="3.3(e)",
        quote=("use Output to develop", "models that compete"),
        effect="conflict",
        standing=False,
        source="https://openai.com/policies/services-agreement/",
        archive="genai-eu",
        path="ChatGPT/Services Agreement.md",
        part=None,
        commit="0123456789012345678901234567890123456789",
        sha256=SHA,
        captured=datetime.date(2026, 3, 27),
        seen=SEEN,
        updated=None,
        effective=datetime.date(2026, 3, 1),
        evidence="found",
        encoded=datetime.date(2026, 11, 20),
        read_again=None,
        facts=(
            FactShown("improves-model", "Will anything it produces help make a model?", "given", "yes", "J. Doe"),
            FactShown("learns-from", "What does that model learn from?", "unknown", None, None),
        ),
        exceptions=(
            Exception_("approved by platform", "unknown", "9", ("unless we agree otherwise in writing",), None),
            Exception_("purposes is only safety-research", "false", None, (), "openai/services-agreement/research"),
        ),
        regulations=("Regulation (EU) 2024/1689, Annex III(5)",),
        notes=("A support assistant may or may not compete.",),
        trace=TraceShown(
            "openai/services-agreement/rival-models",
            "unknown",
            (
                TraceShown(
                    "when improves-model and learns-from includes platform-output",
                    "unknown",
                    (
                        TraceShown("improves-model", "true", ()),
                        TraceShown("learns-from includes platform-output", "unknown", ()),
                    ),
                ),
            ),
        ),
    )
    return replace(full, **changes)  # type: ignore[arg-type]


def coverage(document: str, title: str, **changes: object) -> CoverageShown:
    """A document that was read whole, 93 days ago."""
    return replace(CoverageShown(document, title, 34, None, None, 93), **changes)  # type: ignore[arg-type]


def row(offering: str | None, verdict: Verdict, because: str, **changes: object) -> OfferingVerdict:
    """A row with nothing in it but what is given."""
    platform = offering.partition("/")[0] if offering else "deepseek"
    empty = OfferingVerdict(
        platform=platform,
        offering=offering,
        title=(offering or platform).upper(),
        use=None,
        verdict=verdict,
        owner=OWNERS[verdict],
        basis="",
        because=because,
        as_of=DAY,
        conditions=(),
        alternatives=(),
        more=False,
        approvals=(),
        open=(),
        readings=(),
        witnesses=(),
        findings=(),
        contradictions=(),
        reserved=(),
        standing=(),
        coverage=(coverage(f"{platform}/terms", f"{platform.title()} Terms"),),
    )
    return replace(empty, **changes)  # type: ignore[arg-type]


PERMITTED = row(
    "deepseek/r1-weights",
    Verdict.PERMITTED,
    'expressly: "distillation for training other LLMs" (README 7)',
    basis="express, for rival-training",
    findings=(finding("deepseek/r1/grant", "Distillation is allowed", kind="permit", effect="permits"),),
)
CONDITIONAL = row(
    "deepseek/api",
    Verdict.CONDITIONAL,
    'if you "clearly disclose" that AI wrote it (Open Platform Terms 8.1)',
    conditions=(
        ConditionShown(
            "people read it", "discloses-ai", "Are people told that they deal with an AI?", ("deepseek/terms/label",)
        ),
        ConditionShown("", "binds-users", "", ("deepseek/terms/users",)),
    ),
    alternatives=(("human-review", "binds-users"), ("labels-output",)),
    more=True,
    findings=(
        finding(
            "deepseek/terms/label", "Output must be marked", kind="require", effect="conditional", evidence="moved"
        ),
        finding("deepseek/terms/law", "Keep to the law", kind="require", effect="conditional", standing=True),
        finding("deepseek/terms/stop", "May suspend at its discretion", kind="reserve", effect="reserved"),
        finding("deepseek/terms/four", "A fourth clause", evidence="gone"),
        finding("deepseek/terms/five", "A fifth clause", evidence="unchecked", section=None, quote=()),
    ),
    reserved=("deepseek/terms/stop",),
    standing=("deepseek/terms/law",),
)
CONTESTED = row(
    "openai/api",
    Verdict.CONTESTED,
    'does a support bot "compete"? narrow: no conflict; broad: conflict (3.3(e))',
    readings=(
        ReadingShown(
            "openai/services-agreement/competing",
            "What is a competing model?",
            (
                ("narrow", "A model sold to the same customers", Verdict.PERMITTED),
                ("broad", "Any model", Verdict.CONFLICT),
            ),
            True,
            ("models that compete",),
            "3.3(e)",
        ),
        ReadingShown("openai/terms/idle", "What is idle?", (("a", "", Verdict.CONTESTED),), False, (), None),
    ),
    witnesses=(
        Witness(False, (("competing", "narrow"), ("Is it sold?", "no"))),
        Witness(True, (("competing", "broad"), ("Is it sold?", "yes"))),
    ),
    findings=(finding("openai/services-agreement/rival-models", "No models that compete", effect="contested"),),
    contradictions=(("openai/services-agreement/rival-models", "openai/terms/may-train"),),
)
UNDETERMINED = row(
    "meta/llama-3.3",
    Verdict.UNDETERMINED,
    "includes mass-surveillance",
    open=(
        OpenQuestion(
            "purposes",
            "What is the system for?",
            "includes mass-surveillance",
            "unknown",
            Verdict.CONFLICT,
            Verdict.PERMITTED,
        ),
        OpenQuestion("serves-minors", "Are users under age?", "", "don't know", Verdict.CONFLICT, None),
    ),
    findings=(finding("meta/policy/watching", "No mass surveillance", effect="undetermined", evidence="own"),),
)
NEEDS_APPROVAL = row(
    "anthropic/api",
    Verdict.NEEDS_APPROVAL,
    "only with the platform's written consent (Commercial Terms D.4)",
    approvals=(
        ApprovalSet(("anthropic/commercial/rivals",), Verdict.PERMITTED),
        ApprovalSet(("anthropic/order-form", "system-owner-approval"), Verdict.CONDITIONAL),
    ),
    findings=(finding("anthropic/commercial/rivals", "No rival models", effect="needs approval"),),
    as_of=datetime.date(2026, 3, 1),
)
CONFLICT = row(
    "epic-games/uefn",
    Verdict.CONFLICT,
    "generative output may not be passed on as one's own work, whoever made it (Program Terms 2)",
    findings=(finding("epic-games/program/own", "Nothing generated as one's own", evidence="disputed"),),
)
NOT_COVERED = row(
    "runway/hosted",
    Verdict.NOT_COVERED,
    "1 clause known by report; terms not read",
    findings=(finding("runway/terms/watching", "No watching of populations", evidence="reported", archive=None),),
    coverage=(
        coverage(
            "runway/terms", "Runway Terms", provisions=1, age=None, missing="the text", left_out="payment; arbitration"
        ),
    ),
)
REPORTED = ReportedVerdict(
    document="deepseek/open-source-license",
    title="DeepSeek Open Source License",
    by="ConductAtlas",
    on=datetime.date(2026, 5, 13),
    disputed_by=(("deepseek/v3-model-licence", "1", ("transfer of patterns of the weights",)),),
    verdict=row(
        None,
        Verdict.CONFLICT,
        '"other than the DeepSeek models"',
        findings=(finding("deepseek/open-source-license/rival-training", "No rival training", evidence="disputed"),),
    ),
)
ROWS = (PERMITTED, CONDITIONAL, NOT_COVERED, CONTESTED, UNDETERMINED, NEEDS_APPROVAL, CONFLICT)

FULL = Report(
    engine="0.1.0",
    revision="2026.11.1",
    rules_sha256=SHA,
    as_of=DAY,
    case_name="Support assistant trained on vendor output",
    case_sha256="12" * 32,
    case_vocabulary="2026-11",
    facts=(
        FactShown("purposes", "What is the system for?", "given", "[customer-support]", "J. Doe"),
        FactShown("improves-model", "Does it improve a model?", "given", "yes", None),
        FactShown("serves-minors", "Are users under age?", "don't know", None, None),
    ),
    leaned_on=LeanedOn(
        representations=(
            ("unlawful", "Is any part of it against the law?"),
            ("means-harm", "Is any of it meant to harm someone?"),
            ("harms-minors", "Does it harm minors?"),
            ("harms-vendor", "Does it harm the vendor?"),
        ),
        complete_lists=(("purposes", ("customer-support",)), ("also-does", ())),
        readings=(("vocabulary/output", "verbatim", "A. Counsel", "as the industry does"),),
        approvals_presumed_absent=("anthropic/commercial/rivals", "anthropic/order-form"),
        standing_duties=("deepseek/terms/law",),
    ),
    verdicts=ROWS,
    reported=(REPORTED,),
    questions=(
        Question("purposes", "What is the system for?", "unknown", ("meta/llama-3.3",)),
        Question("serves-minors", "Are users under age?", "don't know", ("meta/llama-3.3", "openai/api")),
    ),
    gate=Gate(1, "worst of the rows shown", ("epic-games/uefn", "anthropic/api"), ("discloses-ai",)),
)

NOTHING = LeanedOn((), (), (), (), ())
CLEAN = replace(
    FULL,
    case_name="Small plan",
    verdicts=(PERMITTED,),
    reported=(),
    questions=(),
    leaned_on=NOTHING,
    facts=(),
    gate=Gate(0, "worst of the rows shown", (), ()),
)
EMPTY = replace(CLEAN, verdicts=(), case_name="")

WAIVER = WaiverShown(
    provision="epic-games/program/own",
    hash="ab12cd34",
    reason="The contract of May is being signed.",
    by="J. Doe",
    until=datetime.date(2027, 1, 1),
    state="in force",
    rows=("teacher: epic-games/uefn", "all uses together"),
)
LAPSED = replace(WAIVER, provision="openai/terms/old", state="expired", until=DAY, rows=(), reason="It was borne.")
TOGETHER = PlanVerdict(
    verdict=Verdict.CONFLICT,
    owner=OWNERS[Verdict.CONFLICT],
    because="as teacher alone",
    conditions=(
        ConditionShown("", "human-review@#base", "Does a person check each result?", ("deepseek/terms/law",)),
        ConditionShown("it acts on people", "discloses-ai", "Are people told?", ("deepseek/terms/law",)),
    ),
    alternatives=(("labels-output@#base",),),
    more=False,
    approvals=(ApprovalSet(("epic-games/program/own",), Verdict.CONDITIONAL),),
    open=(OpenQuestion("serves-minors@#teacher", "Are users under age?", "", "unknown", Verdict.CONFLICT, None),),
    readings=(),
    witnesses=(Witness(True, (("learns-from@#teacher", "platform-output"),)),),
    after_waivers=Verdict.CONDITIONAL,
)
CHAIN = replace(
    CLEAN,
    case_name="Two uses",
    verdicts=(
        replace(CONFLICT, use="teacher", after_waivers=Verdict.PERMITTED),
        replace(CONDITIONAL, use="base", after_waivers=Verdict.CONDITIONAL),
    ),
    plan=TOGETHER,
    waivers=(WAIVER, LAPSED),
    gate=Gate(3, "worst of the rows shown", ("base: deepseek/api", "all uses together"), ()),
)
"""A plan with uses: one passes by a waiver alone, the other and the plan as a whole do not."""

WORDY = replace(
    FULL,
    case_name="Ein sehr langer Name für einen Plan, " * 6 + "mit Übermaß",
    verdicts=(
        replace(
            CONFLICT,
            offering="a-platform-with-a-long-name/an-offering-whose-name-never-seems-to-come-to-an-end-at-all",
            because="Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung" * 3 + " und mehr " * 40,
            findings=(
                finding(
                    "x/y/z", "Wörter " * 60, quote=("日本語の引用" * 20,), source="https://example.org/" + "a" * 300
                ),
            ),
        ),
        replace(
            UNDETERMINED, use="教師データ生成", because="人工知能の出力を使って競合するモデルを訓練してもよいか。" * 4
        ),
        replace(CONTESTED, because="👩‍👩‍👧‍👦 e\u0301te\u0301 ❤\ufe0f " * 12),
    ),
)

EVIL = (
    "\x1b[31mred\x1b[0m \x07\x00 \u202eevil\u2066 line\nbreak\r\ttab \u2028 a|b `c` <script>alert(1)</script> "
    "[x](javascript:alert(1)) ![i](http://evil.example/i.png) **b** _u_ # h @everyone fixes #1 https://evil.example "
    "www.evil.example \ud800 \ufeff\U000f0000 z\u0335\u0336\u0337\u0338\u0339\u033a &amp; $x$ ~~s~~ </td>"
)


def poisoned(text: str) -> Report:
    """A full report in which every text that a user or a rules author writes is `text`."""
    bad = finding(
        text,
        text,
        section=text,
        quote=(text, text),
        document_title=text,
        source=text,
        path=text,
        part=text,
        topics=(text,),
        regulations=(text,),
        notes=(text,),
        facts=(FactShown(text, text, "given", text, text),),
        exceptions=(Exception_(text, "unknown", text, (text,), text),),
    )
    waiver = WaiverShown(text, text, text, text, DAY, "in force", (text,))
    plan = replace(
        TOGETHER,
        because=text,
        conditions=(ConditionShown(text, text, text, (text,)),),
        open=(OpenQuestion(text, text, text, "unknown", Verdict.CONFLICT, None),),
        witnesses=(Witness(True, ((text, text),)),),
    )
    rows = tuple(
        replace(
            one,
            use=text or None,
            offering=text,
            title=text,
            because=text,
            basis=text,
            findings=(bad,),
            contradictions=((text, text),),
            conditions=(ConditionShown(text, text, text, (text,)),),
            open=(OpenQuestion(text, text, text, "unknown", Verdict.CONFLICT, None),),
            readings=(ReadingShown(text, text, ((text, text, Verdict.CONFLICT),), True, (text,), text),),
            witnesses=(Witness(True, ((text, text),)),),
            coverage=(coverage(text, text, left_out=text, missing=text),),
        )
        for one in ROWS
    )
    return replace(
        FULL,
        case_name=text,
        verdicts=rows,
        reported=(replace(REPORTED, title=text, by=text, disputed_by=((text, text, (text,)),)),),
        facts=(FactShown(text, text, "given", text, text),),
        questions=(Question(text, text, "unknown", (text,)),),
        leaned_on=LeanedOn(((text, text),), ((text, (text,)),), ((text, text, text, text),), (text,), (text,)),
        gate=Gate(1, text, (text,), (text,)),
        plan=plan,
        waivers=(waiver, replace(waiver, state="expired")),
    )


SAMPLES = {
    "full": FULL,
    "clean": CLEAN,
    "empty": EMPTY,
    "chain": CHAIN,
    "wordy": WORDY,
    "poisoned": poisoned(EVIL),
    **{one.verdict.value: replace(CLEAN, verdicts=(one,)) for one in ROWS},
}
