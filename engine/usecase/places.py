"""A word of a use case that should name a platform or offerings, or the diagnostic of one that does not.

What a word names is `rulebook.places`; here is only what the planner is told.
"""

from __future__ import annotations

from ..language.diagnostics import clip
from ..language.tree import Span
from ..rulebook.model import Rules
from ..rulebook.places import Place, nearest, places_of, split
from .findings import Findings


def read_place(rules: Rules, word: str, span: Span, found: Findings) -> Place | None:
    """The place that `word` names, or None and a diagnostic."""
    places = places_of(rules, word)
    if len(places) == 1:
        return places[0]
    if places:
        choices = " or ".join(repr(place.platform) for place in places[:4])
        found.add("M252", f"'{clip(word)}' is an alias of {len(places)} platforms", span, f"write {choices}")
        return None
    near = nearest(rules, word)
    help = f"did you mean '{near}'?" if near else None
    platform, _ = split(rules, word)
    if platform is not None:
        offerings = rules.platforms[platform].offerings
        message = f"'{platform}' has no offering '{clip(word.partition('/')[2])}'"
        found.add("M250", message, span, help or (f"its offerings: {_some(offerings)}" if offerings else "it has none"))
    else:
        otherwise = f"known platforms: {_some(tuple(rules.platforms))}"
        found.add("M250", f"unknown platform '{clip(word)}'", span, help or otherwise)
    return None


def _some(names: tuple[str, ...]) -> str:
    names = tuple(sorted(names))
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "") or "none"
