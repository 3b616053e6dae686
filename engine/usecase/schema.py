"""The shape of a use case, as a cerberus schema derived from the vocabulary, and its errors in our own words.

cerberus sees plain text, lists and mappings and says which path is wrong and how; the place is that of the node (or of
its key), and no word of cerberus or Python reaches the user. What the words of an answer mean is `values`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from ..language.diagnostics import clip, did_you_mean
from ..language.tree import Span
from ..rulebook.model import Fact, Rules, fact_of
from .findings import Findings
from .values import takes
from .yaml_nodes import Entry, Items, Mapping, Node, plain

Path = tuple[str | int, ...]

_PART = 50
"""How much of one list or mapping is handed to cerberus at a time."""

TOP = ("name", "description", "as-of", "vocabulary", "platforms", "contracts", "facts", "approvals", "uses", "waivers")

_TAKES = {
    "name": "text",
    "description": "text",
    "as-of": "a date",
    "vocabulary": "a month",
    "platforms": "a list of platforms",
    "contracts": "a mapping of platforms to 'negotiated' or '{as-of: DATE}'",
    "facts": "a mapping of facts to answers",
    "approvals": "a list of approvals",
    "uses": "a list of uses",
    "waivers": "a list of waivers",
}


def schema(rules: Rules, names: Iterable[str]) -> dict[str, Any]:
    """The cerberus schema of a use case that names these facts; the vocabulary has no others of those names."""
    text = {"type": "string", "nullable": True}
    names_list = {"type": ["string", "list"], "nullable": True, "schema": text}
    contract = {"type": ["string", "dict"]}
    facts = {n: _fact(rules.facts[fact_of(n)]) for n in names if fact_of(n) in rules.facts}
    return {
        "name": text,
        "description": text,
        "as-of": text,
        "vocabulary": text,
        "platforms": names_list,
        "contracts": {"type": "dict", "nullable": True, "valuesrules": contract},
        "facts": {"type": "dict", "nullable": True, "schema": facts},
        "approvals": names_list,
        "uses": {"type": "list", "nullable": True},
        "waivers": {"type": "list", "nullable": True},
    }


def _fact(fact: Fact) -> dict[str, Any]:
    listed = ["list"] if fact.kind in ("one", "many") else []
    return {"type": ["string", "dict", *listed], "nullable": True}


def check_shape(rules: Rules, root: Mapping, found: Findings) -> set[Path]:
    """Report what has the wrong shape or an unknown name, and return the paths that must not be read further."""
    import cerberus

    wrong: set[Path] = set()
    for part, before in _parts(plain(root)):
        facts = part.get("facts")
        validator = cerberus.Validator(schema(rules, facts if isinstance(facts, dict) else ()))
        validator.validate(part, normalize=False)
        for path, code in leaves(validator._errors):
            if len(path) > 1 and isinstance(path[1], int):
                path = (path[0], path[1] + before, *path[2:])
            wrong.add(path)
            _report(rules, root, path, code, found)
    return wrong


def _parts(whole: dict[str, Any]) -> Iterator[tuple[dict[str, Any], int]]:
    """The document in parts, none with a long list or mapping, each with the number of items before its own.

    cerberus sorts all errors again at each new one, so that thousands of them in one call would take minutes.
    """
    short: list[tuple[str, Any]] = []
    for key, value in whole.items():
        if not isinstance(value, (dict, list)) or len(value) <= _PART:
            short.append((key, value))
        elif key in TOP:
            for start in range(0, len(value), _PART):
                slice_ = islice(value.items() if isinstance(value, dict) else value, start, start + _PART)
                yield {key: dict(slice_) if isinstance(value, dict) else list(slice_)}, start
        else:
            short.append((key, None))
    for start in range(0, max(len(short), 1), _PART):
        yield dict(short[start : start + _PART]), 0


def leaves(errors: Iterable[Any]) -> Iterator[tuple[Path, int]]:
    """The path and cerberus's code of each error that is not a group of others."""
    for error in errors:
        if error.child_errors:
            yield from leaves(error.child_errors)
        else:
            yield tuple(error.document_path), error.code


def _report(rules: Rules, root: Mapping, path: Path, code: int, found: Findings) -> None:
    from cerberus import errors

    entry, node, span = find(root, path)
    name = str(path[-1])
    if code == errors.UNKNOWN_FIELD.code:
        if path[0] == "facts":
            from .unknown import report_unknown_fact

            report_unknown_fact(rules, name, span, entry.value if entry else None, found)
        elif name in rules.facts:
            found.add("M220", f"unknown name '{name}'", span, f"'{name}' is a fact; write it under 'facts'")
        else:
            help = did_you_mean(name, TOP, f"known: {', '.join(TOP)}")
            found.add("M220", f"unknown name '{clip(name)}'", span, help)
    elif path[0] == "contracts" and len(path) == 2 and code == errors.NOT_NULLABLE.code:
        found.add("M253", f"the contract with '{clip(name)}' is missing", span, "write 'negotiated' or '{as-of: DATE}'")
    elif isinstance(path[-1], int):
        where = "'" + str(path[0]) + "'"
        found.add("M221", f"an item of {where} takes one name, not {_is(node)}", _start(node, span), "write '- name'")
    else:
        takes_, help = _expected(rules, path, node)
        found.add("M221", f"'{clip(name)}' takes {takes_}, not {_is(node)}", _start(node, span), help)


def _expected(rules: Rules, path: Path, node: Node) -> tuple[str, str | None]:
    if path[0] == "facts" and len(path) == 2:
        return takes(rules.facts[fact_of(str(path[1]))]), None
    if path[0] == "contracts" and len(path) == 2:
        return "'negotiated' or '{as-of: DATE}'", None
    listed = path[0] == "facts" and isinstance(node, Items)
    help = "write 'fact: answer' lines under it, without '-'" if listed else None
    return _TAKES.get(str(path[0]), "one value"), help


def _is(node: Node) -> str:
    return "a list" if isinstance(node, Items) else "a mapping" if isinstance(node, Mapping) else "one value"


def _start(node: Node, key: Span) -> Span:
    return key if node.span.line == 0 else node.span


def find(root: Mapping, path: Path) -> tuple[Entry | None, Node, Span]:
    """The entry (or None for an item), the node and the place to show for a path; the nearest that exists."""
    entry: Entry | None = None
    node: Node = root
    span = root.span
    for step in path:
        if isinstance(node, Mapping) and (next_ := node.entry(str(step))):
            entry, node, span = next_, next_.value, next_.span
        elif isinstance(node, Items) and isinstance(step, int):
            entry, node = None, node.items[step]
            span = node.span
        else:
            break
    return entry, node, span
