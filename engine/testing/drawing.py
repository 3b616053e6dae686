"""Plans from bytes: which provision a plan is about, and what it answers, from the tables of a source.

Each byte is a choice of its own, and a zero the plainest: of an answer, none at all. So hypothesis draws a plan at the
price of one choice, and shrinks it to what matters.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from ..judge.answers import Known
from ..logic.formula import TRUE, kleene
from ..logic.truth import Truth
from ..rulebook.model import Place
from ..rulebook.reads import reads
from ..usecase.model import Contract, UseCase
from .source import Choice, Source, Target

WAY, OFFERINGS, WORDS, CONTRACT, DAY, BEHIND, MISSED = range(3, 10)
"""After three bytes for the clause, a byte for each: the way in which it matters, the offerings, the vocabulary, a
contract, the day, whether harmless answers are given to the rest, and whether one question is answered to miss it."""
HEAD, FACTS, MORE = 10, 16, 4
FRONT = HEAD + FACTS + MORE
"""The bytes of what a plan is about, of the answers to that, and of other answers. Behind them is one for each question
that may have a harmless answer."""

RARE, OFTEN = 244, 0x9000
"""From where on a byte means something rare, and two bytes another answer."""
MISS = 160
"""From where on a byte means that one question of a clause is answered to miss it."""
FACTS_TOO, ALL_TOO = 112, 160
"""From where on a byte means harmless answers to all other facts, and to these and the safeguards."""


class Drawing:
    """A source cut to some offerings, and to what a plan may be about there."""

    def __init__(self, source: Source, offerings: Sequence[str], about: Iterable[str] | None) -> None:
        self.source = source
        wanted = None if about is None else frozenset(about)
        self.targets = [
            target
            for offering in offerings
            for target in source.targets(offering)
            if wanted is None or target.clause.id in wanted or target.clause.document.id in wanted
        ]
        self.offerings = tuple(offerings if wanted is None else dict.fromkeys(t.offering for t in self.targets))
        self._none = 1 + len(self.targets) // 16
        self.size = FRONT + max((len(reads(source.rules, [offering]).keys) for offering in self.offerings), default=0)

    def plan(self, numbers: bytes) -> UseCase:
        """The plan of `size` bytes; of zeros the one that says nothing."""
        source = self.source
        at = (int.from_bytes(numbers[:3]) * (self._none + len(self.targets)) >> 24) - self._none
        target = self.targets[at] if at >= 0 else None
        other = self.offerings[(at + self._none) * len(self.offerings) // self._none] if at < 0 else ""
        offering = target.offering if target else other
        said = self._about(target, numbers) if target else {}
        for i in range(HEAD + FACTS, FRONT, 2):
            if (number := int.from_bytes(numbers[i : i + 2]) - OFTEN) >= 0 and (more := source.more(offering)):
                choice = more[number * len(more) // (65536 - OFTEN)]
                said.setdefault(choice.key, choice)
        if numbers[BEHIND] >= FACTS_TOO:
            self._fill(said, numbers, offering)
        kept = self._agreeing([choice for choice in said.values() if choice.answer or choice.approved])
        return UseCase(
            as_of=self._day(numbers[DAY], target),
            vocabulary=self._vocabulary(numbers[WORDS]),
            offerings=self._alternatives(numbers[OFFERINGS], offering),
            contracts=self._contracts(numbers[CONTRACT], offering),
            answers={choice.key: choice.answer for choice in kept if choice.answer},
            approvals=tuple(choice.key for choice in kept if choice.approved),
        )

    def _about(self, target: Target, numbers: bytes) -> dict[str, Choice]:
        """Answers to what a clause reads: they go one of its ways, or just miss it."""
        ways = self.source.ways_of(target)
        way = ways[numbers[WAY] * len(ways) >> 8] if ways else ()
        missed = numbers[MISSED] % len(way) if numbers[MISSED] >= MISS and way else None
        said = {}
        for i, table in enumerate(way):
            byte = numbers[HEAD + i % FACTS]
            miss = i == missed and table.misses
            choice = table.misses[byte % len(table.misses)] if miss else table.choices[byte >> 2]
            said[choice.key] = choice
        return said

    def _fill(self, said: dict[str, Choice], numbers: bytes, offering: str) -> None:
        """Harmless answers to what the plan does not answer yet; and the safeguards undertaken, or left open."""
        source = self.source
        answers = {key: choice.answer for key, choice in said.items() if choice.answer}
        known = Known(source.rules, UseCase(answers=answers), Place("", ""), {})
        for byte, one in zip(numbers[FRONT:], source.behind(offering), strict=False):
            key = one.choice.key
            if byte == 0 or key in said or (one.safeguard and numbers[BEHIND] < ALL_TOO):
                continue
            if one.asked == TRUE or kleene(one.asked, known.truth) is Truth.TRUE:
                choice = said[key] = one.choice if byte < 255 else one.dont_know
                if choice.answer:
                    answers[key] = choice.answer

    def _agreeing(self, choices: list[Choice]) -> list[Choice]:
        """The choices, without those that clash with others, of which the earlier ones stay."""
        if not any(choice.leans for choice in choices):
            return choices
        return [choices[i] for i in self.source.possible.together([choice.literals for choice in choices])]

    def _alternatives(self, byte: int, offering: str) -> tuple[str, ...]:
        """The offering, now and then with another one."""
        other = self.offerings[byte % len(self.offerings)]
        return (offering, other) if byte >= RARE and other != offering else (offering,)

    def _day(self, byte: int, target: Target | None) -> datetime.date:
        """The day on which the clause counts; now and then one on which something begins or has just ended."""
        if byte >= RARE and self.source.days:
            return self.source.days[byte % len(self.source.days)]
        return target.day if target else self.source.today

    def _vocabulary(self, byte: int) -> str | None:
        """Now and then an older vocabulary."""
        versions = self.source.versions
        return versions[byte % len(versions)] if byte >= RARE and versions else None

    def _contracts(self, byte: int, offering: str) -> dict[str, Contract]:
        """Now and then a contract with the platform."""
        if byte < RARE:
            return {}
        frozen = byte % 2 == 0 and bool(self.source.days)
        contract = (
            Contract(as_of=self.source.days[byte % len(self.source.days)]) if frozen else Contract(negotiated=True)
        )
        return {self.source.rules.offerings[offering].platform: contract}
