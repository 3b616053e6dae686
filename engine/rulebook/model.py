"""Resolved rules: every name checked and made absolute, every reference followed, nothing left of the files but places.

Conditions stay syntax-tree conditions, but each name in them is now an id: of a fact, a term, a define or a reading
(`this vendor` and `approved by platform` are gone). `Rules` is what everything after this stage reads; it is plain,
frozen and picklable.

Ids: facts, terms and vocabulary defines by name; `platform/offering`; `platform/document`; `platform/document/name`
for provisions, document defines, document readings and the approvals that provisions create.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from ..language.tree import Condition, Span


@dataclass(frozen=True, slots=True)
class Citation:
    """Section and quoted fragments of a text; both may be missing."""

    section: str | None = None
    quote: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.section is not None or bool(self.quote)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the vocabulary. `since` is the vocabulary version (`2026-11`) that added it."""

    id: str
    gloss: str
    under: tuple[str, ...]
    since: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Fact:
    """Something about a plan that has an owner. `role`: fact, safeguard, approval, wrong. `kind`: flag, one, many,
    number, count; `domain` is the term or unit. Approvals that provisions create have the provision's id."""

    id: str
    role: str
    question: str
    kind: str
    domain: str | None
    asked_when: Condition | None
    implies: tuple[str, ...]
    per: str | None
    for_counsel: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Define:
    """A named condition; `document` is None for the vocabulary's own."""

    id: str
    condition: Condition
    document: str | None
    citation: Citation
    span: Span


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of provisions."""

    id: str
    gloss: str
    under: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """An open term and what it may mean. `choices` are (id, gloss) in their order."""

    id: str
    question: str
    choices: tuple[tuple[str, str], ...]
    document: str | None
    citation: Citation
    span: Span


@dataclass(frozen=True, slots=True)
class Offering:
    """A product, tier, channel or set of weights: the unit of a verdict. `documents` are those it is under; `aliases`
    other names of it, of which one may stand for several offerings."""

    id: str
    platform: str
    title: str
    documents: tuple[str, ...]
    span: Span
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform, its vendor term and its offerings' ids."""

    id: str
    title: str
    vendor: str | None
    aliases: tuple[str, ...]
    offerings: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Archived:
    """A snapshot in a collection of the Open Terms Archive or, where `collection` is "github", in `repository`."""

    collection: str
    repository: str | None
    path: str
    commit: str
    sha256: str
    part: str | None
    transcribed_by: str | None


@dataclass(frozen=True, slots=True)
class Own:
    """An organisation's own text: `file` beside the rules file that names it."""

    file: str
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Reported:
    """Known only through a third party."""

    by: str
    on: datetime.date


@dataclass(frozen=True, slots=True)
class Incorporated:
    """A document that another one makes part of itself, where `when` holds (None: always)."""

    document: str
    when: Condition | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Exemption:
    """An `unless`. `approval` is the approval's id where the provision creates one."""

    condition: Condition
    approval: str | None
    citation: Citation
    span: Span


