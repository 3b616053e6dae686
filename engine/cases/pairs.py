"""Plans that nobody wrote: the plainest one that a provision catches, and its near misses, found by the solver.

What is found is told as answers and stays certain whatever else is answered. Where a plan is free it says what the
provision says first, and differs by a neighbour of the term it names rather than by a stranger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..judge.governing import Clause
from ..judge.told import Told
from ..language.tree import And, Condition, Holds, Name, Not, Or, Test
from ..logic.formula import Chosen, Reaches, atoms
from ..logic.lower import lower
from ..proofs.contrast import contrast
from ..proofs.space import Space, Taste
from ..rulebook.model import Provision, Rules, fact_of
from ..usecase.model import FlagValue, RangeValue, TermsValue
from ..usecase.write import value_text
from .parts import Target, lifting

Changes = dict[str, Told | None]
"""What a second plan says otherwise; None is an answer taken away. The first is the answer changed, the rest follows."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A plan that is caught, and the changes that make a near miss of it."""

    first: dict[str, Told]
    changes: Changes

    @property
    def second(self) -> dict[str, Told]:
        """The near miss."""
        return with_changes(self.first, self.changes)


def with_changes(told: Mapping[str, Told], changes: Changes) -> dict[str, Told]:
    """A plan after changes."""
    return {k: v for k, v in {**told, **changes}.items() if v is not None}


def keys_of(space: Space, clause: Clause) -> list[str]:
    """The keys that a clause reads, and those on which it turns whether they are asked."""
    permits = [space.clauses[id].bites for id in lifting(space, clause.id)]
    duty = [] if clause.duty is None else [clause.duty]
    return space.keys(clause.conflicts, clause.bites, *duty, *permits)


def taste_of(space: Space, clause: Clause) -> Taste:
    """What the provision names, in its order."""
    if clause.provision is None:
        return Taste()
    place = space.offer.governing.place(clause.document)
    conditions = list(_conditions(clause.provision))
    read = (atom for one in conditions for atom in atoms(lower(one, space.rules, place)))
    keys = dict.fromkeys(a.reading if isinstance(a, Chosen) else a.key for a in read)
    terms = dict.fromkeys(term for one in conditions for term in named(space.rules, one))
    return Taste(tuple(keys), tuple(terms))


def _conditions(provision: Provision) -> Iterator[Condition]:
    yield provision.when
    for duty in provision.duties:
        yield from (one for one in (duty.when, duty.duty) if one is not None)
    yield from (one.condition for one in provision.exemptions)


def named(rules: Rules, condition: Condition) -> Iterator[str]:
    """The terms that a condition names, through its defines, in their order."""
    match condition:
        case And(items) | Or(items):
            for item in items:
                yield from named(rules, item)
        case Not(item):
            yield from named(rules, item)
        case Holds(name) if name.text in rules.defines:
            yield from named(rules, rules.defines[name.text].condition)
        case Test(terms=terms, others=others):
            yield from (term.text for term in (*terms, *others) if isinstance(term, Name))


# -- what can be written


def sayable(
    space: Space, told: Mapping[str, Told], works: Callable[[Mapping[str, Told]], bool], taste: Taste
) -> dict[str, Told] | None:
    """The plan with answers that people write, as far as it still `works`: a number in place of a range between two, a
    term below in place of one that has some kinds ruled out; None where no use case can say it."""
    said = dict(told)
    for key, value in told.items():
        for plain in _plainer(space, key, value, taste):
            if _writable(space.rules, key, plain) and works({**said, key: plain}):
                said[key] = plain
                break
        else:
            if not _writable(space.rules, key, value):
                return None
    return said


def _writable(rules: Rules, key: str, value: Told) -> bool:
    try:
        return isinstance(value, str) or bool(value_text(rules.facts[fact_of(key)], value))
    except ValueError:
        return False


def _plainer(space: Space, key: str, value: Told, taste: Taste) -> Iterator[Told]:
    """Plainer answers than one that a completion gave; the first that will do is taken."""
    rules = space.rules
    match value:
        case RangeValue(low, high):
            yield from ranges(space, key)
            for number in (n for n in (low, high) if n is not None):
                yield from (RangeValue(one, one) for one in (number, number - 1, number + 1))
        case TermsValue((term,), excluded) if excluded:
            yield TermsValue((term,))
            kinds = sorted(rules.below[term] - {term})
            near = sorted(kinds, key=lambda t: (t in taste.terms, term not in rules.terms[t].under))
            yield from (TermsValue((t,)) for t in near)


def ranges(space: Space, key: str) -> Iterator[RangeValue]:
    """The numbers on either side of each bound that matters somewhere, the widest first."""
    bounds = sorted((a.bound, a.strict) for a in space.exact.variables if isinstance(a, Reaches) and a.key == key)
    yield from (RangeValue(None, bound, below=not strict) for bound, strict in reversed(bounds))
    yield from (RangeValue(bound, None, above=strict) for bound, strict in bounds)


# -- near misses


def pair(space: Space, target: Target, keys: Sequence[str], taste: Taste) -> Miss | None:
    """Two plans in which the target is had; None where no two that differ in one answer have it."""
    about = [k for k in space.keys(*target.formulas) if k in keys]
    changing = dict.fromkeys((*about, *keys))
    found = contrast(space, target.first, target.second, keys, changing, taste)
    if found is None:
        return None

    def works(told: Mapping[str, Told]) -> bool:
        second = with_changes(told, found.changed)
        return space.certain(told, target.first, keys) and space.certain(second, target.second, keys)

    first = sayable(space, found.first, works, taste)
    changes = vary(space, first, target.second, keys, found.key, taste) if first is not None else None
    return Miss(first, changes) if first is not None and changes is not None else None


