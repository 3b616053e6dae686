"""A small rule set with one provision of each kind, and cases for it that show all that is asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from mayuse.cases.model import Case
from mayuse.cases.read import read_text
from mayuse.cases.sites import Sites
from mayuse.cases.verdicts import Outcome, judged
from mayuse.language.diagnostics import Diagnostic
from mayuse.load import load_texts
from mayuse.rulebook.model import Rules

RULES = """
term purpose "What it is for"
term help-people "Helping people" under purpose
term teach "Teaching" under help-people
term translate "Translating" under help-people
term watch-people "Watching people" under purpose
term mass-watching "Watching a population" under watch-people
term guard-children "Guarding children" under watch-people
fact purposes "What is it for?" many of purpose
fact improves-model "Does it help make a model?" yes or no
fact shares-model "Will others get that model?" yes or no asked when improves-model
fact people-reached "How many people does it reach?" count of people
fact european "Is it for Europe?" yes or no
safeguard tells-people "Are people told?"
safeguard keeps-notice "Does the notice go along?"
safeguard marks-changes "Are changes marked?"
safeguard keeps-keys "Are keys kept secret?"
wrong unlawful "Is any part of it against the law?"
define shared-model as improves-model and shares-model

platform acme "Acme"
  offering api "Acme API" under terms
  offering weights "Acme weights" under licence, terms

document terms "Acme Terms"
  own "terms.md"
  effective 2026-01-01
  coverage whole
  incorporates annex when european

reading rivalry "When does a model rival Acme's?"
  choice sold "Where it is sold"
  choice every "Always"

prohibit rivals "No rival models"
  when shared-model and (people-reached above 100 or reading rivalry is every)
  unless approved by platform
  unless tells-people

prohibit watching "No watching of populations"
  when purposes includes mass-watching

permit children "Children may be guarded"
  in force 2026-03-01
  when purposes is only guard-children, mass-watching and tells-people
  overrides watching

prohibit law "Nothing against the law"
  when unlawful

require passing-on "Conditions of passing on"
  when shares-model
  that keeps-notice
  that marks-changes when purposes includes translate

require keys "Keys are kept secret"
  when always
  that keeps-keys

reserve changes "The terms may change"
  when always

document annex "European annex"
  own "annex.md"
  effective 2026-02-01
  coverage whole

prohibit many "Not for many people in Europe"
  when people-reached at least 1000

document licence "Acme Licence"
  own "licence.md"
  effective 2026-01-01
  coverage whole
  silence is reserved

permit teaching "May be used to teach"
  when purposes is only teach
"""

TERMS = """document: acme/terms
cases:
  rivals:
  - plan: {improves-model: yes, shares-model: yes, acme/terms/rivalry: every, tells-people: no}
    gives: needs approval
    but:
    - {plan: {improves-model: no, shares-model: null}, gives: permitted}
    - {plan: {shares-model: no}, gives: permitted}
    - {plan: {acme/terms/rivals: yes}, gives: permitted}
    - {plan: {tells-people: yes}, gives: permitted}
    - {plan: {tells-people: null}, gives: conditional}
    - {plan: {acme/terms/rivalry: null}, gives: undetermined}
  - plan: {shares-model: yes, people-reached: 200, tells-people: no}
    gives: needs approval
    but:
    - {plan: {acme/terms/rivals: no}, gives: conflict}
  - plan: {shares-model: yes, people-reached: 20, acme/terms/rivalry: every, tells-people: no}
    gives: needs approval
    but:
    - {plan: {acme/terms/rivalry: sold}, gives: permitted}
    - {plan: {acme/terms/rivalry: null}, gives: contested}

  watching:
  - plan: {purposes: [mass-watching]}
    gives: conflict
    but:
    - {plan: {purposes: [guard-children]}, gives: permitted}
    - {plan: {purposes: [watch-people]}, gives: undetermined}
  - plan: {purposes: [mass-watching, guard-children], tells-people: no}
    on: 2026-03-01
    gives: conflict
    but:
    - {plan: {tells-people: yes}, gives: permitted, by: [children]}

  children:
  - plan: {purposes: [guard-children], tells-people: yes}
    gives: holds
    but:
    - {plan: {purposes: [teach]}, gives: does not hold}
    - {plan: {tells-people: no}, gives: does not hold}
    - {plan: {tells-people: null}, gives: may hold}

  law:
  - plan: {unlawful: yes}
    gives: conflict
    but:
    - {plan: {unlawful: null}, gives: permitted}
    - {plan: {unlawful: don't know}, gives: undetermined}

  passing-on:
  - plan: {shares-model: yes, purposes: [translate], keeps-notice: no, marks-changes: yes}
    gives: conflict
    but:
    - {plan: {shares-model: no}, gives: permitted}
    - {plan: {keeps-notice: yes}, gives: permitted}
  - plan: {shares-model: yes, purposes: [translate], keeps-notice: yes, marks-changes: no}
    gives: conflict
    but:
    - {plan: {marks-changes: yes}, gives: permitted}

  keys:
  - plan: {keeps-keys: no}
    gives: conflict
    but:
    - {plan: {keeps-keys: yes}, gives: permitted}
    - {plan: {keeps-keys: null}, gives: permitted}

  changes:
  - {plan: {}, gives: holds}
"""
ANNEX = """document: acme/annex
cases:
  many:
  - plan: {european: yes, people-reached: 1000}
    gives: conflict
    but:
    - {plan: {people-reached: 999}, gives: permitted}
    - {plan: {european: no}, gives: permitted}
"""
LICENCE = """document: acme/licence
cases:
  teaching:
  - plan: {purposes: [teach]}
    gives: holds
    but:
    - {plan: {purposes: [translate]}, gives: does not hold}

  silence:
  - plan: {purposes: [translate]}
    gives: needs approval
    but:
    - {plan: {acme/licence/silence: yes}, gives: permitted}
    - {plan: {purposes: [teach]}, gives: permitted, by: [teaching]}
"""
FILES = {"acme/annex": ANNEX, "acme/licence": LICENCE, "acme/terms": TERMS}


@cache
def rules() -> Rules:
    return load_texts({"acme/rules.rules": RULES})


@cache
def sites() -> Sites:
    return Sites(rules())


def read(text: str, path: str = "acme/terms.yaml") -> tuple[list[Case], list[Diagnostic]]:
    return read_text(sites(), text, path, path)


def outcomes(text: str, path: str = "acme/terms.yaml") -> tuple[list[Outcome], list[Diagnostic]]:
    """What the cases of a text come to, and all that is wrong with them."""
    cases, wrong = read(text, path)
    found: list[Outcome] = []
    for case in cases:
        for one in judged(sites(), case):
            if isinstance(one, Outcome):
                found.append(one)
            else:
                wrong.append(one)
    return found, wrong


def write(folder: Path, files: dict[str, str] = FILES) -> Path:
    """The files in a folder of cases."""
    for name, text in files.items():
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
