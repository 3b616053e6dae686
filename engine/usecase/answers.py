"""Answers and where they hold: one for the whole plan, or one for each platform or offering.

A question that is asked per platform (or offering) takes one scalar or list for all of them, or a mapping of ids to
answers, where a platform stands for its offerings. The most specific entry wins, whatever the order; an entry left
empty keeps its place unknown; what no entry names is unknown. `fact@platform` and `fact@platform/offering`, the keys
that reports print, may be written too.

In place of any answer may stand a record: `{value: V, by: "who"}`, with `suggested: yes` where a person has yet to
confirm the value (state "suggested"; a suggested `don't know` is just `don't know`). Around a mapping of places, a
record's `by` and `suggested` hold for every place that has no record of its own.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from ..language.diagnostics import clip, did_you_mean
from ..language.tree import Span
from ..rulebook.model import Fact, Rules
from .dates import read_date
from .findings import Findings
from .model import Answer
from .places import read_place
from .values import read_answer, read_flag, takes
from .yaml_nodes import Entry, Mapping, Node, Scalar, missing

PLAN_KEYS = ("value", "by", "suggested")
"""What a record in a use case may say."""
COUNSEL_KEYS = ("choice", "value", "by", "date", "why")
"""What a record in a readings file may say."""


@dataclass(frozen=True, slots=True)
class Record:
    """A value with what is said about it. `value` is None where the record has none."""

    value: Node | None
    by: str | None = None
    suggested: bool = False
    date: datetime.date | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One statement: an answer (None: left unknown) for some keys. `rank` 0 was said for every place, 1 for a platform,
    2 for just this place."""

    keys: tuple[str, ...]
    rank: int
    answer: Answer | None
    span: Span
    record: Record


def read_said(rules: Rules, entry: Entry, keys: tuple[str, ...], found: Findings) -> list[Said]:
    """What one entry says about a fact that exists. `keys` are those a record may have."""
    name, at, scope = entry.key.partition("@")
    fact = rules.facts[name]
    if not at:
        return _read(rules, fact, entry, Record(None), keys, found)
    if fact.per is None:
        message = f"'{name}' has one answer for the whole plan, none for '{clip(scope)}'"
        found.add("M232", message, entry.span, f"write '{name}: …'")
        return []
    return _one_place(rules, fact, Entry(scope, entry.value, entry.span), Record(None), keys, found)


def settle(said: Iterable[Said], found: Findings) -> dict[str, Said]:
    """For each key what holds: the most specific statement. Two that are as specific are an error."""
    best: dict[str, Said] = {}
    for one in said:
        for key in one.keys:
            before = best.get(key)
            if before is None or before.rank < one.rank:
                best[key] = one
            elif before.rank == one.rank:
                message = f"'{key}' is answered a second time; the first is in line {before.span.line}"
                found.add("M234", message, one.span, "keep one of the two")
                break
    return best


def is_record(node: Node, keys: tuple[str, ...]) -> bool:
    """Whether a mapping is a value with its `by`, not a mapping of places."""
    if not isinstance(node, Mapping) or not node.entries:
        return False
    said = [e.key for e in node.entries]
    return any(k in keys for k in said if k in ("value", "choice")) or all(k in keys for k in said)


def read_record(node: Mapping, keys: tuple[str, ...], found: Findings) -> Record:
    """The parts of a record; what is wrong in it is reported and left out."""
    parts: dict[str, Entry] = {}
    for entry in node.entries:
        if entry.key in keys:
            parts[entry.key] = entry
        else:
            help = did_you_mean(entry.key, keys, f"known: {', '.join(keys)}")
            found.add("M220", f"unknown name '{clip(entry.key)}'", entry.span, help)
    if "choice" in parts and "value" in parts:
        found.add("M234", "'choice' and 'value' say the same", parts["value"].span, "keep one of the two")
    value = parts.get("choice") or parts.get("value")
    if value is None:
        found.add("M223", f"'{keys[0]}' is missing", node.span, f"write '{keys[0]}: …' beside it")
    suggested = False
    if (entry_ := parts.get("suggested")) and (word := _text(entry_, found)):
        yes = read_flag(word)
        if yes is None:
            found.add("M240", f"'suggested' takes yes or no, not '{clip(word)}'", entry_.value.span)
        suggested = bool(yes)
    day = None
    if (entry_ := parts.get("date")) and (word := _text(entry_, found)):
        day = read_date(word, "date", entry_.value.span, found)
    by, why = (_text(parts[k], found) if k in parts else None for k in ("by", "why"))
    return Record(value.value if value else None, by, suggested, day, why)


