"""What is wrong in a file of cases is said with its place, all of it at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from mayuse.cases.read import read_cases

from .small import outcomes, read, sites

HEAD = "document: acme/terms\ncases:\n  watching:\n"
CATCH = "  - plan: {purposes: [mass-watching]}\n    gives: conflict\n"


def found(text: str, path: str = "acme/terms.yaml") -> list[tuple[str, int, int, str]]:
    return [(d.code, d.span.line, d.span.column, d.message) for d in outcomes(text, path)[1]]


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "message"),
    [
        ("document: acme/term\ncases: {}\n", "M503", 1, 11, "unknown document 'acme/term'"),
        ("cases: {}\n", "M502", 1, 1, "'document' is missing"),
        ("document: acme/terms\n", "M502", 1, 1, "'cases' is missing"),
        ("document: acme/terms\ncase: {}\ncases: {}\n", "M502", 2, 1, "unknown name 'case'"),
        (
            "document: acme/terms\ncases: []\n",
            "M502",
            2,
            8,
            "'cases' takes a mapping of provisions to lists of cases, not a list",
        ),
        ("document: acme/terms\ncases: {watching: []}\n", "M502", 2, 19, "'watching' has no list of cases"),
        (HEAD.replace("watching", "wathing") + CATCH, "M504", 3, 3, "'acme/terms' has no provision 'wathing'"),
        (
            HEAD.replace("watching", "silence") + CATCH,
            "M504",
            3,
            3,
            "'acme/terms' does not reserve what it is silent about",
        ),
        (HEAD + "  - plan\n", "M502", 4, 5, "a case is a mapping with 'plan' and 'gives', not one value"),
        (HEAD + "  - plan: {}\n", "M502", 4, 5, "a case says no 'gives'"),
        (HEAD + "  - {plan: {}, gives: conflict, buts: 1}\n", "M502", 4, 33, "unknown name 'buts' in a case"),
        (
            HEAD + "  - {plan: [], gives: conflict}\n",
            "M502",
            4,
            12,
            "'plan' takes a mapping of questions to answers, not a list",
        ),
        (HEAD + "  - {plan: {}, gives: holds}\n", "M504", 4, 23, "'holds' is not what 'acme/terms/watching' can give"),
        (HEAD + "  - {plan: {purpose: [teach]}, gives: permitted}\n", "M230", 4, 13, "unknown fact 'purpose'"),
        (HEAD + "  - {plan: {rivalry: sold}, gives: permitted}\n", "M230", 4, 13, "unknown fact 'rivalry'"),
        (
            HEAD + "  - {plan: {acme/terms/law: yes}, gives: permitted}\n",
            "M261",
            4,
            13,
            "the text of 'acme/terms/law' gives no way to approve what it says",
        ),
        (HEAD + "  - {plan: {purposes: [taech]}, gives: permitted}\n", "M241", 4, 24, "'purposes' has no term 'taech'"),
        (
            HEAD + "  - {plan: {acme/terms/rivalry: none}, gives: permitted}\n",
            "M271",
            4,
            33,
            "'acme/terms/rivalry' has no choice 'none'",
        ),
        (
            HEAD + "  - {plan: {improves-model: no, shares-model: yes}, gives: permitted}\n",
            "M280",
            4,
            47,
            "these answers cannot be true together: 'improves-model: no' and 'shares-model: yes'",
        ),
        (HEAD + CATCH + CATCH, "M506", 6, 5, "the same plan stands in line 4"),
        (HEAD + CATCH + "    but:\n", "M502", 6, 9, "'but' takes a list of '{plan: …, gives: …}', not nothing"),
        (
            HEAD + CATCH + "    but: [{plan: {}, gives: conflict}]\n",
            "M505",
            6,
            12,
            "this plan is the same as that of its case",
        ),
        (
            HEAD + CATCH + "    but: [{plan: {purposes: [], european: no}, gives: permitted}]\n",
            "M505",
            6,
            12,
            "this plan differs in 2 answers: purposes, european",
        ),
        (HEAD + CATCH + "    at: acme\n", "M507", 6, 9, "'at' takes one offering"),
        (HEAD + CATCH + "    at: acme/apy\n", "M250", 6, 9, "'acme' has no offering 'apy'"),
        (HEAD + CATCH + "    on: 2025-01-01\n", "M507", 6, 5, "'acme/terms/watching' does not govern on 2025-01-01"),
        (HEAD + CATCH + "    on: soon\n", "M224", 6, 9, "'on' takes a date, not 'soon'"),
        (HEAD + CATCH + "    by: [law]\n", "M507", 6, 10, "'law' does not decide 'acme/terms/watching'"),
    ],
)
def test_errors_with_their_places(text: str, code: str, line: int, column: int, message: str) -> None:
    assert found(text) == [(code, line, column, message)]


def test_a_file_is_called_after_its_document() -> None:
    (one,) = found("document: acme/annex\ncases: {}\n")
    assert one == ("M503", 1, 11, "cases of 'acme/annex' stand in 'acme/annex.yaml', not in 'acme/terms.yaml'")


def test_what_follows_from_the_one_answer_may_differ_too() -> None:
    text = HEAD + "  - plan: {improves-model: yes, shares-model: yes}\n    gives: permitted\n    but:\n"
    assert not found(text + "    - {plan: {improves-model: no, shares-model: null}, gives: permitted}\n")
    assert found(text + "    - {plan: {improves-model: null, shares-model: no}, gives: permitted}\n")[0][0] == "M505"
    assert found(text + "    - {plan: {improves-model: null, shares-model: null}, gives: permitted}\n") == []


def test_defaults_are_the_first_offering_and_the_first_day() -> None:
    (case,), _ = read(HEAD + CATCH)
    assert (case.site.offering.id, case.site.day.isoformat()) == ("acme/api", "2026-01-01")
    text = "document: acme/terms\ncases:\n  children:\n  - {plan: {}, gives: may hold}\n"
    (case,), _ = read(text)
    assert case.site.day.isoformat() == "2026-03-01"
    text = "document: acme/licence\ncases:\n  silence:\n  - {plan: {}, gives: undetermined, on: 2026-05-01}\n"
    (case,), _ = read(text, "acme/licence.yaml")
    assert (case.site.offering.id, case.site.day.isoformat()) == ("acme/weights", "2026-05-01")


def test_a_folder_without_cases_is_an_error(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        _, (one,) = read_cases(sites(), [folder])
        assert one.code == "M500"
