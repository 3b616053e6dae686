"""Expectations resolved: what each is about, every error with its place and help; and that nothing else changes."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Mapping
from pathlib import Path

import pytest
from mayuse.judge import check
from mayuse.language import tree
from mayuse.language.diagnostics import RulesError
from mayuse.language.format import format_condition
from mayuse.lint import lint
from mayuse.lint.case import Case
from mayuse.lint.fix import fixed
from mayuse.lint.vendor_literal import find as vendor_literals
from mayuse.load import load_texts
from mayuse.rulebook import cache
from mayuse.rulebook.model import Expectation, Rules
from mayuse.usecase import read_use_case

VOCABULARY = """\
term area "An area"
term credit "Credit" under area
term maker "Whose"
term deep-made "Deep's" under maker
term lama-made "Lama's" under maker
fact trains "Does it train?" yes or no
fact sold "Is it sold?" yes or no
fact shared "Is it shared?" yes or no
fact areas "Which areas?" many of area
fact made-by "Whose?" one of maker
fact users "How many?" count of people
fact lawful "Does a law allow it?" yes or no for counsel
safeguard review "Reviewed?"
safeguard record "Recorded?"
approval signed "Signed?"
wrong unlawful "Against the law?"
define sells as sold or shared
reading house "How do we read it?" choice narrow "N" choice wide "W"
"""
PLATFORM = """\
platform deep "Deep"
  vendor deep-made
  offering api "API" under terms
  offering chat "Chat" under chat-terms
  offering bare "Bare" under loose
"""
TERMS = """\
document terms "Terms"
define rivals as trains and not (made-by is this vendor)
reading output "What is output?" choice narrow "N" choice wide "W"
prohibit rival "No rivals"
  when rivals and reading output is wide
"""
CHAT = """\
document chat-terms "Chat terms"
  incorporates terms
document loose "Loose"
"""
LAMA = """\
platform lama "Lama"
  vendor lama-made
  offering lama-3 "Lama 3" under deep/terms
"""
TEXTS = {
    "vocabulary/words.rules": VOCABULARY,
    "deep/platform.rules": PLATFORM,
    "deep/terms.rules": TERMS,
    "deep/chat.rules": CHAT,
    "lama/platform.rules": LAMA,
}
IN_VOCABULARY, IN_PLATFORM, IN_TERMS, IN_CHAT, _ = TEXTS


def with_more(file: str, text: str, texts: Mapping[str, str] = TEXTS) -> dict[str, str]:
    """The texts with more at the end of one of them."""
    return {**texts, file: texts[file] + text}


def only(rules: Rules) -> Expectation:
    (one,) = rules.expectations
    return one


# ---- what is resolved


def test_in_a_document_names_are_the_documents() -> None:
    text = """expect "Rivals never pass"
  never permitted
  when rivals and reading output is wide and reading house is wide and made-by is not this vendor
  for api, lama/lama-3
  note "Why."
"""
    one = only(load_texts(with_more(IN_TERMS, text)))
    assert (one.title, one.claim, one.names, one.note) == ("Rivals never pass", "never permitted", (), "Why.")
    assert (one.document, one.offerings) == ("deep/terms", frozenset({"deep/api", "lama/lama-3"}))
    assert format_condition(one.when) == (
        "deep/terms/rivals and reading deep/terms/output is wide and reading house is wide and made-by is not deep-made"
    )
    assert (one.span.file, one.span.line, one.span.column) == (IN_TERMS, 6, 8)


def test_outside_documents_it_is_about_whole_offerings() -> None:
    text = """expect "One may be as good as the other"
  same verdict as deep/api
  when reading deep/terms/output is narrow and signed and unlawful and not review and lawful and users above 3
  for lama/lama-3
"""
    for file in (IN_VOCABULARY, IN_PLATFORM, "more/words.rules"):
        one = only(load_texts(with_more(file, text, {"more/words.rules": "", **TEXTS})))
        assert (one.claim, one.names, one.document) == ("same as", ("deep/api",), None)
        assert one.offerings == frozenset({"lama/lama-3"})


def test_claims_and_what_they_name() -> None:
    text = """
