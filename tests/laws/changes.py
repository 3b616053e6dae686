"""Changes of a rule set that a law speaks about: reordered, renamed, duplicated, removed, excepted, narrowed."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from mayuse.language import tree as t
from mayuse.testing.dice import Dice
from mayuse.testing.generate import CITED, nodes
from mayuse.usecase.model import Contract, TermsValue

from .plans import Sample

Files = dict[str, t.File]


def rebuild(node: Any, change: Callable[[Any], Any]) -> Any:
    """A tree with every node replaced by what `change` makes of it, from the leaves up."""
    if isinstance(node, tuple):
        return tuple(rebuild(item, change) for item in node)
    if dataclasses.is_dataclass(node) and not isinstance(node, (type, t.Span)):
        parts = {f.name: rebuild(getattr(node, f.name), change) for f in dataclasses.fields(node)}
        return change(dataclasses.replace(node, **parts))
    return node


def blocks(files: Mapping[str, t.File], change: Callable[[str, t.Block], list[t.Block]]) -> Files:
    """Files with every block replaced by those that `change` makes of its id in the file and itself."""
    changed: Files = {}
    for path, file in files.items():
        out = [new for block in file.blocks for new in change(f"{path.removesuffix('.rules')}/{block.name}", block)]
        changed[path] = t.File(path, tuple(out))
    return changed


def shuffled(files: Mapping[str, t.File], dice: Dice) -> Files:
    """The same blocks in another order: a document stays before what belongs to it."""
    changed: Files = {}
    for path in dice.some(list(files), len(files), len(files))[::-1]:
        head = [b for b in files[path].blocks if isinstance(b, t.Document)]
        rest = [b for b in files[path].blocks if not isinstance(b, t.Document)]
        order = [rest.pop(dice.below(len(rest))) for _ in range(len(rest))]
        changed[path] = t.File(path, (*head, *order))
    return rebuild_files(changed, lambda node: _turned(node))


def _turned(node: Any) -> Any:
    """Lists whose order means nothing, the other way round."""
    match node:
        case t.And() | t.Or():
            return dataclasses.replace(node, items=node.items[::-1])
        case t.Test():
            return dataclasses.replace(node, terms=node.terms[::-1], others=node.others[::-1])
        case t.Provision():
            return dataclasses.replace(node, unless=node.unless[::-1], that=node.that[::-1])
        case t.Offering():
            return dataclasses.replace(node, under=node.under[::-1])
        case t.Document():
            return dataclasses.replace(node, incorporates=node.incorporates[::-1])
    return node


def rebuild_files(files: Mapping[str, t.File], change: Callable[[Any], Any]) -> Files:
    """`rebuild`, for whole files."""
    return {path: rebuild(file, change) for path, file in files.items()}


def renamed_word(text: str) -> str:
    """Another name, at another place of the alphabet; names with slashes and keys part by part."""
    for mark in ("@", "/"):
        if mark in text:
            return mark.join(map(renamed_word, text.split(mark)))
    same = text in ("silence", "yes", "no", "terms-of-service", "test-terms", "vocabulary")
    return text if same else f"n{hashlib.sha256(text.encode()).hexdigest()[:4]}-{text}"


def renamed(sample: Sample) -> Sample:
    """The same rule set and use case under other names."""

    def change(node: Any) -> Any:
        return t.Name(renamed_word(node.text)) if isinstance(node, t.Name) else node

    def answer(a: Any) -> Any:
        if not isinstance(a.value, TermsValue):
            return a
        listed, excluded = (tuple(map(renamed_word, x)) for x in (a.value.listed, a.value.excluded))
        return dataclasses.replace(a, value=TermsValue(listed, excluded, a.value.complete))

    files = {
        f"{renamed_word(path.removesuffix('.rules'))}.rules": rebuild(file, change)
        for path, file in sample.files.items()
    }
    case = dataclasses.replace(
        sample.case,
        answers={renamed_word(k): answer(a) for k, a in sample.case.answers.items()},
        approvals=tuple(map(renamed_word, sample.case.approvals)),
        contracts={renamed_word(p): Contract(c.as_of, c.negotiated) for p, c in sample.case.contracts.items()},
    )
    settled = tuple(
        dataclasses.replace(answer(s), id=renamed_word(s.id), choice=renamed_word(s.choice)) for s in sample.settlements
    )
    return dataclasses.replace(sample, files=files, case=case, settlements=settled)


def overridden(provision: t.Provision, document: str) -> list[str]:
    """The ids that a permit overrides."""
    platform = document.partition("/")[0]
    named = [n.text for clause in provision.overrides for n in clause.provisions]
    return [f"{document}/{n}" if "/" not in n else f"{platform}/{n}" if n.count("/") == 1 else n for n in named]


def without(files: Mapping[str, t.File], id_: str) -> Files:
    """Files without a provision, and without the `overrides` that name it."""

    def change(id__: str, block: t.Block) -> list[t.Block]:
        if not isinstance(block, t.Provision):
            return [block]
        over = [x for x in overridden(block, id__.rpartition("/")[0]) if x != id_]
        clause = (t.Overrides(tuple(map(t.Name, over)), CITED),) if over else ()
        return [] if id__ == id_ else [dataclasses.replace(block, overrides=clause)]

    return blocks(files, change)


def duplicated(files: Mapping[str, t.File], id_: str) -> Files:
    """Files with a provision twice, and overridden twice where it was overridden."""

    def change(id__: str, block: t.Block) -> list[t.Block]:
        if not isinstance(block, t.Provision):
            return [block]
        over = overridden(block, id__.rpartition("/")[0])
        if id_ in over:
            clause = t.Overrides((*map(t.Name, over), t.Name(f"{id_}-again")), CITED)
            block = dataclasses.replace(block, overrides=(clause,))
        again = dataclasses.replace(block, name=t.Name(f"{block.name}-again"))
        return [block, again] if id__ == id_ else [block]

    return blocks(files, change)


def excepted(files: Mapping[str, t.File], id_: str, exception: t.Condition) -> Files:
    """Files with one more `unless` in a provision."""

    def change(id__: str, block: t.Block) -> list[t.Block]:
        if id__ != id_ or not isinstance(block, t.Provision):
            return [block]
        return [dataclasses.replace(block, unless=(*block.unless, t.Unless(exception, CITED)))]

    return blocks(files, change)


def _document(files: Mapping[str, t.File], id_: str, **changes: Any) -> Files:
    path = f"{id_}.rules"
    first, *rest = files[path].blocks
    assert isinstance(first, t.Document)
    return {**files, path: t.File(path, (dataclasses.replace(first, **changes), *rest))}


def emptied(files: Mapping[str, t.File], document: str) -> Files:
    """Files without the provisions of a document, which is still said to be whole."""
    changed = dict(files)
    for path, file in files.items():
        for block in file.blocks:
            if isinstance(block, t.Provision) and path == f"{document}.rules":
                changed = without(changed, f"{document}/{block.name}")
    return changed


def narrowed(files: Mapping[str, t.File], document: str) -> Files:
    """Files in which a document is covered in part only."""
    return _document(files, document, coverage=t.Coverage(False, t.Text("a part")))


def unborn(files: Mapping[str, t.File], document: str) -> Files:
    """Files in which a document comes into force after every use case."""
    return _document(files, document, effective=t.Date(datetime.date(2030, 1, 1)))


def names_in(file: t.File) -> list[t.Name]:
    """Every name in a file."""
    return [node for node in nodes(file) if isinstance(node, t.Name)]
