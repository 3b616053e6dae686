"""Where answers hold, who gave them, and what is not a fact."""

from __future__ import annotations

import pytest
from asking import at, errors, fact_error, facts, read
from mayuse.language.tree import Span
from mayuse.usecase import Answer, FlagValue, TermsValue

YES, NO = FlagValue(True), FlagValue(False)


def said(text: str) -> dict[str, object]:
    return {k: a.value for k, a in facts(text).items()}


def test_a_scalar_speaks_for_every_offering() -> None:
    offerings = ("deepseek/api", "deepseek/r1", "meta/llama-3", "meta/llama-4", "openai/api")
    assert said("uses-weights: no") == {f"uses-weights@{o}": NO for o in offerings}
    assert set(facts("uses-weights: don't know")) == {f"uses-weights@{o}" for o in offerings}


def test_a_list_speaks_for_every_platform() -> None:
    value = TermsValue(("customer-support",))
    platforms = ("deepseek", "meta", "openai", "runway")
    assert said("goals: [customer-support]") == {f"goals@{p}": value for p in platforms}


def test_a_mapping_of_offerings() -> None:
    assert said("uses-weights: {meta/llama-4: yes, openai/api: no}") == {
        "uses-weights@meta/llama-4": YES,
        "uses-weights@openai/api": NO,
    }


@pytest.mark.parametrize("text", ["{meta: yes, meta/llama-4: no}", "{meta/llama-4: no, meta: yes}"])
def test_the_offering_wins_over_its_platform(text: str) -> None:
    assert said(f"uses-weights: {text}") == {"uses-weights@meta/llama-3": YES, "uses-weights@meta/llama-4": NO}


def test_an_empty_entry_stays_unknown() -> None:
    assert said("uses-weights: {meta: yes, meta/llama-4: }") == {"uses-weights@meta/llama-3": YES}
    assert said("uses-weights: {}") == {}


def test_aliases_in_any_case() -> None:
    assert said("goals: {chatgpt: [], LLAMA: []}") == {"goals@openai": TermsValue(), "goals@meta": TermsValue()}
    assert set(said("uses-weights: {Llama/llama-3: yes, Openai/API: no}")) == {
        "uses-weights@meta/llama-3",
        "uses-weights@openai/api",
    }


def test_keys_as_reports_print_them() -> None:
    assert said("uses-weights@meta/llama-3: yes\nuses-weights@meta: no\ngoals@openai: []") == {
        "uses-weights@meta/llama-3": YES,
        "uses-weights@meta/llama-4": NO,
        "goals@openai": TermsValue(),
    }
    assert said("uses-weights: no\nuses-weights@openai/api: yes")["uses-weights@openai/api"] == YES


@pytest.mark.parametrize(
    "line, expected",
    [
        ("goals: {chatgpt: [], openai: []}", ("M234", 2, 24)),
        ("goals: {openai: {value: []}, OpenAI: []}", ("M234", 2, 32)),
        ("goals: {openai/api: []}", ("M233", 2, 11)),
        ("goals@openai/api: []", ("M233", 2, 3)),
        ("goals: {opena: []}", ("M250", 2, 11)),
        ("uses-weights: {meta/llama-5: yes}", ("M250", 2, 18)),
        ("uses-weights: {shared-alias: yes}", ("M252", 2, 18)),
        ("uses-weights: {openai: {openai: yes}}", ("M221", 2, 26)),
        ("uses-weights: {openai: [yes]}", ("M221", 2, 26)),
        ("uses-weights: {openai: perhaps}", ("M240", 2, 26)),
        ("serves-minors: {openai: yes}", ("M232", 2, 3)),
        ("serves-minors: {a: {b: c}}", ("M232", 2, 3)),
        ("serves-minors@openai: yes", ("M232", 2, 3)),
        ("uses-weights@nobody: yes", ("M250", 2, 3)),
    ],
)
def test_wrong_places(line: str, expected: tuple[str, int, int]) -> None:
    assert at(fact_error(line)) == expected


