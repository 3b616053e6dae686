"""What a change means, told: for a terminal, in Markdown, and as JSON.

All three say the same: an offering a row, then the smallest plans on which the sides differ, with the verdicts on either
side and what decides them, then what changed in each text and in the vocabulary.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from ..judge.told import words_of
from ..proofs.difference import Compared, Deciding, Difference, Outcome, Witness
from ..proofs.pair import Way
from ..proofs.provisions import Texts
from ..rulebook.model import Rules
from ..usecase.write import as_yaml, settlements_yaml
from .columns import NARROWEST, grid, neutral, width as columns_of, wrap
from .markdown import escape, section_lines as markdown_lines
from .outline import Item, Section
from .table import section_lines as table_lines
from .words import DISCLAIMER, INDEPENDENCE, plural

SCHEMA = 1
HEADERS = ("Offering", "Conflicts", "Coverage")

COVERAGE = {
    Outcome.EQUIVALENT: "the same",
    Outcome.STRICTER: "less covered",
    Outcome.LAXER: "more covered",
    Outcome.INCOMPARABLE: "some less, some more covered",
}
"""What a change of coverage is called."""

MEANS = {
    Way.STRICTER: "stricter, for one with this plan",
    Way.LAXER: "laxer, for one with this plan",
    Way.LESS_COVERED: "no longer covered, for one this plan",
    Way.MORE_COVERED: "newly covered, for one this plan",
}
"""How a witness is introduced."""

HOW = {"added": "it is new", "removed": "it is gone", "changed": "it was changed", "same": "it is the same"}


def difference_table(found: Difference, texts: Sequence[Texts], width: int) -> str:
    """The difference as text in at most `width` columns (at least 60), ending in a newline."""
    width = max(width, NARROWEST)
    lines = [*wrap(_title(found), width), ""]
    if found.compared:
        rows = [_row(one) for one in found.compared]
        natural = [max(columns_of(neutral(row[at])) for row in [HEADERS, *rows]) for at in range(3)]
        first = min(natural[0], width * 2 // 5)
        last = min(natural[2], width // 4)
        lines += [line for block in grid(HEADERS, rows, (first, width - first - last - 4, last)) for line in block]
    for section in _sections(found, texts):
        lines += ["", *table_lines(section, width)]
    closing = [line for text in (_summary(found), DISCLAIMER, INDEPENDENCE) for line in wrap(text, width)]
    return "\n".join([*lines, "", *closing]) + "\n"


def difference_markdown(found: Difference, texts: Sequence[Texts]) -> str:
    """The difference in Markdown, ending in a newline."""
    lines = [f"# {escape(_title(found))}", "", escape(_summary(found)), ""]
    if found.compared:
        lines += [f"| {' | '.join(HEADERS)} |", "| --- | --- | --- |"]
        lines += [f"| {' | '.join(map(escape, _row(one)))} |" for one in found.compared]
    for section in _sections(found, texts):
        lines += ["", *markdown_lines(section)]
    plans = [(row, w, text) for row in found.compared for w in row.witnesses if (text := plan_yaml(found, w))]
    for row, witness, text in plans:
        lines += ["", f"## {escape(f'{row.after}: the plan that is {witness.way.value}')}", "", "```yaml"]
        lines += [*text.rstrip("\n").split("\n"), "```"]
    return "\n".join([*lines, "", f"{escape(DISCLAIMER)}  ", escape(INDEPENDENCE)]) + "\n"


def difference_json(found: Difference, texts: Sequence[Texts]) -> str:
    """The difference as JSON, all keys always there, ending in a newline."""
    sides = {
        key: {"name": side.name, "day": side.day.isoformat(), "rules": side.rules.sha256}
        for key, side in (("before", found.before), ("after", found.after))
    }
    document = {
        "schema": SCHEMA,
        **sides,
        "differs": found.differs,
        "offerings": [_compared_json(found, row) for row in found.compared],
        "added": [*found.added],
        "removed": [*found.removed],
        "documents": [
            {
                "document": one.document,
                "title": one.title,
                "how": one.how,
                "added": [*one.added],
                "removed": [*one.removed],
                "reworded": [*one.reworded],
                "changed": [*one.changed],
                "notes": [*one.notes],
            }
            for one in texts
        ],
        "vocabulary": [{"what": c.what, "id": c.id, "how": c.how, "note": c.note} for c in found.vocabulary],
        "disclaimer": DISCLAIMER,
        "independence": INDEPENDENCE,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def plan_yaml(found: Difference, witness: Witness) -> str | None:
    """The plan of a witness as a use-case file, None where none can say it."""
    try:
        return as_yaml(_rules(found), witness.plan)
    except ValueError:
        return None


def _rules(found: Difference) -> Rules:
    """The rules that have every name that a witness can use."""
    return found.shared.after if found.shared else found.after.rules


def _compared_json(found: Difference, row: Compared) -> dict[str, Any]:
    return {
        "before": row.before,
        "after": row.after,
        "outcome": row.outcome.value if row.outcome else "not compared",
        "without_approvals": row.unapproved.value if row.unapproved else "not compared",
        "coverage": COVERAGE[row.coverage] if row.coverage else "not compared",
        "why": row.why or None,
        "differs": row.differs,
        "witnesses": [_witness_json(found, one) for one in row.witnesses],
        "untold": [way.value for way in row.untold],
        "vocabulary": [change.words for change in row.vocabulary],
        "documents": [*row.documents],
    }


def _witness_json(found: Difference, one: Witness) -> dict[str, Any]:
    rules = _rules(found)
    return {
        "way": one.way.value,
        "before": one.before.value,
        "after": one.after.value,
        "approved": one.approved,
        "answers": {key: _answer(rules, key, value) for key, value in one.answers.items()},
        "plan": plan_yaml(found, one),
        "readings": settlements_yaml(rules, one.settlements) if one.settlements else None,
        "decided": [
            {"id": d.id or None, "how": d.how, "lifted_by": [*d.lifted_by], "why": d.why or None} for d in one.decided
        ],
    }


# -- the words


def _title(found: Difference) -> str:
    before, after = found.before, found.after
    days = f"as of {after.day}" if before.day == after.day else f"as of {before.day} and {after.day}"
    named = f"{before.name} and {after.name}"
    return f"What is different between {named}" + ("" if str(after.day) in after.name else f", {days}")


def _summary(found: Difference) -> str:
    different = sum(row.differs for row in found.compared)
    apart = len(found.added) + len(found.removed)
    if not found.differs:
        return f"Equivalent: over all plans no verdict differs at {plural(len(found.compared), 'offering')}."
    more = f", and {plural(apart, 'is', 'are')} at one side only" if apart else ""
    return f"Different at {different} of {plural(len(found.compared), 'offering')}{more}."


def _row(one: Compared) -> tuple[str, str, str]:
    name = one.after if one.before == one.after else f"{one.before} -> {one.after}"
    if one.outcome is None or one.unapproved is None or one.coverage is None:
        return name, f"not compared: {one.why}", "not compared"
    said = one.outcome.value
    if one.outcome is not one.unapproved:
        said += f" ({one.unapproved.value} where nothing is approved)"
    if any(change.how != "added" for change in one.vocabulary):
        said += ", over the later vocabulary"
    return name, said, COVERAGE[one.coverage]


def _sections(found: Difference, texts: Sequence[Texts]) -> Iterator[Section]:
    for row in found.compared:
        if items := tuple(_offering(found, row)):
            yield Section(_row(row)[0], items)
    if found.added or found.removed:
        items = (*(Item(id, "added") for id in found.added), *(Item(id, "removed") for id in found.removed))
        yield Section("Offerings at one side only", items)
    if texts:
        yield Section("Texts", tuple(map(_text, texts)))
    if found.vocabulary:
        yield Section("Vocabulary changed", tuple(Item("", change.words) for change in found.vocabulary))


def _offering(found: Difference, row: Compared) -> Iterator[Item]:
    for one in row.witnesses:
        said = f"{one.before.value} -> {one.after.value}"
        decided = (Item("decided by", _decided(found, one, d)) for d in one.decided)
        yield Item(MEANS[one.way], said, (*_answers(found, one), *decided))
    for way in row.untold:
        yield Item(way.value, "some plan is, though no answers tell it from all that are not")
    for change in row.vocabulary:
        yield Item("vocabulary changed", change.words)
    for document in row.documents:
        yield Item("now under" if document[0] == "+" else "no longer under", document[1:])


def _answers(found: Difference, one: Witness) -> Iterator[Item]:
    """What a plan answers; the empty lists together."""
    words = {key: _answer(_rules(found), key, value) for key, value in one.answers.items()}
    empty = [key for key, said in words.items() if said == "none"]
    yield from (Item(key, said) for key, said in words.items() if key not in empty)
    if empty:
        yield Item("none", ", ".join(empty))
    if not words:
        yield Item("any plan", "whatever it answers")


def _answer(rules: Rules, key: str, value: Any) -> str:
    """An answer in words; of a reading the choice."""
    return value if isinstance(value, str) else words_of(rules, key, value)


def _decided(found: Difference, one: Witness, by: Deciding) -> str:
    if by.why:
        return f"{by.id or 'no document'}: {by.why}"
    other = found.before if one.way.later else found.after
    how = HOW.get(by.how, f"it is not in force or does not bind at {other.name}")
    lifts = f"; {', '.join(by.lifted_by)} lifts it at {other.name}" if by.lifted_by else ""
    return f"{by.id}: {how}{lifts}"


def _text(one: Texts) -> Item:
    parts = [
        (name, ids)
        for name, ids in (
            ("added", one.added),
            ("removed", one.removed),
            ("reworded only", one.reworded),
            ("changed in meaning", one.changed),
        )
        if ids
    ]
    whole = one.how != "changed"
    said = f"{one.how}, with {plural(len(one.added or one.removed), 'provision')}" if whole else ""
    notes = [] if whole else [Item(name, ", ".join(id.rpartition("/")[2] for id in ids)) for name, ids in parts]
    return Item(one.document, said, (*notes, *(Item("changed", note) for note in one.notes)))
