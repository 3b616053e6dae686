"""A readings file with one more settlement in it, or another one in place of the old; everything else stays.

The text is edited where its entries stand on lines of their own, so that comments and layout stay; a file in another
style is written anew. What comes out must read back as what was there and the new settlement, or nothing is given.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ..language.diagnostics import Diagnostic, UseCaseError
from ..rulebook.model import Rules, fact_of
from .findings import Findings
from .model import Settlement
from .read import read_mapping
from .settlements import read_settlements
from .source import decode
from .write import settlements_yaml
from .yaml_nodes import Mapping


def with_settlement(
    rules: Rules, before: bytes | None, id: str, choice: str, by: str, why: str, date: datetime.date, name: str
) -> str:
    """The text of a readings file (`before`; None where there is none yet) in which `id` is settled.

    Raises UseCaseError where the file, the id or the choice cannot be read.
    """
    entry = settlements_yaml(rules, [Settlement(id, choice, by, date, why)])
    new = read_settlements(rules, entry, "the new settlement")
    text = "" if before is None or not before.strip() else decode(before, name)
    if not _has_entries(text):
        made = text + ("" if text.endswith("\n") or not text else "\n") + entry
        read_settlements(rules, made, name)
        return made
    old = read_settlements(rules, text, name)
    ids = {one.id for one in new}
    wanted = _meaning([*(one for one in old if one.id not in ids), *new])
    failure: UseCaseError | None = None
    for made in _made(text, id, entry, name):
        try:
            if _meaning(list(read_settlements(rules, made, name))) == wanted:
                return made
        except UseCaseError as error:
            failure = failure or error
    help = "settle it by hand"
    raise failure or UseCaseError([Diagnostic("M221", f"'{id}' cannot be added to '{name}' safely", help=help)])


def _has_entries(text: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.split("\n"))


def _meaning(settled: list[Settlement]) -> list[Settlement]:
    return sorted(settled, key=lambda one: one.id)


def _made(text: str, id: str, entry: str, name: str) -> Iterator[str]:
    """The texts that may do, the most careful first."""
    root = read_mapping(text, Findings(name))
    if not isinstance(root, Mapping):
        return
    if edited := _edited(text, root, id, entry):
        yield edited
    yield _anew(text, id, entry)


def _edited(text: str, root: Mapping, id: str, entry: str) -> str | None:
    """The lines with the entry among them; None where the entries do not stand on lines of their own."""
    lines = text.split("\n")
    starts = [(one.key, one.span.line - 1, one.span.column - 1) for one in root.entries]
    columns = {column for _, _, column in starts}
    if len(columns) != 1 or len({line for _, line, _ in starts}) != len(starts):
        return None
    column = columns.pop()
    if any(lines[line][:column].strip(" ") for _, line, _ in starts):
        return None
    new = [" " * column + line for line in entry.rstrip("\n").split("\n")]
    while lines and not lines[-1].strip():
        lines.pop()
    at = next((number for number, (key, _, _) in enumerate(starts) if key == id), None)
    if at is None:
        return "\n".join([*lines, *new]) + "\n"
    first = starts[at][1]
    end = starts[at + 1][1] if at + 1 < len(starts) else len(lines)
    while end > first + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return "\n".join([*lines[:first], *new, *lines[end:]]) + "\n"


def _anew(text: str, id: str, entry: str) -> str:
    """The entries in one style, in their order, without comments."""
    import yaml

    known = yaml.load(text, Loader=yaml.BaseLoader)
    known[id] = yaml.load(entry, Loader=yaml.BaseLoader)[id]
    return str(yaml.safe_dump(known, sort_keys=False, allow_unicode=True, width=1000))


def counsel_ids(rules: Rules) -> list[str]:
    """What a readings file can settle: readings, and facts for counsel."""
    return [*rules.readings, *(fact.id for fact in rules.facts.values() if fact.for_counsel)]


def is_settleable(rules: Rules, id: str) -> bool:
    """Whether an id names a reading or a fact for counsel, also at one place (`fact@platform`)."""
    return id in rules.readings or (fact_of(id) in rules.facts and rules.facts[fact_of(id)].for_counsel)
