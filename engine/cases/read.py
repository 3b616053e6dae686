"""Cases from folders of YAML files, `PLATFORM/DOCUMENT.yaml`: read as use cases are, with every error and its place.

Whether a plan is possible, and whether two really differ in one answer, is not looked at here: `verdicts` asks the
solver.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from ..judge.check import spoken_for
from ..language.diagnostics import Diagnostic, UseCaseError, clip, did_you_mean
from ..language.tree import Span
from ..rulebook.model import Rules
from ..usecase.dates import read_date
from ..usecase.findings import Enough, Findings
from ..usecase.model import UseCase
from ..usecase.places import read_place
from ..usecase.read import read_mapping
from ..usecase.source import decode, read_bytes
from ..usecase.yaml_nodes import Entry, Items, Mapping, Scalar, missing, written
from .model import BITES, CONFLICTS, SILENCE, Case, Cases, Site, clauses_of, differing, only_bites
from .parts import deciding
from .plans import Plan, read_plan
from .shape import entries_of, seconds
from .sites import Sites

MOST_VALUES = 500_000
"""How many values one file of cases may have."""


def read_cases(sites: Sites, folders: Iterable[Path]) -> tuple[Cases, list[Diagnostic]]:
    """The cases of all files of the folders, and everything wrong with them."""
    cases: list[Case] = []
    texts: dict[str, str] = {}
    wrong: list[Diagnostic] = []
    for folder in folders:
        paths = sorted(folder.rglob("*.yaml")) if folder.is_dir() else []
        if not paths:
            message = f"no cases in '{folder}'" if folder.is_dir() else f"no folder '{folder}'"
            help = "cases stand in files PLATFORM/DOCUMENT.yaml; 'mayuse test --propose all' prints some to begin with"
            wrong.append(Diagnostic("M500", message, Span(str(folder), 1, 1, 1, 2), help))
        for path in paths:
            try:
                text = texts[path.as_posix()] = decode(read_bytes(path, path.as_posix()), path.as_posix())
            except UseCaseError as error:
                wrong += error.diagnostics
                continue
            read, found = read_text(sites, text, path.as_posix(), path.relative_to(folder).as_posix())
            cases += read
            wrong += found
    return Cases(tuple(cases), texts), wrong


def read_text(sites: Sites, text: str, name: str, path: str) -> tuple[list[Case], list[Diagnostic]]:
    """The cases of one text, and everything wrong with it. `path` is where it lies in its folder of cases."""
    found = Findings(name)
    cases: list[Case] = []
    try:
        root = read_mapping(text, found, MOST_VALUES)
        if root is not None:
            for case in _file(sites, root, path, found):
                cases.append(case)
    except Enough:
        pass
    return cases, found.found


def _file(sites: Sites, root: Mapping, path: str, found: Findings) -> Iterable[Case]:
    rules = sites.rules
    entry, provisions = entries_of(root, found)
    document = _document(rules, entry, path, found) if entry is not None else None
    if document is None:
        return
    names = {id.rpartition("/")[2]: id for id in clauses_of(rules, document)}
    for one, cases in provisions:
        if one.key not in names:
            message = f"'{document}' has no provision '{clip(one.key)}'"
            if one.key == SILENCE:
                message = f"'{document}' does not reserve what it is silent about"
            found.add("M504", message, one.span, did_you_mean(one.key, names))
            continue
        seen: dict[object, int] = {}
        for node in cases:
            case = _Reader(sites, names[one.key], found).case(node)
            if case is not None and _new(case, seen, found):
                yield case


def _document(rules: Rules, entry: Entry, path: str, found: Findings) -> str | None:
    """The document that a file is about; its name must say so too."""
    if not isinstance(entry.value, Scalar) or missing(entry.value):
        found.add("M503", "'document' takes one document's id", entry.span)
        return None
    id = written(entry.value)
    if id not in rules.documents:
        help = did_you_mean(id, rules.documents, "'mayuse list documents' shows what there is")
        found.add("M503", f"unknown document '{clip(id)}'", entry.value.span, help)
        return None
    if path != f"{id}.yaml":
        found.add("M503", f"cases of '{id}' stand in '{id}.yaml', not in '{path}'", entry.value.span, "rename the file")
    return id


def _new(case: Case, seen: dict[object, int], found: Findings) -> bool:
    """Whether no case before it has the same plan at the same site."""
    plan = (
        case.site,
        frozenset((k, a.value, a.state) for k, a in case.answers.items()),
        frozenset(case.choices.items()),
    )
    first = seen.setdefault(plan, case.span.line)
    if first != case.span.line:
        found.add("M506", f"the same plan stands in line {first}", case.span, "keep one of the two")
    return first == case.span.line


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reading the cases of one clause."""

    sites: Sites
    clause: str
    found: Findings

    @property
    def rules(self) -> Rules:
        return self.sites.rules

    def case(self, node: Mapping) -> Case | None:
        before = len(self.found.found)
        plan = self.plan(node)
        site = self.site(node)
        case = self.made(node, plan, site)
        but = []
        seen: dict[object, int] = {}
        for other in seconds(node, self.found):
            second = self.made(other, plan.changed_by(self.plan(other)), site)
            if case is None or second is None or len(self.found.found) > before:
                continue
            if not (changed := differing(case, second)):
                help = "write the one answer in which it differs"
                self.found.add("M505", "this plan is the same as that of its case", second.span, help)
            if _new(second, seen, self.found):
                but.append(replace(second, changed=changed))
        return replace(case, but=tuple(but)) if case and len(self.found.found) == before else None

    def made(self, node: Mapping, plan: Plan, site: Site | None) -> Case | None:
        gives, by, todo = self.gives(node), self.by(node, site), node.entry("todo")
        answers = plan.answers(self.found)
        if site is None or gives is None:
            return None
        if site.offering.id not in self.rules.offerings:
            answers = spoken_for(self.rules, UseCase(answers=answers), site.offering.platform).answers
        scopes = self.sites.scopes(site)
        heard = {k: a for k, a in answers.items() if k.partition("@")[2] in scopes}
        why = written(todo.value) if todo else None
        return Case(self.clause, site, heard, plan.choices(), gives, by, why, _plan(node).span)

    def plan(self, node: Mapping) -> Plan:
        plan = _plan(node).value
        assert isinstance(plan, Mapping)
        return read_plan(self.rules, plan, self.found)

    def gives(self, node: Mapping) -> str | None:
        entry = node.entry("gives")
        assert entry is not None
        words = BITES if only_bites(self.rules, self.clause) else CONFLICTS
        if (word := written(entry.value)) in words:
            return word
        kind = "permission or reservation" if words is BITES else "prohibition or requirement"
        near = did_you_mean(word, words)
        help = f"a {kind} gives {', '.join(words)}"
        self.found.add("M504", f"'{clip(word)}' is not what '{self.clause}' can give", entry.value.span, near or help)
        return None

    def by(self, node: Mapping, site: Site | None) -> tuple[str, ...] | None:
        entry = node.entry("by")
        if entry is None or site is None:
            return None
        space = self.sites.space(site)
        clause = space.clauses[self.clause]
        there = deciding(space, clause.id)
        found: list[str] = []
        for item in entry.value.items if isinstance(entry.value, Items) else (entry.value,):
            word = written(item)
            near = [id for id in there if id == word or id.endswith(f"/{word}")]
            if clause.document.id + "/" + word in near:
                near = [f"{clause.document.id}/{word}"]
            if len(near) == 1:
                found += near
            else:
                help = f"it is decided by {', '.join(there)}"
                self.found.add("M507", f"'{clip(word)}' does not decide '{self.clause}'", item.span, help)
        return tuple(sorted(found))

    def site(self, node: Mapping) -> Site | None:
        at, on = node.entry("at"), node.entry("on")
        offering: str | None = None
        day: datetime.date | None = None
        if at is not None:
            place = read_place(self.rules, written(at.value), at.value.span, self.found)
            named = place.offerings(self.rules) if place else ()
            if place is None or len(named) != 1:
                if place is not None:
                    help = f"name one of {', '.join(named)}" if named else None
                    self.found.add("M507", "'at' takes one offering", at.value.span, help)
                return None
            offering = named[0]
        if on is not None and (day := read_date(written(on.value), "on", on.value.span, self.found)) is None:
            return None
        site = self.sites.first(self.clause, offering=offering, day=day)
        if site is None:
            where = f" at '{offering}'" if offering else ""
            when = f" on {day}" if day else ""
            entry = at or on or _plan(node)
            help = "leave 'at' and 'on' out for the first offering and day on which it does" if at or on else None
            self.found.add("M507", f"'{self.clause}' does not govern{where}{when}", entry.span, help)
        return site


def _plan(node: Mapping) -> Entry:
    entry = node.entry("plan")
    assert entry is not None, "the shape was looked at before"
    return entry
