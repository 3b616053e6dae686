"""What is proposed passes, leaves nothing missing, and is put into a file without touching what is there."""

from __future__ import annotations

import pytest
from mayuse.cases.coverage import coverage, gaps
from mayuse.cases.model import clauses_of
from mayuse.cases.propose import by_document, propose
from mayuse.cases.verdicts import Outcome, failures
from mayuse.cases.write import extended, file_text
from mayuse.language.diagnostics import UseCaseError

from .small import FILES, TERMS, outcomes, rules, sites


def proposed(document: str, before: list[Outcome]) -> str:
    """The file of a document with what is proposed for it."""
    clauses = clauses_of(rules(), document)
    made = (one for id in clauses for one in propose(sites(), id, [o for o in before if o.case.clause == id]))
    return file_text(rules(), document, by_document(made)[document])


def missing(text: str, document: str) -> list[str]:
    """What fails or is missing of a file of cases, which has no error."""
    found, wrong = outcomes(text, f"{document}.yaml")
    assert not wrong, wrong
    told = [*failures(sites(), found), *gaps(rules(), coverage(sites(), found, clauses_of(rules(), document)))]
    return [one.message for one in told]


@pytest.mark.parametrize("document", FILES)
def test_what_is_proposed_passes_and_leaves_nothing_missing(document: str) -> None:
    text = proposed(document, [])
    assert missing(text, document) == []
    found, _ = outcomes(text, f"{document}.yaml")
    for one in coverage(sites(), found, clauses_of(rules(), document)):
        assert all(made for choices in one.readings.values() for made in choices.values()), one


def test_proposals_are_plain() -> None:
    assert proposed("acme/annex", []) == (
        "# What each provision of 'European annex' makes of a plan.\n"
        "document: acme/annex\n"
        "cases:\n"
        "  many:\n"
        "  - plan: {european: yes, people-reached: at least 1_000}\n"
        "    gives: conflict\n"
        "    but:\n"
        "    - {plan: {people-reached: under 1_000}, gives: permitted}\n"
        "    - {plan: {people-reached: null}, gives: undetermined}\n"
    )
    lines = proposed("acme/terms", []).split("\n")
    at = lines.index("  watching:")
    assert lines[at : at + 12] == [
        "  watching:",
        "  - plan: {purposes: [mass-watching]}",
        "    gives: conflict",
        "    but:",
        "    - {plan: {purposes: [guard-children]}, gives: permitted}",
        "    - {plan: {purposes: null}, gives: undetermined}",
        "  - plan: {purposes: [mass-watching], tells-people: no}",
        "    at: acme/api",
        "    on: 2026-03-01",
        "    gives: conflict",
        "    but:",
        "    - {plan: {tells-people: yes}, gives: permitted, by: [children]}",
    ]


def test_nothing_is_proposed_where_nothing_is_missing() -> None:
    found, _ = outcomes(TERMS)
    for clause in ("acme/terms/law", "acme/terms/keys", "acme/terms/changes", "acme/terms/watching"):
        assert propose(sites(), clause, [one for one in found if one.case.clause == clause]) == []


def into(text: str, document: str = "acme/terms") -> str:
    """A file of cases with what it lacks put into it."""
    found, wrong = outcomes(text, f"{document}.yaml")
    assert not wrong
    clauses = clauses_of(rules(), document)
    made = (one for id in clauses for one in propose(sites(), id, [o for o in found if o.case.clause == id]))
    return extended(rules(), document, text, by_document(made)[document], "cases.yaml")


NO_MISS = (
    "document: acme/terms\ncases:\n  law:  # as counsel said\n  - {plan: {unlawful: yes}, gives: conflict}  # plain\n"
)


def test_what_is_there_stays_and_the_rest_is_put_around_it() -> None:
    text = TERMS.replace("    - {plan: {tells-people: yes}, gives: permitted}\n", "    # none yet\n")
    text = text.replace("  law:", "  # law\n  law:")
    keys = text[text.index("  keys:") : text.index("  changes:")]
    text = text.replace(keys, "")
    made = into(text)
    assert missing(made, "acme/terms") == []
    lines = iter(made.split("\n"))
    assert all(line in lines for line in text.split("\n"))  # in their order
    order = [
        line.strip(" :") for line in made.split("\n") if line.endswith(":") and line.startswith("  ") and line[2] != " "
    ]
    assert order == ["rivals", "watching", "children", "law", "passing-on", "keys", "changes"]


def test_a_near_miss_is_put_under_the_plan_that_it_belongs_to() -> None:
    block = "  law:\n  - plan: {unlawful: yes}\n    gives: conflict\n    # more to come\n"
    head = "document: acme/terms\ncases:\n"
    made = into(f"{head}{block}\n  changes:\n  - {{plan: {{}}, gives: holds}}\n")
    assert (
        "  - plan: {unlawful: yes}\n    gives: conflict\n    but:\n    - {plan: {unlawful: no}, gives: permitted}\n"
        in made
    )
    assert missing(made, "acme/terms") == []


def test_a_case_on_one_line_is_opened_for_its_near_miss() -> None:
    made = into(NO_MISS)
    assert "  - plan: {unlawful: yes}  # plain\n    gives: conflict\n    but:\n" in made
    assert missing(made, "acme/terms") == []


def test_a_layout_without_room_is_refused_rather_than_broken() -> None:
    text = "document: acme/terms\ncases:\n  law:\n  - plan: {unlawful: yes}\n    gives: conflict\n"
    with pytest.raises(UseCaseError, match=r"no case can be added to 'cases\.yaml' safely"):
        into(text + "    but: [{plan: {unlawful: don't know}, gives: undetermined}]\n")
    with pytest.raises(UseCaseError, match="no case can be added"):
        into("{document: acme/terms, cases: {law: [{plan: {unlawful: yes}, gives: conflict}]}}\n")
