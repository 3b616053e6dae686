"""What would be otherwise: the plan again with other answers, asked of the engine anew.

Two uses. The witnesses: two ways to fill in what is open, each by the fewest answers that decide, with two outcomes;
each is put into the plan and checked before it is shown. And of a plan that cannot be had as it stands: the stated
answers that, were they others, would give a better verdict.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..logic.formula import Chosen, Formula
from ..logic.solver import Model
from ..rulebook.model import Offering, Rules, fact_of
from ..usecase.model import Answer, Settlement, TermsValue, UseCase
from .answers import is_stated, said, with_counsel
from .explanation import Assumed, WitnessExplained
from .model import Verdict
from .offer import Offer, prepare
from .plain import asks
from .told import Told, holds, value_in, words_of

STANDS = frozenset({Verdict.CONFLICT, Verdict.NEEDS_APPROVAL})
"""Verdicts of a plan that conflicts in every completion."""

WITNESSED = (Verdict.UNDETERMINED, Verdict.CONTESTED, Verdict.CONDITIONAL)
"""Verdicts that have two outcomes to show."""


@dataclass(frozen=True)
class Again:
    """Everything a check of one offering needs, to check it again. `use_case` is without counsel's answers."""

    rules: Rules
    use_case: UseCase
    settlements: tuple[Settlement, ...]
    offering: Offering
    day: datetime.date
    max_age: int | None

    def told(self, answers: Mapping[str, Told | None]) -> tuple[UseCase, tuple[Settlement, ...]]:
        """The plan and the settlements with these answers, None for one that is left out."""
        rules = self.rules
        mine = dict(self.use_case.answers)
        approvals = self.use_case.approvals
        settlements = {s.id: s for s in self.settlements}
        for key, value in answers.items():
            if isinstance(value, str):
                settlements[key] = Settlement(key, value)
            elif value is None:
                mine.pop(key, None)
                settlements.pop(key, None)
            elif rules.facts[fact_of(key)].for_counsel:
                settlements[key] = Settlement(key, words_of(rules, key, value), value=value)
            else:
                mine[key] = Answer(value)
            approvals = tuple(k for k in approvals if k != key)
        return replace(self.use_case, answers=mine, approvals=approvals), tuple(settlements.values())

    def verdict(self, answers: Mapping[str, Told | None]) -> Verdict | None:
        """The verdict with these answers; None where no completion agrees with them."""
        use_case, settlements = self.told(answers)
        heard = with_counsel(self.rules, use_case, settlements)
        return prepare(self.rules, heard, self.offering, settlements, self.day, self.max_age).verdict()


# ---- witnesses


def witness_pair(offer: Offer, verdict: Verdict, again: Again) -> tuple[WitnessExplained, ...]:
    """Two ways to fill in what is open, with conflict and without; none where the verdict has no two, or where they
    cannot be told in answers."""
    if verdict not in WITNESSED:
        return ()
    pair = _alike(offer, verdict)
    if pair is None:
        return ()
    models, same = pair
    star = verdict is not Verdict.CONDITIONAL
    whole = [_told_by(offer, model, star) for model in models]
    bad, good = (
        _fewest(offer, told, same, conflicts, star) for told, conflicts in zip(whole, (True, False), strict=True)
    )
    if bad is None or good is None:
        return ()
    alike = [k for k in whole[0] if (k in bad or k in good) and whole[1].get(k) == whole[0][k]]
    shared = {k: _both(bad.get(k), good.get(k)) for k in alike}
    made = []
    for told, conflicts in ((bad, True), (good, False)):
        answers = {**told, **shared}
        then = again.verdict(answers)
        if then is None or (then in STANDS) != conflicts or (not star and not conflicts and then not in _FREE):
            return ()
        made.append(
            WitnessExplained(
                conflicts,
                then,
                tuple(_assumed(offer.rules, k, v) for k, v in answers.items() if k not in shared),
                tuple(_assumed(offer.rules, k, v) for k, v in answers.items() if k in shared),
            )
        )
    return tuple(made)


