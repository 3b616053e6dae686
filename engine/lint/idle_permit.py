"""A permit that overrides nothing, though what it allows is forbidden beside it."""

from __future__ import annotations

from collections.abc import Iterator

from ..judge.governing import applies
from ..language import tree
from ..language.codes import CodePage
from .case import Case, Finding, last

CODE = "L002"
PAGE = CodePage(
    "a permit that overrides nothing",
    "A permit with a condition of its own overrides nothing. A prohibition of the same document and topic can bite"
    " together with it. Not where silence is reserved, since there the permit answers the silence.",
    "A permit lifts exactly what it `overrides`. Without that, the plan that it was written for still conflicts.",
    'prohibit training "No training on output"\n  when improves-model\n  topic rival-training\n\n'
    'permit research "Training for research is allowed"\n  when improves-model and not trained-model-sold\n'
    "  topic rival-training",
    'prohibit training "No training on output"\n  when improves-model\n  topic rival-training\n\n'
    'permit research "Training for research is allowed"\n  when improves-model and not trained-model-sold\n'
    "  overrides training\n  topic rival-training",
)


def find(case: Case) -> Iterator[Finding]:
    """Each such permit, with the first prohibition it leaves standing."""
    for permit in case.rules.provisions.values():
        document = case.rules.documents[permit.document]
        granted = isinstance(permit.when, tree.Always)
        if permit.kind != "permit" or permit.overrides or granted or document.silence is not None:
            continue
        place = case.place(document)
        allowed = applies(case.rules, permit, place)
        for id in document.provisions:
            ban = case.rules.provisions[id]
            if ban.kind != "prohibit" or not set(ban.topics) & set(permit.topics):
                continue
            if ban.offerings and permit.offerings and not ban.offerings & permit.offerings:
                continue
            if case.possible(place, allowed, applies(case.rules, ban, place)):
                yield Finding(
                    permit.span,
                    f"permit '{last(permit.id)}' overrides nothing, and '{last(id)}' can forbid what it allows",
                    f"if the text lifts it, write 'overrides {last(id)}'; if not, give the permit a topic of its own",
                )
                break
