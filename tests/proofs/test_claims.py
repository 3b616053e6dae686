"""Each claim, of rules that have the fault and of rules that have not. How exact they are is tried in `test_proof_laws`."""

from __future__ import annotations

import datetime
import json

import pytest
from click.testing import CliRunner
from mayuse.commands.main import main
from mayuse.load import load_rules, load_texts
from mayuse.proofs.model import Claim, Outcome, Proof
from mayuse.proofs.prove import prove
from mayuse.usecase import read_use_case
from mayuse.usecase.write import as_yaml

DAY = datetime.date(2026, 6, 15)
BASE = """
term goal "What for"
term watch "Watching" under goal
term help "Helping" under goal
fact goals "What for?" many of goal
fact big "Is it big?" yes or no
fact loud "Is it loud?" yes or no
fact volume "How loud?" number of decibel asked when loud
wrong lies "Does it lie?"
safeguard checks "Is it checked?"
topic use "Use"
topic noise "Noise" under use
platform p "P"
  offering api "API" under terms
  offering app "App" under terms, more
"""
DOCUMENTS = """
document terms "Terms"
  coverage whole
reserve change "May change"
  when always
document more "More"
  coverage whole
"""
SOUND = """
prohibit watching "No watching"
  when goals includes watch and not big
  unless checks
  topic use
reading noisy "What is noisy?"
  choice every "Anything loud"
  choice high "Above 80 only"
prohibit noise "No noise"
  when loud and (reading noisy is every or volume above 80)
  topic noise
require checked "Big ones are checked"
  when big
  that checks
  topic use
"""


def proof(*rules: str, base: str = BASE + DOCUMENTS) -> Proof:
    return prove(load_texts({"p/all.rules": base + "".join(rules)}), DAY)


def about(found: Proof, question: str, subject: str = "") -> list[Claim]:
    return [c for c in found.claims if c.question == question and c.subject.endswith(subject)]


def test_sound_rules_have_no_failures_and_every_witness_can_be_written() -> None:
    rules = load_texts({"p/all.rules": BASE + DOCUMENTS + SOUND})
    found = prove(rules, DAY)
    assert found.failures == ()
    assert {c.question for c in found.claims} >= {"bites", "unless", "that", "conjunct", "reading", "monotone", "topic"}
    assert found.provisions == {"p/more": 3, "p/terms": 1}
    for claim in found.claims:
        for one in claim.witnesses:
            assert read_use_case(rules, as_yaml(rules, one.plan), "x").answers.keys() == one.plan.answers.keys()


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("when goals includes watch and not (goals includes goal)", "its 'when' cannot hold"),
        ("when big unless big", "its exceptions always lift it: unless big"),
        ("when volume above 80 unless loud", "its exceptions always lift it: unless loud"),
        ("in force 2026-01-01 until 2026-02-01 when big", ""),
        ("in force 2027-01-01 when big", ""),
        ("when big", ""),
    ],
)
def test_a_provision_that_can_never_bite_says_why(rule: str, why: str) -> None:
    (claim,) = about(proof(f'prohibit it "It"\n  {rule}\n  topic noise\n'), "bites", "/it")
    assert claim.outcome is (Outcome.FAILS if why else Outcome.HOLDS)
    assert claim.why.startswith(why)
    assert bool(claim.witnesses) == (not why)


def test_a_provision_that_is_always_overridden_fails_and_names_what_does() -> None:
    rules = 'prohibit it "It"\n  when big and loud\npermit grant "May"\n  when loud\n  overrides it\n'
    found = proof(rules)
    assert [c.why for c in about(found, "bites", "/it")] == ["always overridden by p/more/grant"]
    assert about(proof(rules.replace("big and loud", "big")), "bites", "/it")[0].outcome is Outcome.HOLDS


def test_a_document_that_nothing_leads_to_never_governs() -> None:
    found = proof('document apart "Apart"\nprohibit it "It"\n  when big\n')
    (claim,) = about(found, "bites", "/it")
    assert claim.outcome is Outcome.FAILS and "no offering is under its document" in claim.why


