"""The score: who notices which fault, and what is shown of those that nobody does."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result
from mayuse.cases.closing import closing, closings, proposed
from mayuse.cases.model import Case
from mayuse.cases.mutants import mutants
from mayuse.cases.mutation import Bench
from mayuse.cases.read import read_text
from mayuse.cases.score import ALONE, APART, EVERYWHERE, TOGETHER, drawn, scores, tries
from mayuse.cases.sites import Sites
from mayuse.cases.verdicts import failures, judged
from mayuse.cases.write import case_text
from mayuse.commands.main import main
from mayuse.commands.test_mutate import report
from mayuse.lint import lints
from mayuse.load import load_rules, load_texts
from mayuse.rulebook.model import Rules

from .small import FILES, RULES


def small() -> tuple[Rules, Sites, list[Case]]:
    rules = load_texts({"acme.rules": RULES})
    sites = Sites(rules)
    cases = []
    for document, text in FILES.items():
        found, wrong = read_text(sites, text, f"{document}.yaml", f"{document}.yaml")
        assert not wrong
        cases += found
    return rules, sites, cases


def test_every_lint_is_asked_or_none_of_a_mutants_business() -> None:
    assert sorted({*ALONE, *TOGETHER, *EVERYWHERE, *APART}) == sorted(one.name for one in lints())


def test_cases_notice_and_their_absence_shows() -> None:
    rules, sites, cases = small()
    every = list(mutants(rules))
    bench = Bench(sites)
    full, none = (scores(tries(bench, some, every)) for some in (cases, []))
    assert [one.mutants for one in full] == [one.mutants for one in none]
    for with_cases, without in zip(full, none, strict=True):
        assert with_cases.noticed["cases"] > 0 == without.noticed["cases"]
        assert with_cases.noticed["load"] == without.noticed["load"]
        assert with_cases.equivalent <= without.equivalent
        assert with_cases.percent > without.percent
        assert with_cases.killed + len(with_cases.survivors) == with_cases.faults


def test_the_case_shown_for_a_survivor_reads_back_holds_and_notices() -> None:
    rules, sites, _ = small()
    bench = Bench(sites)
    for one in scores(tries(bench, [], mutants(rules))):
        for decision in one.survivors:
            case = bench.case(decision)
            name = case.clause.rpartition("/")[2]
            item = case_text(rules, proposed(sites, case)).strip().replace("\n", "\n    ")
            document = case.clause.rpartition("/")[0]
            text = f"document: {document}\ncases:\n  {name}:\n    {item}\n"
            (read,), wrong = read_text(sites, text, "cases.yaml", f"{document}.yaml")
            assert not wrong and (read.clause, read.site, read.told) == (case.clause, case.site, case.told)
            assert not list(failures(sites, judged(sites, read)))  # type: ignore[arg-type]
            (tried,) = tries(bench, [read], [decision.mutant])
            assert tried.noticed == "cases", decision.mutant.id


def test_a_plan_that_no_words_tell_is_said_to_be_one() -> None:
    rules = load_texts(
        {
            "acme.rules": 'term body "A body"\nterm firm "A firm" under body\nfact kind "Who?" one of body\n'
            'platform acme "Acme"\n  offering api "API" under terms\n'
            'document terms "Terms"\n  own "terms.md"\n  captured 2026-01-01\n  coverage whole\n'
            'prohibit others "No others"\n  when kind is body other than firm\n'
        }
    )
    sites = Sites(rules)
    text = report(sites, scores(tries(Bench(sites), [], mutants(rules))), 90, "table", 100)
    assert "acme/terms/others:negate:1: 'kind is body other than firm' is negated\n" in text
    assert "  - {plan: {kind: firm}, gives: permitted}\n" in text
    assert "  no words tell the plan of a case of acme/terms/others that notices\n" in text


def test_the_cases_for_survivors_leave_none() -> None:
    rules, sites, cases = small()
    bench = Bench(sites)
    every = list(mutants(rules))
    survivors = [d for one in scores(tries(bench, cases, every)) for d in one.survivors]
    made = closing(bench, survivors)
    assert 0 < len(made) <= len(survivors)
    assert not [d for one in scores(tries(bench, [*cases, *made], every)) for d in one.survivors]
    assert sum(len(found) for of in closings(bench, survivors).values() for found in of.values()) == len(made)


def test_a_lint_notices() -> None:
    rules, sites, _ = small()
    (gone,) = (m for m in mutants(rules) if m.says == "'reading rivalry is every' is left out")
    (tried,) = tries(Bench(sites), [], [gone])
    assert tried.noticed == "lint"


def test_a_sample_is_the_same_for_the_same_seed() -> None:
    every = list(mutants(load_rules(), ["deepseek/terms-of-use"]))
    some = drawn(every, 7, 20)
    assert some == drawn(every, 7, 20) != drawn(every, 8, 20)
    assert len(some) == 20 and [m for m in every if m in some] == some
    assert drawn(every, 7, None) == every == drawn(every, 7, len(every) + 1)
    assert drawn([m for m in every if m not in drawn(every, 7, 5)], 7, 15) == [
        m for m in some if m not in drawn(every, 7, 5)
    ]


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["test", "--mutate", *map(str, words)], prog_name="mayuse")


def test_the_command_scores_each_document(cases: Path) -> None:
    done = run("--cases", cases, "--min", 0)
    assert done.exit_code == 0, done.output
    assert "Document" in done.stdout and "acme/terms" in done.stdout
    report = json.loads(run("--cases", cases, "--min", 0, "--format", "json").stdout)
    assert [one["document"] for one in report["documents"]] == ["acme/annex", "acme/licence", "acme/terms"]
    for one in report["documents"]:
        noticed = one["load"] + one["cases"] + one["lint"]
        assert noticed + len(one["survivors"]) + one["equivalent"] == one["mutants"]


def test_the_command_exits_with_1_below_the_least(cases: Path) -> None:
    (cases / "acme/annex.yaml").write_text(
        "document: acme/annex\ncases:\n  many:\n  - {plan: {european: no}, gives: permitted}\n", encoding="utf-8"
    )
    done = run("--cases", cases, "--only", "acme/annex/many", "--min", 95)
    assert done.exit_code == 1, done.output
    assert (
        "acme/annex/many:move-threshold:1: 'people-reached above 1000' stands for 'people-reached at least 1000'"
        in (done.stdout)
    )
    assert "  - {plan: {" in done.stdout and "1 document below 95" in done.stdout
    assert run("--cases", cases, "--only", "acme/annex/many", "--min", 0).exit_code == 0


def test_the_command_puts_cases_for_survivors_into_the_files(cases: Path) -> None:
    (cases / "acme/annex.yaml").write_text(
        "document: acme/annex\ncases:\n  many:\n  - {plan: {european: no}, gives: permitted}\n", encoding="utf-8"
    )
    words = ("--cases", cases, "--only", "acme/annex/many")
    done = run(*words, "--write")
    assert done.exit_code == 0 and done.stdout == f"{(cases / 'acme/annex.yaml').as_posix()}\n"
    assert (cases / "acme/annex.yaml").read_text("utf-8").count("plan:") > 1
    assert "0 documents below 100" in run(*words, "--min", 100).stdout


def test_the_command_draws_by_seed(cases: Path) -> None:
    words = ("--cases", cases, "--min", 0, "--sample", 9, "--format", "json")
    first, again, other = (run(*words, "--seed", seed).stdout for seed in (1, 1, 2))
    assert first == again != other
    assert sum(one["mutants"] for one in json.loads(first)["documents"]) == 9
