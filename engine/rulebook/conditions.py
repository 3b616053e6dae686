"""Names in conditions become ids, checked against what they name.

A condition is rewritten node by node: a bare name is a flag fact or a define, `this vendor` the document's vendor term,
a reading its full id, `approved by platform` the approval of the provision it stands in. Whatever cannot be that is a
diagnostic with the nearest name that could; the rewritten condition is then still returned, so that all errors of a
load are found together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..language import tree
from ..language.diagnostics import Diagnostic, did_you_mean, one_of
from ..language.format import format_condition
from .model import Define, Fact, Platform, Reading, Term

LIST_TESTS = ("includes", "includes any of", "is only")
VALUE_TESTS = ("is", "is any of", "is not")


@dataclass
class Names:
    """Everything that a condition may name, and the errors found so far. Filled by `resolve` in stages."""

    terms: dict[str, Term] = field(default_factory=dict)
    below: dict[str, frozenset[str]] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    defines: dict[str, Define] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)

    def error(self, code: str, message: str, span: tree.Span, help: str | None = None) -> None:
        """Note one error."""
        self.found.append(Diagnostic(code, message, span, help))


@dataclass(frozen=True)
class Scope:
    """Where a condition stands: in the vocabulary (both None) or in a document of a platform. `approval` is the id that
    `approved by platform` means, None where it may not stand; `instead` then says what may."""

    document: str | None = None
    platform: Platform | None = None
    approval: str | None = None
    instead: str = "write it as an 'unless' of its own, or in one with 'and'"


def resolve_condition(condition: tree.Condition, names: Names, scope: Scope) -> tree.Condition:
    """The condition with ids for names; errors are noted in `names`."""
    match condition:
        case tree.Always():
            return condition
        case tree.Not(item):
            if isinstance(item, tree.ApprovedByPlatform):
                names.error(
                    "M112",
                    "'not approved by platform' turns a consent into a condition",
                    condition.span,
                    "an approval may only lift: write 'unless approved by platform'",
                )
            return replace(condition, item=resolve_condition(item, names, scope))
        case tree.And(items) | tree.Or(items):
            return replace(condition, items=tuple(resolve_condition(item, names, scope) for item in items))
        case tree.ApprovedByPlatform():
            if scope.approval is None:
                names.error(
                    "M112",
                    "'approved by platform' may only stand in an 'unless'",
                    condition.span,
                    scope.instead,
                )
                return tree.Always(condition.span)
            return tree.Holds(tree.Name(scope.approval, condition.span), condition.span)
        case tree.Holds(name):
            return _holds(condition, name, names, scope)
        case tree.Test():
            return _test(condition, names, scope)
        case tree.Compare(name, _, number):
            fact = _fact(name, names)
            if fact is not None:
                if fact.kind not in ("number", "count"):
                    names.error("M111", f"'{name}' is not a number", name.span, _how_to_ask(fact))
                elif fact.kind == "count" and number.value != number.value.to_integral_value():
                    names.error("M111", f"'{name}' is a whole number, '{number.text}' is not", number.span)
            return condition
        case tree.ReadingIs(reading, choice):
            return _reading(condition, reading, choice, names, scope)


def _holds(node: tree.Holds, name: tree.Name, names: Names, scope: Scope) -> tree.Condition:
    scoped = f"{scope.document}/{name}" if scope.document else None
    if scoped in names.defines:
        return replace(node, name=replace(name, text=scoped))
    if name.text in names.defines:
        return node
    fact = names.facts.get(name.text)
    if fact is not None:
        if fact.kind != "flag":
            names.error("M111", f"'{name}' is not a yes-or-no question", name.span, _how_to_ask(fact))
        return node
    if name.text in names.terms:
        facts = takers(name.text, names)
        names.error(
            "M110",
            f"'{name}' is a term, which is neither true nor false",
            name.span,
            "did you mean a comma? a list is written 'a, b, c'"
            if not facts
            else f"did you mean a comma before it, or '{facts[0].id} "
            f"{'includes' if facts[0].kind == 'many' else 'is'} {name}'?",
        )
        return node
    known = [f.id for f in names.facts.values() if f.kind == "flag"]
    known += [id.rpartition("/")[2] for id, d in names.defines.items() if d.document in (None, scope.document)]
    elsewhere = sorted(d.document for id, d in names.defines.items() if d.document and id == f"{d.document}/{name}")
    other = f"it is a define of {one_of(elsewhere)}, and has a meaning there only" if elsewhere else None
    names.error("M110", f"unknown name '{name}'", name.span, other or did_you_mean(name.text, known))
    return node


def takers(term: str, names: Names) -> list[Fact]:
    """The facts whose answers can name the term."""
    asked = (f for f in names.facts.values() if f.kind in ("one", "many"))
    return [f for f in asked if f.domain in names.below and term in names.below[f.domain]]


def _fact(name: tree.Name, names: Names) -> Fact | None:
    fact = names.facts.get(name.text)
    if fact is None:
        what = "is a define, which is true or false as it stands" if name.text in names.defines else None
        what = "is a term, not a fact" if name.text in names.terms else what
        names.error(
            "M110",
            f"'{name}' {what}" if what else f"unknown fact '{name}'",
            name.span,
            None if what else did_you_mean(name.text, names.facts),
        )
    return fact


def _how_to_ask(fact: Fact) -> str:
    match fact.kind:
        case "flag":
            return f"it is a yes-or-no question: write '{fact.id}' alone"
        case "many":
            return f"it is a list: write '{fact.id} includes …' or '{fact.id} is only …'"
        case "one":
            return f"it has one value: write '{fact.id} is …' or '{fact.id} is any of …'"
        case _:
            return f"it is a number: write '{fact.id} at least …'"


def _test(node: tree.Test, names: Names, scope: Scope) -> tree.Condition:
    fact = _fact(node.fact, names)
    if (
        fact is not None
        and not (fact.kind == "many" and node.operator in LIST_TESTS)
        and not (fact.kind == "one" and node.operator in VALUE_TESTS)
    ):
        names.error("M111", f"'{node.operator}' does not fit '{node.fact}'", node.fact.span, _how_to_ask(fact))
        fact = None
    terms = tuple(_term(t, fact, names, scope) for t in node.terms)
    others = tuple(_term(t, fact, names, scope) for t in node.others)
    return replace(node, terms=terms, others=others)


def _term(written: tree.Name | tree.This, fact: Fact | None, names: Names, scope: Scope) -> tree.Name:
    if isinstance(written, tree.This):
        if scope.platform is None:
            names.error(
                "M113",
                f"'this {written.what}' stands outside a document",
                written.span,
                "name the term itself in the vocabulary",
            )
            return tree.Name("", written.span)
        meant = scope.platform.vendor if written.what == "vendor" else scope.platform.id
        if meant is None:
            names.error(
                "M113",
                f"platform '{scope.platform.id}' names no vendor",
                written.span,
                "add 'vendor TERM' to its platform block",
            )
            return tree.Name("", written.span)
        name = tree.Name(meant, written.span)
    else:
        name = written
    if name.text not in names.terms:
        domain = names.below.get(fact.domain or "", frozenset()) if fact else names.terms.keys()
        kind = "a fact or define" if name.text in names.facts or name.text in names.defines else None
        names.error(
            "M110",
            f"'{name}' is {kind}, not a term" if kind else f"unknown term '{name}'",
            name.span,
            did_you_mean(name.text, domain),
        )
    elif fact is not None and fact.domain in names.below and name.text not in names.below[fact.domain]:
        names.error(
            "M111",
            f"'{name}' is not a kind of '{fact.domain}', which '{fact.id}' asks for",
            name.span,
            did_you_mean(name.text, names.below[fact.domain]),
        )
    return name


def _reading(node: tree.ReadingIs, written: tree.Name, choice: tree.Name, names: Names, scope: Scope) -> tree.Condition:
    wanted = [f"{scope.document}/{written}" if scope.document else "", written.text]
    if scope.platform and written.text.count("/") == 1:
        wanted.append(f"{scope.platform.id}/{written}")
    id = next((w for w in wanted if w in names.readings), None)
    if id is None:
        known = [r.rpartition("/")[2] for r, x in names.readings.items() if x.document in (None, scope.document)]
        names.error("M114", f"unknown reading '{written}'", written.span, did_you_mean(written.text, known))
        return node
    choices = [c for c, _ in names.readings[id].choices]
    if choice.text not in choices:
        names.error(
            "M114",
            f"reading '{written}' has no choice '{choice}'",
            choice.span,
            did_you_mean(choice.text, choices, f"its choices are {', '.join(choices)}"),
        )
    return replace(node, reading=replace(written, text=id))


def mentioned(condition: tree.Condition, names: Names) -> Iterator[tuple[Fact | Reading, tree.Span]]:
    """Every fact and reading that a resolved condition reads, through its defines, each with the place in `condition`."""
    todo: list[tuple[tree.Condition, tree.Span | None]] = [(condition, None)]
    seen: set[str] = set()
    while todo:
        node, place = todo.pop()
        match node:
            case tree.Not(item):
                todo.append((item, place))
            case tree.And(items) | tree.Or(items):
                todo += [(item, place) for item in reversed(items)]
            case tree.Holds(name) if name.text in names.defines:
                if name.text not in seen:
                    seen.add(name.text)
                    todo.append((names.defines[name.text].condition, place or name.span))
            case tree.Holds(name) | tree.Test(name) | tree.Compare(name):
                if name.text in names.facts:
                    yield names.facts[name.text], place or name.span
            case tree.ReadingIs(reading):
                if reading.text in names.readings:
                    yield names.readings[reading.text], place or reading.span
            case _:
                pass


def canonical(condition: tree.Condition | None, names: Names) -> str:
    """What a resolved condition means, in one line for hashing: its words, then those of every define it leans on."""
    if condition is None:
        return ""
    leaned: dict[str, str] = {}
    todo = [condition]
    while todo:
        match todo.pop():
            case tree.Not(item):
                todo.append(item)
            case tree.And(items) | tree.Or(items):
                todo += items
            case tree.Holds(name) if name.text in names.defines and name.text not in leaned:
                leaned[name.text] = format_condition(names.defines[name.text].condition)
                todo.append(names.defines[name.text].condition)
    return "; ".join([format_condition(condition), *(f"{id} as {text}" for id, text in sorted(leaned.items()))])
