"""The laws tried: the ground read from folders, a law put to drawn plans, and what is said of one that does not hold."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings, strategies as st

from ..language.diagnostics import RulesError
from ..load import load_rules, read_folders
from ..usecase.model import UseCase
from .dice import dealt
from .ground import Broken, Ground, told_as_files
from .law import Law
from .strategies import use_cases

DICE = st.binary(min_size=96, max_size=96)
MORE = 5
"""How many plans may be drawn for one of which the law says something."""


def stand_on(folders: Sequence[str], laws: bool) -> Ground:
    """The shipped rules and those of `folders`. Raises ValueError with every error of theirs; where `laws` are to be tried,
    also where there is nothing to try them on."""
    try:
        rules = load_rules(*folders)
        texts = read_folders(*folders)
    except RulesError as error:
        many = len(error.diagnostics)
        told = "\n".join(one.render() for one in error.diagnostics)
        raise ValueError(f"{many} error{'s' if many > 1 else ''} in the rules\n{told}") from None
    ground = Ground(rules, tuple(map(str, folders)), texts)
    if laws and folders and ground.about() is not None:
        use_cases(rules, about=ground.about())
    return ground


def tried(ground: Ground, law: Law, examples: int | None = None) -> tuple[int, int]:
    """How many plans the law was tried on, and of how many it said something. As many of these are looked for as there are
    to be `examples` (by default those of hypothesis' settings), among five times as many plans. Raises the smallest
    `Broken` found."""
    default = settings.default
    assert default is not None
    enough = max(1, (examples or default.max_examples) // law.price)
    plans = concerned = 0
    failed = False

    def hold(plan: UseCase, choices: bytes) -> None:
        nonlocal plans, concerned, failed
        if concerned >= enough and not failed:
            return
        plans += 1
        try:
            concerned += law.check(ground, plan, dealt(choices))
        except Broken:
            failed = True
            raise

    hold.__name__ = hold.__qualname__ = law.name.replace("-", "_")
    wanted = settings(
        max_examples=MORE * enough,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        print_blob=False,
    )
    wanted(given(use_cases(ground.rules, about=ground.about()), DICE)(hold))()
    return plans, concerned


def told(ground: Ground, law: Law, failure: Broken) -> str:
    """What broke the law, for a terminal: the law, what was seen, the files and the commands."""
    number = law.name.split("-")[1].lstrip("0")
    files = told_as_files(ground, failure) if failure.plans else ""
    return f"law {number} does not hold: {law.sentence}\n{failure.seen}\n\n{files}"
