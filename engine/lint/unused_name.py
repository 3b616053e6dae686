"""A name that is declared and that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator

from ..language import tree
from ..language.codes import CodePage
from ..rulebook.model import Rules
from .case import Case, Finding, all_conditions, last, leaves

CODE = "L009"
PAGE = CodePage(
    "a name that nothing reads",
    "No condition reads the fact, safeguard, approval, wrong, define or reading; no provision has the topic or one"
    " below it; no fact's answers and no condition reach the term. A safeguard that brings one that is read is read. What"
    " an 'expect' names is not read by that: it changes no verdict."
    " The vocabulary that comes with mayuse is spared: it is there for rules that mayuse has never seen.",
    "A question whose answer changes nothing costs the planner time; a definition that nothing uses is most likely one"
    " that a provision was meant to use.",
    'fact sells-hats "Are hats sold?" yes or no\n\nprohibit hats "No selling of hats"\n  when sells-goods',
    'fact sells-hats "Are hats sold?" yes or no\n\nprohibit hats "No selling of hats"\n  when sells-hats',
)


def find(case: Case) -> Iterator[Finding]:
    """Each such name, but for those that the package offers to everyone's rules."""
    from ..load import shipped_folder

    offered = (shipped_folder() / "vocabulary").as_posix() + "/"
    return (found for found in _unread(case.rules) if not found.span.file.startswith(offered))


def _unread(rules: Rules) -> Iterator[Finding]:
    read, terms = _read(rules)
    for fact in rules.facts.values():
        if fact.id not in read and "/" not in fact.id:
            yield Finding(fact.span, f"nothing reads the {fact.role} '{fact.id}'")
    for define in rules.defines.values():
        if define.id not in read:
            yield Finding(define.span, f"nothing reads the define '{last(define.id)}'")
    for reading in rules.readings.values():
        if reading.id not in read:
            yield Finding(
                reading.span,
                f"no condition depends on the reading '{last(reading.id)}'",
                f"where the choice matters, write 'reading {last(reading.id)} is {reading.choices[0][0]}'",
            )
    for term in rules.terms.values():
        if term.id not in terms:
            yield Finding(
                term.span, f"no fact or condition reaches the term '{term.id}'", "put it 'under' another term"
            )
    topics: set[str] = set()
    todo = [topic for provision in rules.provisions.values() for topic in provision.topics]
    while todo:
        id = todo.pop()
        if id not in topics:
            topics.add(id)
            todo += rules.topics[id].under
    for topic in rules.topics.values():
        if topic.id not in topics:
            yield Finding(topic.span, f"no provision has the topic '{topic.id}'")


def _read(rules: Rules) -> tuple[set[str], set[str]]:
    """The ids of facts, defines and readings that something reads; and the terms that matter to something."""
    read: set[str] = set()
    named = {p.vendor for p in rules.platforms.values() if p.vendor}
    named |= {f.domain for f in rules.facts.values() if f.kind in ("one", "many") and f.domain}
    for leaf in leaves(all_conditions(rules)):
        match leaf:
            case tree.Holds(name) | tree.Compare(name):
                read.add(name.text)
            case tree.Test(name, _, terms, others):
                read.add(name.text)
                named |= {str(term) for term in (*terms, *others)}
            case tree.ReadingIs(reading):
                read.add(reading.text)
    brings = {fact.id: fact.implies for fact in rules.facts.values()}
    while more := {id for id, implied in brings.items() if id not in read and read.intersection(implied)}:
        read |= more
    below = {term for id in named for term in rules.below[id]}
    above = {id for id, reached in rules.below.items() if reached & named}
    return read, below | above
