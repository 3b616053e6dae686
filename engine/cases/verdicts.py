"""The rules held to each case: what its provision makes of its plan, by the judge's own table, and what decides that.

One space serves all cases of a site; a case is only what it assumes there. A plan that no completion agrees with, and
two plans that differ in more than one answer, are errors of the input; any other difference is a failure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..judge.check import refuse_clashes
from ..judge.decide import Plan
from ..language.diagnostics import Diagnostic, UseCaseError
from ..proofs.space import Space
from ..rulebook.model import fact_of
from ..usecase.model import Settlement, UseCase
from .model import BITES, CAUGHT, Case, only_bites
from .parts import Parts, deciding, parts
from .sites import Sites


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a case came to: what the rules give, and the provisions that certainly bite. `of` is the case that a plan
    under `but` belongs to."""

    case: Case
    gives: str
    by: tuple[str, ...]
    of: Outcome | None = None


def supposed(space: Space, case: Case) -> Plan:
    """The plan of a case, over the solver of its space."""
    use_case = UseCase(answers=dict(case.answers))
    return Plan(space.rules, use_case, space.offer.plan.place, space.exact, space.literals(case.told))


def judged(sites: Sites, case: Case) -> Iterator[Outcome | Diagnostic]:
    """What a case and the plans under its `but` come to; a diagnostic in the place of one that cannot be judged."""
    first = _outcome(sites, case)
    yield from [first] if isinstance(first, Outcome) else first
    for second in case.but:
        if isinstance(first, Outcome) and (wrong := _not_one(sites, case, second)) is not None:
            yield wrong
            continue
        outcome = _outcome(sites, second)
        if not isinstance(outcome, Outcome):
            yield from outcome
        elif isinstance(first, Outcome):
            yield replace(outcome, of=first)


def _outcome(sites: Sites, case: Case) -> Outcome | list[Diagnostic]:
    space = sites.space(case.site)
    plan = supposed(space, case)
    clause = space.clauses[case.clause]
    gives: str | None = None
    if plan.possible():
        if only_bites(sites.rules, case.clause):
            bites = space.exact.literal(clause.bites)
            gives = BITES[0] if plan.certain(bites) else BITES[1] if plan.possible(bites) else BITES[2]
        else:
            line = plan.line(replace(space.offer, plan=plan).conflicts(clause))
            gives = line.value if line is not None else None
    if gives is None:
        return _impossible(sites, case)
    by = [id for id in deciding(space, clause.id) if plan.certain(space.exact.literal(space.clauses[id].bites))]
    return Outcome(case, gives, tuple(sorted(by)))


def _impossible(sites: Sites, case: Case) -> list[Diagnostic]:
    """Why no completion agrees with a case."""
    settled = tuple(Settlement(id, choice, span=case.span) for id, choice in case.choices.items())
    try:
        refuse_clashes(sites.rules, UseCase(answers=dict(case.answers)), settled)
    except UseCaseError as error:
        return list(error.diagnostics)
    help = "a wrong or an approval that is not mentioned is presumed absent; state the one that an answer implies"
    return [Diagnostic("M280", "these answers cannot be true together with what is presumed", case.span, help)]


def _not_one(sites: Sites, first: Case, second: Case) -> Diagnostic | None:
    """What is wrong where two plans differ in more than one answer. What follows from the one is no other: a question
    that need not be asked in the plan that does not answer it."""
    if len(second.changed) == 1:
        return None
    space = sites.space(first.site)
    for lead in second.changed:
        rest = [id for id in second.changed if id != lead]
        if all(id in space.follows(lead) and _follows(space, first, second, id) for id in rest):
            return None
    message = f"this plan differs in {len(second.changed)} answers: {', '.join(second.changed)}"
    help = "keep one; further ones may differ only where their question is asked, or no longer asked, because of it"
    return Diagnostic("M505", message, second.span, help)


def _follows(space: Space, first: Case, second: Case, id: str) -> bool:
    """Whether only one of the plans answers a question, and the other leaves it possible that it is not asked."""
    keys = {k for k in (*first.answers, *second.answers) if fact_of(k) == id}
    for key in keys:
        if key in first.answers and key in second.answers:
            return False
        silent = second if key in first.answers else first
        space.exact.meet(key)
        if not supposed(space, silent).possible(-space.exact.asked[key]):
            return False
    return bool(keys)


def failures(sites: Sites, outcomes: Iterable[Outcome]) -> Iterator[Diagnostic]:
    """What the cases expect and the rules do not give."""
    for one in outcomes:
        case = one.case
        found = list(_failures(sites, one))
        if case.todo is None:
            yield from found
        elif not found:
            help = "delete 'todo'"
            yield Diagnostic("M522", f"{case.clause}: no longer a gap: {case.gives}, as expected", case.span, help)


def _failures(sites: Sites, one: Outcome) -> Iterator[Diagnostic]:
    case = one.case
    if one.gives != case.gives:
        message = f"{case.clause}: expected {case.gives}, is {one.gives}"
        yield Diagnostic("M520", message, case.span, why(sites, case))
        return
    expected = case.by
    if expected is None and case.gives in CAUGHT:
        expected = (case.clause,)
    if expected is not None and tuple(sorted(expected)) != one.by:
        named, are = (", ".join(ids) or "no provision" for ids in (expected, one.by))
        yield Diagnostic("M521", f"{case.clause}: expected to be decided by {named}, is by {are}", case.span)


def why(sites: Sites, case: Case) -> str:
    """On what it turns, in a line: the parts that do not hold, lift it, or are open."""
    space = sites.space(case.site)
    plan = supposed(space, case)
    made = parts(space, space.clauses[case.clause])
    said = list(_turns(plan, made))
    at = f"at {case.site.offering.id} on {case.site.day}"
    return f"{at}, {'; '.join(said)}" if said else f"{at}, every part of it holds and nothing lifts it"


def _turns(plan: Plan, made: Parts) -> Iterator[str]:
    for part in (made.gate, *made.when):
        if not plan.certain(part.literal):
            yield f"{'open' if plan.possible(part.literal) else 'false'} is {_said(part.kind, part.words)}"
    for part in (*made.unless, *made.permits):
        if plan.possible(part.literal):
            yield f"{_said(part.kind, part.words)} {'lifts it' if plan.certain(part.literal) else 'may lift it'}"
    for part in made.thats:
        if not plan.certain(part.broken):
            kept = "may be kept" if plan.possible(part.broken) else "is kept or not due"
            yield f"{_said(part.kind, part.words)} {kept}"


def _said(kind: str, words: str) -> str:
    return words if kind in ("document", "permit") else f"{kind} {words}"