def test_what_is_said_of_wrong_places() -> None:
    assert fact_error("uses-weights: {meta/lama-4: yes}").help == "did you mean 'meta/llama-4'?"
    assert fact_error("goals: {opena: []}").help == "did you mean 'openai'?"
    assert fact_error("goals: {zzz: []}").help == "known platforms: deepseek, meta, openai, runway"
    assert fact_error("goals: {shared-alias: []}").help == "write 'meta' or 'openai'"
    assert fact_error("serves-minors: {openai: no}").message == (
        "'serves-minors' has one answer for the whole plan, not one for each platform"
    )
    twice = errors("facts:\n  goals: {openai: []}\n  goals@openai: []\n")
    assert [at(d) for d in twice] == [("M234", 3, 3)]
    assert twice[0].message == "'goals@openai' is answered a second time; the first is in line 2"


# ---- records


def test_who_said_it() -> None:
    assert facts('serves-minors: {value: no, by: "J. Doe"}') == {"serves-minors": Answer(NO, "given", "no", "J. Doe")}
    assert facts("purposes: {value: [customer-support, ...], by: legal}")["purposes"].by == "legal"
    assert facts("serves-minors: {value: no, by: }")["serves-minors"].by is None


def test_suggested() -> None:
    assert facts("serves-minors: {value: no, suggested: yes}") == {"serves-minors": Answer(NO, "suggested", "no")}
    assert facts("serves-minors: {value: no, suggested: no}")["serves-minors"].state == "given"
    assert facts("serves-minors: {value: don't know, suggested: yes}")["serves-minors"].state == "don't know"
    assert facts("serves-minors: {value: , suggested: yes}") == {}


def test_records_around_and_in_a_mapping_of_places() -> None:
    answers = facts("goals: {value: {openai: [], meta: {value: [], suggested: yes}}, by: A}")
    assert (answers["goals@openai"].by, answers["goals@openai"].state) == ("A", "given")
    assert (answers["goals@meta"].by, answers["goals@meta"].state) == (None, "suggested")


@pytest.mark.parametrize(
    "line, expected",
    [
        ("serves-minors: {value: no, bye: A}", ("M220", 2, 30)),
        ("serves-minors: {by: A}", ("M223", 2, 18)),
        ("serves-minors: {value: no, by: [A]}", ("M221", 2, 34)),
        ("serves-minors: {value: no, suggested: perhaps}", ("M240", 2, 41)),
        ("serves-minors: {value: [no]}", ("M221", 2, 26)),
        ("serves-minors: {value: {value: no}}", ("M232", 2, 3)),
        ("goals: {openai: {by: A}}", ("M223", 2, 19)),
        ("goals: {openai: {value: {meta: []}}}", ("M221", 2, 27)),
    ],
)
def test_wrong_records(line: str, expected: tuple[str, int, int]) -> None:
    assert at(fact_error(line)) == expected


# ---- what is no fact


@pytest.mark.parametrize(
    "line, help",
    [
        ("purpose: [customer-support]", "'purpose' is what 'purposes' asks for; did you mean 'purposes'?"),
        ("customer-support: yes", "'customer-support' is a term; did you mean 'purposes: [customer-support]'?"),
        ("stalking: no", "'stalking' is a term; did you mean 'purposes: [not stalking]'?"),
        ("own: yes", "'own' is a term; did you mean 'trained-model-vendor: own'?"),
        ("serve-minors: yes", "did you mean 'serves-minors'?"),
        ("Serves_Minors: yes", "did you mean 'serves-minors'?"),
        ("customer-suport: yes", "did you mean 'purposes: [customer-support]'?"),
        ("learns: yes", "'learns' is defined from other facts; answer those"),
        ("output-scope: verbatim", "'output-scope' is a reading; it is settled in a readings file"),
        ("meta/licence/output-scope: verbatim",
         "'meta/licence/output-scope' is a reading; it is settled in a readings file"),
        ("openai/terms/spam: yes", "it is a provision; a consent to it goes under 'approvals', if its text allows one"),
        ("zzzzzz: yes", None),
    ],
)  # fmt: skip
def test_unknown_facts(line: str, help: str | None) -> None:
    one = fact_error(line)
    assert at(one) == ("M230", 2, 3)
    assert one.help == help
    assert one.message == f"unknown fact '{line.partition(':')[0]}'"


