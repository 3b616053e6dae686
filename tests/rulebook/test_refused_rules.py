"""Every kind of rule set that the language calls an error: what is said, and where."""

from __future__ import annotations

import pytest
from mayuse.language.diagnostics import RulesError
from mayuse.load import load_texts

VOCABULARY = """
term purpose "What it is for"
term help "Helping" under purpose
term watch "Watching" under purpose
term area "An area"
term credit "Credit" under area
term vendor "Whose"
term acme "Acme" under vendor
fact purposes "What for?" many of purpose
fact trains "Does it train?" yes or no
fact area-is "Which area?" one of area
fact users "How many?" count of people
fact share "How much?" number of percent
fact right "Does a law say so?" yes or no for counsel
fact near "Near?" yes or no per offering
fact there "There?" yes or no per platform
safeguard tells "Told?"
safeguard checks "Checked?" implies tells
approval addendum "Signed?"
wrong unlawful "Illegal?"
topic use "Use"
platform p "P"
  vendor acme
  offering api "API" under terms
"""
DOCUMENT = 'document terms "Terms"\n  updated 2026-01-01\n  coverage whole\n'

CASES = {
    "a name twice": ('term help "x"', "", "M101", "declared twice"),
    "an alias of two platforms": (
        'platform q "Q"\n  alias "X"\nplatform r "R"\n  alias "x"',
        "",
        "M101",
        "alias 'x' stands twice",
    ),
    "an alias twice at one offering": (
        'platform q "Q"\n  offering o "O" under p/terms alias "x", "X"',
        "",
        "M101",
        "alias 'X' stands twice",
    ),
    "an alias of a platform and an offering": (
        'platform q "Q"\n  alias "x"\n  offering o "O" under p/terms alias "x"',
        "",
        "M101",
        "for a platform and for an offering",
    ),
    "an alias that is a platform": ('platform q "Q"\n  alias "P"', "", "M101", "alias 'P' is an id"),
    "an alias that is its own platform": (
        'platform q "Q"\n  offering o "O" under p/terms alias "q"',
        "",
        "M101",
        "alias 'q' is an id",
    ),
    "an alias that is an offering": (
        'platform q "Q"\n  offering o "O" under p/terms alias "p/API"',
        "",
        "M101",
        "alias 'p/API' is an id",
    ),
    "a fact named as a term": ('fact help "x?" yes or no', "", "M101", "declared twice"),
    "a provision twice": ("", 'permit a "A" when always\npermit a "B" when always', "M101", "declared twice"),
    "terms in a circle": ('term x "x" under y\nterm y "y" under z\nterm z "z" under x', "", "M102", "'x', 'y', 'z'"),
    "defines in a circle": ("define d as e\ndefine e as not d", "", "M102", "'d', 'e'"),
    "asked when in a circle": (
        'fact q "q?" yes or no asked when r\nfact r "r?" yes or no asked when q',
        "",
        "M102",
        "'q', 'r'",
    ),
    "safeguards in a circle": ('safeguard s "s?" implies t\nsafeguard t "t?" implies s', "", "M102", "'s', 't'"),
    "overrides in a circle": (
        "",
        'permit a "A" when always overrides b\npermit b "B" when always overrides a',
        "M102",
        "'p/terms/a', 'p/terms/b'",
    ),
    "asked when of a safeguard": ('fact q "q?" yes or no asked when tells', "", "M104", "may not depend on 'tells'"),
    "asked when, narrower answers": ('fact q "q?" yes or no asked when near', "", "M104", "per offering"),
    "asked when, per platform": ('fact q "q?" yes or no asked when there', "", "M104", "per platform"),
    "a list for counsel": ('fact q "q?" many of purpose for counsel', "", "M105", "cannot be for counsel"),
    "a fact that implies": ('fact q "q?" yes or no implies tells', "", "M105", "no safeguard"),
    "an approval asked sometimes": ('approval a "a?" asked when trains', "", "M105", "has no 'asked when'"),
    "one choice": ('reading r "r?" choice a "a"', "", "M105", "two different choices"),
    "require without that": ("", 'require a "A" when always', "M106", "'that'"),
    "that in a prohibition": ("", 'prohibit a "A" when always that tells', "M015", "only a 'require'"),
    "overrides in a prohibition": (
        "",
        'prohibit a "A" when always overrides b\npermit b "B" when always',
        "M015",
        "only a 'permit'",
    ),
    "may lift in a permit": ("", 'permit a "A" when always may lift all', "M015", "only a 'reserve'"),
    "an override of a reserve": (
        "",
        'permit a "A" when always overrides b\nreserve b "B" when always',
        "M106",
        "never bites",
    ),
    "a duty that is a fact": ("", 'require a "A" when always that trains', "M107", "no safeguard"),
    "a duty under not": ("", 'require a "A" when always that not tells', "M107", "safeguards"),
    "a long quote": (
        "",
        'permit a "A" section "1" quote "one two three four five six seven eight nine ten eleven twelve thirteen"'
        " when always",
        "M108",
        "this one 13",
    ),
    "a short quote": ("", 'permit a "A" section "1" quote "one two three" when always', "M108", "this one 3"),
    "an unknown fact": ("", 'prohibit a "A" when train', "M110", "unknown name 'train'"),
    "an unknown list fact": ("", 'prohibit a "A" when purpose includes help', "M110", "is a term, not a fact"),
    "an unknown term": ("", 'prohibit a "A" when purposes includes wach', "M110", "unknown term 'wach'"),
    "an unknown topic": ("", 'permit a "A" when always topic us', "M110", "unknown topic 'us'"),
    "an unknown regulation": ("", 'permit a "A" when always see gdpr', "M110", "unknown regulation"),
    "an English list": (
        "",
        'prohibit a "A" when purposes includes any of help and watch',
        "M110",
        "neither true nor false",
    ),
    "a term outside the domain": (
        "",
        'prohibit a "A" when purposes includes credit',
        "M111",
        "not a kind of 'purpose'",
    ),
    "is of a list": ("", 'prohibit a "A" when purposes is help', "M111", "does not fit"),
    "includes of a value": ("", 'prohibit a "A" when area-is includes credit', "M111", "does not fit"),
    "a list as yes or no": ("", 'prohibit a "A" when purposes', "M111", "not a yes-or-no"),
    "a flag compared": ("", 'prohibit a "A" when trains above 5', "M111", "not a number"),
    "half a person": ("", 'prohibit a "A" when users above 1.5', "M111", "whole number"),
    "an approval in a when": ("", 'prohibit a "A" when not approved by platform', "M112", "into a condition"),
    "this vendor in the vocabulary": ("define d as area-is is this vendor", "", "M113", "outside a document"),
    "an unknown reading": ("", 'prohibit a "A" when reading r is b', "M114", "unknown reading 'r'"),
    "an unknown choice": (
        "",
        'reading r "r?" choice a "a" choice b "b"\nprohibit a "A" when reading r is c',
        "M114",
        "no choice 'c'",
    ),
    "an unknown provision": ("", 'permit a "A" when always overrides b', "M115", "unknown provision 'b'"),
    "an unknown offering": ("", 'permit a "A" when always for ap', "M115", "unknown offering 'ap'"),
    "an unknown document": ("", 'document d "D" yields to tems', "M115", "unknown document 'tems'"),
    "ends before it starts": (
        "",
        'permit a "A" in force 2026-02-01 until 2026-01-01 when always',
        "M116",
        "ends before",
    ),
    "a snapshot without captured": (
        "",
        'document d "D" archive x "f.md" commit ' + "0" * 40 + ' sha256 "' + "0" * 64 + '"',
        "M116",
        "'captured'",
    ),
    "a second 'silence'": ("", 'permit silence "S" when always', "M106", "reserved silence"),
    "a provision in no document": ('permit a "A" when always', "", "M117", "stands in no document"),
    "a safeguard that adds a conflict": ("", 'prohibit a "A" when tells', "M121", "refusing 'tells'"),
    "an approval that adds a conflict": ("", 'prohibit a "A" when addendum', "M121", "refusing 'addendum'"),
    "a safeguard through a define": ("define d as tells", 'prohibit a "A" when d', "M121", "refusing 'tells'"),
    "a list that clears a ban": (
        "",
        'prohibit a "A" when trains unless purposes includes help',
        "M120",
        "one more element of 'purposes'",
    ),
    "is only in a bite": ("", 'prohibit a "A" when purposes is only watch', "M120", "one more element"),
    "not includes in a bite": ("", 'prohibit a "A" when not (purposes includes help)', "M120", "one more element"),
    "a permit that one purpose fetches": (
        "",
        'prohibit a "A" when trains\npermit b "B" when purposes includes help overrides a',
        "M120",
        "one more element",
    ),
    "silence answered by one purpose": (
        "",
        'document d "D" silence is reserved\npermit b "B" when purposes includes help',
        "M120",
        "one more element",
    ),
    "a gate that one region closes": (
        "",
        'document d "D" applies when not (purposes includes help)\npermit b "B" when always',
        "M120",
        "one more element",
    ),
}