def test_a_document_whose_gate_never_opens_never_governs() -> None:
    gated = DOCUMENTS + "  applies when loud and not loud\n"
    found = proof('prohibit it "It"\n  when big\n', base=BASE + gated)
    assert about(found, "bites", "/it")[0].why == "its document never governs: no gate to it can open" or (
        about(found, "bites", "/it")[0].why == "its document never governs"
    )
    assert {c.outcome for c in about(found, "gate")} == {Outcome.HOLDS, Outcome.FAILS}
    assert {c.outcome for c in about(proof(base=BASE + DOCUMENTS + "  applies when loud\n"), "gate")} == {Outcome.HOLDS}


@pytest.mark.parametrize(("when", "outcome"), [("always", Outcome.EXPLAINED), ("big", Outcome.HOLDS)])
def test_reserved_silence_is_explained_by_a_permit_that_grants_always(when: str, outcome: Outcome) -> None:
    silent = DOCUMENTS + "  silence is reserved\n"
    (claim,) = about(proof(f'permit use "May"\n  when {when}\n', base=BASE + silent), "bites", "/silence")
    assert claim.outcome is outcome
    assert (claim.why == "p/more/use always grants") == (outcome is Outcome.EXPLAINED)


@pytest.mark.parametrize(
    ("question", "bad", "good"),
    [
        ("unless", "prohibit it 'It' when big unless big and not big", "prohibit it 'It' when big unless loud"),
        ("unless", "prohibit it 'It' when big unless loud unless loud", "prohibit it 'It' when big unless loud"),
        (
            "that",
            "require it 'It' when big that checks when not big",
            "require it 'It' when big that checks when loud",
        ),
        (
            "override",
            "prohibit it 'It' when big permit lift 'May' when not big overrides it",
            "prohibit it 'It' when big permit lift 'May' when loud overrides it",
        ),
    ],
)
def test_a_part_that_does_nothing_fails(question: str, bad: str, good: str) -> None:
    assert Outcome.FAILS in {c.outcome for c in about(proof(bad.replace("'", '"')), question)}
    assert {c.outcome for c in about(proof(good.replace("'", '"')), question)} == {Outcome.HOLDS}


def test_a_conjunct_that_the_others_imply_is_noted() -> None:
    found = proof('prohibit it "It"\n  when loud and volume above 80\n')
    assert [(c.says, c.outcome) for c in about(found, "conjunct")] == [
        ("'loud' matters", Outcome.NOTED),
        ("'volume above 80' matters", Outcome.HOLDS),
    ]
    assert not [c for c in found.failures if c.question == "conjunct"]


def test_a_provision_is_shadowed_by_one_that_catches_all_it_does() -> None:
    found = proof('prohibit it "It"\n  when big and loud\nprohibit each "All"\n  when big\n')
    assert [(c.subject, c.says) for c in about(found, "shadowed")] == [
        ("p/more/it", "p/more/each catches all that it does, everywhere")
    ]


MEETING = """
prohibit noise "No noise"
  when loud
  topic noise
permit big-use "Big use"
  when big
  topic use
"""


@pytest.mark.parametrize(
    ("more", "outcome"),
    [
        ("", [Outcome.FAILS]),
        ('  note "Not where more/noise bites."\n', [Outcome.EXPLAINED]),
        ('  note "Not where more/noise-level bites."\n', [Outcome.FAILS]),
        ("  overrides noise\n", []),
    ],
)
def test_a_permit_and_a_prohibition_that_meet_need_a_word_on_it(more: str, outcome: list[Outcome]) -> None:
    assert [c.outcome for c in about(proof(MEETING + more), "meets")] == outcome


def test_what_grants_always_or_is_on_another_topic_meets_nothing() -> None:
    assert not about(proof(MEETING.replace("when big", "when always")), "meets")
    assert not about(proof(MEETING.replace("topic use", "")), "meets")


def test_a_reading_that_never_decides_fails() -> None:
    reading = 'reading r "R?"\n  choice a "A"\n  choice b "B"\nprohibit it "It"\n  when big and reading r is a\n'
    assert [c.outcome for c in about(proof(reading), "reading")] == [Outcome.HOLDS]
    masked = reading + 'prohibit each "All"\n  when big\n'
    assert [c.outcome for c in about(proof(masked), "reading")] == [Outcome.FAILS]


