"""YAML text to nodes with places: scalars that stay text, lists, mappings. Nothing else of YAML exists here.

The nodes are built from PyYAML's events with a stack of our own, so that depth is bounded before anything recurses,
and no tag, anchor or alias can build or repeat anything. No scalar gets a type: `NO`, `1_000` and `2026-11-23` stay
as written, and only an empty value, `~` and `null` say that a value is missing. libyaml reads where it is there, and
PyYAML's own scanner elsewhere. What both accept they read alike; each refuses a few rare forms that the other lets
pass (libyaml `{a:}`; PyYAML's own a tab before a value, and a `?` in a plain item of `[…]`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..language.diagnostics import clip
from ..language.tree import NOWHERE, Span
from .findings import Findings
from .source import UNWANTED, describe

if TYPE_CHECKING:
    import yaml

MOST_DEPTH = 20
"""How many lists and mappings may stand inside one another."""
MOST_NODES = 20_000
"""How many values one file may have."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as text; None where it is missing (nothing, `~`, `null`)."""

    text: str | None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """One `key: value` of a mapping."""

    key: str
    value: Node
    span: Span = field(default=NOWHERE, compare=False)
    """Of the key."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping, its entries in the order of the text, each key once."""

    entries: tuple[Entry, ...]
    span: Span = field(default=NOWHERE, compare=False)

    def entry(self, key: str) -> Entry | None:
        """The entry of `key`."""
        return next((e for e in self.entries if e.key == key), None)


Node = Scalar | Items | Mapping


def plain(node: Node) -> Any:
    """The node as text, None, lists and dicts."""
    match node:
        case Scalar(text):
            return text
        case Items(items):
            return [plain(i) for i in items]
        case Mapping(entries):
            return {e.key: plain(e.value) for e in entries}


def written(node: Node) -> str:
    """The node on one line, much as the user wrote it."""
    match node:
        case Scalar(text):
            return " ".join((text or "").split())
        case Items(items):
            return "[" + ", ".join(map(written, items)) + "]"
        case Mapping(entries):
            return "{" + ", ".join(f"{e.key}: {written(e.value)}" for e in entries) + "}"


def missing(node: Node) -> bool:
    """Whether the node is a value left out."""
    return isinstance(node, Scalar) and node.text is None


def compose(text: str, found: Findings, fast: bool = True, most: int = MOST_NODES) -> Node | None:
    """The only document of `text`, already decoded; None where it cannot be read (`found` then says why).

    `fast` False never uses libyaml. `most` is how many values it may have.
    """
    import yaml

    if (at := _directive(text)) is not None:
        place = Span(found.file, at, 1, at, 2)
        found.add("M211", "a '%' line before the document is not supported", place, "delete the line")
        return None
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader) if fast else yaml.SafeLoader
    builder = _Builder(found, most)
    try:
        for event in yaml.parse(text, Loader=loader):
            if not builder.take(event):
                return None
    except yaml.MarkedYAMLError as error:
        from .yaml_errors import report

        report(error, text, found)
        return None
    except yaml.YAMLError:
        found.add("M205", "this is not well-formed YAML", Span(found.file, 1, 1, 1, 2))
        return None
    if builder.root is None and not found.found:
        found.add("M204", "the file is empty", Span(found.file, 1, 1, 1, 2), "it has comments only")
    return builder.root


def _directive(text: str) -> int | None:
    """The number of the first line that begins with `%`, before anything that is no comment."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("%"):
            return number
        if line.strip() and not line.lstrip().startswith("#"):
            return None
    return None


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet. `key` waits for its value."""

    start: yaml.Event
    is_list: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    key: tuple[str, Span] | None = None
    awaits_value: bool = False


