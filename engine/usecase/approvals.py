"""Approvals that a plan says it has: `platform/name`, a bare name, or the provision that asks for the consent.

`openai/health-addendum` is the approval `health-addendum` of one platform. `health-addendum` alone is that of every
platform named under `platforms`, and an error where none is named: a consent is never presumed for a counterparty
that the plan does not mention. `platform/document/provision` and `platform/document/silence` are the consents that
provisions create.
"""

from __future__ import annotations

from ..language.diagnostics import clip, did_you_mean
from ..language.tree import Span
from ..rulebook.model import Fact, Rules
from .findings import Findings
from .places import read_place
from .values import says_dont_know
from .yaml_nodes import Items, Node, Scalar, written


def read_approvals(rules: Rules, node: Node, offerings: tuple[str, ...] | None, found: Findings) -> dict[str, Span]:
    """The keys of the approvals given, each with its place. `offerings` are those the plan names, None for all."""
    given: dict[str, Span] = {}
    for item in node.items if isinstance(node, Items) else (node,):
        if not isinstance(item, Scalar):
            continue
        if not (word := written(item)):
            if isinstance(node, Items) or item.text is not None:
                found.add("M223", "an item of 'approvals' is empty", item.span, "write it or delete it")
            continue
        for key in _keys(rules, word, offerings, item.span, found):
            given.setdefault(key, item.span)
    return given


def _keys(rules: Rules, word: str, offerings: tuple[str, ...] | None, span: Span, found: Findings) -> tuple[str, ...]:
    name, at, scope = word.partition("@")
    if not at and "/" in word and word not in rules.facts:
        scope, _, name = word.rpartition("/")
    fact = rules.facts.get(name)
    if fact is None or fact.role != "approval":
        if word in rules.facts:
            role = rules.facts[word].role
            kind = "a fact" if role == "fact" else f"a {role}"
            found.add("M262", f"'{word}' is {kind}, not an approval", span, f"write '{word}: yes' under 'facts'")
        else:
            _unknown(rules, word, span, found)
        return ()
    if not scope:
        return (fact.id,) if fact.per is None else _for_named(rules, fact, offerings, span, found)
    if fact.per is None:
        found.add("M233", f"'{fact.id}' is not given per platform", span, f"write '{fact.id}'")
        return ()
    place = read_place(rules, scope, span, found)
    if place is None:
        return ()
    if fact.per == "offering":
        return tuple(f"{fact.id}@{o}" for o in place.offerings(rules))
    if place.offering:
        message = f"'{fact.id}' is given once per platform, not for '{place.offering}'"
        found.add("M233", message, span, f"write '{place.platform}/{fact.id}'")
        return ()
    return (f"{fact.id}@{place.platform}",)


def _for_named(
    rules: Rules, fact: Fact, offerings: tuple[str, ...] | None, span: Span, found: Findings
) -> tuple[str, ...]:
    """The keys of an approval without a place: one for each platform or offering that the plan names."""
    if offerings is None:
        example = min(rules.platforms, default="platform")
        help = f"write the platform before it, such as '{example}/{fact.id}'"
        found.add("M263", f"'{fact.id}' does not say which {fact.per} gave it", span, help)
        return ()
    if fact.per == "offering":
        return tuple(f"{fact.id}@{o}" for o in offerings)
    return tuple(f"{fact.id}@{p}" for p in dict.fromkeys(rules.offerings[o].platform for o in offerings))


def _unknown(rules: Rules, word: str, span: Span, found: Findings) -> None:
    """An approval that does not exist, by what else the word is."""
    document, _, last = word.rpartition("/")
    if word in rules.provisions:
        message = f"the text of '{word}' gives no way to approve what it says"
        help = "where a contract of your own allows it, add that contract's rules"
        found.add("M261", message, span, help)
    elif last == "silence" and document in rules.documents:
        message = f"'{document}' does not reserve what it is silent about, so nothing is to be approved"
        found.add("M261", message, span, "delete the item")
    elif says_dont_know(word):
        found.add("M260", f"'{clip(word)}' is no approval", span, "list only those that were given")
    else:
        known = [f.id for f in rules.facts.values() if f.role == "approval"]
        known += [f"{p}/{f}" for f in known if rules.facts[f].per for p in rules.platforms]
        ends = [k for k in known if "/" in k and k.endswith("/" + word)]
        near = f"did you mean '{ends[0]}'?" if len(ends) == 1 else did_you_mean(word, known)
        found.add("M260", f"unknown approval '{clip(word)}'", span, near)
