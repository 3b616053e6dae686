"""Two rule sets over one vocabulary, so that a plan can be put to both.

The facts, terms, readings and approvals of both are put together; where the two define one differently, the later
definition holds for both sides, and the change is told. So a plan is one that the later vocabulary can say, with the
questions, terms and choices that only the earlier has beside it: to the rules that do not read those they are free.
The earlier conditions are read over this vocabulary where they still mean something there; where not, `unread` says why,
and what they stand in is not compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..language import tree
from ..language.format import format_condition
from ..rulebook.graph import at_or_below
from ..rulebook.model import Document, Fact, Reading, Rules, Term


@dataclass(frozen=True, slots=True)
class Change:
    """A fact, term or reading (`what`) that is added, removed or changed (`how`); `note` says in what."""

    what: str
    id: str
    how: str
    note: str = ""

    @property
    def words(self) -> str:
        """The change in a line."""
        return f"{self.what} '{self.id}' {self.how}{': ' if self.note else ''}{self.note}"


@dataclass(frozen=True, slots=True)
class Together:
    """Two rule sets over one vocabulary."""

    before: Rules
    after: Rules
    changes: tuple[Change, ...]
    unread: dict[str, str]
    """Provisions and documents of the earlier rules whose conditions mean nothing any more, and why."""


def together(before: Rules, after: Rules) -> Together:
    """Both rule sets, over the vocabulary of both."""
    if before is after:
        return Together(before, after, (), {})
    changes = (*_facts(before, after), *_terms(before, after), *_readings(before, after))
    terms = dict(sorted({**before.terms, **after.terms}.items()))
    below = at_or_below({t.id: t.under for t in terms.values()})
    told = {
        **{f.id: _alone(before, f) for f in before.facts.values()},
        **{f.id: _alone(after, f) for f in after.facts.values()},
    }
    facts = {
        id: replace(f, implies=tuple(i for i in f.implies if told[i].per == f.per)) for id, f in sorted(told.items())
    }
    readings = {
        id: _both(before.readings.get(id), after.readings.get(id)) for id in sorted({*before.readings, *after.readings})
    }
    first, second = (
        replace(rules, terms=terms, below=below, facts=facts, readings=readings) for rules in (before, after)
    )
    changed = any(c.how == "changed" for c in changes)
    return Together(
        first,
        second,
        changes,
        dict(_unread(before, first, frozenset({*before.facts} - {*after.facts}))) if changed else {},
    )


def _alone(rules: Rules, fact: Fact) -> Fact:
    """The fact with the defines in its `asked when` written out."""
    if fact.asked_when is None or not rules.defines:
        return fact
    return replace(fact, asked_when=_written_out(fact.asked_when, rules))


def _written_out(condition: tree.Condition, rules: Rules) -> tree.Condition:
    match condition:
        case tree.Not(item):
            return replace(condition, item=_written_out(item, rules))
        case tree.And(items) | tree.Or(items):
            return replace(condition, items=tuple(_written_out(item, rules) for item in items))
        case tree.Holds(name) if name.text in rules.defines:
            return _written_out(rules.defines[name.text].condition, rules)
        case _:
            return condition


def _both(before: Reading | None, after: Reading | None) -> Reading:
    """A reading with the choices of both sides."""
    if before is None or after is None:
        only = after or before
        assert only is not None, "a reading of one of the two"
        return only
    known = {id for id, _ in after.choices}
    return replace(after, choices=(*after.choices, *(c for c in before.choices if c[0] not in known)))


# -- what changed


def _facts(before: Rules, after: Rules) -> Iterator[Change]:
    """Changes of the facts, without the approvals that come with provisions."""
    for id in sorted({*before.facts, *after.facts}):
        old, new = before.facts.get(id), after.facts.get(id)
        if "/" in id:
            continue
        if old is None or new is None:
            yield Change((new or old).role, id, "added" if old is None else "removed")  # type: ignore[union-attr]
        elif notes := list(_fact_notes(_alone(before, old), _alone(after, new))):
            yield Change(new.role, id, "changed", "; ".join(notes))


def _fact_notes(old: Fact, new: Fact) -> Iterator[str]:
    if old.role != new.role:
        yield f"a {old.role} becomes a {new.role}"
    if (old.kind, old.domain) != (new.kind, new.domain):
        yield f"{_kind(old)} becomes {_kind(new)}"
    if old.asked_when != new.asked_when:
        whens = (format_condition(c) if c is not None else "always" for c in (old.asked_when, new.asked_when))
        yield "asked when {} becomes {}".format(*whens)
    if sorted(old.implies) != sorted(new.implies):
        yield f"implies {', '.join(old.implies) or 'nothing'} becomes {', '.join(new.implies) or 'nothing'}"
    if old.per != new.per:
        yield f"per {old.per or 'plan'} becomes per {new.per or 'plan'}"
    if old.for_counsel != new.for_counsel:
        yield "it is now for counsel" if new.for_counsel else "it is no longer for counsel"


def _kind(fact: Fact) -> str:
    named = {"flag": "yes or no", "one": "one of", "many": "many of", "number": "number of", "count": "count of"}
    return f"{named[fact.kind]} {fact.domain or ''}".strip()


def _terms(before: Rules, after: Rules) -> Iterator[Change]:
    for id in sorted({*before.terms, *after.terms}):
        old, new = before.terms.get(id), after.terms.get(id)
        if old is None or new is None:
            yield Change("term", id, "added" if old is None else "removed")
        elif sorted(old.under) != sorted(new.under):
            yield Change("term", id, "changed", f"under {_under(old)} becomes under {_under(new)}")


def _under(term: Term) -> str:
    return ", ".join(term.under) or "nothing"


def _readings(before: Rules, after: Rules) -> Iterator[Change]:
    for id in sorted({*before.readings, *after.readings}):
        old, new = before.readings.get(id), after.readings.get(id)
        if old is None or new is None:
            yield Change("reading", id, "added" if old is None else "removed")
            continue
        one, other = ({c for c, _ in reading.choices} for reading in (old, new))
        notes = [
            *(f"choice '{c}' removed" for c in sorted(one - other)),
            *(f"choice '{c}' added" for c in sorted(other - one)),
        ]
        if notes:
            yield Change("reading", id, "changed", "; ".join(notes))


# -- what no longer means anything


def _unread(before: Rules, shared: Rules, gone: frozenset[str]) -> Iterator[tuple[str, str]]:
    for provision in before.provisions.values():
        parts: list[tree.Condition | None] = [provision.when, *(e.condition for e in provision.exemptions)]
        parts += [part for d in provision.duties for part in (d.duty, d.when)]
        if why := _why(parts, before, shared, gone):
            yield provision.id, why
    for document in before.documents.values():
        if why := _why(_gates(document), before, shared, gone):
            yield document.id, why


def _gates(document: Document) -> list[tree.Condition | None]:
    return [document.applies_when, *(i.when for i in document.incorporates)]


def _why(conditions: list[tree.Condition | None], before: Rules, shared: Rules, gone: frozenset[str]) -> str:
    whys = (why for one in conditions if one is not None for why in _failing(one, before, shared, gone))
    return next(whys, "")


def _failing(condition: tree.Condition, before: Rules, shared: Rules, gone: frozenset[str]) -> Iterator[str]:
    """Why a test of the earlier rules means nothing over the vocabulary of both."""
    match condition:
        case tree.Not(item):
            yield from _failing(item, before, shared, gone)
        case tree.And(items) | tree.Or(items):
            for item in items:
                yield from _failing(item, before, shared, gone)
        case tree.Holds(name) if name.text in before.defines:
            yield from _failing(before.defines[name.text].condition, before, shared, gone)
        case tree.Holds(fact) | tree.Compare(fact) | tree.Test(fact):
            old, new = before.facts[fact.text], shared.facts[fact.text]
            if old.kind != new.kind or (isinstance(condition, tree.Compare) and old.domain != new.domain):
                yield f"it reads '{fact}' as {_kind(old)}, which is now {_kind(new)}"
            if isinstance(condition, tree.Test):
                domain = shared.below.get(new.domain or "", frozenset())
                for term in (*condition.terms, *condition.others):
                    if str(term) not in domain:
                        yield f"it tests '{fact}' for '{term}', which is no longer under '{new.domain}'"
            if new.asked_when is not None and fact.text in gone:
                yield from _failing(new.asked_when, before, shared, gone)
        case _:
            return
