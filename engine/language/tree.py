"""The syntax tree of the rule language: what a `.rules` file says, and where.

One frozen node a construct, in the order of the text, with a `Span` on every node. Spans never take part
in equality, so that `parse(format(tree)) == tree`. Nothing here resolves a name or gives a meaning: that is
`rulebook` and `logic`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .expressions import (
    COMPARE_OPERATORS as COMPARE_OPERATORS,
    NOWHERE as NOWHERE,
    TEST_OPERATORS as TEST_OPERATORS,
    Always as Always,
    And as And,
    ApprovedByPlatform as ApprovedByPlatform,
    Compare as Compare,
    Condition as Condition,
    Date as Date,
    Holds as Holds,
    Name as Name,
    Not as Not,
    Number as Number,
    Or as Or,
    ReadingIs as ReadingIs,
    Span as Span,
    Test as Test,
    Text as Text,
    This as This,
)

# ---- citations


@dataclass(frozen=True, slots=True)
class Citation:
    """Where the text says so: its section, and the fragments of its words in their order."""

    section: Text | None = None
    quote: tuple[Text, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


NO_CITATION = Citation()


# ---- vocabulary blocks


@dataclass(frozen=True, slots=True)
class Term:
    """`term NAME "gloss" [under A, B] [since YYYY-MM]`."""

    name: Name
    gloss: Text
    under: tuple[Name, ...] = ()
    since: str | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FactType:
    """`yes or no` (kind "flag"), `one of T` ("one"), `many of T` ("many"), `number of U` ("number"), `count of U`
    ("count"). `domain` is the term or the unit; None for "flag"."""

    kind: str
    domain: Name | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Fact:
    """`fact | safeguard | approval | wrong NAME "question" …`. `role` is that keyword; only a fact has a written type,
    the others are flags. `per` is None, "platform" or "offering"."""

    role: str
    name: Name
    question: Text
    type: FactType
    asked_when: Condition | None = None
    implies: tuple[Name, ...] = ()
    per: str | None = None
    for_counsel: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False)


FACT_ROLES = ("fact", "safeguard", "approval", "wrong")


@dataclass(frozen=True, slots=True)
class Define:
    """`define NAME as CONDITION [section …] [quote …]`: in the vocabulary or, cited, in a document."""

    name: Name
    condition: Condition
    citation: Citation = NO_CITATION
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Topic:
    """`topic NAME "gloss" [under A, B]`."""

    name: Name
    gloss: Text
    under: tuple[Name, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Regulation:
    """`regulation NAME "title"`."""

    name: Name
    title: Text
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """`choice NAME "what the words then mean"`."""

    name: Name
    gloss: Text
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """`reading NAME "question" [section …] [quote …] choice … choice …`: an open term of a document, or of the vocabulary."""

    name: Name
    question: Text
    citation: Citation
    choices: tuple[Choice, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


# ---- platforms and documents


@dataclass(frozen=True, slots=True)
class Offering:
    """`offering NAME "title" under DOCUMENT, … [alias "…", …]`."""

    name: Name
    title: Text
    under: tuple[Name, ...]
    aliases: tuple[Text, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Platform:
    """`platform NAME "title"`, its vendor term, aliases and offerings."""

    name: Name
    title: Text
    vendor: Name | None = None
    aliases: tuple[Text, ...] = ()
    offerings: tuple[Offering, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Archive:
    """Where the snapshot is. `collection` is an Open Terms Archive collection's name, or "github" with `repository`."""

    collection: Name
    repository: Text | None
    path: Text
    commit: str | None
    sha256: Text | None
    part: Text | None = None
    transcribed_by: Text | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Own:
    """`own "FILE"`: the organisation's own policy or negotiated contract, beside the rules file."""

    file: Text
    sha256: Text | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Reported:
    """`reported by "WHO" on DATE`: known only through a third party."""

    by: Text
    on: Date
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class YieldsTo:
    """`yields to DOCUMENT [section …] [quote …]`."""

    document: Name
    citation: Citation = NO_CITATION
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Incorporates:
    """`incorporates DOCUMENT [when CONDITION] [section …] [quote …]`."""

    document: Name
    when: Condition | None = None
    citation: Citation = NO_CITATION
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AppliesWhen:
    """`applies when CONDITION [section …] [quote …]`."""

    condition: Condition
    citation: Citation = NO_CITATION
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Silence:
    """`silence is reserved [section …] [quote …]`."""

    citation: Citation = NO_CITATION
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Disputed:
    """`disputed by DOCUMENT [section …] [quote …]`: another text says otherwise."""

    document: Name
    citation: Citation = NO_CITATION
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Coverage:
    """`coverage whole` or `coverage partial ["what is known"]`."""

    whole: bool
    note: Text | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Document:
    """`document NAME "title"` and everything about its text; its provisions follow it in the file."""

    name: Name
    title: Text
    kind: Name | None = None
    source: Text | None = None
    evidence: Archive | Own | Reported | None = None
    disputed_by: tuple[Disputed, ...] = ()
    captured: Date | None = None
    seen: Date | None = None
    updated: Date | None = None
    effective: Date | None = None
    yields_to: tuple[YieldsTo, ...] = ()
    applies_when: AppliesWhen | None = None
    incorporates: tuple[Incorporates, ...] = ()
    silence_reserved: Silence | None = None
    encoded: Date | None = None
    read_again: Date | None = None
    coverage: Coverage | None = None
    note: Text | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


