"""A Hugging Face model card: the licence and the base models that its front matter names, as offerings of the rules.

A model is under its own licence and under that of every model it was made from, so everything named counts. What the
rules do not know becomes a stand-in that no text governs: a check then has a row for it, which is *not covered* and
never lets the rest pass for the whole. What the body of the card says is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ..language.diagnostics import UseCaseError, clip
from ..language.tree import Span
from ..rulebook.model import Document, Offering, Platform, Rules
from ..rulebook.places import nearest, offerings_by_alias, places_of
from .findings import Enough, Findings, refuse, visible
from .source import MOST_BYTES, decode, read_bytes
from .yaml_nodes import Items, Mapping, Node, Scalar, compose, missing, written

MOST_VALUES = 200_000
"""How many values a front matter may have: results of benchmarks stand in it by the thousand."""

KEYS = ("license", "license_name", "license_link", "base_model", "base_model_relation")
"""What is read of a front matter."""

_OPENING = re.compile(rb"\A(?:\xef\xbb\xbf)?[ \t\r\n]*---[ \t]*(?:\r\n|\n|\r)")
_CLOSING = re.compile(rb"(?:\A|\r\n|\n|\r)---[ \t]*(?=[\r\n]|\Z)")
_HUB = re.compile(r"\A(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/(?:models/)?", re.IGNORECASE)
_NAMELESS = ("other", "unknown")


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing a card says it is under: `key` is where, `words` are ids of the same thing, the first one shown; none
    where the card names no licence."""

    key: str
    words: tuple[str, ...]
    span: Span

    def __str__(self) -> str:
        what = "base model" if self.key == "base_model" else "licence"
        return f"{what} '{clip(visible(self.words[0]))}'" if self.words else f"no {what}"


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a card claims, in the order of the text, and how it says it came from its base models."""

    file: str
    claims: tuple[Claim, ...]
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A claim that names no offering of the rules, and what may help."""

    claim: Claim
    why: str
    help: str | None


@dataclass(frozen=True, slots=True)
class CardOfferings:
    """The offerings that a card's claims mean, and the claims that mean none."""

    found: tuple[tuple[Claim, tuple[str, ...]], ...]
    gaps: tuple[Gap, ...]

    @property
    def offerings(self) -> tuple[str, ...]:
        """The ids of all offerings meant, each once."""
        return tuple(dict.fromkeys(id for _, ids in self.found for id in ids))


def load_card(path: str | Path) -> ModelCard:
    """The card in a file. Raises UseCaseError, also where the file cannot be read."""
    return read_card(read_bytes(Path(path), str(path)), str(path))


def read_card(source: bytes, name: str = "README.md") -> ModelCard:
    """The card that a README says. Raises UseCaseError where it has no front matter, or one that cannot be read."""
    found = Findings(name)
    text = _front_matter(source, found)
    card = ModelCard(name, (Claim("license", (), _top(name)),))
    try:
        root = compose(text, found, most=MOST_VALUES) if text.strip() else None
        if isinstance(root, Mapping):
            card = ModelCard(name, tuple(_claims(root, found)), _relation(root))
        elif root is not None:
            found.add(
                "M290", "the front matter is not a mapping of names to values", _top(name), "write 'license: mit'"
            )
    except Enough:
        pass
    refuse(found, text)
    return card


def _top(name: str) -> Span:
    return Span(name, 1, 1, 1, 2)


def _front_matter(source: bytes, found: Findings) -> str:
    """The front matter as text whose lines have the numbers they have in the file."""
    if source.startswith((b"\xff\xfe", b"\xfe\xff")):
        decode(source[:2], found.file)  # refuses it
    opening = _OPENING.match(source)
    help = "a card begins with a line '---', its metadata, and another line '---'"
    if opening is None:
        found.add("M290", "this is no model card: it has no front matter", _top(found.file), help)
        refuse(found, "")
    assert opening is not None
    closing = _CLOSING.search(source, opening.end() - 1)
    if closing is None:
        too_long = len(source) > MOST_BYTES
        message = "the front matter does not end" + (" within the first MiB" if too_long else "")
        found.add("M290", message, _top(found.file), help)
        refuse(found, "")
    assert closing is not None
    body = source[opening.end() : max(opening.end(), closing.start())]
    if not body.strip():
        return ""
    before = len(re.findall(rb"\r\n|\n|\r", opening.group()))
    return decode(b"\n" * before + body, found.file)


def _claims(root: Mapping, found: Findings) -> Iterator[Claim]:
    for entry in root.entries:
        meant = entry.key.lower().replace("-", "_").replace("licence", "license").rstrip("s")
        if entry.key not in KEYS and meant in KEYS:
            found.add("M291", f"'{clip(entry.key)}' is no name of a model card", entry.span, f"did you mean '{meant}'?")
    licences = _words(root, "license", found)
    names = _words(root, "license_name", found)
    links = [word for word, _ in _words(root, "license_link", found)] if len(names) < 2 else []
    nameless = [one for one in licences if one[0].lower() in _NAMELESS]
    yield from (Claim("license", (word,), span) for word, span in licences if (word, span) not in nameless)
    yield from (Claim("license", (word, *links), span) for word, span in names or nameless)
    if not licences and not names:
        empty = root.entry("license")
        yield Claim("license", (), empty.span if empty else _top(found.file))
    for word, span in _words(root, "base_model", found):
        yield Claim("base_model", (_HUB.sub("", word).strip("/"), word), span)


