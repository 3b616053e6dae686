"""An earlier report read back from its JSON, as far as a later one is held against it.

Only a whole report of the present schema number will do: what is missing in another shape would pass for what is not
new. Whatever is wrong is said, and nothing is guessed.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Container, Iterator
from typing import Any

from cerberus import Validator

from ..judge.baseline import Baseline, EarlierRow
from ..judge.model import TOGETHER, Verdict, row_name
from .json import SCHEMA, Json


def _each(**keys: Any) -> Json:
    """A list of mappings that have these keys, and perhaps others."""
    required = {key: {"required": True, **rule} for key, rule in keys.items()}
    return {"type": "list", "schema": {"type": "dict", "schema": required, "allow_unknown": True}}


_TEXT = {"type": "string"}
_MAYBE = {"type": "string", "nullable": True}
_DAY = {"type": "string", "regex": r"\d{4}-\d{2}-\d{2}"}

_VERDICT = {"type": "string", "allowed": [verdict.value for verdict in Verdict]}

_MOVES: Json = {
    "after_waivers": {**_VERDICT, "nullable": True},
    "conditions": _each(then=_TEXT),
    "alternatives": {"type": "list", "schema": {"type": "list", "schema": _TEXT}},
    "readings": _each(id=_TEXT, matters={"type": "boolean"}),
}

_ROW: Json = {
    "platform": _TEXT,
    "offering": _MAYBE,
    "use": _MAYBE,
    "verdict": _VERDICT,
    "findings": _each(provision=_TEXT, hash=_TEXT, effect=_TEXT),
    "coverage": _each(document=_TEXT, missing=_MAYBE),
    **_MOVES,
}

_PLAN: Json = {"verdict": {**_VERDICT, "nullable": True}, **_MOVES}

_SHAPE: Json = {
    "as_of": _DAY,
    "rules": {"type": "dict", "schema": {"sha256": {"required": True, **_TEXT}}, "allow_unknown": True},
    "case": {
        "type": "dict",
        "schema": {
            "sha256": {"required": True, **_TEXT},
            "facts": {"required": True, **_each(id=_TEXT, state=_TEXT, value=_MAYBE)},
        },
        "allow_unknown": True,
    },
    "plan": {
        "type": "dict",
        "schema": {key: {"required": True, **rule} for key, rule in _PLAN.items()},
        "allow_unknown": True,
    },
    "waivers": _each(provision=_TEXT, state=_TEXT),
    "verdicts": _each(**_ROW),
}


def read_baseline(text: str) -> Baseline | str:
    """The report that `text` is, or why it is none that a later one can be held against."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return "it is not JSON"
    if not isinstance(found, dict) or "schema" not in found or "verdicts" not in found:
        return "it is JSON, but not a report of mayuse"
    if found["schema"] != SCHEMA or isinstance(found["schema"], bool):
        return f"it has another schema number than this version of mayuse writes, which is {SCHEMA}"
    if found.get("errors"):
        return "it says why a plan could not be checked, and has no verdicts"
    shape = Validator({key: {"required": True, **rule} for key, rule in _SHAPE.items()}, allow_unknown=True)
    if not shape.validate(found):
        return f"it is not a whole report: '{_path(shape.errors)}' is missing or not what a report has there"
    try:
        day = datetime.date.fromisoformat(found["as_of"])
    except ValueError:
        return "it is not a whole report: 'as_of' is no date"
    return Baseline(
        as_of=day,
        case_sha256=found["case"]["sha256"],
        rules_sha256=found["rules"]["sha256"],
        answers=tuple((one["id"], one["state"], one["value"]) for one in found["case"]["facts"]),
        rows=tuple(_rows(found)),
    )


def _rows(found: Json) -> Iterator[EarlierRow]:
    """Every row, and the plan as a whole where it had uses."""
    waived = {one["provision"] for one in found["waivers"] if one["state"] == "in force"}
    yield from (_row(row, waived) for row in found["verdicts"])
    if found["plan"]["verdict"] is not None:
        yield _row({"offering": TOGETHER, "use": None, "findings": [], "coverage": [], **found["plan"]}, waived)


def _row(row: Json, waived: Container[str]) -> EarlierRow:
    needed = {one["then"] for one in row["conditions"]}
    return EarlierRow(
        name=row_name(row["use"], row["offering"] or row["platform"]),
        verdict=Verdict(row["verdict"]),
        after_waivers=Verdict(row["after_waivers"]) if row["after_waivers"] else None,
        findings=tuple(
            (one["provision"], one["hash"], one["effect"]) for one in row["findings"] if one["provision"] not in waived
        ),
        conditions=frozenset(needed.union(*row["alternatives"])),
        readings=frozenset(one["id"] for one in row["readings"] if one["matters"]),
        gaps=frozenset(one["document"] for one in row["coverage"] if one["missing"]),
    )


def _path(errors: Any) -> str:
    """The keys down to the first error."""
    keys = []
    while isinstance(errors, dict) and errors:
        key = min(errors, key=str)
        keys.append(str(key))
        errors = next((one for one in errors[key] if isinstance(one, dict)), None)
    return ".".join(keys)
