"""Rules and texts made by hand for the tests of evidence. Every text is made up."""

from __future__ import annotations

import datetime
import hashlib
import os
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from mayuse.language.tree import Always, Span
from mayuse.rulebook.model import Archived, Citation, Document, Provision, Rules

FILLER = " ".join(f"filler{n}" for n in range(160))

TEXT = f"""Acme Terms
==========

> Effective: 1 March 2026

Welcome to Acme. {FILLER}

Rules of the road
-----------------

**2.1 Toys.** You may [build toys](https://acme.example/toys) with it.

You must not:

*   train a rocket upon our “answers”;
*   sell the answers to a circus; or
*   wake the neighbours.

2\\.2 We may switch it off on a Sunday.

### Exceptions

Our prior consent in writing lifts the circus rule.

Money
-----

You pay on Mondays.
"""


def document(id: str = "acme/terms", file: str = "rules/acme/terms.rules", **changes: Any) -> Document:
    """A document of platform acme."""
    empty = dict.fromkeys(Document.__dataclass_fields__)
    plain: dict[str, Any] = empty | {
        "id": id,
        "platform": "acme",
        "title": "Acme Terms",
        "disputed_by": (),
        "yields_to": (),
        "yields_citations": (),
        "incorporates": (),
        "whole": False,
        "provisions": (),
        "file": file,
        "span": Span(file, 1, 10, 1, 15),
        "captured": datetime.date(2026, 3, 1),
    }
    return Document(**(plain | changes))


def provision(id: str, *quote: str, section: str = "2", kind: str = "prohibit", **changes: Any) -> Provision:
    """A provision of the document that its id names."""
    where = id.rpartition("/")[0]
    plain: dict[str, Any] = {
        "id": id,
        "kind": kind,
        "title": id,
        "document": where,
        "citation": Citation(section, quote),
        "when": Always(),
        "exemptions": (),
        "duties": (),
        "overrides": (),
        "override_citations": (),
        "may_lift": None,
        "offerings": None,
        "topics": (),
        "notes": (),
        "regulations": (),
        "start": None,
        "until": None,
        "hash": "0" * 16,
        "span": Span("rules/acme/terms.rules", 3, 10, 3, 15),
    }
    return Provision(**(plain | changes))


def rules(*documents: Document, provisions: tuple[Provision, ...] = (), **changes: Any) -> Rules:
    """Rules of these documents, each with its provisions."""
    by_document: Mapping[str, tuple[str, ...]] = {
        d.id: tuple(p.id for p in provisions if p.document == d.id) for d in documents
    }
    plain: dict[str, Any] = {
        "terms": {},
        "below": {},
        "facts": {},
        "defines": {},
        "topics": {},
        "regulations": {},
        "readings": {},
        "platforms": {},
        "offerings": {},
        "sha256": "",
        "folders": (),
        "documents": {d.id: replace(d, provisions=by_document[d.id]) for d in documents},
        "provisions": {p.id: p for p in provisions},
    }
    return Rules(**(plain | changes))


def archived(text: str, commit: str = "a" * 40, path: str = "Acme/Terms.md", **changes: Any) -> Archived:
    """The snapshot of `text`."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    plain: dict[str, Any] = {"repository": None, "part": None, "transcribed_by": None} | changes
    return Archived(
        plain.pop("collection", "made-up"), path=path, commit=commit, sha256=plain.pop("sha256", sha256), **plain
    )


def listing(folder: Path, text: str, evidence: Archived) -> Path:
    """A folder of licence files with a SOURCES.tsv that holds the snapshot."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "acme.txt").write_bytes(text.encode())
    row = ["acme.txt", f"github:{evidence.repository or 'acme/terms'}", evidence.commit, evidence.path]
    (folder / "SOURCES.tsv").write_text("file\tsource\tcommit\tpath\n" + "\t".join(row) + "\n", encoding="utf-8")
    return folder


def repository(folder: Path, files: Mapping[str, str]) -> str:
    """A git repository of one commit with these files, and that commit."""
    folder.mkdir(parents=True)
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "texts")
    return git(folder, "rev-parse", "HEAD").strip()


def git(folder: Path, *arguments: str) -> str:
    """What git says in `folder`, whatever the machine's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    who = {
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@example.org",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    done = subprocess.run(["git", *arguments], cwd=folder, env=kept | who, capture_output=True, text=True, check=True)
    return done.stdout
