"""Verify as a whole, what it records, and what a check makes of the record."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from mayuse.evidence.paragraphs import split
from mayuse.evidence.snapshots import Archives
from mayuse.evidence.verify import Verification, encoded_by_hash, record, records_by_folder, verify
from mayuse.language.tree import NOWHERE, Always, Span
from mayuse.rulebook.evidence import evidence_key, evidence_status
from mayuse.rulebook.model import (
    Citation,
    Define,
    Document,
    Duty,
    Exemption,
    Incorporated,
    Own,
    Provision,
    Reading,
    Reported,
    Rules,
)

from .made import TEXT, archived, document, listing, provision, rules

TODAY = datetime.date(2026, 11, 24)
HASHES = [p.hash for p in split(TEXT)]
PROVISIONS = (
    provision("acme/terms/circus", "sell the answers to a circus"),
    provision("acme/terms/toys", "may build toys with it", kind="permit"),
)
LEDGER = "\n".join(
    f"{hash}  {said}"
    for hash, said in zip(
        HASHES,
        ["heading", "document", "out: introduction", "heading", "toys", "heading", "out: repeated", "circus",
         "out: boilerplate", "out: notice", "heading", "out: explanation", "heading", "out: payment"],
        strict=True,
    )
)  # fmt: skip

Make = Callable[..., tuple[Rules, Path]]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Rules of one document in a folder, and the archive that holds its text."""

    def made(
        *provisions: Provision,
        ledger: str | None = None,
        text: str = TEXT,
        others: tuple[Document, ...] = (),
        **changes: Any,
    ) -> tuple[Rules, Path]:
        folder = tmp_path / "rules" / "acme"
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "terms.rules"
        file.write_text("document terms\n\nprohibit circus\n", encoding="utf-8")
        if ledger is not None:
            (folder / "terms.ledger").write_text(ledger, encoding="utf-8")
        evidence = archived(text)
        vocabulary = {name: changes.pop(name) for name in ("defines", "readings", "verified") if name in changes}
        one = document(**({"file": str(file), "evidence": evidence, "span": Span(str(file), 1, 10, 1, 15)} | changes))
        placed = tuple(replace(p, span=Span(str(file), 3, 10, 3, 16)) for p in provisions or PROVISIONS)
        made_rules = rules(one, *others, provisions=placed, folders=(str(tmp_path / "rules"),), **vocabulary)
        return made_rules, listing(tmp_path / "archive", text, evidence)

    return made


def ran(made: tuple[Rules, Path], archive: bool = True, **options: Any) -> Verification:
    with Archives([made[1]] if archive else []) as archives:
        return verify(made[0], archives, **options)


def codes(found: Verification) -> list[str]:
    return [d.code for d in found.diagnostics]


def test_everything_is_found(make: Make) -> None:
    found = ran(make(ledger=LEDGER, whole=True))
    assert found.diagnostics == ()
    assert not found.failed
    (one,) = found.documents
    assert one.ledger is not None
    assert (one.id, one.state, one.ledger.paragraphs, one.ledger.missing) == ("acme/terms", "found", len(HASHES), 0)
    assert [(q.owner, q.clause, q.status, q.how, q.paragraphs) for q in found.quotes] == [
        ("acme/terms/circus", "quote", "found", "exact", (8,)),
        ("acme/terms/toys", "quote", "found", "normalised", (5,)),
    ]
    assert found.provisions == {"acme/terms/circus": "found", "acme/terms/toys": "found"}


@pytest.mark.parametrize(
    ("quote", "code", "status"),
    [
        ("sell the answer to the circus", "M320", "moved"),
        ("the aardvark eats only on Thursdays", "M321", "gone"),
        ("the circus", "M322", "found"),
    ],
)
def test_a_quote_that_is_not_there(make: Make, quote: str, code: str, status: str) -> None:
    text = TEXT + "\nThe circus is closed.\n" if code == "M322" else TEXT
    found = ran(make(provision("acme/terms/circus", quote), text=text))
    assert codes(found) == [code]
    assert found.failed
    assert found.provisions == {"acme/terms/circus": status}
    (wrong,) = found.diagnostics
    assert (wrong.span.line, wrong.line) == (3, "prohibit circus")
    assert quote in wrong.message


