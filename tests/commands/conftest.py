"""A small rule set and a plan for it, and a runner for the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

sys.path.insert(0, str(Path(__file__).parents[1] / "report"))

VOCABULARY = """
term purpose "What the system is for"
term assisting "Helping people" under purpose
term customer-support "Answering customers" under assisting
term watching "Watching people" under purpose
term mass-watching "Watching a population" under watching
fact purposes "What is the system for?" many of purpose
fact improves-model "Does it help make a model?" yes or no
fact shares-model "Will others get that model?" yes or no asked when improves-model
safeguard discloses-ai "Are people told that it is an AI?"
wrong unlawful "Is any part of it against the law?"
define makes-model as improves-model
topic training "Training"
topic rival-training "Training rivals" under training
topic surveillance "Surveillance"
regulation eu-ai-act "Regulation (EU) 2024/1689"
"""
PLATFORM = """
platform acme "Acme AI"
  alias "acme-ai"
  offering api "Acme API" under terms
  offering app "Acme App" under terms, app-terms
"""
TERMS = """
document terms "Acme Terms"
  own "terms.md"
  captured 2026-03-27 seen 2026-08-22
  encoded 2026-11-20
  coverage whole

reading scope "What counts as a model?"
  choice narrow "Only one that competes"
  choice broad "Any model"

prohibit rivals "No rival models"
  section "3" quote "develop models that compete with ours"
  when makes-model and reading scope is broad
  unless approved by platform section "9" quote "unless we agree in writing"
  topic rival-training
  see eu-ai-act "Annex III(5)"

prohibit watching "No watching of populations"
  section "4" quote "indiscriminate monitoring of a whole population"
  when purposes includes mass-watching
  topic surveillance

require label "People are told"
  section "5" quote "clearly disclose that it is an AI"
  when purposes includes assisting
  that discloses-ai

permit research "Research is allowed"
  section "6" quote "may use it for research purposes"
  when purposes is only customer-support
  overrides rivals

reserve stop "May suspend"
  section "7" quote "may suspend access at any time"
  when always
"""
APP = """
document app-terms "Acme App Terms"
  own "app.md"
  captured 2026-03-27 seen 2026-08-22
  coverage whole

permit use "May use the app"
  section "1" quote "you may use the app freely"
  when always
"""
PLAN = """name: Support bot
as-of: 2026-11-23
platforms: [acme/api]
facts:
  purposes: [customer-support]
  improves-model: no
"""


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan in a file, with the small rule set as the only rules."""
    rules = tmp_path / "rules"
    for name, text in {
        "vocabulary/all.rules": VOCABULARY,
        "acme/platform.rules": PLATFORM,
        "acme/terms.rules": TERMS,
        "acme/app-terms.rules": APP,
    }.items():
        (rules / name).parent.mkdir(parents=True, exist_ok=True)
        (rules / name).write_text(text.lstrip(), encoding="utf-8")
    monkeypatch.setattr("mayuse.load.shipped_folder", lambda: rules)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    file = tmp_path / "plan.yaml"
    file.write_text(PLAN, encoding="utf-8")
    return file


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs a command line as `mayuse` would."""
    monkeypatch.delenv("MAYUSE_TRACEBACK", raising=False)

    def invoke(*words: object, text: str | None = None) -> Result:
        from mayuse.commands.main import main

        return CliRunner().invoke(main, [str(word) for word in words], input=text, prog_name="mayuse")

    return invoke
