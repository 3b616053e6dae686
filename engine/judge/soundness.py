"""Proved at load: refusing a safeguard or an approval, or adding an element to a list that is not empty, never removes
a conflict. So one harmless purpose in a list never clears the rest.

Polarity first: a condition is walked with its sign (does its truth push towards conflict or away from it?), and every
test that stands the wrong way is noted. Only where there is one is the solver asked for a pair of plans that shows
the harm; without such a pair the condition is sound all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..language import tree
from ..language.diagnostics import Diagnostic
from ..logic.formula import TRUE, Formula, conj, disj, neg
from ..logic.lower import lower
from ..logic.solver import Exact
from ..rulebook.graph import reachable
from ..rulebook.model import Document, Place, Provision, Rules, fact_of
from .governing import applies

TOWARDS, AWAY = 1, -1


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of which the proof is asked: `wrong` are the tests in it that push the wrong way, by its sign."""

    where: str
    wrong: tuple[tuple[str, tree.Span], ...]
    formula: Formula
    sign: int
    place: Place


def soundness_errors(rules: Rules) -> list[Diagnostic]:
    """Every way in which a rule set is not monotone, with its places."""
    return [error for one in sound_conditions(rules) for error in _proven_harm(rules, one)]


def errors_around(rules: Rules, id: str) -> list[Diagnostic]:
    """Those of the ways that can turn on one provision: its own, those of the permits that lift it, directly or through
    others, and of the documents of these."""
    lifting = {p.id: p.overrides for p in rules.provisions.values() if p.overrides}
    near = [rules.provisions[p] for p in sorted({id, *lifting}) if p == id or id in reachable(lifting, p)]
    documents = [rules.documents[d] for d in sorted({p.document for p in near})]
    return [error for one in _conditions_of(rules, near, documents) for error in _proven_harm(rules, one)]


def sound_conditions(rules: Rules) -> Iterator[Condition]:
    """Every condition of which the proof is asked. Where nothing in it is wrong, its polarity is the proof."""
    yield from _conditions_of(rules, rules.provisions.values(), rules.documents.values())
    for fact in rules.facts.values():
        if fact.role == "safeguard" and fact.asked_when is not None:
            place = Place("", "")
            wrong = tuple(_against(fact.asked_when, rules, AWAY))
            yield Condition(fact.id, wrong, lower(fact.asked_when, rules, place), AWAY, place)


def _conditions_of(rules: Rules, provisions: Iterable[Provision], documents: Iterable[Document]) -> Iterator[Condition]:
    signs = _permit_signs(rules)
    for provision in provisions:
        if provision.kind in ("prohibit", "require"):
            yield _of_provision(rules, provision, TOWARDS)
        elif provision.kind == "permit":
            for sign in sorted(signs[provision.id]):
                yield _of_provision(rules, provision, sign)
    for document in documents:
        yield from _of_gates(rules, document, signs)


def _permit_signs(rules: Rules) -> dict[str, set[int]]:
    """Which way each permit's truth pushes: away from conflict where it lifts a ban or answers a reserved silence, towards
    it where it takes such a permit away."""
    signs: dict[str, set[int]] = {p.id: set() for p in rules.provisions.values() if p.kind == "permit"}
    todo: list[tuple[str, int]] = []
    for provision in rules.provisions.values():
        if provision.kind != "permit":
            continue
        lifts = any(rules.provisions[t].kind != "permit" for t in provision.overrides)
        if lifts or rules.documents[provision.document].silence is not None:
            todo.append((provision.id, AWAY))
    while todo:
        id, sign = todo.pop()
        if sign not in signs[id]:
            signs[id].add(sign)
            todo += [(p.id, -sign) for p in rules.provisions.values() if p.kind == "permit" and id in p.overrides]
    return signs


