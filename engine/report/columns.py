"""Text in terminal columns: made safe, measured, wrapped and set in a grid by tabulate.

Wide characters count two columns and combining ones none. tabulate measures those only with an optional library, so
the grid is laid out with one-column stand-ins and the characters put back; it then never depends on what is installed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

NARROWEST = 60
"""Columns below which no layout is tried."""

_MARKS = 4
"""How many combining marks one character keeps."""

_JOINERS = "\u200c\u200d"
_BLANK = "\U000f0000"
_STAND_IN = 0xF0002


def neutral(text: str) -> str:
    """`text` on one line without anything that moves a cursor, turns the writing direction or hides.

    White space becomes one space; control characters, direction marks, surrogates, private and unassigned characters
    become U+FFFD; other invisible characters go; stacked combining marks are cut to four.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    kept: list[str] = []
    marks = 0
    for char in " ".join(text.split()):
        category = unicodedata.category(char)
        if category in ("Mn", "Me"):
            marks += 1
            if marks > _MARKS:
                continue
        else:
            marks = 0
        if category == "Cf" and char not in _JOINERS:
            if unicodedata.bidirectional(char) != "BN":
                kept.append("\ufffd")
        elif category[0] == "C" and char not in _JOINERS:
            kept.append("\ufffd")
        else:
            kept.append(char)
    return " ".join("".join(kept).split())


def harmless(line: str) -> str:
    """One line of output with its spaces as they are, without anything that a terminal obeys."""
    if line.isprintable():
        return line
    return "".join(char if char.isprintable() or char in _JOINERS else neutral(f"a{char}a")[1:-1] for char in line)


def char_width(char: str) -> int:
    """Columns of one character: 0, 1 or 2 (Unicode Standard Annex 11). U+FE0F counts one, for it widens."""
    if char.isascii():
        return 1
    if char == "\ufe0f":
        return 1
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def width(text: str) -> int:
    """Columns of one line of neutral text; never fewer than a terminal uses."""
    return len(text) if text.isascii() else sum(map(char_width, text))


def wrap(text: str, columns: int, indent: str = "", hang: str = "") -> list[str]:
    """`text` in lines of at most `columns`, the first after `indent`, the others after `hang`; long words break."""
    lines: list[str] = []
    start, line = indent, ""
    for word in neutral(text).split(" "):
        while True:
            room = max(2, columns - width(start))
            joined = f"{line} {word}" if line else word
            if width(joined) <= room:
                line = joined
                break
            fits_next = width(word) <= columns - width(hang)
            if line and (fits_next or width(line) * 2 >= room - 2):
                lines.append(start + line)
                start, line = hang, ""
                continue
            free = room - width(line) - 1 if line else room
            head, word = _split(word, max(1, free))
            lines.append(start + (f"{line} {head}" if line else head))
            start, line = hang, ""
    return [*lines, start + line]


def _split(word: str, columns: int) -> tuple[str, str]:
    """A word in two, the first of at most `columns` and never empty, after a slash or hyphen where one is near."""
    used = end = 0
    for char in word:
        used += char_width(char)
        if used > columns and end:
            break
        end += 1
    for at in range(end, max(end // 2, 0), -1):
        if word[at - 1] in "/-.,_" and at < len(word):
            return word[:at], word[at:]
    return word[:end], word[end:]


def _clusters(text: str) -> Iterator[str]:
    """Each character with what joins it; marks that stand before any character go with the first."""
    held = ""
    for char in text:
        if held and (char_width(char) == 0 or char == "\ufe0f" or width(held) == 0):
            held += char
            continue
        if held:
            yield held
        held = char
    if held:
        yield held


def grid(headers: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> list[list[str]]:
    """A table of columns two spaces apart: its lines, in one list for the head and one for each row."""
    from tabulate import tabulate

    stands: dict[str, str] = {}

    def stand(cluster: str) -> str:
        if cluster.isascii():
            return cluster
        first = stands.setdefault(cluster, chr(_STAND_IN + 2 * len(stands)))
        return first + chr(ord(first) + 1) * (width(cluster) - 1)

    def cell(text: str, columns: int) -> list[str]:
        return ["".join(map(stand, _clusters(line))) or _BLANK for line in wrap(text, columns)]

    cells = [[cell(text, at) for text, at in zip(row, widths, strict=True)] for row in [headers, *rows]]
    used = [max(len(line) for row in cells for line in row[at]) for at in range(len(widths))]
    set_rows = [["\n".join(lines) for lines in row] for row in cells]
    set_rows.insert(1, ["-" * columns for columns in used])
    # "plain" and the head as a row: with headers, tabulate makes columns wider than asked for.
    table = tabulate(set_rows, tablefmt="plain", disable_numparse=True)
    back = {ord(one): cluster for cluster, one in stands.items()} | {ord(one) + 1: "" for one in stands.values()}
    back[ord(_BLANK)] = " "
    lines = iter(line.translate(back).rstrip() for line in table.split("\n"))
    heights = [max(map(len, row)) for row in cells]
    heights[0] += 1
    return [[next(lines) for _ in range(height)] for height in heights]
