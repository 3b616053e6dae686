"""Compiled rules, kept in the user's cache folder under the hash of all their texts, engine version included.

Pickle, since only this program writes that folder; a copy that cannot be read, or is not what it says, is as good as
none. `MAYUSE_CACHE=off` keeps nothing.
"""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
from pathlib import Path

from .model import Rules

MOST_KEPT = 20


def _folder() -> Path | None:
    wanted = os.environ.get("MAYUSE_CACHE", "")
    if wanted == "off":
        return None
    if wanted:
        return Path(wanted)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "") or os.path.expanduser("~/.cache")
    return Path(base) / "mayuse" if base and not base.startswith("~") else None


def _path(key: str) -> Path | None:
    folder = _folder()
    return folder / f"{key[:32]}-{sys.version_info.major}.{sys.version_info.minor}.rules" if folder else None


def recall(key: str) -> Rules | None:
    """The rules remembered under `key`, None where there are none that can be used."""
    path = _path(key)
    if path is None:
        return None
    try:
        stored, rules = pickle.loads(path.read_bytes())
    except Exception:  # whatever is wrong with a cache, the rules themselves are at hand
        return None
    return rules if stored == key and isinstance(rules, Rules) else None


def remember(key: str, rules: Rules) -> None:
    """Keep `rules` under `key`, if the folder can be written; the oldest copies go."""
    path = _path(key)
    if path is None:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(pickle.dumps((key, rules), pickle.HIGHEST_PROTOCOL))
        os.replace(file.name, path)
        kept = sorted(path.parent.glob("*.rules"), key=lambda p: p.stat().st_mtime, reverse=True)
        for old in kept[MOST_KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return