# ---- provisions


@dataclass(frozen=True, slots=True)
class Unless:
    """`unless CONDITION [section …] [quote …]`."""

    condition: Condition
    citation: Citation = NO_CITATION
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class That:
    """`that DUTY [when CONDITION] [section …] [quote …]`, in a `require`."""

    duty: Condition
    when: Condition | None = None
    citation: Citation = NO_CITATION
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Overrides:
    """`overrides PROVISION, … [section …] [quote …]`, in a `permit`."""

    provisions: tuple[Name, ...]
    citation: Citation = NO_CITATION
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class MayLift:
    """`may lift all` (`provisions` empty) or `may lift A, B`, in a `reserve`."""

    provisions: tuple[Name, ...]
    citation: Citation = NO_CITATION
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class See:
    """`see REGULATION ["where"]`."""

    regulation: Name
    where: Text | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class InForce:
    """`in force DATE [until DATE]`: closed at the start, open at the end."""

    start: Date
    until: Date | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Provision:
    """`prohibit | require | permit | reserve NAME "title"` with its clauses. `kind` is that keyword."""

    kind: str
    name: Name
    title: Text
    citation: Citation
    when: Condition
    in_force: InForce | None = None
    unless: tuple[Unless, ...] = ()
    that: tuple[That, ...] = ()
    overrides: tuple[Overrides, ...] = ()
    may_lift: MayLift | None = None
    offerings: tuple[Name, ...] = ()
    topics: tuple[Name, ...] = ()
    notes: tuple[Text, ...] = ()
    sees: tuple[See, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


PROVISION_KINDS = ("prohibit", "require", "permit", "reserve")


CLAIMS = {
    "never permitted": "never permitted",
    "never conflict": "never conflict",
    "always conditional": "always conditional on",
    "regardless": "same verdict regardless of",
    "same as": "same verdict as",
}
"""What an `expect` can claim, each kind with its keyword."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A keyword of CLAIMS, as its kind, and what is named behind it: safeguards, facts, or one offering."""

    kind: str
    names: tuple[Name, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Expect:
    """`expect "title" CLAIM [when CONDITION] [for OFFERING, …] [note "…"]`: what verdicts must be like. It has no name."""

    title: Text
    claim: Claim
    when: Condition | None = None
    offerings: tuple[Name, ...] = ()
    note: Text | None = None
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Block = Term | Fact | Define | Topic | Regulation | Reading | Platform | Document | Provision | Expect


@dataclass(frozen=True, slots=True)
class File:
    """One parsed file: its blocks in their order. `name` is the path as the user would write it, for diagnostics."""

    name: str
    blocks: tuple[Block, ...]
