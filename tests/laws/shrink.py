"""Smaller and smaller samples on which something still goes wrong: for those that a seed made, not hypothesis."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

from mayuse.language import tree as t
from mayuse.testing.generate import ARCHIVE

from . import changes
from .plans import Sample

CONDITIONS = (t.And, t.Or, t.Not, t.Holds, t.Test, t.Compare, t.ReadingIs)


def shrink(sample: Sample, fails: Callable[[Sample], bool]) -> Sample:
    """The sample with everything taken away that `fails` does not need; an exception is no failure."""
    while (less := next(filter(lambda s: _still(s, fails), smaller(sample)), None)) is not None:
        sample = less
    return sample


def _still(sample: Sample, fails: Callable[[Sample], bool]) -> bool:
    try:
        return fails(sample)
    except Exception:  # a sample that does not load, or cannot be judged, is no smaller example
        return False


def smaller(sample: Sample) -> Iterator[Sample]:
    """Samples with one part less."""
    case = sample.case
    for path, file in sample.files.items():
        if path.startswith("vocabulary") or len(file.blocks) > 1 or path.endswith("platform.rules"):
            for i, block in enumerate(file.blocks):
                if isinstance(block, t.Provision):
                    gone = changes.without(sample.files, f"{path.removesuffix('.rules')}/{block.name}")
                    yield dataclasses.replace(sample, files=gone)
                elif not isinstance(block, (t.Document, t.Platform)):
                    rest = (*file.blocks[:i], *file.blocks[i + 1 :])
                    yield dataclasses.replace(sample, files={**sample.files, path: t.File(path, rest)})
        if not path.startswith("vocabulary"):
            yield dataclasses.replace(sample, files={p: f for p, f in sample.files.items() if p != path})
            folder = path.partition("/")[0] + "/"
            yield dataclasses.replace(sample, files={p: f for p, f in sample.files.items() if not p.startswith(folder)})
    for key in case.answers:
        answers = {k: a for k, a in case.answers.items() if k != key}
        yield dataclasses.replace(sample, case=dataclasses.replace(case, answers=answers))
    for part, empty in (("contracts", {}), ("approvals", ()), ("vocabulary", None)):
        if getattr(case, part):
            yield dataclasses.replace(sample, case=dataclasses.replace(case, **{part: empty}))
    for i in range(len(sample.settlements)):
        yield dataclasses.replace(sample, settlements=(*sample.settlements[:i], *sample.settlements[i + 1 :]))
    if sample.max_age is not None:
        yield dataclasses.replace(sample, max_age=None)
    for path, file in sample.files.items():
        for i, block in enumerate(file.blocks):
            for less in _less(block):
                blocks = (*file.blocks[:i], less, *file.blocks[i + 1 :])
                yield dataclasses.replace(sample, files={**sample.files, path: t.File(path, blocks)})


def _less(node: Any) -> Iterator[Any]:
    """The node with one part less, or one part simpler."""
    if isinstance(node, (t.And, t.Or)):
        yield from node.items
        if len(node.items) > 2:
            yield from (type(node)((*node.items[:i], *node.items[i + 1 :])) for i in range(len(node.items)))
    if isinstance(node, CONDITIONS):
        yield t.Always()
    if isinstance(node, t.Not) and isinstance(node.item, t.Not):
        yield node.item.item
    if not dataclasses.is_dataclass(node) or isinstance(node, (t.Span, t.Text, t.Name, t.Citation, t.Archive)):
        return
    for field in dataclasses.fields(node):
        value = getattr(node, field.name)
        if value and field.name in _OPTIONAL:
            yield dataclasses.replace(node, **{field.name: () if isinstance(value, tuple) else None})
        if isinstance(node, t.Document) and field.name == "evidence" and value != ARCHIVE:
            yield dataclasses.replace(node, evidence=ARCHIVE)
        if isinstance(value, tuple):
            for i, item in enumerate(value):
                if len(value) > 1 and field.name not in ("choices", "items"):
                    yield dataclasses.replace(node, **{field.name: (*value[:i], *value[i + 1 :])})
                for less in _less(item):
                    yield dataclasses.replace(node, **{field.name: (*value[:i], less, *value[i + 1 :])})
        else:
            yield from (dataclasses.replace(node, **{field.name: less}) for less in _less(value))


_OPTIONAL = (
    *("asked_when", "implies", "per", "since", "unless", "overrides", "in_force", "offerings", "may_lift"),
    "applies_when",
    *("incorporates", "silence_reserved", "yields_to", "effective", "updated", "seen", "others", "when"),
)