def _text(entry: Entry, found: Findings) -> str | None:
    if isinstance(entry.value, Scalar):
        return " ".join((entry.value.text or "").split()) or None
    found.add("M221", f"'{entry.key}' takes text", entry.value.span)
    return None


def _read(rules: Rules, fact: Fact, entry: Entry, outer: Record, keys: tuple[str, ...], found: Findings) -> list[Said]:
    """What an entry of a fact's name, or the value of its record, says."""
    node = entry.value
    if isinstance(node, Mapping) and is_record(node, keys):
        record = read_record(node, keys, found)
        if record.value is None:
            return []
        return _read(rules, fact, Entry(entry.key, record.value, entry.span), record, (), found)
    if not isinstance(node, Mapping):
        if missing(node):
            return []
        answer = _marked(read_answer(rules, fact, node, found), outer)
        return [] if answer is None else [Said(_everywhere(rules, fact), 0, answer, entry.span, outer)]
    if fact.per is None:
        places = any(e.key.partition("/")[0] in rules.platforms for e in node.entries)
        message = f"'{fact.id}' takes {takes(fact)}, not a mapping"
        if places:
            message = f"'{fact.id}' has one answer for the whole plan, not one for each platform"
        found.add("M232", message, entry.span, f"write '{fact.id}: …', with one answer")
        return []
    inner = keys or (COUNSEL_KEYS if fact.for_counsel else PLAN_KEYS)
    return [s for e in node.entries for s in _one_place(rules, fact, e, outer, inner, found)]


def _one_place(
    rules: Rules, fact: Fact, entry: Entry, outer: Record, keys: tuple[str, ...], found: Findings
) -> list[Said]:
    """What the entry of one place says."""
    place = read_place(rules, entry.key, entry.span, found)
    if place is None:
        return []
    if fact.per == "platform" and place.offering:
        message = f"'{fact.id}' is asked once per platform, not for '{place.offering}'"
        found.add("M233", message, entry.span, f"write '{place.platform}'")
        return []
    if fact.per == "platform":
        where: tuple[str, ...] = (f"{fact.id}@{place.platform}",)
        rank = 2
    else:
        where = tuple(f"{fact.id}@{o}" for o in place.offerings(rules))
        rank = 2 if place.offering else 1
    node, record = entry.value, outer
    if isinstance(node, Mapping) and is_record(node, keys):
        record = read_record(node, keys, found)
        if record.value is None:
            return []
        node = record.value
    if missing(node):
        return [Said(where, rank, None, entry.span, record)]
    answer = _marked(read_answer(rules, fact, node, found), record)
    return [] if answer is None else [Said(where, rank, answer, entry.span, record)]


def _everywhere(rules: Rules, fact: Fact) -> tuple[str, ...]:
    match fact.per:
        case "platform":
            return tuple(f"{fact.id}@{p}" for p in rules.platforms)
        case "offering":
            return tuple(f"{fact.id}@{o}" for o in rules.offerings)
        case _:
            return (fact.id,)


def _marked(answer: Answer | None, record: Record) -> Answer | None:
    """The answer with what its record says about it."""
    if answer is None:
        return None
    state = "suggested" if record.suggested and answer.state == "given" else answer.state
    return dataclasses.replace(answer, by=record.by, state=state)
