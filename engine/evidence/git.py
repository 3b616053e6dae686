"""The few questions asked of git, through its command line: is this a clone, what is this blob, open this bundle; and
what a folder held at a revision.

Clones are other people's: no hook, filter, pager, prompt or fetch of theirs runs. Of an archive git never looks above
the folder given; only `repository` looks for the checkout that a folder is in.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

TIMEOUT = 60
"""Seconds for one call of git."""

LARGEST = 16 * 1024 * 1024
"""Bytes of the largest text read."""

_COMMIT = re.compile(r"[0-9a-fA-F]{40}(?:[0-9a-fA-F]{24})?")


class GitError(Exception):
    """git is missing, took too long, or could not read a repository. The message says which."""


def directory(folder: Path) -> Path | None:
    """The git directory of a clone at `folder` (not above it): `.git` in it, or itself where it is bare."""
    if (folder / ".git").exists():
        return folder / ".git"
    bare = (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()
    return folder if bare else None


def read_blob(directory: Path, commit: str, path: str) -> bytes | None:
    """The bytes of the file `path` at `commit`, None where the clone has no such commit or file."""
    segments = path.split("/")
    if not _COMMIT.fullmatch(commit) or any(s in ("", ".", "..") for s in segments) or re.search(r"[\x00-\x1f]", path):
        return None
    out = _git(["--git-dir", str(directory), "cat-file", "--batch"], f"{commit}:{path}\n".encode())
    header, _, content = out.partition(b"\n")
    fields = header.split(b" ")
    if len(fields) != 3 or fields[1] != b"blob" or not fields[2].isdigit():
        return None
    size = int(fields[2])
    return content[:size] if size <= LARGEST and len(content) >= size else None


def clone_bundle(bundle: Path, target: Path) -> None:
    """Opens `bundle` as a bare clone at `target`, an empty place. Raises `GitError`."""
    _git(["clone", "--quiet", "--bare", "--template=", "--", str(bundle.absolute()), str(target)], b"")


def repository(folder: Path) -> Path | None:
    """The top folder of the checkout that `folder` is in, None where it is in none."""
    try:
        out = _git(["-C", str(folder), "rev-parse", "--show-toplevel"], b"")
    except GitError:
        return None
    top = os.fsdecode(out.rstrip(b"\n"))
    return Path(top) if top else None


def commit_of(repository: Path, revision: str) -> str | None:
    """The commit that a revision names, None where it names none."""
    if revision.startswith("-"):
        return None
    try:
        out = _git(["-C", str(repository), "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"], b"")
    except GitError:
        return None
    commit = out.decode("ascii", "replace").strip()
    return commit if _COMMIT.fullmatch(commit) else None


def files_at(repository: Path, commit: str, folder: str, suffix: str) -> dict[str, bytes]:
    """The files below `folder` ("" for all) at a commit whose names end in `suffix`, by path in the repository. What is
    no plain file, such as a link, is left out. Raises `GitError`."""
    where = ["--", folder] if folder else []
    listed = _git(["--literal-pathspecs", "-C", str(repository), "ls-tree", "-rz", "--full-tree", commit, *where], b"")
    blobs: list[tuple[str, bytes]] = []
    for entry in filter(None, listed.split(b"\0")):
        about, _, name = entry.partition(b"\t")
        mode, kind, blob = about.split()
        if kind == b"blob" and mode.startswith(b"100") and name.endswith(suffix.encode()):
            blobs.append((os.fsdecode(name), blob))
    rest = _git(["-C", str(repository), "cat-file", "--batch"], b"".join(blob + b"\n" for _, blob in blobs))
    found = {}
    for path, _ in blobs:
        header, _, rest = rest.partition(b"\n")
        fields = header.split(b" ")
        if len(fields) != 3:
            raise GitError(f"this clone does not hold '{path}' as it was then")
        size = int(fields[2])
        found[path], rest = rest[:size], rest[size + 1 :]
    return found


def _git(arguments: list[str], given: bytes) -> bytes:
    """What git answers on its standard output. Raises `GitError`."""
    quiet = ["-c", "safe.directory=*", "-c", "core.hooksPath=" + os.devnull, "-c", "core.fsmonitor=false"]
    try:
        done = subprocess.run(
            ["git", "--no-pager", *quiet, *arguments],
            input=given,
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
            env=_environment(),
        )
    except FileNotFoundError:
        raise GitError("git is not installed, and what is to be read is a git repository") from None
    except subprocess.TimeoutExpired:
        raise GitError(f"git took longer than {TIMEOUT} seconds") from None
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise GitError(f"git cannot read the repository: {said[-1] if said else f'exit code {done.returncode}'}")
    return done.stdout


def _environment() -> dict[str, str]:
    """The environment without git's own variables, and with the answers that keep it still."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
    }