def _both(one: Told | None, other: Told | None) -> Told:
    """What two tellings of one answer say together."""
    if isinstance(one, TermsValue) and isinstance(other, TermsValue):
        return replace(one, excluded=tuple(dict.fromkeys((*one.excluded, *other.excluded))))
    told = one if one is not None else other
    assert told is not None, "one of them was told"
    return told


_FREE = frozenset({Verdict.PERMITTED, Verdict.NOT_COVERED})
"""What a conditional plan becomes when it undertakes what it must."""


def _assumed(rules: Rules, key: str, told: Told) -> Assumed:
    if isinstance(told, str):
        reading = rules.readings[key]
        return Assumed(key, reading.question, f'"{dict(reading.choices)[told]}" [{told}]', None, told)
    return Assumed(key, asks(rules, key), words_of(rules, key, told), told, None)


def _alike(offer: Offer, verdict: Verdict) -> tuple[tuple[Model, Model], list[str]] | None:
    """Two completions, the first with conflict, alike in as much as can be, and the keys on which they agree. The second
    keeps every standing duty, so that no answer in it makes one fail."""
    plan = offer.plan
    exact = plan.exact
    c = offer.question()
    counsel = plan.counsel()
    star = verdict is not Verdict.CONDITIONAL
    settled = counsel if verdict is Verdict.UNDETERMINED else []
    read = [k for k in [*offer.keys_read(), *exact.own] if k in exact.own]
    safeguards = plan.unsaid("safeguard")
    facts = [k for k in dict.fromkeys(reversed(read)) if k not in counsel and k not in safeguards]
    shared = [*plan.known(), *plan.without_approvals(), *(plan.with_safeguards() if star else ())]
    kept = [
        exact.either((-plan.literal(clause.bites), offer.duties[clause.id]))
        for clause in offer.governing.clauses
        if clause.id in offer.duties
    ]
    for second in ([-c, *kept], [-c]):
        if exact.solve_pair(shared, [c], second, [], settled=settled):
            break
    else:
        return None
    same: list[str] = []
    for key in dict.fromkeys([*settled, *facts, *counsel, *safeguards]):
        if exact.solve_pair(shared, [c], second, [*same, key], settled=settled):
            same.append(key)
    first, second = [c], list(second)
    for key in facts:
        if not is_stated(offer.plan.use_case, key):
            shared, first, second = _plainest(offer, key, key in same, shared, first, second, same, settled)
    return (exact.models(), same) if exact.solve_pair(shared, first, second, same, settled=settled) else None


def _plainest(
    offer: Offer,
    key: str,
    alike: bool,
    shared: list[int],
    first: list[int],
    second: list[int],
    same: Sequence[str],
    settled: Sequence[str],
) -> tuple[list[int], list[int], list[int]]:
    """The literals of the pair with as little as can be said to a question: no, or nothing; where the two differ on a
    list, the shortest that do."""
    exact = offer.plan.exact
    own = [-x for x in exact.own[key]]
    if alike:
        if exact.solve_pair([*shared, *own], first, second, same, settled=settled):
            return [*shared, *own], first, second
        own = own if offer.rules.facts[fact_of(key)].kind == "many" else []
        for x in own:
            if exact.solve_pair([*shared, x], first, second, same, settled=settled):
                shared = [*shared, x]
        return shared, first, second
    for x in own if offer.rules.facts[fact_of(key)].kind == "many" else []:
        if exact.solve_pair(shared, first, [*second, x], same, settled=settled):
            second = [*second, x]
        if exact.solve_pair(shared, [*first, x], second, same, settled=settled):
            first = [*first, x]
    return shared, first, second


