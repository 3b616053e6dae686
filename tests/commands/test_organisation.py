"""The example of docs/organisation.md, changed: own texts are held to their quotes, their hash and their ledger."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
EXAMPLE = Path(__file__).parents[2] / "docs" / "organisation"
OWN = ("--document", "northwind/policy", "--document", "deepseek/northwind-contract")


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example, as the working folder."""
    shutil.copytree(EXAMPLE, tmp_path / "organisation")
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path / "organisation")
    return tmp_path / "organisation"


def changed(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert re.search(old, text)
    file.write_text(re.sub(old, new, text), "utf-8")


def verdicts(run: Run, *words: str) -> dict[str, str]:
    rows = json.loads(run("check", *words, "--format", "json").stdout)["verdicts"]
    return {row["offering"]: row["verdict"] for row in rows}


def test_own_texts_are_verified(run: Run, ours: Path) -> None:
    done = run("verify", *OWN, "--format", "json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert {quote["how"] for quote in found["quotes"]} == {"exact"}
    assert all(one["paragraphs"] == one["accounted"] for one in found["documents"])


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("northwind/policy.md", "each year", "every year", "M312"),
        ("northwind/policy.rules", r' sha256 "\w+"', "", None),
        ("northwind/policy.rules", "employees at work", "employees at home", "M321"),
        ("northwind/policy.rules", r'"policy\.md"', '"polcy.md"', "M311"),
        ("northwind/policy.rules", r'"policy\.md"', '"../../plan.yaml"', "M315"),
        ("northwind/policy.ledger", r"\n6e5ced6a8cbf1ce7.*", "", "M303"),
    ],
)
def test_what_no_longer_fits_is_an_error(run: Run, ours: Path, file: str, old: str, new: str, code: str | None) -> None:
    changed(ours / "rules" / file, old, new)
    done = run("verify", *OWN)
    assert done.exit_code == (1 if code else 0), done.output
    assert code is None or code in done.stderr


def test_a_text_without_a_hash_is_still_looked_through(run: Run, ours: Path) -> None:
    changed(ours / "rules" / "northwind" / "policy.rules", r' sha256 "\w+"', "")
    changed(ours / "rules" / "northwind" / "policy.md", "watches employees at work", "follows a person about")
    assert run("verify", *OWN).exit_code == 1


def test_the_policy_decides_where_the_contract_allows(run: Run, ours: Path) -> None:
    assert verdicts(run, "plan.yaml") == {"northwind/deepseek-api": "permitted", "northwind/policy": "needs approval"}
    assert set(verdicts(run, "plan-agreed.yaml").values()) == {"permitted"}
    changed(ours / "plan-agreed.yaml", "discloses-ai: yes", "discloses-ai: no")
    assert set(verdicts(run, "plan-agreed.yaml").values()) == {"conflict"}


def test_under_a_contract_the_vendors_own_offerings_are_not_covered(run: Run, ours: Path) -> None:
    found = verdicts(run, "plan.yaml", "--platform", "deepseek")
    assert set(found.values()) == {"not covered"}
    assert len(found) == 4


def test_before_its_day_a_contract_is_not_covered(run: Run, ours: Path) -> None:
    found = verdicts(run, "plan-agreed.yaml", "--as-of", "2026-09-15")
    assert found == {"northwind/deepseek-api": "not covered", "northwind/policy": "permitted"}


def test_an_alias_of_its_own_makes_a_licence_known(run: Run, ours: Path) -> None:
    words = ("plan-agreed.yaml", "--model-card", "model-card.md")
    assert "not covered" in verdicts(run, *words)["model-card/northwind-support-1.0"]
    changed(
        ours / "rules" / "northwind" / "platform.rules",
        r"under policy\n",
        'under policy\n           alias "northwind-support-1.0"\n',
    )
    assert "northwind/policy" in verdicts(run, *words)
