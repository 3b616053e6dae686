"""The shipped rules against the real archive, where it is at hand: every quote found, every ledger whole.

The archive is no part of the project: it is looked for in the folder that MAYUSE_ARCHIVE names, else in
`../shared/archive` beside the project.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from mayuse.evidence.paragraphs import LONG, split
from mayuse.evidence.snapshots import Archives
from mayuse.evidence.verify import verify

ARCHIVE = Path(os.environ.get("MAYUSE_ARCHIVE") or Path(__file__).parents[3] / "shared" / "archive")
pytestmark = pytest.mark.skipif(
    not ARCHIVE.is_dir(), reason="the archive is not at hand (MAYUSE_ARCHIVE names its folder)"
)


def test_every_shipped_quote_is_found_and_every_ledger_whole() -> None:
    from mayuse.load import load_rules

    rules = load_rules()
    with Archives([ARCHIVE]) as archives:
        assert archives.unknown == []
        found = verify(rules, archives, require_archive=True)
    assert "\n".join(d.render() for d in found.diagnostics if d.severity == "error") == ""
    assert {q.status for q in found.quotes if rules.documents[q.document].evidence is not None} <= {
        "found",
        "unchecked",
    }


def test_licences_split_into_paragraphs_that_a_person_can_read() -> None:
    files = sorted((ARCHIVE / "licences").glob("*/*"))
    for file in files:
        text = file.read_text(encoding="utf-8")
        paragraphs = split(text)
        assert max(p.words for p in paragraphs) <= LONG, file
        assert not any("spdx_license_key" in p.text for p in paragraphs), file
        assert sum(p.words for p in paragraphs) > 150, file
    assert files
