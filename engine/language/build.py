"""Clauses to tree nodes, one function a kind of block.

What a block must have and has not is an error here; the node is made all the same, as far as its head and clauses go,
so that later stages still know its name. A file with an error is never judged on.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping

from .clauses import Clause, RawBlock
from .conditions import build_condition
from .diagnostics import clip
from .tokens import PLAIN_NAME, REFERENCE, SPACE, STRINGS, Part, check_name
from .tree import (
    NO_CITATION,
    Always,
    AppliesWhen,
    Archive,
    Block,
    Choice,
    Citation,
    Condition,
    Coverage,
    Date,
    Define,
    Disputed,
    Document,
    Fact,
    FactType,
    Incorporates,
    InForce,
    MayLift,
    Name,
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
    Span,
    Term,
    Text,
    That,
    Topic,
    Unless,
    YieldsTo,
)

_THEN = re.compile("then")
_COMMA = re.compile(",")
_SEE = re.compile(rf"#[^\n]*+|({REFERENCE})(?:{SPACE}({STRINGS}))?+")
_LEADING_NAME = re.compile(rf"{PLAIN_NAME}(?:/{PLAIN_NAME})*+")
_TYPE_KINDS = {"yes or no": "flag", "one of": "one", "many of": "many", "number of": "number", "count of": "count"}


def build_block(part: Part, raw: RawBlock) -> Block:
    """The node of a block. Errors are noted in `part`."""
    return _BUILDERS[raw.keyword](part, raw)


# ---- what clauses hold


def _head_name(part: Part, raw: RawBlock) -> Name:
    name = part.name(raw.head, 2)
    check_name(part, name.text, *raw.head.span(2))
    return name


def _title(part: Part, raw: RawBlock) -> Text:
    return part.string(*raw.head.span(3))


def _span(part: Part, clause: Clause) -> Span:
    return part.span(clause.start, clause.end)


def _block_span(part: Part, raw: RawBlock) -> Span:
    return part.span(raw.head.start(1), raw.end)


def _text(part: Part, clause: Clause | None) -> Text | None:
    return part.string(clause.argument, clause.behind) if clause else None


def _date(part: Part, clause: Clause | None) -> Date | None:
    return part.date(clause.argument, clause.behind) if clause else None


def _condition(part: Part, clause: Clause) -> Condition:
    return build_condition(part, clause.argument, clause.behind)


def _optional_condition(part: Part, clause: Clause | None) -> Condition | None:
    return _condition(part, clause) if clause else None


def _name(part: Part, clause: Clause) -> Name:
    """The one name right behind the keyword."""
    match = _LEADING_NAME.match(part.text, clause.argument)
    assert match is not None
    return Name(match[0], part.span(*match.span()))


def _optional_name(part: Part, clause: Clause | None) -> Name | None:
    return _name(part, clause) if clause else None


def _names(part: Part, clauses: list[Clause]) -> tuple[Name, ...]:
    return tuple(name for clause in clauses for name in part.names(clause.argument, clause.behind))


def _texts(part: Part, clauses: list[Clause]) -> tuple[Text, ...]:
    return tuple(text for clause in clauses for text in part.texts(clause.argument, clause.behind, _COMMA))


def _titled(part: Part, clause: Clause) -> tuple[Name, Text]:
    name = _name(part, clause)
    return name, part.joined(part.strings(clause.argument, clause.behind))


def citation(part: Part, owned: Mapping[str, Clause]) -> Citation:
    """The `section` and `quote` among the clauses that belong to something."""
    section, quote = owned.get("section"), owned.get("quote")
    if section is None and quote is None:
        return NO_CITATION
    both = [clause for clause in (section, quote) if clause]
    span = part.span(min(c.start for c in both), max(c.end for c in both))
    fragments = part.texts(quote.argument, quote.behind, _THEN) if quote else ()
    return Citation(_text(part, section), fragments, span)


def _missing(part: Part, raw: RawBlock, what: str, help: str, clause: Clause | None = None) -> None:
    """Something a block must have is not there; silent where an error was found in it before."""
    if part.broken:
        return
    start, end = raw.head.span(1)
    name = f"'{raw.keyword}'"
    if clause is not None:
        start, end, name = clause.start, clause.start + len(clause.keyword), f"'{clause.keyword}'"
    part.error("M017", f"this {name} has {what}", start, end, help)
    part.broken = False


# ---- vocabulary


def _term(part: Part, raw: RawBlock) -> Term:
    since = raw.one("since")
    month = part.month(since.argument, since.behind) if since else None
    under = _names(part, raw.all("under"))
    return Term(_head_name(part, raw), _title(part, raw), under, month, _block_span(part, raw))


def _fact(part: Part, raw: RawBlock) -> Fact:
    typed = raw.one(*_TYPE_KINDS)
    if typed is None:
        if raw.keyword == "fact":
            _missing(
                part, raw, "no type", "write 'yes or no', 'one of', 'many of', 'number of' or 'count of' behind it"
            )
        fact_type = FactType("flag")
    else:
        domain = None if typed.keyword == "yes or no" else _name(part, typed)
        fact_type = FactType(_TYPE_KINDS[typed.keyword], domain, _span(part, typed))
    per = raw.one("per")
    return Fact(
        role=raw.keyword,
        name=_head_name(part, raw),
        question=_title(part, raw),
        type=fact_type,
        asked_when=_optional_condition(part, raw.one("asked when")),
        implies=_names(part, raw.all("implies")),
        per=part.text[per.argument : per.behind] if per else None,
        for_counsel=raw.one("for counsel") is not None,
        span=_block_span(part, raw),
    )


def _define(part: Part, raw: RawBlock) -> Define:
    condition = _optional_condition(part, raw.one("as"))
    if condition is None:
        _missing(part, raw, "no condition", "write 'as' and what the name stands for")
        condition = Always()
    return Define(_head_name(part, raw), condition, citation(part, raw.owned), _block_span(part, raw))


def _topic(part: Part, raw: RawBlock) -> Topic:
    return Topic(_head_name(part, raw), _title(part, raw), _names(part, raw.all("under")), _block_span(part, raw))


def _regulation(part: Part, raw: RawBlock) -> Regulation:
    return Regulation(_head_name(part, raw), _title(part, raw), _block_span(part, raw))


def _reading(part: Part, raw: RawBlock) -> Reading:
    choices = tuple(Choice(*_titled(part, clause), _span(part, clause)) for clause in raw.all("choice"))
    if len(choices) < 2:
        _missing(part, raw, "fewer than two choices", "write a 'choice' for each way to read the words")
    cited = citation(part, raw.owned)
    return Reading(_head_name(part, raw), _title(part, raw), cited, choices, _block_span(part, raw))


# ---- platforms and documents


def _platform(part: Part, raw: RawBlock) -> Platform:
    return Platform(
        name=_head_name(part, raw),
        title=_title(part, raw),
        vendor=_optional_name(part, raw.one("vendor")),
        aliases=_texts(part, raw.all("alias")),
        offerings=tuple(_offering(part, raw, clause) for clause in raw.all("offering")),
        span=_block_span(part, raw),
    )


def _offering(part: Part, raw: RawBlock, clause: Clause) -> Offering:
    under = clause.owned.get("under")
    if under is None:
        _missing(part, raw, "no documents", "write 'under' and the documents that govern it", clause)
    aliases = _texts(part, clause.every("alias"))
    return Offering(*_titled(part, clause), _names(part, [under] if under else []), aliases, _span(part, clause))


def _document(part: Part, raw: RawBlock) -> Document:
    coverage, silence, applies = raw.one("coverage"), raw.one("silence is reserved"), raw.one("applies when")
    return Document(
        name=_head_name(part, raw),
        title=_title(part, raw),
        kind=_optional_name(part, raw.one("kind")),
        source=_text(part, raw.one("source")),
        evidence=_evidence(part, raw),
        disputed_by=tuple(
            Disputed(_name(part, c), citation(part, c.owned), _span(part, c)) for c in raw.all("disputed by")
        ),
        captured=_date(part, raw.one("captured")),
        seen=_date(part, raw.one("seen")),
        updated=_date(part, raw.one("updated")),
        effective=_date(part, raw.one("effective")),
        yields_to=tuple(
            YieldsTo(_name(part, c), citation(part, c.owned), _span(part, c)) for c in raw.all("yields to")
        ),
        applies_when=AppliesWhen(_condition(part, applies), citation(part, applies.owned), _span(part, applies))
        if applies
        else None,
        incorporates=tuple(
            Incorporates(
                _name(part, c), _optional_condition(part, c.owned.get("when")), citation(part, c.owned), _span(part, c)
            )
            for c in raw.all("incorporates")
        ),
        silence_reserved=Silence(citation(part, silence.owned), _span(part, silence)) if silence else None,
        encoded=_date(part, raw.one("encoded")),
        read_again=_date(part, raw.one("read again")),
        coverage=_coverage(part, coverage) if coverage else None,
        note=_text(part, raw.one("note")),
        span=_block_span(part, raw),
    )


def _evidence(part: Part, raw: RawBlock) -> Archive | Own | Reported | None:
    clause = raw.one("archive", "own", "reported by")
    if clause is None:
        return None
    owned, span = clause.owned, _span(part, clause)
    sha256 = _sha256(part, owned.get("sha256"))
    if clause.keyword == "own":
        return Own(part.string(clause.argument, clause.behind), sha256, span)
    if clause.keyword == "reported by":
        on = _date(part, owned.get("on"))
        if on is None:
            _missing(part, raw, "no date", "write 'on' and the day of the report", clause)
        return Reported(part.string(clause.argument, clause.behind), on or Date(datetime.date.min), span)
    collection = _name(part, clause)
    strings = part.strings(clause.argument, clause.behind)
    repository = None
    if collection.text == "github":
        repository, strings = part.joined(strings[:1]), strings[1:]
        if not strings:
            help = """write 'archive github "owner/repository" "path of the file"'"""
            part.error("M017", "this 'archive' has no path", clause.start, clause.start + len(clause.keyword), help)
    path = part.joined(strings) if strings else Text("")
    transcribed_by, place = _text(part, owned.get("transcribed by")), _text(part, owned.get("part"))
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
    text = _text(part, clause)
    if clause and text and not re.fullmatch(r"[0-9a-f]{64}", text.text):
        help = "give all 64 hex digits of it, in small letters"
        part.error("M011", f"'{clip(text.text, 70)}' is no SHA-256 sum", clause.argument, clause.behind, help)
    return text


def _coverage(part: Part, clause: Clause) -> Coverage:
    strings = part.strings(clause.argument, clause.behind)
    whole = part.text.startswith("whole", clause.argument)
    return Coverage(whole, part.joined(strings) if strings else None, _span(part, clause))


# ---- provisions


def _provision(part: Part, raw: RawBlock) -> Provision:
    when = _optional_condition(part, raw.one("when"))
    if when is None:
        _missing(part, raw, "no 'when'", "say when it bites, or write 'when always'")
        when = Always()
    that = tuple(
        That(
            _condition(part, c), _optional_condition(part, c.owned.get("when")), citation(part, c.owned), _span(part, c)
        )
        for c in raw.all("that")
    )
    if raw.keyword == "require" and not that:
        _missing(part, raw, "no 'that'", "say what it asks for with 'that', or write a 'prohibit'")
    in_force, may_lift = raw.one("in force"), raw.one("may lift")
    return Provision(
        kind=raw.keyword,
        name=_head_name(part, raw),
        title=_title(part, raw),
        citation=citation(part, raw.owned),
        when=when,
        in_force=_in_force(part, in_force) if in_force else None,
        unless=tuple(Unless(_condition(part, c), citation(part, c.owned), _span(part, c)) for c in raw.all("unless")),
        that=that,
        overrides=tuple(
            Overrides(part.names(c.argument, c.behind), citation(part, c.owned), _span(part, c))
            for c in raw.all("overrides")
        ),
        may_lift=_may_lift(part, may_lift) if may_lift else None,
        offerings=_names(part, raw.all("for")),
        topics=_names(part, raw.all("topic")),
        notes=_texts(part, raw.all("note")),
        sees=tuple(see for clause in raw.all("see") for see in _sees(part, clause)),
        span=_block_span(part, raw),
    )


def _in_force(part: Part, clause: Clause) -> InForce:
    start = part.date(clause.argument, clause.behind)
    return InForce(start, _date(part, clause.owned.get("until")), _span(part, clause))


def _may_lift(part: Part, clause: Clause) -> MayLift:
    return MayLift(part.names(clause.argument, clause.behind), citation(part, clause.owned), _span(part, clause))


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
}