@pytest.mark.parametrize("line", ["law-secures-right: yes", "basis: consent", "own-text-binds@openai/api: no"])
def test_questions_for_counsel(line: str) -> None:
    one = fact_error(line)
    assert at(one) == ("M231", 2, 3)


def test_safeguards_and_wrongs_are_answered_like_facts() -> None:
    assert said("discloses-ai: yes\nunlawful: no\nlicence-copy: {openai: no}") == {
        "discloses-ai": YES,
        "unlawful": NO,
        "licence-copy@openai/api": NO,
    }
    assert facts("unlawful: don't know")["unlawful"] == Answer(None, "don't know", "don't know")


def test_every_answer_knows_its_place() -> None:
    answers = facts("serves-minors: no\npurposes:\n    - customer-support\n    - ...")
    assert answers["serves-minors"].span == Span("plan.yaml", 2, 18, 2, 20)
    assert (answers["purposes"].span.line, answers["purposes"].span.column) == (4, 7)


def test_what_cannot_be_seen_is_shown_by_its_number() -> None:
    one = fact_error("purpo\u200bses: []")
    assert (one.message, one.help) == ("unknown fact 'purpo<U+200B>ses'", "did you mean 'purposes'?")


def test_all_errors_at_once_in_order_of_place() -> None:
    found = errors(
        "as-of: soon\nplatform: [openai]\nplatforms: [nobody, openai]\nfacts:\n  serves-minors: perhaps\n"
        "  nonsense: 1\n  users: many\n  purposes: [one, two]\napprovals: [nothing]\nvocabulary: never\n"
    )
    assert [at(f) for f in found] == [
        ("M224", 1, 8),
        ("M220", 2, 1),
        ("M250", 3, 13),
        ("M240", 5, 18),
        ("M230", 6, 3),
        ("M246", 7, 10),
        ("M241", 8, 14),
        ("M241", 8, 19),
        ("M260", 9, 13),
        ("M225", 10, 13),
    ]
    assert all(f.line for f in found)


def test_too_many_errors_are_cut_short() -> None:
    found = errors("facts:\n  purposes:\n" + "".join(f"    - x{n}\n" for n in range(5000)))
    assert len(found) == 201
    assert "M213" in {f.code for f in found}


# ---- approvals


def approvals(line: str, head: str = "") -> tuple[str, ...]:
    return read(f"{head}approvals: {line}\n").approvals


@pytest.mark.parametrize(
    "item, keys",
    [
        ("openai/health-addendum", ("health-addendum@openai",)),
        ("OpenAI/health-addendum", ("health-addendum@openai",)),
        ("ChatGPT/health-addendum", ("health-addendum@openai",)),
        ("health-addendum@openai", ("health-addendum@openai",)),
        ("meta/beta-access", ("beta-access@meta/llama-3", "beta-access@meta/llama-4")),
        ("meta/llama-4/beta-access", ("beta-access@meta/llama-4",)),
        ("regulator-consent", ("regulator-consent",)),
        ("openai/terms/rival-models", ("openai/terms/rival-models",)),
        ("meta/licence/silence", ("meta/licence/silence",)),
    ],
)
def test_approvals(item: str, keys: tuple[str, ...]) -> None:
    assert approvals(f"[{item}]") == keys
    assert approvals(item) == keys
    assert approvals(f"[{item}, {item}]") == keys


