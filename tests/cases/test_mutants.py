"""Mutants: each operator makes the faults it names, and what each comes to is what enumeration says."""

from __future__ import annotations

import dataclasses
import datetime
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import assume, given, strategies as st
from laws.changes import blocks, rebuild
from laws.plans import Sample, small
from mayuse import check
from mayuse.cases.mutants import OPERATORS, Mutant, mutants, mutated
from mayuse.cases.mutation import Bench, Decision
from mayuse.cases.sites import Sites
from mayuse.cases.verdicts import Outcome, judged
from mayuse.judge.answers import with_counsel
from mayuse.judge.governing import governing, instead
from mayuse.judge.offer import prepare
from mayuse.language import RulesError, tree as t
from mayuse.language.format import format_condition
from mayuse.load import load_rules, load_texts
from mayuse.proofs.space import as_plan
from mayuse.rulebook.model import Rules
from mayuse.testing.dice import seeded
from mayuse.testing.generate import CITED, DAY, draw_rules, nodes
from mayuse.usecase.model import Answer, TermsValue, UseCase
from oracle import Judged

WORDS = """
term goal "A goal"
term harm "Harm" under goal
term fraud "Fraud" under harm
term theft "Theft" under harm
term art "Art" under goal
term body "A body"
term person "A person" under body
term firm "A firm" under body
fact goals "What for?" many of goal
fact kind "Who?" one of body
fact sold "Is it sold?" yes or no
fact hidden "Is it hidden?" yes or no
fact age "How old?" count of year
fact share "What share?" number of percent
safeguard label "Is it labelled?"
safeguard review "Is it reviewed?"
define secret as sold and hidden
topic first "First"
"""
PLATFORM = 'platform acme "Acme"\n  offering api "API" under terms\n'
TERMS = """document terms "Terms"
  own "terms.md"
  captured 2026-01-01
  coverage whole
{silence}
reading scope "How wide?"
  choice narrow "Narrow"
  choice wide "Wide"
"""


def made(provisions: str, silence: str = "") -> Rules:
    texts = {"vocabulary/words.rules": WORDS, "acme/platform.rules": PLATFORM}
    text = TERMS.format(silence=silence) + provisions
    return load_texts({**texts, "acme/terms.rules": text})


def one(clauses: str, kind: str = "prohibit") -> Rules:
    """Rules with one provision, called `p`, with these clauses."""
    return made(f'{kind} p "P"\n  {clauses}\n  topic first\n')


def whens(rules: Rules, operator: str) -> list[str]:
    """The `when` of every mutant by an operator."""
    return [format_condition(m.changed.when) for m in mutants(rules) if m.operator == operator]


