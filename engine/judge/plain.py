"""Conditions in plain words, for readers who do not know the language: the question, and the answer that is asked for.

Every test of the language has one wording here, with its negation beside it, so that a `not` before a test reads as a
sentence. Terms appear as their gloss with the id after it, since a plan is written with the ids.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..language import tree
from ..rulebook.model import Place, Rules, fact_of

MOST_TERMS = 8
"""Terms that one test names; past that they are counted."""


def plain(
    condition: tree.Condition, rules: Rules, place: Place, negated: bool = False, first: frozenset[str] = frozenset()
) -> str:
    """A resolved condition as a phrase that is true or false of a plan. Of many terms those in `first` are named."""
    match condition:
        case tree.Always():
            return "never" if negated else "in every case"
        case tree.Not(item):
            return plain(item, rules, place, not negated, first)
        case tree.And(items) | tree.Or(items):
            joined = " and " if isinstance(condition, tree.And) != negated else " or "
            return joined.join(_bracketed(item, rules, place, negated) for item in items)
        case tree.Holds(name) if name.text in rules.defines:
            return f"{'not ' if negated else ''}{named(name.text)}"
        case tree.Holds(name):
            return f"{asks(rules, place.key(rules.facts[name.text]))} – {'no' if negated else 'yes'}"
        case tree.ReadingIs(reading, choice):
            glosses = dict(rules.readings[reading.text].choices)
            verb = "not read as" if negated else "read as"
            return (
                f"{rules.readings[reading.text].question} – {verb} {gloss(glosses.get(choice.text, ''), choice.text)}"
            )
        case tree.Compare(name, operator, number):
            fact = rules.facts[name.text]
            unit = f" {fact.domain}" if fact.domain else ""
            asked = asks(rules, place.key(fact))
            return f"{asked} – {'not ' if negated else ''}{operator} {number.text}{unit}"
        case tree.Test(name):
            return f"{asks(rules, place.key(rules.facts[name.text]))} – {_test(condition, rules, negated, first)}"
        case _:
            raise TypeError(f"not a resolved condition: {condition!r}")


def _bracketed(condition: tree.Condition, rules: Rules, place: Place, negated: bool) -> str:
    """A part of an `and` or `or`; in parentheses where it is itself one."""
    inner = condition.item if isinstance(condition, tree.Not) else condition
    text = plain(condition, rules, place, negated)
    return f"({text})" if isinstance(inner, tree.And | tree.Or) else text


def _test(test: tree.Test, rules: Rules, negated: bool, first: frozenset[str]) -> str:
    """What a list or a choice is tested for."""
    domain = rules.facts[test.fact.text].domain
    terms = [str(t) for t in test.terms]
    if len(terms) > MOST_TERMS:
        terms.sort(key=lambda t: t not in first)
    others = [str(t) for t in test.others]
    not_ = "not " if negated else ""
    if domain in terms:
        rest = f" other than {either(rules, others)}" if others else ""
        return f"{'nothing' if negated else 'anything'}{rest or ' at all'}"
    without = f", {either(rules, others)} aside" if others else ""
    match test.operator:
        case "is only":
            return f"{not_}only {either(rules, terms)}"
        case "is not":
            return (
                f"{'' if negated else 'something other than '}{either(rules, terms)}{' or nothing' if negated else ''}"
            )
        case "is" | "is any of":
            return f"{not_}{either(rules, terms)}{without}"
        case _:
            return f"{not_}including {either(rules, terms)}{without}"


def either(rules: Rules, terms: Iterable[str]) -> str:
    """Terms joined with "or", the rest counted past `MOST_TERMS`."""
    words = [term_words(rules, term) for term in terms]
    if len(words) > MOST_TERMS:
        words = [*words[: MOST_TERMS - 1], f"{len(words) - MOST_TERMS + 1} more"]
    return " or ".join(words)


def term_words(rules: Rules, term: str) -> str:
    """`Norway [norway]`; a term's gloss with the id that a plan writes."""
    one = rules.terms.get(term)
    return gloss(one.gloss, term) if one else term


def gloss(text: str, id: str) -> str:
    """A gloss and its id."""
    return f'"{text}" [{id}]' if text else id


def named(define: str) -> str:
    """A definition's name as words: `learns from output`."""
    return f"“{define.rpartition('/')[2].replace('-', ' ')}”"


def asks(rules: Rules, key: str) -> str:
    """The question of a key; of an approval that a clause creates, who would have agreed to what."""
    id = fact_of(key)
    document = rules.documents.get(id.rpartition("/")[0])
    platform = rules.platforms.get(document.platform) if document else None
    if rules.facts[id].role == "approval" and document is not None and platform is not None:
        if id in rules.provisions:
            return (
                f"Has {platform.title} agreed to an exception from ‘{rules.provisions[id].title}’ ({document.title})?"
            )
        return f"Has {platform.title} given permission beyond the text of {document.title}?"
    return rules.asks(key)


def granted_by(rules: Rules, key: str) -> str:
    """Who gives an approval: the platform of its clause or scope, else whoever its question names."""
    id, _, scope = key.partition("@")
    document = rules.documents.get(id.rpartition("/")[0])
    platform = rules.platforms.get(document.platform if document else scope.partition("/")[0])
    return platform.title if platform else "the one named in the question"
