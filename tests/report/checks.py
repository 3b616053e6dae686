"""Each format held to its own standard by a reader that is not ours: what a text says about the rows of a report."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import xmlschema
from mayuse.judge.baseline import rows_of
from mayuse.judge.model import Report, Verdict
from mayuse.report.columns import neutral
from mayuse.report.rows import PASSING, Standing, headline, in_baseline, standing
from mayuse.report.words import row_title

SCHEMAS = Path(__file__).parent / "schemas"
REPORT_SCHEMA = json.loads((files("mayuse.report") / "report.schema.json").read_text("utf-8"))


@cache
def sarif_schema() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(
        json.loads((SCHEMAS / "sarif-2.1.0.json").read_text("utf-8")), format_checker=jsonschema.FormatChecker()
    )


@cache
def junit_schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd")


def names(report: Report) -> list[str]:
    return [neutral(row_title(row)) for row in rows_of(report)]


def through(report: Report) -> set[str]:
    """The rows that a gate may let through."""
    return {neutral(row_title(row)) for row in rows_of(report) if standing(report, row) in PASSING}


def sarif(text: str, *reports: Report) -> list[dict]:
    """The runs; each row is among its run's logical locations, and has a result unless it is permitted."""
    log = json.loads(text)
    sarif_schema().validate(log)
    assert len(log["runs"]) == len(reports)
    assert len({run["automationDetails"]["id"] for run in log["runs"]}) == len(reports)
    for run, report in zip(log["runs"], reports, strict=True):
        assert [one["fullyQualifiedName"] for one in run["logicalLocations"]] == names(report)
        assert run["invocations"] == [{"executionSuccessful": True}]
        rules = [one["id"] for one in run["tool"]["driver"]["rules"]]
        assert len(rules) == len(set(rules))
        shown, standing_out, rows = set(), set(), rows_of(report)
        for result in run["results"]:
            assert rules[result["ruleIndex"]] == result["ruleId"]
            assert (result["level"] == "none") == (result["kind"] != "fail")
            for location in result.get("locations", ()):
                for logical in location.get("logicalLocations", ()):
                    row = rows[logical["index"]]
                    assert (result["kind"] == "pass") == (row.verdict is Verdict.PERMITTED)
                    assert result["partialFingerprints"]
                    shown.add(logical["index"])
                    if not result.get("suppressions"):
                        standing_out.add(logical["index"])
        assert {at for at, row in enumerate(rows) if row.verdict is not Verdict.PERMITTED} <= shown
        assert {at for at, row in enumerate(rows) if standing(report, row) not in PASSING} <= standing_out
        assert report.verdicts or run["results"][0]["kind"] == "open"
    return log["runs"]


def junit(text: str, *reports: Report) -> ElementTree.Element:
    """The root; each row is one test, and passes only where the gate lets it through on its own."""
    assert not any(ord(char) < 32 and char != "\n" for char in text)
    junit_schema().validate(text)
    root = ElementTree.fromstring(text.encode("utf-8"))
    cases = list(root.iter("testcase"))
    rows = [(report, row) for report in reports for row in rows_of(report)]
    if rows and all(report.verdicts for report in reports):
        assert sorted(case.get("name", "") for case in cases) == sorted(n for report in reports for n in names(report))
    for case in cases:
        bad = [tag for tag in ("failure", "error", "skipped") if case.find(tag) is not None]
        passing = {name for report in reports for name in through(report)}
        assert len(bad) <= 1 and (bad or case.get("name") in passing)
    for suite in root.iter("testsuite"):
        found = list(suite.iter("testcase"))
        for tag, key in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert int(suite.get(key, "")) == sum(case.find(tag) is not None for case in found)
        assert int(suite.get("tests", "")) == len(found)
    assert cases
    return root


def github(text: str, *reports: Report) -> list[tuple[str, dict[str, str], str]]:
    """The commands, read as the runner reads them; one for each row, and no others."""
    commands = []
    for line in text.splitlines():
        if not line.startswith("::"):
            assert "##[" not in line and not line.lstrip().startswith("::")
            continue
        head, _, message = line[2:].partition("::")
        level, _, said = head.partition(" ")
        assert level in ("error", "warning", "notice")
        properties = {key: unescaped(value) for key, _, value in (one.partition("=") for one in said.split(","))}
        commands.append((level, properties, unescaped(message)))
    rows = [(report, row) for report in reports for row in rows_of(report)]
    assert len(commands) == len(rows) + sum(not report.verdicts for report in reports)
    if all(report.verdicts for report in reports):
        for (level, properties, _), (report, row) in zip(commands, rows, strict=True):
            assert properties["title"].startswith(neutral(headline(row)))
            good = standing(report, row) in (Standing.PERMITTED, Standing.ACCEPTED) and not in_baseline(report, row)
            assert (level == "notice") == good
    return commands


def unescaped(text: str) -> str:
    for escape, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, char)
    return text


def csv_rows(text: str, *reports: Report) -> list[dict[str, str]]:
    """The rows, every line ended by CRLF; none begins a formula."""
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    for row in rows:
        assert None not in row and None not in row.values()
        for value in row.values():
            assert value == "-" or not value.startswith(("=", "+", "-", "@", "\t", "\r"))
    if reports and all(report.verdicts for report in reports):
        wanted = [
            (row.verdict.value, row.after_waivers.value if row.after_waivers else "", getattr(row, "as_of", one.as_of))
            for one in reports
            for row in rows_of(one)
        ]
        found = [(row["verdict"], row["after_waivers"], row["as_of"]) for row in rows]
        assert found == [(verdict, after, day.isoformat()) for verdict, after, day in wanted]
    assert rows
    return rows


def jsonl_rows(text: str, *reports: Report) -> list[dict]:
    """The lines, each of which stands alone."""
    lines = [json.loads(line) for line in text.splitlines()]
    for line in lines:
        assert line.keys() == {
            *("schema", "engine", "rules", "as_of", "disclaimer", "independence"),
            *("case", "row", "gate", "verdict", "plan", "waivers", "errors"),
        }
        for key in ("verdict", "plan"):
            if line[key] is not None:
                schema = {"$defs": REPORT_SCHEMA["$defs"], "$ref": f"#/$defs/{key}"}
                jsonschema.Draft202012Validator(schema).validate(line[key])
        assert (line["verdict"] is None) + (line["plan"] is None) == (1 if line["row"] is not None else 2)
    if reports and all(report.verdicts for report in reports):
        assert [line["row"] for line in lines] == [row.name for one in reports for row in rows_of(one)]
        assert [len(line["waivers"]) for line in lines] == [len(one.waivers) for one in reports for _ in rows_of(one)]
    assert lines
    return lines


CHECKS = {"sarif": sarif, "junit": junit, "github": github, "csv": csv_rows, "jsonl": jsonl_rows}


def check_all(formats: dict, report: Report, only: Iterable[str] = CHECKS) -> None:
    """`report` in every format, without and with detail, twice the same bytes."""
    for name in only:
        for detail in (False, True):
            text = formats[name](report, 80, detail=detail)
            assert formats[name](report, 80, detail=detail) == text
            CHECKS[name](text, report)
