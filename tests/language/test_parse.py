"""Text to tree, construct by construct, with places; the examples are those of the language's description."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from mayuse.language import (
    NO_CITATION,
    Always,
    And,
    AppliesWhen,
    ApprovedByPlatform,
    Archive,
    Block,
    Choice,
    Citation,
    Compare,
    Condition,
    Coverage,
    Date,
    Define,
    Disputed,
    Document,
    Fact,
    FactType,
    Holds,
    Incorporates,
    InForce,
    MayLift,
    Name,
    Not,
    Number,
    Offering,
    Or,
    Overrides,
    Own,
    Platform,
    Provision,
    Reading,
    ReadingIs,
    Regulation,
    Reported,
    See,
    Silence,
    Span,
    Term,
    Test as Comparison,
    Text,
    That,
    This,
    Topic,
    Unless,
    YieldsTo,
    parse,
)

HEX40 = "0123456789abcdef0123456789abcdef01234567"
HEX64 = HEX40 + "89abcdef0123456789abcdef"


def block(text: str) -> Block:
    """The one block of a text without errors."""
    file, found = parse(text, "x.rules")
    assert found == []
    (only,) = file.blocks
    return only


def condition(text: str) -> Condition:
    """A condition without errors."""
    define = block(f"define x as {text}")
    assert isinstance(define, Define)
    return define.condition


def provision(text: str) -> Provision:
    """A provision without errors."""
    found = block(text)
    assert isinstance(found, Provision)
    return found


def document(text: str) -> Document:
    """A document without errors."""
    found = block(f'document d "D" {text}')
    assert isinstance(found, Document)
    return found


def name(text: str) -> Holds:
    return Holds(Name(text))


def cited(section: str | None, *quote: str) -> Citation:
    return Citation(Text(section) if section is not None else None, tuple(map(Text, quote)))


def day(text: str) -> Date:
    return Date(datetime.date.fromisoformat(text))


# ---- vocabulary


def test_terms() -> None:
    assert block('term a "A"') == Term(Name("a"), Text("A"))
    both = Term(Name("a"), Text("A"), (Name("b"), Name("c")), "2026-11")
    assert block('term a "A" under b, c since 2026-11') == both
    assert block('term a "A" since 2026-11 under b, c') == both


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("yes or no", FactType("flag")),
        ("one of b", FactType("one", Name("b"))),
        ("many of b", FactType("many", Name("b"))),
        ("number of euro", FactType("number", Name("euro"))),
        ("count of people", FactType("count", Name("people"))),
        ("yes\n or # either\n no", FactType("flag")),
    ],
)
def test_types_of_facts(written: str, expected: FactType) -> None:
    assert block(f'fact a "A?" {written}') == Fact("fact", Name("a"), Text("A?"), expected)


def test_facts_and_their_like() -> None:
    expected = Fact(
        "fact", Name("a"), Text("A?"), FactType("many", Name("b")), name("c"), (Name("d"), Name("e")), "offering", True
    )
    assert block('fact a "A?" many of b asked when c implies d, e per offering for counsel') == expected
    assert block('fact a "A?" for counsel per offering many of b implies d, e asked when c') == expected
    for role in ("safeguard", "approval", "wrong"):
        assert block(f'{role} a "A?" per platform') == Fact(
            role, Name("a"), Text("A?"), FactType("flag"), per="platform"
        )


def test_defines_topics_and_regulations() -> None:
    assert block("define a as b") == Define(Name("a"), name("b"))
    assert block('define a as b section "1" quote "x y"') == Define(Name("a"), name("b"), cited("1", "x y"))
    assert block('topic a "A" under b') == Topic(Name("a"), Text("A"), (Name("b"),))
    assert block('regulation a "A"') == Regulation(Name("a"), Text("A"))


def test_readings() -> None:
    expected = Reading(
        Name("a"),
        Text("A?"),
        cited("1", "x"),
        (Choice(Name("narrow"), Text("n")), Choice(Name("broad"), Text("b"))),
    )
    assert block('reading a "A?" section "1" quote "x" choice narrow "n" choice broad "b"') == expected


# ---- platforms and documents


def test_platforms() -> None:
    text = 'platform p "P" vendor v alias "a", "b" alias "c" offering api "API" under x, y/z offering app "App" under x'
    assert block(text) == Platform(
        Name("p"),
        Text("P"),
        Name("v"),
        (Text("a"), Text("b"), Text("c")),
        (
            Offering(Name("api"), Text("API"), (Name("x"), Name("y/z"))),
            Offering(Name("app"), Text("App"), (Name("x"),)),
        ),
    )
    assert block('platform p "P"') == Platform(Name("p"), Text("P"))


def test_an_alias_right_behind_an_offering_is_its_own() -> None:
    offerings = 'offering o "O" alias "b" under x alias "c", "d" offering q "Q" under y'
    text = f'platform p "P" alias "a" {offerings} vendor v alias "e"'
    assert block(text) == Platform(
        Name("p"),
        Text("P"),
        Name("v"),
        (Text("a"), Text("e")),
        (
            Offering(Name("o"), Text("O"), (Name("x"),), (Text("b"), Text("c"), Text("d"))),
            Offering(Name("q"), Text("Q"), (Name("y"),)),
        ),
    )


def test_documents() -> None:
    found = document(
        'note "n" coverage partial "one clause" read again 2026-11-25 encoded 2026-11-24 silence is reserved section "3" '
        'incorporates a/b when c section "4" incorporates d quote "q" applies when e section "5" yields to f '
        'yields to g quote "r" effective 2026-01-04 updated 2026-01-03 seen 2026-01-02 captured 2026-01-01 '
        'disputed by h section "6" source "https://x.test/#y" kind terms-of-service'
    )
    assert found == Document(
        name=Name("d"),
        title=Text("D"),
        kind=Name("terms-of-service"),
        source=Text("https://x.test/#y"),
        disputed_by=(Disputed(Name("h"), cited("6")),),
        captured=day("2026-01-01"),
        seen=day("2026-01-02"),
        updated=day("2026-01-03"),
        effective=day("2026-01-04"),
        yields_to=(YieldsTo(Name("f")), YieldsTo(Name("g"), cited(None, "r"))),
        applies_when=AppliesWhen(name("e"), cited("5")),
        incorporates=(
            Incorporates(Name("a/b"), name("c"), cited("4")),
            Incorporates(Name("d"), None, cited(None, "q")),
        ),
        silence_reserved=Silence(cited("3")),
        encoded=day("2026-11-24"),
        read_again=day("2026-11-25"),
        coverage=Coverage(False, Text("one clause")),
        note=Text("n"),
    )
    assert document("coverage whole").coverage == Coverage(True)
    assert document("coverage partial").coverage == Coverage(False)


def test_origins() -> None:
    archive = Archive(Name("genai-eu"), None, Text("A/B c.md"), HEX40, Text(HEX64), Text("p"), Text("who"))
    clauses = f'part "p" transcribed by "who" sha256 "{HEX64}" commit {HEX40}'
    assert document(f'archive genai-eu "A/B c.md" {clauses}').evidence == archive
    assert document('archive github "o/r" "a.md"').evidence == Archive(
        Name("github"), Text("o/r"), Text("a.md"), None, None
    )
    assert document('archive github "o/r" "a" "b.md"').evidence == Archive(
        Name("github"), Text("o/r"), Text("a b.md"), None, None
    )
    assert document('own "policy.pdf"').evidence == Own(Text("policy.pdf"))
    assert document(f'own "policy.pdf" sha256 "{HEX64}"').evidence == Own(Text("policy.pdf"), Text(HEX64))
    assert document('reported by "W" on 2026-05-13').evidence == Reported(Text("W"), day("2026-05-13"))


# ---- provisions


def test_every_clause_of_a_provision() -> None:
    text = """
    permit a "A" section "1" quote "x" "y" then "z" in force 2026-01-01 until 2027-01-01 when b
      unless c section "2" unless approved by platform quote "q"
      overrides d, e/f section "3" overrides g for api, m/x for app topic t, u topic v note "n" note "o", "p"
      see r "Art 1", s see r/t
    """
    assert provision(text) == Provision(
        kind="permit",
        name=Name("a"),
        title=Text("A"),
        citation=cited("1", "x y", "z"),
        when=name("b"),
        in_force=InForce(day("2026-01-01"), day("2027-01-01")),
        unless=(Unless(name("c"), cited("2")), Unless(ApprovedByPlatform(), cited(None, "q"))),
        overrides=(Overrides((Name("d"), Name("e/f")), cited("3")), Overrides((Name("g"),))),
        offerings=(Name("api"), Name("m/x"), Name("app")),
        topics=(Name("t"), Name("u"), Name("v")),
        notes=(Text("n"), Text("o"), Text("p")),
        sees=(See(Name("r"), Text("Art 1")), See(Name("s")), See(Name("r/t"))),
    )


def test_requirements() -> None:
    found = provision('require a "A" when b that c that d when e section "1" quote "x" that f or g')
    assert found.that == (
        That(name("c")),
        That(name("d"), name("e"), cited("1", "x")),
        That(Or((name("f"), name("g")))),
    )


def test_a_when_belongs_to_the_duty_it_follows() -> None:
    found = provision('require a "A" that b when c when d')
    assert (found.that, found.when) == ((That(name("b"), name("c")),), name("d"))
    found = provision('require a "A" that b section "1" when d')
    assert (found.that, found.when) == ((That(name("b"), None, cited("1")),), name("d"))


def test_reserves() -> None:
    assert provision('reserve a "A" when always may lift all section "1"').may_lift == MayLift((), cited("1"))
    assert provision('reserve a "A" when always may lift b, c').may_lift == MayLift((Name("b"), Name("c")))
    assert provision('reserve a "A" when always').may_lift is None


def test_order_of_clauses_is_free() -> None:
    found = provision('prohibit a "A" topic t note "n" section "1" when b in force 2026-01-01 quote "x" unless c')
    assert found == provision(
        'prohibit a "A" section "1" quote "x" in force 2026-01-01 when b unless c topic t note "n"'
    )


# ---- conditions


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("always", Always()),
        ("a", name("a")),
        ("a is b", Comparison(Name("a"), "is", (Name("b"),))),
        ("a is any of b, c", Comparison(Name("a"), "is any of", (Name("b"), Name("c")))),
        ("a is not b", Comparison(Name("a"), "is not", (Name("b"),))),
        ("a is only b,c", Comparison(Name("a"), "is only", (Name("b"), Name("c")))),
        ("a includes b", Comparison(Name("a"), "includes", (Name("b"),))),
        ("a includes b other than c, d", Comparison(Name("a"), "includes", (Name("b"),), (Name("c"), Name("d")))),
        (
            "a includes any of b, c other than d",
            Comparison(Name("a"), "includes any of", (Name("b"), Name("c")), (Name("d"),)),
        ),
        ("a is this vendor", Comparison(Name("a"), "is", (This("vendor"),))),
        ("a is any of b, this platform", Comparison(Name("a"), "is any of", (Name("b"), This("platform")))),
        ("a is vendor", Comparison(Name("a"), "is", (Name("vendor"),))),
        ("a above 5", Compare(Name("a"), "above", Number("5", Decimal(5)))),
        ("a below 12.5", Compare(Name("a"), "below", Number("12.5", Decimal("12.5")))),
        ("a at least 700\nmillion", Compare(Name("a"), "at least", Number("700 million", Decimal(700_000_000)))),
        ("a at # so\n most 1_000_000", Compare(Name("a"), "at most", Number("1_000_000", Decimal(1_000_000)))),
        ("reading r is c", ReadingIs(Name("r"), Name("c"))),
        ("reading p/d/r is c", ReadingIs(Name("p/d/r"), Name("c"))),
        ("approved by platform", ApprovedByPlatform()),
        ("not a", Not(name("a"))),
        ("not (a and b)", Not(And((name("a"), name("b"))))),
        ("not (not a)", Not(Not(name("a")))),
        ("a and b and c", And((name("a"), name("b"), name("c")))),
        ("a and (b and c)", And((name("a"), And((name("b"), name("c")))))),
        ("((a)) or (b)", Or((name("a"), name("b")))),
        ("not a and not (b or c)", And((Not(name("a")), Not(Or((name("b"), name("c"))))))),
        ("not-for-profit", name("not-for-profit")),
        ("order or over-18", Or((name("order"), name("over-18")))),
        ("in-house is is-any-of", Comparison(Name("in-house"), "is", (Name("is-any-of"),))),
        ("own and source", And((name("own"), name("source")))),
        ("a # and b\n and (c)", And((name("a"), name("c")))),
    ],
)
def test_conditions(written: str, expected: Condition) -> None:
    assert condition(written) == expected


def test_values_are_exact() -> None:
    found = condition("a above 0.1 and b above 999_999_999_999.999 and c above 1.5 billion")
    assert isinstance(found, And)
    values = [item.number.value for item in found.items if isinstance(item, Compare)]
    assert values == [Decimal("0.1"), Decimal("999999999999.999"), Decimal(1_500_000_000)]


def test_depth_is_linear_up_to_the_limit() -> None:
    assert condition("(" * 32 + "a" + ")" * 32) == name("a")
    assert condition("not (" * 32 + "a" + ")" * 32)
    many = condition(" and ".join(["a"] * 10_000))
    assert isinstance(many, And) and len(many.items) == 10_000


# ---- texts, blocks, places


def test_strings() -> None:
    assert block(r'term a "say \"so\" \\ #1"') == Term(Name("a"), Text('say "so" \\ #1'))
    assert block('term a "one" # two\n "three"\t"four"') == Term(Name("a"), Text("one three four"))
    assert block('term a ""') == Term(Name("a"), Text(""))
    assert block('term a "“naïve” 条款"') == Term(Name("a"), Text("“naïve” 条款"))


def test_line_breaks_mean_nothing() -> None:
    text = 'prohibit a "A" section "1" when b and c unless d topic t'
    assert parse(text.replace(" ", "\n"), "x") == parse(text, "x") == parse(text.replace(" ", "\r\n# c\r\n"), "x")


def test_blocks_begin_anywhere() -> None:
    file, found = parse('term a "A" term b "B" topic c "C" reading d "D" choice e "E" choice f "F" define g as h', "x")
    assert found == []
    assert [type(one).__name__ for one in file.blocks] == ["Term", "Term", "Topic", "Reading", "Define"]


def test_words_of_clauses_are_no_heads() -> None:
    text = 'prohibit a "A" when reading r is c unless approved by platform section "9" topic t note "term x \\"y\\""'
    file, found = parse(text + ' approval b "B" per platform approval c "C"', "x")
    assert found == []
    assert len(file.blocks) == 3


def test_nothing_is_a_file_too() -> None:
    for text in ("", " \n", "# only a comment", "\ufeff"):
        file, found = parse(text, "x")
        assert (file.name, file.blocks, found) == ("x", (), [])


def test_places() -> None:
    text = '# first\nprohibit a "A"\n  when   b and\n         c above 5\n  topic  t\n'
    for given, shift in ((text, 0), ("\ufeff" + text.replace("\n", "\r\n"), 0)):
        file, found = parse(given, "x.rules")
        assert found == []
        only = file.blocks[0]
        assert isinstance(only, Provision) and isinstance(only.when, And)
        assert only.span == Span("x.rules", 2, 1 + shift, 5, 11)
        assert only.name.span == Span("x.rules", 2, 10, 2, 11)
        assert only.title.span == Span("x.rules", 2, 12, 2, 15)
        assert only.when.span == Span("x.rules", 3, 10, 4, 19)
        assert [item.span for item in only.when.items] == [
            Span("x.rules", 3, 10, 3, 11),
            Span("x.rules", 4, 10, 4, 19),
        ]
        assert only.topics[0].span == Span("x.rules", 5, 10, 5, 11)
        assert only.citation is NO_CITATION


def test_places_of_what_belongs_to_a_clause() -> None:
    found = provision('require a "A" when b\n  that c when d\n    section "1"\n    quote "x" then "y"')
    (that,) = found.that
    assert that.span == Span("x.rules", 2, 3, 4, 23)
    assert that.citation.span == Span("x.rules", 3, 5, 4, 23)
    assert that.citation.section is not None and that.citation.section.span == Span("x.rules", 3, 13, 3, 16)
    assert that.citation.quote[1].span == Span("x.rules", 4, 20, 4, 23)


def test_place_of_not_and_of_parentheses() -> None:
    found = condition("not (a or b) and c")
    assert isinstance(found, And)
    assert (found.span.column, found.span.end_column) == (13, 31)
    assert (found.items[0].span.column, found.items[0].span.end_column) == (13, 25)
