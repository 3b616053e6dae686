"""Syntax trees to text, in the plainest layout: what the generator tables to the engine.

Deliberately not the engine's formatter, so that a mistake of the formatter cannot hide one of the parser. It writes
what `generate.py` and `expect.py` make and no more.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..language import tree as t

_KINDS = {"flag": "yes or no", "one": "one of", "many": "many of", "number": "number of", "count": "count of"}


def write(file: t.File) -> str:
    """A whole file."""
    return "\n".join(block(b) for b in file.blocks) + "\n"


def condition(c: t.Condition) -> str:
    """A condition, with parentheses wherever they may be needed."""
    match c:
        case t.Always():
            return "always"
        case t.ApprovedByPlatform():
            return "approved by platform"
        case t.Holds(name):
            return name.text
        case t.ReadingIs(reading, choice):
            return f"reading {reading} is {choice}"
        case t.Compare(fact, operator, number):
            return f"{fact} {operator} {number.text}"
        case t.Test(fact, operator, terms, others):
            rest = f" other than {_list(others)}" if others else ""
            return f"{fact} {operator} {_list(terms)}{rest}"
        case t.Not(t.Holds(name)):
            return f"not {name}"
        case t.Not(item):
            return f"not ({condition(item)})"
        case t.And(items) | t.Or(items):
            joint = " and " if isinstance(c, t.And) else " or "
            return joint.join(f"({condition(x)})" if isinstance(x, (t.And, t.Or)) else condition(x) for x in items)


def block(b: t.Block) -> str:
    """A block, one clause a line."""
    match b:
        case t.Term():
            return _join(f'term {b.name} "{b.gloss}"', _clause("under", b.under), b.since and f"since {b.since}")
        case t.Fact():
            return _join(
                f'{b.role} {b.name} "{b.question}"',
                b.role == "fact" and f"{_KINDS[b.type.kind]} {b.type.domain or ''}",
                b.asked_when and f"asked when {condition(b.asked_when)}",
                _clause("implies", b.implies),
                b.per and f"per {b.per}",
                b.for_counsel and "for counsel",
            )
        case t.Define():
            return _join(f"define {b.name} as {condition(b.condition)}", _citation(b.citation))
        case t.Topic():
            return f'topic {b.name} "{b.gloss}"'
        case t.Reading():
            choices = [f'choice {c.name} "{c.gloss}"' for c in b.choices]
            return _join(f'reading {b.name} "{b.question}"', _citation(b.citation), *choices)
        case t.Platform():
            offerings = [f'offering {o.name} "{o.title}" under {_list(o.under)}' for o in b.offerings]
            return _join(f'platform {b.name} "{b.title}"', b.vendor and f"vendor {b.vendor}", *offerings)
        case t.Document():
            return _document(b)
        case t.Provision():
            return _provision(b)
        case t.Expect():
            return _join(
                f'expect "{b.title}"',
                f"{t.CLAIMS[b.claim.kind]} {_list(b.claim.names)}",
                b.when and f"when {condition(b.when)}",
                _clause("for", b.offerings),
                b.note and f'note "{b.note}"',
            )
    raise TypeError(b)


def _document(d: t.Document) -> str:
    dates = {"captured": d.captured, "seen": d.seen, "updated": d.updated, "effective": d.effective}
    return _join(
        f'document {d.name} "{d.title}"',
        d.kind and f"kind {d.kind}",
        d.source and f'source "{d.source}"',
        _evidence(d.evidence),
        *(day and f"{name} {day.value}" for name, day in dates.items()),
        *(f"yields to {y.document} {_citation(y.citation)}" for y in d.yields_to),
        d.applies_when and f"applies when {condition(d.applies_when.condition)} {_citation(d.applies_when.citation)}",
        *(
            f"incorporates {i.document} {f'when {condition(i.when)}' if i.when else ''} {_citation(i.citation)}"
            for i in d.incorporates
        ),
        d.silence_reserved and f"silence is reserved {_citation(d.silence_reserved.citation)}",
        d.encoded and f"encoded {d.encoded.value}",
        d.coverage and ("coverage whole" if d.coverage.whole else f'coverage partial "{d.coverage.note}"'),
    )


def _evidence(evidence: t.Archive | t.Own | t.Reported | None) -> str | None:
    match evidence:
        case t.Own():
            return f'own "{evidence.file}"'
        case t.Reported():
            return f'reported by "{evidence.by}" on {evidence.on.value}'
        case t.Archive():
            commit = f'commit {evidence.commit} sha256 "{evidence.sha256}"'
            return f'archive {evidence.collection} "{evidence.path}" {commit}'
    return None


def _provision(p: t.Provision) -> str:
    force = p.in_force and f"in force {p.in_force.start.value}"
    if p.in_force and p.in_force.until:
        force = f"{force} until {p.in_force.until.value}"
    lifted = p.may_lift and (_list(p.may_lift.provisions) or "all")
    return _join(
        f'{p.kind} {p.name} "{p.title}"',
        _citation(p.citation),
        force,
        f"when {condition(p.when)}",
        *(f"unless {condition(u.condition)} {_citation(u.citation)}" for u in p.unless),
        *(
            f"that {condition(d.duty)} {f'when {condition(d.when)}' if d.when else ''} {_citation(d.citation)}"
            for d in p.that
        ),
        *(f"overrides {_list(o.provisions)} {_citation(o.citation)}" for o in p.overrides),
        lifted and f"may lift {lifted}",
        _clause("for", p.offerings),
        _clause("topic", p.topics),
    )


def _citation(c: t.Citation) -> str:
    section = f'section "{c.section}" ' if c.section else ""
    return section + ("quote " + " then ".join(f'"{q}"' for q in c.quote) if c.quote else "")


def _clause(word: str, names: Iterable[object]) -> str | None:
    return f"{word} {_list(names)}" if names else None


def _list(names: Iterable[object]) -> str:
    return ", ".join(f"this {x.what}" if isinstance(x, t.This) else str(x) for x in names)


def _join(*clauses: object) -> str:
    return "\n  ".join(str(clause).strip() for clause in clauses if clause) + "\n"
