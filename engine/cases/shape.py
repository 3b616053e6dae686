"""The shape of a file of cases, by cerberus, and its errors in our own words; what a plan in it may say is `plans`.

A file has a document and, for each of its provisions, a list of cases; a case has a plan and what it gives.
"""

from __future__ import annotations

from typing import Any

from ..language.diagnostics import clip, did_you_mean
from ..language.tree import Span
from ..usecase.findings import Findings
from ..usecase.schema import Path, find, leaves
from ..usecase.yaml_nodes import Entry, Items, Mapping, Node, missing, plain

FILE = ("document", "cases")
"""What stands at the top of a file."""
SECOND = ("plan", "gives", "by", "todo")
"""What a plan under `but` may say; the site is that of its case."""
CASE = ("plan", "at", "on", "gives", "by", "todo", "but")
"""What a case may say."""

_TAKES = {
    "document": "one document's id",
    "cases": "a mapping of provisions to lists of cases",
    "plan": "a mapping of questions to answers",
    "but": "a list of '{plan: …, gives: …}'",
    "by": "a list of provisions",
    "todo": "the reason, as text",
    "at": "one offering",
    "on": "one day",
    "gives": "one word",
}


def _case(names: tuple[str, ...]) -> dict[str, Any]:
    text = {"type": "string"}
    kinds: dict[str, Any] = {
        "plan": {"type": "dict", "required": True},
        "gives": {"type": "string", "required": True},
        "by": {"type": ["string", "list"], "schema": text},
        "but": {"type": "list"},
    }
    return {name: kinds.get(name, text) for name in names}


_SCHEMA = {CASE: _case(CASE), SECOND: _case(SECOND)}


def entries_of(root: Mapping, found: Findings) -> tuple[Entry | None, list[tuple[Entry, list[Mapping]]]]:
    """The entry of the document, and for each provision its cases, as far as they have the right shape."""
    for entry in root.entries:
        if entry.key not in FILE:
            help = did_you_mean(entry.key, FILE, f"known: {', '.join(FILE)}")
            found.add("M502", f"unknown name '{clip(entry.key)}'", entry.span, help)
    for name in FILE:
        if root.entry(name) is None:
            found.add("M502", f"'{name}' is missing", _first(root.span), f"write '{name}: …', {_TAKES[name]}")
    cases = root.entry("cases")
    if cases is None or not _is_mapping(cases, found):
        return root.entry("document"), []
    assert isinstance(cases.value, Mapping)
    listed = [(entry, list(_cases(entry, CASE, found))) for entry in cases.value.entries]
    return root.entry("document"), listed


def _is_mapping(entry: Entry, found: Findings) -> bool:
    if isinstance(entry.value, Mapping):
        return True
    _wrong(entry.key, entry.value, entry.span, found)
    return False


def _cases(entry: Entry, names: tuple[str, ...], found: Findings) -> list[Mapping]:
    """The cases of a list that have the right shape."""
    if not isinstance(entry.value, Items) or not entry.value.items:
        span = entry.span if missing(entry.value) else entry.value.span
        help = "write '- plan: {…}' and 'gives: …' below it, or delete the name"
        found.add("M502", f"'{clip(entry.key)}' has no list of cases", span, help)
        return []
    return [item for item in entry.value.items if _right(item, names, found) and isinstance(item, Mapping)]


def seconds(case: Mapping, found: Findings) -> list[Mapping]:
    """The plans under `but` of a case that have the right shape."""
    entry = case.entry("but")
    return _cases(entry, SECOND, found) if entry is not None else []


def _right(item: Node, names: tuple[str, ...], found: Findings) -> bool:
    """Whether one case has the right shape; `found` says what is wrong."""
    import cerberus

    if not isinstance(item, Mapping):
        found.add("M502", f"a case is a mapping with 'plan' and 'gives', not {_is(item)}", item.span)
        return False
    validator = cerberus.Validator(_SCHEMA[names])
    if validator.validate(plain(item), normalize=False):
        return True
    for path, code in leaves(validator._errors):
        _report(item, path, code, names, found)
    return False


def _report(item: Mapping, path: Path, code: int, names: tuple[str, ...], found: Findings) -> None:
    from cerberus import errors

    name = str(path[0])
    _, node, span = find(item, path)
    if code == errors.UNKNOWN_FIELD.code:
        help = did_you_mean(name, names, f"known: {', '.join(names)}")
        found.add("M502", f"unknown name '{clip(name)}' in a case", span, help)
    elif code == errors.REQUIRED_FIELD.code:
        found.add("M502", f"a case says no '{name}'", _first(item.span), f"'{name}' takes {_TAKES[name]}")
    else:
        _wrong(name, node, span, found)


def _wrong(name: str, node: Node, span: Span, found: Findings) -> None:
    found.add("M502", f"'{name}' takes {_TAKES[name]}, not {_is(node)}", node.span if node.span.line else span)


def _is(node: Node) -> str:
    if missing(node):
        return "nothing"
    return "a list" if isinstance(node, Items) else "a mapping" if isinstance(node, Mapping) else "one value"


def _first(span: Span) -> Span:
    return Span(span.file, span.line, span.column, span.line, span.column + 1)
