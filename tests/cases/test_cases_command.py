"""`mayuse test`: what it prints, its exit codes, and what it proposes."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result
from mayuse.commands.main import main

from .small import FILES, TERMS, write


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["test", *map(str, words)], prog_name="mayuse")


def test_all_well_exits_with_0(cases: Path) -> None:
    done = run("--cases", cases)
    assert done.exit_code == 0, done.output
    assert done.stdout.split("\n") == [
        "Document      Provisions  Cases  Near misses  Failed  Missing",
        "------------  ----------  -----  -----------  ------  -------",
        "acme/annex    1           1      2            0       0",
        "acme/licence  2           2      3            0       0",
        "acme/terms    7           11     22           0       0",
        "",
        "14 cases, 27 plans beside them; 0 failed, 0 missing",
        "",
    ]


def test_a_failure_exits_with_1_at_its_place(cases: Path) -> None:
    write(
        cases, {"acme/terms": TERMS.replace("{unlawful: null}, gives: permitted", "{unlawful: null}, gives: conflict")}
    )
    done = run("--cases", cases, "--only", "acme/terms/law")
    assert done.exit_code == 1, done.output
    line = TERMS.split("\n").index("    - {plan: {unlawful: null}, gives: permitted}") + 1
    file = (cases / "acme/terms.yaml").as_posix()
    assert done.stdout.startswith(f"{file}:{line}:8: error[M520]: acme/terms/law: expected conflict, is permitted\n")
    assert "  help: at acme/api on 2026-01-01, false is when unlawful\n" in done.stdout
    report = json.loads(run("--cases", cases, "--format", "json").stdout)
    assert [one["code"] for one in report["failed"]] == ["M520"]


def test_what_is_missing_exits_with_1_and_names_the_command(cases: Path) -> None:
    (cases / "acme/annex.yaml").unlink()
    done = run("--cases", cases)
    assert done.exit_code == 1, done.output
    assert "error[M523]: acme/annex/many: no case that it catches" in done.stdout
    assert f"help: 'mayuse test --cases {cases} --propose acme/annex/many' prints what is missing" in done.stdout
    assert run("--cases", cases, "--only", "terms").exit_code == 0


def test_what_cannot_be_read_exits_with_2_all_at_once(cases: Path) -> None:
    bad = TERMS.replace("gives: does not hold", "gives: conflict").replace("{unlawful: yes}", "{unlawfull: yes}")
    write(cases, {"acme/terms": bad})
    done = run("--cases", cases)
    assert done.exit_code == 2 and done.stdout == ""
    assert done.stderr.count("error[") == 3
    assert run("--cases", cases / "none").exit_code == 2
    assert run("--cases", cases, "--only", "tems").exit_code == 2


def test_coverage_of_each_provision(cases: Path) -> None:
    done = run("--cases", cases, "--coverage", "--width", 120)
    assert done.exit_code == 0, done.output
    rows = {line.split()[0]: line.split()[1:] for line in done.stdout.split("\n") if line.startswith("acme/")}
    assert rows["acme/terms/rivals"][:5] == ["4", "2/2", "2/2", "3", "2/2"]
    report = json.loads(run("--cases", cases, "--coverage", "--format", "json").stdout)
    (law,) = (one for one in report["coverage"] if one["provision"] == "acme/terms/law")
    assert law["targets"] == [{"kind": "when", "words": "unlawful", "shown": True, "exempt": None}]
    assert report["documents"][0] == {
        "document": "acme/annex", "provisions": 1, "cases": 1, "near_misses": 2, "failed": 0, "missing": 0,
    }  # fmt: skip
    assert len(report["documents"]) == len(FILES)


def test_proposals_are_printed_or_written(cases: Path) -> None:
    (cases / "acme/annex.yaml").unlink()
    printed = run("--cases", cases, "--propose", "annex")
    assert printed.exit_code == 0, printed.output
    assert printed.stdout.startswith(
        "# What each provision of 'European annex' makes of a plan.\ndocument: acme/annex\n"
    )
    assert not (cases / "acme/annex.yaml").exists()
    written = run("--cases", cases, "--propose", "all", "--write")
    assert (cases / "acme/annex.yaml").as_posix() in written.stdout.split("\n")
    assert (cases / "acme/annex.yaml").read_text("utf-8") + "\n" == printed.stdout
    assert run("--cases", cases).exit_code == 0
    assert run("--cases", cases, "--propose", "anex").exit_code == 2


def test_proposals_need_no_cases_to_begin_with(cases: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    assert run("--cases", new, "--propose", "all", "--write").exit_code == 0
    assert run("--cases", new).exit_code == 0
    assert run("--cases", new, "--propose", "all").stdout == ""
