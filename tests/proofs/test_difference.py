"""`difference` on small rule sets, one for each outcome, and on drawn ones against the oracle's enumeration."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping

import pytest
from hypothesis import assume, given, settings, strategies as st
from laws import changes
from laws.plans import MOST, Sample, samples
from mayuse.judge import check
from mayuse.language import RulesError, tree as t
from mayuse.load import load_texts
from mayuse.proofs.difference import Compared, Difference, Outcome, Side, between_offerings, difference
from mayuse.proofs.pair import Way
from mayuse.proofs.provisions import changed_texts
from mayuse.rulebook.model import Rules
from mayuse.testing.dice import Dice
from mayuse.testing.generate import DAY
from mayuse.usecase.model import Answer, UseCase
from meaning import Formula, Rules as Naive, ask
from oracle import Judged

dice = st.randoms(use_true_random=False).map(lambda r: Dice(r.randrange))

VOCABULARY = """
term purpose "What it is for"
term helping "Helping people" under purpose
term watching "Watching people" under purpose
term mass-watching "Watching a population" under watching
fact purposes "What is it for?" many of purpose
fact trains "Does it train a model?" yes or no
fact shares "Is that model shared?" yes or no asked when trains
fact users "How many users?" count of person
fact direct "Do people reach {offering} directly?" yes or no per offering
safeguard tells "Are people told?"
wrong unlawful "Is it against the law?"
"""
PLATFORM = """
platform acme "Acme"
  offering api "Acme API" under terms
  offering app "Acme App" under terms, app-terms
"""
HEAD = """
document terms "Acme Terms"
  own "terms.md"
  captured 2026-01-01 seen 2026-08-22
  coverage whole
"""
APP = """
document app-terms "App Terms"
  own "app.md"
  captured 2026-01-01 seen 2026-08-22
  coverage whole

permit use "May use it"
  section "1" quote "you may use it freely"
  when always
"""
NO_TRAINING = """
prohibit training "No training"
  section "1" quote "you must not train models"
  when trains
"""
NO_SHARING = NO_TRAINING.replace("when trains", "when shares")
UNLESS = NO_TRAINING + '  unless approved by platform section "9" quote "unless we agree in writing"\n'
NO_WATCHING = """
prohibit watching "No watching"
  section "2" quote "indiscriminate watching of people is forbidden"
  when purposes includes watching
"""
LABEL = """
require label "People are told"
  section "3" quote "you shall tell every person"
  when users above 10
  that tells
"""
NO_LABEL = """
reserve stop "May stop it"
  section "4" quote "we may stop it at any time"
  when always
