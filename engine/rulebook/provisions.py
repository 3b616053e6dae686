"""Provisions: their clauses resolved, their kinds and quotes checked, their references followed.

A provision's hash is over its meaning and its words, so that a decision made on it lapses when either changes and not
when its file is laid out anew.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from ..language import tree
from ..language.diagnostics import did_you_mean
from .conditions import Names, Scope, canonical, resolve_condition
from .documents import absolute, asks_platform, day, offering_named
from .graph import reachable
from .model import Archived, Document, Duty, Exemption, Offering, Platform, Provision, Reported, Topic
from .vocabulary import citation


def resolve_provision(
    block: tree.Provision,
    document: Document,
    platform: Platform,
    names: Names,
    topics: dict[str, Topic],
    regulations: dict[str, str],
    offerings: dict[str, Offering],
) -> Provision:
    """One provision, but for the check of what its references name (`check_references`)."""
    id = f"{document.id}/{block.name}"
    scope = Scope(document.id, platform)
    if block.name.text == "silence":
        names.error("M106", "'silence' is the name of the document's reserved silence", block.name.span)
    if block.kind == "require" and not block.that:
        names.error("M106", "a 'require' says what it requires with 'that'", block.name.span)
    _check_cited(block, document, names)
    when = resolve_condition(block.when, names, scope)
    exemptions = []
    for written in block.unless:
        approval = id if asks_platform(written.condition) else None
        condition = resolve_condition(written.condition, names, replace(scope, approval=approval))
        exemptions.append(Exemption(condition, approval, citation(written.citation, names), written.span))
    duties = []
    for that in block.that:
        duty = resolve_condition(that.duty, names, scope)
        _check_duty(duty, names)
        due = resolve_condition(that.when, names, scope) if that.when else None
        duties.append(Duty(duty, due, citation(that.citation, names), that.span))
    for topic in block.topics:
        if topic.text not in topics:
            names.error("M110", f"unknown topic '{topic}'", topic.span, did_you_mean(topic.text, topics))
    for see in block.sees:
        if see.regulation.text not in regulations:
            names.error(
                "M110",
                f"unknown regulation '{see.regulation}'",
                see.regulation.span,
                did_you_mean(see.regulation.text, regulations),
            )
    binds = [offering_named(name, document.platform, offerings, names) for name in block.offerings]
    if block.in_force and block.in_force.until and block.in_force.until.value <= block.in_force.start.value:
        names.error("M116", "the provision ends before it starts", block.in_force.until.span)
    overrides = tuple(absolute(n, document.platform, document.id) for o in block.overrides for n in o.provisions)
    lifted = [(o, citation(o.citation, names)) for o in block.overrides]
    lift = block.may_lift
    provision = Provision(
        id=id,
        kind=block.kind,
        title=block.title.text,
        document=document.id,
        citation=citation(block.citation, names),
        when=when,
        exemptions=tuple(exemptions),
        duties=tuple(duties),
        overrides=overrides,
        override_citations=tuple(c for o, c in lifted for _ in o.provisions),
        may_lift=None
        if lift is None
        else tuple(absolute(n, document.platform, document.id) for n in lift.provisions) or "all",
        offerings=frozenset(binds) or None,
        topics=tuple(t.text for t in block.topics),
        notes=tuple(n.text for n in block.notes),
        regulations=tuple((s.regulation.text, s.where.text if s.where else None) for s in block.sees),
        start=day(block.in_force.start) if block.in_force else None,
        until=day(block.in_force.until) if block.in_force else None,
        hash="",
        span=block.name.span,
        lift_citation=citation(lift.citation if lift else tree.NO_CITATION, names),
    )
    return replace(provision, hash=_hash(provision, names))


def _check_duty(duty: tree.Condition, names: Names) -> None:
    match duty:
        case tree.And(items) | tree.Or(items):
            for item in items:
                _check_duty(item, names)
        case tree.Holds(name) if name.text in names.facts:
            if names.facts[name.text].role != "safeguard":
                names.error(
                    "M107", f"'{name}' is no safeguard", name.span, "a 'that' names safeguards, joined by 'and' or 'or'"
                )
        case tree.Holds(name) if name.text in names.defines:
            _check_duty(names.defines[name.text].condition, names)
        case tree.Holds():
            pass  # unknown: said already
        case _:
            names.error(
                "M107",
                "a 'that' names safeguards, joined by 'and' or 'or'",
                duty.span,
                "say when it is due with 'that … when …'",
            )


def _check_cited(block: tree.Provision, document: Document, names: Names) -> None:
    if isinstance(document.evidence, (Archived, Reported)) and not (block.citation.quote and block.citation.section):
        missing = "section" if block.citation.quote else "quote"
        names.error(
            "M108",
            f"'{block.name}' has no {missing}",
            block.name.span,
            "every provision of a text at hand cites its section and quotes 4 to 12 of its words",
        )


def _hash(provision: Provision, names: Names) -> str:
    parts = [
        provision.kind,
        canonical(provision.when, names),
        *(f"unless {canonical(e.condition, names)}" for e in provision.exemptions),
        *(f"that {canonical(d.duty, names)} when {canonical(d.when, names)}" for d in provision.duties),
        *(f"overrides {o}" for o in sorted(provision.overrides)),
        f"lifts {provision.may_lift}",
        f"for {sorted(provision.offerings or ())}",
        f"{provision.start} {provision.until}",
        f"section {provision.citation.section}",
        *provision.citation.quote,
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def check_references(
    provisions: dict[str, Provision], documents: dict[str, Document], blocks: dict[str, tree.Provision], names: Names
) -> None:
    """What each `overrides` and `may lift` names exists, is of a kind that can be lifted, and does not prevail."""
    prevails = {d.id: _yielded(documents, d.id) for d in documents.values()}
    for id, block in blocks.items():
        here = documents[provisions[id].document]
        lists = [*block.overrides, *((block.may_lift,) if block.may_lift else ())]
        for name in (n for clause in lists for n in clause.provisions):
            target = provisions.get(absolute(name, here.platform, here.id))
            if target is None:
                known = [p.removeprefix(f"{here.id}/").removeprefix(f"{here.platform}/") for p in provisions]
                names.error("M115", f"unknown provision '{name}'", name.span, did_you_mean(name.text, known))
            elif target.id == id:
                names.error("M115", f"'{name}' names itself", name.span)
            elif target.kind == "reserve":
                names.error(
                    "M106", f"'{name}' is a 'reserve', which never bites", name.span, "there is nothing to lift"
                )
            elif block.kind == "permit" and target.document in prevails[here.id]:
                names.error(
                    "M109",
                    f"'{name}' prevails over '{block.name}', so it cannot be overridden",
                    name.span,
                    f"'{here.id}' yields to '{target.document}'",
                )


def _yielded(documents: dict[str, Document], start: str) -> frozenset[str]:
    edges = {d.id: d.yields_to for d in documents.values()}
    return reachable(edges, start) - {start}
