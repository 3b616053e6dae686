"""From a word of the user's to platforms and offerings: an id, or an alias of either, in any case.

A place is a platform, which stands for all its offerings, or offerings named by themselves: one by its id, and all that
share an alias by that. An id always wins over an alias. What to say where nothing is found is for whoever asks.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from .model import Rules


@dataclass(frozen=True, slots=True)
class Place:
    """A platform or, where offerings were named, these (full ids; `platform` is then that of the first)."""

    platform: str
    named: tuple[str, ...] = ()

    @property
    def offering(self) -> str | None:
        """The offerings named, for messages; None where the platform was."""
        return "' and '".join(self.named) or None

    def offerings(self, rules: Rules) -> tuple[str, ...]:
        """The ids of the offerings meant."""
        return self.named or rules.platforms[self.platform].offerings


def places_of(rules: Rules, word: str) -> tuple[Place, ...]:
    """What `word` names: one place, none, or the several platforms that share it as an alias."""
    for spelling in (word, word.lower()):
        if spelling in rules.offerings:
            return (Place(rules.offerings[spelling].platform, (spelling,)),)
        if spelling in rules.platforms:
            return (Place(spelling),)
    if named := offerings_by_alias(rules, word):
        return (Place(rules.offerings[named[0]].platform, named),)
    if platforms := _platforms_by_alias(rules, word):
        return tuple(map(Place, platforms))
    platform, tail = split(rules, word)
    if platform and f"{platform}/{tail}" in rules.offerings:
        return (Place(platform, (f"{platform}/{tail}",)),)
    return ()


def offerings_by_alias(rules: Rules, word: str) -> tuple[str, ...]:
    """The ids of all offerings that have this alias."""
    folded = word.casefold()
    return tuple(o.id for o in rules.offerings.values() if any(a.casefold() == folded for a in o.aliases))


def _platforms_by_alias(rules: Rules, word: str) -> list[str]:
    folded = word.casefold()
    return [p.id for p in rules.platforms.values() if any(a.casefold() == folded for a in p.aliases)]


def split(rules: Rules, word: str) -> tuple[str | None, str]:
    """The one platform (or alias of one) before the slash of a word, None where there is none, and what is behind it."""
    head, slash, tail = word.partition("/")
    platforms = [head.lower()] if head.lower() in rules.platforms else _platforms_by_alias(rules, head)
    return (platforms[0] if slash and len(platforms) == 1 else None), tail.lower()


def nearest(rules: Rules, word: str) -> str | None:
    """The id or alias most like a word that names nothing, in its own spelling; None where none is like it."""
    platform, tail = split(rules, word)
    if platform is not None:
        offerings = rules.platforms[platform].offerings
        near = _closest(tail, [o.partition("/")[2] for o in offerings])
        return f"{platform}/{near}" if near else _closest(word, _aliases(rules, offerings))
    ids = [*rules.platforms, *(rules.offerings if "/" in word else ())]
    aliases = [alias for one in rules.platforms.values() for alias in one.aliases]
    return _closest(word, [*ids, *aliases, *_aliases(rules, rules.offerings)])


def _aliases(rules: Rules, offerings: Iterable[str]) -> list[str]:
    return [alias for id in offerings for alias in rules.offerings[id].aliases]


def _closest(word: str, names: Iterable[str]) -> str | None:
    spellings = {name.lower(): name for name in names}
    near = difflib.get_close_matches(word[:80].lower(), sorted(spellings), n=1, cutoff=0.6)
    return spellings[near[0]] if near else None
