"""The texts behind the rules, from the folders a user has: clones and bundles of archives, licence files, own files.

A snapshot is what its commit, path and sha256 say, wherever it is found, so a folder's name tells nothing and no
network is asked. Opening a bundle makes a bare clone for the run; nothing else is written.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from ..language.diagnostics import did_you_mean
from ..rulebook.model import Archived, Document, Own, Rules
from . import git
from .paragraphs import Paragraph, headings, normalise, parts, split

FEWEST_WORDS = 150
"""A file with fewer words is no terms text (the MIT licence has about 170)."""

CHALLENGE_WORDS = 400
"""Below this many words, the phrases of a challenge page tell that the capture is one."""

_CHALLENGE = re.compile(
    r"verify (?:that )?you are (?:a )?human|are you a robot|i m not a robot|checking your browser|just a moment|"
    r"(?:enable|requires?|turn on) javascript|javascript is (?:disabled|required|not enabled)|complete the captcha|"
    r"access denied|unusual traffic|page not found|cloudflare ray id"
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A document's text. `paragraphs` are those of its `part`, or of the whole file; `words` counts the file's; `where`
    says in which folder it was found."""

    text: str
    sha256: str
    words: int
    paragraphs: tuple[Paragraph, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Why there is no snapshot. `state`: absent, mismatch, unfit, no part, or unreadable. `help` mends it."""

    state: str
    message: str
    help: str | None = None


class Archives:
    """The folders given with `--archive`, opened; a context manager, since bundles are cloned for its time only.

    `unknown` are the folders given that hold no archive, each with the reason.
    """

    def __init__(self, folders: Sequence[str | Path] = ()) -> None:
        self._clones: list[tuple[Path, str]] = []
        self._listings: list[Path] = []
        self._bundles: list[Path] = []
        self._failed: list[git.GitError] = []
        self._temporary: str | None = None
        self._found: dict[Archived, tuple[bytes, str] | None] = {}
        self.unknown: list[str] = []
        for folder in map(Path, folders):
            if not self._add(folder):
                what = "holds no clone, bundle or SOURCES.tsv" if folder.exists() else "does not exist"
                self.unknown.append(f"'{folder}' {what}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)
            self._temporary = None

    def _add(self, place: Path, below: bool = True) -> bool:
        """Takes note of the archives in `place` and, with `below`, in its folders."""
        if place.is_file() and place.suffix == ".bundle":
            self._bundles.append(place)
            return True
        if not place.is_dir():
            return False
        if (directory := git.directory(place)) is not None:
            self._clones.append((directory, str(place)))
            return True
        try:
            inside = sorted(place.iterdir())
        except OSError:
            return False
        bundles = [one for one in inside if one.suffix == ".bundle" and one.is_file()]
        self._bundles += bundles
        listing = place / "SOURCES.tsv"
        self._listings += [listing] if listing.is_file() else []
        deeper = [self._add(one, below=False) for one in inside if below and one.is_dir()]
        return bool(bundles) or listing.is_file() or any(deeper)

    def read(self, archived: Archived) -> tuple[bytes, str] | None:
        """The bytes of the snapshot and the place they are from, those with its sha256 before others; None where no
        folder has it. Raises `GitError` where one that may have it cannot be read."""
        if archived not in self._found:
            first: tuple[bytes, str] | None = None
            failed = list(self._failed)
            for content, where in self._candidates(archived, failed):
                first = first or (content, where)
                if hashlib.sha256(content).hexdigest() == archived.sha256.lower():
                    first = content, where
                    break
            if first is None and failed:
                raise failed[0]
            self._found[archived] = first
        return self._found[archived]

    def _candidates(self, archived: Archived, failed: list[git.GitError]) -> Iterator[tuple[bytes, str]]:
        """Every file that bears the snapshot's commit and path, the cheapest places first."""
        for listing in self._listings:
            yield from _from_listing(listing, archived)
        opened = 0
        while opened < len(self._clones) or self._bundles:
            try:
                if opened == len(self._clones):
                    self._open(self._bundles.pop(0))
                directory, where = self._clones[opened]
                opened += 1
                blob = git.read_blob(directory, archived.commit, archived.path)
            except git.GitError as error:
                failed.append(error)
                continue
            if blob is not None:
                yield blob, where

    def _open(self, bundle: Path) -> None:
        """Clones `bundle` for the run."""
        self._temporary = self._temporary or tempfile.mkdtemp(prefix="mayuse-")
        target = Path(self._temporary) / f"{len(self._clones)}.git"
        try:
            git.clone_bundle(bundle, target)
        except git.GitError as error:
            self._failed.append(error)
            raise
        self._clones.append((target, str(bundle)))


def _from_listing(listing: Path, archived: Archived) -> Iterator[tuple[bytes, str]]:
    """The files that a `SOURCES.tsv` (file, source, commit, path) gives for the snapshot."""
    source = f"github:{archived.repository}".lower() if archived.repository else None
    wanted = (archived.commit.lower(), archived.path)
    columns: list[str] = []
    for line in listing.read_text(encoding="utf-8", errors="replace").splitlines():
        cells = line.split("\t")
        columns = columns or cells
        row = dict(zip(columns, cells, strict=False))
        given = (row.get("commit", "").lower(), row.get("path", ""))
        if given == wanted and (source is None or row.get("source", "").lower() == source):
            file = listing.parent / row.get("file", "")
            if _within(file, listing.parent) and file.is_file():
                yield file.read_bytes(), str(file)


def _within(file: Path, folder: Path) -> bool:
    """Whether `file` lies in `folder`, links followed."""
    return file.resolve().is_relative_to(folder.resolve())


def snapshot_of(rules: Rules, document: Document, archives: Archives) -> Snapshot | Missing:
    """The text of an archived or own document, checked against its sha256, or why there is none."""
    match document.evidence:
        case Archived() as archived:
            try:
                read = archives.read(archived)
            except git.GitError as error:
                return Missing("unreadable", str(error))
            if read is None:
                where = f"{archived.repository or archived.collection}: {archived.path} at {archived.commit[:12]}"
                return Missing("absent", f"no archive given holds the snapshot of '{document.id}'", where)
            return checked(read[0], archived.sha256, archived.part, read[1], document.id)
        case Own(file=name, sha256=sha256):
            folder = source_file(rules, document).parent
            if not _within(folder / name, folder):
                return Missing("unreadable", f"'{name}' does not lie beside the rules", "keep the text in their folder")
            if not (folder / name).is_file():
                return Missing("absent", f"the own text '{name}' is not beside the rules", str(folder / name))
            return checked((folder / name).read_bytes(), sha256, None, str(folder / name), document.id, own=True)
        case _:
            return Missing("absent", f"'{document.id}' names no text at hand")


def checked(
    content: bytes, sha256: str | None, part: str | None, where: str, name: str, own: bool = False
) -> Snapshot | Missing:
    """`content` as a snapshot: its hash as stated (None: not stated), a text of terms, and its one `part`."""
    actual = hashlib.sha256(content).hexdigest()
    if sha256 is not None and sha256.lower() != actual:
        return Missing(
            "mismatch", f"the text of '{name}' is not the one it names by its sha256", f"this one has {actual}"
        )
    text = content.decode("utf-8-sig", errors="replace")
    normal = normalise(text)
    words = len(normal.split())
    if not own and words < FEWEST_WORDS:
        return Missing("unfit", f"the capture of '{name}' is no terms text: {words} words", "take another snapshot")
    if not own and words < CHALLENGE_WORDS and _CHALLENGE.search(normal):
        return Missing(
            "unfit", f"the capture of '{name}' is the page of a challenge or an error", "take another snapshot"
        )
    paragraphs = split(text)
    if part is not None:
        found = parts(paragraphs, part)
        if len(found) != 1:
            what = "no heading" if not found else f"{len(found)} headings"
            help = (
                did_you_mean(part, headings(paragraphs), "the part is named by a heading's text") if not found else None
            )
            return Missing("no part", f"{what} with the text '{part}' in the text of '{name}'", help)
        paragraphs = found[0]
    return Snapshot(text, actual, words, paragraphs, where)


def source_file(rules: Rules, document: Document) -> Path:
    """The rules file of a document: as its name says or, where that is short, in one of the folders loaded."""
    name = Path(document.file)
    places = [name, *(base / name for folder in rules.folders for base in (Path(folder), Path(folder).parent))]
    return next((place for place in places if place.is_file()), name)
