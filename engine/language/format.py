"""Tree to text, in the one canonical layout; comments of a text survive.

Blocks stand a blank line apart, but runs of one-line vocabulary blocks stay together where they were. A block is a list
of rows, in the order the language gives its clauses; `comments` puts each comment to the row it stood at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .comments import Tail, attach_comments
from .diagnostics import RulesError
from .layout import KEYWORD_WIDTH, WIDTH, Row, Segment, align, clause, flat, format_condition, lay_out, listed, quoted
from .tree import (
    CLAIMS,
    Archive,
    Block,
    Citation,
    Condition,
    Date,
    Define,
    Document,
    Expect,
    Fact,
    Name,
    Offering,
    Own,
    Platform,
    Provision,
    Reading,
    Regulation,
    Reported,
    Span,
    Term,
    Text,
    Topic,
)

__all__ = ["format_block", "format_condition", "format_text"]

_TYPES = {"flag": "yes or no", "one": "one of", "many": "many of", "number": "number of", "count": "count of"}
_Vocabulary = Term | Fact | Define | Topic | Regulation


def format_text(text: str, name: str) -> str:
    """The text in canonical layout, with its comments. `name` is the file as shown in errors.

    Raises:
        RulesError: the text has syntax errors; they are its diagnostics.
    """
    from .parsing import parse  # only this needs the grammar

    file, found = parse(text, name)
    if found:
        raise RulesError(found)
    source = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    rows = [block_rows(block) for block in file.blocks]
    tail = attach_comments(source, [block.span for block in file.blocks], rows)
    together = [_is_run(source, file.blocks[at - 1 : at + 1], rows[at - 1 : at + 1]) for at in range(1, len(rows))]
    _align_runs(file.blocks, rows, together)
    formatted = _joined(rows, together, tail)
    if parse(formatted, name) != (file, []):
        raise RuntimeError(f"the layout of {name} would change what it says; nothing was formatted")
    return formatted


def format_block(block: Block) -> str:
    """One block in canonical layout, without a newline at the end."""
    rows = block_rows(block)
    return "\n".join(line for row in rows for line in row.lines)


def _joined(blocks: Sequence[Sequence[Row]], together: Sequence[bool], tail: Tail) -> str:
    lines: list[str] = []
    for number, rows in enumerate(blocks):
        if number and not together[number - 1]:
            lines.append("")
        for at, row in enumerate(rows):
            indent = "  " if at else ""
            lines += [indent + comment if comment else "" for comment in row.before]
            lines += row.lines
            if row.behind:
                lines[-1] += f"  {row.behind}"
        lines += ["  " + comment for comment in tail.of_block.get(number, ())]
    if tail.of_file:
        lines += ["", *tail.of_file] if lines else tail.of_file
    return "\n".join(lines) + "\n" if lines else ""


def _is_run(source: Sequence[str], pair: Sequence[Block], rows: Sequence[Sequence[Row]]) -> bool:
    """Whether two blocks that follow each other are one-line vocabulary with no blank line between them."""
    one_line = all(
        isinstance(block, _Vocabulary) and len(block_rows) == 1 for block, block_rows in zip(pair, rows, strict=True)
    )
    if not one_line or any(len(block_rows[0].lines) > 1 for block_rows in rows):
        return False
    between = source[pair[0].span.end_line : pair[1].span.line - 1]
    return all(line.strip() for line in between)


def _align_runs(blocks: Sequence[Block], rows: Sequence[Sequence[Row]], together: Sequence[bool]) -> None:
    """Align neighbours of the same kind in a run."""
    run: list[Row] = []
    for number, (block, own) in enumerate(zip(blocks, rows, strict=True)):
        if number and not (together[number - 1] and type(blocks[number - 1]) is type(block)):
            align(run)
            run = []
        if own[0].cells:
            run.append(own[0])
    align(run)


# ---- rows of a block


def block_rows(block: Block) -> list[Row]:
    """The rows of a block, its head first."""
    match block:
        case Term():
            return _vocabulary(block, "term", block.gloss, [("under", block.under), ("since", block.since or "")])
        case Fact():
            return _vocabulary(block, block.role, block.question, _fact(block))
        case Topic():
            return _vocabulary(block, "topic", block.gloss, [("under", block.under)])
        case Regulation():
            return _vocabulary(block, "regulation", block.title, [])
        case Define():
            lead = f"define {block.name} as "
            head = Row(lay_out(lead, [("", block.condition)]), [_reach(block.span, block.condition.span)])
            return [head, *_citation(block.citation)]
        case Reading():
            choices = [clause("choice", [(one.name.text, one.gloss)], [one.span]) for one in block.choices]
            return [_head("reading", block.name, block.question, block.span), *_citation(block.citation), *choices]
        case Platform():
            return _platform(block)
        case Document():
            return _document(block)
        case Provision():
            return _provision(block)
        case Expect():
            return _expect(block)


def _head(keyword: str, name: Name, title: Text, span: Span) -> Row:
    return Row(lay_out(f"{keyword} {name} ", [("", title)]), [_reach(span, title.span)])


def _reach(start: Span, end: Span) -> Span:
    return Span(start.file, start.line, start.column, end.end_line, end.end_column)


def _vocabulary(block: Term | Fact | Topic | Regulation, keyword: str, text: Text, rest: list[Segment]) -> list[Row]:
    """One row with cells where it fits in a line, else a row for every clause."""
    rest = [segment for segment in rest if segment[1] or segment[0] in ("yes or no", "for counsel")]
    cells = [flat(segment) for segment in rest]
    line = "  ".join([f"{keyword} {block.name} {quoted(text)}", *cells])
    if len(line) <= WIDTH:
        lead = f"{keyword:<9} {block.name}" if isinstance(block, Fact) else f"{keyword} {block.name}"
        return [Row([line], [block.span], (lead, quoted(text), *cells))]
    head = _head(keyword, block.name, text, block.span)
    return [head, *(clause(word, [("", value)], _places(value)) for word, value in rest)]


def _places(value: object) -> list[Span]:
    values = value if isinstance(value, tuple) else (value,)
    return [one.span for one in values if hasattr(one, "span")]


def _fact(fact: Fact) -> list[Segment]:
    segments: list[Segment] = []
    if fact.role == "fact":
        segments.append((_TYPES[fact.type.kind], fact.type.domain.text if fact.type.domain else ""))
    if fact.asked_when is not None:
        segments.append(("asked when", fact.asked_when))
    segments += [("implies", fact.implies), ("per", fact.per or "")]
    if fact.for_counsel:
        segments.append(("for counsel", ""))
    return segments


def _citation(citation: Citation) -> list[Row]:
    rows = []
    if citation.section is not None:
        rows.append(clause("section", [("", citation.section)], [citation.section.span]))
    if citation.quote:
        rows.append(clause("quote", [("", citation.quote)], [text.span for text in citation.quote]))
    return rows


def _cited(first: Iterable[Segment], citation: Citation) -> list[Segment]:
    segments = list(first)
    if citation.section is not None:
        segments.append(("section", citation.section))
    if citation.quote:
        segments.append(("quote", citation.quote))
    return segments


def _when(condition: Condition | None) -> list[Segment]:
    return [] if condition is None else [("when", condition)]


def _platform(platform: Platform) -> list[Row]:
    rows = [_head("platform", platform.name, platform.title, platform.span)]
    if platform.vendor is not None:
        rows.append(clause("vendor", [("", platform.vendor.text)], [platform.vendor.span]))
    if platform.aliases:
        head = f"  {'alias':<{KEYWORD_WIDTH}} "
        rows.append(Row(listed(head, platform.aliases), [alias.span for alias in platform.aliases]))
    names = max((len(one.name.text) for one in platform.offerings), default=0)
    titles = max((len(quoted(one.title)) for one in platform.offerings), default=0)
    rows += [_offering(one, names, titles) for one in platform.offerings]
    return rows


def _offering(offering: Offering, names: int, titles: int) -> Row:
    under = ", ".join(name.text for name in offering.under)
    line = f"{offering.name.text:<{names}} {quoted(offering.title):<{titles}}  under {under}"
    row = clause("offering", [("", line)], [offering.span])
    if len(row.lines[0]) > WIDTH:
        segments: list[Segment] = [(offering.name.text, offering.title), ("under", offering.under)]
        row = clause("offering", segments, [offering.span])
    if offering.aliases:
        row.lines += listed(" " * (KEYWORD_WIDTH + 3) + "alias ", offering.aliases)
    return row


def _date(date: Date) -> str:
    return date.value.isoformat()


def _dates(*dates: tuple[str, Date | None]) -> list[Row]:
    """Dates that stand in one row, the first one's keyword before it."""
    given = [(word, date) for word, date in dates if date is not None]
    if not given:
        return []
    segments: list[Segment] = [("" if number == 0 else word, _date(date)) for number, (word, date) in enumerate(given)]
    return [clause(given[0][0], segments, [date.span for _, date in given])]


