"""Clauses to tree nodes, one function a kind of block.

What a block must have and has not is an error here; the node is made all the same, as far as its head and clauses go,
so that later stages still know its name. A file with an error is never judged on.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping

from .arguments import (
    block_span,
    citation_of,
    clause_span,
    condition_of,
    date_of,
    head_name,
    head_title,
    missing,
    name_of,
    names_of,
    optional_condition,
    optional_name,
    text_of,
    texts_of,
    titled_of,
)
from .clauses import Clause, RawBlock
from .diagnostics import clip, one_of
from .grammar import CLAIM_SHAPES
from .tokens import REFERENCE, SPACE, STRINGS, Part
from .tree import (
    CLAIMS,
    Always,
    AppliesWhen,
    Archive,
    Block,
    Choice,
    Claim,
    Coverage,
    Date,
    Define,
    Disputed,
    Document,
    Expect,
    Fact,
    FactType,
    Incorporates,
    InForce,
    MayLift,
    Offering,
    Overrides,
    Own,
    Platform,
    Provision,
    Reading,
    Regulation,
    Reported,
    See,
    Silence,
    Term,
    Text,
    That,
    Topic,
    Unless,
    YieldsTo,
)

_SEE = re.compile(rf"#[^\n]*+|({REFERENCE})(?:{SPACE}({STRINGS}))?+")
_TYPE_KINDS = {"yes or no": "flag", "one of": "one", "many of": "many", "number of": "number", "count of": "count"}
_CLAIM_KINDS = {written: kind for kind, written in CLAIMS.items()}


def build_block(part: Part, raw: RawBlock) -> Block:
    """The node of a block. Errors are noted in `part`."""
    return _BUILDERS[raw.keyword](part, raw)


# ---- vocabulary


def _term(part: Part, raw: RawBlock) -> Term:
    since = raw.one("since")
    month = part.month(since.argument, since.behind) if since else None
    under = names_of(part, raw.all("under"))
    return Term(head_name(part, raw), head_title(part, raw), under, month, block_span(part, raw))


def _fact(part: Part, raw: RawBlock) -> Fact:
    typed = raw.one(*_TYPE_KINDS)
    if typed is None:
        if raw.keyword == "fact":
            missing(part, raw, "no type", "write 'yes or no', 'one of', 'many of', 'number of' or 'count of' behind it")
        fact_type = FactType("flag")
    else:
        domain = None if typed.keyword == "yes or no" else name_of(part, typed)
        fact_type = FactType(_TYPE_KINDS[typed.keyword], domain, clause_span(part, typed))
    per = raw.one("per")
    return Fact(
        role=raw.keyword,
        name=head_name(part, raw),
        question=head_title(part, raw),
        type=fact_type,
        asked_when=optional_condition(part, raw.one("asked when")),
        implies=names_of(part, raw.all("implies")),
        per=part.text[per.argument : per.behind] if per else None,
        for_counsel=raw.one("for counsel") is not None,
        span=block_span(part, raw),
    )


def _define(part: Part, raw: RawBlock) -> Define:
    condition = optional_condition(part, raw.one("as"))
    if condition is None:
        missing(part, raw, "no condition", "write 'as' and what the name stands for")
        condition = Always()
    return Define(head_name(part, raw), condition, citation_of(part, raw.owned), block_span(part, raw))


def _topic(part: Part, raw: RawBlock) -> Topic:
    return Topic(head_name(part, raw), head_title(part, raw), names_of(part, raw.all("under")), block_span(part, raw))


def _regulation(part: Part, raw: RawBlock) -> Regulation:
    return Regulation(head_name(part, raw), head_title(part, raw), block_span(part, raw))


def _reading(part: Part, raw: RawBlock) -> Reading:
    choices = tuple(Choice(*titled_of(part, clause), clause_span(part, clause)) for clause in raw.all("choice"))
    if len(choices) < 2:
        missing(part, raw, "fewer than two choices", "write a 'choice' for each way to read the words")
    cited = citation_of(part, raw.owned)
    return Reading(head_name(part, raw), head_title(part, raw), cited, choices, block_span(part, raw))


# ---- platforms and documents


def _platform(part: Part, raw: RawBlock) -> Platform:
    return Platform(
        name=head_name(part, raw),
        title=head_title(part, raw),
        vendor=optional_name(part, raw.one("vendor")),
        aliases=texts_of(part, raw.all("alias")),
        offerings=tuple(_offering(part, raw, clause) for clause in raw.all("offering")),
        span=block_span(part, raw),
    )


def _offering(part: Part, raw: RawBlock, clause: Clause) -> Offering:
    under = clause.owned.get("under")
    if under is None:
        missing(part, raw, "no documents", "write 'under' and the documents that govern it", clause)
    aliases = texts_of(part, clause.every("alias"))
    return Offering(
        *titled_of(part, clause), names_of(part, [under] if under else []), aliases, clause_span(part, clause)
    )


def _document(part: Part, raw: RawBlock) -> Document:
    coverage, silence, applies = raw.one("coverage"), raw.one("silence is reserved"), raw.one("applies when")
    return Document(
        name=head_name(part, raw),
        title=head_title(part, raw),
        kind=optional_name(part, raw.one("kind")),
        source=text_of(part, raw.one("source")),
        evidence=_evidence(part, raw),
        disputed_by=tuple(
            Disputed(name_of(part, c), citation_of(part, c.owned), clause_span(part, c)) for c in raw.all("disputed by")
        ),
        captured=date_of(part, raw.one("captured")),
        seen=date_of(part, raw.one("seen")),
        updated=date_of(part, raw.one("updated")),
        effective=date_of(part, raw.one("effective")),
        yields_to=tuple(
            YieldsTo(name_of(part, c), citation_of(part, c.owned), clause_span(part, c)) for c in raw.all("yields to")
        ),
        applies_when=AppliesWhen(
            condition_of(part, applies), citation_of(part, applies.owned), clause_span(part, applies)
        )
        if applies
        else None,
        incorporates=tuple(
            Incorporates(
                name_of(part, c),
                optional_condition(part, c.owned.get("when")),
                citation_of(part, c.owned),
                clause_span(part, c),
            )
            for c in raw.all("incorporates")
        ),
        silence_reserved=Silence(citation_of(part, silence.owned), clause_span(part, silence)) if silence else None,
        encoded=date_of(part, raw.one("encoded")),
        read_again=date_of(part, raw.one("read again")),
        coverage=_coverage(part, coverage) if coverage else None,
        note=text_of(part, raw.one("note")),
        span=block_span(part, raw),
    )


def _evidence(part: Part, raw: RawBlock) -> Archive | Own | Reported | None:
    clause = raw.one("archive", "own", "reported by")
    if clause is None:
        return None
    owned, span = clause.owned, clause_span(part, clause)
    sha256 = _sha256(part, owned.get("sha256"))
    if clause.keyword == "own":
        return Own(part.string(clause.argument, clause.behind), sha256, span)
    if clause.keyword == "reported by":
        on = date_of(part, owned.get("on"))
        if on is None:
            missing(part, raw, "no date", "write 'on' and the day of the report", clause)
        return Reported(part.string(clause.argument, clause.behind), on or Date(datetime.date.min), span)
    collection = name_of(part, clause)
    strings = part.strings(clause.argument, clause.behind)
    repository = None
    if collection.text == "github":
        repository, strings = part.joined(strings[:1]), strings[1:]
        if not strings:
            help = """write 'archive github "owner/repository" "path of the file"'"""
            part.error("M017", "this 'archive' has no path", clause.start, clause.start + len(clause.keyword), help)
    path = part.joined(strings) if strings else Text("")
    transcribed_by, place = text_of(part, owned.get("transcribed by")), text_of(part, owned.get("part"))
    return Archive(collection, repository, path, _commit(part, owned), sha256, place, transcribed_by, span)


def _commit(part: Part, owned: Mapping[str, Clause]) -> str | None:
    clause = owned.get("commit")
    if clause is None:
        return None
    raw = part.text[clause.argument : clause.behind]
    if not re.fullmatch(r"[0-9a-f]{40}", raw):
        help = "give all 40 hex digits of it, in small letters"
        part.error("M011", f"'{clip(raw)}' is no commit", clause.argument, clause.behind, help)
    return raw


def _sha256(part: Part, clause: Clause | None) -> Text | None:
    text = text_of(part, clause)
    if clause and text and not re.fullmatch(r"[0-9a-f]{64}", text.text):
        help = "give all 64 hex digits of it, in small letters"
        part.error("M011", f"'{clip(text.text, 70)}' is no SHA-256 sum", clause.argument, clause.behind, help)
    return text


def _coverage(part: Part, clause: Clause) -> Coverage:
    strings = part.strings(clause.argument, clause.behind)
    whole = part.text.startswith("whole", clause.argument)
    return Coverage(whole, part.joined(strings) if strings else None, clause_span(part, clause))


# ---- provisions


def _provision(part: Part, raw: RawBlock) -> Provision:
    when = optional_condition(part, raw.one("when"))
    if when is None:
        missing(part, raw, "no 'when'", "say when it bites, or write 'when always'")
        when = Always()
    that = tuple(
        That(
            condition_of(part, c),
            optional_condition(part, c.owned.get("when")),
            citation_of(part, c.owned),
            clause_span(part, c),
        )
        for c in raw.all("that")
    )
    if raw.keyword == "require" and not that:
        missing(part, raw, "no 'that'", "say what it asks for with 'that', or write a 'prohibit'")
    in_force, may_lift = raw.one("in force"), raw.one("may lift")
    return Provision(
        kind=raw.keyword,
        name=head_name(part, raw),
        title=head_title(part, raw),
        citation=citation_of(part, raw.owned),
        when=when,
        in_force=_in_force(part, in_force) if in_force else None,
        unless=tuple(
            Unless(condition_of(part, c), citation_of(part, c.owned), clause_span(part, c)) for c in raw.all("unless")
        ),
        that=that,
        overrides=tuple(
            Overrides(part.names(c.argument, c.behind), citation_of(part, c.owned), clause_span(part, c))
            for c in raw.all("overrides")
        ),
        may_lift=_may_lift(part, may_lift) if may_lift else None,
        offerings=names_of(part, raw.all("for")),
        topics=names_of(part, raw.all("topic")),
        notes=texts_of(part, raw.all("note")),
        sees=tuple(see for clause in raw.all("see") for see in _sees(part, clause)),
        span=block_span(part, raw),
    )


def _in_force(part: Part, clause: Clause) -> InForce:
    start = part.date(clause.argument, clause.behind)
    return InForce(start, date_of(part, clause.owned.get("until")), clause_span(part, clause))


def _may_lift(part: Part, clause: Clause) -> MayLift:
    return MayLift(
        part.names(clause.argument, clause.behind), citation_of(part, clause.owned), clause_span(part, clause)
    )


def _sees(part: Part, clause: Clause) -> list[See]:
    return [
        See(
            part.name(match, 1),
            part.string(*match.span(2)) if match[2] else None,
            part.span(*match.span()),
        )
        for match in _SEE.finditer(part.text, clause.argument, clause.behind)
        if match[1]
    ]


# ---- expectations


def _expect(part: Part, raw: RawBlock) -> Expect:
    clause = raw.one(*CLAIM_SHAPES)
    if clause is None:
        missing(part, raw, "no claim", f"write {one_of(CLAIM_SHAPES)} behind its text")
        claim = Claim("never conflict")
    else:
        claim = Claim(_CLAIM_KINDS[clause.keyword], names_of(part, [clause]), clause_span(part, clause))
    return Expect(
        title=head_title(part, raw),
        claim=claim,
        when=optional_condition(part, raw.one("when")),
        offerings=names_of(part, raw.all("for")),
        note=text_of(part, raw.one("note")),
        span=block_span(part, raw),
    )


_BUILDERS: Mapping[str, Callable[[Part, RawBlock], Block]] = {
    "term": _term,
    **dict.fromkeys(("fact", "safeguard", "approval", "wrong"), _fact),
    "define": _define,
    "topic": _topic,
    "regulation": _regulation,
    "reading": _reading,
    "platform": _platform,
    "document": _document,
    **dict.fromkeys(("prohibit", "require", "permit", "reserve"), _provision),
    "expect": _expect,
}
