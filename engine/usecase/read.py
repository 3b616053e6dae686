"""A use case from YAML text: every step in turn, and all errors of the file together.

    text ─ source ─▶ clean text ─ yaml_nodes ─▶ nodes ─ schema ─▶ right shape ─ answers, approvals, header ─▶ UseCase

Clashes between answers are not looked for here: what no world satisfies is found where worlds are enumerated.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ..language.tree import Span
from ..rulebook.model import Rules, fact_of
from . import schema
from .answers import PLAN_KEYS, Said, read_said, settle
from .approvals import read_approvals
from .chain import read_uses, read_waivers
from .dates import read_date, read_month
from .findings import Enough, Findings, refuse
from .header import read_contracts, read_platforms, read_text
from .model import Answer, FlagValue, UseCase
from .source import decode, read_bytes
from .yaml_nodes import MOST_NODES, Entry, Mapping, compose, missing


def load_use_case(rules: Rules, path: str | Path) -> UseCase:
    """The use case of a file. Raises UseCaseError, also where the file cannot be read."""
    return read_use_case(rules, read_bytes(Path(path), str(path)), str(path))


def read_use_case(rules: Rules, source: str | bytes, name: str = "use case") -> UseCase:
    """The use case that YAML text says. `name` is the file's, for diagnostics.

    Raises UseCaseError with every error of the text, in order of place.
    """
    text = decode(source, name)
    found = Findings(name)
    case = UseCase()
    try:
        root = read_mapping(text, found)
        if root is not None:
            case = _use_case(rules, root, found)
    except Enough:
        pass
    refuse(found, text)
    digest = hashlib.sha256(source if isinstance(source, bytes) else source.encode("utf-8")).hexdigest()
    return replace(case, sha256=digest, file=name)


def read_mapping(text: str, found: Findings, most: int = MOST_NODES) -> Mapping | None:
    """The text's mapping, of at most `most` values; None where it is none (`found` then says why)."""
    root = compose(text, found, most=most)
    if root is None or isinstance(root, Mapping):
        return root
    if not found.found:
        help = "write 'name: value' lines"
        found.add("M221", "the file is not a mapping of names to values", _first(root.span), help)
    return None


def _use_case(rules: Rules, root: Mapping, found: Findings) -> UseCase:
    wrong = schema.check_shape(rules, root, found)

    def entry(key: str) -> Entry | None:
        return None if (key,) in wrong else root.entry(key)

    offerings = read_platforms(rules, entry("platforms"), found)
    uses = read_uses(rules, entry("uses"), found, lambda facts: _own_facts(rules, facts, found))
    if uses and offerings is not None and (named := entry("platforms")):
        help = "delete 'platforms': each use names its offering"
        found.add("M222", "'platforms' are alternatives, 'uses' go together", named.span, help)
    given: dict[str, Span] = {}
    if approvals := entry("approvals"):
        given = read_approvals(rules, approvals.value, offerings or tuple(u.offering for u in uses) or None, found)
    answers, approved = _facts(rules, entry("facts"), wrong, given, found)
    as_of = vocabulary = None
    if (day := entry("as-of")) and not missing(day.value):
        as_of = read_date(read_text(day), "as-of", day.value.span, found)
    if (month := entry("vocabulary")) and not missing(month.value):
        vocabulary = read_month(read_text(month), rules.vocabulary_version, month.value.span, found)
    return UseCase(
        name=read_text(entry("name")) or "unnamed plan",
        description=read_text(entry("description")),
        as_of=as_of,
        vocabulary=vocabulary,
        offerings=offerings,
        contracts=read_contracts(rules, entry("contracts"), wrong, found),
        answers=answers,
        approvals=tuple(dict.fromkeys((*given, *approved))),
        uses=uses,
        waivers=read_waivers(rules, entry("waivers"), found),
    )


def _own_facts(rules: Rules, entry: Entry, found: Findings) -> dict[str, Answer]:
    """The facts of one use: one left empty is unknown there, whatever the plan says. An approval is the plan's: who grants
    it grants it once."""
    root = Mapping((Entry("facts", entry.value, entry.span),), entry.value.span)
    answers, approved = _facts(rules, entry, schema.check_shape(rules, root, found), {}, found)
    for key in [*approved, *(k for k in answers if rules.facts[fact_of(k)].role == "approval")]:
        found.add("M226", f"'{key}' is an approval, for the whole plan", entry.span, "write it under 'approvals'")
    told = {fact_of(key) for key in answers}
    for one in entry.value.entries if isinstance(entry.value, Mapping) else ():
        fact = rules.facts.get(fact_of(one.key))
        if fact is not None and fact.id not in told and fact.role != "approval":
            answers[fact.id] = Answer(None, "unknown", span=one.span)
    return answers


def _facts(
    rules: Rules, entry: Entry | None, wrong: Iterable[schema.Path], given: dict[str, Span], found: Findings
) -> tuple[dict[str, Answer], list[str]]:
    """The answers by key, and the approvals that are answered with a plain yes."""
    answers: dict[str, Answer] = {}
    approved: list[str] = []
    if entry is None or not isinstance(entry.value, Mapping):
        return answers, approved
    said: list[Said] = []
    for one in entry.value.entries:
        fact = rules.facts.get(fact_of(one.key))
        if fact is None or ("facts", one.key) in wrong:
            continue
        if fact.for_counsel:
            help = "answer it in a readings file"
            found.add("M231", f"'{fact.id}' is a question for counsel", one.span, help)
        else:
            said += read_said(rules, one, PLAN_KEYS, found)
    for key, one_said in settle(said, found).items():
        answer = one_said.answer
        if answer is None:
            continue
        is_approval = rules.facts[fact_of(key)].role == "approval"
        if is_approval and answer.state == "given" and answer.value == FlagValue(True):
            approved.append(key)
        elif is_approval and key in given:
            message = f"'approvals' gives '{key}' in line {given[key].line}, and here it is '{answer.text}'"
            found.add("M264", message, one_said.span, "keep one of the two")
        else:
            answers[key] = answer
    return answers, approved


def _first(span: Span) -> Span:
    return Span(span.file, span.line, span.column, span.line, span.column + 1)