def _of_provision(rules: Rules, provision: Provision, sign: int) -> Condition:
    wrong = [*_against(provision.when, rules, sign)]
    for exemption in provision.exemptions:
        wrong += _against(exemption.condition, rules, -sign)
    for duty in provision.duties:
        if duty.when is not None:
            wrong += _against(duty.when, rules, sign)
    place = _somewhere(rules, rules.documents[provision.document])
    formula = applies(rules, provision, place) if wrong else TRUE
    if wrong and provision.duties:
        formula = conj(
            (
                formula,
                disj(conj((lower(d.when, rules, place), neg(lower(d.duty, rules, place)))) for d in provision.duties),
            )
        )
    return Condition(provision.id, tuple(wrong), formula, sign, place)


def _of_gates(rules: Rules, document: Document, signs: dict[str, set[int]]) -> Iterator[Condition]:
    lifts_elsewhere = any(
        rules.provisions[target].document != document.id
        for p in document.provisions
        if signs.get(p)
        for target in rules.provisions[p].overrides
    )
    place = _somewhere(rules, document)
    for condition in (document.applies_when, *(i.when for i in document.incorporates)):
        if condition is not None:
            for sign in (TOWARDS, AWAY) if lifts_elsewhere else (TOWARDS,):
                wrong = tuple(_against(condition, rules, sign))
                yield Condition(document.id, wrong, lower(condition, rules, place), sign, place)


def _somewhere(rules: Rules, document: Document) -> Place:
    platform = rules.platforms.get(document.platform)
    return Place(document.platform, platform.offerings[0] if platform and platform.offerings else document.platform)


def _against(
    condition: tree.Condition, rules: Rules, sign: int, span: tree.Span | None = None
) -> Iterator[tuple[str, tree.Span]]:
    """The fact and place of each test that pushes the wrong way when its condition pushes by `sign`."""
    match condition:
        case tree.Not(item):
            yield from _against(item, rules, -sign, span)
        case tree.And(items) | tree.Or(items):
            for item in items:
                yield from _against(item, rules, sign, span)
        case tree.Holds(name) if name.text in rules.defines:
            yield from _against(rules.defines[name.text].condition, rules, sign, span or name.span)
        case tree.Holds(name):
            if rules.facts[name.text].role in ("safeguard", "approval") and sign == TOWARDS:
                yield name.text, span or name.span
        case tree.Test(name, operator, terms, others):
            fact = rules.facts[name.text]
            everything = not others and any(str(t) == fact.domain for t in terms)
            if fact.kind == "many" and not everything and (sign == TOWARDS) == (operator == "is only"):
                yield name.text, span or name.span
        case _:
            pass


def _proven_harm(rules: Rules, one: Condition) -> Iterator[Diagnostic]:
    for id in dict.fromkeys(fact for fact, _ in one.wrong):
        exact = Exact(rules, one.place)
        literal = one.sign * exact.literal(one.formula)
        key = next((k for k in exact.own if k not in rules.readings and fact_of(k) == id), None)
        if key is None:
            exact.close()
            continue
        fact = rules.facts[id]
        others = [k for k in exact.own if k != key]
        if fact.kind == "many":
            some = exact.either(exact.own[key])
            harm = exact.solve_pair([], [literal, some], [-literal], others, grows=key)
        else:
            harm = exact.solve_pair([], [literal, exact.own[key][0]], [-literal, -exact.own[key][0]], others)
        exact.close()
        if not harm:
            continue
        span = next(s for f, s in one.wrong if f == id)
        if fact.kind == "many":
            yield Diagnostic(
                "M120",
                f"one more element of '{id}' could remove a conflict of '{one.where}'",
                span,
                "'includes' stands where truth pushes towards conflict, 'is only' where it pushes away",
            )
        else:
            yield Diagnostic(
                "M121",
                f"refusing '{id}' could remove a conflict of '{one.where}'",
                span,
                f"an act that the text forbids is a fact; a {fact.role} may stand in 'unless', 'that' or under 'not'",
            )
