"""`mayuse compare`, and what `explain` says of how others handle a topic."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


@pytest.fixture
def two(plan: Path) -> Path:
    """The small rules and another platform beside them, which was not read whole."""
    other = plan.parent / "rules" / "globex"
    other.mkdir()
    (other / "platform.rules").write_text(
        'platform globex "Globex"\n  offering api "Globex API" under terms\n', "utf-8"
    )
    (other / "terms.rules").write_text(
        'document terms "Globex Terms"\n  own "t.md"\n  captured 2026-01-01\n\n'
        'prohibit models "No | models"\n'
        '  section "2"\n  quote "may not make any models"\n  when improves-model\n  topic training\n',
        "utf-8",
    )
    return plan


def test_one_cell_an_offering(run: Run, two: Path) -> None:
    document = json.loads(run("compare", "training", "--format", "json", "--as-of", "2026-11-23").stdout)
    assert (document["topics"], document["as_of"]) == (["rival-training", "training"], "2026-11-23")
    cells = {cell["offering"]: cell for cell in document["cells"]}
    assert {name: cell["position"] for name, cell in cells.items()} == dict.fromkeys(
        ["acme/api", "acme/app", "globex/api"], "stated"
    )
    (stated,) = cells["acme/api"]["provisions"]
    assert stated["id"] == "acme/terms/rivals"
    assert stated["says"] == "forbids"
    assert stated["quote"] == ["develop models that compete with ours"]


def test_silent_and_not_covered_are_different_words(run: Run, two: Path) -> None:
    text = run("compare", "surveillance", "--width", 80).stdout
    assert "globex/api  not covered" in text
    text = run("compare", "rival-training", "--platform", "globex", "--width", 80).stdout
    assert "not covered" in text
    assert "acme" not in text
    (two.parent / "rules/globex/terms.rules").write_text(
        (two.parent / "rules/globex/terms.rules")
        .read_text("utf-8")
        .replace("2026-01-01\n", "2026-01-01\n  coverage whole\n"),
        "utf-8",
    )
    assert "globex/api  silent" in run("compare", "surveillance", "--width", 80).stdout


@pytest.mark.parametrize("width", [60, 80, 160])
def test_the_table_fits(run: Run, two: Path, width: int) -> None:
    lines = run("compare", "training", "--width", width).stdout.split("\n")
    assert max(map(len, lines)) <= width


def test_markdown_escapes(run: Run, two: Path) -> None:
    text = run("compare", "training", "--format", "markdown").stdout
    assert "| globex/api | forbids | No \\| models" in text


def test_an_unknown_topic(run: Run, plan: Path) -> None:
    result = run("compare", "trainig")
    assert result.exit_code == 2
    assert "did you mean 'training'?" in result.stderr


def test_explain_tells_how_others_handle_it(run: Run, two: Path) -> None:
    text = " ".join(run("explain", "globex/terms/models", "--width", 160).stdout.split())
    assert "how others handle this (Training)" in text
    assert "acme (api and app): forbids: No rival models" in text
    alone = run("explain", "acme/terms/research").stdout
    assert "how others" not in alone
