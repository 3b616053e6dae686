"""From a word to platforms and offerings: ids, aliases of both, in any case; an alias of several offerings is all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from mayuse.commands.main import main
from mayuse.language.diagnostics import UseCaseError
from mayuse.load import load_rules, load_texts
from mayuse.rulebook.places import Place, nearest, places_of
from mayuse.usecase import read_use_case

TEXTS = {
    "deep/platform.rules": """
fact f "F?" yes or no
platform deep "Deep"
  alias "deep-ai"
  offering api "API" under terms alias "deep-chat"
  offering r1 "R1" under licence
           alias "deep-ai/R1", "Deep-AI/R1-Distill-Lama"
           alias "LicenseRef-deep-1.0"
document terms "Terms"
prohibit a "A" when f
document licence "Licence"
prohibit a "A" when f
""",
    "lama/platform.rules": """
platform lama "Lama"
  alias "lama-org"
  offering lama-3 "Lama 3" under deep/licence alias "lama3.3", "deep-ai/R1-distill-lama"
""",
    "bare/platform.rules": 'platform bare "Bare"',
}
RULES = load_texts(TEXTS)
ALL = ("deep/api", "deep/r1")


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("deep", Place("deep")),
        ("DEEP-AI", Place("deep")),
        ("deep/r1", Place("deep", ("deep/r1",))),
        ("Deep-AI/R1", Place("deep", ("deep/r1",))),
        ("deep-ai/api", Place("deep", ("deep/api",))),
        ("licenseref-DEEP-1.0", Place("deep", ("deep/r1",))),
        ("lama3.3", Place("lama", ("lama/lama-3",))),
        ("deep-ai/r1-distill-LAMA", Place("deep", ("deep/r1", "lama/lama-3"))),
    ],
)
def test_ids_and_aliases(word: str, place: Place) -> None:
    assert places_of(RULES, word) == (place,)


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("depe", "deep"),
        ("lama3.2", "lama3.3"),
        ("deep-ai/R1-Distil-Lama", "Deep-AI/R1-Distill-Lama"),
        ("deep/ap", "deep/api"),
        ("LicenseRef-deep-2.0", "LicenseRef-deep-1.0"),
        ("zzz", None),
        ("", None),
    ],
)
def test_what_names_nothing_has_the_nearest(word: str, near: str | None) -> None:
    assert places_of(RULES, word) == ()
    assert nearest(RULES, word) == near


def test_a_use_case_and_an_option_take_the_same_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in TEXTS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.setattr("mayuse.load.shipped_folder", lambda: tmp_path)
    rules = load_rules()
    plan = tmp_path / "plan.yaml"
    for word, offerings in (
        ("deep", ALL),
        ("lama3.3", ("lama/lama-3",)),
        ("deep-ai/R1-DISTILL-Lama", ("deep/r1", "lama/lama-3")),
    ):
        assert read_use_case(rules, f"platforms: [{word}]").offerings == offerings
        plan.write_text("facts: {f: no}", "utf-8")
        done = CliRunner().invoke(main, ["check", str(plan), "--platform", word, "--format", "json"])
        assert [row["offering"] for row in json.loads(done.stdout)["verdicts"]] == list(offerings)
    with pytest.raises(UseCaseError, match=r"did you mean 'lama3.3'"):
        read_use_case(rules, "platforms: [lama33]")
    for words in (["check", str(plan), "--platform", "lama33"], ["init", "--for", "lama33"]):
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 2
        assert "did you mean 'lama3.3'" in done.stderr
    rows = json.loads(CliRunner().invoke(main, ["list", "offerings", "--format", "json"]).stdout)
    assert rows[0]["aliases"] == ["deep-chat"]
    assert "LicenseRef-deep-1.0" in CliRunner().invoke(main, ["explain", "deep/r1"]).stdout


def test_an_alias_of_offerings_is_no_platform_to_have_a_contract_with() -> None:
    for word in ("lama3.3", "deep-ai/R1-Distill-Lama"):
        with pytest.raises(UseCaseError) as caught:
            read_use_case(RULES, f"contracts: {{{word}: negotiated}}")
        assert [d.code for d in caught.value.diagnostics] == ["M253"]


def test_the_ids_of_shipped_offerings() -> None:
    rules = load_rules()
    for word, offering in (
        ("deepseek-ai/DeepSeek-R1", "deepseek/r1-weights"),
        ("deepseek-ai/DeepSeek-V3", "deepseek/v3-weights"),
        ("LicenseRef-scancode-deepseek-la-1.0", "deepseek/v3-weights"),
    ):
        assert places_of(rules, word) == (Place("deepseek", (offering,)),)
    assert not places_of(rules, "deepseek-ai/DeepSeek-R1-Distill-Llama-70B")