def _words(root: Mapping, key: str, found: Findings) -> list[tuple[str, Span]]:
    """The texts that stand under a key: one, or those of a list, each with its place."""
    entry = root.entry(key)
    if entry is None or missing(entry.value):
        return []
    nodes: tuple[Node, ...] = entry.value.items if isinstance(entry.value, Items) else (entry.value,)
    words = []
    for node in nodes:
        word = written(node) if isinstance(node, Scalar) else ""
        if not word:
            found.add(
                "M291", f"'{key}' takes an id or a list of ids", node.span, "write 'owner/name', or a licence's id"
            )
        words.append((word, node.span))
    return [one for one in words if one[0]]


def _relation(root: Mapping) -> str:
    entry = root.entry("base_model_relation")
    return clip(written(entry.value), 40) if entry and isinstance(entry.value, Scalar) else ""


# ---- claims to offerings


def card_offerings(rules: Rules, card: ModelCard) -> CardOfferings:
    """What the claims of a card mean. Only offerings count: of a platform as a whole nobody knows which terms hold."""
    found, gaps = [], []
    for claim in card.claims:
        ids = tuple(dict.fromkeys(id for word in claim.words for id in _offerings(rules, word)))
        if ids:
            found.append((claim, ids))
        else:
            gaps.append(_gap(rules, claim))
    return CardOfferings(tuple(found), tuple(gaps))


def _offerings(rules: Rules, word: str) -> tuple[str, ...]:
    return offerings_by_alias(rules, word) or tuple(id for place in places_of(rules, word) for id in place.named)


def _gap(rules: Rules, claim: Claim) -> Gap:
    at = f"{claim.span.file}:{claim.span.line}"
    if not claim.words:
        return Gap(claim, f"{at} names no licence, so what holds is not known", "ask whoever published the model")
    places = [place for word in claim.words for place in places_of(rules, word)]
    if places:
        platform = places[0].platform
        offerings = ", ".join(rules.platforms[platform].offerings) or "none that can be checked"
        why = f"{at} names the platform '{platform}', and not which of its terms"
        return Gap(claim, why, f"name one with --platform in place of the card: {offerings}")
    near = next((one for one in (nearest(rules, word) for word in claim.words) if one), None)
    why = f"{at} names it, and no rules say what it asks"
    return Gap(claim, why, f"the nearest id that is known is '{near}'" if near else None)


def with_gaps(rules: Rules, gaps: Iterable[Gap]) -> tuple[Rules, tuple[str, ...]]:
    """The rules with an offering for each gap, under a text of which nothing is known, and the ids of these offerings.

    They are judged like all others, and so are never better than not covered.
    """
    platform = "model-card"
    while platform in rules.platforms:
        platform += "-x"
    offerings: dict[str, Offering] = {}
    documents: dict[str, Document] = {}
    for gap in gaps:
        id = _free(f"{platform}/{_slug(gap.claim)}", offerings)
        title = str(gap.claim)[0].upper() + str(gap.claim)[1:]
        documents[id] = _unread(id, platform, title, gap)
        offerings[id] = Offering(id, platform, title, (id,), gap.claim.span)
    if not offerings:
        return rules, ()
    stand_in = Platform(platform, "Model card", None, (), tuple(offerings), next(iter(offerings.values())).span)
    extended = replace(
        rules,
        platforms={**rules.platforms, platform: stand_in},
        offerings={**rules.offerings, **offerings},
        documents={**rules.documents, **documents},
    )
    return extended, tuple(offerings)


def _slug(claim: Claim) -> str:
    """A name for a claim, in the signs that names have."""
    words = re.sub(r"[^a-z0-9.]+", "-", (claim.words[0] if claim.words else "no licence").lower()).strip("-.")
    return clip(words, 60) or "unnamed"


def _free(id: str, taken: dict[str, Offering]) -> str:
    number, free = 1, id
    while free in taken:
        number += 1
        free = f"{id}-{number}"
    return free


def _unread(id: str, platform: str, title: str, gap: Gap) -> Document:
    return Document(
        id=id,
        platform=platform,
        title=title,
        kind=None,
        source=None,
        evidence=None,
        disputed_by=(),
        captured=None,
        seen=None,
        updated=None,
        effective=None,
        yields_to=(),
        yields_citations=(),
        applies_when=None,
        incorporates=(),
        silence=None,
        encoded=None,
        read_again=None,
        whole=False,
        coverage_note=gap.why,
        note=None,
        provisions=(),
        file=gap.claim.span.file,
        span=gap.claim.span,
    )


def refuse_gaps(card: ModelCard, gaps: Iterable[Gap]) -> None:
    """Raise UseCaseError with every gap; nothing where there is none. For what cannot show a row that is not covered."""
    found = Findings(card.file)
    for gap in gaps:
        found.add("M292", f"{gap.claim}: {gap.why}", gap.claim.span, gap.help)
    if found.found:
        raise UseCaseError(found.found)
