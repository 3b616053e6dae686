"""The gate's exit status is the verdict of its steps, whatever was left to clean up."""

import subprocess
from pathlib import Path

import pytest

GATE = Path(__file__).parents[2] / ".ci" / "run"


@pytest.mark.parametrize("job", ["wheel=", "true & wheel=$!; wait $wheel", "sleep 60 & wheel=$!"])
@pytest.mark.parametrize("status", [0, 1])
def test_cleaning_up_keeps_the_status(job, status, tmp_path):
    lines = GATE.read_text().splitlines()
    cleanup = [line for line in lines if line.startswith(("set ", "trap "))]
    assert len(cleanup) == 2
    work = tmp_path / "a work folder"
    work.mkdir()
    script = "\n".join([cleanup[0], 'work="$1"', "wheel=", cleanup[1], job, f"exit {status}"])
    done = subprocess.run(["bash", "-c", script, "gate", str(work)], timeout=30, stdout=subprocess.DEVNULL)
    assert done.returncode == status
    assert not work.exists()
