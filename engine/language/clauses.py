"""Matches to clauses: which clause belongs to which, which is there twice, which stands where it cannot.

A clause belongs to the block, or to a clause before it: a `section` to its `unless`, a `commit` to its `archive`. This
is where the order of clauses is judged; `build` then makes nodes of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .grammar import CLAIM_SHAPES, BlockGrammar
from .tokens import Part, plain

CITATION = frozenset({"section", "quote"})
_SNAPSHOT = frozenset({"commit", "sha256", "part", "transcribed by"})
_OWNED: Mapping[str, frozenset[str]] = {
    "unless": CITATION,
    "that": CITATION | {"when"},
    "overrides": CITATION,
    "may lift": CITATION,
    "in force": frozenset({"until"}),
    "yields to": CITATION,
    "applies when": CITATION,
    "incorporates": CITATION | {"when"},
    "silence is reserved": CITATION,
    "disputed by": CITATION,
    "reported by": frozenset({"on"}),
    "archive": _SNAPSHOT,
    "own": frozenset({"sha256"}),
    "offering": frozenset({"under", "alias"}),
}
"""The clauses that belong to a clause when they follow it."""
_DOCUMENT_OWNERS = frozenset(
    {"yields to", "applies when", "incorporates", "silence is reserved", "disputed by", "reported by", "archive", "own"}
)
_PROVISION = ("prohibit", "require", "permit", "reserve")
_CITED = frozenset({*_PROVISION, "define", "reading"})
_DEPENDENT: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(_PROVISION, CITATION | {"until"}),
    "define": CITATION,
    "reading": CITATION,
    "platform": frozenset({"under"}),
    "document": CITATION | _SNAPSHOT | {"when", "on"},
}
"""The clauses that cannot stand by themselves, by kind of block."""
_ASIDE = frozenset({"topic", "note", "see", "for", "in force", "as"})
"""Clauses behind which a citation may still be the block's."""
_REPEATED = frozenset(
    {"unless", "that", "overrides", "topic", "see", "for"}
    | {"choice", "offering", "alias", "yields to", "incorporates", "disputed by"}
)
_ONE_OF = {
    **dict.fromkeys(("archive", "own", "reported by"), "an origin ('archive', 'own' or 'reported by')"),
    **dict.fromkeys(("yes or no", "one of", "many of", "number of", "count of"), "a type"),
    **dict.fromkeys(CLAIM_SHAPES, "a claim"),
}
"""Clauses of which a block has only one."""
_ONLY_IN = {"that": "require", "overrides": "permit", "may lift": "reserve"}


@dataclass(slots=True)
class Clause:
    """A keyword, what follows it, and the clauses that belong to it; offsets are the part's."""

    keyword: str
    start: int
    """Of the keyword."""
    argument: int
    """Where what follows the keyword starts; `behind` is where it ends."""
    behind: int
    end: int
    """With the clauses that belong to it."""
    owned: dict[str, Clause] = field(default_factory=dict)
    more: list[Clause] = field(default_factory=list)
    """Those that belong to it beside one of the same keyword, where that may be repeated."""

    def every(self, keyword: str) -> list[Clause]:
        """The clauses with the keyword that belong to this one, in the order of the text."""
        first = self.owned.get(keyword)
        return [*([first] if first else []), *(clause for clause in self.more if clause.keyword == keyword)]


@dataclass(slots=True)
class RawBlock:
    """A block before it is a node: its head, the clauses that belong to the block itself, and the others."""

    keyword: str
    head: re.Match[str]
    owned: dict[str, Clause]
    clauses: list[Clause]
    end: int

    def all(self, *keywords: str) -> list[Clause]:
        """The clauses with one of the keywords, in the order of the text."""
        return [clause for clause in self.clauses if clause.keyword in keywords]

    def one(self, *keywords: str) -> Clause | None:
        """The first clause with one of the keywords."""
        return next((clause for clause in self.clauses if clause.keyword in keywords), None)


def read_clauses(grammar: BlockGrammar, tokens: Iterable[re.Match[str]]) -> list[Clause]:
    """The clauses of a run of tokens that a block's grammar gave, one behind the other."""
    clauses: list[Clause] = []
    known = grammar.clauses
    for match in tokens:
        at = match.lastindex or 2
        argument, end = match.span(at)
        if argument == end:  # nothing follows the keyword
            argument = end = match.end(at - 1)
        raw = match[at - 1]
        clauses.append(Clause(raw if raw in known else plain(raw), match.start(at - 1), argument, end, end))
    return clauses


