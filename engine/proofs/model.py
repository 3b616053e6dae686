"""What a proof says: a claim about the rules, how it came out, and the plans that show it.

A claim that holds is shown by a plan, or by the solver's word that there is none; so is one that fails. Nothing here
knows what is claimed.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import Enum

from ..language.tree import NOWHERE, Span
from ..usecase.model import Settlement, UseCase


class Outcome(Enum):
    """How a claim came out. `EXPLAINED`: it does not hold, and the rules say why it need not. `NOTED`: worth knowing,
    and no fault."""

    HOLDS = "holds"
    FAILS = "fails"
    EXPLAINED = "explained"
    NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Witness:
    """A plan that shows a claim, as the engine heard it. `shows` says what it shows, in words."""

    shows: str
    plan: UseCase
    settlements: tuple[Settlement, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. `question` is the kind of it (a module of this package answers one kind or a few), `subject` the id of
    what it is about, `says` the claim in words, `why` what is behind the outcome."""

    question: str
    subject: str
    document: str | None
    says: str
    outcome: Outcome
    why: str = ""
    span: Span = field(default=NOWHERE, compare=False)
    witnesses: tuple[Witness, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """All claims about a rule set on one day. `provisions` counts those asked about, by document."""

    revision: str
    day: datetime.date
    provisions: dict[str, int]
    claims: tuple[Claim, ...]

    @property
    def failures(self) -> tuple[Claim, ...]:
        """The claims that do not hold."""
        return tuple(c for c in self.claims if c.outcome is Outcome.FAILS)


class ProofError(AssertionError):
    """The engine does not find in a witness what the solver found: an error of the program, never of the rules."""