def _document(document: Document) -> list[Row]:
    rows = [_head("document", document.name, document.title, document.span)]
    if document.kind is not None:
        rows.append(clause("kind", [("", document.kind.text)], [document.kind.span]))
    if document.source is not None:
        rows.append(clause("source", [("", document.source)], [document.source.span]))
    if document.evidence is not None:
        rows.append(_evidence(document.evidence))
    for disputed in document.disputed_by:
        rows.append(clause("disputed by", _cited([("", disputed.document.text)], disputed.citation), [disputed.span]))
    rows += _dates(
        ("captured", document.captured),
        ("seen", document.seen),
        ("updated", document.updated),
        ("effective", document.effective),
    )
    for yields in document.yields_to:
        rows.append(clause("yields to", _cited([("", yields.document.text)], yields.citation), [yields.span]))
    if document.applies_when is not None:
        applies = document.applies_when
        rows.append(clause("applies when", _cited([("", applies.condition)], applies.citation), [applies.span]))
    for one in document.incorporates:
        segments = _cited([("", one.document.text), *_when(one.when)], one.citation)
        rows.append(clause("incorporates", segments, [one.span]))
    if document.silence_reserved is not None:
        silence = document.silence_reserved
        rows.append(clause("silence is reserved", _cited([], silence.citation), [silence.span]))
    rows += _dates(("encoded", document.encoded), ("read again", document.read_again))
    if document.coverage is not None:
        coverage = document.coverage
        extent: Segment = (
            ("partial", coverage.note) if coverage.note else ("", "whole" if coverage.whole else "partial")
        )
        rows.append(clause("coverage", [extent], [coverage.span]))
    if document.note is not None:
        rows.append(clause("note", [("", document.note)], [document.note.span]))
    return rows


