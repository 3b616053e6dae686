"""The pytest plugin: a fixture `rules`, and with `--mayuse-laws` ready tests of the laws and of each `expect`.

pytest loads this wherever mayuse is installed, so nothing is imported here before it is needed. `trial` tries the laws.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from ..rulebook.model import Expectation, Rules
    from .ground import Ground
    from .law import Law

GROUND = pytest.StashKey["Ground"]()
TRIED = pytest.StashKey[list[tuple[str, int, int]]]()
NAME = "mayuse-laws"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("mayuse", "rules of mayuse")
    group.addoption(
        "--mayuse-rules",
        action="append",
        default=[],
        metavar="DIR",
        help="a folder of your own rules, beside the shipped ones, for the fixture 'rules' and the laws; repeatable",
    )
    group.addoption(
        "--mayuse-laws",
        action="store_true",
        help="also test the laws of verdicts, and each 'expect', of your rules (of the shipped ones without --mayuse-rules)",
    )


def pytest_sessionstart(session: pytest.Session) -> None:
    """Errors of the rules are told before anything is collected."""
    if session.config.option.mayuse_rules or session.config.option.mayuse_laws:
        _ground(session.config)


def _ground(config: pytest.Config) -> Ground:
    """The rules asked for, read once. Raises pytest.UsageError with all that is wrong with them."""
    if GROUND not in config.stash:
        from .ground import stand_on

        try:
            config.stash[GROUND] = stand_on(config.option.mayuse_rules)
            if config.option.mayuse_laws:
                from .trial import plans

                plans(config.stash[GROUND])
        except ValueError as error:
            raise pytest.UsageError(str(error)) from None
        except ModuleNotFoundError as error:
            if error.name != "hypothesis":
                raise
            raise pytest.UsageError("--mayuse-laws needs hypothesis: pip install 'mayuse[testing]'") from None
    return config.stash[GROUND]


@pytest.fixture(scope="session")
def rules(request: pytest.FixtureRequest) -> Rules:
    """The shipped rules and those of the folders of --mayuse-rules."""
    return _ground(request.config).rules


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, Any]:
    """The laws come after all that pytest found itself."""
    report = yield
    if isinstance(collector, pytest.Session) and collector.config.option.mayuse_laws:
        report.result.append(Laws.from_parent(collector, name=NAME, nodeid=NAME))
    return report


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """How many plans each law was tried on, and how many of them it spoke of."""
    tried = config.stash.get(TRIED, [])
    if tried:
        terminalreporter.section("laws: plans tried, and plans of which the law says something", sep="-")
        for name, plans, concerned in tried:
            terminalreporter.line(f"{plans:6,} {concerned:6,}  {name}")


class Laws(pytest.Collector):
    """Where the laws stand among the tests."""

    def collect(self) -> Iterator[pytest.Item]:
        from .expected import expectations
        from .laws import ALL

        self.config.stash[TRIED] = []
        yield from (LawItem.from_parent(self, name=law.name, law=law) for law in ALL)
        for one in expectations(_ground(self.config)):
            slug = "-".join(re.findall(r"\w+", one.title.lower()))
            name = f"expect[{one.document}:{slug}]" if one.document else f"expect[{slug}]"
            yield ExpectItem.from_parent(self, name=name, expectation=one)


class LawItem(pytest.Item):
    """One law as a test."""

    def __init__(self, *, law: Law, **rest: Any) -> None:
        super().__init__(**rest)
        self.law = law
        self.obj = _said(law.sentence)

    def runtest(self) -> None:
        from .trial import tried

        plans, concerned = tried(_ground(self.config), self.law)
        self.config.stash[TRIED].append((self.name, plans, concerned))
        if not concerned:
            pytest.skip(f"of {plans:,} plans none is {self.law.of}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        from .ground import Broken
        from .trial import told

        if isinstance(excinfo.value, Broken):
            return told(_ground(self.config), self.law, excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[str, int | None, str]:
        return NAME, None, self.name


class ExpectItem(pytest.Item):
    """One `expect` of the rules as a test."""

    def __init__(self, *, expectation: Expectation, **rest: Any) -> None:
        super().__init__(**rest)
        self.expectation = expectation
        self.obj = _said(expectation.title)

    def runtest(self) -> None:
        from .expected import tried

        seen = tried(_ground(self.config), self.expectation)
        self.config.stash[TRIED].append((self.name, seen, seen))
        if not seen:
            pytest.skip("it speaks of no plan at an offering; 'mayuse prove' says more")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        from .expected import told_of
        from .ground import Broken

        if isinstance(excinfo.value, Broken):
            return told_of(_ground(self.config), self.expectation, excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[str, int | None, str]:
        return self.expectation.span.file, self.expectation.span.line - 1, self.name


def _said(sentence: str) -> Any:
    """Something whose docstring is the law, for `--collect-only -v`."""

    def law() -> None:
        pass

    law.__doc__ = sentence
    return law
