"""What a person is told about text that is not YAML: PyYAML and libyaml say it in different words, and in theirs.

Only the place and the kind of the error are taken from them; the message and the help are ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..language.tree import Span
from .findings import Findings

if TYPE_CHECKING:
    import yaml


def report(error: yaml.MarkedYAMLError, text: str, found: Findings) -> None:
    """Add the diagnostic of a syntax error."""
    lines = text.split("\n")
    problem = (error.problem or "").lower()
    context = (error.context or "").lower()
    mark = error.problem_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    at_end = not "".join([_from(lines, line, column), *lines[line + 1 :]]).strip()
    unclosed = at_end and ("flow" in context or "quoted" in context)
    if error.context_mark and (unclosed or "simple key" in context):
        line, column = error.context_mark.line, error.context_mark.column
    if "escape character" in problem and column and _from(lines, line, column)[:1] != "\\":
        column -= 1  # PyYAML's own scanner shows the character after the backslash
    if not _from(lines, line, column):
        line = max(n for n, content in enumerate(lines) if content.strip())
        column = max(0, len(lines[line].rstrip()) - 1)
    code, message, help = _words(problem, _from(lines, line, column)[:1], unclosed)
    found.add(code, message, Span(found.file, line + 1, column + 1, line + 1, column + 2), help)


def _from(lines: list[str], line: int, column: int) -> str:
    """The rest of a line; empty past the end of the text."""
    return lines[line][column:] if line < len(lines) else ""


def _words(problem: str, word: str, unclosed: bool) -> tuple[str, str, str | None]:
    quote = "put the whole value in quotes"
    if unclosed:
        return "M205", f"this {word or 'text'} is never closed", "add the closing bracket or quote"
    if "tab character" in problem or ("cannot start any token" in problem and word == "\t"):
        return "M206", "a tab stands where only spaces may", "indent with spaces"
    if "cannot start any token" in problem:
        return "M205", f"a value cannot begin with '{word}'", quote
    if "mapping values are not allowed" in problem:
        help = "check the indentation, and put text that holds ': ' in quotes"
        return "M205", "no 'name: value' can stand here", help
    if "entries are not allowed" in problem:
        return "M205", "a '-' item cannot stand here", "begin the list on the next line, or write [a, b]"
    if "unexpected ':'" in problem:
        return "M205", "this ':' needs a space after it", "write 'name: value'"
    if "expected ':'" in problem:
        return "M205", "this line has no ': '", "write 'name: value'"
    if "expected ','" in problem:
        return "M205", "a comma or a closing bracket is missing before this", f"or {quote}"
    if "escape" in problem:
        return "M205", "an unknown escape in a quoted text", "use single quotes, in which a backslash is itself"
    if "<document start>" in problem:
        return "M211", "text after the end of the document", "one file holds one plan"
    if "expected key" in problem or "<block end>" in problem or "'-' indicator" in problem:
        return "M205", "this does not fit what stands before it", f"check the indentation, or {quote}"
    return "M205", "this is not well-formed YAML", f"check the line, and {quote} where it has special characters"
