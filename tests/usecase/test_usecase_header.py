"""The parts beside facts: names, dates, platforms, contracts; and the whole example of the language's description."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from asking import RULES, at, errors, read
from mayuse.language.diagnostics import UseCaseError
from mayuse.usecase import Contract, UseCase, load_use_case, read_use_case

WHOLE = """\
name: Support assistant trained on vendor output
description: >
  We collect answers from a hosted model
  and fine-tune our own assistant on them.
as-of: 2026-11-23
vocabulary: 2026-11            # written by init
platforms: [deepseek, openai/api]
contracts: {openai: {as-of: 2026-03-01}, meta: negotiated}
facts:
  purposes: [customer-support]
  improves-model: yes
  learns-from: [platform-output]
  trained-model-vendor: own
  group-users: {meta/llama-4: under 1 million}
  serves-minors: don't know
approvals: [openai/terms/rival-models]
"""


def test_the_whole_example() -> None:
    case = read(WHOLE)
    assert case.name == "Support assistant trained on vendor output"
    assert case.description == "We collect answers from a hosted model and fine-tune our own assistant on them."
    assert case.as_of == datetime.date(2026, 11, 23)
    assert case.vocabulary == "2026-11"
    assert case.offerings == ("deepseek/api", "deepseek/r1", "openai/api")
    assert case.contracts == {"openai": Contract(datetime.date(2026, 3, 1)), "meta": Contract(negotiated=True)}
    assert list(case.answers) == [
        "purposes",
        "improves-model",
        "learns-from",
        "trained-model-vendor",
        "group-users@meta/llama-4",
        "serves-minors",
    ]
    assert case.approvals == ("openai/terms/rival-models",)
    assert case.sha256 == hashlib.sha256(WHOLE.encode()).hexdigest()
    assert case.file == "plan.yaml"


def test_the_least_use_case() -> None:
    assert replace(read("name: x"), sha256="") == UseCase(name="x", file="plan.yaml")
    assert replace(read("{}"), sha256="") == UseCase(file="plan.yaml")
    empty = "name:\ndescription:\nas-of:\nvocabulary:\nplatforms:\ncontracts:\nfacts:\napprovals:\n"
    assert replace(read(empty), sha256="") == UseCase(file="plan.yaml")


def test_text_stays_text() -> None:
    assert read("name: yes").name == "yes"
    assert read("name: 007").name == "007"
    assert read("name: 2026-01-01").name == "2026-01-01"
    assert read("name: '  a   b '").name == "a b"


@pytest.mark.parametrize(
    "text, code",
    [("2026-02-29", "M224"), ("2026-13-01", "M224"), ("2026-00-10", "M224"), ("1999-12-31", "M224"),
     ("2101-01-01", "M224"), ("23.11.2026", "M224"), ("2026-11", "M224"), ("2026-11-23T00:00:00", "M224"),
     ("today", "M224"), ("20261123", "M224"), ("''", "M224"), ("٢٠٢٦-11-23", "M224"), ("[2026-11-23]", "M221"),
     ("{a: b}", "M221")],
)  # fmt: skip
def test_days_that_are_none(text: str, code: str) -> None:
    (one,) = errors(f"as-of: {text}")
    assert at(one) == (code, 1, 8)


@pytest.mark.parametrize("text", ["2000-01-01", "2024-02-29", "2100-12-31", "'2026-11-23'"])
def test_days(text: str) -> None:
    assert read(f"as-of: {text}").as_of == datetime.date.fromisoformat(text.strip("'"))


@pytest.mark.parametrize("text", ["2026", "2026-13", "2026-00", "2026-1", "11-2026", "latest", "1999-01"])
def test_months_that_are_none(text: str) -> None:
    (one,) = errors(f"vocabulary: {text}")
    assert at(one) == ("M225", 1, 13)


def test_a_vocabulary_newer_than_the_rules() -> None:
    (one,) = errors("vocabulary: 2026-12")
    assert at(one) == ("M225", 1, 13)
    assert one.message == "written for the vocabulary of 2026-12, and these rules have that of 2026-11"
    assert read("vocabulary: 2025-01").vocabulary == "2025-01"
    ageless = replace(RULES, terms={k: replace(t, since=None) for k, t in RULES.terms.items()})
    assert read_use_case(ageless, "vocabulary: 2099-01").vocabulary == "2099-01"


# ---- platforms


@pytest.mark.parametrize(
    "text, offerings",
    [
        ("[openai]", ("openai/api",)),
        ("openai", ("openai/api",)),
        ("[OpenAI, chatgpt, openai/api]", ("openai/api",)),
        ("[meta/llama-4, meta]", ("meta/llama-4", "meta/llama-3")),
        ("[licenseref-DEEPSEEK]", ("deepseek/api", "deepseek/r1")),
        ("[llama/LLAMA-3]", ("meta/llama-3",)),
    ],
)
def test_platforms(text: str, offerings: tuple[str, ...]) -> None:
    assert read(f"platforms: {text}").offerings == offerings


@pytest.mark.parametrize(
    "text, expected, help",
    [
        ("[]", ("M251", 1, 1), "name one, or delete the line to check them all"),
        ("[opena]", ("M250", 1, 13), "did you mean 'openai'?"),
        ("[openai/apo]", ("M250", 1, 13), "did you mean 'openai/api'?"),
        ("[openai/xyz]", ("M250", 1, 13), "its offerings: openai/api"),
        ("[zzz/xyz]", ("M250", 1, 13), "known platforms: deepseek, meta, openai, runway"),
        ("[shared-alias]", ("M252", 1, 13), "write 'meta' or 'openai'"),
        ("[runway]", ("M251", 1, 13), ...),
        ("[~]", ("M223", 1, 13), "write it or delete it"),
        ("['']", ("M223", 1, 13), "write it or delete it"),
        ("[[openai]]", ("M221", 1, 13), "write '- name'"),
        ("{openai: yes}", ("M221", 1, 12), None),
    ],
)
def test_wrong_platforms(text: str, expected: tuple[str, int, int], help: object) -> None:
    (one,) = errors(f"platforms: {text}")
    assert at(one) == expected
    assert help is ... or one.help == help


# ---- contracts


@pytest.mark.parametrize(
    "text, expected",
    [
        ("{openai: }", ("M253", 1, 13)),
        ("{openai: yes}", ("M253", 1, 21)),
        ("{openai: {}}", ("M253", 1, 13)),
        ("{openai: {as-of: }}", ("M253", 1, 22)),
        ("{openai: {as-of: never}}", ("M224", 1, 29)),
        ("{openai: {asof: 2026-01-01, as-of: 2026-01-01}}", ("M220", 1, 22)),
        ("{openai: {as-of: [2026-01-01]}}", ("M221", 1, 29)),
        ("{openai: [negotiated]}", ("M221", 1, 21)),
        ("{openai/api: negotiated}", ("M253", 1, 13)),
        ("{nobody: negotiated}", ("M250", 1, 13)),
        ("{openai: negotiated, chatgpt: negotiated}", ("M234", 1, 33)),
        ("negotiated", ("M221", 1, 12)),
        ("[openai]", ("M221", 1, 12)),
    ],
)
def test_wrong_contracts(text: str, expected: tuple[str, int, int]) -> None:
    (one,) = errors(f"contracts: {text}")
    assert at(one) == expected


def test_contracts() -> None:
    assert read("contracts: {OpenAI: Negotiated}").contracts == {"openai": Contract(negotiated=True)}
    assert read("contracts:").contracts == {}


# ---- names at the top


@pytest.mark.parametrize(
    "line, code, message, help",
    [
        ("fact: {}", "M220", "unknown name 'fact'", "did you mean 'facts'?"),
        ("Facts: {}", "M220", "unknown name 'Facts'", "did you mean 'facts'?"),
        ("purposes: []", "M220", "unknown name 'purposes'", "'purposes' is a fact; write it under 'facts'"),
        ("<<: {a: b}", "M220", "unknown name '<<'", ...),
        ("name: [a]", "M221", "'name' takes text, not a list", None),
        ("description: {a: b}", "M221", "'description' takes text, not a mapping", None),
        ("facts: [purposes]", "M221", "'facts' takes a mapping of facts to answers, not a list",
         "write 'fact: answer' lines under it, without '-'"),
        ("facts: yes", "M221", "'facts' takes a mapping of facts to answers, not one value", None),
    ],
)  # fmt: skip
def test_wrong_names_and_shapes(line: str, code: str, message: str, help: object) -> None:
    (one,) = errors(line)
    assert (one.code, one.span.line, one.message) == (code, 1, message)
    assert help is ... or one.help == help


def test_long_lists_are_checked_to_their_end() -> None:
    items = ["openai"] * 400
    items[60] = items[399] = "[a]"
    found = errors("platforms:\n" + "".join(f"- {i}\n" for i in items))
    assert [at(f) for f in found] == [("M221", 62, 3), ("M221", 401, 3)]
    entries = [f"  x{n}: 1" for n in range(120)]
    assert len(errors("facts:\n" + "\n".join(entries))) == 120
    found = errors("\n".join(f"x{n}: {{a: b}}" for n in range(120)))
    assert [at(f) for f in found] == [("M220", n + 1, 1) for n in range(120)]
    assert [f.code for f in errors("nothing: [" + "a, " * 100 + "]")] == ["M220"]


# ---- files


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(WHOLE, "utf-8")
    case = load_use_case(RULES, path)
    assert replace(case, file="plan.yaml") == read(WHOLE)
    assert case.file == str(path)
    for wrong, why in ((tmp_path / "none.yaml", "there is no such file"), (tmp_path, "it is a folder")):
        with pytest.raises(UseCaseError) as raised:
            load_use_case(RULES, wrong)
        (one,) = raised.value.diagnostics
        assert (one.code, one.message) == ("M200", f"cannot read the file: {why}")
        assert one.span.file == str(wrong)
    with pytest.raises(UseCaseError):
        load_use_case(RULES, "a\0b")
