"""Dates and months as they are written in a use case: `2026-11-23`, `2026-11`."""

from __future__ import annotations

import datetime
import re

from ..language.diagnostics import clip
from ..language.tree import Span
from .findings import Findings

FIRST_YEAR, LAST_YEAR = 2000, 2100


def read_date(text: str, what: str, span: Span, found: Findings) -> datetime.date | None:
    """A day between 2000 and 2100, or None and a diagnostic. `what` is the name before the colon."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        found.add("M224", f"'{what}' takes a date, not '{clip(text)}'", span, "write it as '2026-11-23'")
        return None
    try:
        day = datetime.date(*map(int, text.split("-")))
    except ValueError:
        found.add("M224", f"there is no day '{text}'", span, "write year, month, day, as in '2026-11-23'")
        return None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        found.add("M224", f"the date '{text}' is not between {FIRST_YEAR} and {LAST_YEAR}", span)
        return None
    return day


def read_month(text: str, newest: str, span: Span, found: Findings) -> str | None:
    """The vocabulary version that a use case was written for. `newest` is that of the rules, empty where unknown."""
    if not (parts := re.fullmatch(r"(20[0-9]{2}|2100)-([0-9]{2})", text)) or not 1 <= int(parts[2]) <= 12:
        found.add("M225", f"'vocabulary' takes a month, not '{clip(text)}'", span, "write it as '2026-11'")
        return None
    if newest and text > newest:
        message = f"written for the vocabulary of {text}, and these rules have that of {newest}"
        found.add("M225", message, span, "use newer rules, or check the month")
        return None
    return text
