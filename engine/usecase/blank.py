"""A use case to fill in: every question that given rules ask, with no answer, in the groups of the vocabulary's files.

What is left empty stays unknown, so the text as it is says no more than an empty use case does.
"""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from ..rulebook.model import Fact, Rules, fact_of
from ..rulebook.reads import Reads, reads

HEADINGS = {
    "purposes": "What it is for",
    "content": "What comes out",
    "people": "People",
    "models": "The model",
    "deployment": "What goes in, where it goes, who you are, what happens along the way",
}
"""What the files of the shipped vocabulary ask about, in the order of asking; another file's heading is its name."""

PROMISES = (
    "Promises",
    "'yes' binds the plan to it. Left empty, it may become a condition; 'no' refuses it.",
)
ABSENT = (
    "No part of the plan",
    "Left out, each is represented as absent. Take the '#' away where it is not so.",
)
CONSENTS = (
    "Approvals",
    "Consents that you have. Left out, each is presumed absent. Take the '#' away where you have one.",
)
WIDTH = 100


def blank_use_case(
    rules: Rules,
    day: datetime.date,
    offerings: Sequence[str] | None = None,
    documents: Iterable[str] = (),
) -> str:
    """YAML of a use case without answers, for these offerings (None: all) and these documents besides."""
    read = reads(rules, rules.offerings if offerings is None else offerings, documents)
    lines = [
        "# Answer what you can. What is left empty is unknown, and the report asks for it where it matters.",
        "name:",
        "description:",
        f"as-of: {day.isoformat()}",
    ]
    if rules.vocabulary_version:
        lines.append(f"vocabulary: {rules.vocabulary_version}")
    if offerings:
        lines += ["platforms:", *(f"  - {id}" for id in offerings)]
    lines += ["facts:", *_facts(rules, read), *_approvals(rules, read)]
    counsel = [id for id in (*read.readings, *_ids(read)) if id not in rules.facts or rules.facts[id].for_counsel]
    if counsel:
        lines += ["", "# For counsel, in a readings file ('mayuse readings list'):", *(f"#   {id}" for id in counsel)]
    return "\n".join(lines) + "\n"


def _ids(read: Reads) -> list[str]:
    return list(dict.fromkeys(map(fact_of, read.keys)))


def _facts(rules: Rules, read: Reads) -> Iterator[str]:
    asked = [rules.facts[id] for id in _ids(read) if not rules.facts[id].for_counsel]
    groups: dict[str, list[Fact]] = {stem: [] for stem in HEADINGS}
    for fact in asked:
        if fact.role == "fact":
            groups.setdefault(PurePosixPath(fact.span.file.replace("\\", "/")).stem, []).append(fact)
    for stem, facts in groups.items():
        heading = HEADINGS.get(stem) or _line(stem.replace("-", " ").replace("_", " ")).capitalize()
        yield from _group(rules, read, (heading,), facts)
    yield from _group(rules, read, PROMISES, [fact for fact in asked if fact.role == "safeguard"])
    yield from _group(rules, read, ABSENT, [fact for fact in asked if fact.role == "wrong"], "# ")


def _group(rules: Rules, read: Reads, heading: Sequence[str], facts: list[Fact], off: str = "") -> Iterator[str]:
    """The questions of a group, in the order of the vocabulary; `off` stands before lines that are commented out."""
    if facts:
        yield from ("", f"  # == {heading[0]} ==", *(f"  # {line}" for line in heading[1:]))
    for fact in sorted(facts, key=lambda f: (f.span.file, f.span.line, f.span.column)):
        keys = [key for key in read.keys if fact_of(key) == fact.id]
        question = rules.asks(keys[0])
        if len(keys) > 1:
            question = fact.question.replace("{offering}", "this offering").replace("{platform}", "this platform")
        yield ""
        yield from _comment("  # ", question)
        for hint in _hints(rules, fact, read):
            yield from _comment("  # ", hint)
        yield f"  {off}{fact.id}:"
        if fact.per:
            yield from (f"  {off}  {key.partition('@')[2]}:" for key in keys)


def _hints(rules: Rules, fact: Fact, read: Reads) -> Iterator[str]:
    """How it is answered, and which terms the rules turn on."""
    match fact.kind:
        case "flag":
            yield "(yes or no)"
        case "number" | "count":
            yield f"(a number of {fact.domain}, or a range such as 'under 5')"
        case kind:
            tested = [t for t in read.terms.get(fact.id, ()) if t != fact.domain and t in rules.terms]
            tested.sort(key=lambda t: (rules.terms[t].span.file, rules.terms[t].span.line))
            turns = f": the rules turn on {', '.join(tested)}" if tested else ""
            yield f"({'a list of terms' if kind == 'many' else 'one term'}{turns})"


def _approvals(rules: Rules, read: Reads) -> Iterator[str]:
    keys = [key for key in read.keys if rules.facts[fact_of(key)].role == "approval"]
    if not keys:
        return
    yield from ("", f"# == {CONSENTS[0]} ==", f"# {CONSENTS[1]}", "# approvals:")
    for key in sorted(keys):
        name, at, scope = key.partition("@")
        yield from _comment("#   # ", rules.asks(key))
        yield f"#   - {f'{scope}/{name}' if at else name}"


def _comment(before: str, text: str) -> list[str]:
    return textwrap.wrap(
        _line(text),
        WIDTH,
        initial_indent=before,
        subsequent_indent=before,
        break_on_hyphens=False,
        break_long_words=False,
    )


def _line(text: str) -> str:
    """On one line, with nothing that a use case refuses."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())