def _evidence(evidence: Archive | Own | Reported) -> Row:
    if isinstance(evidence, Reported):
        return clause("reported by", [("", evidence.by), ("on", _date(evidence.on))], [evidence.span])
    if isinstance(evidence, Own):
        sha256: list[Segment] = [("sha256", evidence.sha256)] if evidence.sha256 else []
        return clause("own", [("", evidence.file), *sha256], [evidence.span])
    where = f"{evidence.collection} "
    if evidence.repository is not None:
        where += f"{quoted(evidence.repository)} "
    optional: list[tuple[str, str | Text | None]] = [
        ("commit", evidence.commit),
        ("sha256", evidence.sha256),
        ("part", evidence.part),
        ("transcribed by", evidence.transcribed_by),
    ]
    segments: list[Segment] = [(word, value) for word, value in optional if value is not None]
    return clause("archive", [("", where + quoted(evidence.path)), *segments], [evidence.span])


def _provision(provision: Provision) -> list[Row]:
    rows = [_head(provision.kind, provision.name, provision.title, provision.span), *_citation(provision.citation)]
    if provision.in_force is not None:
        force = provision.in_force
        until: list[Segment] = [("until", _date(force.until))] if force.until else []
        rows.append(clause("in force", [("", _date(force.start)), *until], [force.span]))
    rows.append(clause("when", [("", provision.when)], [provision.when.span]))
    for unless in provision.unless:
        rows.append(clause("unless", _cited([("", unless.condition)], unless.citation), [unless.span]))
    for that in provision.that:
        rows.append(clause("that", _cited([("", that.duty), *_when(that.when)], that.citation), [that.span]))
    for overrides in provision.overrides:
        segments = _cited([("", overrides.provisions)], overrides.citation)
        rows.append(clause("overrides", segments, [overrides.span]))
    if provision.may_lift is not None:
        lifted = provision.may_lift
        segments = _cited([("", lifted.provisions or "all")], lifted.citation)
        rows.append(clause("may lift", segments, [lifted.span]))
    if provision.offerings:
        rows.append(clause("for", [("", provision.offerings)], [name.span for name in provision.offerings]))
    if provision.topics:
        rows.append(clause("topic", [("", provision.topics)], [name.span for name in provision.topics]))
    rows += [clause("note", [("", note)], [note.span]) for note in provision.notes]
    for see in provision.sees:
        where: Segment = (see.regulation.text, see.where) if see.where else ("", see.regulation.text)
        rows.append(clause("see", [where], [see.span]))
    return rows


def _expect(expect: Expect) -> list[Row]:
    rows = [Row(lay_out("expect ", [("", expect.title)]), [_reach(expect.span, expect.title.span)])]
    claimed: list[Segment] = [("", expect.claim.names)] if expect.claim.names else []
    rows.append(clause(CLAIMS[expect.claim.kind], claimed, [expect.claim.span]))
    if expect.when is not None:
        rows.append(clause("when", [("", expect.when)], [expect.when.span]))
    if expect.offerings:
        rows.append(clause("for", [("", expect.offerings)], [name.span for name in expect.offerings]))
    if expect.note is not None:
        rows.append(clause("note", [("", expect.note)], [expect.note.span]))
    return rows
