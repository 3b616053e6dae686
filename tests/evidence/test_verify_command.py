"""`mayuse verify` and `mayuse ledger new` on a made-up rule set."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from mayuse.commands import options, verify as command
from mayuse.evidence.codes import CODES
from mayuse.evidence.paragraphs import split
from mayuse.language.diagnostics import DiagnosticError
from mayuse.language.tree import Span

from .made import TEXT, archived, document, listing, provision, rules

HASHES = [p.hash for p in split(TEXT)]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with rules/ and archive/, and `load` giving the rules of it."""
    folder = tmp_path / "rules" / "acme"
    folder.mkdir(parents=True)
    file = folder / "terms.rules"
    file.write_text("document terms\n\nprohibit circus\n", encoding="utf-8")
    evidence = archived(TEXT)
    one = document(file=str(file), evidence=evidence, span=Span(str(file), 1, 10, 1, 15))
    circus = provision("acme/terms/circus", "sell the answers to a circus", span=Span(str(file), 3, 10, 3, 16))
    made = rules(one, provisions=(circus,), folders=(str(tmp_path / "rules"),))
    monkeypatch.setattr(options, "load", lambda folders: made)
    listing(tmp_path / "archive", TEXT, evidence)
    return tmp_path


def run(what: Any, *arguments: str) -> Result:
    return CliRunner().invoke(what, arguments)


def test_verify_says_what_ran(place: Path) -> None:
    done = run(command.verify, "--archive", str(place / "archive"))
    assert done.exit_code == 0
    row = next(line for line in done.stdout.splitlines() if line.startswith("acme/terms"))
    assert row.split()[:5] == ["acme/terms", "found", str(len(TEXT_WORDS)), "1", "0"]
    assert "1 of 1 quotes found, in 1 texts" in done.stderr


TEXT_WORDS = [word for p in split(TEXT) for word in p.normal.split()]


def test_without_an_archive_documents_are_skipped_and_named(place: Path) -> None:
    done = run(command.verify)
    assert done.exit_code == 0
    assert "1 documents skipped" in done.stderr
    required = run(command.verify, "--require-archive")
    assert required.exit_code == 1
    assert "error[M311]" in required.stderr


def test_json_is_whole_and_alone_on_standard_output(place: Path) -> None:
    said = json.loads(run(command.verify, "--archive", str(place / "archive"), "--format", "json").stdout)
    assert said["failed"] is False
    assert said["provisions"] == {"acme/terms/circus": "found"}
    assert said["quotes"][0]["quote"] == ["sell the answers to a circus"]


def test_words_that_are_gone_exit_with_1(place: Path) -> None:
    (place / "archive" / "acme.txt").write_text(TEXT.replace("circus", "zoo"), encoding="utf-8")
    done = run(command.verify, "--archive", str(place / "archive"))
    assert done.exit_code == 1
    assert "error[M312]" in done.stderr


def test_the_record_can_be_read_back(place: Path) -> None:
    assert run(command.verify, "--archive", str(place / "archive"), "--record").exit_code == 0
    record = json.loads((place / "rules" / "verified.json").read_text(encoding="utf-8"))
    assert record["provisions"]["acme/terms/circus"]["status"] == "found"


def test_a_folder_without_an_archive_is_an_error_of_usage(place: Path) -> None:
    done = run(command.verify, "--archive", str(place / "rules"))
    assert isinstance(done.exception, DiagnosticError)
    assert [d.code for d in done.exception.diagnostics] == ["M317"]


def test_a_new_ledger_has_a_line_a_paragraph_and_no_text(place: Path) -> None:
    done = run(command.ledger, "new", "acme/terms", "--archive", str(place / "archive"), "--show")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == f"{HASHES[0]}  heading"
    assert f"{HASHES[7]}  circus" in lines
    assert len(lines) == len(HASHES)
    assert all(line.split("  ", 1)[1] in ("heading", "circus", "?") for line in lines)
    assert "# 8: * sell the answers" in done.stderr
    assert f"{len(HASHES)} paragraphs" in done.stderr


def test_a_new_ledger_needs_the_text_and_the_document(place: Path) -> None:
    absent = run(command.ledger, "new", "acme/terms")
    assert (absent.exit_code, absent.stdout) == (1, "")
    unknown = run(command.ledger, "new", "acme/trems")
    assert isinstance(unknown.exception, DiagnosticError)
    assert "did you mean 'acme/terms'?" in str(unknown.exception)


def test_every_code_has_a_page() -> None:
    source = Path(str(command.__file__)).parents[1] / "evidence"
    used = {
        word for file in source.glob("*.py") if file.name != "codes.py" for word in file.read_text("utf-8").split('"')
    }
    used |= set(Path(str(command.__file__)).read_text("utf-8").split('"'))
    used = {word for word in used if len(word) == 4 and word.startswith("M3")}
    assert used == set(CODES)