def test_every_clause_is_looked_up_and_the_worst_counts(make: Make) -> None:
    here = Span("", 1, 1, 1, 1)
    one = provision(
        "acme/terms/circus",
        "sell the answers to a circus",
        exemptions=(Exemption(Always(), None, Citation("2", ("prior consent in writing",)), here),),
        duties=(Duty(Always(), None, Citation("2", ("wake the neighbours",)), here),),
        override_citations=(Citation("9", ("no such words in here",)),),
    )
    cited = {
        "yields_to": ("acme/other",),
        "yields_citations": (Citation("1", ("Welcome to Acme",)),),
        "incorporates": (Incorporated("acme/other", None, Citation("3", ("pay on Mondays",))),),
        "silence": Citation("2", ("switch it off",)),
        "defines": {
            "acme/terms/toy": Define("acme/terms/toy", Always(), "acme/terms", Citation("2", ("build toys",)), NOWHERE)
        },
        "readings": {
            "acme/terms/q": Reading("acme/terms/q", "?", (), "acme/terms", Citation("2", ("a rocket",)), NOWHERE)
        },
    }
    found = ran(make(one, **cited))
    assert [(q.clause, q.status) for q in found.quotes] == [
        ("yields to", "found"), ("incorporates", "found"), ("silence", "found"), ("define", "found"),
        ("reading", "found"), ("quote", "found"), ("unless", "found"), ("that", "found"), ("overrides", "gone"),
    ]  # fmt: skip
    assert found.provisions == {"acme/terms/circus": "gone", "acme/terms/silence": "found"}
    assert codes(found) == ["M321"]


def test_an_absent_archive_is_skipped_unless_required(make: Make) -> None:
    made = make(ledger=LEDGER, whole=True)
    found = ran(made, archive=False)
    assert (found.documents[0].state, found.failed, found.provisions) == ("absent", False, {})
    assert {q.status for q in found.quotes} == {"unchecked"}
    assert codes(ran(made, archive=False, require_archive=True)) == ["M311"]


def test_another_text_is_never_looked_into(make: Make) -> None:
    made = make(evidence=archived(TEXT, sha256="0" * 64))
    found = ran(made)
    assert (found.documents[0].state, codes(found), found.provisions) == ("mismatch", ["M312"], {})


@pytest.mark.parametrize(("changes", "code"), [({"part": "Nowhere"}, "M314"), ({"text": "Too short."}, "M313")])
def test_a_text_that_cannot_be_used(make: Make, changes: dict[str, Any], code: str) -> None:
    text = changes.pop("text", TEXT)
    assert codes(ran(make(text=text, evidence=archived(text, **changes)))) == [code]


def test_a_part_bounds_quotes_and_ledger(make: Make) -> None:
    ledger = f"{HASHES[12]}  heading\n{HASHES[13]}  pay\n"
    pay = provision("acme/terms/pay", "You pay on Mondays")
    good = make(pay, ledger=ledger, whole=True, evidence=archived(TEXT, part="Money"))
    assert codes(ran(good)) == []
    outside = make(
        provision("acme/terms/pay", "wake the neighbours"), evidence=archived(TEXT, part="Money"), whole=False
    )
    assert "M321" in codes(ran(outside))


@pytest.mark.parametrize("archive", [True, False])
def test_whole_coverage_needs_a_ledger(make: Make, archive: bool) -> None:
    assert codes(ran(make(whole=True), archive)) == ["M316"]


def test_a_ledger_must_be_whole_and_agree_with_the_quotes(make: Make) -> None:
    short = LEDGER.replace(f"{HASHES[4]}  toys", f"{HASHES[4]}  circus").replace(f"{HASHES[13]}  out: payment", "")
    found = ran(make(ledger=short, whole=True))
    assert sorted(codes(found)) == ["M303", "M306", "M310"]
    (quoted,) = [d for d in found.diagnostics if d.code == "M310"]
    assert quoted.span.file.endswith("terms.ledger")
    assert quoted.line == f"{HASHES[4]}  circus"


def test_reported_and_unnamed_texts_are_neither_looked_up_nor_wrong(make: Make) -> None:
    made = make(evidence=Reported("Someone", TODAY), whole=True)
    found = ran(made)
    assert (found.documents[0].state, found.failed) == ("reported", False)
    assert ran(make(evidence=None)).documents[0].state == "none"


def test_a_dispute_is_looked_up_in_the_disputing_text(make: Make) -> None:
    rumour = document(
        "acme/rumour",
        evidence=Reported("Someone", TODAY),
        disputed_by=(("acme/terms", Citation("2", ("may build toys with it",))),),
    )
    found = ran(make(others=(rumour,)))
    (quote,) = [q for q in found.quotes if q.clause == "disputed by"]
    assert (quote.owner, quote.document, quote.status) == ("acme/rumour", "acme/terms", "found")


