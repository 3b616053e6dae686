"""Proposed cases as YAML that reads back, by themselves or put into the file of their document, which else stays.

A new case of a provision goes behind its last one, a new provision where the document has it. What comes out must read
back, with every case that was there, or nothing is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping as Table, Sequence
from typing import NoReturn

from ..judge.told import Told
from ..language.diagnostics import Diagnostic, UseCaseError
from ..rulebook.model import Rules, fact_of
from ..usecase.findings import Findings
from ..usecase.read import read_mapping
from ..usecase.write import value_yaml
from ..usecase.yaml_nodes import Items, Mapping, Node, written
from .model import clauses_of
from .propose import Proposed

WIDEST = 116
"""Columns of a line, where it can be broken."""


def file_text(rules: Rules, document: str, cases: Table[str, Sequence[Proposed]]) -> str:
    """A new file with these cases, by clause."""
    head = (
        f"# What each provision of '{rules.documents[document].title}' makes of a plan.\ndocument: {document}\ncases:\n"
    )
    order = [id for id in clauses_of(rules, document) if id in cases]
    return head + "\n".join(clause_text(rules, id, cases[id]) for id in order)


def clause_text(rules: Rules, clause: str, cases: Sequence[Proposed]) -> str:
    """The cases of one provision under its name."""
    return "".join(
        f"{line}\n" for line in [f"  {_name(clause)}:", *(line for one in cases for line in _case(rules, one))]
    )


def case_text(rules: Rules, one: Proposed) -> str:
    """One case as an item of the list below its provision. Raises ValueError where no words say an answer."""
    return "".join(f"{line.removeprefix('  ')}\n" for line in _case(rules, one))


def _name(clause: str) -> str:
    return clause.rpartition("/")[2]


def _case(rules: Rules, one: Proposed) -> Iterator[str]:
    plan = [f"{_key(rules, k, one)}: {_value(rules, k, v)}" for k, v in one.told.items()]
    by = "" if one.by == (one.clause,) or not one.by else f", by: [{_by(one.clause, one.by)}]"
    if not one.but and one.usual and len(short := f"  - {{plan: {_flow(plan)}, gives: {one.gives}{by}}}") <= WIDEST:
        yield short
        return
    yield from _broken("  - plan: ", plan, "")
    if not one.usual:
        yield f"    at: {one.site.offering.id}"
        yield f"    on: {one.site.day}"
    yield f"    gives: {one.gives}"
    if by:
        yield f"    {by[2:]}"
    if one.but:
        yield "    but:"
        yield from seconds(rules, one)


def seconds(rules: Rules, one: Proposed) -> Iterator[str]:
    """The plans beside a case, a line each."""
    for second in one.but:
        plan = [f"{_key(rules, k, one)}: {_value(rules, k, v)}" for k, v in second.changes.items()]
        by = f", by: [{_by(one.clause, second.by)}]" if second.by and second.by != (one.clause,) else ""
        yield from _broken("    - {plan: ", plan, f", gives: {second.gives}{by}}}")


def _flow(words: Sequence[str]) -> str:
    return f"{{{', '.join(words)}}}"


def _broken(before: str, words: Sequence[str], after: str) -> Iterator[str]:
    """A mapping on one line, or on several where it is long."""
    line, indent = f"{before}{{", " " * (len(before) + 1)
    for at, word in enumerate(words):
        last = at == len(words) - 1
        ending = f"}}{after}" if last else ","
        if len(line) + len(word) + len(ending) + 1 > WIDEST and line.strip(" {") and at:
            yield line.rstrip()
            line = indent
        line += f"{word}{ending}" + ("" if last else " ")
    yield line if words else f"{line}}}{after}"


def _key(rules: Rules, key: str, one: Proposed) -> str:
    """The question as a plan names it: without its place where one answer for all will do."""
    told = {*one.told, *(k for second in one.but for k in second.changes)}
    alone = sum(fact_of(other) == fact_of(key) for other in told) == 1
    return fact_of(key) if alone and key not in rules.readings else key


def _value(rules: Rules, key: str, value: Told | None) -> str:
    if value is None or isinstance(value, str):
        return value or "null"
    return value_yaml(rules.facts[fact_of(key)], value)


def _by(clause: str, ids: Iterable[str]) -> str:
    document = clause.rpartition("/")[0]
    return ", ".join(_name(id) if id.rpartition("/")[0] == document else id for id in ids)


# -- into a file that is there


def extended(rules: Rules, document: str, text: str, cases: Table[str, Sequence[Proposed]], name: str) -> str:
    """The text of a file of cases with more of them. Raises UseCaseError where its layout leaves no room for them."""
    root = read_mapping(text, Findings(name), len(text))
    listed = root.entry("cases") if isinstance(root, Mapping) else None
    if listed is None or not isinstance(listed.value, Mapping):
        _no_room(name)
    lines = text.rstrip("\n").split("\n")
    order = {_name(id): at for at, id in enumerate(clauses_of(rules, document))}
    there = {entry.key: entry for entry in listed.value.entries}
    added: dict[int, list[str]] = {}
    for clause in sorted(cases, key=lambda id: order[_name(id)]):
        if (entry := there.get(_name(clause))) is not None:
            for one in cases[clause]:
                case = _beside(entry.value, one)
                if case is None:
                    added.setdefault(_last(entry.value), []).extend(_case(rules, one))
                    continue
                opened = _opened(case, lines)
                more = [*([] if case.entry("but") else ["    but:"]), *seconds(rules, one)]
                added.setdefault(_last(case) if opened else case.span.line, [])[:0] = more
            continue
        before = [e for e in there.values() if order.get(e.key, -1) < order[_name(clause)]]
        at = max((_last(e.value) for e in before), default=listed.span.line)
        new = clause_text(rules, clause, cases[clause]).rstrip("\n").split("\n")
        added.setdefault(at, []).extend([*([""] if before else []), *new, *([] if before else [""])])
    made = "\n".join(line for at, one in enumerate(lines, 1) for line in (one, *added.get(at, ())))
    found = Findings(name)
    if read_mapping(made, found, len(made)) is None or found.found:
        _no_room(name)
    return made.rstrip("\n") + "\n"


def _no_room(name: str) -> NoReturn:
    help = "write each list below its name; without '--write' the cases are printed, to be put in by hand"
    raise UseCaseError([Diagnostic("M502", f"no case can be added to '{name}' safely", help=help)])


def _beside(cases: Node, one: Proposed) -> Mapping | None:
    """The case of a list that has the plan of a proposed one."""
    for case in cases.items if isinstance(cases, Items) else ():
        if isinstance(case, Mapping) and one.beside is not None and (plan := case.entry("plan")) is not None:
            if plan.span.line == one.beside.span.line:
                return case
    return None


def _opened(case: Mapping, lines: list[str]) -> bool:
    """Give a case in braces on one line a line for each entry, so that more can stand below it."""
    at = case.span.line - 1
    start = lines[at][: case.span.column - 1]
    if not lines[at][case.span.column - 1 :].startswith("{"):
        return True
    first, *rest = [f"{entry.key}: {written(entry.value)}" for entry in case.entries]
    behind = lines[at][case.span.end_column - 1 :]
    lines[at] = f"\n{' ' * len(start)}".join([start + first + behind, *rest])
    return False


def _last(node: Node) -> int:
    """The last line that a node stands on."""
    match node:
        case Mapping(entries) if entries:
            return max(max(entry.span.end_line, _last(entry.value)) for entry in entries)
        case Items(items) if items:
            return max(map(_last, items))
        case _:
            return node.span.end_line
