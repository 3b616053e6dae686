"""The parts of a use case beside its facts and approvals: which offerings, under which contracts, on which day."""

from __future__ import annotations

from ..language.diagnostics import clip, did_you_mean
from ..rulebook.model import Rules
from .dates import read_date
from .findings import Findings
from .model import Contract
from .places import read_place
from .schema import Path
from .yaml_nodes import Entry, Items, Mapping, Scalar, missing, written


def read_text(entry: Entry | None) -> str:
    """Text on one line, empty where there is none."""
    return written(entry.value) if entry and isinstance(entry.value, Scalar) else ""


def read_platforms(rules: Rules, entry: Entry | None, found: Findings) -> tuple[str, ...] | None:
    """The ids of the offerings named, each once; None for all of them."""
    if entry is None or missing(entry.value) or isinstance(entry.value, Mapping):
        return None
    node = entry.value
    if isinstance(node, Items) and not node.items:
        found.add("M251", "'platforms' names no platform", entry.span, "name one, or delete the line to check them all")
    named: dict[str, None] = {}
    for item in node.items if isinstance(node, Items) else (node,):
        if not isinstance(item, Scalar):
            continue
        if not (word := written(item)):
            found.add("M223", "an item of 'platforms' is empty", item.span, "write it or delete it")
        elif place := read_place(rules, word, item.span, found):
            offerings = place.offerings(rules)
            if not offerings:
                help = "what is known of it is reported apart whenever other platforms are checked"
                found.add("M251", f"'{place.platform}' has no offering that can be checked", item.span, help)
            named |= dict.fromkeys(offerings)
    return tuple(named)


def read_contracts(rules: Rules, entry: Entry | None, wrong: set[Path], found: Findings) -> dict[str, Contract]:
    """What holds instead of today's public terms, by platform."""
    contracts: dict[str, Contract] = {}
    if entry is None or not isinstance(entry.value, Mapping):
        return contracts
    for one in entry.value.entries:
        place = read_place(rules, one.key, one.span, found)
        if place is None or any(w[:2] == ("contracts", one.key) for w in wrong):
            continue
        if place.offering:
            help = f"write '{place.platform}'"
            found.add("M253", f"a contract is with a platform, not with '{place.offering}'", one.span, help)
        elif place.platform in contracts:
            message = f"the contract with '{place.platform}' is written a second time"
            found.add("M234", message, one.span, "keep one of the two")
        elif contract := _contract(one, found):
            contracts[place.platform] = contract
    return contracts


def _contract(entry: Entry, found: Findings) -> Contract | None:
    if isinstance(entry.value, Mapping):
        return _frozen(entry, entry.value, found)
    text = written(entry.value)
    if text.lower() == "negotiated":
        return Contract(negotiated=True)
    help = "write 'negotiated' or '{as-of: 2026-03-01}'"
    found.add("M253", f"'{clip(text)}' is no contract", entry.value.span, help)
    return None


def _frozen(entry: Entry, node: Mapping, found: Findings) -> Contract | None:
    """A contract as it stood on a day."""
    for other in node.entries:
        if other.key != "as-of":
            help = did_you_mean(other.key, ("as-of",), "known: as-of")
            found.add("M220", f"unknown name '{clip(other.key)}'", other.span, help)
    day = node.entry("as-of")
    if day is None or missing(day.value):
        place = day.span if day else entry.span
        found.add("M253", "the day of the contract is missing", place, "write '{as-of: 2026-03-01}'")
        return None
    if not isinstance(day.value, Scalar):
        found.add("M221", "'as-of' takes a date", day.value.span)
        return None
    date = read_date(read_text(day), "as-of", day.value.span, found)
    return Contract(as_of=date) if date else None