@pytest.mark.parametrize("vocabulary, document, code, words", CASES.values(), ids=CASES)
def test_refused_with_place_and_reason(vocabulary: str, document: str, code: str, words: str) -> None:
    texts = {"vocabulary.rules": vocabulary, "p/platform.rules": VOCABULARY, "p/terms.rules": DOCUMENT + document}
    with pytest.raises(RulesError) as caught:
        load_texts(texts)
    found = [d for d in caught.value.diagnostics if d.code == code and words in d.message + (d.help or "")]
    assert found, caught.value
    for one in caught.value.diagnostics:
        assert one.span.file in texts and 1 <= one.span.line <= texts[one.span.file].count("\n") + 1
        assert one.message[0].islower() or not one.message[0].isalpha()
        assert not one.message.endswith(".")


def test_an_override_against_the_order_of_documents() -> None:
    rules = (
        DOCUMENT + 'prohibit a "A" when trains\n'
        'document below "Below" updated 2026-01-01 yields to terms section "1" quote "the terms shall prevail here"\n'
        'permit b "B" when always overrides terms/a\n'
    )
    with pytest.raises(RulesError, match="prevails over 'b'"):
        load_texts({"p/platform.rules": VOCABULARY, "p/terms.rules": rules})


def test_documents_that_yield_in_a_circle_name_every_member() -> None:
    rules = DOCUMENT + 'yields to b\ndocument b "B" yields to c\ndocument c "C" yields to terms\n'
    with pytest.raises(RulesError, match="'p/b', 'p/c', 'p/terms'"):
        load_texts({"p/platform.rules": VOCABULARY, "p/terms.rules": rules})


