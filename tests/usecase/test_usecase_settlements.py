"""The readings file."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from asking import RULES, at, settlement_errors
from mayuse.language.diagnostics import UseCaseError
from mayuse.usecase import FlagValue, Settlement, TermsValue, load_settlements, read_settlements


def settled(text: str) -> tuple[Settlement, ...]:
    return read_settlements(RULES, text)


def test_choices() -> None:
    assert settled("meta/licence/output-scope: verbatim\nhouse-view: Broad\n") == (
        Settlement("meta/licence/output-scope", "verbatim"),
        Settlement("house-view", "broad"),
    )


def test_records() -> None:
    text = "house-view: {choice: narrow, by: J. Doe, date: 2026-11-01, why: see memo 4}\n"
    expected = Settlement("house-view", "narrow", "J. Doe", datetime.date(2026, 11, 1), "see memo 4")
    assert settled(text) == (expected,)
    assert settled("house-view: {value: narrow}\n") == (Settlement("house-view", "narrow"),)
    assert settled(text)[0].span.line == 1


def test_facts_for_counsel() -> None:
    yes = FlagValue(True)
    assert settled("law-secures-right: TRUE\nbasis: Consent\n") == (
        Settlement("law-secures-right", "yes", value=yes),
        Settlement("basis", "consent", value=TermsValue(("consent",))),
    )
    assert settled("own-text-binds@openai/api: yes\n") == (Settlement("own-text-binds@openai/api", "yes", value=yes),)
    ids = [s.id for s in settled("own-text-binds: {choice: {meta: no, meta/llama-4: yes}, by: A}\n")]
    assert ids == ["own-text-binds@meta/llama-3", "own-text-binds@meta/llama-4"]
    assert len(settled("own-text-binds: no\n")) == 5
    (one,) = settled("own-text-binds: {openai: {choice: yes, by: A, why: B, date: 2026-01-02}}\n")
    assert (one.id, one.choice, one.by, one.why) == ("own-text-binds@openai/api", "yes", "A", "B")
    assert one.date == datetime.date(2026, 1, 2)
    (one,) = settled("basis: [not consent]\n")
    assert (one.choice, one.value) == ("[not consent]", TermsValue((), ("consent",), False))


@pytest.mark.parametrize("text", ["{}", "house-view:", "house-view: {choice: , by: A}", "law-secures-right: ~"])
def test_nothing_settled(text: str) -> None:
    assert settled(text) == ()


@pytest.mark.parametrize(
    "text, expected, help",
    [
        ("house-views: narrow", ("M270", 1, 1), "did you mean 'house-view'?"),
        ("output-scope: verbatim", ("M270", 1, 1), "did you mean 'meta/licence/output-scope'?"),
        ("licence/output-scope: verbatim", ("M270", 1, 1), "did you mean 'meta/licence/output-scope'?"),
        ("house-view: narow", ("M271", 1, 13), "did you mean 'narrow'? the choices are narrow, broad"),
        ("house-view: other", ("M271", 1, 13), "the choices are narrow, broad"),
        ("house-view: don't know", ("M271", 1, 13), "the choices are narrow, broad"),
        ("house-view: [narrow]", ("M221", 1, 13), "write one of its choices"),
        ("house-view: {narrow: yes}", ("M221", 1, 1), ...),
        ("house-view: {by: A}", ("M223", 1, 13), "write 'choice: …' beside it"),
        ("house-view: {choice: narrow, because: A}", ("M220", 1, 30), ...),
        ("house-view: {choice: narrow, date: soon}", ("M224", 1, 36), ...),
        ("house-view: {choice: narrow, value: narrow}", ("M234", 1, 30), ...),
        ("house-view: narrow\nhouse-view: broad", ("M210", 2, 1), ...),
        ("serves-minors: yes", ("M272", 1, 1), "answer it under 'facts' in the use case"),
        ("law-secures-right: maybe", ("M240", 1, 20), ...),
        ("law-secures-right: [yes]", ("M221", 1, 20), ...),
        ("law-secures-right: don't know", ("M271", 1, 1), "delete the line: what is not settled stays open"),
        ("basis: de", ("M242", 1, 8), ...),
        ("basis: consnt", ("M241", 1, 8), "did you mean 'consent'?"),
        ("own-text-binds: {nobody: yes}", ("M250", 1, 18), ...),
        ("- house-view", ("M221", 1, 1), ...),
        ("", ("M204", 1, 1), ...),
    ],
)
def test_wrong_settlements(text: str, expected: tuple[str, int, int], help: object) -> None:
    (one,) = settlement_errors(text)
    assert at(one) == expected
    assert help is ... or one.help == help


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "readings.yaml"
    path.write_text("house-view: narrow\n", "utf-8")
    assert load_settlements(RULES, path) == (Settlement("house-view", "narrow"),)
    with pytest.raises(UseCaseError, match="M200"):
        load_settlements(RULES, tmp_path / "none.yaml")
