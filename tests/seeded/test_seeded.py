"""Each seeded bug is found by the law that it names; without a bug, the same laws hold."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import mayuse
import pytest

from seeded.bugs import BUGS, VERDICTS, Bug

ENGINE = Path(mayuse.__file__).parent
SAMPLES = 600
"""As many as the rarest of the bugs needs, and some."""


def run(copy: Path, law: str, count: int) -> subprocess.CompletedProcess[str]:
    """The law over `count` samples, against the engine in `copy`."""
    path = os.pathsep.join(filter(None, (str(copy), *sys.path)))
    return subprocess.run(
        [sys.executable, "-m", "seeded.selection", law, str(count)],
        env={**os.environ, "PYTHONPATH": path, "MAYUSE_CACHE": "off"},
        capture_output=True,
        text=True,
        check=False,
    )


def copied(to: Path) -> Path:
    """A copy of the engine, to be imported from the folder it is in."""
    shutil.copytree(ENGINE, to / "mayuse", ignore=shutil.ignore_patterns("__pycache__"))
    return to


@pytest.mark.parametrize("bug", BUGS, ids=[bug.name.replace(" ", "-") for bug in BUGS])
def test_the_bug_is_found(bug: Bug, tmp_path: Path) -> None:
    file = copied(tmp_path) / "mayuse" / bug.file
    text = file.read_text("utf-8")
    assert text.count(bug.old) == 1, f"{bug.file} has changed: rewrite the bug '{bug.name}'"
    file.write_text(text.replace(bug.old, bug.new), "utf-8")
    done = run(tmp_path, bug.caught_by, SAMPLES)
    assert done.returncode == 1 and not done.stderr, done.stderr


def test_without_a_bug_nothing_is_found(tmp_path: Path) -> None:
    done = run(copied(tmp_path), VERDICTS, 150)
    assert done.returncode == 0, done.stderr