def test_a_bare_approval_is_that_of_the_platforms_named() -> None:
    assert approvals("[health-addendum]", "platforms: [deepseek, openai/api]\n") == (
        "health-addendum@deepseek",
        "health-addendum@openai",
    )
    assert approvals("[beta-access]", "platforms: [deepseek/r1]\n") == ("beta-access@deepseek/r1",)


@pytest.mark.parametrize("text", ["", "[]", "~"])
def test_no_approvals(text: str) -> None:
    assert approvals(text) == ()


@pytest.mark.parametrize(
    "item, code, message, help",
    [
        ("health-addendum", "M263", "'health-addendum' does not say which platform gave it",
         "write the platform before it, such as 'deepseek/health-addendum'"),
        ("openai/terms/spam", "M261", "the text of 'openai/terms/spam' gives no way to approve what it says", ...),
        ("openai/terms/silence", "M261",
         "'openai/terms' does not reserve what it is silent about, so nothing is to be approved", "delete the item"),
        ("openai/terms/rival-model", "M260", "unknown approval 'openai/terms/rival-model'",
         "did you mean 'openai/terms/rival-models'?"),
        ("rival-models", "M260", "unknown approval 'rival-models'", "did you mean 'openai/terms/rival-models'?"),
        ("openai/health-adendum", "M260", "unknown approval 'openai/health-adendum'",
         "did you mean 'openai/health-addendum'?"),
        ("discloses-ai", "M262", "'discloses-ai' is a safeguard, not an approval",
         "write 'discloses-ai: yes' under 'facts'"),
        ("serves-minors", "M262", "'serves-minors' is a fact, not an approval", ...),
        ("openai/api/health-addendum", "M233", "'health-addendum' is given once per platform, not for 'openai/api'",
         "write 'openai/health-addendum'"),
        ("openai/regulator-consent", "M233", "'regulator-consent' is not given per platform",
         "write 'regulator-consent'"),
        ("opena/health-addendum", "M250", "unknown platform 'opena'", "did you mean 'openai'?"),
        ("don't know", "M260", "'don't know' is no approval", ...),
        ("''", "M223", "an item of 'approvals' is empty", ...),
        ("~", "M223", "an item of 'approvals' is empty", ...),
        ("[a]", "M221", "an item of 'approvals' takes one name, not a list", ...),
        ("{a: b}", "M221", "an item of 'approvals' takes one name, not a mapping", ...),
    ],
)  # fmt: skip
def test_wrong_approvals(item: str, code: str, message: str, help: object) -> None:
    (one,) = errors(f"approvals: [{item}]")
    assert (at(one), one.message) == ((code, 1, 13), message)
    assert help is ... or one.help == help


def test_approvals_answered_as_facts() -> None:
    case = read("facts:\n  health-addendum: {openai: yes, meta: no, deepseek: don't know}\n  regulator-consent: yes\n")
    assert case.approvals == ("health-addendum@openai", "regulator-consent")
    assert case.answers == {
        "health-addendum@meta": Answer(NO, "given", "no"),
        "health-addendum@deepseek": Answer(None, "don't know", "don't know"),
    }
    case = read("facts: {openai/terms/rival-models: yes, regulator-consent: {value: yes, suggested: yes}}\n")
    assert case.approvals == ("openai/terms/rival-models",)
    assert case.answers == {"regulator-consent": Answer(YES, "suggested", "yes")}
    case = read("approvals: [regulator-consent]\nfacts: {regulator-consent: yes}\n")
    assert case.approvals == ("regulator-consent",)


@pytest.mark.parametrize("word", ["no", "don't know"])
def test_an_approval_given_and_refused(word: str) -> None:
    (one,) = errors(f"approvals: [openai/health-addendum]\nfacts:\n  health-addendum: {{openai: {word}}}\n")
    assert at(one) == ("M264", 3, 21)
