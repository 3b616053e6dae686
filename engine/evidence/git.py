"""The few questions asked of git, through its command line: is this a clone, what is this blob, open this bundle.

Clones are other people's: no hook, filter, pager, prompt or fetch of theirs runs, and git never looks above the folder
given.
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
    """git is missing, took too long, or could not read an archive. The message says which."""


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
        raise GitError("git is not installed, and the archive is a git repository") from None
    except subprocess.TimeoutExpired:
        raise GitError(f"git took longer than {TIMEOUT} seconds") from None
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise GitError(f"git cannot read the archive: {said[-1] if said else f'exit code {done.returncode}'}")
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
