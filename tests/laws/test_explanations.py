"""What an explanation shows, over drawn rule sets and plans: every node of every tree against the oracle, every witness
and every other plan put to the engine and the oracle again."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import given
from mayuse.judge.explain import explain
from mayuse.judge.explanation import Explanation, Node, OfferingExplained
from mayuse.language import tree as t
from mayuse.language.diagnostics import UseCaseError
from mayuse.usecase.model import Answer, Settlement
from meaning import Place
from oracle import Judged

from laws import adapter
from laws.plans import Sample, from_seed, samples
from laws.test_laws import retold

STANDS = ("needs approval", "conflict")
WITNESSED = ("undetermined", "contested", "conditional")


def explained(sample: Sample) -> Explanation | None:
    """The engine's explanation with every clause in it, or None where the plan has no completion."""
    try:
        return explain(
            adapter.load(sample), sample.case, settlements=sample.settlements, max_age=sample.max_age, all_clauses=True
        )
    except UseCaseError:
        return None


def pairs(sample: Sample) -> Iterator[tuple[OfferingExplained, Judged]]:
    explanation, judged = explained(sample), sample.judged()
    for one in explanation.offerings if explanation else ():
        yield one, judged[one.offering]


# ---- trees


def exactly(judged: Judged, mask: int) -> str:
    """What a mask is over all completions without unstated approvals."""
    presumed = judged.presumed()
    return "false" if not presumed & mask else "true" if not presumed & ~mask else "open"


def strong(values: list[str], kind: str) -> str:
    """Kleene's and, or, not, by a table of their own."""
    order = {"false": 0, "open": 1, "true": 2}
    if kind == "not":
        return {"false": "true", "true": "false", "open": "open"}[values[0]]
    chosen = (min if kind == "all" else max)((order[v] for v in values), default=2 if kind == "all" else 0)
    return next(v for v, at in order.items() if at == chosen)


def agrees(node: Node, condition: t.Condition, judged: Judged, place: Place) -> int:
    """Assert that a node and all below it are what the oracle makes of the condition; how many there are."""
    exact = exactly(judged, judged.mask(judged.rules.lower(condition, place)))
    assert node.settled == exact, (node, exact)
    assert node.truth in (exact, "open"), (node, exact)
    match condition:
        case t.And(items) | t.Or(items):
            assert node.kind == ("all" if isinstance(condition, t.And) else "any") and len(node.parts) == len(items)
            assert node.truth == strong([p.truth for p in node.parts], node.kind)
            return 1 + sum(agrees(p, c, judged, place) for p, c in zip(node.parts, items, strict=True))
        case t.Not(item) if node.kind == "not":
            assert node.truth == strong([node.parts[0].truth], "not")
            return 1 + agrees(node.parts[0], item, judged, place)
        case t.Holds(name) if node.kind == "definition" and node.parts:
            own = f"{place.document}/{name}"
            defines = judged.rules.blocks[t.Define]
            assert node.truth == node.parts[0].truth
            return 1 + agrees(node.parts[0], defines.get(own, defines.get(name.text)).condition, judged, place)
        case _:
            assert not node.parts
            if not isinstance(condition, t.Always):
                assert node.answers
            return 1


def trees(one: OfferingExplained, judged: Judged) -> int:
    """Assert all trees of an offering's clauses; how many nodes there were."""
    nodes = 0
    for clause in one.clauses:
        if clause.applies is None:
            continue
        block = judged.rules.provisions[clause.provision]
        document = clause.provision.rpartition("/")[0]
        place = Place(document.partition("/")[0], judged.offering, document, clause.provision)
        nodes += agrees(clause.applies, block.when, judged, place)
        unless = [e for e in clause.exceptions if e.provision is None]
        for shown, exemption in zip(unless, block.unless, strict=True):
            nodes += agrees(shown.node, exemption.condition, judged, place)
        for duty, that in zip(clause.duties, block.that, strict=True):
            nodes += agrees(duty.duty, that.duty, judged, place)
            assert (duty.due is None) == (that.when is None)
            if that.when is not None:
                nodes += agrees(duty.due, that.when, judged, place)
        for lifting in (e for e in clause.exceptions if e.provision is not None):
            assert lifting.lifts == exactly(judged, judged.mask(judged.bites[lifting.provision]))
            assert lifting.node.truth in (lifting.lifts, "open")
        assert clause.bites == exactly(judged, judged.mask(judged.bites[clause.provision]))
        assert clause.truth in (clause.bites, "open")
        gate = exactly(judged, judged.mask(judged.gates[document]))
        assert gate == (clause.governs.settled if clause.governs else "true"), clause.governs
        parts = [clause.applies.truth, *(strong([e.node.truth], "not") for e in clause.exceptions)]
        parts += [clause.governs.truth] if clause.governs else []
        assert clause.truth == strong(parts, "all"), clause
    return nodes


