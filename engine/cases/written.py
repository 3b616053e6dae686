"""Cases back into text, as `read` reads them."""

from __future__ import annotations

from collections.abc import Iterator

from ..rulebook.model import Rules, fact_of
from ..usecase.write import value_text
from .model import Case
from .sites import Sites


def case_yaml(sites: Sites, case: Case) -> str:
    """One case as an item of the list below its provision. Raises ValueError where no words say an answer."""
    usual = sites.first(case.clause)
    lines = [f"plan: {{{', '.join(_plan(sites.rules, case))}}}", f"gives: {case.gives}"]
    if usual is None or usual != case.site:
        lines += [f"at: {case.site.offering.id}", f"on: {case.site.day}"]
    if case.by is not None:
        lines.append(f"by: [{', '.join(case.by)}]")
    return "- " + "\n  ".join(lines) + "\n"


def _plan(rules: Rules, case: Case) -> Iterator[str]:
    for key, answer in case.answers.items():
        said = "don't know" if answer.value is None else value_text(rules.facts[fact_of(key)], answer.value)
        yield f"{key}: {said}"
    yield from (f"{reading}: {choice}" for reading, choice in case.choices.items())
