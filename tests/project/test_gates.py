"""The hooks for pre-commit and the action for GitHub: they name what there is, and their inputs stay data."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from mayuse.commands.main import VERBS

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))


@pytest.fixture
def act(tmp_path: Path):
    """Runs the action's script, in a folder of its own with two use cases, and returns the run and its outputs."""
    program = tmp_path / "mayuse"
    program.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -c "from mayuse.commands.main import main; main()" "$@"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    plans = tmp_path / "plans"
    plans.mkdir()
    fixtures = ROOT / "fixtures" / "use-cases"
    for name in ("judge-only", "school-tutor"):
        (plans / f"{name} 1.yaml").write_bytes((fixtures / f"{name}.yaml").read_bytes())

    def run(**inputs: str) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
        output = tmp_path / "output"
        output.write_text("", encoding="utf-8")
        env = {**os.environ, "MAYUSE": str(program), "GITHUB_OUTPUT": str(output), "MAYUSE_SARIF": "mayuse.sarif"}
        env |= {f"MAYUSE_{name.upper()}": value for name, value in inputs.items()}
        done = subprocess.run(
            ["bash", str(ROOT / ".ci" / "action")],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return done, dict(line.partition("=")[::2] for line in output.read_text("utf-8").splitlines())

    return run


def test_patterns_names_with_spaces_and_arguments(act, tmp_path: Path) -> None:
    done, outputs = act(files="plans/judge*.yaml\r\n\n", args="--platform\ndeepseek/api\n")
    assert done.returncode == 0, done.stderr
    assert outputs == {"sarif": "mayuse.sarif", "exit-code": "0"}
    assert done.stdout.count("::notice ") == 1
    done, outputs = act(files="plans/*.yaml", args="--platform=deepseek")
    assert done.returncode == 1 and outputs["exit-code"] == "1"
    log = json.loads((tmp_path / "mayuse.sarif").read_text("utf-8"))
    assert [run["artifacts"][0]["location"]["uri"] for run in log["runs"]] == [
        "plans/judge-only%201.yaml",
        "plans/school-tutor%201.yaml",
    ]


def test_a_broken_plan_is_an_error_in_every_output(act, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("facts: {nope: 1}\n", encoding="utf-8")
    done, outputs = act(files="bad.yaml")
    assert done.returncode == 2 and "::error file=bad.yaml,line=1" in done.stdout
    (run,) = json.loads((tmp_path / outputs["sarif"]).read_text("utf-8"))["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False


@pytest.mark.parametrize("evil", ["$(touch pwned)", "`touch pwned`", "; touch pwned", "x' || touch pwned '", "-h"])
@pytest.mark.parametrize("name", ["files", "args", "format", "sarif"])
def test_inputs_are_never_run(act, tmp_path: Path, name: str, evil: str) -> None:
    done, _ = act(**{"files": "plans/judge-only 1.yaml", "args": "--platform=deepseek", name: evil})
    assert not (tmp_path / "pwned").exists()
    assert done.returncode == 2 or name == "sarif" or (name, evil) == ("args", "-h")


def test_nothing_to_check_is_an_error(act) -> None:
    for files in ("", "\n", "none/*.yaml"):
        done, outputs = act(files=files)
        assert done.returncode == 2 and outputs["exit-code"] == "2"


def test_no_input_is_a_part_of_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"] and step["shell"] == "bash"
        assert "uses" not in step
    assert {value for key, value in ACTION["runs"]["steps"][1]["env"].items() if key != "MAYUSE"} == {
        f"${{{{ inputs.{name} }}}}" for name in ACTION["inputs"]
    }


def test_the_hooks_name_verbs_that_there_are() -> None:
    assert [one["id"] for one in HOOKS] == ["mayuse-check", "mayuse-fmt", "mayuse-lint"]
    for one in HOOKS:
        program, verb = one["entry"].split()
        assert program == "mayuse" and verb in VERBS and one["id"] == f"mayuse-{verb}"
        assert one["language"] == "python" and one["files"]
