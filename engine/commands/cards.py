"""`--model-card`: the offerings that a Hugging Face model card names, and what was made of each of its lines.

The reading is `usecase.model_card`; here it becomes an option, and lines on standard error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..report.columns import harmless

if TYPE_CHECKING:
    from ..rulebook.model import Rules
    from ..usecase.model_card import CardOfferings, Gap, ModelCard

F = TypeVar("F", bound=Callable[..., Any])


def model_card_option(function: F) -> F:
    """`--model-card FILE`, repeatable."""
    return click.option(
        "--model-card",
        "cards",
        metavar="FILE",
        multiple=True,
        type=click.Path(),
        help="The offerings that this Hugging Face model card (README.md) names, and its base models'. Repeatable.",
    )(function)


def of_cards(rules: Rules, files: Iterable[str]) -> tuple[Rules, tuple[str, ...]]:
    """The offerings of the cards; what they name and the rules do not know becomes an offering that nothing covers."""
    from ..usecase.model_card import with_gaps

    offerings: dict[str, None] = {}
    gaps: list[Gap] = []
    for card, chosen in _read(rules, files):
        offerings |= dict.fromkeys(chosen.offerings)
        gaps += chosen.gaps
        _tell(card, chosen)
    rules, unknown = with_gaps(rules, gaps)
    return rules, (*offerings, *unknown)


def known_of_cards(rules: Rules, files: Iterable[str]) -> tuple[str, ...]:
    """The offerings of the cards; UseCaseError where one names something that the rules do not know."""
    from ..usecase.model_card import refuse_gaps

    offerings: dict[str, None] = {}
    for card, chosen in _read(rules, files):
        refuse_gaps(card, chosen.gaps)
        _tell(card, chosen)
        offerings |= dict.fromkeys(chosen.offerings)
    return tuple(offerings)


def _read(rules: Rules, files: Iterable[str]) -> list[tuple[ModelCard, CardOfferings]]:
    from ..usecase.model_card import card_offerings, load_card

    return [(card, card_offerings(rules, card)) for card in map(load_card, files)]


def _tell(card: ModelCard, chosen: CardOfferings) -> None:
    """What was chosen and why, a line a claim, in the order of the card."""
    said = [(claim, f"checked as {', '.join(ids)}") for claim, ids in chosen.found]
    said += [(gap.claim, "shown as not covered" + (f"; {gap.help}" if gap.help else "")) for gap in chosen.gaps]
    for claim, what in sorted(said, key=lambda one: (one[0].span.line, one[0].span.column)):
        how = f" ({card.relation})" if card.relation and claim.key == "base_model" else ""
        click.echo(harmless(f"{card.file}:{claim.span.line}: {claim}{how}: {what}"), err=True)
