"""The engine's side of the laws: a sample in, plain values out, nothing of the engine beyond this file."""

from __future__ import annotations

import datetime
from typing import Any

from mayuse.judge import check
from mayuse.language.diagnostics import UseCaseError
from mayuse.load import load_texts

from .plans import Sample

NO_COMPLETION = "no completion"


def load(sample: Sample) -> Any:
    """The engine's rules."""
    return load_texts(sample.texts())


def report(sample: Sample, rules: Any = None, today: datetime.date | None = None) -> Any:
    """The engine's report, or None where the use case has no completion."""
    rules = rules or load(sample)
    try:
        return check(rules, sample.case, settlements=sample.settlements, max_age=sample.max_age, today=today)
    except UseCaseError:
        return None


def rows(sample: Sample) -> dict[str, Any]:
    """The engine's rows by offering: none where the use case has no completion."""
    answer = report(sample)
    return {row.offering: row for row in answer.verdicts} if answer else {}


def verdicts(sample: Sample) -> dict[str, str]:
    """The engine's verdict on every offering."""
    found = {offering: row.verdict.value for offering, row in rows(sample).items()}
    return found or dict.fromkeys(sample.rules().offerings, NO_COMPLETION)
