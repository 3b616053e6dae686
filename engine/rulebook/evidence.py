"""What a check says of a finding's evidence: the last `verify`, as long as it looked at the same words and snapshot.

Light enough for every `check`: it reads no text and starts no program; `verify` does both and records what it found.
"""

from __future__ import annotations

import hashlib
import json

from .model import Archived, Citation, Document, Own, Provision, Reported, Rules

KEY_DIGITS = 16
"""Hexadecimal digits of an evidence key."""


def evidence_key(rules: Rules, provision: Provision | str) -> str:
    """What a recorded status holds for: the provision's sections and quotes, and the snapshot they are looked up in.

    `provision` may be the id of a document's reserved silence (`platform/document/silence`). Raises KeyError for an id
    that is neither.
    """
    document, citations = cited(rules, provision if isinstance(provision, str) else provision.id)
    match document.evidence:
        case Archived() as a:
            where = [a.collection, a.repository, a.path, a.commit, a.sha256.lower(), a.part]
        case Own() as own:
            where = [own.file, own.sha256]
        case _:
            where = []
    words = [[citation.section, list(citation.quote)] for citation in citations]
    digest = hashlib.sha256(json.dumps([where, words], ensure_ascii=False).encode())
    return digest.hexdigest()[:KEY_DIGITS]


def evidence_status(rules: Rules, provision_id: str) -> str:
    """found, moved, gone, unchecked, own, reported or disputed, for a provision or a document's reserved silence."""
    try:
        document, _ = cited(rules, provision_id)
    except KeyError:
        return "unchecked"
    match document.evidence:
        case Own():
            return "own"
        case Reported():
            return "disputed" if document.disputed_by else "reported"
    recorded = (rules.verified or {}).get(provision_id)
    if recorded is None or recorded.get("key") != evidence_key(rules, provision_id):
        return "unchecked"
    status = recorded.get("status", "")
    return status if status in ("found", "moved", "gone") else "unchecked"


def cited(rules: Rules, provision_id: str) -> tuple[Document, tuple[Citation, ...]]:
    """The document of a provision, or of a reserved silence, and all its citations. Raises KeyError for neither."""
    if provision_id in rules.provisions:
        one = rules.provisions[provision_id]
        clauses = [one.citation, *(e.citation for e in one.exemptions), *(d.citation for d in one.duties)]
        return rules.documents[one.document], tuple(
            c for c in [*clauses, *dict.fromkeys(one.override_citations), one.lift_citation] if c
        )
    name, _, last = provision_id.rpartition("/")
    document = rules.documents[name]
    if last != "silence" or document.silence is None:
        raise KeyError(provision_id)
    return document, (document.silence,)
