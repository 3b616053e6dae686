"""The configuration file: found, read, and checked against the options there are, with all errors of it together.

`mayuse.toml`, or `[tool.mayuse]` of a `pyproject.toml`, in the working folder or the nearest one above it, up to the
root of the repository. What a key may be is not written here a second time: it is taken from the verbs' own options,
as far as `settings.KEYS` lets a file set them. The shape is checked by cerberus, in words of our own.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from ..language.diagnostics import Diagnostic, clip, did_you_mean, with_lines
from ..language.tree import Span
from .options import CommandError
from .toml_places import Places, places

NAMES = ("mayuse.toml", "pyproject.toml")
"""The names looked for in each folder, the first before the second."""
MOST_BYTES = 1 << 20
TABLE = ("tool", "mayuse")
"""Where the settings stand in a pyproject.toml."""

Section = tuple[str, ...]
"""The words of a verb (`("ledger", "new")`), or none for what holds for all."""
Commands = Mapping[Section, click.Command]

_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_SHOWN = {bool: "yes or no", int: "a number", float: "a number", str: "a text", list: "a list", dict: "a table"}


@dataclass(frozen=True, slots=True)
class Setting:
    """A value as the options take it (a list where they may be repeated), and the line it stands in."""

    value: Any
    line: int


@dataclass(frozen=True, slots=True)
class Settings:
    """What a configuration file says, by section and key. `file` is as a person would write it from here."""

    file: str
    sections: dict[Section, dict[str, Setting]] = field(default_factory=dict)

    def of(self, verb: Section) -> dict[str, Setting]:
        """What holds for a verb: the nearer section before the wider one."""
        wider = [self.sections.get(verb[:depth], {}) for depth in range(len(verb) + 1)]
        return {key: one for section in wider for key, one in section.items()}


def find() -> str | None:
    """The nearest configuration file, None where there is none."""
    try:
        here = Path.cwd()
    except OSError:
        return None
    for folder in (here, *here.parents):
        for name in NAMES:
            file = folder / name
            if os.path.isfile(file) and (name == NAMES[0] or _is_ours(file)):
                return os.path.relpath(file, here)
        if os.path.exists(folder / ".git"):
            return None
    return None


def _is_ours(file: Path) -> bool:
    """Whether a pyproject.toml has settings for us, or may have and cannot be read."""
    try:
        content = file.read_bytes()[: MOST_BYTES + 1]
        return b"mayuse" in content and TABLE[1] in tomllib.loads(content.decode()).get(TABLE[0], {})
    except (OSError, ValueError, RecursionError, TypeError):
        return True


def load(file: str, commands: Commands, keys: Mapping[str, Any]) -> Settings:
    """The settings of a file. `commands` are all verbs, `keys` the options that may be set.

    Raises CommandError with every error of it.
    """
    found: list[Diagnostic] = []
    text, table, where = _read(file, found)
    if found:
        raise CommandError(with_lines(found, {file: text}))
    reader = _Reader(file, text, commands, keys, where, found)
    above: Section = TABLE if Path(file).name == NAMES[1] else ()
    sections: dict[Section, dict[str, Setting]] = {}
    for step in above:
        if not isinstance(table, dict) or step not in table:
            reader.error("M420", "there is no [tool.mayuse] in it", above, "write the settings under [tool.mayuse]")
            break
        table = table[step]
    else:
        if isinstance(table, dict):
            reader.section(table, above, (), sections)
        else:
            reader.error("M422", "'tool.mayuse' is no table", above, "write [tool.mayuse], and the settings below it")
    if found:
        raise CommandError(with_lines(found, {file: text}))
    return Settings(file, sections)


def _read(file: str, found: list[Diagnostic]) -> tuple[str, Any, Places]:
    """The text, its value and its places; empty where it cannot be had, and `found` then says why."""

    def refuse(message: str, line: int = 1, column: int = 1, help: str | None = None) -> None:
        found.append(Diagnostic("M420", message, Span(file, line, column, line, column + 1), help))

    text = ""
    try:
        with open(file, "rb") as opened:
            content = opened.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            refuse("larger than 1 MiB", help="a configuration is a few lines; check that this is the right file")
            return text, {}, {}
        text = content.decode("utf-8").replace("\r\n", "\n")
        return text, tomllib.loads(text), places(text)
    except UnicodeDecodeError as error:
        before = content[: error.start]
        column = error.start - before.rfind(b"\n")
        refuse("not UTF-8 text", before.count(b"\n") + 1, column, "save the file as UTF-8")
    except tomllib.TOMLDecodeError as error:
        message = _PLACE.sub("", str(error)) or "cannot be read as TOML"
        at = _PLACE.search(str(error))
        end = text.rstrip()
        last = (end.count("\n") + 1, len(end) - end.rfind("\n"))
        line, column = (int(at[1]), int(at[2])) if at and at[1] else last
        refuse(f"this is not TOML: {message[0].lower()}{clip(message[1:], 200)}", line, column)
    except RecursionError:
        refuse("lists or tables stand too deep inside one another")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "the system does not hand it over"
        refuse(f"cannot read the configuration: {why[0].lower()}{why[1:]}")
    return text, {}, {}


@dataclass(slots=True)
class _Reader:
    """One file on its way to settings; errors are gathered in `found`."""

    file: str
    text: str
    commands: Commands
    keys: Mapping[str, Any]
    where: Places
    found: list[Diagnostic]

    def error(self, code: str, message: str, path: tuple[str | int, ...], help: str | None = None) -> None:
        """Note an error at the place of `path`, or of the nearest above it that has one."""
        self.found.append(Diagnostic(code, message, self.span(path), help))

    def span(self, path: tuple[str | int, ...]) -> Span:
        """The place of a key or an item."""
        while path and path not in self.where:
            path = path[:-1]
        start, end = self.where.get(path, (0, 1))
        line = self.text.count("\n", 0, start) + 1
        column = start - self.text.rfind("\n", 0, start)
        one_line = end if "\n" not in self.text[start:end] else self.text.index("\n", start)
        return Span(self.file, line, column, line, max(column + 1, column + one_line - start))

    def section(
        self, table: dict[str, Any], above: tuple[str, ...], verb: Section, sections: dict[Section, dict[str, Setting]]
    ) -> None:
        """Read one table: its own keys, and the verbs' tables in it."""
        own: dict[str, Setting] = {}
        below = {name[len(verb)] for name in self.commands if len(name) > len(verb) and name[: len(verb)] == verb}
        for key, value in table.items():
            path = (*above, key)
            options = {name: one for name, one in _options(self.commands, key).items() if name[: len(verb)] == verb}
            if isinstance(value, dict) and key in below:
                self.section(value, path, (*verb, key), sections)
            elif key in self.keys and (taken := _taking(options, self.keys[key])):
                if (setting := self.setting(key, value, path, taken)) is not None:
                    own[key] = setting
            else:
                self.unknown(key, path, verb, below, bool(options))
        sections[verb] = own

    def unknown(self, key: str, path: tuple[str, ...], verb: Section, below: set[str], is_option: bool) -> None:
        """A key that sets nothing here, by what it may have been meant as."""
        shown, whose = clip(key), " ".join(verb)
        if key in below:
            self.error("M422", f"'{shown}' is a verb, and takes a table", path, f"write [{'.'.join(path)}]")
            return
        if is_option and key not in self.keys:
            help = f"give --{key} on the command line, where everyone sees it"
            self.error("M423", f"'{shown}' cannot be configured", path, help)
            return
        offered = [one for one in self.keys if _taking(_below(_options(self.commands, one), verb), self.keys[one])]
        near = did_you_mean(key.lower().replace("_", "-"), [*offered, *below])
        if key in self.keys and verb:
            message, near = f"'{whose}' has no '{shown}'", f"it belongs to {_verbs(self.commands, self.keys, key)}"
        else:
            message = f"unknown key '{shown}'" + (f" for '{whose}'" if whose else "")
        self.error("M421", message, path, near or f"known: {', '.join(offered) or 'none'}")

    def setting(
        self, key: str, value: Any, path: tuple[str, ...], options: Mapping[Section, click.Option]
    ) -> Setting | None:
        """A value checked against the options that take it; None where it is wrong."""
        import cerberus

        before = len(self.found)
        option = next(iter(options.values()))
        validator = cerberus.Validator({key: _schema(options.values())})
        number = cerberus.TypeDefinition("integer", (int,), (bool,))  # cerberus's own lets yes and no pass for one
        validator.types_mapping = {**validator.types_mapping, "integer": number}
        validator.validate({key: value}, normalize=False)
        for error_path, code, constraint in _leaves(validator._errors):
            self.wrong(key, value, (*path, *error_path[1:]), code, constraint, option)
        values = value if isinstance(value, list) else [value]
        if len(self.found) == before:
            for at, one in enumerate(values):
                if isinstance(one, str) and not (one.strip() and one.isprintable()):
                    item: tuple[str | int, ...] = (*path, at) if isinstance(value, list) else path
                    why = "is empty" if not one.strip() else "has signs that cannot be seen"
                    self.error("M422", f"a value of '{key}' {why}", item, "write it or delete it")
        if len(self.found) > before:
            return None
        if isinstance(option.type, click.Path):
            values = [os.path.join(os.path.dirname(self.file), one) for one in values]
        return Setting(values if option.multiple else values[0], self.span(path).line)

    def wrong(
        self, key: str, value: Any, path: tuple[str | int, ...], code: int, constraint: Any, option: click.Option
    ) -> None:
        """One error of cerberus in our words."""
        from cerberus import errors

        item = value[path[-1]] if isinstance(path[-1], int) else value
        if code == errors.UNALLOWED_VALUE.code:
            help = did_you_mean(str(item), constraint, f"it takes {', '.join(constraint)}")
            self.error("M422", f"'{key}' cannot be '{clip(str(item))}'", path, help)
        elif code == errors.BAD_TYPE.code:
            what = "an item of a list is" if isinstance(path[-1], int) else "this is"
            kind = _SHOWN.get(type(item), "a date or a time")
            self.error("M422", f"'{key}' takes {_takes(option)}, and {what} {kind}", path, _example(key, option))
        else:
            self.error("M422", f"'{key}' cannot be {clip(str(item))}", path, _limits(option))


