"""`python -m mayuse.evidence.show DIR COMMIT PATH [PART]`: a snapshot's paragraphs with number, hash and kind.

For whoever encodes a document and reads the text on the screen; what it prints is other people's text and belongs in no
rules folder. The ledger itself is scaffolded by `mayuse ledger new`.
"""

from __future__ import annotations

import hashlib
import sys

from ..rulebook.model import Archived
from .paragraphs import Paragraph
from .snapshots import Archives, Missing, checked

USAGE = "usage: python -m mayuse.evidence.show DIR COMMIT PATH [PART]   (COMMIT PATH of a clone, bundle or SOURCES.tsv)"


def rows(paragraphs: tuple[Paragraph, ...]) -> list[str]:
    """One line a paragraph: number, hash, kind, text."""
    return [f"{p.number:>4}  {p.hash}  {p.kind:<7}  {p.text}" for p in paragraphs]


def main(arguments: list[str]) -> int:
    """Prints the paragraphs; 0, or 2 with a message where there are none."""
    if len(arguments) not in (3, 4):
        print(USAGE, file=sys.stderr)
        return 2
    folder, commit, path = arguments[:3]
    part = arguments[3] if len(arguments) == 4 else None
    with Archives([folder]) as archives:
        read = archives.read(Archived("", None, path, commit, "", None, None))
    if read is None:
        print(f"no '{path}' at '{commit}' in '{folder}'", file=sys.stderr)
        return 2
    found = checked(read[0], None, part, read[1], path)
    if isinstance(found, Missing):
        print(found.message + (f" ({found.help})" if found.help else ""), file=sys.stderr)
        return 2
    print(
        "\n".join(
            [f"# {path}  sha256 {hashlib.sha256(read[0]).hexdigest()}  {found.words} words", *rows(found.paragraphs)]
        )
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