@pytest.mark.parametrize(
    ("when", "operator", "changed"),
    [
        ("sold", "negate", ["not sold"]),
        ("not sold", "negate", ["sold"]),
        (
            "not (sold and hidden)",
            "negate",
            ["sold and hidden", "not (not sold and hidden)", "not (sold and not hidden)"],
        ),
        ("secret", "negate", ["not secret"]),
        ("always", "negate", []),
        ("sold and hidden and secret", "drop-conjunct", ["hidden and secret", "sold and secret", "sold and hidden"]),
        ("sold or hidden", "drop-disjunct", ["hidden", "sold"]),
        ("sold or hidden", "drop-conjunct", []),
        ("sold and (hidden or secret)", "drop-disjunct", ["sold and secret", "sold and hidden"]),
        ("sold and (hidden or secret)", "swap-joint", ["sold or hidden or secret", "sold and hidden and secret"]),
        ("age above 17", "move-threshold", ["age at least 17", "age above 18", "age above 170"]),
        ("age at most 17", "move-threshold", ["age below 17", "age at most 18", "age at most 170"]),
        ("share at least 7.5", "move-threshold", ["share above 7.5", "share at least 8", "share at least 75"]),
        ("share below 0", "move-threshold", ["share at most 0", "share below 1"]),
        ("goals includes fraud", "widen-term", ["goals includes harm"]),
        ("goals includes harm", "widen-term", ["goals includes goal"]),
        ("goals includes goal", "widen-term", []),
        (
            "goals includes any of fraud, theft",
            "widen-term",
            ["goals includes any of harm, theft", "goals includes any of fraud, harm"],
        ),
        (
            "goals includes any of fraud, harm",
            "widen-term",
            ["goals includes harm", "goals includes any of fraud, goal"],
        ),
        ("goals includes any of fraud, theft", "narrow-list", ["goals includes theft", "goals includes fraud"]),
        ("kind is any of person, firm", "narrow-list", ["kind is firm", "kind is person"]),
        ("goals includes fraud", "narrow-list", []),
        ("goals includes harm other than fraud", "drop-other-than", ["goals includes harm"]),
        (
            "goals includes harm other than fraud, theft",
            "drop-other-than",
            ["goals includes harm other than theft", "goals includes harm other than fraud"],
        ),
        ("goals includes harm other than fraud", "swap-includes", ["goals is only harm"]),
        ("not (goals is only art, fraud)", "swap-includes", ["not (goals includes any of art, fraud)"]),
        ("kind is person", "swap-is", ["kind is not person"]),
        ("kind is not person", "swap-is", ["kind is person"]),
        ("kind is any of person, firm", "swap-is", []),
        ("reading scope is wide", "other-choice", ["reading acme/terms/scope is narrow"]),
    ],
)
def test_operators_on_a_condition(when: str, operator: str, changed: list[str]) -> None:
    assert whens(one(f"when {when}"), operator) == changed


def test_operators_on_a_provision() -> None:
    rules = made(
        'prohibit ban "Ban"\n  when sold\n  unless hidden\n  unless approved by platform and label\n  topic first\n\n'
        'require duty "Duty"\n  when sold\n  that label and review when hidden\n  that review\n  topic first\n\n'
        'permit gift "Gift"\n  when hidden\n  overrides ban, duty\n  topic first\n'
    )
    by = Counter(m.operator for m in mutants(rules))
    assert set(by) <= set(OPERATORS)
    assert (by["drop-exception"], by["drop-duty"], by["drop-due"], by["drop-override"]) == (2, 2, 1, 2)
    says = {m.id: m.says for m in mutants(rules)}
    assert says["acme/terms/ban:drop-exception:2"] == "'unless approved by platform and label' is left out"
    assert says["acme/terms/duty:drop-due:1"] == "'that label and review' is due always, not only 'when hidden'"
    assert says["acme/terms/duty:swap-joint:1"] == "'or' stands for 'and' in 'label and review' in a 'that'"
    assert says["acme/terms/gift:drop-override:2"] == "'overrides duty' is left out"
    assert [m.says for m in mutants(rules) if m.operator == "swap-kind"] == [
        "'prohibit' is written as 'permit'",
        "'prohibit' is written as 'reserve'",
        "'require' is written as 'reserve'",
        "'permit' is written as 'prohibit'",
        "'permit' is written as 'reserve'",
    ]
    # An approval can be left out of an 'unless', and then the provision gives none; no text can negate it.
    banned = [m for m in mutants(rules, ["acme/terms"]) if m.provision == "acme/terms/ban"]
    left = {m.says: m.changed.exemptions[1].approval for m in banned if m.operator == "drop-conjunct"}
    assert left == {
        "'approved by platform' is left out in an 'unless'": None,
        "'label' is left out in an 'unless'": "acme/terms/ban",
    }
    assert not any("not approved" in m.says or "'approved by platform' is negated" in m.says for m in mutants(rules))