"""
KEEP = LABEL.replace("when users above 10", "when always")


def rules(terms: str, head: str = HEAD, vocabulary: str = VOCABULARY, app: str = APP) -> Rules:
    return load_texts(
        {
            "vocabulary/all.rules": vocabulary,
            "acme/platform.rules": PLATFORM,
            "acme/terms.rules": head + terms,
            "acme/app-terms.rules": app,
        }
    )


def compared(before: Rules, after: Rules, first: datetime.date = DAY, second: datetime.date = DAY) -> Difference:
    return difference(Side(before, first, "before"), Side(after, second, "after"))


def row(before: str | Rules, after: str | Rules) -> Compared:
    sides = (rules(one) if isinstance(one, str) else one for one in (before, after))
    found = compared(*sides).compared[0]
    assert found.after == "acme/api"
    return found


def verdicts(found: Compared) -> dict[str, tuple[str, str]]:
    return {w.way.value: (w.before.value, w.after.value) for w in found.witnesses}


def test_the_same_rules_are_equivalent() -> None:
    found = compared(rules(NO_TRAINING), rules(NO_TRAINING))
    assert not found.differs
    assert {one.outcome for one in found.compared} == {Outcome.EQUIVALENT}


def test_a_provision_more_is_stricter_and_shown_by_the_plan_it_forbids() -> None:
    found = row("", NO_TRAINING)
    assert found.outcome is found.unapproved is Outcome.STRICTER
    (stricter,) = [w for w in found.witnesses if w.way is Way.STRICTER]
    assert {key: str(value) for key, value in stricter.answers.items()} == {"trains": "FlagValue(yes=True)"}
    assert stricter.after.value == "conflict"
    assert [(d.id, d.how) for d in stricter.decided] == [("acme/terms/training", "added")]


def test_a_provision_less_is_laxer() -> None:
    found = row(NO_TRAINING + NO_WATCHING, NO_WATCHING)
    assert (found.outcome, found.coverage) == (Outcome.LAXER, Outcome.EQUIVALENT)
    assert verdicts(found) == {"laxer": ("conflict", "permitted")}
    assert [(d.id, d.how) for d in found.witnesses[0].decided] == [("acme/terms/training", "removed")]


def test_one_prohibition_for_another_is_incomparable() -> None:
    found = row(NO_TRAINING, NO_WATCHING)
    assert found.outcome is Outcome.INCOMPARABLE
    assert verdicts(found) == {"stricter": ("permitted", "conflict"), "laxer": ("conflict", "permitted")}


def test_a_narrower_condition_is_laxer_and_the_provision_changed() -> None:
    found = row(NO_TRAINING, NO_SHARING)
    assert found.outcome is Outcome.LAXER
    assert [(d.id, d.how) for d in found.witnesses[0].decided] == [("acme/terms/training", "changed")]


def test_a_new_exception_shows_what_lifts_the_provision() -> None:
    permit = '\npermit small "Small ones may"\n  section "4" quote "small teams may train models"\n'
    permit += "  when users below 10\n  overrides training\n"
    found = row(NO_TRAINING, NO_TRAINING + permit)
    assert found.outcome is Outcome.LAXER
    (decided,) = found.witnesses[0].decided
    assert (decided.how, decided.lifted_by) == ("same", ("acme/terms/small",))


def test_consent_that_is_no_longer_possible_is_stricter_only_where_something_is_approved() -> None:
    found = row(UNLESS, NO_TRAINING)
    assert (found.outcome, found.unapproved) == (Outcome.STRICTER, Outcome.EQUIVALENT)
    assert found.witnesses[0].approved
    assert found.witnesses[0].plan.approvals == ("acme/terms/training",)


def test_a_standing_duty_is_failed_only_by_a_plan_that_says_so() -> None:
    found = row(NO_LABEL, NO_LABEL + KEEP)
    assert verdicts(found) == {"stricter": ("permitted", "conflict")}
    assert str(dict(found.witnesses[0].answers)) == "{'tells': FlagValue(yes=False)}"


def test_other_words_for_the_same_are_reworded_only() -> None:
    other = NO_WATCHING.replace("includes watching", "includes any of watching, mass-watching")
    other = other.replace("indiscriminate watching", "any watching at all")
    found = compared(rules(NO_WATCHING + NO_TRAINING), rules(other + NO_SHARING))
    assert found.shared is not None
    (texts,) = changed_texts(found.shared)
    assert (texts.reworded, texts.changed) == (("acme/terms/watching",), ("acme/terms/training",))
    assert row(NO_WATCHING, other).outcome is Outcome.EQUIVALENT


def test_narrower_coverage_is_a_difference_of_its_own() -> None:
    part = HEAD.replace("coverage whole", 'coverage partial "the first part only"')
    found = row(rules(NO_TRAINING), rules(NO_TRAINING, part))
    assert (found.outcome, found.coverage) == (Outcome.EQUIVALENT, Outcome.STRICTER)
    assert found.differs
    assert verdicts(found) == {"less covered": ("permitted", "not covered")}
    assert found.witnesses[0].decided[0].why == "the first part only"


def test_a_text_grows_too_old_between_two_days() -> None:
    one = rules(NO_TRAINING)
    sides = [Side(one, day, "a day", 60) for day in (datetime.date(2026, 9, 1), datetime.date(2026, 12, 1))]
    found = difference(*sides).compared[0]
    assert (found.outcome, found.coverage) == (Outcome.EQUIVALENT, Outcome.STRICTER)


def test_a_provision_that_comes_into_force() -> None:
    one = rules(NO_TRAINING + "  in force 2026-07-01\n" + NO_WATCHING)
    found = compared(one, one, datetime.date(2026, 6, 1), datetime.date(2026, 8, 1)).compared[0]
    assert found.outcome is Outcome.STRICTER
    assert [d.how for d in found.witnesses[0].decided] == ["elsewhere"]


def test_two_offerings_answer_alike() -> None:
    direct = '\nprohibit direct "Not directly"\n  section "5" quote "nobody may reach it directly"\n  when direct\n'
    one = rules(direct)
    assert not between_offerings(Side(one, DAY, ""), "acme/api", "acme/app").differs
    one = rules("", app=APP + direct)
    (found,) = between_offerings(Side(one, DAY, ""), "acme/api", "acme/app").compared
    stricter = next(w for w in found.witnesses if w.way is Way.STRICTER)
    assert sorted(stricter.plan.answers) == ["direct@acme/api", "direct@acme/app"]
    report = check(one, stricter.plan, settlements=stricter.settlements)
    assert [r.verdict for r in report.verdicts] == [stricter.before, stricter.after]


def test_an_offering_that_only_one_side_has() -> None:
    one = rules(NO_TRAINING)
    platform = PLATFORM + '  offering pro "Acme Pro" under terms\n'
    other = load_texts(
        {
            "vocabulary/all.rules": VOCABULARY,
            "acme/platform.rules": platform,
            "acme/terms.rules": HEAD + NO_TRAINING,
            "acme/app-terms.rules": APP,
        }
    )
    assert (compared(one, other).added, compared(other, one).removed) == (("acme/pro",), ("acme/pro",))
    assert compared(one, other).differs


def test_a_new_term_changes_nothing_by_itself() -> None:
    more = VOCABULARY + 'term tracking "Tracking people" under watching\n'
    found = compared(rules(NO_WATCHING), rules(NO_WATCHING, vocabulary=more))
    assert [c.words for c in found.vocabulary] == ["term 'tracking' added"]
    assert not found.differs


def test_a_term_elsewhere_is_compared_in_the_later_vocabulary_and_counts() -> None:
    moved = VOCABULARY.replace("under watching", "under helping")
    found = compared(rules(NO_WATCHING), rules(NO_WATCHING, vocabulary=moved))
    assert found.compared[0].outcome is Outcome.EQUIVALENT
    assert [c.id for c in found.compared[0].vocabulary] == ["mass-watching"]
    assert found.differs


def test_a_fact_of_another_kind_is_not_compared() -> None:
    other = VOCABULARY.replace('How many users?" count of person', 'Are there users?" yes or no')
    found = compared(rules(LABEL), rules(NO_TRAINING, vocabulary=other)).compared[0]
    assert (found.outcome, found.differs) == (None, True)
    assert "reads 'users' as count of person, which is now yes or no" in found.why


def test_a_fact_that_only_the_later_rules_ask() -> None:
    more = VOCABULARY + 'fact sells "Is it sold?" yes or no\n'
    later = rules(
        '\nprohibit selling "No"\n  section "1" quote "you must not sell it"\n  when sells\n', vocabulary=more
    )
    found = row(rules(NO_TRAINING), later)
    assert found.outcome is Outcome.INCOMPARABLE
    assert verdicts(found) == {"stricter": ("permitted", "conflict"), "laxer": ("conflict", "permitted")}


# -- against the oracle


class TooLarge(Exception):
    """More combinations than can be enumerated."""


class Both(Judged):
    """Two sides over the completions of both, with every question open and answered in each completion."""

    def __init__(self, first: Judged, second: Judged, names: Mapping[str, str]):
        super().__init__(second.rules, second.case, second.offering, enumerates=False)
        self.days = first.day, second.day
        self.formulas = [retied(part, names) for one in (first, second) for part in (conflicts(one), uncovered(one))]
        self.bites = {}
        self.gates = {str(i): formula for i, formula in enumerate(self.formulas)}
        self.governing = {}
        self._enumerate()
        self.masks_of = [self.mask(formula) & self.valid for formula in self.formulas]

    def _consistent(self, key: str) -> Formula:
        if self.everything.bit_length() > MOST:
            raise TooLarge
        return super()._consistent(key)

    def ways(self, approvals: bool) -> set[Way]:
        """How some completion differs: with any approvals, or with none."""
        before, old, after, new = self.masks_of
        given = 0 if approvals else self.mask(("or", *(ask(k) for k, role in self.roles.items() if role == "approval")))
        free = ~(before | after | given)
        found = {
            Way.STRICTER: after & ~before & ~given,
            Way.LAXER: before & ~after & ~given,
            Way.LESS_COVERED: new & ~old & free,
            Way.MORE_COVERED: old & ~new & free,
        }
        return {way for way, mask in found.items() if mask}


def conflicts(one: Judged) -> Formula:
    """That a plan which answers everything conflicts."""
    bad: list[Formula] = []
    for document, provisions in one.governing.items():
        for p in provisions:
            kind = one.rules.provisions[p].kind
            bad += (
                [("and", one.bites[p], *([one._fails(p)] if kind == "require" else ()))]
                if kind in ("prohibit", "require")
                else []
            )
        if one.rules.documents[document].silence_reserved:
            permits = [one.bites[p] for p in provisions if one.rules.provisions[p].kind == "permit"]
            bad.append(("and", one.gates[document], ("not", ("or", ask(f"{document}/silence"), *permits))))
    return ("or", *bad)


def uncovered(one: Judged) -> Formula:
    """That a plan which answers everything is governed by a text that is not known well enough, or by none."""
    short = []
    for name, gate in one.gates.items():
        d = one.rules.documents[name]
        whole = d.coverage is not None and d.coverage.whole and bool(one.governing.get(name))
        if not whole or isinstance(d.evidence, t.Reported):
            short.append(gate)
    return ("or", *short, ("not", ("or", *one.gates.values())))


def retied(formula: Formula, names: Mapping[str, str]) -> Formula:
    """A formula with the ends of its keys replaced."""
    match formula:
        case ("ask", key, test, bounds):
            fact, at, scope = key.partition("@")
            return ("ask", fact + names.get(at + scope, at + scope), test, bounds)
    return (formula[0], *(retied(part, names) for part in formula[1:]))


def expected(one: Naive, other: Naive, days: tuple[datetime.date, datetime.date], first: str, second: str) -> Both:
    wrongs = {n: Answer(None, "don't know") for n, f in other.blocks[t.Fact].items() if f.role == "wrong"}
    cases = [UseCase(as_of=day, answers=wrongs) for day in days]
    sides = Judged(one, cases[0], first, enumerates=False), Judged(other, cases[1], second, enumerates=False)
    names = (
        {} if first == second else {f"@{first}": f"@{second}", f"@{first.split('/')[0]}": f"@{second.split('/')[0]}"}
    )
    try:
        return Both(*sides, names)
    except TooLarge:
        assume(False)
        raise


def holds_true(found: Compared, both: Both, naive: tuple[Naive, Naive]) -> None:
    """The row says what the enumeration does, and each witness is what the oracle says of it."""
    there, plain = both.ways(True), both.ways(False)
    for outcome, ways, which in (
        (found.outcome, there, (Way.STRICTER, Way.LAXER)),
        (found.unapproved, plain, (Way.STRICTER, Way.LAXER)),
        (found.coverage, there, (Way.LESS_COVERED, Way.MORE_COVERED)),
    ):
        assert outcome is Outcome.of(*(way in ways for way in which)), (found, there, plain)
    assert {w.way for w in found.witnesses} | {*found.untold} == there
    for w in found.witnesses:
        assert w.approved is (w.way not in plain)
        for rules, side, offering, verdict in (
            (naive[0], 0, found.before, w.before),
            (naive[1], 1, found.after, w.after),
        ):
            case = dataclasses.replace(w.plan, as_of=both.days[side])
            assert Judged(rules, case, offering, w.settlements).verdict() == verdict.value, (w, side)
        free = ("permitted", "conditional", "not covered")
        worse, better = (w.after, w.before) if w.way.later else (w.before, w.after)
        stuck = ("conflict", "needs approval") if w.way in (Way.STRICTER, Way.LAXER) else ("not covered",)
        assert worse.value in stuck and better.value in free, w
        assert worse is not better


def changed(dice: Dice, files: changes.Files) -> changes.Files:
    """The files with one change of what their provisions or documents say."""
    names = [
        (f"{path.removesuffix('.rules')}/{b.name}", b)
        for path, file in files.items()
        for b in file.blocks
        if isinstance(b, t.Provision)
    ]
    documents = sorted({id_.rpartition("/")[0] for id_, _ in names})
    match dice.pick(("without", "when", "when", "kind", "narrowed", "emptied", "nothing")):
        case "without" if names:
            return changes.without(files, dice.pick(names)[0])
        case "when" if names:
            (one, block), (_, other) = dice.pick(names), dice.pick(names)
            new = dataclasses.replace(block, when=other.when)
            return changes.blocks(files, lambda id_, b: [new if id_ == one else b])
        case "kind" if names:
            one, block = dice.pick(names)
            kind = "reserve" if block.kind != "reserve" else "prohibit"
            new = dataclasses.replace(block, kind=kind, that=(), overrides=(), unless=())
            return changes.blocks(files, lambda id_, b: [new if id_ == one else b])
        case "narrowed" if documents:
            return changes.narrowed(files, dice.pick(documents))
        case "emptied" if documents:
            return changes.emptied(files, dice.pick(documents))
    return files


@given(samples(), dice)
@settings(max_examples=2 * settings.default.max_examples)  # type: ignore[union-attr]
def test_a_change_means_what_the_enumeration_says(sample: Sample, dice: Dice) -> None:
    files = changed(dice, dict(sample.files)), changed(dice, dict(sample.files))
    drawn = [dataclasses.replace(sample, files=one) for one in files]
    try:
        sides = [load_texts(one.texts()) for one in drawn]
    except RulesError:
        assume(False)
        raise
    naive = drawn[0].rules(), drawn[1].rules()
    days = DAY, dice.pick((DAY, DAY, datetime.date(2026, 12, 1), datetime.date(2025, 6, 1)))
    for found in compared(*sides, *days).compared:
        holds_true(found, expected(*naive, days, found.before, found.after), naive)


@given(samples())
def test_two_offerings_differ_as_the_enumeration_says(sample: Sample) -> None:
    one, naive = load_texts(sample.texts()), sample.rules()
    ids = list(one.offerings)
    assume(len(ids) > 1)
    (found,) = between_offerings(Side(one, DAY, ""), ids[0], ids[-1]).compared
    holds_true(found, expected(naive, naive, (DAY, DAY), ids[0], ids[-1]), (naive, naive))


def test_what_cannot_be_told_is_said_to_be() -> None:
    only = """
prohibit mixed "No"
  section "1" quote "watching and mass watching together"
  when purposes includes watching other than mass-watching and purposes includes mass-watching
"""
    found = row("", only)
    assert found.outcome is Outcome.STRICTER
    assert found.untold == (Way.STRICTER,)


@pytest.mark.parametrize("way", list(Way))
def test_ways_have_a_worse_side(way: Way) -> None:
    assert way.later is (way.value in ("stricter", "less covered"))
