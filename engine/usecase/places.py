"""From a word of the user's to platforms and offerings: an id, or an alias of a platform in any case.

A place is a platform, which stands for all its offerings, or one offering. An id always wins over an alias.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..language.diagnostics import clip, did_you_mean
from ..language.tree import Span
from ..rulebook.model import Rules
from .findings import Findings


@dataclass(frozen=True, slots=True)
class Place:
    """A platform and, where one was named, an offering of it (full id)."""

    platform: str
    offering: str | None = None

    def offerings(self, rules: Rules) -> tuple[str, ...]:
        """The ids of the offerings meant."""
        return (self.offering,) if self.offering else rules.platforms[self.platform].offerings


def read_place(rules: Rules, word: str, span: Span, found: Findings) -> Place | None:
    """The place that `word` names, or None and a diagnostic."""
    for spelling in (word, word.lower()):
        if spelling in rules.offerings:
            return Place(rules.offerings[spelling].platform, spelling)
        if spelling in rules.platforms:
            return Place(spelling)
    if len(named := _by_alias(rules, word)) == 1:
        return Place(named[0])
    if named:
        choices = " or ".join(repr(n) for n in named[:4])
        found.add("M252", f"'{clip(word)}' is an alias of {len(named)} platforms", span, f"write {choices}")
        return None
    head, slash, tail = word.partition("/")
    platforms = [head.lower()] if head.lower() in rules.platforms else _by_alias(rules, head)
    if slash and len(platforms) == 1:
        offering = f"{platforms[0]}/{tail.lower()}"
        if offering in rules.offerings:
            return Place(platforms[0], offering)
        offerings = rules.platforms[platforms[0]].offerings
        help = f"its offerings: {_some(offerings)}" if offerings else "it has no offerings"
        near = did_you_mean(tail.lower(), [o.partition("/")[2] for o in offerings])
        if near is not None:
            help = near.replace("'", f"'{platforms[0]}/", 1)
        message = f"'{platforms[0]}' has no offering '{clip(tail)}'"
        found.add("M250", message, span, help)
        return None
    aliases = (a for p in rules.platforms.values() for a in p.aliases)
    known = (*rules.platforms, *rules.offerings) if slash else (*rules.platforms, *aliases)
    otherwise = f"known platforms: {_some(tuple(rules.platforms))}"
    found.add("M250", f"unknown platform '{clip(word)}'", span, did_you_mean(word.lower(), known, otherwise))
    return None


def _by_alias(rules: Rules, word: str) -> list[str]:
    folded = word.casefold()
    return [p.id for p in rules.platforms.values() if any(a.casefold() == folded for a in p.aliases)]


def _some(names: tuple[str, ...]) -> str:
    names = tuple(sorted(names))
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "") or "none"
