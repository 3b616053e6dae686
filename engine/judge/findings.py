"""The provisions that matter to a verdict, each with what it does alone, what it read, and what could have lifted it.

A prohibition, a requirement or a reserved silence is given the verdict that it alone would lead to, by the same table;
a permit says whether it bites; a reserve is kept where its condition is not false.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..language.format import format_condition
from ..logic.formula import Chosen, atoms, conj, disj, neg
from ..logic.lower import lower
from ..rulebook.evidence import evidence_status
from ..rulebook.model import Archived, Document, Own, Provision, Reported, Rules, fact_of
from ..usecase.model import UseCase
from .answers import Known, presumed_absent
from .governing import Clause, applies
from .model import Exception_, FactShown, Finding, Verdict
from .offer import Offer
from .trace import trace_provision


def findings(offer: Offer, known: Known) -> Iterator[Finding]:
    """Every finding, in the order of the clauses."""
    plan = offer.plan
    for clause in offer.governing.clauses:
        kind = clause.provision.kind if clause.provision else "silence"
        if kind in ("permit", "reserve"):
            bites = plan.literal(clause.bites)
            if not plan.possible(bites):
                continue
            sure = plan.certain(bites)
            effect = ("permits" if sure else "may permit") if kind == "permit" else "reserved"
        elif clause.duty is not None and plan.possible(offer.duties[clause.id]):
            if not plan.possible(plan.literal(clause.bites)):
                continue
            effect = "standing duty"
        else:
            c = offer.conflicts(clause)
            if not plan.possible(c):
                continue
            line = plan.line(c)
            effect = line.value if line else Verdict.PERMITTED.value
        yield _finding(offer, known, clause, kind, effect)


def _finding(offer: Offer, known: Known, clause: Clause, kind: str, effect: str) -> Finding:
    rules, document, provision = offer.rules, clause.document, clause.provision
    archived = document.evidence if isinstance(document.evidence, Archived) else None
    citation = provision.citation if provision else document.silence
    path = archived.path if archived else document.evidence.file if isinstance(document.evidence, Own) else None
    return Finding(
        provision=clause.id,
        hash=provision.hash if provision else "",
        kind=kind,
        title=provision.title if provision else "What the text does not grant is reserved",
        topics=provision.topics if provision else (),
        document=document.id,
        document_title=document.title,
        section=citation.section if citation else None,
        quote=citation.quote if citation else (),
        effect=effect,
        standing=clause.duty is not None,
        source=document.source,
        archive=archive_name(document),
        path=path,
        part=archived.part if archived else None,
        commit=archived.commit if archived else None,
        sha256=archived.sha256 if archived else None,
        captured=document.captured,
        seen=document.seen,
        updated=document.updated,
        effective=document.effective,
        evidence=evidence_status(rules, clause.id),
        encoded=document.encoded,
        read_again=document.read_again,
        facts=facts_read(offer, clause),
        exceptions=tuple(_exceptions(offer, provision)) if provision else (),
        regulations=tuple(r if where is None else f"{r} {where}" for r, where in provision.regulations)
        if provision
        else (),
        notes=provision.notes if provision else (),
        trace=trace_provision(known, provision) if provision else None,
    )


def archive_name(document: Document) -> str | None:
    """Where a text is kept: a collection's name, `github:owner/repo`, or who reported it."""
    match document.evidence:
        case Archived(collection, repository):
            return f"{collection}:{repository}" if repository else collection
        case Reported(by):
            return f"reported by {by}"
        case Own():
            return "own"
        case _:
            return None


def facts_read(offer: Offer, clause: Clause) -> tuple[FactShown, ...]:
    """The facts that a clause reads itself, with their states."""
    if clause.provision is None:
        formula = clause.bites
    else:
        place = offer.governing.place(clause.document)
        duties = [lower(d.duty, offer.rules, place) for d in clause.provision.duties]
        due = [lower(d.when, offer.rules, place) for d in clause.provision.duties]
        formula = (
            disj((conj((applies(offer.rules, clause.provision, place), neg(conj(duties)))), *due))
            if duties
            else applies(offer.rules, clause.provision, place)
        )
    keys = dict.fromkeys(a.key for a in atoms(formula) if not isinstance(a, Chosen))
    return tuple(fact_shown(offer, key) for key in keys)


