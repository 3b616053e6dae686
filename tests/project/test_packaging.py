"""What is shipped is what is in the folders, and what `import mayuse` gives is the whole job."""

from __future__ import annotations

import ast
import configparser
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import mayuse
import pytest
from mayuse.load import load_rules
from mayuse.rulebook.evidence import evidence_status
from mayuse.rulebook.model import Archived

ROOT = Path(__file__).parents[2]
STAGES = (
    "language",
    "rulebook",
    "logic",
    "usecase",
    "judge",
    "proofs",
    "lint",
    "cases",
    "testing",
    "evidence",
    "report",
    "commands",
)


def settings() -> configparser.ConfigParser:
    found = configparser.ConfigParser()
    found.read(ROOT / "setup.cfg", "utf-8")
    return found


def test_every_folder_of_code_is_a_listed_package() -> None:
    listed = set(settings()["options"]["packages"].split())
    folders = {f"mayuse.{p.parent.name}" for p in (ROOT / "engine").glob("*/__init__.py")}
    assert listed == {"mayuse", "mayuse.rules", "mayuse.fixtures", *folders}


def test_rules_ledgers_records_and_fixtures_are_shipped() -> None:
    for package, folder in (("mayuse.rules", ROOT / "rules"), ("mayuse.fixtures", ROOT / "fixtures")):
        shipped = Path(str(files(package)))
        kept = {".rules", ".ledger", ".json", ".yaml", ".txt"}
        wanted = {p.relative_to(folder) for p in folder.rglob("*") if p.suffix in kept}
        assert wanted and all((shipped / p).read_bytes() == (folder / p).read_bytes() for p in wanted)
    assert (files("mayuse.report") / "report.schema.json").is_file()
    assert (files("mayuse.report") / "report.css").is_file()
    assert (files("mayuse") / "py.typed").is_file()


def test_four_names_are_the_whole_job() -> None:
    for name in ("load_rules", "UseCase", "check", "Report"):
        assert callable(getattr(mayuse, name))
    with pytest.raises(AttributeError):
        mayuse.nothing  # noqa: B018


def test_judging_needs_neither_the_parser_nor_numpy() -> None:
    program = (
        "import sys, mayuse.judge; print([m for m in ('pyparsing', 'numpy', 'cerberus', 'click') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("stage", STAGES)
def test_no_stage_reaches_forward(stage: str) -> None:
    later = STAGES[STAGES.index(stage) + 1 :]
    for path in (ROOT / "engine" / stage).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == 2 and node.module:
                assert node.module.partition(".")[0] not in later, f"{path.name} imports {node.module}"


def test_no_path_of_one_machine_and_no_text_left_unfinished() -> None:
    marks = ("/" + "work/", "/" + "root/", "TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error")
    for folder in ("engine", "rules", "fixtures", "docs"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".rules", ".ledger", ".yaml", ".txt", ".md", ".json"}:
                text = path.read_text("utf-8")
                assert not [m for m in marks if m in text], path


def test_every_shipped_provision_with_a_text_was_found_in_it() -> None:
    rules = load_rules()
    archived = [p for p in rules.provisions.values() if isinstance(rules.documents[p.document].evidence, Archived)]
    assert archived and {evidence_status(rules, p.id) for p in archived} == {"found"}
    assert all(rules.documents[p.document].read_again for p in archived)