@given(samples())
def test_every_node_is_what_the_oracle_makes_of_it(sample: Sample) -> None:
    for one, judged in pairs(sample):
        trees(one, judged)


@given(samples())
def test_verdicts_and_deciding_clauses_are_those_of_the_check(sample: Sample) -> None:
    from mayuse.judge.because import deciding

    rows, explanation = adapter.rows(sample), explained(sample)
    assert (explanation is None) == (not rows)
    for one in explanation.offerings if explanation else ():
        row = rows[one.offering]
        assert one.verdict is row.verdict
        assert list(one.deciding) == [f.provision for f in deciding(row)]
        assert {c.provision for c in one.clauses if c.role == "decides"} == set(one.deciding)
        shown = {c.provision: c.effect for c in (*one.clauses, *one.others)}
        assert shown == {f.provision: f.effect for f in row.findings}
        assert len(one.misses) == one.idle and not {m.provision for m in one.misses} & shown.keys()
        for miss in one.misses:
            assert miss.reason


# ---- other plans


def with_answers(sample: Sample, told: Mapping[str, Any]) -> Sample:
    """The sample with these answers: values, choices of readings, or None for one that is left out."""
    rules = sample.rules()
    answers = dict(sample.case.answers)
    settlements = {s.id: s for s in sample.settlements}
    for key, value in told.items():
        if isinstance(value, str):
            settlements[key] = Settlement(key, value)
        elif value is None:
            answers.pop(key, None)
            settlements.pop(key, None)
        elif rules.fact(key).for_counsel:
            settlements[key] = Settlement(key, "", value=value)
        else:
            answers[key] = Answer(value)
    approvals = tuple(k for k in sample.case.approvals if k not in told)
    return dataclasses.replace(
        retold(sample, answers=answers, approvals=approvals), settlements=tuple(settlements.values())
    )


@given(samples())
def test_witnesses_replay(sample: Sample) -> None:
    for one, _ in pairs(sample):
        assert len(one.witnesses) in (0, 2)
        if one.witnesses:
            assert one.verdict.value in WITNESSED
            assert [w.conflicts for w in one.witnesses] == [True, False]
            assert {a.key: (a.value, a.choice) for a in one.witnesses[0].shared} == {
                a.key: (a.value, a.choice) for a in one.witnesses[1].shared
            }
        for witness in one.witnesses:
            told = {a.key: a.choice or a.value for a in (*witness.differs, *witness.shared)}
            again = with_answers(sample, told)
            assert (witness.verdict.value in STANDS) == witness.conflicts
            assert again.judged()[one.offering].verdict() == witness.verdict.value, (witness, again)
            assert adapter.verdicts(again)[one.offering] == witness.verdict.value


@given(samples())
def test_other_plans_replay(sample: Sample) -> None:
    for one, _ in pairs(sample):
        for change in one.changes:
            assert change.verdict < one.verdict
            again = with_answers(sample, dict(change.values))
            assert again.judged()[one.offering].verdict() == change.verdict.value, change


def test_most_open_verdicts_have_witnesses_and_trees_have_depth() -> None:
    """In a sample of fixed seeds: that the tests above have something to test."""
    shown: Counter[bool] = Counter()
    nodes = changes = 0
    for seed in range(120):
        for one, judged in pairs(from_seed(seed)):
            nodes += trees(one, judged)
            changes += len(one.changes)
            if one.verdict.value in WITNESSED:
                shown[bool(one.witnesses)] += 1
    assert shown[True] >= 20 and shown[False] <= shown[True] // 10, shown
    assert nodes > 500 and changes > 5, (nodes, changes)
