"""An explanation as JSON: every field of `judge.explanation`, all keys always, in their order.

The shape is the values' own, so that nothing can be in them and not here; `explanation.schema.json` describes it and
has a number of its own, which only grows. Quotes are W3C TextQuoteSelectors, as in reports.
"""

from __future__ import annotations

import dataclasses
import datetime
import enum
from typing import Any

from ..judge.explanation import Assumed, Explanation, Passage, StatedChange
from ..judge.model import ReadingShown
from .json import Json, dump, plan_json, quote_json
from .words import DISCLAIMER, INDEPENDENCE

SCHEMA = 1
"""The number of the JSON's shape."""


def render_json(explanation: Explanation, width: int = 0) -> str:
    """`to_json` as text, indented by two, ending in a newline. `width` is for other formats."""
    return dump(to_json(explanation))


def to_json(explanation: Explanation) -> Json:
    """The explanation as plain JSON values."""
    return {
        "schema": SCHEMA,
        "engine": explanation.engine,
        "rules": {"revision": explanation.revision, "sha256": explanation.rules_sha256},
        "as_of": explanation.as_of.isoformat(),
        "disclaimer": DISCLAIMER,
        "independence": INDEPENDENCE,
        "case": {
            "name": explanation.case_name,
            "file": explanation.case_file,
            "sha256": explanation.case_sha256,
        },
        "narrowed": explanation.narrowed,
        "archives": explanation.archives,
        "leaned_on": {
            "representations": [{"id": id, "question": q} for id, q in explanation.leaned_on.representations],
            "complete_lists": [{"fact": f, "values": list(v)} for f, v in explanation.leaned_on.complete_lists],
            "readings": [
                {"id": id, "choice": choice, "by": by, "why": why}
                for id, choice, by, why in explanation.leaned_on.readings
            ],
        },
        "plan": plan_json(explanation.plan),
        "offerings": [_plain(one) for one in explanation.offerings],
        "reported": [_plain(one) for one in explanation.reported],
        "errors": [],
    }


def _plain(value: Any) -> Any:
    """A value of the explanation as JSON has it."""
    match value:
        case enum.Enum():
            return value.value
        case datetime.date():
            return value.isoformat()
        case Passage():
            pieces = [{"text": text, "quoted": marked} for text, marked in value.pieces]
            return {**_fields(value), "pieces": pieces}
        case Assumed():
            return {"key": value.key, "question": value.question, "words": value.words, "choice": value.choice}
        case StatedChange():
            names = ("key", "question", "stated", "line", "instead")
            answers = [dict(zip(names, one, strict=True)) for one in value.answers]
            return {"answers": answers, "verdict": value.verdict.value}
        case ReadingShown():
            verdicts = [{"choice": id, "gloss": gloss, "verdict": then.value} for id, gloss, then in value.verdicts]
            return {**_fields(value), "verdicts": verdicts}
        case _ if dataclasses.is_dataclass(value):
            return _fields(value)
        case tuple():
            return [_plain(one) for one in value]
        case _:
            return value


def _fields(value: Any) -> Json:
    found: Json = {}
    for field in dataclasses.fields(value):
        one = getattr(value, field.name)
        if field.name == "quote":
            found[field.name] = quote_json(one)
        elif field.name == "alternatives":
            found[field.name] = [[{"safeguard": id, "question": q} for id, q in ids] for ids in one]
        else:
            found[field.name] = _plain(one)
    return found
