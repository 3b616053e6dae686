"""What the rules refer to: which facts, terms and readings a condition reads, and which provisions read a name.

For `list` and `explain` only: nothing here evaluates a condition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..language.tree import And, Compare, Condition, Holds, Not, Or, ReadingIs, Test
from ..rulebook.model import Provision, Rules


def names_in(condition: Condition | None, rules: Rules) -> Iterator[str]:
    """The ids of everything a condition names, through its defines, with repetitions."""
    waiting, met = [condition], set()
    while waiting:
        match waiting.pop():
            case And(items=items) | Or(items=items):
                waiting += items
            case Not(item=item):
                waiting.append(item)
            case Holds(name=name):
                yield name.text
                if name.text in rules.defines and name.text not in met:
                    met.add(name.text)
                    waiting.append(rules.defines[name.text].condition)
            case Test(fact=fact, terms=terms, others=others):
                yield fact.text
                yield from (str(getattr(term, "text", "")) for term in (*terms, *others))
            case Compare(fact=fact):
                yield fact.text
            case ReadingIs(reading=reading):
                yield reading.text
            case _:
                pass


def conditions_of(provision: Provision) -> Iterator[Condition | None]:
    """Every condition of a provision."""
    yield provision.when
    yield from (one.condition for one in provision.exemptions)
    for duty in provision.duties:
        yield from (duty.duty, duty.when)


def readers(rules: Rules, names: Iterable[str]) -> tuple[Provision, ...]:
    """The provisions that read any of `names`, in the order of their ids."""
    wanted = set(names)
    return tuple(
        provision
        for provision in rules.provisions.values()
        if any(wanted.intersection(names_in(one, rules)) for one in conditions_of(provision))
    )


def gates(rules: Rules, names: Iterable[str]) -> tuple[str, ...]:
    """The documents whose governing turns on any of `names`."""
    wanted = set(names)
    return tuple(
        document.id
        for document in rules.documents.values()
        if any(
            wanted.intersection(names_in(one, rules))
            for one in (document.applies_when, *(i.when for i in document.incorporates))
        )
    )
