"""What a case says: a provision, a plan, what the one makes of the other, and plans that differ in one answer.

Nothing here knows files or solvers: `read` makes these from YAML, `verdicts` holds the rules to them.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..judge.model import Verdict
from ..judge.told import Told
from ..language.tree import NOWHERE, Span
from ..rulebook.model import Offering, Rules, fact_of
from ..usecase.model import Answer

SILENCE = "silence"
"""The name of a document's reserved silence among its provisions."""

BITES = ("holds", "may hold", "does not hold")
"""What a permission or a reservation gives: it bites certainly, possibly, in no completion."""
CONFLICTS = tuple(v.value for v in Verdict if v is not Verdict.NOT_COVERED)
"""What a prohibition, a requirement or reserved silence gives: the table of verdicts over its conflict alone."""
CAUGHT = frozenset({Verdict.CONFLICT.value, Verdict.NEEDS_APPROVAL.value, BITES[0]})
"""What says that the provision catches the plan."""
OPEN = frozenset({Verdict.UNDETERMINED.value, Verdict.CONTESTED.value, Verdict.CONDITIONAL.value, BITES[1]})
"""What says that it turns on something that the plan leaves open."""


@dataclass(frozen=True, slots=True)
class Site:
    """An offering (or the stand-in of a document that is under none) on a day."""

    offering: Offering
    day: datetime.date


@dataclass(frozen=True, slots=True)
class Case:
    """`answers` by key and `choices` of readings are the plan; `by` are ids of the provisions that decide, None where the
    case does not say; `todo` says why it is known to fail. `but` are the plans that differ from it in one answer, each
    with the questions that it `changed` (by fact or reading)."""

    clause: str
    site: Site
    answers: Mapping[str, Answer]
    choices: Mapping[str, str]
    gives: str
    by: tuple[str, ...] | None = None
    todo: str | None = None
    span: Span = field(default=NOWHERE, compare=False)
    changed: tuple[str, ...] = ()
    but: tuple[Case, ...] = ()

    @property
    def told(self) -> dict[str, Told]:
        """The answers that have a value, and the choices."""
        return {**{k: a.value for k, a in self.answers.items() if a.value is not None}, **self.choices}


@dataclass(frozen=True, slots=True)
class Cases:
    """All cases read, in the order of files and lines, with the text of each file by its name."""

    cases: tuple[Case, ...]
    texts: Mapping[str, str]


def document_of(clause: str) -> str:
    """The document of a provision or of a silence, by id."""
    return clause.rpartition("/")[0]


def kind_of(rules: Rules, clause: str) -> str:
    """The keyword of a provision; of a reserved silence "silence"."""
    return rules.provisions[clause].kind if clause in rules.provisions else SILENCE


def only_bites(rules: Rules, clause: str) -> bool:
    """Whether the clause never conflicts, so that it is judged by whether it bites."""
    return kind_of(rules, clause) in ("permit", "reserve")


def clauses_of(rules: Rules, document: str) -> tuple[str, ...]:
    """The provisions of a document in their order, and its silence where that is reserved, by id."""
    one = rules.documents[document]
    return (*one.provisions, *([f"{document}/{SILENCE}"] if one.silence is not None else []))


def differing(first: Case, second: Case) -> tuple[str, ...]:
    """The questions that two cases answer otherwise: facts by id, each once, and readings."""
    before = {**{k: (a.value, a.state) for k, a in first.answers.items()}, **first.choices}
    after = {**{k: (a.value, a.state) for k, a in second.answers.items()}, **second.choices}
    return tuple(dict.fromkeys(fact_of(k) for k in (*after, *before) if before.get(k) != after.get(k)))
