"""`uses` and `waivers` of a use case: what they say, and what is refused in them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from asking import RULES, errors, read
from mayuse.language.diagnostics import UseCaseError
from mayuse.load import load_rules
from mayuse.usecase import read_use_case
from mayuse.usecase.model import FlagValue, Use, Waiver

ACME = load_rules(Path(__file__).parents[2] / "docs" / "examples")
BAN = ACME.provisions["acme/terms/decisions"]
TWO = """\
facts: {improves-model: yes}
uses:
  - name: teacher
    offering: openai/api
    facts: {learns-from: [platform-output]}
  - {name: base model, offering: meta/llama-4, facts: {improves-model: no, purposes: }}
"""
WAIVER = f"{{provision: {BAN.id}, hash: {BAN.hash}, reason: borne, by: J. Doe, until: 2027-06-30}}"


def test_uses_are_read_with_their_own_facts() -> None:
    case = read(TWO)
    teacher, base = case.uses
    assert (teacher.name, teacher.offering, list(teacher.answers)) == ("teacher", "openai/api", ["learns-from"])
    assert (base.name, base.offering) == ("base model", "meta/llama-4")
    assert base.answers["improves-model"].value == FlagValue(False)
    assert base.answers["purposes"].value is None, "left empty, it is unknown there"
    assert list(case.answers) == ["improves-model"] and case.offerings is None


def test_a_use_needs_no_facts() -> None:
    assert read("uses: [{name: only, offering: openai/api}]").uses == (Use("only", "openai/api"),)


def test_waivers_are_read() -> None:
    (waiver,) = read_use_case(ACME, f"waivers: [{WAIVER}]").waivers
    assert waiver == Waiver(BAN.id, BAN.hash, "borne", "J. Doe", datetime.date(2027, 6, 30))


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("uses: []", "M223", "'uses' is empty"),
        ("uses: [openai/api]", "M221", "an item of 'uses' is a mapping"),
        ("uses: {teacher: openai/api}", "M221", "'uses' takes a list of uses, not a mapping"),
        ("uses: [{offering: openai/api}]", "M223", "'name' is missing"),
        ("uses: [{name: teacher}]", "M223", "'offering' is missing"),
        ("uses: [{name: [a], offering: openai/api}]", "M221", "'name' takes one value"),
        ("uses: [{name: 'a#b', offering: openai/api}]", "M226", "'a#b' is no name for a use"),
        ("uses: [{name: a, offering: openai/nothing}]", "M250", "'openai' has no offering 'nothing'"),
        ("uses: [{name: a, offering: deepseek}]", "M226", "a use has one offering; 'deepseek' stands for 2"),
        ("uses: [{name: a, offering: openai/api, fact: {}}]", "M220", "unknown name 'fact'"),
        ("uses: [{name: a, offering: openai/api, facts: [b]}]", "M221", "'facts' takes a mapping of facts to answers"),
        (
            "uses: [{name: a, offering: openai/api, facts: {improves-modell: yes}}]",
            "M230",
            "unknown fact 'improves-modell'",
        ),
        (
            "uses: [{name: a, offering: openai/api}, {name: A, offering: openai/api}]",
            "M234",
            "a use is named 'A' a second time",
        ),
        (
            "platforms: [openai]\nuses: [{name: a, offering: openai/api}]",
            "M222",
            "'platforms' are alternatives, 'uses' go together",
        ),
    ],
)
def test_what_is_wrong_is_said(text: str, code: str, message: str) -> None:
    found = [(one.code, one.message) for one in errors(text)]
    assert found == [(code, message)]


def refused(text: str) -> list[tuple[str, str, str | None]]:
    """Code, message and help of each error of a text over the made-up platform's rules."""
    with pytest.raises(UseCaseError) as caught:
        read_use_case(ACME, text)
    return [(one.code, one.message, one.help) for one in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("waivers: []", "M223", "'waivers' is empty"),
        ("waivers: [x]", "M221", "an item of 'waivers' is a mapping"),
        (f"waivers: [{WAIVER}, {WAIVER}]", "M234", f"'{BAN.id}' is waived a second time"),
        (f"waivers: [{WAIVER.replace(BAN.id, BAN.id + 's')}]", "M227", f"unknown provision '{BAN.id}s'"),
        (f"waivers: [{WAIVER.replace(BAN.hash, 'abc')}]", "M227", "'abc' is no hash of a provision"),
        (f"waivers: [{WAIVER.replace('by: J. Doe, ', '')}]", "M223", "'by' is missing"),
        (f"waivers: [{WAIVER.replace('2027-06-30', 'never')}]", "M224", "'until' takes a date, not 'never'"),
        (f"waivers: [{WAIVER.replace(f'hash: {BAN.hash}, ', '')}]", "M223", "'hash' is missing"),
        (f"waivers: [{WAIVER.replace(BAN.id, 'acme/terms/use')}]", "M227", "'acme/terms/use' forbids nothing"),
    ],
)
def test_what_is_wrong_with_a_waiver_is_said(text: str, code: str, message: str) -> None:
    assert [(c, m) for c, m, _ in refused(text)] == [(code, message)]


def test_a_missing_hash_is_given_to_be_read_first() -> None:
    ((_, _, help),) = refused(f"waivers: [{WAIVER.replace(f'hash: {BAN.hash}, ', '')}]")
    assert help and BAN.hash in help


def test_an_approval_is_the_plans() -> None:
    approval = next(f.id for f in RULES.facts.values() if f.role == "approval")
    found = errors(f"uses: [{{name: a, offering: openai/api, facts: {{{approval}: yes}}}}]")
    assert {one.code for one in found} == {"M226"} and "for the whole plan" in found[0].message
