"""The laws tried: a law put to drawn plans, and what is said of one that does not hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st

from ..usecase.model import UseCase
from .dice import dealt
from .ground import Broken, Ground, told_as_files
from .law import Law
from .strategies import use_cases

DICE = st.binary(min_size=96, max_size=96)
MORE = 5
"""How many plans may be drawn for one of which the law says something."""


def plans(ground: Ground) -> st.SearchStrategy[UseCase]:
    """The plans that laws are tried on. Raises ValueError where nothing of the ground can be planned for."""
    return use_cases(ground.rules, about=ground.about())


def tried(ground: Ground, law: Law, examples: int | None = None) -> tuple[int, int]:
    """How many plans the law was tried on, and of how many it said something. As many of these are looked for as there are
    to be `examples` (by default those of hypothesis' settings), among five times as many plans. Raises the smallest
    `Broken` found."""
    default = settings.default
    assert default is not None
    enough = max(1, (examples or default.max_examples) // law.price)
    seen = concerned = 0
    failed = False

    def hold(plan: UseCase, choices: bytes) -> None:
        nonlocal seen, concerned, failed
        if concerned >= enough and not failed:
            return
        seen += 1
        try:
            concerned += law.check(ground, plan, dealt(choices))
        except Broken:
            failed = True
            raise

    run(law.name.replace("-", "_"), hold, MORE * enough, plans(ground), DICE)
    return seen, concerned


def run(name: str, hold: Callable[..., None], examples: int | None, *drawn: st.SearchStrategy[Any]) -> None:
    """Call `hold` with what is drawn, `examples` times (by default as hypothesis' settings say)."""
    hold.__name__ = hold.__qualname__ = name
    wanted = settings(
        deadline=None, suppress_health_check=list(HealthCheck), report_multiple_bugs=False, print_blob=False
    )
    (settings(wanted, max_examples=examples) if examples else wanted)(given(*drawn)(hold))()


def told(ground: Ground, law: Law, failure: Broken) -> str:
    """What broke the law, for a terminal: the law, what was seen, the files and the commands."""
    number = law.name.split("-")[1].lstrip("0")
    files = told_as_files(ground, failure) if failure.plans else ""
    return f"law {number} does not hold: {law.sentence}\n{failure.seen}\n\n{files}"
