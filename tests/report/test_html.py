"""The HTML report, read by a parser that is not ours: valid, self-contained, accessible, and nothing in it is markup of
others."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from importlib.resources import files

import pytest
from checks import names
from html_checks import matrix, page, text_of
from hypothesis import given, settings, strategies as st
from mayuse.judge.baseline import against, rows_of
from mayuse.judge.model import Verdict
from mayuse.report.columns import neutral
from mayuse.report.earlier import read_baseline
from mayuse.report.html import MARKS
from mayuse.report.json import render_json
from samples import CONDITIONAL, FULL, SAMPLES, poisoned

CSS = (files("mayuse.report") / "report.css").read_text("utf-8")


@pytest.mark.parametrize("detail", [False, True])
@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_a_valid_page_with_every_row(name: str, detail: bool) -> None:
    report = SAMPLES[name]
    rows = matrix(page(report, detail))
    assert len(rows) == len(rows_of(report))
    for shown, row, called in zip(rows, rows_of(report), names(report), strict=True):
        assert " ".join(called.split()) in shown[0]
        assert shown[1].startswith(f"{MARKS[row.verdict]} {row.verdict.value}")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_no_text_becomes_markup(text: str) -> None:
    root = page(replace(poisoned(text), case_file=text or None), True)
    assert text_of(root.find(".//h1")) == (" ".join(neutral(text).split()) or "unnamed plan")


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style><b>", "<!--", "]]>", "&lt;b&gt;&#60;"],
)
def test_markup_in_a_text_is_shown_as_it_is(text: str) -> None:
    root = page(poisoned(text))
    assert text_of(root.find(".//h1")) == text
    assert any(text in text_of(one) for one in root.iter("blockquote"))


def test_only_addresses_of_the_web_are_links() -> None:
    bad = replace(FULL.verdicts[-1].findings[0], source="javascript:alert(1)")
    root = page(replace(FULL, verdicts=(replace(FULL.verdicts[-1], findings=(bad,)),)))
    assert all(one.get("href", "").startswith("#") for one in root.iter("a"))
    assert any("javascript:alert(1)" in text_of(cell) for cell in root.iter("td"))
    assert any(one.get("href", "").startswith("https://") for one in page(FULL).iter("a"))


def test_nothing_is_loaded_and_only_the_style_is_allowed() -> None:
    root = page(FULL)
    policy = next(one.get("content", "") for one in root.iter("meta") if one.get("http-equiv"))
    style = "".join(root.find("head/style").itertext())  # type: ignore[union-attr]
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert style == CSS and "url(" not in CSS and "@import" not in CSS and "</" not in CSS


def test_conditions_are_a_list_to_tick_off() -> None:
    section = page(FULL).find(".//section[@id='conditions']")
    assert section is not None
    boxes = [one for one in section.iter("span") if one.get("class") == "box"]
    assert len(boxes) == len(CONDITIONAL.conditions)
    assert all(one.get("role") == "img" and one.get("aria-label") for one in boxes)
    assert "human-review and binds-users" in text_of(section) and "labels-output" in text_of(section)
    assert text_of(section).count("accepted") == 1


def test_open_points_stand_under_whose_move_it_is() -> None:
    section = page(FULL).find(".//section[@id='open']")
    assert section is not None
    heads = [text_of(one).partition(":")[0] for one in section.iter("h3")]
    assert heads == ["You", "Counsel", "The platform, or whoever else grants it", "Whoever reads the text"]


def test_the_rest_of_the_file_is_there() -> None:
    root = page(FULL)
    ids = [one.get("id") for one in root.iter("section")]
    first = ["verdicts", "reasons", "conditions", "open", "evidence", "coverage"]
    assert ids == [*first, "representations", "leaned-on", "answers", "standing", "reported"]
    whole = text_of(root)
    for words in (
        FULL.rules_sha256,
        FULL.case_sha256,
        "9f" * 32,
        "0123456789012345678901234567890123456789",
        "last seen 2026-08-22",
        "Is any of it meant to harm someone?",
        "vocabulary/output is verbatim",
    ):
        assert words in whole


def test_a_baseline_is_shown() -> None:
    found = read_baseline(render_json(FULL))
    assert not isinstance(found, str)
    root = page(against(FULL, found))
    assert "in the baseline" in text_of(root.find(".//section[@id='verdicts']"))
    assert "The plan is the same file" in text_of(root.find(".//section[@id='baseline']"))


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    full = "".join(char * 2 for char in colour[1:]) if len(colour) == 4 else colour[1:]
    parts = [int(full[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("verdict", Verdict, ids=lambda verdict: verdict.value)
def test_every_badge_has_enough_contrast(verdict: Verdict) -> None:
    rule = re.search(rf"^\.{verdict.value.replace(' ', '-')} {{ color: (#\w+); background: (#\w+);", CSS, re.MULTILINE)
    assert rule and contrast(rule[1], rule[2]) >= 4.5


def test_every_other_text_has_enough_contrast() -> None:
    colours = dict(re.findall(r"--(\w+): (#\w+);", CSS))
    for text in ("ink", "soft", "accent"):
        for ground in ("#fff", colours["wash"]):
            assert contrast(colours[text], ground) >= 4.5
