"""Answers back into text: a plan as a use-case file, and counsel's settlements as a readings file.

What is written reads back (`read`, `settlements`) to the same answers, approvals, offerings, contracts and day. Comments
and layout of a file that was read are not kept; `settle` edits such a file in place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from ..rulebook.model import Fact, Rules, fact_of
from .answers import PLAN_KEYS
from .model import Answer, Contract, FlagValue, RangeValue, Settlement, TermsValue, Use, UseCase, Value, Waiver

_PLAIN = re.compile(r"[A-Za-z](?:[\w ,.()/'’-]*[\w.)])?")


def as_yaml(rules: Rules, use_case: UseCase) -> str:
    """The plan as a use-case file, one answer a line.

    Raises ValueError where the language of use cases cannot say an answer (see `value_text`), or where it is an answer to
    a question for counsel, whose place is a readings file.
    """
    lines = [f"name: {scalar(use_case.name)}"]
    if use_case.description.strip():
        lines.append(f"description: {scalar(use_case.description)}")
    if use_case.as_of:
        lines.append(f"as-of: {use_case.as_of.isoformat()}")
    if use_case.vocabulary:
        lines.append(f"vocabulary: {use_case.vocabulary}")
    if use_case.offerings is not None:
        lines += ["platforms:", *(f"  - {id}" for id in use_case.offerings)]
    if use_case.contracts:
        lines += ["contracts:", *(f"  {p}: {_contract(p, c)}" for p, c in use_case.contracts.items())]
    if facts := list(_facts(rules, use_case.answers, "  ")):
        lines += ["facts:", *facts]
    if use_case.approvals:
        lines += ["approvals:", *(f"  - {_approval(rules, key)}" for key in use_case.approvals)]
    if use_case.uses:
        lines += ["uses:", *(line for use in use_case.uses for line in _use(rules, use))]
    if use_case.waivers:
        lines += ["waivers:", *(line for waiver in use_case.waivers for line in _waiver(waiver))]
    return "\n".join(lines) + "\n"


def settlements_yaml(rules: Rules, settlements: Iterable[Settlement]) -> str:
    """Counsel's settlements as a readings file, in their order. Raises ValueError as `as_yaml` does."""
    return "".join(_settlement(rules, one) for one in settlements) or "{}\n"


def value_text(fact: Fact, value: Value) -> str:
    """A value as a use case says it, which is the canonical `text` of an answer.

    Raises ValueError where no text says it: a `one of` both listed and excluded, a range without an end, or one with two
    of which either is itself out.
    """
    words = _words(fact, value)
    return words if isinstance(words, str) else f"[{', '.join(words)}]"


def scalar(text: str) -> str:
    """A text on one line as YAML: plain where it cannot be taken for anything else, in quotation marks otherwise."""
    text = " ".join(text.split())
    return text if _PLAIN.fullmatch(text) and text.lower() != "null" else json.dumps(text, ensure_ascii=False)


def _words(fact: Fact, value: Value) -> str | list[str]:
    """The one word of a value, or the items of its list."""
    match value:
        case FlagValue(yes):
            return "yes" if yes else "no"
        case RangeValue():
            return _range(fact, value)
        case TermsValue(listed, excluded, complete) if fact.kind == "many":
            if complete and not listed:
                return []
            opened = not complete and bool(listed)
            words = [*listed, *(f"not {term}" for term in excluded), *(["..."] if opened else [])]
        case TermsValue((term,), ()):
            return term
        case TermsValue(listed, excluded):
            words = [] if listed else [f"not {term}" for term in excluded]
    if not words:
        raise ValueError(f"no use case says {value} of '{fact.id}'")
    return words


