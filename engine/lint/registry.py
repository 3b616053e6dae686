"""Finds the lints: every module of this folder but the machinery. A new file is a new lint, with no list to keep."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from ..language.codes import CodePage
from .case import Finding

MACHINERY = ("case", "codes", "fix", "pages", "registry", "scaffold")
"""The modules here that are no lints."""


@dataclass(frozen=True, slots=True)
class Lint:
    """One lint. `name` is its module's, with `-`; `find` takes a Case, or where `plans` holds a PlanCase; `fixes` says
    whether what it finds can be mended by program."""

    name: str
    code: str
    page: CodePage
    find: Callable[[Any], Iterable[Finding]]
    fixes: bool = False
    plans: bool = False


@cache
def lints() -> tuple[Lint, ...]:
    """Every lint, by code."""
    found = []
    for module in iter_modules([str(Path(__file__).parent)]):
        if module.name not in MACHINERY:
            made = import_module(f".{module.name}", __package__)
            fixes, plans = (bool(getattr(made, name, False)) for name in ("FIXES", "PLANS"))
            found.append(Lint(module.name.replace("_", "-"), made.CODE, made.PAGE, made.find, fixes, plans))
    return tuple(sorted(found, key=lambda one: one.code))