def test_all_errors_of_a_load_come_together() -> None:
    with pytest.raises(RulesError) as caught:
        load_texts(
            {
                "p/platform.rules": VOCABULARY,
                "p/terms.rules": DOCUMENT + 'prohibit a "A" when train\npermit b "B" when always overrides z',
                "other.rules": 'term x "x" under y',
            }
        )
    assert {d.span.file for d in caught.value.diagnostics} == {"p/terms.rules", "other.rules"}
    assert len(caught.value.diagnostics) == 3


@pytest.mark.parametrize("rules", [
    'prohibit a "A" when trains unless purposes is only help',
    'prohibit a "A" when purposes includes watch other than help',
    'prohibit a "A" when trains and not tells unless checks',
    'prohibit a "A" when purposes includes watch unless approved by platform and tells',
    'permit a "A" when purposes includes help',
    'prohibit a "A" when (purposes includes help and tells) or (purposes includes help and not tells)',
])  # fmt: skip
def test_sound_rules_load(rules: str) -> None:
    load_texts({"p/platform.rules": VOCABULARY, "p/terms.rules": DOCUMENT + rules})


def test_a_platform_a_document_and_two_lines_are_a_rule_set() -> None:
    rules = load_texts({"all.rules": 'platform p "P"\n  offering o "O" under d\ndocument d "D"\n'
                                     'fact f "F?" yes or no\nprohibit a "A"\n  when f\n'})  # fmt: skip
    assert list(rules.provisions) == ["p/d/a"]