def near_miss(
    space: Space, told: Mapping[str, Told], target: Target, keys: Sequence[str], taste: Taste
) -> Changes | None:
    """A change of one answer of a plan that is caught, which has the target; None where there is none."""
    if not space.certain(told, target.first, keys):
        return None
    about = [k for k in space.keys(*target.formulas) if k in keys]
    for key in dict.fromkeys((*about, *keys)):
        if (changes := vary(space, told, target.second, keys, key, taste)) is not None:
            return changes
    return None


def vary(
    space: Space, told: Mapping[str, Told], literal: int, keys: Sequence[str], key: str, taste: Taste
) -> Changes | None:
    """A change of the answer to `key` after which the plan certainly has the literal; None where none does it."""
    follows = space.follows(key)
    fixed = {k: v for k, v in told.items() if k != key and fact_of(k) not in follows}
    bound = {k: v for k, v in told.items() if k not in fixed and k != key}
    given = space.literals(fixed) + space.presumed({**fixed, key: FlagValue(True)}, keys) + [literal]
    for k, v in bound.items():
        given += [space.exact.either([-space.exact.asked[k], x]) for x in space.literals({k: v})]
    if not space.exact.solve(given):
        return None
    before = space.literals(told)
    after = [k for k in keys if k not in told and k != key and fact_of(k) in follows]
    after = [k for k in after if space.exact.solve([*before, -space.exact.asked[k]])]
    change = _Change(space, fixed, bound, literal, keys, after, given, taste)
    for value in values(space, key, told.get(key), taste):
        if (changes := change.to(key, value)) is not None:
            return changes
    model = space.plainest([key, *after], *given, taste=taste)
    assert model is not None
    found = space.tell(model, [key]).get(key)
    for value in (*_plainer(space, key, found, taste), found) if found is not None else ():
        if value != told.get(key) and _writable(space.rules, key, value):
            if (changes := change.to(key, value)) is not None:
                return changes
    return None


@dataclass(frozen=True, slots=True)
class _Change:
    """A change of one answer with what follows from it: `fixed` stays, `bound` are answers that may no longer be asked,
    `after` questions that may be new, `given` what must hold after it."""

    space: Space
    fixed: Mapping[str, Told]
    bound: Mapping[str, Told]
    literal: int
    keys: Sequence[str]
    after: Sequence[str]
    given: Sequence[int]
    taste: Taste

    def to(self, key: str, value: Told) -> Changes | None:
        """The change to this value; None where the literal is not certain then."""
        space, said = self.space, self.space.literals({key: value})
        if not space.exact.solve([*self.given, *said]):
            return None
        now = space.literals({**self.fixed, key: value})
        kept = {k: v for k, v in self.bound.items() if space.exact.solve([*now, space.exact.asked[k]])}
        dropped: Changes = dict.fromkeys((k for k in self.bound if k not in kept), None)
        plan = {**self.fixed, **kept, key: value}
        if space.certain(plan, self.literal, self.keys):
            return {key: value, **dropped}
        more = self.following(plan, said)
        return None if more is None else {key: value, **more, **dropped}

    def following(self, plan: dict[str, Told], said: Sequence[int]) -> dict[str, Told] | None:
        """The fewest answers to new questions with which the literal is certain."""
        space = self.space
        model = space.plainest(self.after, *self.given, *said, taste=self.taste)
        told = space.tell(model, self.after) if model is not None else {}
        if not space.certain({**plan, **told}, self.literal, self.keys):
            return None

        def works(more: Mapping[str, Told]) -> bool:
            return space.certain({**plan, **more}, self.literal, self.keys)

        return sayable(space, space.fewest(told, works), works, self.taste)


def values(space: Space, key: str, before: Told | None, taste: Taste) -> Iterator[Told]:
    """Plain answers to a question other than `before`: what the provision names, then neighbours of what was answered,
    then nothing."""
    rules = space.rules
    if key in rules.readings:
        yield from (choice for choice, _ in rules.readings[key].choices if choice != before)
        return
    fact = rules.facts[fact_of(key)]
    if fact.kind == "flag":
        yield from (v for v in (FlagValue(True), FlagValue(False)) if v != before)
    elif fact.kind in ("one", "many"):
        listed = before.listed if isinstance(before, TermsValue) else ()
        tried: list[Told] = []
        if len(listed) > 1:
            tried += [TermsValue(tuple(t for t in listed if t != one)) for one in listed]
        domain = rules.below[fact.domain or ""]
        near = [t for t in taste.terms if t in domain]
        near += [t for one in listed for t in neighbours(rules, one) if t in domain]
        near += [
            t for one in listed for above in rules.terms[one].under for t in neighbours(rules, above) if t in domain
        ]
        tried += [TermsValue((t,)) for t in dict.fromkeys(near)]
        tried += [TermsValue()] if fact.kind == "many" else []
        yield from (v for v in tried if v != before)
    else:
        yield from (v for v in ranges(space, key) if v != before)


def neighbours(rules: Rules, term: str) -> list[str]:
    """The terms that stand under the same term."""
    above = rules.terms[term].under
    return [t.id for t in rules.terms.values() if t.id != term and set(above) & set(t.under)]
