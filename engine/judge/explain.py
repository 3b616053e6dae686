"""Why a plan has its verdicts: `explain` turns a check into an explanation that can be read without the language.

It judges nothing again: rows, findings, questions and coverage are the check's, and what is added (trees, witnesses,
what would help) is asked of the same offers. A clause that decides is shown in full, one that only matters in a line.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from ..rulebook.model import Rules
from ..usecase.model import Settlement, UseCase
from .answers import with_counsel
from .because import deciding
from .check import check
from .clauses import brief, explained
from .conditions import open_condition
from .explanation import (
    ApprovalsExplained,
    ConditionExplained,
    Consent,
    Explanation,
    OfferingExplained,
    QuestionExplained,
    ReportedShown,
    Trigger,
)
from .governing import Clause
from .lines import LINES, sentence
from .model import Finding, OfferingVerdict, OpenQuestion, Report
from .nodes import Asker
from .offer import Offer, known_of, prepare
from .plain import asks, granted_by, plain, term_words
from .questions import OTHER
from .remedy import stated_changes
from .uses import alone
from .whatif import STANDS, Again, witness_pair

ROLES = {"permits": "permits", "may permit": "permits", "reserved": "reserved", "standing duty": "standing"}
"""The role of a clause that does not decide, by its effect."""


def explain(
    rules: Rules,
    use_case: UseCase,
    *,
    settlements: tuple[Settlement, ...] = (),
    as_of: datetime.date | None = None,
    offerings: Iterable[str] | None = None,
    max_age: int | None = None,
    provision: str | None = None,
    all_clauses: bool = False,
    today: datetime.date | None = None,
) -> Explanation:
    """Why each offering has its verdict on a plan.

    The arguments are those of `check`; of a plan with uses, `offerings` limit those that are explained. `provision`
    narrows to one clause (a provision's id, or `platform/document/silence`); `all_clauses` shows every clause that
    matters in full, and lists those that do not. Raises UseCaseError where no world agrees with the answers.
    """
    named = None if offerings is None else tuple(offerings)
    wanted = None if use_case.uses else named
    report = check(
        rules,
        use_case,
        settlements=settlements,
        as_of=as_of,
        offerings=wanted,
        max_age=max_age,
        today=today,
    )
    shown = []
    uses = {use.name: use for use in use_case.uses}
    for row in report.verdicts:
        if row.offering is not None and (wanted is named or row.offering in (named or ())):
            own = alone(rules, use_case, uses[row.use]) if row.use else use_case
            heard = with_counsel(rules, own, settlements)
            again = Again(rules, own, settlements, rules.offerings[row.offering], report.as_of, max_age)
            # Not the offer of the check: which of several witnesses a solver finds depends on what it was asked before.
            offer = prepare(rules, heard, again.offering, settlements, report.as_of, max_age)
            shown.append(_offering(row, offer, again, provision, all_clauses))
    return _whole(report, use_case, provision, tuple(shown))


def _whole(
    report: Report, use_case: UseCase, provision: str | None, shown: tuple[OfferingExplained, ...]
) -> Explanation:
    reported = tuple(
        ReportedShown(r.verdict.platform, r.document, r.title, r.by, r.on, r.verdict.verdict, r.verdict.because)
        for r in report.reported
    )
    return Explanation(
        engine=report.engine,
        revision=report.revision,
        rules_sha256=report.rules_sha256,
        as_of=report.as_of,
        case_name=report.case_name,
        case_file=use_case.file,
        case_sha256=report.case_sha256,
        narrowed=provision,
        archives=False,
        leaned_on=report.leaned_on,
        plan=None if provision else report.plan,
        offerings=shown,
        reported=() if provision else reported,
    )


def _offering(
    row: OfferingVerdict, offer: Offer, again: Again, provision: str | None, all_clauses: bool
) -> OfferingExplained:
    asker = Asker(offer, known_of(offer, again.settlements), {s.id: s for s in again.settlements})
    witnesses = witness_pair(offer, row.verdict, again)
    decides = tuple(f.provision for f in deciding(row))
    found = {f.provision: f for f in row.findings}
    roles = {c.id: _role(found.get(c.id), decides) for c in offer.governing.clauses}
    clauses = offer.governing.clauses
    if provision:
        full = [c for c in clauses if c.id == provision]
    else:
        full = [c for c in clauses if roles[c.id] == "decides" or (all_clauses and roles[c.id] == "matters")]
        full.sort(key=lambda c: (roles[c.id] != "decides", decides.index(c.id) if c.id in decides else 0))
    rest = [c for c in clauses if c not in full and c.id in found] if not provision else []
    idle = [c for c in clauses if c.id not in found]
    misses = [brief(asker, c, None, "idle") for c in idle] if all_clauses and not provision else []
    misses.sort(key=lambda m: m.distance or 0)
    stands = row.verdict in STANDS and not provision
    return OfferingExplained(
        platform=row.platform,
        offering=row.offering or "",
        title=row.title,
        use=row.use,
        as_of=row.as_of,
        verdict=row.verdict,
        owner=row.owner,
        basis=row.basis,
        line=LINES[row.verdict],
        sentence=sentence(row, witnesses, offer),
        deciding=decides,
        clauses=tuple(explained(asker, c, found.get(c.id), roles[c.id]) for c in full),
        others=tuple(brief(asker, c, found[c.id], roles[c.id]) for c in rest),
        idle=len(idle),
        misses=tuple(misses),
        absent=_absent(offer, provision) if provision and not full else None,
        witnesses=witnesses,
        questions=tuple(_question(offer.rules, one) for one in row.open),
        readings=row.readings,
        conditions=tuple(_conditions(row, offer, clauses)),
        alternatives=tuple(tuple((k, asks(offer.rules, k)) for k in ids) for ids in row.alternatives),
        more=row.more,
        approvals=tuple(
            ApprovalsExplained(tuple(_consent(offer, key) for key in one.approvals), one.verdict)
            for one in row.approvals
        ),
        changes=stated_changes(offer, asker.known, row.verdict, decides, again) if stands else (),
        contradictions=row.contradictions,
        coverage=row.coverage,
    )


def _role(finding: Finding | None, decides: tuple[str, ...]) -> str:
    """What part a clause plays in the verdict."""
    if finding is None:
        return "idle"
    if finding.provision in decides:
        return "decides"
    return ROLES.get(finding.effect, "matters")


def _absent(offer: Offer, provision: str) -> str:
    """Why a clause does not bind the offering at all."""
    rules, governing = offer.rules, offer.governing
    home = provision.rpartition("/")[0]
    if home in dict(governing.missing):
        return f"{rules.documents[home].title} is not in force on {governing.day}"
    if home not in governing.gates:
        return f"{rules.documents[home].title} does not govern {governing.offering.title}"
    one = rules.provisions[provision]
    if not one.in_force(governing.day):
        return f"the clause is not in force on {governing.day}"
    return f"the clause does not bind {governing.offering.title}"


def _conditions(row: OfferingVerdict, offer: Offer, clauses: Iterable[Clause]) -> Iterable[ConditionExplained]:
    """The safeguards of the smallest set, with the clauses that need each and when."""
    by_id = {c.id: c for c in clauses}
    for one in row.conditions:
        triggers = []
        for id in one.findings:
            clause = by_id[id]
            left = open_condition(offer, clause, one.safeguard)
            words = plain(left, offer.rules, offer.plan.place)
            title = clause.provision.title if clause.provision else ""
            triggers.append(Trigger(id, title, "" if words == "in every case" else words))
        yield ConditionExplained(one.safeguard, asks(offer.rules, one.safeguard), tuple(triggers))


def _question(rules: Rules, one: OpenQuestion) -> QuestionExplained:
    """An open question, with its terms in words."""
    verb, _, rest = one.asks.partition(" ")
    words = one.asks
    if verb in ("includes", "is"):
        apart = "something other than "
        start = apart if rest.startswith(apart) else ""
        names = rest.removeprefix(apart).split(" or ")
        words = f"{'including' if verb == 'includes' else 'is it'} {start}{' or '.join(_term(rules, n) for n in names)}"
    return QuestionExplained(one.fact, one.question, one.asks, words, one.state, one.if_yes, one.if_no)


def _term(rules: Rules, name: str) -> str:
    """A term of an open question in words; `some other T` is T and none of those under it."""
    id = name.removeprefix(OTHER)
    if id not in rules.terms:
        return name
    return f"{'some other ' if id != name else ''}{term_words(rules, id)}"


def _consent(offer: Offer, key: str) -> Consent:
    """An approval, and the exception that makes room for it."""
    rules = offer.rules
    asker = Asker(offer, known_of(offer, ()), {})
    cited = None
    provision = rules.provisions.get(key)
    if provision is not None:
        for exemption in provision.exemptions:
            if exemption.approval == key:
                cited = asker.cited(provision.document, exemption.citation)
    elif key.endswith("/silence"):
        document = rules.documents[key.removesuffix("/silence")]
        cited = asker.cited(document.id, document.silence)
    return Consent(key, asks(rules, key), granted_by(rules, key), cited)