def fact_shown(offer: Offer, key: str) -> FactShown:
    """A fact with its state here: also "not applicable", where no completion asks it."""
    shown = stated_fact(offer.rules, offer.plan.use_case, key)
    if shown.state == "unknown" and key in offer.plan.exact.own:
        own = offer.plan.exact.own[key]
        fact = offer.rules.facts[fact_of(key)]
        if fact.asked_when is not None and not any(offer.plan.possible(x) for x in own):
            return FactShown(shown.id, shown.question, "not applicable", None, None)
    return shown


def stated_fact(rules: Rules, use_case: UseCase, key: str) -> FactShown:
    """A fact as the plan states it."""
    question = rules.asks(key)
    answer = use_case.answers.get(key)
    if key in use_case.approvals:
        return FactShown(key, question, "given", "yes", None)
    if answer is not None:
        return FactShown(key, question, answer.state, answer.text or None, answer.by, answer.span)
    if presumed_absent(rules, use_case, key):
        return FactShown(key, question, "presumed", "no", None)
    return FactShown(key, question, "unknown", None, None)


def _exceptions(offer: Offer, provision: Provision) -> Iterator[Exception_]:
    rules, plan = offer.rules, offer.plan
    place = offer.governing.place(rules.documents[provision.document])

    def lifts(literal: int) -> str:
        if plan.certain(literal):
            return "true"
        return "unknown" if plan.possible(literal) else "false"

    for exemption in provision.exemptions:
        text = (
            format_condition(exemption.condition).replace(f"{provision.id}", "approved by platform")
            if (exemption.approval)
            else format_condition(exemption.condition)
        )
        yield Exception_(
            text,
            lifts(plan.literal(lower(exemption.condition, rules, place))),
            exemption.citation.section,
            exemption.citation.quote,
            None,
        )
    for clause in offer.governing.clauses:
        other = clause.provision
        if other is not None and provision.id in other.overrides:
            cited = other.override_citations[other.overrides.index(provision.id)] or other.citation
            yield Exception_(other.title, lifts(plan.literal(clause.bites)), cited.section, cited.quote, other.id)


def contradictions(offer: Offer) -> Iterator[tuple[str, ...]]:
    """Permits and prohibitions on one topic that bite together in some completion: the text says both."""
    plan = offer.plan
    bound = [(c, c.provision) for c in offer.governing.clauses if c.provision]
    prohibitions = [(c, set(p.topics)) for c, p in bound if p.kind == "prohibit"]
    for permit, provision in bound:
        if provision.kind == "permit":
            for prohibition, topics in prohibitions:
                shared = topics.intersection(provision.topics)
                if shared and plan.possible(plan.literal(permit.bites), plan.literal(prohibition.bites)):
                    yield permit.id, prohibition.id


def basis(offer: Offer) -> str:
    """Why a permitted plan is permitted: expressly for a topic, by a grant, or because nothing forbids it."""
    from ..language.tree import Always

    permits = [c for c in offer.governing.clauses if c.provision and c.provision.kind == "permit"]
    express = [c for c in permits if c.provision and not isinstance(c.provision.when, Always)]
    plan = offer.plan
    topics = dict.fromkeys(t for c in express if c.provision for t in c.provision.topics)
    sure = [
        t
        for t in topics
        if plan.certain(
            plan.exact.either(plan.literal(c.bites) for c in express if c.provision and t in c.provision.topics)
        )
    ]
    if sure:
        return f"express, for {', '.join(sure)}"
    if express and plan.certain(plan.exact.either(plan.literal(c.bites) for c in express)):
        return "express"
    if any(plan.certain(plan.literal(c.bites)) for c in permits if c not in express):
        return "granted"
    count = len([c for c in offer.governing.clauses if c.provision])
    return f"no restriction found in {count} provision{'' if count == 1 else 's'}"
