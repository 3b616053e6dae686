"""What is still open about an offering, and what each answer would do: facts, readings, and the two witnesses.

A fact is asked where two completions that differ in it alone (and in what is asked only because of it) differ in
whether the plan conflicts; that is decided, not guessed. Each point that a rule makes of the fact is then supposed both
ways.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..logic.formula import Atom, Chosen, Flag, Formula, Present, Reaches, Some, atoms, neg
from ..logic.solver import Model
from ..logic.theory import copies, dependents
from ..logic.truth import Truth
from ..rulebook.model import Rules, fact_of
from .answers import Known
from .model import OpenQuestion, ReadingShown, Verdict, Witness
from .offer import Subject

Keyed = Flag | Some | Present | Reaches
"""The atoms about facts."""
MOST_POINTS = 12
"""Points asked of one fact at the most: past that, its question itself says it better."""
MOST_NAMES = 4
"""Terms that one point names."""
OTHER = "some other "


def open_questions(subject: Subject, known: Known) -> Iterator[OpenQuestion]:
    """The facts that can still change whether the plan conflicts, in the order in which the clauses read them, each
    with the points on which it turns; a fact without an open point matters only through others, which are asked. Where
    the uses of a plan share one answer, it is asked once."""
    plan, rules = subject.plan, subject.rules
    c = subject.question()
    every = plan.exact.own
    after = dependents(rules)
    points = _points(subject)
    seen: set[str] = set()
    for key in dict.fromkeys([*subject.keys_read(), *sorted(every)]):
        if key not in every or key in rules.readings or key in seen:
            continue
        fact = rules.facts[fact_of(key)]
        if fact.for_counsel or fact.role not in ("fact", "wrong"):
            continue
        same = copies(key, plan.exact.uses)
        seen.update(same)
        free = {*same, *(k for k in every if fact_of(k) in after.get(fact.id, ()))}
        rest = [k for k in every if k not in free]
        if not any(plan.pair(c, same=rest, star=False, differs=one) for one in same):
            continue
        answer = plan.use_case.answers.get(key)
        state = answer.state if answer else "unknown"
        asked = dict.fromkeys(
            replace(a, key=key) for one in same for a in points.get(one, ()) if known.truth(a) is Truth.UNKNOWN
        )
        shown = []
        for atom in list(asked)[:MOST_POINTS]:
            literal = plan.exact.either(plan.literal(replace(atom, key=one)) for one in same)
            shown.append(
                OpenQuestion(
                    key,
                    rules.asks(key),
                    point(atom, rules),
                    state,
                    subject.verdict([literal]),
                    subject.verdict([-literal]),
                )
            )
        real = [q for q in shown if q.if_yes is not None and q.if_no is not None]
        yield from [q for q in real if q.if_yes != q.if_no] or real[:1]


def _points(subject: Subject) -> dict[str, list[Keyed]]:
    """The atoms that C and its gates read, and the guards of every fact met, by key, in order of appearance."""
    exact = subject.plan.exact
    guards = (exact.guard(k) for k in exact.own if k not in subject.rules.readings)
    found: dict[str, dict[Keyed, None]] = {}
    for formula in (*subject.formulas(), *guards):
        for atom in atoms(formula):
            if not isinstance(atom, Chosen):
                found.setdefault(atom.key, {})[atom] = None
    return {key: list(table) for key, table in found.items()}


def point(atom: Atom, rules: Rules) -> str:
    """What an atom asks of its fact, in the language's words; empty for yes or no."""
    match atom:
        case Some(key, terms):
            fact = rules.facts[fact_of(key)]
            verb = "includes" if fact.kind == "many" else "is"
            domain = rules.below[fact.domain or ""]
            if terms == domain:
                return f"{verb} anything at all"
            rest = named(domain - terms, domain, rules)
            if len(domain - terms) * 2 < len(domain) and not any(n.startswith(OTHER) for n in rest):
                return f"{verb} something other than {_some_of(rest)}"
            return f"{verb} {_some_of(named(terms, domain, rules))}"
        case Reaches(_, bound, strict):
            return f"{'above' if strict else 'at least'} {bound:,}"
        case Present():
            return "has a value"
        case _:
            return ""


def named(terms: frozenset[str], domain: frozenset[str], rules: Rules) -> list[str]:
    """A set of direct terms by the fewest names: a term for all at or below it, `some other T` for T alone."""
    left, found = set(terms), []
    for term in sorted(terms, key=lambda t: (-len(rules.below[t]), t)):
        if term in left and rules.below[term] & domain <= terms:
            found.append(term)
            left -= rules.below[term]
    return sorted(found) + [f"{OTHER}{term}" for term in sorted(left)]


