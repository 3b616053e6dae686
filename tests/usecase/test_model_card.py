"""Model cards: what the front matter claims, which offerings that means, and that nothing claimed is ever dropped."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from asking import at, check_style
from click.testing import CliRunner, Result
from hypothesis import given, strategies as st
from mayuse.judge import Verdict, check
from mayuse.language.diagnostics import UseCaseError
from mayuse.load import load_rules, load_texts
from mayuse.usecase import read_use_case
from mayuse.usecase.model_card import ModelCard, card_offerings, load_card, read_card, refuse_gaps, with_gaps

TEXTS = {
    "lama/platform.rules": """
fact f "F?" yes or no
platform lama "Lama"
  alias "lama-org"
  offering lama-3 "Lama 3" under licence
           alias "lama3.3", "lama-org/Lama-3.3-70B", "https://lama.test/LICENSE"
  offering lama-4 "Lama 4" under licence alias "lama4"
document licence "Lama Licence"
  own "licence.md"
  coverage whole
prohibit a "A"
  when f
""",
    "ours/platform.rules": """
platform ours "Ours"
  offering mit "MIT" under licence alias "mit"
document licence "MIT Licence"
  own "mit.md"
  coverage whole
permit b "B"
  when always
""",
}
RULES = load_texts(TEXTS)


def card(front: str) -> ModelCard:
    """The card with this front matter."""
    return read_card(f"---\n{front}\n---\n# Title\nlicense: none\n".encode())


def meant(front: str) -> tuple[list[str], list[str]]:
    """The offerings that a card means, and what it names in vain."""
    chosen = card_offerings(RULES, card(front))
    return list(chosen.offerings), [gap.claim.words[0] if gap.claim.words else "" for gap in chosen.gaps]


@pytest.mark.parametrize(
    ("front", "offerings", "unknown"),
    [
        ("license: lama3.3", ["lama/lama-3"], []),
        ("license: LAMA3.3", ["lama/lama-3"], []),
        ("license: [lama3.3, lama4]", ["lama/lama-3", "lama/lama-4"], []),
        ("license: mit\nbase_model: lama-org/Lama-3.3-70B", ["ours/mit", "lama/lama-3"], []),
        ("license: mit\nbase_model:\n- lama-org/lama-3.3-70b\n- x/y", ["ours/mit", "lama/lama-3"], ["x/y"]),
        ("license: mit\nbase_model: https://huggingface.co/lama-org/Lama-3.3-70B", ["ours/mit", "lama/lama-3"], []),
        ("license: apache-2.0\nbase_model: lama-org/Lama-3.3-70B", ["lama/lama-3"], ["apache-2.0"]),
        ("license: other\nlicense_name: lama4", ["lama/lama-4"], []),
        ("license: other\nlicense_name: mine\nlicense_link: https://lama.test/LICENSE", ["lama/lama-3"], []),
        ("license: other\nlicense_link: https://lama.test/LICENSE", ["lama/lama-3"], []),
        ("license: other\nlicense_name: mine\nlicense_link: LICENSE", [], ["mine"]),
        ("license: other", [], ["other"]),
        ("license: unknown", [], ["unknown"]),
        ("license_name: lama4", ["lama/lama-4"], []),
        ("license: lama3.3\nlicense_name: mine", ["lama/lama-3"], ["mine"]),
        ("license: [mit, other]\nlicense_name: [lama4, mine]", ["ours/mit", "lama/lama-4"], ["mine"]),
        ("license: lama", [], ["lama"]),
        ("license: lama-org", [], ["lama-org"]),
        ("license: mit\nbase_model: lama-org/Lama-9", ["ours/mit"], ["lama-org/Lama-9"]),
        ("license: mit OR lama3.3", [], ["mit OR lama3.3"]),
        ("license: no", [], ["no"]),
        ("license:", [], [""]),
        ("license: ~\nbase_model: lama-org/Lama-3.3-70B", ["lama/lama-3"], [""]),
        ("tags: [x]", [], [""]),
        ("", [], [""]),
    ],
)
def test_what_a_card_means(front: str, offerings: list[str], unknown: list[str]) -> None:
    assert meant(front) == (offerings, unknown)


@pytest.mark.parametrize(
    "source",
    [
        b"---\r\nlicense: lama4\r\nbase_model: x/y\r\n---\r\nText\r\n",
        b"---\rlicense: lama4\rbase_model: x/y\r---\rText",
        b"\xef\xbb\xbf---\nlicense: lama4\nbase_model: x/y\n---\n",
        b"---  \nlicense: lama4\nbase_model: x/y\n---",
        b"---\nlicense: lama4\nbase_model: x/y\n---\n" + b"\xff\xfe no text \x00" * 500_000,
    ],
)
def test_ends_of_lines_marks_and_what_follows_play_no_part(source: bytes) -> None:
    claims = read_card(source).claims
    assert [(c.key, c.words[0], c.span.line, c.span.column) for c in claims] == [
        ("license", "lama4", 2, 10),
        ("base_model", "x/y", 3, 13),
    ]


def test_places_count_the_lines_before_the_front_matter() -> None:
    assert read_card(b"\n\n---\nlicense: lama4\n---\n").claims[0].span.line == 4


@pytest.mark.parametrize(
    ("source", "place"),
    [
        (b"", ("M290", 1, 1)),
        (b"# Title\n---\nlicense: mit\n---\n", ("M290", 1, 1)),
        (b"---\nlicense: mit\n", ("M290", 1, 1)),
        (b"---\nlicense: mit\n----\n", ("M290", 1, 1)),
        (b"---\n- license: mit\n---\n", ("M290", 1, 1)),
        (b"---\nx: " + b"a" * (1 << 20) + b"\n---\n", ("M201", 1, 1)),
        (b"\xff\xfe-\x00-\x00-\x00", ("M202", 1, 1)),
        (b"---\nlicense: \xff\n---\n", ("M202", 2, 10)),
        (b"---\nlicense: mit\nlicense: lama4\n---\n", ("M210", 3, 1)),
        (b"---\nlicense: [mit\n---\n", ("M205", 2, 10)),
        (b"---\nlicense: &a mit\nbase_model: *a\n---\n", ("M208", 2, 10)),
        (b"---\nlicense: {a: b}\n---\n", ("M291", 2, 10)),
        (b"---\nbase_model: [[x/y]]\n---\n", ("M291", 2, 14)),
        (b"---\nbase_model:\n- \n- x/y\n---\n", ("M291", 3, 2)),
        (b"---\nbase-model: x/y\n---\n", ("M291", 2, 1)),
        (b"---\nbase_models: [x/y]\n---\n", ("M291", 2, 1)),
        (b"---\nlicence: mit\n---\n", ("M291", 2, 1)),
    ],
)
def test_a_card_that_cannot_be_read(source: bytes, place: tuple[str, int, int]) -> None:
    with pytest.raises(UseCaseError) as caught:
        read_card(source)
    assert at(caught.value.diagnostics[0]) == place
    check_style(list(caught.value.diagnostics))


def test_many_results_of_benchmarks_are_no_hindrance() -> None:
    rows = "".join(f"- {{name: a{n}, type: b, value: {n}}}\n" for n in range(10_000))
    assert meant(f"license: lama4\nmodel-index:\n{rows}") == (["lama/lama-4"], [])


def test_a_gap_is_a_row_that_is_never_better_than_not_covered() -> None:
    chosen = card_offerings(RULES, card("license: nobodys\nbase_model: [lama-org/Lama-3.3-70B, NoBodys, nobodys]"))
    rules, unknown = with_gaps(RULES, chosen.gaps)
    assert unknown == ("model-card/nobodys", "model-card/nobodys-2", "model-card/nobodys-3")
    report = check(rules, read_use_case(RULES, "facts: {f: no}"), offerings=(*chosen.offerings, *unknown))
    assert [row.verdict for row in report.verdicts] == [Verdict.PERMITTED, *[Verdict.NOT_COVERED] * 3]
    assert report.gate.exit_code == 4
    assert "README.md:2" in report.verdicts[1].because
    assert with_gaps(RULES, ()) == (RULES, ())
    with pytest.raises(UseCaseError) as caught:
        refuse_gaps(card(""), chosen.gaps)
    assert [d.code for d in caught.value.diagnostics] == ["M292"] * 3


words = st.one_of(
    st.sampled_from(["lama3.3", "mit", "other", "unknown", "lama", "x/y", "lama-org/Lama-3.3-70B", "", "~", "no"]),
    st.text(max_size=12),
)
values = st.recursive(words, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=2))
keys = st.sampled_from(
    ["license", "license_name", "license_link", "base_model", "base_model_relation", "tags", "base-model"]
)


@given(st.dictionaries(keys, values, max_size=6))
def test_nothing_that_a_card_claims_is_dropped(front: dict[str, object]) -> None:
    try:
        read = read_card(f"---\n{json.dumps(front)}\n---\n".encode("utf-8", "surrogatepass"))
    except UseCaseError:
        return
    chosen = card_offerings(RULES, read)
    assert len(chosen.found) + len(chosen.gaps) == len(read.claims) >= 1
    shown = {word for claim in read.claims for word in claim.words}
    for key in ("license", "license_name", "base_model"):
        given = front.get(key) or []
        for word in given if isinstance(given, list) else [given]:
            if word and not re.match("(?i)other|unknown", str(word)) and word.isascii() and word.isalnum():
                assert word in shown
    rules, unknown = with_gaps(RULES, chosen.gaps)
    assert len(unknown) == len(chosen.gaps)
    assert {*chosen.offerings, *unknown} <= rules.offerings.keys()


@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda b: b"---\n" + b + b"\n---\n"))
def test_no_bytes_crash_it(source: bytes) -> None:
    try:
        assert card_offerings(RULES, read_card(source))
    except UseCaseError as error:
        assert error.diagnostics


# ---- the commands


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the rules as the only ones, a plan that nothing speaks against, and its working folder."""
    for name, text in TEXTS.items():
        (tmp_path / "rules" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "rules" / name).write_text(text, "utf-8")
    monkeypatch.setattr("mayuse.load.shipped_folder", lambda: tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_text("platforms: [lama/lama-4]\nfacts: {f: no}\n", "utf-8")
    return tmp_path


def run(*words: str) -> Result:
    from mayuse.commands.main import main

    return CliRunner().invoke(main, [*words])


def test_check_says_what_it_chose_and_why(folder: Path) -> None:
    (folder / "README.md").write_text(
        "---\nlicense: mit\nbase_model: lama-org/Lama-3.3-70B\nbase_model_relation: finetune\n---\n", "utf-8"
    )
    done = run("check", "plan.yaml", "--model-card", "README.md", "--format", "json")
    assert [row["offering"] for row in json.loads(done.stdout)["verdicts"]] == ["lama/lama-3", "ours/mit"]
    assert done.exit_code == 0
    assert done.stderr.splitlines() == [
        "README.md:2: licence 'mit': checked as ours/mit",
        "README.md:3: base model 'lama-org/Lama-3.3-70B' (finetune): checked as lama/lama-3",
    ]
    both = run("check", "plan.yaml", "--model-card", "README.md", "--platform", "lama4", "--format", "json")
    assert len(json.loads(both.stdout)["verdicts"]) == 3


@pytest.mark.parametrize("front", ["license: nobodys", "tags: [x]", "license: lama4\nbase_model: some/one", ""])
def test_what_is_not_known_never_passes(folder: Path, front: str) -> None:
    (folder / "README.md").write_text(f"---\n{front}\n---\n", "utf-8")
    done = run("check", "plan.yaml", "--model-card", "README.md")
    assert done.exit_code == 4
    assert "not covered" in done.stdout
    assert "shown as not covered" in done.stderr
    refused = run("init", "--model-card", "README.md")
    assert refused.exit_code == 2
    assert "M292" in refused.stderr
    assert refused.stdout == ""


def test_init_begins_a_plan_for_a_card(folder: Path) -> None:
    (folder / "README.md").write_text("---\nlicense: lama3.3\nbase_model: lama4\n---\n", "utf-8")
    done = run("init", "--model-card", "README.md")
    assert read_use_case(load_rules(), done.stdout).offerings == ("lama/lama-3", "lama/lama-4")


def test_wrong_uses_are_exit_code_2(folder: Path) -> None:
    (folder / "README.md").write_text("# no card\n", "utf-8")
    for words, said in (
        (["--model-card", "README.md"], "M290"),
        (["--model-card", "none.md"], "M200"),
        (["--model-card", "README.md", "--all"], "exclude each other"),
    ):
        done = run("check", "plan.yaml", *words)
        assert done.exit_code == 2
        assert said in done.stderr
    (folder / "huge.md").write_bytes(b"---\nlicense: mit\n---\n" + b"\0" * (1 << 22))
    assert load_card(folder / "huge.md").claims[0].words == ("mit",)
    (folder / "huge.md").write_bytes(b"---\nlicense: mit\n" + b"#\n" * (1 << 21) + b"---\n")
    with pytest.raises(UseCaseError, match="does not end within the first MiB"):
        load_card(folder / "huge.md")
