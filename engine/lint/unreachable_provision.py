"""A provision that can never bite: shown by the solver, over every plan that the vocabulary allows."""

from __future__ import annotations

from collections.abc import Iterator

from ..judge.governing import applies
from ..language.codes import CodePage
from ..logic.lower import lower
from ..rulebook.model import Provision
from .case import Case, Finding, last

CODE = "L007"
PAGE = CodePage(
    "a provision that can never bite",
    "No plan makes the `when` true; or wherever it is, an `unless` is too; or a `that … when` never falls due; or `for`"
    " names offerings that the document does not govern.",
    "The text forbids something, and the rules forbid nothing: every plan passes what nobody could fail.",
    'prohibit reviewed "No automated decision that a person reviews"\n  when fully-automated and not fully-automated',
    'prohibit unreviewed "No automated decision without a person"\n  when fully-automated',
)


def find(case: Case) -> Iterator[Finding]:
    """Each such provision, and each duty of a provision that is never due."""
    for provision in case.rules.provisions.values():
        id = last(provision.id)
        governed = case.governed[provision.document]
        if provision.offerings and governed and not provision.offerings & governed:
            yield Finding(
                provision.span,
                f"'{id}' binds only offerings that its document does not govern",
                f"the document governs {', '.join(sorted(governed))}",
            )
            continue
        yield from _dead(case, provision)


def _dead(case: Case, provision: Provision) -> Iterator[Finding]:
    id, rules = last(provision.id), case.rules
    place = case.place(rules.documents[provision.document])
    when = lower(provision.when, rules, place)
    if not case.possible(place, when):
        yield Finding(
            provision.when.span,
            f"the 'when' of '{id}' can never hold",
            "no plan gives these answers together: see 'asked when' of the facts it reads, and its 'not'",
        )
        return
    bites = applies(rules, provision, place)
    if not case.possible(place, bites):
        yield Finding(
            provision.exemptions[0].span,
            f"wherever '{id}' would bite, an 'unless' lifts it",
            "an exception that always holds leaves nothing forbidden",
        )
        return
    for duty in provision.duties:
        if duty.when is not None and not case.possible(place, bites, lower(duty.when, rules, place)):
            yield Finding(
                duty.when.span, f"this 'that' of '{id}' never falls due", "its 'when' and the provision's clash"
            )
