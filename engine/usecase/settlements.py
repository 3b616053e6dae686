"""The readings file: what counsel has settled, of readings and of facts `for counsel`.

A mapping of a reading's full id (`platform/document/name`, or `name` of the vocabulary) to its choice, or to a record
`{choice: , by: , date: , why: }`. A fact for counsel is answered like any fact (`yes`, a term, a mapping of platforms
or offerings), or with such a record; each of its keys becomes one settlement. An empty value settles nothing.
"""

from __future__ import annotations

from pathlib import Path

from ..language.diagnostics import clip, did_you_mean
from ..rulebook.model import Fact, Reading, Rules, fact_of
from .answers import COUNSEL_KEYS, Record, Said, is_record, read_record, read_said, settle
from .findings import Enough, Findings, refuse
from .model import Answer, FlagValue, Settlement, TermsValue
from .read import read_mapping
from .source import decode, read_bytes
from .unknown import ends_with
from .values import takes
from .yaml_nodes import Entry, Items, Mapping, Scalar, missing, written


def load_settlements(rules: Rules, path: str | Path) -> tuple[Settlement, ...]:
    """What a readings file settles. Raises UseCaseError, also where the file cannot be read."""
    return read_settlements(rules, read_bytes(Path(path), str(path)), str(path))


def read_settlements(rules: Rules, source: str | bytes, name: str = "readings") -> tuple[Settlement, ...]:
    """What the YAML text of a readings file settles, in the order of the text.

    Raises UseCaseError with every error of the text, in order of place.
    """
    text = decode(source, name)
    found = Findings(name)
    settled: list[Settlement] = []
    try:
        root = read_mapping(text, found)
        if root is not None:
            settled = _settlements(rules, root, found)
    except Enough:
        pass
    refuse(found, text)
    return tuple(settled)


def _settlements(rules: Rules, root: Mapping, found: Findings) -> list[Settlement]:
    settled: list[Settlement] = []
    said: list[Said] = []
    for entry in root.entries:
        fact = rules.facts.get(fact_of(entry.key))
        if (reading := rules.readings.get(entry.key)) is not None:
            one = read_choice(reading, entry, found)
            settled += [one] if one else []
        elif fact is None:
            _unknown(rules, entry, found)
        elif not fact.for_counsel:
            help = "answer it under 'facts' in the use case"
            found.add("M272", f"'{fact.id}' is no question for counsel", entry.span, help)
        elif _right_shape(fact, entry, found):
            said += read_said(rules, entry, COUNSEL_KEYS, found)
    for key, one_said in settle(said, found).items():
        answer = one_said.answer
        if answer is None:
            continue
        if answer.value is None:
            help = "delete the line: what is not settled stays open"
            found.add("M271", f"'{clip(answer.text)}' settles nothing", one_said.span, help)
            continue
        record = one_said.record
        text = _choice(answer)
        settled.append(
            Settlement(key, text, record.by, record.date, record.why, span=one_said.span, value=answer.value)
        )
    return settled


def _right_shape(fact: Fact, entry: Entry, found: Findings) -> bool:
    if isinstance(entry.value, Items) and fact.kind not in ("one", "many"):
        found.add("M221", f"'{fact.id}' takes {takes(fact)}, not a list", entry.value.span)
        return False
    return True


def _choice(answer: Answer) -> str:
    """An answer's canonical text."""
    match answer.value:
        case FlagValue(yes):
            return "yes" if yes else "no"
        case TermsValue(listed=(term,), excluded=()) if not answer.text.startswith("["):
            return term
        case _:
            return answer.text


def read_choice(reading: Reading, entry: Entry, found: Findings) -> Settlement | None:
    """What an entry settles a reading as; None where it settles nothing, or is wrong (then `found` says so)."""
    node = entry.value
    record = Record(node)
    if isinstance(node, Mapping):
        if not is_record(node, COUNSEL_KEYS):
            help = "write a choice, or '{choice: …, by: …, date: …, why: …}'"
            found.add("M221", f"'{reading.id}' takes one choice", entry.span, help)
            return None
        record = read_record(node, COUNSEL_KEYS, found)
    value = record.value
    if value is None or missing(value):
        return None
    if not isinstance(value, Scalar):
        found.add("M221", f"'{reading.id}' takes one choice", value.span, "write one of its choices")
        return None
    word = written(value)
    choices = [c for c, _ in reading.choices]
    chosen = word if word in choices else word.lower()
    if chosen not in choices:
        listed = f"the choices are {', '.join(choices)}"
        near = did_you_mean(word.lower(), choices)
        help = f"{near} {listed}" if near else listed
        found.add("M271", f"'{reading.id}' has no choice '{clip(word)}'", value.span, help)
        return None
    return Settlement(reading.id, chosen, record.by, record.date, record.why, span=entry.span)


def _unknown(rules: Rules, entry: Entry, found: Findings) -> None:
    known = [*rules.readings, *(f.id for f in rules.facts.values() if f.for_counsel)]
    ends = ends_with(entry.key, known)
    help = f"did you mean '{ends[0]}'?" if len(ends) == 1 else did_you_mean(entry.key, known)
    if len(ends) > 1:
        help = f"write its full id: {' or '.join(repr(e) for e in ends[:4])}"
    found.add("M270", f"unknown reading '{clip(entry.key)}'", entry.span, help)
