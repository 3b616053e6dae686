"""The paragraphs beside citations: the quoted words marked, and what cannot be shown said to be missing."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mayuse.evidence.paragraphs import split
from mayuse.evidence.passages import marked, with_passages
from mayuse.evidence.snapshots import Archives
from mayuse.judge.explain import explain
from mayuse.judge.explanation import Cited, Explanation
from mayuse.load import load_rules
from mayuse.report import EXPLANATIONS
from mayuse.rulebook.model import Archived, Rules
from mayuse.usecase import load_use_case

ROOT = Path(__file__).parents[2]
ARCHIVE = Path(os.environ.get("MAYUSE_ARCHIVE") or ROOT.parent / "shared" / "archive")
needs_archive = pytest.mark.skipif(
    not ARCHIVE.is_dir(), reason="the archive is not at hand (MAYUSE_ARCHIVE names its folder)"
)


@pytest.mark.parametrize(
    ("text", "quote", "shown"),
    [
        ("You may not do this.", ["may not"], [("You ", False), ("may not", True), (" do this.", False)]),
        ("You *may* [not](x) do.", ["May, not"], [("You ", False), ("may not", True), (" do.", False)]),
        ("a b c d e", ["a", "d e"], [("a", True), (" b c ", False), ("d e", True)]),
        (
            "the use of the “Service”",
            ["of the Service"],
            [("the use ", False), ('of the "Service', True), ('"', False)],
        ),
        ("up to 1.5% of it", ["1.5% of"], [("up to ", False), ("1.5% of", True), (" it", False)]),
    ],
)
def test_quoted_words_are_marked(text: str, quote: list[str], shown: list[tuple[str, bool]]) -> None:
    (paragraph,) = split(text)
    assert list(marked(paragraph, quote)) == shown


def citations(value: Any) -> Iterator[Cited]:
    if isinstance(value, Cited):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from citations(one)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from citations(getattr(value, field.name))


def explained(rules: Rules, name: str) -> Explanation:
    return explain(rules, load_use_case(rules, ROOT / "fixtures" / "use-cases" / f"{name}.yaml"))


def test_own_texts_need_no_archive() -> None:
    rules = load_rules(ROOT / "docs" / "examples")
    plan = load_use_case(rules, ROOT / "docs" / "examples" / "loans.yaml")
    before = explain(rules, plan)
    with Archives([]) as archives:
        after = with_passages(rules, before, archives)
    assert not before.archives and after.archives
    assert {c.passage for c in citations(before)} == {None}
    found = [c for c in citations(after) if c.document == "acme/terms" and c.quote]
    assert found and {c.passage.state for c in found if c.passage} == {"found"}
    for one in found:
        assert one.passage
        words = [text for text, quoted in one.passage.pieces if quoted]
        assert " ".join(words).casefold() == " ".join(one.quote).casefold()
    text = EXPLANATIONS["text"](after, 200)
    assert ">>may not decide about anyone's credit or work<<, unless a person checks each result" in text
    assert "**may not decide about anyone's credit or work**, unless" in EXPLANATIONS["markdown"](after)


def test_a_text_that_is_not_there_is_said_to_be_missing() -> None:
    rules = load_rules()
    with Archives([]) as archives:
        one = with_passages(rules, explained(rules, "school-tutor"), archives)
    states = {c.passage.state for c in citations(one) if c.quote and c.passage}
    assert states == {"absent"}
    assert "paragraph: not shown: no archive given holds the snapshot of" in EXPLANATIONS["text"](one, 300)
    assert "not shown: no archive given holds the snapshot of" in EXPLANATIONS["markdown"](one)


@needs_archive
def test_every_citation_of_an_archived_text_has_its_paragraph() -> None:
    rules = load_rules()
    with Archives([ARCHIVE]) as archives:
        for name in ("school-tutor", "credit-reviewed", "logo-in-marketing"):
            one = with_passages(rules, explained(rules, name), archives)
            for cited in citations(one):
                if not cited.quote or not isinstance(rules.documents[cited.document].evidence, Archived):
                    continue
                assert cited.passage and cited.passage.state == "found", cited
                assert any(quoted for _, quoted in cited.passage.pieces), cited
    text = EXPLANATIONS["text"](with_passages(rules, explained(rules, "school-tutor"), archives), 300)
    assert ">>designed to specifically appeal to<< or present a persona" in text


@needs_archive
def test_another_text_than_the_one_named_is_said_to_be_another() -> None:
    rules = load_rules()
    document = rules.documents["deepseek/terms-of-use"]
    assert isinstance(document.evidence, Archived)
    other = dataclasses.replace(document, evidence=dataclasses.replace(document.evidence, sha256="0" * 64))
    changed = dataclasses.replace(rules, documents={**rules.documents, document.id: other})
    with Archives([ARCHIVE]) as archives:
        one = with_passages(changed, explained(changed, "school-tutor"), archives)
    passages = [c.passage for c in citations(one) if c.document == document.id and c.quote]
    assert {p.state for p in passages if p} == {"mismatch"} and not any(p.pieces for p in passages if p)
    assert "is not the one it names by its sha256" in EXPLANATIONS["text"](one, 300)
