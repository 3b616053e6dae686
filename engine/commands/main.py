"""`mayuse`: the group of all verbs, each imported when it is used, and one place where errors become exit codes.

An error in the input, the rules or the command line is exit code 2, and so is an internal error: never 0, never a
traceback unless MAYUSE_TRACEBACK=1 asks for one. Where a format for programs was asked for, the errors are in it as well.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from ..__about__ import __version__
from ..language.diagnostics import Diagnostic, DiagnosticError, did_you_mean
from .options import CommandError, emit, quiet, tell
from .settings import configurable

ERROR = 2
"""The exit code of everything that kept a command from doing its work."""

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""

VERBS = {
    "check": ("check", "check", "May we use these platforms for this plan? The verdicts, and why."),
    "config": ("config", "config", "The settings that hold here, and where each is from."),
    "compare": ("compare", "compare", "What every offering's terms say on a topic, side by side."),
    "explain": ("explain", "explain", "Why a plan has its verdicts; or all about a provision, fact, term, code …"),
    "fmt": ("fmt", "fmt", "Format rules files."),
    "init": ("init", "init", "A use case to fill in: only what the rules ask."),
    "ledger": ("verify", "ledger", "The reading ledger of a document."),
    "lint": ("lint", "lint_", "What rules or plans may say and their author hardly means."),
    "list": ("list", "list_", "Platforms, offerings, documents, provisions, facts, terms, readings, topics."),
    "readings": ("readings", "readings", "What only counsel can settle: list it, settle it in a readings file."),
    "test": ("test", "test", "Cases beside rules: does each provision still say what people read in it?"),
    "verify": ("verify", "verify", "Are the quoted words in the archived texts?"),
}
"""Verb to module, command in it, and its line in the help."""


class LazyGroup(click.Group):
    """A group that imports a verb's module when the verb is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs, in alphabetical order."""
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb's command, imported now."""
        if cmd_name not in VERBS:
            return None
        module, name, _ = VERBS[cmd_name]
        command: click.Command = getattr(import_module(f".{module}", __package__), name)
        return configurable(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb and its arguments; an unknown verb with the nearest known."""
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            near = did_you_mean(args[0], VERBS, f"the verbs are {', '.join(sorted(VERBS))}")
            ctx.fail(f"there is no verb '{args[0][:60]}'; {near}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs with a line each, without importing them."""
        with formatter.section("Verbs"):
            formatter.write_dl([(name, VERBS[name][2]) for name in sorted(VERBS)])

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command line. Standing alone, it ends the process with the right exit code."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        words = list(sys.argv[1:] if args is None else args)
        chosen: dict[str, str | None] = {}
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **{"obj": chosen, **extra})
        except SystemExit:
            raise
        except BrokenPipeError:
            quiet()
            code = ERROR
        except (click.Abort, KeyboardInterrupt):
            click.echo("interrupted", err=True)
            code = INTERRUPTED
        except Exception as error:
            code = _failed(error, words, chosen.get("format"))
        sys.exit(code if isinstance(code, int) else 0)


def _failed(error: Exception, words: list[str], configured: str | None) -> int:
    """Say what went wrong, for people and, where asked for, as JSON; always exit code 2. `configured` is the format that
    holds where the command line names none."""
    if os.environ.get("MAYUSE_TRACEBACK") == "1":
        import traceback

        traceback.print_exception(error)
    diagnostics = _diagnostics(error)
    for one in diagnostics:
        if isinstance(error, click.UsageError) and error.ctx is not None:
            click.echo(error.ctx.get_usage(), err=True)
        tell(one)
    _document(_option(words, "--format") or configured, diagnostics, _option(words, "--output", "-o"))
    return ERROR


def _diagnostics(error: Exception) -> tuple[Diagnostic, ...]:
    """Any failure as diagnostics."""
    match error:
        case DiagnosticError(diagnostics=found):
            return tuple(found)
        case click.ClickException():
            return (Diagnostic("M400", error.format_message().rstrip(".")),)
        case _:
            said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            hint = "please report this; MAYUSE_TRACEBACK=1 shows where it happened"
            return (Diagnostic("M499", f"internal error: {said}", help=hint),)


def _document(format_: str | None, diagnostics: Sequence[Diagnostic], output: str | None) -> None:
    """The errors in a format that has a form for them, where the report would have gone: an older report there must not
    pass for this one."""
    from ..report import FAILED
    from ..report.rows import Failure

    if format_ not in FAILED:
        return
    file = next((one.span.file for one in diagnostics if one.span.file), "")
    text = FAILED[format_]([Failure(file, tuple(diagnostics), __version__)])
    try:
        emit(text, Path(output) if output else None)
    except CommandError:
        emit(text)


def _option(words: Sequence[str], *names: str) -> str | None:
    """The value of an option on a command line that may not have been understood."""
    value = None
    for at, word in enumerate(words):
        if word == "--":
            break
        if word in names:
            value = words[at + 1] if at + 1 < len(words) else None
        for name in names:
            if name.startswith("--") and word.startswith(f"{name}="):
                value = word.partition("=")[2]
    return value


@click.group("mayuse", cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="mayuse", message="%(prog)s %(version)s")
def main() -> None:
    """May we use X for Y? What the terms of AI platforms say about a plan, clause by clause.

    Terms, not the law; no legal advice. Not affiliated with any platform.
    """