expect "a" never conflict
expect "b" always conditional on review, record
expect "c" same verdict regardless of sold, areas, made-by, users, lawful, review, unlawful for api
expect "d" same verdict as chat for lama/lama-3
"""
    rules = load_texts(with_more(IN_TERMS, text))
    assert [(one.claim, one.names, one.offerings) for one in rules.expectations] == [
        ("never conflict", (), None),
        ("always conditional", ("review", "record"), None),
        (
            *("regardless", ("sold", "areas", "made-by", "users", "lawful", "review", "unlawful")),
            frozenset({"deep/api"}),
        ),
        ("same as", ("deep/chat",), frozenset({"lama/lama-3"})),
    ]
    assert all(one.when == tree.Always() for one in rules.expectations)
    assert {one.claim for one in rules.expectations} < set(tree.CLAIMS)


def test_a_document_governs_what_is_under_it_and_under_what_incorporates_it() -> None:
    text = 'expect "a" never conflict for api, chat, lama/lama-3'
    assert only(load_texts(with_more(IN_TERMS, text))).offerings == {"deep/api", "deep/chat", "lama/lama-3"}


def test_a_title_may_return_in_another_document_and_order_means_nothing() -> None:
    expect = '\nexpect "b" never conflict\nexpect "a" never permitted\n'
    texts = {**TEXTS, **{f: TEXTS[f] + expect for f in (IN_TERMS, IN_CHAT, IN_VOCABULARY)}}
    homes = [(one.document, one.title) for one in load_texts(texts).expectations]
    assert homes == [(d, t) for d in (None, "deep/loose", "deep/terms") for t in ("a", "b")]


# ---- errors

ERRORS = {
    "an unknown fact": (
        *(IN_TERMS, 'expect "T" same verdict regardless of sold, shaerd'),
        *(45, "M110", "unknown fact 'shaerd'", "did you mean 'shared'?"),
    ),
    "a fact like no other": (
        *(IN_TERMS, 'expect "T" same verdict regardless of zzz'),
        *(39, "M110", "unknown fact 'zzz'", "it names a fact of the vocabulary"),
    ),
    "a term for a fact": (
        *(IN_TERMS, 'expect "T" same verdict regardless of credit'),
        *(39, "M110", "'credit' is a term, not a fact", "did you mean 'areas', which can name it?"),
    ),
    "a define for a fact": (
        *(IN_VOCABULARY, 'expect "T" same verdict regardless of sells'),
        *(39, "M110", "'sells' is a define, not a fact", "it reads 'sold', 'shared': name what you mean of these"),
    ),
    "the document's define for a fact": (
        *(IN_TERMS, 'expect "T" same verdict regardless of rivals'),
        *(39, "M110", "'rivals' is a define, not a fact", "it reads 'trains', 'made-by': name what you mean of these"),
    ),
    "a reading for a fact": (
        *(IN_TERMS, 'expect "T" same verdict regardless of output'),
        *(39, "M110", "'output' is a reading, not a fact", "it names a fact of the vocabulary"),
    ),
    "an approval": (
        *(IN_TERMS, 'expect "T" same verdict regardless of signed'),
        *(39, "M118", "'signed' is an approval"),
        "'same verdict regardless of' names facts, wrongs and safeguards; a consent is there to change a verdict",
    ),
    "a fact twice": (
        *(IN_TERMS, 'expect "T" same verdict regardless of sold, shared, sold'),
        *(53, "M103", "'sold' stands twice in one list", "leave it away, or name another"),
    ),
    "an unknown safeguard": (
        *(IN_TERMS, 'expect "T" always conditional on reviw'),
        *(34, "M110", "unknown safeguard 'reviw'", "did you mean 'review'?"),
    ),
    "a define for a safeguard": (
        *(IN_TERMS, 'expect "T" always conditional on sells'),
        *(34, "M110", "'sells' is a define, not a safeguard", "it names a safeguard of the vocabulary"),
    ),
    "a fact for a safeguard": (
        *(IN_TERMS, 'expect "T" always conditional on review, trains'),
        *(42, "M118", "'trains' is a fact, and no safeguard"),
        "a verdict is conditional on safeguards: what the planner can promise each time",
    ),
    "an approval for a safeguard": (
        *(IN_VOCABULARY, 'expect "T" always conditional on signed'),
        *(34, "M118", "'signed' is an approval, and no safeguard"),
        "a verdict is conditional on safeguards: what the planner can promise each time",
    ),
    "a wrong for a safeguard": (
        *(IN_VOCABULARY, 'expect "T" always conditional on unlawful'),
        *(34, "M118", "'unlawful' is a wrong, and no safeguard"),
        "a verdict is conditional on safeguards: what the planner can promise each time",
    ),
    "an unknown offering": (
        *(IN_TERMS, 'expect "T" never conflict for apy'),
        *(31, "M115", "unknown offering 'apy'", "did you mean 'api'?"),
    ),
    "an unknown offering outside": (
        *(IN_VOCABULARY, 'expect "T" never conflict for deep/apy'),
        *(31, "M115", "unknown offering 'deep/apy'", "did you mean 'deep/api'?"),
    ),
    "a short name outside": (
        *(IN_PLATFORM, 'expect "T" never conflict for api'),
        *(31, "M115", "unknown offering 'api'", "outside a document, write 'deep/api'"),
    ),
    "a platform for an offering": (
        *(IN_TERMS, 'expect "T" same verdict as deep'),
        *(28, "M115", "unknown offering 'deep'", "'deep' is a platform: write 'deep/api', 'deep/bare' or 'deep/chat'"),
    ),
    "an offering never governed": (
        *(IN_TERMS, 'expect "T" never conflict for api, bare'),
        *(36, "M119", "'deep/terms' never governs 'bare'"),
        "it governs 'deep/api', 'deep/chat', 'lama/lama-3'; outside all documents, an 'expect' is about whole offerings",
    ),
    "compared with one never governed": (
        *(IN_TERMS, 'expect "T" same verdict as bare'),
        *(28, "M119", "'deep/terms' never governs 'bare'"),
        "it governs 'deep/api', 'deep/chat', 'lama/lama-3'; outside all documents, an 'expect' is about whole offerings",
    ),
    "a document that governs nothing": (
        *(IN_CHAT, 'document none "N" expect "T" never conflict for chat'),
        *(49, "M119", "'deep/none' never governs 'chat'"),
        "no offering is under it; outside all documents, an 'expect' is about whole offerings",
    ),
    "an offering twice": (
        *(IN_TERMS, 'expect "T" never conflict for api, deep/api'),
        *(36, "M103", "'deep/api' stands twice in one list", "leave it away, or name another"),
    ),
    "compared with itself": (
        *(IN_TERMS, 'expect "T" same verdict as deep/api for chat, api'),
        *(47, "M119", "'deep/api' is compared with itself", "leave it away, or name another"),
    ),
    "compared with itself alone": (
        *(IN_CHAT, 'expect "T" same verdict as bare'),
        *(28, "M119", "'deep/bare' is compared with itself", "'deep/loose' governs no other offering"),
    ),
    "the same text twice": (
        *(IN_TERMS, 'expect "T" never conflict expect "T" never permitted'),
        *(34, "M101", "expectation 'T' is declared twice"),
        "the first is at deep/terms.rules:6:8; it is known by its text alone",
    ),
    "an unknown name in the condition": (
        *(IN_TERMS, 'expect "T" never conflict when trans'),
        *(32, "M110", "unknown name 'trans'", "did you mean 'trains'?"),
    ),
    "another document's define": (
        *(IN_VOCABULARY, 'expect "T" never conflict when rivals'),
        *(32, "M110", "unknown name 'rivals'", "it is a define of 'deep/terms', and has a meaning there only"),
    ),
    "a test that does not fit": (
        *(IN_TERMS, 'expect "T" never conflict when areas is credit'),
        *(32, "M111", "'is' does not fit 'areas'"),
        "it is a list: write 'areas includes …' or 'areas is only …'",
    ),
    "an approval by the platform": (
        *(IN_TERMS, 'expect "T" never conflict when approved by platform'),
        *(32, "M112", "'approved by platform' may only stand in an 'unless'"),
        "a condition here names facts, wrongs, safeguards, and approvals of the vocabulary",
    ),
    "this vendor outside": (
        *(IN_PLATFORM, 'expect "T" never conflict when made-by is this vendor'),
        *(43, "M113", "'this vendor' stands outside a document", "name the term itself in the vocabulary"),
    ),
    "an unknown choice": (
        *(IN_TERMS, 'expect "T" never conflict when reading output is wied'),
        *(50, "M114", "reading 'output' has no choice 'wied'", "did you mean 'wide'?"),
    ),
}


@pytest.mark.parametrize(("file", "text", "column", "code", "message", "help"), ERRORS.values(), ids=ERRORS)
def test_errors(file: str, text: str, column: int, code: str, message: str, help: str) -> None:
    with pytest.raises(RulesError) as caught:
        load_texts(with_more(file, text))
    line = TEXTS[file].count("\n") + 1
    places = [(d.span.file, d.span.line, d.span.column) for d in caught.value.diagnostics]
    assert [(d.code, d.message, d.help) for d in caught.value.diagnostics] == [(code, message, help)]
    assert places == [(file, line, column)]


def test_compared_with_itself_where_there_is_no_other_offering() -> None:
    text = 'platform p "P" offering o "O" under d document d "D"'
    with pytest.raises(RulesError, match="there is no other offering"):
        load_texts({"p/p.rules": f'expect "T" same verdict as p/o {text}'})


def test_all_errors_come_together() -> None:
    text = 'expect "T" same verdict regardless of zzz, signed when trans for bare, nothing'
    with pytest.raises(RulesError) as caught:
        load_texts(with_more(IN_TERMS, text))
    codes = [(d.span.column, d.code) for d in caught.value.diagnostics]
    assert codes == [(39, "M110"), (44, "M118"), (56, "M110"), (66, "M119"), (72, "M115")]


def test_what_follows_from_a_broken_block_is_not_said() -> None:
    """An offering whose `under` cannot be read is known, and governed by nothing for now."""
    broken = {**TEXTS, IN_PLATFORM: PLATFORM.replace("under terms", "undre terms")}
    with pytest.raises(RulesError) as caught:
        load_texts(with_more(IN_TERMS, 'expect "T" never conflict for api', broken))
    assert [(d.code, d.span.file) for d in caught.value.diagnostics] == [("M014", IN_PLATFORM)]


# ---- nothing else changes

HARMLESS = """
expect "1" never permitted when rivals and reading output is wide
expect "2" always conditional on review when unlawful
expect "3" same verdict regardless of sold, shared for api
expect "4" same verdict as api for lama/lama-3
"""


def test_everything_that_is_judged_stays() -> None:
    before, after = load_texts(TEXTS), load_texts(with_more(IN_TERMS, HARMLESS))
    assert len(after.expectations) == 4 and before.expectations == ()
    for field in dataclasses.fields(Rules):
        if field.name not in ("expectations", "sha256"):
            assert getattr(before, field.name) == getattr(after, field.name), field.name


def test_no_verdict_changes() -> None:
    for plan in ("facts: {trains: yes, made-by: lama-made}", "facts: {trains: no, sold: yes}", "facts: {}"):
        rows = [
            check(rules, read_use_case(rules, plan)).verdicts
            for rules in (load_texts(TEXTS), load_texts(with_more(IN_TERMS, HARMLESS)))
        ]
        assert rows[0] == rows[1]


def test_they_are_kept_in_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAYUSE_CACHE", str(tmp_path))
    texts = with_more(IN_TERMS, HARMLESS)
    made = load_texts(texts)
    assert list(tmp_path.glob("*.rules"))
    monkeypatch.setattr("mayuse.load._build", lambda texts: pytest.fail("it was not remembered"))
    assert load_texts(texts).expectations == made.expectations
    assert pickle.loads(pickle.dumps(made)).expectations == made.expectations
    cache.remember("0" * 64, made)
    recalled = cache.recall("0" * 64)
    assert recalled is not None and recalled.expectations == made.expectations


def test_rules_made_without_any_have_none() -> None:
    made = load_texts(TEXTS)
    fields = {f.name: getattr(made, f.name) for f in dataclasses.fields(Rules) if f.name != "expectations"}
    assert Rules(**fields).expectations == ()


# ---- lints


def test_an_expectation_alone_does_not_make_a_name_used() -> None:
    own = 'fact idle "Idle?" yes or no\nreading open "O?" choice a "A" choice b "B"\n'
    text = 'expect "T" same verdict regardless of idle when idle and reading open is a\n'
    texts = with_more(IN_VOCABULARY, own + text)
    found = [d.message for d in lint(load_texts(texts), texts, ["unused-name"])]
    for message in (
        "nothing reads the fact 'idle'",
        "no condition depends on the reading 'open'",
    ):
        assert message in found


def test_the_vendors_own_term_is_found_and_mended_in_an_expectation() -> None:
    texts = with_more(IN_TERMS, 'expect "T" never conflict when made-by is deep-made\n')
    findings = list(vendor_literals(Case(load_texts(texts), texts)))
    assert [(f.span.file, f.span.line, f.replacement) for f in findings] == [(IN_TERMS, 6, "this vendor")]
    mended = fixed(texts, findings)
    assert mended[IN_TERMS].endswith("when made-by is this vendor\n")


def test_a_fix_that_changes_what_is_expected_is_none() -> None:
    texts = with_more(IN_TERMS, 'expect "T" never conflict when made-by is deep-made\n')
    (finding,) = vendor_literals(Case(load_texts(texts), texts))
    assert fixed(texts, [dataclasses.replace(finding, replacement="lama-made")]) == {}