def _options(commands: Commands, key: str) -> dict[Section, click.Option]:
    """The options of that name, by verb."""
    return {
        verb: option
        for verb, command in commands.items()
        for option in command.params
        if isinstance(option, click.Option) and f"--{key}" in option.opts
    }


def _below(options: Mapping[Section, click.Option], verb: Section) -> dict[Section, click.Option]:
    return {name: one for name, one in options.items() if name[: len(verb)] == verb}


def _taking(options: Mapping[Section, click.Option], verbs: Any) -> dict[Section, click.Option]:
    """Those of the verbs that `settings.KEYS` lets a file set."""
    return {verb: one for verb, one in options.items() if verbs is None or " ".join(verb) in verbs}


def _verbs(commands: Commands, keys: Mapping[str, Any], key: str) -> str:
    return ", ".join(" ".join(verb) for verb in _taking(_options(commands, key), keys[key]))


def _schema(options: Iterable[click.Option]) -> dict[str, Any]:
    """The cerberus rule for a value that all of these options together take."""
    options = list(options)
    option = options[0]
    if option.is_flag:
        return {"type": "boolean"}
    if isinstance(option.type, click.IntRange):
        limits = {"min": option.type.min, "max": option.type.max}
        return {"type": "integer"} | {name: limit for name, limit in limits.items() if limit is not None}
    text: dict[str, Any] = {"type": "string"}
    if isinstance(option.type, click.Choice):
        text["allowed"] = list(dict.fromkeys(str(name) for one in options for name in _choices(one)))
    return {"type": ["string", "list"], "schema": text} if option.multiple else text


def _choices(option: click.Option) -> list[str]:
    return [str(one) for one in option.type.choices] if isinstance(option.type, click.Choice) else []


def offers(option: click.Option, value: Any) -> bool:
    """Whether a value that holds for several verbs is one of this option's."""
    return not isinstance(option.type, click.Choice) or value in _choices(option)


def _leaves(errors: Iterable[Any]) -> Iterator[tuple[tuple[str | int, ...], int, Any]]:
    for error in errors:
        if error.child_errors:
            yield from _leaves(error.child_errors)
        else:
            yield tuple(error.document_path), error.code, error.constraint


def _takes(option: click.Option) -> str:
    if option.is_flag:
        return "yes or no"
    if isinstance(option.type, click.IntRange):
        return "a number"
    return "a text or a list of texts" if option.multiple else "a text"


def _example(key: str, option: click.Option) -> str:
    value = "true" if option.is_flag else "90" if isinstance(option.type, click.IntRange) else '"…"'
    return f"write {key} = {f'[{value}]' if option.multiple else value}"


def _limits(option: click.Option) -> str:
    low, high = (option.type.min, option.type.max) if isinstance(option.type, click.IntRange) else (None, None)
    return f"it takes numbers from {low}" + (f" to {high}" if high is not None else "")