def test_one_fault_is_one_changed_provision() -> None:
    rules = load_rules()
    shipped = list(mutants(rules, ["anthropic/commercial-terms", "deepseek/terms-of-use"]))
    assert {m.changed.document for m in shipped} == {"anthropic/commercial-terms", "deepseek/terms-of-use"}
    assert len({m.id for m in shipped}) == len(shipped) > 300
    assert shipped == list(mutants(rules, ["deepseek/terms-of-use", "anthropic/commercial-terms"]))
    for mutant in shipped:
        assert mutant.changed != rules.provisions[mutant.provision], mutant.id
        other = mutated(rules, mutant)
        assert {id for id, p in other.provisions.items() if p != rules.provisions[id]} == {mutant.provision}


def decided(rules: Rules) -> dict[str, Decision]:
    """What each mutant comes to, by its sentence."""
    bench = Bench(Sites(rules))
    return {m.says: bench.decide(m) for m in mutants(rules)}


def test_what_says_nothing_new_is_equivalent() -> None:
    found = decided(one("when goals includes any of harm, fraud"))
    assert found["'fraud' is left out of 'goals includes any of harm, fraud'"].equivalent
    assert found["'fraud' is widened to 'harm' in 'goals includes any of harm, fraud'"].equivalent
    assert not found["'harm' is left out of 'goals includes any of harm, fraud'"].equivalent


def test_what_the_proofs_refuse() -> None:
    found = decided(one("when goals includes harm\n  unless label"))
    refused = {says: {d.code for d in one.refused} for says, one in found.items() if one.refused}
    assert refused == {
        "'goals includes harm' is negated": {"M120"},
        "'goals is only harm' stands for 'goals includes harm'": {"M120"},
        "'label' is negated in an 'unless'": {"M121"},
    }


def test_a_reserve_that_something_lifts_is_refused() -> None:
    ban = 'prohibit ban "Ban"\n  when sold\n  topic first\n\n'
    permit = 'permit gift "Gift"\n  when hidden\n  overrides ban\n  topic first\n\n'
    reserve = 'reserve right "Right"\n  when hidden\n  may lift ban\n  topic first\n'
    for rest in (permit, reserve):
        found = decided(made(ban + rest))["'prohibit' is written as 'reserve'"]
        assert [d.code for d in found.refused] == ["M106"]


def test_a_permit_is_told_by_what_it_lifts_and_by_the_silence_it_answers() -> None:
    ban = 'prohibit ban "Ban"\n  when sold\n  topic first\n\n'
    gift = 'permit gift "Gift"\n  when {}\n  topic first\n'
    lifting = decided(made(ban + gift.format("hidden\n  overrides ban")))
    dropped = lifting["'overrides ban' is left out"].difference
    assert dropped is not None and (dropped.clause, dropped.effect) == ("acme/terms/ban", "conflict")
    reserved = "'permit' is written as 'reserve'"
    assert decided(made(gift.format("hidden")))[reserved].equivalent
    silent = decided(made(gift.format("hidden"), "  silence is reserved"))[reserved].difference
    assert silent is not None and (silent.clause, silent.originally) == ("acme/terms/silence", False)


def test_the_plan_that_tells_is_small_and_tells() -> None:
    rules = one("when sold and goals includes fraud\n  unless label and review")
    bench = Bench(Sites(rules))
    for mutant in mutants(rules):
        decision = bench.decide(mutant)
        if decision.difference is None:
            continue
        case = bench.case(decision)
        assert len(case.told) <= 4, mutant.id
        _assert_tells(bench, decision)
    with pytest.raises(ValueError, match="nothing tells"):
        bench.case(Decision(mutant))