def test_a_fact_that_is_never_asked_fails_where_it_stands() -> None:
    found = proof('fact odd "Odd?" yes or no asked when loud and not loud\ntopic idle "Idle"\nterm loose "Loose"\n')
    (claim,) = about(found, "asked", "odd")
    assert claim.outcome is Outcome.FAILS and claim.why == "no plan has 'loud and not loud'"
    assert claim.span.file == "p/all.rules" and claim.span.line > 1
    assert [c.why for c in about(found, "values", "odd")] == ["never yes, no"]
    assert [about(found, q, s)[0].outcome for q, s in (("topic", "idle"), ("term", "loose"))] == [Outcome.FAILS] * 2


# ---- expectations


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        ("never permitted when big", "a plan is permitted"),
        ("never permitted when goals includes watch and not big and not checks", ""),
        ("never conflict when big and not loud", ""),
        ("never conflict when loud", "a plan is conflict"),
        ("never conflict when big and not checks", "a plan is conflict"),
        ("always conditional on checks when big and not loud", ""),
        ("always conditional on checks when big and goals includes help and not loud", ""),
        ("always conditional on checks when goals includes help", "without checks a plan is permitted"),
        ("always conditional on checks when loud and volume above 90", "with checks it is never permitted"),
        ("same verdict regardless of big when loud and volume above 90", ""),
        ("same verdict regardless of lies", ""),
        ("same verdict regardless of loud, big when goals is only help and checks", "two plans alike but for "),
        ("same verdict as p/app when not big and not loud and not (goals includes watch)", ""),
        ("same verdict as p/app when big", "a plan is permitted at p/api and conflict at p/app"),
        ("never permitted when loud and not loud", "it speaks of no plan"),
    ],
)
def test_an_expectation_holds_or_is_broken_by_a_plan(claim: str, why: str) -> None:
    of_app = "" if "p/app" in claim else " for p/app"
    files = {"p/all.rules": BASE + DOCUMENTS + SOUND, "expect.rules": f'expect "It" {claim}{of_app}\n'}
    (found,) = about(prove(load_texts(files), DAY), "expect")
    assert found.outcome is (Outcome.FAILS if why else Outcome.HOLDS), found.why
    assert found.why.startswith(why)
    if why and "speaks" not in why and "never permitted" not in why:
        assert found.witnesses
    assert found.span.file == "expect.rules"


def test_an_expectation_in_a_document_is_about_its_own_clauses() -> None:
    quiet = 'expect "Quiet ones pass" never conflict when not loud and not (goals includes watch)\n'
    beside = 'document aside "Aside"\n  coverage whole\n' + quiet + 'prohibit it "It"\n  when big\n'
    base = BASE.replace("under terms, more", "under terms, more, aside") + DOCUMENTS
    inside = proof(SOUND + quiet, beside, base=base)
    assert {c.document: c.outcome for c in about(inside, "expect")} == {
        "p/more": Outcome.HOLDS,
        "p/aside": Outcome.FAILS,
    }


# ---- the command


def test_the_command_tells_what_fails_and_exits_with_1(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "q.rules").write_text(
        'platform q "Q"\n  offering api "Q API" under terms\ndocument terms "Terms"\n  own "terms.md"\n'
        'prohibit it "It"\n  when improves-model and not improves-model\n'
    )
    told = CliRunner().invoke(main, ["prove", "--rules", str(folder), "q", "--width", "200"])
    assert told.exit_code == 1
    assert "q.rules:5:10: fails: 'q/terms/it' can catch a plan" in told.output
    assert "its 'when' cannot hold: improves-model and not improves-model" in told.output
    document = json.loads(
        CliRunner().invoke(main, ["prove", "--rules", str(folder), "q/terms/it", "--format", "json"]).output
    )
    assert document["outcomes"]["fails"] == 1 and document["provisions"] == {"q/terms": 1}
    assert CliRunner().invoke(main, ["prove", "nothing"], standalone_mode=True).exit_code == 2


def test_shipped_provisions_can_all_bite() -> None:
    rules = load_rules()
    found = prove(rules, datetime.date(2026, 11, 24), {"deepseek/terms-of-use"})
    assert {c.outcome for c in about(found, "bites")} == {Outcome.HOLDS, Outcome.EXPLAINED}
    assert found.provisions["deepseek/terms-of-use"] == len(about(found, "bites")) - 1
