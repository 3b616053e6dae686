"""The report as JUnit XML, for build servers: a suite for each platform, a test for each offering, and one for a plan
with uses as a whole.

Conflict and needs approval fail; conditional fails unless its conditions are accepted; undetermined, contested and not
covered are errors, since an open question is no pass. Waivers count, and a test that passes by them says so. What an
earlier report has already is skipped, with its verdict as the reason. Holds to the schema of Jenkins' xunit plugin
(junit-10), without times, so that bytes repeat.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from xml.etree import ElementTree as Xml

from ..judge.baseline import rows_of
from ..judge.model import PlanVerdict, Report, Row, Verdict
from .columns import neutral
from .rows import (
    Failure,
    Outcome,
    Standing,
    deciders,
    evidence_line,
    headline,
    in_baseline,
    moves,
    reason,
    standing,
)
from .words import DISCLAIMER, INDEPENDENCE, after_words, gate_words, row_title, waiver_words

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")
"""What XML 1.0 cannot hold, and the control characters that it can."""

_OUTCOMES = {
    Standing.OPEN: "error",
    Standing.REFUSED: "failure",
    Standing.CONDITIONAL: "failure",
}


def render_junit(report: Report, width: int = 0, *, detail: bool = False, color: bool = False) -> str:
    """The report as JUnit XML. `width`, `detail` and `color` are for other formats."""
    return join_junit([report])


def join_junit(outcomes: Iterable[Outcome], width: int = 0, *, detail: bool = False, color: bool = False) -> str:
    """Any number of plans as one JUnit document; suites of several plans are told apart by their file."""
    every = list(outcomes)
    suites = [suite for one in every for suite in _suites(one, len(every) > 1)]
    totals = {key: str(sum(int(suite.get(key, "0")) for suite in suites)) for key in ("tests", "failures", "errors")}
    root = Xml.Element("testsuites", {"name": "mayuse", **totals})
    root.extend(suites)
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _suites(outcome: Outcome, several: bool) -> Iterable[Xml.Element]:
    if isinstance(outcome, Failure):
        yield _failed(outcome)
        return
    plan = _stem(outcome.case_file or "", outcome.case_name)
    platforms: dict[str, list[Row]] = {}
    for row in rows_of(outcome):
        platforms.setdefault(row.name if isinstance(row, PlanVerdict) else row.platform, []).append(row)
    for platform, rows in platforms.items():
        name = f"{platform} ({outcome.case_file or outcome.case_name})" if several else platform
        cases = [_case(outcome, row, f"{plan}.{_part(platform)}") for row in rows]
        yield _suite(name, cases, _properties(outcome), outcome.case_file)
    if not outcome.verdicts:
        case = _element("testcase", {"name": "no offering was checked", "classname": plan})
        case.append(_element("error", {"type": "nothing checked", "message": "no offering was checked"}))
        yield _suite("mayuse", [case], _properties(outcome), outcome.case_file)


def _properties(report: Report) -> dict[str, str]:
    return {
        "case": report.case_name,
        "case-sha256": report.case_sha256,
        "as-of": report.as_of.isoformat(),
        "rules-revision": report.revision,
        "rules-sha256": report.rules_sha256,
        "engine": report.engine,
        "gate": gate_words(report),
        **{f"waiver of {one.provision}": waiver_words(one) for one in report.waivers},
        "disclaimer": DISCLAIMER,
        "independence": INDEPENDENCE,
    }


def _suite(name: str, cases: Sequence[Xml.Element], properties: dict[str, str], file: str | None) -> Xml.Element:
    def count(tag: str) -> str:
        return str(sum(case.find(tag) is not None for case in cases))

    numbers = {"failures": count("failure"), "errors": count("error"), "skipped": count("skipped")}
    suite = _element(
        "testsuite", {"name": name, "tests": str(len(cases)), **numbers, **({"file": file} if file else {})}
    )
    listed = Xml.SubElement(suite, "properties")
    listed.extend(_element("property", {"name": key, "value": value}) for key, value in properties.items())
    suite.extend(cases)
    return suite


def _case(report: Report, row: Row, classname: str) -> Xml.Element:
    """A row as a test. What passes says on what it rests; what does not says why and what would move it."""
    case = _element("testcase", {"name": row_title(row), "classname": classname})
    stands = standing(report, row)
    said = [
        f"{headline(row)}: {row.because}" if row.because else headline(row),
        *(line for one in deciders(row) for line in (reason(one), evidence_line(one))),
        *moves(report, row),
    ]
    text = "\n".join(map(neutral, said))
    words = after_words(row.verdict, row.after_waivers)
    summary = f"{words}: {row.because}" if row.because else words
    if in_baseline(report, row):
        summary = f"in the baseline: {summary}"
        case.append(_element("skipped", {"type": row.verdict.value, "message": neutral(summary)}, text))
    elif stands in _OUTCOMES:
        case.append(_element(_OUTCOMES[stands], {"type": row.verdict.value, "message": neutral(summary)}, text))
    else:
        conditional = (row.after_waivers or row.verdict) is Verdict.CONDITIONAL
        accepted = f"\naccepted: {', '.join(map(neutral, report.gate.accepted))}" if conditional else ""
        case.append(_element("system-out", {}, text + accepted))
    return case


def _failed(failure: Failure) -> Xml.Element:
    """A plan that could not be checked: one suite with one error."""
    case = _element("testcase", {"name": failure.file or "check", "classname": _stem(failure.file, "check")})
    first = failure.diagnostics[0] if failure.diagnostics else None
    message = neutral(f"{first.code}: {first.message}") if first else "not checked"
    text = "\n\n".join(one.render() for one in failure.diagnostics)
    case.append(_element("error", {"type": first.code if first else "M499", "message": message}, text))
    about = {"engine": failure.engine, "disclaimer": DISCLAIMER, "independence": INDEPENDENCE}
    return _suite("mayuse", [case], about, failure.file or None)


def _element(tag: str, attributes: dict[str, str], text: str | None = None) -> Xml.Element:
    """An element whose texts XML can hold."""
    made = Xml.Element(tag, {key: _legal(neutral(value)) for key, value in attributes.items()})
    made.text = None if text is None else _legal(text)
    return made


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)


def _stem(file: str, name: str) -> str:
    """What a build server groups a plan's tests under: a dot in it would begin another group."""
    return _part(PurePosixPath(file.replace("\\", "/")).stem or name)


def _part(name: str) -> str:
    return neutral(name).replace(".", "_") or "plan"
