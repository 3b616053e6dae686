"""Numbers as people write them: `700 million`, `1_000_000`, `under 5`, `at least 12.5`, `10 to 20`.

One number or one range, exact as a decimal. What could be meant in two ways (`1 to 5 million`, `1,000`, `1e6`) is
refused with the two ways spelt out, rather than guessed.
"""

from __future__ import annotations

import re
from decimal import Decimal

from ..language.diagnostics import clip
from .model import RangeValue

MOST_DIGITS = 15
SCALES = {"thousand": 3, "million": 6, "billion": 9}

HOW = "write a number, or 'under N', 'over N', 'at least N', 'at most N', 'N to M'"

_NUMBER = r"[+-]?[0-9][0-9_]*(?:\.[0-9]+)?(?: ?(?:thousand|million|billion))?"
_BOUND = re.compile(rf"(?P<word>under|below|over|above|at least|at most) (?P<n>{_NUMBER})")
_RANGE = re.compile(rf"(?P<n>{_NUMBER})(?: to | ?\.\. ?)(?P<m>{_NUMBER})")
_BETWEEN = re.compile(rf"between (?P<n>{_NUMBER}) and (?P<m>{_NUMBER})")
_ONE = re.compile(_NUMBER)
_PARTS = re.compile(r"(?P<sign>[+-]?)(?P<whole>[0-9_]+)(?P<fraction>\.[0-9]+)? ?(?P<scale>[a-z]*)")


class NumberError(Exception):
    """A number that cannot be used: `code`, message and help of its diagnostic."""

    def __init__(self, code: str, message: str, help: str | None) -> None:
        self.code, self.message, self.help = code, message, help
        super().__init__(message)


def read_range(text: str, whole: bool) -> RangeValue:
    """The range that `text` names. `whole` where only whole numbers from zero up count. Raises NumberError."""
    words = " ".join(text.split()).lower()
    if found := _ONE.fullmatch(words):
        exact = _number(words, whole)
        return RangeValue(exact, exact)
    if found := _BOUND.fullmatch(words):
        n = _number(found["n"], whole)
        match found["word"]:
            case "under" | "below":
                if whole and n == 0:
                    raise NumberError("M247", f"'{clip(text)}' leaves no number: a count is never under 0", None)
                return RangeValue(high=n, below=True)
            case "over" | "above":
                return RangeValue(low=n, above=True)
            case "at least":
                return RangeValue(low=n)
            case _:
                return RangeValue(high=n)
    if found := _RANGE.fullmatch(words) or _BETWEEN.fullmatch(words):
        return _range(text, found["n"], found["m"], whole)
    raise _not_understood(text, words)


def _range(text: str, first: str, second: str, whole: bool) -> RangeValue:
    if _scale(second) and not _scale(first) and first.strip("+-0_"):
        help = f"write '{first} {_scale(second)} to {second}', or both numbers in full"
        raise NumberError("M246", f"'{clip(text)}' can be meant in two ways", help)
    low, high = _number(first, whole), _number(second, whole)
    if high < low:
        help = "write the smaller number first"
        raise NumberError("M247", f"the range '{clip(text)}' ends before it begins", help)
    return RangeValue(low, high)


def _scale(word: str) -> str:
    found = _PARTS.fullmatch(word)
    return found["scale"] if found else ""


def _number(word: str, whole: bool) -> Decimal:
    found = _PARTS.fullmatch(word)
    assert found is not None, "the patterns agree"
    digits, fraction, shown = found["whole"], found["fraction"] or "", clip(word, 40)
    if "_" in digits and not re.fullmatch(r"[0-9]{1,3}(_[0-9]{3})+", digits):
        raise NumberError("M246", f"the '_' in '{shown}' do not part it in threes", "write '1_000_000'")
    bare = digits.replace("_", "")
    too_long = f"'{shown}' has more than {MOST_DIGITS} digits"
    if len(bare) + len(fraction.lstrip(".")) > MOST_DIGITS:
        raise NumberError("M247", too_long, None)
    value = Decimal(bare + fraction).scaleb(SCALES.get(found["scale"], 0))
    if value >= 10**MOST_DIGITS:
        raise NumberError("M247", too_long, None)
    if value == value.to_integral_value():
        value = Decimal(int(value))
    elif whole:
        raise NumberError("M247", f"'{shown}' is not a whole number, and this is a count", None)
    if found["sign"] == "-" and value:
        if whole:
            raise NumberError("M247", f"'{shown}' is below zero, and this is a count", None)
        value = -value
    return value


def _not_understood(text: str, words: str) -> NumberError:
    help = HOW
    if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+", words):
        help = f"write '{words.replace(',', '_')}'"
    elif re.fullmatch(r"[0-9]+,[0-9]+", words):
        help = f"write '{words.replace(',', '.')}'"
    elif found := re.fullmatch(rf"(?:more than|greater than|exceeds|>) ?(?P<n>{_NUMBER})", words):
        help = f"write 'over {found['n']}'"
    elif found := re.fullmatch(rf"(?:less than|fewer than|<) ?(?P<n>{_NUMBER})", words):
        help = f"write 'under {found['n']}'"
    elif found := re.fullmatch(rf"(?:>=|minimum) ?(?P<n>{_NUMBER})|(?P<p>{_NUMBER}) ?(?:\+|or more)", words):
        help = f"write 'at least {found['n'] or found['p']}'"
    elif found := re.fullmatch(rf"(?:<=|up to|maximum) ?(?P<n>{_NUMBER})|(?P<p>{_NUMBER}) ?or (?:less|fewer)", words):
        help = f"write 'at most {found['n'] or found['p']}'"
    return NumberError("M246", f"'{clip(text)}' is not a number", help)