@dataclass(frozen=True, slots=True)
class Duty:
    """A `that` of a requirement: `duty` due where `when` holds (None: always)."""

    duty: Condition
    when: Condition | None
    citation: Citation
    span: Span


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision of one document. `overrides` are ids of provisions; `may_lift` is None, "all" or ids;
    `offerings` None where it binds every offering. `hash` is over its meaning and its words, not its place."""

    id: str
    kind: str
    title: str
    document: str
    citation: Citation
    when: Condition
    exemptions: tuple[Exemption, ...]
    duties: tuple[Duty, ...]
    overrides: tuple[str, ...]
    override_citations: tuple[Citation, ...]
    may_lift: tuple[str, ...] | str | None
    offerings: frozenset[str] | None
    topics: tuple[str, ...]
    notes: tuple[str, ...]
    regulations: tuple[tuple[str, str | None], ...]
    start: datetime.date | None
    until: datetime.date | None
    hash: str
    span: Span
    lift_citation: Citation = Citation()

    @property
    def standing(self) -> bool:
        """A standing duty: required always, with nothing that is due only sometimes."""
        from ..language.tree import Always

        return self.kind == "require" and isinstance(self.when, Always) and all(d.when is None for d in self.duties)

    def in_force(self, day: datetime.date) -> bool:
        """Whether the provision's own dates include `day`."""
        return (self.start is None or self.start <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Expectation:
    """A property that verdicts must have; it changes none. Its title is its identity, in its document or outside all.

    `claim` is a kind of the language's CLAIMS, and `names` what it names: safeguards ("always conditional"), facts,
    wrongs and safeguards ("regardless"), one offering ("same as"). `document` is None where it is about whole offerings,
    else it is about that document's own clauses; `offerings` None means all there are."""

    title: str
    claim: str
    names: tuple[str, ...]
    when: Condition
    document: str | None
    offerings: frozenset[str] | None
    note: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """One text. `in_force_from` None means always; `age_from` is the last day the text was seen unchanged."""

    id: str
    platform: str
    title: str
    kind: str | None
    source: str | None
    evidence: Archived | Own | Reported | None
    disputed_by: tuple[tuple[str, Citation], ...]
    captured: datetime.date | None
    seen: datetime.date | None
    updated: datetime.date | None
    effective: datetime.date | None
    yields_to: tuple[str, ...]
    yields_citations: tuple[Citation, ...]
    applies_when: Condition | None
    incorporates: tuple[Incorporated, ...]
    silence: Citation | None
    encoded: datetime.date | None
    read_again: datetime.date | None
    whole: bool
    coverage_note: str | None
    note: str | None
    provisions: tuple[str, ...]
    file: str
    span: Span
    applies_citation: Citation = Citation()

    @property
    def reported(self) -> bool:
        """Whether the text is known only by report."""
        return isinstance(self.evidence, Reported)

    @property
    def in_force_from(self) -> datetime.date | None:
        """The first day of this text: effective, else updated, else captured, else the day of the report."""
        reported = self.evidence.on if isinstance(self.evidence, Reported) else None
        return self.effective or self.updated or self.captured or reported

    @property
    def age_from(self) -> datetime.date | None:
        """The day from which the text's age counts."""
        reported = self.evidence.on if isinstance(self.evidence, Reported) else None
        return self.seen or self.captured or reported

    def in_force(self, day: datetime.date) -> bool:
        """Whether the text governed on `day`."""
        return self.in_force_from is None or self.in_force_from <= day


@dataclass(frozen=True)
class Rules:
    """A whole rule set, resolved. Mappings are by id, in alphabetical order. `sha256` is over every source text,
    `folders` the places they came from, `below` each term's set of terms at or below it."""

    terms: dict[str, Term]
    below: dict[str, frozenset[str]]
    facts: dict[str, Fact]
    defines: dict[str, Define]
    topics: dict[str, Topic]
    regulations: dict[str, str]
    readings: dict[str, Reading]
    platforms: dict[str, Platform]
    offerings: dict[str, Offering]
    documents: dict[str, Document]
    provisions: dict[str, Provision]
    sha256: str
    folders: tuple[str, ...] = ()
    verified: dict[str, dict[str, str]] | None = None
    """What the last `verify` recorded: provision id to its status, the day, and the evidence key it holds for."""
    expectations: tuple[Expectation, ...] = ()
    """By document, those outside all documents first, and by title. No verdict depends on them."""

    @cached_property
    def vocabulary_version(self) -> str:
        """The newest `since` of any term, or the empty string."""
        return max((t.since for t in self.terms.values() if t.since), default="")

    def asks(self, key: str) -> str:
        """The question that an answer's key stands for, with the platform or offering it is asked of."""
        scope = key.partition("@")[2].partition("#")[0]
        question = self.facts[fact_of(key)].question
        if scope in self.offerings:
            question = question.replace("{offering}", self.offerings[scope].title)
        platform = self.platforms.get(scope.partition("/")[0])
        return question.replace("{platform}", platform.title) if platform else question

    def reported_apart(self) -> tuple[Document, ...]:
        """The documents known by report that govern no offering: evaluated once per platform, and shown apart."""
        governing = {d for o in self.offerings.values() for d in o.documents}
        governing |= {i.document for d in self.documents.values() for i in d.incorporates}
        return tuple(d for d in self.documents.values() if d.reported and d.id not in governing)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a condition is asked: the platform of the document it stands in, and the offering evaluated; in a plan with
    `uses` also in which of them, and which facts have an answer of their own there."""

    platform: str
    offering: str
    use: str = ""
    local: frozenset[str] = frozenset()

    def key(self, fact: Fact) -> str:
        """The key of the answer to `fact` here: `fact`, `fact@platform` or `fact@platform/offering`, with `#use` where
        the use has an answer of its own (`fact@#use`)."""
        scope = {"platform": self.platform, "offering": self.offering}.get(fact.per or "", "")
        use = f"#{self.use}" if fact.id in self.local else ""
        return f"{fact.id}@{scope}{use}" if scope or use else fact.id


def fact_of(key: str) -> str:
    """The fact's id of an answer's key."""
    return key.partition("@")[0]


def use_of(key: str) -> str:
    """The use whose own answer the key is; empty where it is an answer for the whole plan."""
    return key.partition("#")[2]


def spoken(key: str) -> str:
    """A key as people read it: the use of an answer that is one's own stands in parentheses."""
    rest, _, use = key.partition("#")
    return f"{rest.removesuffix('@')} ({use})" if use else key
