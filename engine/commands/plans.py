"""Plans named on a command line: reading one, and saying what the lints of plans find in it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from . import options

if TYPE_CHECKING:
    from ..rulebook.model import Rules
    from ..usecase.model import UseCase


def read_plan(rules: Rules, file: str) -> tuple[UseCase, str]:
    """The plan in a file, or in standard input for `-`, and its text. Raises UseCaseError."""
    if file == "-":
        return plan_of(rules, sys.stdin.buffer.read(), "<stdin>")
    from ..usecase.source import read_bytes

    return plan_of(rules, read_bytes(Path(file), file), file)


def plan_of(rules: Rules, source: bytes, name: str) -> tuple[UseCase, str]:
    """The plan that these bytes say, and its text. Raises UseCaseError."""
    from ..usecase import read_use_case
    from ..usecase.source import decode

    return read_use_case(rules, source, name), decode(source, name)


def warn(rules: Rules, plan: UseCase, text: str) -> None:
    """Say on standard error what the lints find in a plan. No verdict and no exit code turns on it."""
    from ..lint import lint_plan

    for one in lint_plan(rules, plan, text):
        options.tell(one)
