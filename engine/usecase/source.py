"""The bytes of a use case or a readings file, made into text that YAML can be read from.

Whatever is no text is refused here, with its place: another encoding, control characters, a file too large. A byte
order mark and the line ends of Windows are accepted and leave no trace. Nothing here knows YAML.
"""

from __future__ import annotations

import re
from pathlib import Path

from ..language.diagnostics import Diagnostic, UseCaseError, with_lines
from ..language.tree import Span

MOST_BYTES = 1 << 20
"""The largest file that is read, in bytes."""

_BOM = "\ufeff"
UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""Characters that no use case needs: control characters, direction overrides, surrogates, line separators."""


def read_bytes(path: Path, name: str) -> bytes:
    """The content of a file, at most one byte more than may be read. Raises UseCaseError where it cannot be had."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        why = "there is no such file"
    except IsADirectoryError:
        why = "it is a folder"
    except PermissionError:
        why = "reading it is not allowed"
    except (OSError, ValueError):
        why = "the system does not hand it over"
    raise UseCaseError([Diagnostic("M200", f"cannot read the file: {why}", _span(name, 1, 1))])


def decode(source: str | bytes, name: str) -> str:
    """The text of `source` with `\\n` line ends and without a byte order mark. Raises UseCaseError."""
    size = len(source)
    if size > MOST_BYTES:
        _refuse(name, "M201", "larger than 1 MiB", "a use case is a page of text; check that this is the right file")
    text = _from_utf8(source, name) if isinstance(source, bytes) else source
    text = text.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")
    if bad := UNWANTED.search(text):
        _refuse_character(text, bad.start(), name)
    if not text.strip():
        _refuse(name, "M204", "the file is empty", "'mayuse init' writes a use case to begin with")
    return text


def describe(character: str) -> str:
    """A character that cannot be shown, by its number."""
    return f"U+{ord(character):04X}"


def _from_utf8(source: bytes, name: str) -> str:
    save = "save the file as UTF-8"
    if source.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        _refuse(name, "M202", "the file is UTF-16 or UTF-32, not UTF-8", save)
    if len(source) > 1 and (source[0] == 0) != (source[1] == 0):
        _refuse(name, "M202", "the file looks like UTF-16, not UTF-8", save)
    if b"\0" in source:
        _refuse(name, "M203", "this is a binary file, not text", "a use case is a YAML file")
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        before = source[: error.start].decode("utf-8").removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")
        line, column = _place(before, len(before))
        message = f"the file is not UTF-8: byte 0x{source[error.start]:02x} is no character"
        raise UseCaseError([Diagnostic("M202", message, _span(name, line, column), save)]) from None


def _refuse_character(text: str, at: int, name: str) -> None:
    line, column = _place(text, at)
    message = f"the invisible character {describe(text[at])} cannot stand here"
    one = Diagnostic("M203", message, _span(name, line, column), "delete it, or type the words again")
    raise UseCaseError(with_lines([one], {name: text}))


def _refuse(name: str, code: str, message: str, help: str) -> None:
    raise UseCaseError([Diagnostic(code, message, _span(name, 1, 1), help)])


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _span(name: str, line: int, column: int) -> Span:
    return Span(name, line, column, line, column + 1)
