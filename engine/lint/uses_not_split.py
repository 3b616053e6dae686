"""A plan that learns from the output of one model and from the weights of another, and says so of both models at once.

Reads plans, not rules. It knows the shipped vocabulary's terms for what a model learns from; where the rules have none
of them, it is silent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ..language.codes import CodePage
from ..logic.theory import own_answers
from ..rulebook.model import Rules, fact_of
from ..usecase.model import FlagValue, TermsValue, Use, UseCase
from .case import Finding, PlanCase

Asked = tuple[str, Use | None]
"""An offering of which the question is asked, and in which use, where the plan has some."""

CODE = "L014"
PLANS = True
PAGE = CodePage(
    "the output of one model and the weights of another, in one list",
    "In a plan whose `platforms` names offerings of two platforms or more, `learns-from` lists the evaluated offering's"
    " output, or what is made of it, and its weights or other internals. The same of `uses` of two platforms or more that"
    " share such a list. Not where a platform is named as a whole, since then its offerings are alternatives; nor where"
    " `started-from-weights` is answered with yes for each of the offerings by name.",
    "Both terms are always of the offering that is evaluated. So the teacher is judged as if its weights were taken too,"
    " and the base model as if its output were. `uses` say which model is which.",
    "platforms: [openai/api, deepseek/r1-weights]\n"
    "facts:\n"
    "  improves-model: yes\n"
    "  learns-from: [platform-output, platform-weights]",
    "facts:\n"
    "  improves-model: yes\n"
    "uses:\n"
    "  - name: teacher\n"
    "    offering: openai/api\n"
    "    facts: {learns-from: [platform-output]}\n"
    "  - name: base\n"
    "    offering: deepseek/r1-weights\n"
    "    facts: {learns-from: [platform-weights, other-model-output]}",
)

ASKED = "learns-from"
"""The question: what a model that is made learns from."""
OUTPUT = ("platform-output", "output-derivative")
"""Terms of the evaluated offering's output, and what is made of it."""
INTERNALS = ("model-internals",)
"""Terms of what is inside it."""
STARTED = "started-from-weights"
"""The question, asked for each offering, that tells a plan in which each is taught and teacher."""


SHOWN = 4
"""How many offerings a message names."""


def find(case: PlanCase) -> Iterator[Finding]:
    """The list that the plan's own facts give, where it speaks for models of several platforms."""
    rules, plan = case.rules, case.use_case
    answer = plan.answers.get(ASKED)
    if answer is None or not isinstance(answer.value, TermsValue):
        return
    output, internals = (_listed(rules, answer.value, terms) for terms in (OUTPUT, INTERNALS))
    if output is None or internals is None:
        return
    asked = [(id, None) for id in _by_name(rules, plan.offerings or ())] or _uses_that_share(rules, plan)
    if len({rules.offerings[id].platform for id, _ in asked}) < 2 or _each_started(plan, asked):
        return
    ids = list(dict.fromkeys(id for id, _ in asked))
    more = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
    each = f"; if each is both, answer '{STARTED}' for each by name" if STARTED in rules.facts else ""
    yield Finding(
        answer.span,
        f"'{output}' and '{internals}' are both asked of each offering: {', '.join(ids[:SHOWN])}{more}",
        f"if one model teaches and another is built on, write 'uses', each with its own '{ASKED}'{each}",
    )


def _listed(rules: Rules, value: TermsValue, terms: Iterable[str]) -> str | None:
    """The first listed term at or below these."""
    there = {below for term in terms for below in rules.below.get(term, ())}
    return next((term for term in value.listed if term in there), None)


def _by_name(rules: Rules, offerings: Collection[str]) -> list[str]:
    """The offerings that are not just all that their platform has."""
    whole = {p.id for p in rules.platforms.values() if len(p.offerings) > 1 and set(p.offerings) <= set(offerings)}
    return [id for id in offerings if rules.offerings[id].platform not in whole]


def _uses_that_share(rules: Rules, plan: UseCase) -> list[Asked]:
    """The uses in which the plan's own answer certainly holds: they answer neither the question nor another on which it
    depends whether it is asked."""
    shared: list[Asked] = []
    for use in plan.uses:
        stated = {fact_of(key) for key in use.answers}
        if ASKED not in stated | own_answers(rules, stated).dependent:
            shared.append((use.offering, use))
    return shared


def _each_started(plan: UseCase, asked: Collection[Asked]) -> bool:
    """Whether the plan says of each offering apart that the model starts from its weights. One yes for all of them may
    have been meant of one."""
    own = [{**plan.answers, **(use.answers if use else {})}.get(f"{STARTED}@{id}") for id, use in asked]
    said = [one for one in own if one is not None and one.value == FlagValue(True)]
    return len(asked) == len(said) == len({one.span for one in said})
