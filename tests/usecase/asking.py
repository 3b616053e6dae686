"""What every test of a use case asks: what was read, or which errors stand where."""

from __future__ import annotations

import re

import pytest
from mayuse.language.diagnostics import Diagnostic, UseCaseError
from mayuse.usecase import Answer, UseCase, Value, read_settlements, read_use_case
from small import small

RULES = small()


def read(text: str | bytes) -> UseCase:
    """The use case."""
    return read_use_case(RULES, text, "plan.yaml")


def facts(text: str) -> dict[str, Answer]:
    """The answers of a use case that has facts only, each on a line of its own."""
    return read("facts:\n" + "".join(f"  {line}\n" for line in text.split("\n"))).answers


def value(line: str) -> Value | None:
    """The value of the only answer."""
    (answer,) = facts(line).values()
    return answer.value


def errors(text: str | bytes) -> list[Diagnostic]:
    """The errors of a use case."""
    with pytest.raises(UseCaseError) as raised:
        read(text)
    found = list(raised.value.diagnostics)
    check_style(found)
    return found


def settlement_errors(text: str) -> list[Diagnostic]:
    """The errors of a readings file."""
    with pytest.raises(UseCaseError) as raised:
        read_settlements(RULES, text, "readings.yaml")
    found = list(raised.value.diagnostics)
    check_style(found)
    return found


def fact_error(line: str) -> Diagnostic:
    """The only error of a use case with this one line under `facts:` (line 2, indented by two)."""
    (one,) = errors(f"facts:\n  {line}\n")
    return one


def at(one: Diagnostic) -> tuple[str, int, int]:
    """Code, line and column."""
    return one.code, one.span.line, one.span.column


def check_style(found: list[Diagnostic]) -> None:
    """What every diagnostic owes its reader."""
    places = [(d.span.line, d.span.column) for d in found]
    assert places == sorted(places)
    for one in found:
        assert one.span.file, one
        assert one.span.line >= 1 and one.span.column >= 1
        for text in (one.message, one.help or "x"):
            assert text and text.isprintable() and not text.endswith("."), one
            assert not text[0].isupper(), one
            for word in ("dict", "None", "str ", "NoneType", "Traceback", "cerberus", "schema", "'list'"):
                assert word not in re.sub(r"'.*'", "", text), one
        assert all(len(line) <= 400 and line.isprintable() for line in one.render().split("\n"))