def _assert_tells(bench: Bench, decision: Decision) -> None:
    """The case of a decision gives one thing under the original and another under the mutant: by the sites, and by a whole
    check of the plan under rules compiled afresh."""
    mutant, at = decision.mutant, decision.difference
    assert at is not None
    case = bench.case(decision)
    (other,) = judged(bench.faulty(mutant), case)
    assert isinstance(other, Outcome) and other.gives != case.gives
    if any(isinstance(v, TermsValue) and not v.complete for v in case.told.values()):
        return  # only "some other kind of" a term that is listed too would be certain, for which there are no words
    plan, settlements = as_plan(bench.rules, at.site.offering.id, at.site.day, case.told)
    for rules, there in ((bench.rules, at.originally), (mutated(bench.rules, mutant), not at.originally)):
        offer = prepare(rules, with_counsel(rules, plan, settlements), at.site.offering, settlements, at.site.day)
        clause = next(c for c in offer.governing.clauses if c.id == at.clause)
        kind = clause.provision.kind if clause.provision else "silence"
        never = kind in ("permit", "reserve")
        if at.effect == "bites":
            holds = offer.plan.literal(clause.bites) if never else -offer.plan.exact.true
        else:
            holds = -offer.plan.exact.true if never else offer.conflicts(clause)
        assert (offer.plan.certain(holds), offer.plan.possible(holds)) == (there, there)
        found = [f for v in check(rules, plan, settlements=settlements).verdicts for f in v.findings]
        shown = {f.provision for f in found if f.effect in ("conflict", "needs approval")}
        if at.effect == "conflict":
            assert (at.clause in shown) == there


# -- against the oracle


class Both(Judged):
    """Every completion of the original and of a mutant together."""

    def __init__(self, sample: Sample, mutant: Mutant, offering: str, day: datetime.date) -> None:
        rules = sample.rules()
        wrongs = [name for name, fact in rules.blocks[t.Fact].items() if fact.role == "wrong"]
        case = UseCase(as_of=day, answers=dict.fromkeys(wrongs, Answer(None, "don't know")))
        other = Sample(blocks(sample.files, lambda id, block: [_as_written(id, block, mutant)]), case).rules()
        self.other = Judged(other, case, offering, enumerates=False)
        super().__init__(rules, case, offering)

    def _enumerate(self) -> None:
        gates = self.gates
        more = [*self.other.bites.values(), *map(self.other._fails, self.other.bites)]
        self.gates = {**gates, **{f"other {i}": formula for i, formula in enumerate(more)}}
        super()._enumerate()
        self.gates = gates

    def effects(self, of: Judged) -> Iterator[tuple[str, str, int]]:
        """The completions in which each clause conflicts, or bites if it never does."""
        for document, ids in of.governing.items():
            granted = [of.bites[p] for p in ids if of.rules.provisions[p].kind == "permit"]
            for p in ids:
                kind, bites = of.rules.provisions[p].kind, self.valid & self.mask(of.bites[p])
                never = kind in ("permit", "reserve")
                yield p, "bites", bites if never else 0
                yield p, "conflict", 0 if never else bites & self.mask(of._fails(p)) if kind == "require" else bites
            if of.rules.documents[document].silence_reserved:
                lifted = self.mask(("or", ("ask", f"{document}/silence", bool, ()), *granted))
                yield f"{document}/silence", "conflict", self.valid & self.mask(of.gates[document]) & ~lifted

    def differs(self) -> dict[tuple[str, str], tuple[bool, bool]]:
        """Where the two part: whether the effect is there only originally, or only under the mutant, somewhere."""
        before = {(p, e): bits for p, e, bits in self.effects(self)}
        after = {(p, e): bits for p, e, bits in self.effects(self.other)}
        assert before.keys() == after.keys()
        return {k: (bool(before[k] & ~after[k]), bool(after[k] & ~before[k])) for k in before if before[k] != after[k]}


def _as_written(id: str, block: t.Block, mutant: Mutant) -> t.Block:
    """The block of the provision, with the fault."""
    if not isinstance(block, t.Provision) or id != mutant.provision:
        return block
    changed = mutant.changed
    return dataclasses.replace(
        block,
        kind=changed.kind,
        when=changed.when,
        unless=tuple(t.Unless(e.condition) for e in changed.exemptions),
        that=tuple(t.That(d.duty, d.when) for d in changed.duties),
        overrides=(t.Overrides(tuple(map(t.Name, changed.overrides))),) if changed.overrides else (),
        may_lift=None,
    )


