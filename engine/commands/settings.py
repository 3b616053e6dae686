"""Options from a configuration file and from the environment: flags go before the environment, and that before the file.

click does the merging. Of each option in `KEYS`, `envvar` is `MAYUSE_` and its name, and a command's `default_map` is
made of the file, just before its options are read. What bears on a verdict and did not stand on the command line is
said on standard error, so that no check is made laxer unseen; what turns a gate off cannot be set here at all.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import click
from click.core import ParameterSource

from ..language.diagnostics import clip
from .options import CommandError
from .settings_file import Commands, Section, Settings, find, load, offers

KEYS: dict[str, tuple[str, ...] | None] = {
    "rules": None,
    "platform": ("check", "compare"),
    "readings": ("check",),
    "accept": ("check",),
    "max-age": ("check",),
    "archive": ("verify", "ledger new"),
    "require-archive": ("verify",),
    "format": None,
    "width": None,
    "detail": ("check",),
    "color": ("check",),
}
"""The options that may be set, and the verbs for which (None: all that have it). All others belong to one run: what it
writes, what it mends, on which day, and whether its exit code counts."""

LOOKS = frozenset({"format", "width", "detail", "color"})
"""Those that change only how a report looks; they are set without a word."""

SET_ASIDE = {"platform": "everything"}
"""By key, the parameter of a flag that says otherwise: with `--all`, a configured platform does not hold."""

NONE = ("", "off")
"""Values of `--config` and MAYUSE_CONFIG that read no file."""

EXPLAINS = (("explain",),)
"""Verbs that must work under wrong settings: they say what is wrong with them."""

_META = "mayuse.settings"


@dataclass(frozen=True, slots=True)
class Origin:
    """An option's value that did not stand on the command line: as a text, and where it is from."""

    key: str
    value: str
    where: str


def configurable(command: click.Command) -> click.Command:
    """The command, and all below it, with `--config` and `--no-config`, which read the settings."""
    if isinstance(command, click.Group):
        for one in command.commands.values():
            configurable(one)
    elif not any(one.name == "config" for one in command.params):
        command.params += [
            click.Option(
                ["--config", "config"],
                metavar="FILE",
                envvar="MAYUSE_CONFIG",
                is_eager=True,
                expose_value=False,
                callback=_apply,
                help="Settings from FILE; else from the nearest mayuse.toml or pyproject.toml.",
            ),
            click.Option(
                ["--no-config", "config"], flag_value="", is_eager=True, expose_value=False, help="No settings file."
            ),
        ]
    return command


def variable(key: str) -> str:
    """The environment variable of an option: `MAYUSE_MAX_AGE`."""
    return f"MAYUSE_{key.upper().replace('-', '_')}"


def _apply(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    """Set the command's defaults from the file, and the names of its variables, before its options are read."""
    settings, verb = None, _verb(ctx)
    if value is None or value.strip().lower() not in NONE:
        file = value if value is not None else find()
        try:
            settings = load(file, leaves(ctx.find_root()), KEYS) if file is not None else None
        except CommandError:
            if verb not in EXPLAINS:
                raise
            click.echo(f"the settings in '{clip(str(file), 200)}' have errors, and are not used", err=True)
    ctx.meta[_META] = settings
    ctx.default_map = {}
    for key, option in own(ctx.command, verb):
        option.envvar = variable(key) if _speaks(ctx, key, option) else None
        option.show_envvar = bool(os.environ.get(variable(key)))  # an error then names where the value is from
        setting = settings.of(verb).get(key) if settings else None
        if setting is not None and offers(option, setting.value):
            ctx.default_map[str(option.name)] = setting.value
        if key == "format" and isinstance(ctx.obj, dict):
            chosen = os.environ.get(option.envvar or "") or ctx.default_map.get(str(option.name))
            ctx.obj["format"] = chosen


def leaves(root: click.Context) -> Commands:
    """Every command that does something, by the words of its verb. Imports them all, so only where that is needed."""
    found: dict[Section, click.Command] = {}

    def walk(command: click.Command, verb: Section) -> None:
        if isinstance(command, click.Group):
            for name in command.list_commands(root):
                if (one := command.get_command(root, name)) is not None:
                    walk(one, (*verb, name))
        else:
            found[verb] = command

    walk(root.command, ())
    return found


def _verb(ctx: click.Context) -> Section:
    words: list[str] = []
    at: click.Context | None = ctx
    while at is not None and at.parent is not None:
        words.append(at.info_name or "")
        at = at.parent
    return tuple(reversed(words))


def own(command: click.Command, verb: Section) -> Iterator[tuple[str, click.Option]]:
    """The options of a command that may be set, by key."""
    for option in command.params:
        if isinstance(option, click.Option):
            key = next((one[2:] for one in option.opts if one[2:] in KEYS and one.startswith("--")), None)
            if key is not None and ((verbs := KEYS[key]) is None or " ".join(verb) in verbs):
                yield key, option


def _speaks(ctx: click.Context, key: str, option: click.Option) -> bool:
    """Whether a variable is for this option. A value that only other verbs offer is for those."""
    value = os.environ.get(variable(key))
    if not value or offers(option, value):
        return True
    others = leaves(ctx.find_root()).items()
    return not any(offers(one, value) for verb, command in others for k, one in own(command, verb) if k == key)


def origins(ctx: click.Context) -> list[Origin]:
    """What the environment and the file set of a command that is being run."""
    settings: Settings | None = ctx.meta.get(_META)
    verb = _verb(ctx)
    found = []
    for key, option in own(ctx.command, verb):
        source = ctx.get_parameter_source(str(option.name))
        if source is ParameterSource.ENVIRONMENT:
            where = variable(key)
        elif source is ParameterSource.DEFAULT_MAP and settings is not None:
            where = f"{settings.file}:{settings.of(verb)[key].line}"
        else:
            continue
        if ctx.params.get(SET_ASIDE.get(key, "")):
            continue
        found.append(Origin(key, shown(ctx.params.get(str(option.name))), where))
    return found


def of_verb(ctx: click.Context, verb: Section, command: click.Command) -> Iterator[tuple[str, Any, str]]:
    """What the environment and the file set of a verb: key, value, and where it is from."""
    settings: Settings | None = ctx.meta.get(_META)
    for key, option in own(command, verb):
        setting = settings.of(verb).get(key) if settings else None
        if (value := os.environ.get(variable(key))) and _speaks(ctx, key, option):
            yield key, list(option.type.split_envvar_value(value)) if option.multiple else value, variable(key)
        elif settings and setting is not None and offers(option, setting.value):
            yield key, setting.value, f"{settings.file}:{setting.line}"


def file_of(ctx: click.Context) -> str | None:
    """The configuration file that was read, as a person would write it from here."""
    settings: Settings | None = ctx.meta.get(_META)
    return settings.file if settings else None


def on_command_line(name: str) -> bool:
    """Whether a parameter of the command being run was given as a flag."""
    return click.get_current_context().get_parameter_source(name) is ParameterSource.COMMANDLINE


def shown(value: Any) -> str:
    """A value in a line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def tell() -> None:
    """Say on standard error, once, what bears on the result and did not stand on the command line."""
    ctx = click.get_current_context(silent=True)
    if ctx is None or ctx.meta.get(f"{_META}.told"):
        return
    ctx.meta[f"{_META}.told"] = True
    from ..report.columns import harmless

    for one in origins(ctx):
        if one.key not in LOOKS:
            click.echo(harmless(f"{one.where}: {one.key} = {clip(one.value, 300)}"), err=True)
