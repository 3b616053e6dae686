"""A check: one plan against every offering asked for, on one day, into one `Report`.

First the plan must be possible at all; then each offering is judged apart, with its own solver; last, what is known by
report only is judged the same way and set apart. Nothing here reads files or prints.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..__about__ import __version__
from ..language.diagnostics import Diagnostic, UseCaseError
from ..language.format import format_condition
from ..logic.theory import Uses
from ..rulebook.model import Document, Offering, Place, Reported, Rules, fact_of, spoken
from ..usecase.model import Settlement, TermsValue, Use, UseCase
from .answers import presumed_absent, said, settled, with_counsel
from .because import because
from .decide import Plan
from .findings import basis, contradictions, findings, stated_fact
from .gate import counted, gate
from .governing import stand_in
from .model import (
    CoverageShown,
    LeanedOn,
    OfferingVerdict,
    OpenQuestion,
    Question,
    Report,
    ReportedVerdict,
    Row,
    Verdict,
)
from .offer import Offer, Subject, known_of, prepare
from .uses import alone, chained, judge_chain, prepare_chain
from .verdicts import judged
from .waivers import Weighed, in_force, shown, without

POLICY = "worst of the rows shown"


def check(
    rules: Rules,
    use_case: UseCase,
    *,
    settlements: tuple[Settlement, ...] = (),
    as_of: datetime.date | None = None,
    offerings: Iterable[str] | None = None,
    max_age: int | None = None,
    accept: Iterable[str] = (),
    today: datetime.date | None = None,
) -> Report:
    """The verdicts on a plan.

    `as_of` goes before the plan's own date, which goes before `today` (the day it is). `offerings` are ids of offerings,
    in place of those that the plan names (a plan with uses names its own). `max_age` in days: a text last seen longer
    ago covers nothing. `accept` are safeguards whose conditions do not fail the gate. Raises UseCaseError where no world
    agrees with the answers.
    """
    use_case = with_counsel(rules, use_case, settlements)
    day = as_of or use_case.as_of or today or datetime.date.today()
    together, uses = chained(rules, use_case)
    refuse_clashes(rules, together, settlements, uses)
    accepted = tuple(accept)
    cases = _cases(rules, use_case, offerings)
    waived = in_force(rules, use_case, day)
    made = [_judge(rules, case, o, settlements, day, max_age, waived, use) for use, case, o in cases]
    rows = [row for row, _, _ in made]
    weighed: list[Weighed] = [*made]
    plan = None
    if use_case.uses:
        chain = prepare_chain(rules, use_case, together, uses, settlements, day, max_age)
        fewer = without(chain, waived)
        plan = judge_chain(chain, fewer, settlements, rows)
        weighed.append((plan, chain, fewer))
    return Report(
        engine=__version__,
        revision=rules.sha256[:12],
        rules_sha256=rules.sha256,
        as_of=day,
        case_name=use_case.name,
        case_sha256=use_case.sha256,
        case_vocabulary=use_case.vocabulary,
        facts=tuple(stated_fact(rules, together, k) for k in sorted({*together.answers, *together.approvals})),
        leaned_on=_leaned_on(rules, together, [offer for _, offer, _ in made], rows, settlements),
        verdicts=tuple(rows),
        reported=tuple(_all_reported(rules, use_case, cases, offerings, settlements, day)),
        questions=_questions(rows),
        gate=gate([_counts(row, fewer or subject, accepted) for row, subject, fewer in weighed], accepted, POLICY),
        case_file=use_case.file or None,
        plan=plan,
        waivers=shown(rules, use_case, day, weighed),
    )


Case = tuple[Use | None, UseCase, Offering]
"""A use, the plan as it has it, and its offering; without a use, the plan and one of its alternatives."""


def _cases(rules: Rules, use_case: UseCase, offerings: Iterable[str] | None) -> list[Case]:
    """What gets a row each: the uses of the plan, else the offerings asked for."""
    if use_case.uses:
        if offerings is not None:
            raise ValueError("a plan with uses names its offerings itself")
        return [(use, alone(rules, use_case, use), rules.offerings[use.offering]) for use in use_case.uses]
    chosen = offerings if offerings is not None else use_case.offerings
    wanted = set(rules.offerings if chosen is None else chosen)
    return [(None, use_case, o) for id, o in rules.offerings.items() if id in wanted]


def _counts(row: Row, subject: Subject, accepted: Sequence[str]) -> tuple[str, Verdict]:
    """A row as the gate counts it; `subject` is without the clauses waived."""
    return row.name, counted(subject, row.after_waivers or row.verdict, accepted)


def _all_reported(
    rules: Rules,
    use_case: UseCase,
    cases: Sequence[Case],
    offerings: Iterable[str] | None,
    settlements: tuple[Settlement, ...],
    day: datetime.date,
) -> Iterator[ReportedVerdict]:
    """What is known by report only, for the platforms of the rows; where no platform was named, for all."""
    everything = use_case.offerings is None and offerings is None and not use_case.uses
    for document in rules.reported_apart():
        if document.in_force(day):
            heard: list[tuple[Use | None, UseCase]] = [
                (use, case) for use, case, o in cases if use and o.platform == document.platform
            ]
            if not use_case.uses and (everything or document.platform in {o.platform for _, _, o in cases}):
                heard = [(None, use_case)]
            for use, case in heard:
                yield _reported(rules, case, document, settlements, day, use)


def refuse_clashes(
    rules: Rules, use_case: UseCase, settlements: tuple[Settlement, ...] = (), uses: Uses | None = None
) -> None:
    """Raise UseCaseError, naming the smallest clash, where no completion agrees with the answers. The plan and its `uses`
    as `chained`."""
    plan = Plan.of(rules, use_case, Place("", ""), settlements, uses)
    if plan.exact.solve(plan.stated):
        return
    pairs = [*said(rules, use_case, plan.place, uses), *settled(rules, settlements)]
    literals = [(key, plan.exact.literal(formula)) for key, formula in pairs]
    kept = literals
    for one in literals:
        fewer = [other for other in kept if other is not one]
        if len(fewer) < len(kept) and not plan.exact.solve([x for _, x in fewer]):
            kept = fewer
    keys = list(dict.fromkeys(key for key, _ in kept))
    spans = {k: a.span for k, a in use_case.answers.items()} | {s.id: s.span for s in settlements}
    text = " and ".join(
        f"'{spoken(k)}: {use_case.answers[k].text}'" if k in use_case.answers else f"'{spoken(k)}'" for k in keys
    )
    asked = [f for f in dict.fromkeys(fact_of(k) for k in keys) if f in rules.facts and rules.facts[f].asked_when]
    guards = [(f, rules.facts[f].asked_when) for f in asked]
    help = (
        "; ".join(f"'{f}' is asked only when {format_condition(g)}" for f, g in guards if g is not None)
        or "no plan can have all of these answers; change one"
    )
    raise UseCaseError(
        [
            Diagnostic("M280", f"these answers cannot be true together: {text}", spans[k], help)
            for k in sorted((k for k in keys if k in spans), key=lambda k: (spans[k].line, spans[k].column))[-1:]
        ]
        or [Diagnostic("M280", f"these answers cannot be true together: {text}", help=help)]
    )


def _judge(
    rules: Rules,
    use_case: UseCase,
    offering: Offering,
    settlements: tuple[Settlement, ...],
    day: datetime.date,
    max_age: int | None,
    waived: frozenset[str],
    use: Use | None,
) -> tuple[OfferingVerdict, Offer, Subject | None]:
    """The row of an offering, with what it was made of, as in `Weighed`."""
    offer = prepare(rules, use_case, offering, settlements, day, max_age)
    row = _row(offer, offering.id, offering.title, settlements, use)
    fewer = without(offer, waived)
    return replace(row, after_waivers=fewer.verdict() if fewer else None), offer, fewer


def _row(
    offer: Offer, id: str | None, title: str, settlements: tuple[Settlement, ...], use: Use | None
) -> OfferingVerdict:
    verdict = offer.verdict()
    assert verdict is not None, "a plan that no world satisfies is refused before"
    known = known_of(offer, settlements)
    found = tuple(findings(offer, known))
    free = verdict in (Verdict.PERMITTED, Verdict.CONDITIONAL, Verdict.NOT_COVERED)
    row = OfferingVerdict(
        platform=offer.governing.offering.platform,
        offering=id,
        title=title,
        use=use.name if use else None,
        basis=basis(offer) if free else "",
        because="",
        as_of=offer.governing.day,
        findings=found,
        contradictions=tuple(contradictions(offer)),
        reserved=tuple(f.provision for f in found if f.kind == "reserve"),
        standing=tuple(f.provision for f in found if f.standing),
        coverage=_coverage(offer),
        **judged(offer, known, verdict),
    )
    return replace(row, because=because(row, offer.rules))


def _coverage(offer: Offer) -> tuple[CoverageShown, ...]:
    counted: dict[str, int] = {}
    for clause in offer.governing.clauses:
        if clause.provision is not None:
            counted[clause.document.id] = counted.get(clause.document.id, 0) + 1
    shown = []
    for document, why in offer.shortfalls():
        if document is None:
            shown.append(CoverageShown("", "", 0, None, why, None))
        else:
            shown.append(
                CoverageShown(
                    document.id,
                    document.title,
                    counted.get(document.id, 0),
                    document.coverage_note,
                    why or None,
                    offer.age(document),
                )
            )
    return tuple(shown)


def _reported(
    rules: Rules,
    use_case: UseCase,
    document: Document,
    settlements: tuple[Settlement, ...],
    day: datetime.date,
    use: Use | None,
) -> ReportedVerdict:
    heard = spoken_for(rules, use_case, document.platform)
    offer = prepare(rules, heard, stand_in(document), settlements, day)
    row = _row(offer, None, document.title, settlements, use)
    assert isinstance(document.evidence, Reported)
    disputes = tuple((d, c.section, c.quote) for d, c in document.disputed_by)
    return ReportedVerdict(document.id, document.title, document.evidence.by, document.evidence.on, disputes, row)


def spoken_for(rules: Rules, use_case: UseCase, platform: str) -> UseCase:
    """The plan as a document under no offering hears it: where all offerings of its platform (or, where it has none, all
    there are) have the same answer to a `per offering` fact, that answer speaks for the platform."""
    offerings = rules.platforms[platform].offerings or tuple(rules.offerings)
    answers = dict(use_case.answers)
    for fact in rules.facts.values():
        if fact.per == "offering" and offerings:
            given = [use_case.answers.get(f"{fact.id}@{offering}") for offering in offerings]
            if given[0] is not None and all(one is not None and one.value == given[0].value for one in given):
                answers[f"{fact.id}@{platform}"] = given[0]
    return replace(use_case, answers=answers)


def _questions(rows: Sequence[OfferingVerdict]) -> tuple[Question, ...]:
    """The open facts of all rows; those that decide most rows first."""
    table: dict[str, list[tuple[str, bool]]] = {}
    first: dict[str, OpenQuestion] = {}
    for row in rows:
        for one in row.open:
            first.setdefault(one.fact, one)
            entry = (row.name, one.if_yes != one.if_no)
            if entry not in table.setdefault(one.fact, []):
                table[one.fact].append(entry)
    made = [
        (
            Question(f, first[f].question, first[f].state, tuple(dict.fromkeys(o for o, _ in entries))),
            len({o for o, decides in entries if decides}),
        )
        for f, entries in table.items()
    ]
    return tuple(q for q, _ in sorted(made, key=lambda m: (-m[1], -len(m[0].offerings), m[0].fact)))


def _leaned_on(
    rules: Rules,
    use_case: UseCase,
    offers: Sequence[Offer],
    rows: Sequence[OfferingVerdict],
    settlements: tuple[Settlement, ...],
) -> LeanedOn:
    read = {k for o in offers for k in o.plan.exact.own}
    unsaid = {
        k
        for o in offers
        for k in o.plan.exact.own
        if k not in rules.readings and presumed_absent(rules, o.plan.use_case, k)
    }
    absent = sorted(unsaid)
    return LeanedOn(
        representations=tuple((k, rules.asks(k)) for k in absent if rules.facts[fact_of(k)].role == "wrong"),
        complete_lists=tuple(
            (k, a.value.listed)
            for k, a in sorted(use_case.answers.items())
            if isinstance(a.value, TermsValue) and a.value.complete and rules.facts[fact_of(k)].kind == "many"
        ),
        readings=tuple((s.id, s.choice, s.by, s.why) for s in settlements if s.id in read),
        approvals_presumed_absent=tuple(k for k in absent if rules.facts[fact_of(k)].role == "approval"),
        standing_duties=tuple(dict.fromkeys(d for row in rows for d in row.standing)),
    )
