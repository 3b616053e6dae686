"""What docs/testing.md says of drawn plans and laws is so: its example runs, and its table is that of the laws."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from mayuse.testing.laws import ALL

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "testing.md").read_text("utf-8")


def test_the_example_passes_as_it_stands(tmp_path: Path) -> None:
    (text,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    file = tmp_path / "test_example.py"
    file.write_text(text, "utf-8")
    words = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(file)]
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0 and "2 passed" in done.stdout, done.stdout


def test_the_laws_are_those_of_the_table() -> None:
    assert re.findall(r"^\| `(law-[\w-]+)` \| (.*) \|$", PAGE, re.MULTILINE) == [
        (law.name, law.sentence) for law in ALL
    ]