def _some_of(names: list[str]) -> str:
    more = [f"{len(names) - MOST_NAMES} more"] if len(names) > MOST_NAMES else []
    return " or ".join([*names[:MOST_NAMES], *more])


def open_readings(subject: Subject) -> Iterator[ReadingShown]:
    """Each unsettled reading, and each unanswered fact for counsel, that C can turn on, with the verdict under each
    choice."""
    plan, rules = subject.plan, subject.rules
    c = subject.question()
    for key in plan.counsel():
        same = [k for k in plan.exact.own if k != key]
        if not plan.pair(c, same=same, star=False, differs=key):
            continue
        verdicts = []
        for choice, gloss, formula in _choices(key, rules):
            then = subject.verdict([plan.literal(formula)])
            if then is not None:
                verdicts.append((choice, gloss, then))
        reading = rules.readings.get(key)
        yield ReadingShown(
            key,
            reading.question if reading else rules.asks(key),
            tuple(verdicts),
            len({v for _, _, v in verdicts}) > 1,
            reading.citation.quote if reading else (),
            reading.citation.section if reading else None,
        )


def _choices(key: str, rules: Rules) -> Iterator[tuple[str, str, Formula]]:
    if key in rules.readings:
        for choice, gloss in rules.readings[key].choices:
            yield choice, gloss, Chosen(key, choice)
        return
    fact = rules.facts[fact_of(key)]
    if fact.kind == "flag":
        yield "yes", "yes", Flag(key)
        yield "no", "no", neg(Flag(key))
    else:
        for term in sorted(rules.below[fact.domain or ""]):
            yield term, rules.terms[term].gloss, Some(key, frozenset({term}))


def witnesses(subject: Subject, verdict: Verdict) -> tuple[Witness, ...]:
    """Two completions with two answers, alike in as much as can be: of an undetermined plan under one reading, of a
    contested one under two."""
    plan, rules = subject.plan, subject.rules
    c = subject.question()
    counsel = plan.counsel()
    facts = [k for k in plan.exact.own if k not in counsel]
    settled = counsel if verdict is Verdict.UNDETERMINED else []
    same: list[str] = []
    for key in [*settled, *facts, *counsel]:
        if key not in same and plan.pair(c, same=[*same, key], settled=settled):
            same.append(key)
    if not plan.pair(c, same=same, settled=settled):
        return ()
    differing: list[str] = []
    for key in [*subject.keys_read(), *plan.exact.own]:
        if key in plan.exact.own and key not in same and not {*copies(key, plan.exact.uses)} & {*differing}:
            differing.append(key)
    shown = [
        k for k in dict.fromkeys(differing) if k in rules.readings or rules.facts[fact_of(k)].role in ("fact", "wrong")
    ] or differing
    return tuple(
        Witness(conflicts, tuple((k, value_in(plan.exact.variables, k, model, rules)) for k in shown))
        for conflicts, model in zip((True, False), plan.exact.models(), strict=True)
    )


def value_in(variables: dict[Atom | tuple[str, str], int], key: str, model: Model, rules: Rules) -> str:
    """What a completion answers to a key, in words."""
    if key in rules.readings:
        return next((c for c, _ in rules.readings[key].choices if variables[Chosen(key, c)] in model), "?")
    fact = rules.facts[fact_of(key)]
    match fact.kind:
        case "flag":
            return "yes" if variables[Flag(key)] in model else "no"
        case "one" | "many":
            chosen = [t for t in sorted(rules.below[fact.domain or ""]) if variables[key, t] in model]
            return ", ".join(chosen) or ("none" if fact.kind == "many" else "not applicable")
        case _:
            if variables[Present(key)] not in model:
                return "not applicable"
            bounds = [
                (a.bound, a.strict, x in model) for a, x in variables.items() if isinstance(a, Reaches) and a.key == key
            ]
            low = max(((b, s) for b, s, holds in bounds if holds), default=None)
            high = min(((b, s) for b, s, holds in bounds if not holds), default=None)
            words = []
            if low:
                words.append(f"{'above' if low[1] else 'at least'} {low[0]:,}")
            if high:
                words.append(f"{'at most' if high[1] else 'below'} {high[0]:,}")
            return " and ".join(words) or "any number"
