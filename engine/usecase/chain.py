"""`uses` and `waivers`: a plan that runs several offerings together, and what an organisation has decided to bear.

A use is a name, one offering and the facts in which it differs from the plan's own. A waiver names a provision by its id
and by the hash of what it says, so that it lapses where the words or our reading of them change; it always ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ..language.diagnostics import clip, did_you_mean
from ..language.tree import Span
from ..rulebook.model import Rules
from .dates import read_date
from .findings import Findings
from .header import read_text
from .model import Answer, Use, Waiver
from .places import read_place
from .yaml_nodes import Entry, Items, Mapping, Node, Scalar, missing

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}")
_USE = ("name", "offering", "facts")
_WAIVER = ("provision", "hash", "reason", "by", "until")
MOST_USES = 20


def read_uses(
    rules: Rules, entry: Entry | None, found: Findings, read_facts: Callable[[Entry], dict[str, Answer]]
) -> tuple[Use, ...]:
    """The uses, in the order of the text. `read_facts` reads the `facts` of one."""
    uses: dict[str, Use] = {}
    for node in _records(entry, "uses", "- {name: teacher, offering: PLATFORM/OFFERING}", found):
        parts = _parts(node, _USE, found)
        name, offering = _text(parts, "name", node, found), _text(parts, "offering", node, found)
        if name is not None and not _NAME.fullmatch(name):
            help = "letters, digits, spaces, '.', '_' and '-', at most 40 characters"
            found.add("M226", f"'{clip(name)}' is no name for a use", parts["name"].value.span, help)
            name = None
        elif name is not None and name.casefold() in uses:
            found.add("M234", f"a use is named '{name}' a second time", parts["name"].span, "give each its own name")
            name = None
        place = read_place(rules, offering, parts["offering"].value.span, found) if offering else None
        offerings = place.offerings(rules) if place else ()
        if place and len(offerings) != 1:
            some = ", ".join(offerings[:8]) or "it has none that can be checked"
            help = f"write one of {some}" if offerings else some
            message = f"a use has one offering; '{clip(offering or '')}' stands for {len(offerings)}"
            found.add("M226", message, parts["offering"].value.span, help)
        facts = parts.get("facts")
        answers: dict[str, Answer] = {}
        if facts and isinstance(facts.value, Mapping):
            answers = read_facts(facts)
        elif facts and not missing(facts.value):
            found.add("M221", "'facts' takes a mapping of facts to answers", facts.span, "write 'fact: answer' lines")
        if name is not None and len(offerings) == 1:
            uses[name.casefold()] = Use(name, offerings[0], answers, node.span)
    if entry is not None and len(uses) > MOST_USES:
        found.add(
            "M226", f"a plan has at most {MOST_USES} uses, not {len(uses)}", entry.span, "check parts of it apart"
        )
    return tuple(uses.values())


def read_waivers(rules: Rules, entry: Entry | None, found: Findings) -> tuple[Waiver, ...]:
    """The waivers, in the order of the text."""
    waivers: dict[str, Waiver] = {}
    for node in _records(entry, "waivers", "- {provision: …, hash: …, reason: …, by: …, until: 2027-06-30}", found):
        parts = _parts(node, _WAIVER, found)
        id = _text(parts, "provision", node, found)
        ok = id is not None and _waivable(rules, id, parts["provision"].value.span, found)
        hash = _hash(rules, id if ok else None, parts, node, found)
        reason, by = (_text(parts, key, node, found) for key in ("reason", "by"))
        day = _text(parts, "until", node, found)
        until = read_date(day, "until", parts["until"].value.span, found) if day else None
        if id in waivers:
            found.add("M234", f"'{id}' is waived a second time", parts["provision"].span, "keep one of the two")
        elif ok and id and hash and reason and by and until:
            waivers[id] = Waiver(id, hash, reason, by, until, node.span)
    return tuple(waivers.values())


def _records(entry: Entry | None, what: str, example: str, found: Findings) -> list[Mapping]:
    if entry is None or not isinstance(entry.value, Items):
        return []
    if not entry.value.items:
        found.add("M223", f"'{what}' is empty", entry.span, "write its items, or delete the line")
    records = []
    for node in entry.value.items:
        if isinstance(node, Mapping):
            records.append(node)
        else:
            found.add("M221", f"an item of '{what}' is a mapping", node.span, f"write '{example}'")
    return records


def _parts(node: Mapping, known: tuple[str, ...], found: Findings) -> dict[str, Entry]:
    """The entries by name; unknown names are reported."""
    for entry in node.entries:
        if entry.key not in known:
            help = did_you_mean(entry.key, known, f"known: {', '.join(known)}")
            found.add("M220", f"unknown name '{clip(entry.key)}'", entry.span, help)
    return {e.key: e for e in node.entries if e.key in known}


def _text(parts: dict[str, Entry], key: str, node: Mapping, found: Findings) -> str | None:
    """The text of a part that must be there, or None and a diagnostic."""
    entry = parts.get(key)
    if entry is None or missing(entry.value):
        found.add("M223", f"'{key}' is missing", entry.span if entry else _first(node), f"write '{key}: …' beside it")
        return None
    if not isinstance(entry.value, Scalar):
        found.add("M221", f"'{key}' takes one value", entry.value.span)
        return None
    return read_text(entry)


def _waivable(rules: Rules, id: str, span: Span, found: Findings) -> bool:
    provision = rules.provisions.get(id)
    if provision is None:
        help = did_you_mean(id, rules.provisions, "reports print the full id of each clause: platform/document/id")
        found.add("M227", f"unknown provision '{clip(id)}'", span, help)
        return False
    if provision.kind not in ("prohibit", "require"):
        help = "only what forbids or requires something can be waived"
        found.add("M227", f"'{id}' forbids nothing", span, help)
        return False
    return True


def _hash(rules: Rules, id: str | None, parts: dict[str, Entry], node: Mapping, found: Findings) -> str | None:
    if "hash" not in parts and id is not None:
        help = f"write 'hash: {rules.provisions[id].hash}' once you have read what it says today"
        found.add("M223", "'hash' is missing", _first(node), help)
        return None
    text = _text(parts, "hash", node, found)
    if text is None or re.fullmatch(r"[0-9a-f]{16}", text):
        return text
    help = "16 hex digits, as 'mayuse explain PROVISION' prints them"
    found.add("M227", f"'{clip(text)}' is no hash of a provision", parts["hash"].value.span, help)
    return None


def _first(node: Node) -> Span:
    return Span(node.span.file, node.span.line, node.span.column, node.span.line, node.span.column + 1)