def _days(sample: Sample) -> list[datetime.date]:
    """Every day on which something can change."""
    found = {n.value for file in sample.files.values() for b in file.blocks for n in nodes(b) if isinstance(n, t.Date)}
    return sorted(found | {DAY})


@given(st.integers(0, 2**32), st.integers(0, 2**32))
def test_decisions_are_those_of_enumeration(seed: int, which: int) -> None:
    sample = Sample(draw_rules(seeded(seed), list_guards=False), UseCase())
    assume(small(sample))
    rules = load_texts(sample.texts())
    every = list(mutants(rules))
    assume(every)
    bench = Bench(Sites(rules))
    for mutant in seeded(which).some(every, 3, 3):
        decision = bench.decide(mutant)
        provision = rules.provisions[mutant.provision]
        if at := decision.difference:
            if at.site.offering.id in rules.offerings:
                parts = Both(sample, mutant, at.site.offering.id, at.site.day).differs()
                assert parts[at.clause, at.effect][0 if at.originally else 1], mutant.id
                _assert_tells(bench, decision)
        elif decision.equivalent:
            for offering in rules.offerings:
                for day in (d for d in _days(sample) if provision.in_force(d)):
                    assert not Both(sample, mutant, offering, day).differs(), mutant.id


@given(st.integers(0, 2**32), st.integers(0, 2**32))
def test_refusals_are_those_of_the_loader(seed: int, which: int) -> None:
    """Of a mutant written out as text: what is refused here is refused there, and nothing else is."""
    sample = Sample(draw_rules(seeded(seed)), UseCase())
    rules = load_texts(sample.texts())
    bench = Bench(Sites(rules))
    for mutant in seeded(which).some(list(mutants(rules)), 4, 4):
        written = blocks(sample.files, lambda id, block, m=mutant: [_in_text(id, block, m)])  # type: ignore[misc]
        try:
            load_texts(Sample(written, UseCase()).texts())
            codes = set()
        except RulesError as error:
            codes = {d.code for d in error.diagnostics}
        assert {d.code for d in bench.refusals(mutant)} == codes, mutant.id


def _in_text(id: str, block: t.Block, mutant: Mutant) -> t.Block:
    """The block with the fault, in names that may stand in a text."""
    made_ = _as_written(id, block, mutant)
    if made_ is block or not isinstance(made_, t.Provision) or not isinstance(block, t.Provision):
        return block
    document = mutant.changed.document

    def approval(node: object) -> object:
        return t.ApprovedByPlatform() if node == t.Holds(t.Name(mutant.provision)) else node

    def name(node: object) -> object:
        match node:
            case t.Name(text) if text.startswith(f"{document}/"):
                return t.Name(text.removeprefix(f"{document}/"))
            case t.Name(text) if text.count("/") == 2:
                return t.Name(text.partition("/")[2] if text.startswith(f"{document.partition('/')[0]}/") else text)
        return node

    changed: t.Provision = rebuild(rebuild(made_, approval), name)
    return dataclasses.replace(
        changed,
        name=block.name,
        unless=tuple(dataclasses.replace(u, citation=CITED) for u in changed.unless),
        that=tuple(dataclasses.replace(d, citation=CITED) for d in changed.that),
        overrides=tuple(dataclasses.replace(o, citation=CITED) for o in changed.overrides),
        may_lift=block.may_lift if changed.kind == block.kind else None,
    )


@given(st.integers(0, 2**32), st.integers(0, 2**32))
def test_a_clause_in_its_place_reads_as_if_all_were_compiled_anew(seed: int, which: int) -> None:
    rules = load_texts(Sample(draw_rules(seeded(seed)), UseCase()).texts())
    for mutant in seeded(which).some(list(mutants(rules)), 6, 6):
        for offering in rules.offerings.values():
            governs = governing(rules, offering, DAY)
            anew = {c.id: c for c in governing(mutated(rules, mutant), offering, DAY).clauses}
            found = {c.id: c for c in instead(rules, governs, mutant.changed)}
            assert anew == {**{c.id: c for c in governs.clauses}, **found}