class _Builder:
    """Nodes out of events. `take` returns False where reading cannot go on."""

    def __init__(self, found: Findings, most: int) -> None:
        self.found = found
        self.most = most
        self.root: Node | None = None
        self.stack: list[_Open] = []
        self.documents = 0
        self.nodes = 0

    def take(self, event: yaml.Event) -> bool:
        """Take one event in."""
        import yaml

        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    help = "one file holds one plan; write the others in files of their own"
                    self.found.add("M211", "a second document begins here", self.span(event), help)
                    return False
            case yaml.DocumentEndEvent():
                if event.explicit:
                    help = "to leave a list open, write it as an item of the list: '- ...'"
                    self.found.add("M211", "'...' at the start of a line ends the file", self.span(event), help)
                    return False
            case yaml.AliasEvent():
                help = "write the value out where it is needed"
                name = clip(str(event.anchor))
                self.found.add("M208", f"the reference '*{name}' is not supported", self.span(event), help)
                self.put(None, event)
            case yaml.ScalarEvent():
                self.marks(event)
                return self.count(event) and self.put(self.scalar(event), event)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self.marks(event)
                if len(self.stack) >= MOST_DEPTH:
                    message = f"more than {MOST_DEPTH} lists and mappings inside one another"
                    self.found.add("M209", message, self.span(event), "a use case needs four levels at most")
                    return False
                self.stack.append(_Open(event, isinstance(event, yaml.SequenceStartEvent)))
                return self.count(event)
            case yaml.SequenceEndEvent():
                done = self.stack.pop()
                return self.put(Items(tuple(done.items), self.span(done.start, event)), done.start)
            case yaml.MappingEndEvent():
                done = self.stack.pop()
                return self.put(Mapping(tuple(done.entries.values()), self.span(done.start, event)), done.start)
        return True

    def count(self, event: yaml.Event) -> bool:
        self.nodes += 1
        if self.nodes <= self.most:
            return True
        self.found.add("M201", f"more than {self.most:,} values in one file", self.span(event))
        return False

    def marks(self, event: Any) -> None:
        """Report what would make this node more than text, a list or a mapping."""
        if event.tag is not None:
            help = "delete the tag; every value is read as text"
            shown = clip(str(event.tag).replace("tag:yaml.org,2002:", "!!"))
            self.found.add("M207", f"the tag '{shown}' is not supported", self.span(event), help)
        if event.anchor is not None:
            name = clip(event.anchor)
            self.found.add("M208", f"the anchor '&{name}' is not supported", self.span(event), "delete it")

    def scalar(self, event: yaml.ScalarEvent) -> Scalar:
        text: str = event.value
        if bad := UNWANTED.search(text):
            message = f"the text holds the invisible character {describe(bad.group())}"
            self.found.add("M203", message, self.span(event), "write the words without it")
            text = UNWANTED.sub("", text)
        absent = not event.style and text in ("", "~", "null", "Null", "NULL")
        return Scalar(None if absent else text, self.span(event))

    def put(self, node: Node | None, event: yaml.Event) -> bool:
        """Put a finished node where it belongs; None for one that cannot be used."""
        if not self.stack:
            self.root = node
            return True
        parent = self.stack[-1]
        if parent.is_list:
            parent.items += [] if node is None else [node]
        elif not parent.awaits_value:
            parent.awaits_value = True
            parent.key = self.key(node, event, parent)
        else:
            if parent.key is not None and node is not None:
                key, span = parent.key
                parent.entries[key] = Entry(key, node, span)
            parent.awaits_value, parent.key = False, None
        return True

    def key(self, node: Node | None, event: yaml.Event, parent: _Open) -> tuple[str, Span] | None:
        """The key of the next entry, or None where its value cannot be used."""
        span = self.span(event)
        if node is None:
            return None
        if not isinstance(node, Scalar) or not (key := getattr(event, "value", "").strip()):
            self.found.add("M212", "a name is missing before the ':'", span, "write 'name: value'")
            return None
        key = UNWANTED.sub("", key)
        if (first := parent.entries.get(key)) is not None:
            message = f"'{clip(key)}' stands here a second time; the first is in line {first.span.line}"
            self.found.add("M210", message, span, "keep one of the two")
            return None
        return key, span

    def span(self, first: yaml.Event, last: yaml.Event | None = None) -> Span:
        start: Any = first.start_mark
        end: Any = (last or first).end_mark
        return Span(self.found.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
