"""What every lint reads: the resolved rules, the trees of their files, and a solver; or a plan; and what it returns.

Not for anything that a single lint needs alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ..language import tree
from ..logic.formula import Formula, conj
from ..logic.solver import Exact
from ..rulebook.model import Document, Place, Provision, Rules
from ..rulebook.reads import governed
from ..usecase.model import UseCase


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `replacement` is what the text at `span` may be replaced by without a change of meaning, where
    that is certain."""

    span: tree.Span
    message: str
    help: str | None = None
    replacement: str | None = None


class Case:
    """One rule set under the lints."""

    def __init__(self, rules: Rules, texts: Mapping[str, str] | None = None) -> None:
        self.rules = rules
        self._given = texts
        self._solvers: dict[Place, Exact] = {}

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The rules files by name; those that can no longer be read are left out."""
        if self._given is not None:
            return self._given
        paths = (path for folder in self.rules.folders for path in sorted(Path(folder).rglob("*.rules")))
        read: dict[str, str] = {}
        for path in paths:
            try:
                read[path.as_posix()] = path.read_bytes().decode("utf-8-sig")
            except (OSError, UnicodeDecodeError):
                continue
        return read

    @cached_property
    def files(self) -> tuple[tree.File, ...]:
        """The files as written, in alphabetical order."""
        from ..language import parse

        return tuple(parse(self.texts[name], name)[0] for name in sorted(self.texts))

    def written(self) -> Iterator[tuple[tree.Block, Document | None]]:
        """Every block as written, with the document that it begins or belongs to."""
        at = {document.span: document for document in self.rules.documents.values()}
        for file in self.files:
            current: Document | None = None
            for block in file.blocks:
                if isinstance(block, tree.Document):
                    current = at.get(block.name.span)
                inside = isinstance(block, tree.Document | tree.Provision | tree.Define | tree.Reading | tree.Expect)
                yield block, current if inside else None

    def place(self, document: Document) -> Place:
        """A place at which the document's conditions can be asked; which one makes no difference to what can hold."""
        platform = self.rules.platforms.get(document.platform)
        offering = platform.offerings[0] if platform and platform.offerings else document.platform
        return Place(document.platform, offering)

    def possible(self, place: Place, *formulas: Formula) -> bool:
        """Whether all the formulas can hold together in some plan."""
        if place not in self._solvers:
            self._solvers[place] = Exact(self.rules, place)
        exact = self._solvers[place]
        return exact.solve([exact.literal(conj(formulas))])

    @cached_property
    def governed(self) -> dict[str, frozenset[str]]:
        """The offerings that each document can govern: those under it, and under what incorporates it."""
        return governed(self.rules.offerings, self.rules.documents)


@dataclass(frozen=True, slots=True)
class PlanCase:
    """One plan under the lints, with the rules by which it was read."""

    rules: Rules
    use_case: UseCase


def parts(node: Any) -> Iterator[Any]:
    """A node of the tree and every node inside it, in the order of the text."""
    if isinstance(node, tuple):
        for item in node:
            yield from parts(item)
    elif is_dataclass(node) and not isinstance(node, tree.Span):
        yield node
        for field in fields(node):
            yield from parts(getattr(node, field.name))


def conditions(provision: Provision) -> Iterator[tree.Condition]:
    """Every condition of a provision: `when`, each `unless`, each `that` and its `when`."""
    yield provision.when
    for exemption in provision.exemptions:
        yield exemption.condition
    for duty in provision.duties:
        yield duty.duty
        if duty.when is not None:
            yield duty.when


def all_conditions(rules: Rules) -> Iterator[tree.Condition]:
    """Every condition of a rule set, wherever it stands."""
    for provision in rules.provisions.values():
        yield from conditions(provision)
    for define in rules.defines.values():
        yield define.condition
    for document in rules.documents.values():
        gates = (document.applies_when, *(part.when for part in document.incorporates))
        yield from (gate for gate in gates if gate is not None)
    yield from (fact.asked_when for fact in rules.facts.values() if fact.asked_when is not None)


def leaves(conditions: Iterable[tree.Condition]) -> Iterator[tree.Condition]:
    """The atoms of conditions, left to right; defines stay names."""
    for condition in conditions:
        match condition:
            case tree.Not(item):
                yield from leaves([item])
            case tree.And(items) | tree.Or(items):
                yield from leaves(items)
            case _:
                yield condition


def last(id: str) -> str:
    """The last part of an id: what its author wrote."""
    return id.rpartition("/")[2]
