"""What `mayuse verify` finds: of each document its text and ledger, of each quote whether it stands there.

"Found" says that the words are there, not that they were read right. A document whose text is in no folder given is
skipped and said to be; nothing is taken for verified that was not looked at.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..language.diagnostics import Diagnostic, clip, with_lines
from ..rulebook.evidence import cited, evidence_key
from ..rulebook.model import Archived, Document, Reported, Rules
from . import ledger as ledgers
from .citations import Cited, citations_of
from .quotes import find_quote
from .snapshots import Archives, Missing, Snapshot, snapshot_of, source_file

STATES = {"mismatch": "M312", "unfit": "M313", "no part": "M314", "unreadable": "M315"}
"""What is wrong with a text at hand, and the code that says so."""


@dataclass(frozen=True, slots=True)
class DocumentCheck:
    """What became of one document. `state`: found, absent, mismatch, unfit, no part, unreadable, reported, or none
    where the document names no text; `where` the folder or file it was found in; `words` those of the file; `ledger`
    None where there is nothing to count."""

    id: str
    state: str
    where: str | None = None
    words: int | None = None
    ledger: ledgers.LedgerCheck | None = None


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """What became of one quote. `status`: found, moved, gone, or unchecked where the text is not at hand; `how`: exact,
    normalised, fuzzy, none; `paragraphs` the numbers of those it is in; `unique` whether they all say the same."""

    owner: str
    clause: str
    document: str
    section: str | None
    quote: tuple[str, ...]
    status: str
    how: str
    paragraphs: tuple[int, ...]
    unique: bool


@dataclass(frozen=True, slots=True)
class Verification:
    """Everything found. `provisions` has the status of each provision and reserved silence of an archived document that
    was looked up: the worst of its quotes'. `diagnostics` are in order of place."""

    documents: tuple[DocumentCheck, ...]
    quotes: tuple[QuoteCheck, ...]
    provisions: dict[str, str]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def failed(self) -> bool:
        """Whether evidence is missing, moved, gone or unaccounted for."""
        return any(d.severity == "error" for d in self.diagnostics)


def verify(
    rules: Rules, archives: Archives, require_archive: bool = False, documents: Sequence[str] | None = None
) -> Verification:
    """Looks up every quote and ledger of `documents` (ids; None: all). An absent archive is an error only where it is
    required."""
    chosen = [rules.documents[id] for id in documents] if documents is not None else list(rules.documents.values())
    texts: dict[str, Snapshot | Missing] = {}

    def text_of(id: str) -> Snapshot | Missing:
        if id not in texts:
            texts[id] = snapshot_of(rules, rules.documents[id], archives)
        return texts[id]

    checks, quotes, wrong = [], [], []
    sources: dict[str, str] = {}
    worst: dict[str, str] = {}
    for document in chosen:
        text = None if isinstance(document.evidence, Reported) or document.evidence is None else text_of(document.id)
        if isinstance(text, Missing):
            quiet = text.state == "absent" and isinstance(document.evidence, Archived) and not require_archive
            wrong += [] if quiet else [missing_text(document, text)]
        hashes: dict[str, frozenset[str]] = {}
        for one in citations_of(rules, document):
            check, problem, found = _quote(one, text_of(one.document) if one.document != document.id else text)
            quotes.append(check)
            wrong += [problem] if problem else []
            if one.owner in rules.provisions:
                hashes[one.owner] = hashes.get(one.owner, frozenset()) | found
            recorded = one.owner in rules.provisions or one.clause == "silence"
            if recorded and isinstance(document.evidence, Archived) and check.status != "unchecked":
                worst[one.owner] = max(worst.get(one.owner, "found"), check.status, key=_RANK.index)
        checked, problems, source = _ledger(rules, document, text if isinstance(text, Snapshot) else None, hashes)
        wrong += problems
        sources |= _source(rules, document) | source
        checks.append(_document(document, text, checked))
    return Verification(tuple(checks), tuple(quotes), worst, tuple(with_lines(wrong, sources)))


_RANK = ("found", "moved", "gone")


def _document(document: Document, text: Snapshot | Missing | None, ledger: ledgers.LedgerCheck | None) -> DocumentCheck:
    match text:
        case Snapshot():
            return DocumentCheck(document.id, "found", text.where, text.words, ledger)
        case Missing():
            return DocumentCheck(document.id, text.state, ledger=ledger)
        case None:
            return DocumentCheck(document.id, "reported" if document.reported else "none", ledger=ledger)


def missing_text(document: Document, text: Missing) -> Diagnostic:
    """That the document's text is not at hand, or not what it should be."""
    return Diagnostic(STATES.get(text.state, "M311"), text.message, document.span, text.help)


