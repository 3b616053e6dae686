"""What a word that is no fact might have been meant as: a term, a reading, a define, or a fact misspelt."""

from __future__ import annotations

from collections.abc import Iterable

from ..language.diagnostics import clip, did_you_mean
from ..language.tree import Span
from ..rulebook.model import Fact, Rules
from .findings import Findings
from .values import read_flag
from .yaml_nodes import Node, Scalar


def report_unknown_fact(rules: Rules, name: str, span: Span, node: Node | None, found: Findings) -> None:
    """Add the diagnostic of a name under `facts` that is no fact, with what it may have been meant as."""
    found.add("M230", f"unknown fact '{clip(name)}'", span, _fact_help(rules, name, node))


def _fact_help(rules: Rules, name: str, node: Node | None) -> str | None:
    if name in rules.terms and (fact := fact_for(rules, name)):
        if fact.domain == name:
            return f"'{name}' is what '{fact.id}' asks for; did you mean '{fact.id}'?"
        negated = isinstance(node, Scalar) and read_flag(node.text or "") is False
        term = f"not {name}" if negated else name
        example = f"[{term}]" if fact.kind == "many" else term
        return f"'{name}' is a term; did you mean '{fact.id}: {example}'?"
    if name in rules.defines:
        return f"'{name}' is defined from other facts; answer those"
    if ends_with(name, rules.readings):
        return f"'{name}' is a reading; it is settled in a readings file"
    if name in rules.provisions:
        return "it is a provision; a consent to it goes under 'approvals', if its text allows one"
    plain = name.lower().replace("_", "-").replace(" ", "-")
    answerable = [f.id for f in rules.facts.values() if not f.for_counsel]
    near = did_you_mean(plain, answerable)
    if near is None and (term_near := did_you_mean(plain, rules.terms)):
        term = term_near.split("'")[1]
        if fact := fact_for(rules, term):
            return f"did you mean '{fact.id}: {f'[{term}]' if fact.kind == 'many' else term}'?"
    return near


def fact_for(rules: Rules, term: str) -> Fact | None:
    """The fact of the narrowest domain that a term can answer."""
    taking = [f for f in rules.facts.values() if f.domain and term in rules.below.get(f.domain, ())]
    return min(
        taking, key=lambda f: (f.for_counsel, f.per is not None, len(rules.below[f.domain or ""]), f.id), default=None
    )


def ends_with(name: str, ids: Iterable[str]) -> list[str]:
    """The ids that are this name, or end with it after a slash."""
    return [i for i in ids if i == name or i.endswith("/" + name)]
