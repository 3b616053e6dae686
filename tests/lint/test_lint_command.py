"""`mayuse lint`: what it prints, its exit codes, its fixes and what `--new` writes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mayuse.commands.main import main

OWN = """platform mine "Mine"
  vendor acme-labs
  offering api "My API" under terms
term acme-labs "Acme Labs" under vendor

document terms "My terms of use"
  own "terms.md"

prohibit rivals "No models that rival ours"
  when improves-model and not (trained-model-vendor is acme-labs)
"""


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], prog_name="mayuse")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "terms.rules").write_text(OWN, encoding="utf-8")
    return tmp_path / "own"


def test_clean_rules_exit_with_0() -> None:
    done = run("lint")
    assert (done.exit_code, done.stdout) == (0, "0 warnings\n")


def test_warnings_of_ones_own_folder_exit_with_1(own: Path) -> None:
    done = run("lint", "--rules", own)
    assert done.exit_code == 1, done.output
    assert "warning[L003]: 'acme-labs' is this document's own vendor" in done.stdout
    assert "help: write 'this vendor'" in done.stdout
    assert done.stdout.endswith("1 warning\n")


def test_json_and_only(own: Path) -> None:
    done = run("lint", "--rules", own, "--format", "json")
    (one,) = json.loads(done.stdout)["findings"]
    assert (one["lint"], one["code"], one["line"], one["fixable"]) == ("vendor-literal", "L003", 10, True)
    done = run("lint", "--rules", own, "--format", "json", "--only", "unused-name")
    assert (done.exit_code, json.loads(done.stdout)) == (0, {"fixed": 0, "findings": []})


def test_fix_rewrites_the_file(own: Path) -> None:
    done = run("lint", "--rules", own, "--fix")
    assert (done.exit_code, done.stdout) == (0, "1 fixed\n\n0 warnings\n")
    after = (own / "terms.rules").read_text("utf-8")
    assert after == OWN.replace("is acme-labs)", "is this vendor)")


def test_unknown_lints_are_refused_with_the_nearest() -> None:
    done = CliRunner().invoke(main, ["lint", "--only", "vendor-litteral"])
    assert done.exit_code == 2 and "did you mean 'vendor-literal'?" in done.stderr


def test_new_writes_the_files_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("lint", "--new", "empty-note").exit_code == 2
    root = Path(__file__).parents[2]
    for folder in ("engine/lint", "docs/lints", "tests/lint/trips"):
        shutil.copytree(root / folder, tmp_path / folder)
    done = run("lint", "--new", "empty-note")
    assert done.exit_code == 0, done.output
    assert all(Path(line).is_file() for line in done.stdout.splitlines())
    assert len(done.stdout.splitlines()) == 3
    assert run("lint", "--new", "empty-note").exit_code == 2
    assert run("lint", "--new", "Empty Note").exit_code == 2