def _quote(one: Cited, text: Snapshot | Missing | None) -> tuple[QuoteCheck, Diagnostic | None, frozenset[str]]:
    """What became of one quote, what is wrong with it, and the hashes of the paragraphs it is found in (none where they
    repeat one another: then its ledger line is that of them all)."""
    citation = one.citation
    if not isinstance(text, Snapshot):
        unchecked = QuoteCheck(
            one.owner, one.clause, one.document, citation.section, citation.quote, "unchecked", "none", (), True
        )
        return unchecked, None, frozenset()
    match = find_quote(citation.quote, text.paragraphs)
    numbers = tuple(p.number for p in match.paragraphs)
    check = QuoteCheck(
        one.owner,
        one.clause,
        one.document,
        citation.section,
        citation.quote,
        match.status,
        match.how,
        numbers,
        match.unique,
    )
    words = "' then '".join(clip(fragment) for fragment in citation.quote)
    where = f"of '{one.clause}' " if one.clause != "quote" else ""
    problem = None
    if match.status == "gone":
        problem = Diagnostic(
            "M321", f"the words {where}are not in the text of '{one.document}': '{words}'", one.span, match.note
        )
    elif match.status == "moved":
        near = clip(match.paragraphs[0].text, 110)
        problem = Diagnostic(
            "M320",
            f"the words {where}have moved in the text of '{one.document}': '{words}'",
            one.span,
            f"paragraph {numbers[0]} comes near: '{near}'",
        )
    elif not match.unique:
        listed = ", ".join(map(str, numbers[:6]))
        problem = Diagnostic(
            "M322",
            f"the words {where}stand in {len(numbers)} paragraphs of '{one.document}': '{words}'",
            one.span,
            f"quote what only one of them says; they are in paragraphs {listed}",
        )
    hashes = {p.hash for p in match.paragraphs} if match.status == "found" and match.unique else set()
    return check, problem, frozenset(hashes)


def ledger_file(rules: Rules, document: Document) -> Path:
    """Where the document's ledger is: beside its rules, named after it."""
    return source_file(rules, document).parent / f"{document.id.rpartition('/')[2]}.ledger"


def read_ledger(rules: Rules, document: Document) -> tuple[tuple[ledgers.Entry, ...], list[Diagnostic], str] | None:
    """The document's ledger, what is wrong with its form, and its text; None where there is none."""
    file = ledger_file(rules, document)
    if not file.is_file():
        return None
    text = file.read_text(encoding="utf-8", errors="replace")
    return *ledgers.parse_ledger(text, file.as_posix()), text


def _ledger(
    rules: Rules, document: Document, text: Snapshot | None, quoted: Mapping[str, frozenset[str]]
) -> tuple[ledgers.LedgerCheck | None, list[Diagnostic], dict[str, str]]:
    """What became of the document's ledger, what is wrong with it, and its text by its name."""
    whole = document.whole and not document.reported
    read = read_ledger(rules, document)
    if read is None:
        wrong = []
        if whole:
            wrong = [
                Diagnostic(
                    "M316",
                    f"'{document.id}' says 'coverage whole' and has no ledger",
                    document.span,
                    f"`mayuse ledger new {document.id}` begins one",
                )
            ]
        return ledgers.LedgerCheck(len(text.paragraphs), 0) if text else None, wrong, {}
    entries, wrong, source = read
    file = ledger_file(rules, document).as_posix()
    wrong += ledgers.check_names(entries, rules, document, file)
    if text is None:
        return None, wrong, {file: source}
    check, problems = ledgers.check_text(entries, text.paragraphs, file, whole)
    return check, [*wrong, *problems, *ledgers.check_quoted(entries, rules, quoted)], {file: source}


def _source(rules: Rules, document: Document) -> dict[str, str]:
    """The text of the document's rules file, by the name that its places bear."""
    file = source_file(rules, document)
    return {document.span.file: file.read_text(encoding="utf-8", errors="replace")} if file.is_file() else {}


def encoded_by_hash(rules: Rules, document: Document, text: Snapshot) -> dict[str, list[str]]:
    """For a ledger's scaffold: by a paragraph's hash, what quotes it: local names, or `document`."""
    names: dict[str, list[str]] = {}
    for one in citations_of(rules, document):
        match = find_quote(one.citation.quote, text.paragraphs)
        if one.document != document.id or match.status != "found" or not match.unique:
            continue
        name = "document" if one.owner == document.id or one.clause == "silence" else one.owner.rpartition("/")[2]
        listed = names.setdefault(match.paragraphs[0].hash, [])
        listed += [name] if name not in listed else []
    return names


def record(rules: Rules, verification: Verification, on: datetime.date) -> dict[str, dict[str, str]]:
    """What to keep beside the rules as `verified.json`: by provision its status, the day, and the key it holds for.

    What was not looked at this time stays as it was recorded, while it still holds for the same words and snapshot.
    """
    kept: dict[str, dict[str, str]] = {}
    for id, old in (rules.verified or {}).items():
        try:
            kept |= {id: dict(old)} if old.get("key") == evidence_key(rules, id) else {}
        except KeyError:
            continue
    new = {
        id: {"status": s, "on": on.isoformat(), "key": evidence_key(rules, id)}
        for id, s in verification.provisions.items()
    }
    return dict(sorted((kept | new).items()))


def records_by_folder(rules: Rules, recorded: Mapping[str, dict[str, str]]) -> dict[Path, dict[str, dict[str, str]]]:
    """The record of each loaded folder: that of the provisions whose document's file lies in it."""
    folders: dict[Path, dict[str, dict[str, str]]] = {Path(folder): {} for folder in rules.folders}
    for id, one in recorded.items():
        file = source_file(rules, cited(rules, id)[0]).resolve()
        inside = [folder for folder in folders if file.is_relative_to(folder.resolve())]
        if inside:
            folders[max(inside, key=lambda folder: len(folder.resolve().parts))][id] = one
    return folders