def _told_by(offer: Offer, model: Model, star: bool) -> dict[str, Told]:
    """What a completion answers, as a plan and counsel would say it; safeguards only where they are not all undertaken,
    and nothing that is presumed or not asked."""
    plan, rules = offer.plan, offer.rules
    presumed = {*plan.unsaid("wrong"), *plan.unsaid("approval")}
    safeguards = set(plan.unsaid("safeguard"))
    told: dict[str, Told] = {}
    for key in [*offer.keys_read(), *plan.exact.own]:
        if key in told or key in presumed or key not in plan.exact.own or (star and key in safeguards):
            continue
        if key in rules.readings:
            for choice, _ in rules.readings[key].choices:
                if plan.exact.variables[Chosen(key, choice)] in model:
                    told[key] = choice
        elif holds(plan.exact.asked[key], model) and (value := value_in(plan.exact, key, model)) is not None:
            told[key] = value
    return told


def _fewest(
    offer: Offer, told: dict[str, Told], same: Sequence[str], conflicts: bool, star: bool
) -> dict[str, Told] | None:
    """The fewest of these answers with which the plan always conflicts, or never; None where all of them do not do."""
    works = _works(offer, conflicts, star)
    if not works(told):
        return None
    stated = offer.plan.use_case.answers
    kept = {k: v for k, v in told.items() if k not in same}
    if not works(kept):
        kept = dict(told)
    # What is known already goes first: saying it again tells nothing. Then the common ground, then what differs.
    order = sorted(kept, key=lambda k: (k not in stated, k not in same))
    for key in order:
        fewer = {k: v for k, v in kept.items() if k != key}
        if works(fewer):
            kept = fewer
    for key, value in kept.items():
        if isinstance(value, TermsValue) and value.excluded:
            loose = _loosest(offer, kept, key, value, works)
            before = stated[key].value if key in stated else None
            ruled_out = before.excluded if isinstance(before, TermsValue) else ()
            kept[key] = replace(loose, excluded=tuple(dict.fromkeys((*loose.excluded, *ruled_out))))
    return kept


def _loosest(
    offer: Offer, kept: dict[str, Told], key: str, value: TermsValue, works: Callable[[Mapping[str, Told]], bool]
) -> TermsValue:
    """The same answer with as little ruled out as will do."""
    tries: list[TermsValue] = []
    if value.listed:
        tries.append(replace(value, excluded=()))
        below = frozenset().union(*(offer.rules.below[t] for t in value.listed))
        tries.append(replace(value, excluded=tuple(t for t in value.excluded if t in below)))
    elif offer.rules.facts[fact_of(key)].kind == "many":
        tries.append(TermsValue((), (), True))
    for one in tries:
        if works({**kept, key: one}):
            return one
    left = value
    for term in value.excluded:
        fewer = replace(left, excluded=tuple(t for t in left.excluded if t != term))
        if (fewer.listed or fewer.excluded) and works({**kept, key: fewer}):
            left = fewer
    return left


def _works(offer: Offer, conflicts: bool, star: bool) -> Callable[[Mapping[str, Told]], bool]:
    """Whether answers make the plan conflict in every completion, or in none. Safeguards that are left open are
    undertaken; of a plan that is to be free in every completion (`star` is False), they are not taken for granted."""
    plan = offer.plan
    c = offer.question()
    literals: dict[tuple[str, Told], list[int]] = {}

    def of(key: str, value: Told) -> list[int]:
        if (key, value) not in literals:
            literals[key, value] = [plan.literal(f) for f in formulas_of(offer, key, value)]
        return literals[key, value]

    def works(told: Mapping[str, Told]) -> bool:
        extra = [x for key, value in told.items() for x in of(key, value)]
        undertaken = [plan.exact.undertakes[k] for k in plan.unsaid("safeguard") if k not in told]
        safeguards = undertaken if star or conflicts else []
        if not plan.possible(*extra):
            return False
        if conflicts:
            return not plan.possible(-c, *extra, safeguards=safeguards)
        return not plan.possible(offer.question(extra), *extra, safeguards=safeguards)

    return works


def formulas_of(offer: Offer, key: str, told: Told) -> Iterable[Formula]:
    """What an assumed answer says of the completions."""
    if isinstance(told, str):
        return [Chosen(key, told)]
    supposed = replace(offer.plan.use_case, answers={key: Answer(told)}, approvals=())
    return [formula for _, formula in said(offer.rules, supposed, offer.plan.place)]