def arrange(part: Part, keyword: str, head: re.Match[str], clauses: Sequence[Clause]) -> RawBlock:
    """Put every clause where it belongs; what belongs nowhere, or is there twice, is an error and left out."""
    block = RawBlock(keyword, head, {}, [], clauses[-1].end if clauses else head.end())
    dependent = _DEPENDENT.get(keyword, frozenset())
    certain = not part.broken  # behind an error, a clause may belong to what could not be read
    repeated = _REPEATED | {"note"} if keyword in _PROVISION else _REPEATED
    firsts: dict[str, Clause] = {}
    last: Clause | None = None
    open_to_block = keyword in _CITED
    for clause in clauses:
        word = clause.keyword
        if last is not None and word in _OWNED.get(last.keyword, ()) and not _ends_that(last, word):
            if word in _REPEATED and word in last.owned:
                last.more.append(clause)
            else:
                _own(part, last.owned, clause, certain)
            last.end = max(last.end, clause.end)
        elif word in dependent:
            if open_to_block and word in CITATION:
                _own(part, block.owned, clause, certain)
            elif certain:
                _misplaced(part, keyword, last, clause)
        else:
            last = clause
            if word == "in force":
                open_to_block = keyword in _CITED
            elif word not in _ASIDE:
                open_to_block = False
            if _ONLY_IN.get(word, keyword) != keyword:
                _point(part, clause, "M015", f"'{word}' does not belong in a '{keyword}'", _only_in(word))
                continue
            what = _ONE_OF.get(word, f"'{word}'")
            if word not in repeated and what in firsts:
                _twice(part, what, firsts[what], clause)
                continue
            if word in CLAIM_SHAPES and block.clauses and certain:
                message = f"'{word}' stands behind '{block.clauses[-1].keyword}'"
                _point(part, clause, "M018", message, "move it before all other clauses: first comes what is claimed")
            firsts[what] = clause
            block.clauses.append(clause)
    return block


def _ends_that(last: Clause, word: str) -> bool:
    """Whether a `when` behind the citation of a `that` is the provision's own."""
    return word == "when" and last.keyword == "that" and bool(last.owned)


def _own(part: Part, owned: dict[str, Clause], clause: Clause, certain: bool) -> None:
    if clause.keyword not in owned:
        owned[clause.keyword] = clause
    elif certain:
        _twice(part, f"'{clause.keyword}'", owned[clause.keyword], clause)


def _point(part: Part, clause: Clause, code: str, message: str, help: str) -> None:
    part.error(code, message, clause.start, clause.start + len(clause.keyword), help)


def _twice(part: Part, what: str, first: Clause, clause: Clause) -> None:
    line = part.span(first.start, first.start).line
    advice = {
        "when": ", join the two with 'and'",
        "quote": ", join fragments with 'then'",
        "may lift": ", join the two with a comma",
        "note": ", write one text behind the other",
        **dict.fromkeys(CLAIM_SHAPES, ", write an 'expect' for each"),
    }.get(clause.keyword, "")
    _point(part, clause, "M016", f"{what} is given a second time", f"the first is in line {line}{advice}")


def _only_in(word: str) -> str:
    other = {
        "that": "only a 'require' has conditions it asks for",
        "overrides": "only a 'permit' lifts provisions",
        "may lift": "only a 'reserve' says where an exception can be asked for",
    }
    return other[word]


def _misplaced(part: Part, keyword: str, last: Clause | None, clause: Clause) -> None:
    word = clause.keyword
    if word in CITATION and keyword in _CITED:
        if last is not None and last.keyword == "when":
            message, help = f"'{word}' stands behind 'when'", "move it before 'when', where it cites the provision"
        else:
            message = f"'{word}' does not belong to '{last.keyword if last else keyword}'"
            help = f"put it before all other clauses to cite the '{keyword}', or right behind the clause it cites"
    else:
        owners = [f"'{owner}'" for owner in _possible(keyword) if word in _OWNED[owner]]
        message = f"'{word}' has no {' or '.join(owners)} before it"
        help = "put it right behind the clause it belongs to"
    _point(part, clause, "M018", message, help)


def _possible(keyword: str) -> tuple[str, ...]:
    if keyword != "document":
        return ("offering",) if keyword == "platform" else ("in force",)
    return tuple(owner for owner in _OWNED if owner in _DOCUMENT_OWNERS)