def _range(fact: Fact, value: RangeValue) -> str:
    match value:
        case RangeValue(Decimal() as low, Decimal() as high, False, False):
            return _number(low) if low == high else f"{_number(low)} to {_number(high)}"
        case RangeValue(Decimal() as low, None):
            return f"{'over' if value.above else 'at least'} {_number(low)}"
        case RangeValue(None, Decimal() as high):
            return f"{'under' if value.below else 'at most'} {_number(high)}"
        case _:
            raise ValueError(f"no use case says {value} of '{fact.id}'")


def _number(number: Decimal) -> str:
    return f"{number:,f}".replace(",", "_")


def value_yaml(fact: Fact, value: Value | None) -> str:
    """A value as YAML: a term that is called `null` is one."""
    words = "don't know" if value is None else _words(fact, value)
    if isinstance(words, str):
        return json.dumps(words) if words == "null" else words
    return f"[{', '.join(json.dumps(word) if word == 'null' else word for word in words)}]"


def _facts(rules: Rules, answers: Mapping[str, Answer], indent: str) -> Iterator[str]:
    """Answers, those of one fact at several places together."""
    by_fact: dict[str, list[tuple[str, Answer]]] = {}
    for key, answer in answers.items():
        if rules.facts[fact_of(key)].for_counsel:
            raise ValueError(f"'{key}' is a question for counsel: it is answered in a readings file")
        by_fact.setdefault(fact_of(key), []).append((key.partition("@")[2], answer))
    for id, said in by_fact.items():
        fact = rules.facts[id]
        if any(scope in ("", *PLAN_KEYS) for scope, _ in said):
            for scope, answer in said:
                yield from _answer(fact, f"{id}@{scope}" if scope else id, answer, indent)
        else:
            yield f"{indent}{id}:"
            for scope, answer in said:
                yield from _answer(fact, scope, answer, indent + "  ")


def _answer(fact: Fact, key: str, answer: Answer, indent: str) -> Iterator[str]:
    if answer.state == "unknown":
        yield f"{indent}{key}:"
    elif answer.by or answer.state == "suggested":
        yield f"{indent}{key}:"
        yield f"{indent}  value: {value_yaml(fact, answer.value)}"
        if answer.by:
            yield f"{indent}  by: {scalar(answer.by)}"
        if answer.state == "suggested":
            yield f"{indent}  suggested: yes"
    else:
        yield f"{indent}{key}: {value_yaml(fact, answer.value)}"


def _contract(platform: str, contract: Contract) -> str:
    if contract.negotiated:
        return "negotiated"
    if contract.as_of is None:
        raise ValueError(f"the contract with '{platform}' is neither negotiated nor of a day")
    return f"{{as-of: {contract.as_of.isoformat()}}}"


def _approval(rules: Rules, key: str) -> str:
    """As people write it, where nothing else is called so."""
    name, at, scope = key.partition("@")
    word = f"{scope}/{name}" if at else name
    return key if at and word in rules.facts else word


def _use(rules: Rules, use: Use) -> Iterator[str]:
    yield f"  - name: {scalar(use.name)}"
    yield f"    offering: {use.offering}"
    if use.answers:
        yield "    facts:"
        yield from _facts(rules, use.answers, "      ")


def _waiver(waiver: Waiver) -> Iterator[str]:
    yield f"  - provision: {waiver.provision}"
    yield f"    hash: {waiver.hash}"
    yield f"    reason: {scalar(waiver.reason)}"
    yield f"    by: {scalar(waiver.by)}"
    yield f"    until: {waiver.until.isoformat()}"


def _settlement(rules: Rules, one: Settlement) -> str:
    choice = " ".join(one.choice.split()) if one.value is None else value_yaml(rules.facts[fact_of(one.id)], one.value)
    if not (one.by or one.date or one.why):
        return f"{one.id}: {choice}\n"
    said = {
        "choice": choice,
        "by": scalar(one.by) if one.by else "",
        "date": one.date.isoformat() if one.date else "",
        "why": scalar(one.why) if one.why else "",
    }
    return f"{one.id}:\n" + "".join(f"  {key}: {text}\n" for key, text in said.items() if text)