def test_only_the_documents_asked_for(make: Make) -> None:
    other = document("acme/other", evidence=archived(TEXT, commit="b" * 40))
    made = make(others=(other,))
    assert [d.id for d in ran(made, documents=["acme/other"]).documents] == ["acme/other"]


def test_an_own_text_needs_no_archive(make: Make, tmp_path: Path) -> None:
    made = make(provision("acme/terms/dogs", "dogs stay at home"), evidence=Own("policy.md", None))
    assert codes(ran(made, archive=False)) == ["M311"]
    (tmp_path / "rules" / "acme" / "policy.md").write_text("Our dogs stay at home.", encoding="utf-8")
    found = ran(made, archive=False)
    assert [q.status for q in found.quotes] == ["found"]
    assert found.provisions == {}
    assert evidence_status(made[0], "acme/terms/dogs") == "own"


def test_a_record_holds_for_the_words_and_the_snapshot_it_was_made_of(make: Make) -> None:
    made, archive = make(silence=Citation("2", ("switch it off",)))
    recorded = record(made, ran((made, archive)), TODAY)
    assert recorded["acme/terms/circus"] == {
        "status": "found", "on": "2026-11-24", "key": evidence_key(made, made.provisions["acme/terms/circus"]),
    }  # fmt: skip
    known = replace(made, verified=recorded)
    assert {id: evidence_status(known, id) for id in recorded} == dict.fromkeys(recorded, "found")
    assert "acme/terms/silence" in recorded
    one = known.provisions["acme/terms/circus"]
    changed = [
        replace(known, provisions=known.provisions | {one.id: replace(one, citation=Citation("2", ("other words",)))}),
        replace(
            known, provisions=known.provisions | {one.id: replace(one, citation=Citation("3", one.citation.quote))}
        ),
        replace(
            known,
            documents={"acme/terms": replace(known.documents["acme/terms"], evidence=archived(TEXT, commit="c" * 40))},
        ),
        replace(
            known,
            documents={"acme/terms": replace(known.documents["acme/terms"], evidence=archived(TEXT, part="Money"))},
        ),
        replace(known, verified=None),
        replace(known, verified={one.id: {"status": "nonsense", "key": recorded[one.id]["key"]}}),
        replace(known, verified={one.id: {}}),
    ]
    assert [evidence_status(other, one.id) for other in changed] == ["unchecked"] * len(changed)
    assert evidence_status(known, "acme/terms/none") == evidence_status(known, "nowhere") == "unchecked"


def test_what_was_not_looked_at_stays_recorded_while_it_holds(make: Make) -> None:
    made, archive = make()
    recorded = record(made, ran((made, archive)), TODAY)
    stale = recorded | {"acme/terms/gone": {"status": "found", "on": "2026-01-01", "key": "0" * 16}}
    later = replace(made, verified=stale)
    assert record(later, ran((later, archive), archive=False), TODAY + datetime.timedelta(1)) == recorded


def test_a_record_goes_to_the_folder_of_its_rules(make: Make, tmp_path: Path) -> None:
    made, archive = make()
    both = replace(made, folders=(str(tmp_path / "elsewhere"), *made.folders))
    (by_elsewhere, here) = records_by_folder(both, record(made, ran((made, archive)), TODAY)).values()
    assert (sorted(by_elsewhere), sorted(here)) == ([], ["acme/terms/circus", "acme/terms/toys"])


def test_reported_documents_are_reported_or_disputed() -> None:
    told = document("acme/told", evidence=Reported("Someone", TODAY))
    disputed = document("acme/rumour", evidence=Reported("Someone", TODAY), disputed_by=(("acme/told", Citation()),))
    made = rules(told, disputed, provisions=(provision("acme/told/a"), provision("acme/rumour/a")))
    assert [evidence_status(made, id) for id in ("acme/told/a", "acme/rumour/a")] == ["reported", "disputed"]


def test_a_scaffold_knows_what_quotes_each_paragraph(make: Make) -> None:
    made, archive = make(silence=Citation("2", ("switch it off",)))
    with Archives([archive]) as archives:
        from mayuse.evidence.snapshots import Snapshot, snapshot_of

        text = snapshot_of(made, made.documents["acme/terms"], archives)
    assert isinstance(text, Snapshot)
    assert encoded_by_hash(made, made.documents["acme/terms"], text) == {
        HASHES[9]: ["document"], HASHES[7]: ["circus"], HASHES[4]: ["toys"],
    }  # fmt: skip
