"""The trace of a provision: each part of its conditions with its Kleene value, down to the single tests.

Read off the plan's answers without a solver (`answers.Known`), so that a person can follow it with a finger. A part may
be unknown here where the exact answer is decided; it is never decided otherwise (law 3).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..language import tree
from ..language.format import format_condition
from ..logic.formula import kleene
from ..logic.lower import lower
from ..logic.truth import Truth, all_of, any_of
from ..rulebook.model import Place, Provision, Rules
from .answers import Known
from .model import TraceShown


def trace_provision(known: Known, provision: Provision) -> TraceShown:
    """The provision's own conditions: true where its `when` holds and no `unless` does; overrides and the gates of its
    document are shown apart."""
    place = Place(known.rules.documents[provision.document].platform, known.place.offering)
    parts = [_labelled("when", trace(known, provision.when, place))]
    parts += [_labelled("unless", trace(known, e.condition, place)) for e in provision.exemptions]
    holds = [Truth(parts[0].truth), *(Truth(p.truth).negated() for p in parts[1:])]
    for duty in provision.duties:
        due = f" when {format_condition(duty.when)}" if duty.when is not None else ""
        shown = trace(known, duty.duty, place)
        parts.append(TraceShown(f"that {shown.text}{due}", shown.truth, shown.parts))
    return TraceShown(provision.id, all_of(holds).value, tuple(parts))


def _labelled(word: str, part: TraceShown) -> TraceShown:
    return TraceShown(f"{word} {part.text}", part.truth, part.parts)


def trace(known: Known, condition: tree.Condition, place: Place) -> TraceShown:
    """A resolved condition, its value, and its parts: of `and`, `or` and `not` their items, of a define what it means."""
    parts = tuple(trace(known, part, place) for part in _parts(condition, known.rules))
    values = [Truth(part.truth) for part in parts]
    match condition:
        case tree.And():
            value = all_of(values)
        case tree.Or():
            value = any_of(values)
        case tree.Not():
            value = values[0].negated()
        case _ if parts:
            value = values[0]
        case _:
            value = kleene(lower(condition, known.rules, place), known.truth)
    return TraceShown(format_condition(condition), value.value, parts)


def _parts(condition: tree.Condition, rules: Rules) -> Iterator[tree.Condition]:
    match condition:
        case tree.And(items) | tree.Or(items):
            yield from items
        case tree.Not(item):
            yield item
        case tree.Holds(name) if name.text in rules.defines:
            yield rules.defines[name.text].condition
