"""What the two arguments of `mayuse diff` are: folders of rules, revisions in git, days or offerings.

Decided by form. A word that can be two things is refused, with how to say which; so is one that is nothing. Nothing is
ever checked out: what a revision held is read from git.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from ..language.diagnostics import RulesError, clip
from . import options

if TYPE_CHECKING:
    from ..proofs.difference import Side
    from ..rulebook.model import Rules

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
KINDS = ("folder", "revision", "day", "offering")
ONE = {"folder": "a folder", "revision": "a revision", "day": "a day", "offering": "an offering"}
MANY = {"folder": "folders", "revision": "revisions", "day": "days", "offering": "offerings"}


class Words:
    """The arguments, and what each can be. Rules are loaded and git is asked only where that is needed."""

    def __init__(self, words: Sequence[str], folders: Sequence[Path], beside: bool) -> None:
        self.words, self.folders, self.beside = tuple(words), tuple(folders), beside
        self._rules: Rules | None = None

    def rules(self) -> Rules:
        """The rules in use, for days and offerings."""
        if self._rules is None:
            self._rules = options.load(self.folders)
        return self._rules

    def kind(self, wanted: str | None) -> str:
        """What the words are, all of them; CommandError where that is none, or more than one."""
        if wanted is not None:
            return wanted
        if len(self.words) == 1:
            return "revision"
        can = [{kind for kind in KINDS if self._can(word, kind)} for word in self.words]
        both = [kind for kind in KINDS if all(kind in one for one in can)]
        if len(both) != 1:
            self._unclear(can, both)
        return both[0]

    def _unclear(self, can: Sequence[set[str]], both: Sequence[str]) -> NoReturn:
        """Say that each word can be these things, and both together those."""
        names = [f"'{clip(word)}'" for word in self.words]
        if both:
            said = f"{' and '.join(names)} can be {' or '.join(MANY[kind] for kind in both)}"
            options.fail("M430", said, f"say which with --kind {' or --kind '.join(both)}")
        for name, one in zip(names, can, strict=True):
            if not one:
                said = f"{name} is no folder, revision, day (YYYY-MM-DD) or offering"
                help = "'mayuse list offerings' shows the offerings; '--rules DIR' says which folder of a repository"
                options.fail("M431", said, help)
        each = [
            f"{name} is {' or '.join(ONE[kind] for kind in KINDS if kind in one)}"
            for name, one in zip(names, can, strict=True)
        ]
        options.fail("M430", " and ".join(each), "give two folders, two revisions, two days or two offerings")

    def _can(self, word: str, kind: str) -> bool:
        match kind:
            case "day":
                return _day(word) is not None
            case "folder":
                return Path(word).is_dir()
            case "revision":
                return any(_commit(top, word) for top, _ in self._places()[:1])
            case _:
                return "/" in word and not word.startswith((".", "/")) and self._offering(word) is not None

    # -- sides

    def folder(self, word: str, day: datetime.date, max_age: int | None) -> Side:
        """The rules of a folder."""
        from ..load import load_rules
        from ..proofs.difference import Side

        rules = load_rules(*self.folders, word, shipped=self.beside)
        return Side(rules, day, word, max_age)

    def revision(self, word: str | None, day: datetime.date, max_age: int | None) -> Side:
        """The rules at a revision, None for the files as they are."""
        from ..load import load_files, load_rules
        from ..proofs.difference import Side

        places = self._places()
        if not places:
            named = ", ".join(f"'{clip(str(folder), 200)}'" for folder in self._folders())
            options.fail("M432", f"{named} is in no git repository", "'--rules DIR' says which folder of a repository")
        if word is None:
            rules = load_rules(*self._folders(), shipped=self.beside)
            return Side(rules, day, "the working files", max_age)
        contents: dict[str, bytes] = {}
        for top, folder in places:
            contents |= self._held(top, folder, word)
        try:
            return Side(load_files(contents, shipped=self.beside), day, word, max_age)
        except RulesError as error:
            raise RulesError(
                [
                    replace(one, span=replace(one.span, file=f"{word}:{one.span.file}"))
                    if one.span.file in contents
                    else one
                    for one in error.diagnostics
                ]
            ) from None

    def _held(self, top: Path, folder: str, word: str) -> dict[str, bytes]:
        from ..evidence.git import GitError, files_at

        commit = _commit(top, word)
        if commit is None:
            options.fail("M432", f"'{clip(word)}' is no revision of the repository", "'git log' shows what there is")
        try:
            held = files_at(top, commit, folder, ".rules")
        except GitError as error:
            options.fail("M432", str(error))
        if not held:
            options.fail("M432", f"no rules in '{clip(folder or '.', 200)}' at '{clip(word)}'")
        return held

    def _folders(self) -> tuple[Path, ...]:
        """The folders whose revisions are compared."""
        from ..load import shipped_folder

        return self.folders or (shipped_folder(),)

    def _places(self) -> list[tuple[Path, str]]:
        """The repository of each of these folders, and where in it they are; none where one is in no repository."""
        from ..evidence.git import repository

        found = []
        for folder in self._folders():
            top = repository(folder) if folder.is_dir() else None
            if top is None:
                return []
            inside = os.path.relpath(folder.resolve(), top.resolve()).replace(os.sep, "/")
            found.append((top, "" if inside == "." else inside))
        return found

    def day(self, word: str) -> datetime.date:
        """The day that a word is."""
        found = _day(word)
        if found is None:
            options.fail("M431", f"'{clip(word)}' is no day", "write it as YYYY-MM-DD")
        return found

    def offering(self, word: str) -> str:
        """The one offering that a word names."""
        found = options.offerings_of(self.rules(), (word,))
        if len(found) != 1:
            options.fail(
                "M430", f"'{clip(word)}' stands for {len(found)} offerings", f"write one: {', '.join(found[:4])}"
            )
        return found[0]

    def _offering(self, word: str) -> str | None:
        from ..rulebook.places import places_of

        found = [id for place in places_of(self.rules(), word) for id in place.offerings(self.rules())]
        return found[0] if len(found) == 1 else None


def _day(word: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(word) if DAY.fullmatch(word) else None
    except ValueError:
        return None


def _commit(top: Path, word: str) -> str | None:
    from ..evidence.git import commit_of

    return commit_of(top, word)


def gathered(loads: Sequence[Callable[[], Side]]) -> Iterator[Side]:
    """What each loads; RulesError with the errors of all where some cannot."""
    sides, errors = [], []
    for load in loads:
        try:
            sides.append(load())
        except RulesError as error:
            errors += [one for one in error.diagnostics if one not in errors]
    if errors:
        raise RulesError(errors)
    yield from sides
