"""The plan of a case: answers as under `facts` of a use case, and beside them approvals and readings by their ids.

A plan under `but` is written as what it changes; an entry left empty takes the answer away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping as Table
from dataclasses import dataclass

from ..language.diagnostics import clip
from ..rulebook.model import Rules, fact_of
from ..usecase.answers import PLAN_KEYS, Said, read_said, settle
from ..usecase.findings import Findings
from ..usecase.model import Answer
from ..usecase.settlements import read_choice
from ..usecase.unknown import ends_with, report_unknown_fact
from ..usecase.yaml_nodes import Entry, Mapping, missing

Part = list[Said] | str | None
"""What one entry says: answers, a reading's choice, or nothing."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The entries of a plan by their names; None where one is left empty or is wrong."""

    parts: Table[str, Part]

    def changed_by(self, other: Plan) -> Plan:
        """This plan with the entries of `other`."""
        return Plan({**self.parts, **other.parts})

    def answers(self, found: Findings) -> dict[str, Answer]:
        """The answers by key, approvals among them."""
        said = (one for part in self.parts.values() if isinstance(part, list) for one in part)
        return {key: one.answer for key, one in settle(said, found).items() if one.answer is not None}

    def choices(self) -> dict[str, str]:
        """The choices of readings."""
        return {name: part for name, part in self.parts.items() if isinstance(part, str)}


def read_plan(rules: Rules, node: Mapping, found: Findings) -> Plan:
    """What the entries of a plan say; what is wrong in them is reported."""
    return Plan({entry.key: _part(rules, entry, found) for entry in node.entries})


def _part(rules: Rules, entry: Entry, found: Findings) -> Part:
    if (reading := rules.readings.get(entry.key)) is not None:
        settled = read_choice(reading, entry, found)
        return settled.choice if settled else None
    if fact_of(entry.key) not in rules.facts:
        _unknown(rules, entry, found)
        return None
    return None if missing(entry.value) else read_said(rules, entry, PLAN_KEYS, found)


def _unknown(rules: Rules, entry: Entry, found: Findings) -> None:
    """A name that is neither a fact nor an approval nor a reading."""
    near = ends_with(entry.key, _named_by_id(rules))
    if near:
        help = f"write its full id: {' or '.join(repr(one) for one in near[:4])}"
        found.add("M230", f"unknown fact '{clip(entry.key)}'", entry.span, help)
    elif entry.key in rules.provisions:
        message = f"the text of '{entry.key}' gives no way to approve what it says"
        found.add("M261", message, entry.span, "delete the line")
    else:
        report_unknown_fact(rules, entry.key, entry.span, entry.value, found)


def _named_by_id(rules: Rules) -> Iterator[str]:
    yield from (id for id in rules.readings if "/" in id)
    yield from (id for id in rules.facts if "/" in id)
