"""Own rules for what a scalar or a list says, by the kind of the question; YAML's types have no part in it.

flag: `yes`, `no`, `true`, `false` in any case. one: `T`, `not T`, or a list of `not T`. many: a list (or one item) of
`T`, `not T`, `all of T` (every term strictly below T) and `...`, which leaves the list open; a list that only
excludes is open too, and `[]` is the complete empty list. number and count: see `numbers`. Any kind: `don't know`
(or `unknown`, where no term of the question has that name). A term is looked up exactly, then in lower case, so that
`region: NO` is the term `no`; it never becomes a yes or no.
"""

from __future__ import annotations

from ..language.diagnostics import clip, did_you_mean
from ..language.tree import Span
from ..rulebook.model import Fact, Rules
from .findings import Findings
from .model import Answer, FlagValue, TermsValue, Value
from .numbers import NumberError, read_range
from .yaml_nodes import Items, Mapping, Node, Scalar, missing, written

YES = ("yes", "true")
NO = ("no", "false")
_DONT_KNOW = ("don't know", "dont know", "do not know", "unknown")
OPEN = ("...", "…")


def read_answer(rules: Rules, fact: Fact, node: Node, found: Findings) -> Answer | None:
    """One answer to `fact`; None where the value is missing, or wrong (then `found` says so)."""
    if missing(node):
        return None
    if isinstance(node, Mapping):
        found.add("M221", f"'{fact.id}' takes {takes(fact)}, not a mapping", node.span)
        return None
    text = written(node)
    if isinstance(node, Scalar):
        if not text:
            help = "write the answer, or leave the line out where it is not known yet"
            found.add("M223", f"the answer to '{fact.id}' is empty", node.span, help)
            return None
        if says_dont_know(text) and not _own_term(rules, fact, text):
            return Answer(None, "don't know", text, span=node.span)
    value = _value(rules, fact, node, text, found)
    return None if value is None else Answer(value, "given", text, span=node.span)


def says_dont_know(text: str) -> bool:
    """Whether the text states that the answer is not known."""
    return " ".join(text.lower().replace("\u2019", "'").replace("`", "'").split()) in _DONT_KNOW


def takes(fact: Fact) -> str:
    """What a question takes for an answer, in words."""
    match fact.kind:
        case "flag":
            return "yes or no"
        case "one":
            return f"one '{fact.domain}'"
        case "many":
            return f"a list of '{fact.domain}'"
        case "count":
            return f"a whole number of {fact.domain}"
        case _:
            return f"a number of {fact.domain}"


def read_flag(text: str) -> bool | None:
    """Yes, no, or None where the text is neither."""
    word = text.strip().lower()
    return True if word in YES else False if word in NO else None


def _own_term(rules: Rules, fact: Fact, text: str) -> bool:
    return fact.domain is not None and text.lower() in rules.below.get(fact.domain, ())


def _value(rules: Rules, fact: Fact, node: Scalar | Items, text: str, found: Findings) -> Value | None:
    if fact.kind in ("one", "many"):
        terms = _Terms(rules, fact, found)
        return terms.read_many(node) if fact.kind == "many" else terms.read_one(node)
    if isinstance(node, Items):
        found.add("M221", f"'{fact.id}' takes {takes(fact)}, not a list", node.span)
        return None
    if fact.kind == "flag":
        yes = read_flag(text)
        if yes is None:
            help = did_you_mean(text.lower(), ("yes", "no"), "write 'yes', 'no' or 'don't know'")
            found.add("M240", f"'{fact.id}' takes yes or no, not '{clip(text)}'", node.span, help)
            return None
        return FlagValue(yes)
    try:
        return read_range(text, fact.kind == "count")
    except NumberError as error:
        found.add(error.code, error.message, node.span, error.help)
        return None


class _Terms:
    """Reading the answer to one question about terms."""

    def __init__(self, rules: Rules, fact: Fact, found: Findings) -> None:
        self.rules, self.fact, self.found = rules, fact, found
        self.domain = fact.domain or ""
        self.within = rules.below.get(self.domain, frozenset())
        self.wrong = False

    def add(self, code: str, message: str, span: Span, help: str | None = None) -> None:
        self.wrong = True
        self.found.add(code, message, span, help)

    def read_one(self, node: Scalar | Items) -> TermsValue | None:
        excluded: dict[str, None] = {}
        listed: tuple[str, ...] = ()
        if isinstance(node, Items) and not node.items:
            help = "leave it out where it is not known yet"
            self.add("M245", f"'{self.fact.id}' takes {takes(self.fact)}, and this list is empty", node.span, help)
        for word, item in self.words(node):
            if word.lower().startswith("not "):
                if (term := self.term(word[4:].strip(), item.span)) is not None:
                    excluded[term] = None
            elif isinstance(node, Items) or word in OPEN or word.lower().startswith("all of "):
                help = f"write one, such as '{self.fact.id}: {self.example()}', or a list of 'not …'"
                self.add("M245", f"'{self.fact.id}' takes {takes(self.fact)}, not several", item.span, help)
                break
            elif (term := self.term(word, item.span)) is not None:
                listed = (term,)
        return None if self.wrong else TermsValue(listed, tuple(excluded), bool(listed))

    def read_many(self, node: Scalar | Items) -> TermsValue | None:
        listed: dict[str, None] = {}
        excluded: dict[str, Span] = {}
        opened = False
        for word, item in self.words(node):
            lower = word.lower()
            if word in OPEN:
                opened = True
            elif lower.startswith("not "):
                if (term := self.term(word[4:].strip(), item.span)) is not None:
                    excluded.setdefault(term, item.span)
            elif lower.startswith("all of "):
                listed |= dict.fromkeys(self.members(word[7:].strip(), item.span))
            elif (term := self.term(word, item.span)) is not None:
                listed[term] = None
        for term, span in excluded.items():
            if clash := [t for t in listed if t in self.rules.below.get(term, {term})]:
                message = f"the list says '{clash[0]}' and 'not {term}' at once"
                self.add("M244", message, span, "keep one of the two")
        if opened and not listed and not excluded and not self.wrong:
            help = "list what is known before it, or leave the line out"
            self.add("M244", "'...' alone says nothing", node.span, help)
        complete = not opened and not (excluded and not listed)
        return None if self.wrong else TermsValue(tuple(listed), tuple(excluded), complete)

    def words(self, node: Scalar | Items) -> list[tuple[str, Scalar]]:
        """The items as words on one line; those that are no text are reported."""
        words = []
        for item in node.items if isinstance(node, Items) else (node,):
            if not isinstance(item, Scalar):
                self.add("M221", f"an item of '{self.fact.id}' takes one name", item.span, "write '- name'")
            elif not (word := written(item)):
                self.add("M223", f"an item of '{self.fact.id}' is empty", item.span, "write it or delete it")
            elif says_dont_know(word) and isinstance(node, Items) and not _own_term(self.rules, self.fact, word):
                self.add("M244", f"'{clip(word)}' cannot be an item of a list", item.span, "'...' leaves a list open")
            else:
                words.append((word, item))
        return words

    def members(self, word: str, span: Span) -> list[str]:
        """The terms strictly below a term."""
        term = self.term(word, span)
        if term is None:
            return []
        below = sorted(self.rules.below[term] - {term})
        if not below:
            self.add("M243", f"there is no term below '{term}'", span, f"write '{term}' itself")
        return below

    def term(self, word: str, span: Span) -> str | None:
        """The term that a word names, or None and a diagnostic."""
        for spelling in (word, word.lower()):
            if spelling in self.within:
                return spelling
        for spelling in (word, word.lower()):
            if spelling in self.rules.terms:
                self.outside(spelling, span)
                return None
        message = f"'{self.fact.id}' has no term '{clip(word)}'"
        help = did_you_mean(word.lower().replace(" ", "-").replace("_", "-"), self.within)
        if read_flag(word) is False and self.fact.kind == "many":
            help = f"write '{self.fact.id}: []' for none"
        elif help is None:
            help = f"it takes {takes(self.fact)}: {self.some()}"
        self.add("M241", message, span, help)
        return None

    def outside(self, term: str, span: Span) -> None:
        """A term that answers another question."""
        others = [f.id for f in self.rules.facts.values() if f.domain and term in self.rules.below.get(f.domain, ())]
        help = f"it answers {' or '.join(repr(o) for o in others[:3])}" if others else f"known: {self.some()}"
        self.add("M242", f"'{term}' is no '{self.domain}', which '{self.fact.id}' asks for", span, help)

    def some(self) -> str:
        """A few of the terms that would do."""
        terms = sorted(self.within - {self.domain})
        shown = ", ".join(terms[:6])
        return f"{shown} and {len(terms) - 6} more" if len(terms) > 6 else shown or "none is declared"

    def example(self) -> str:
        return min(self.within - {self.domain}, default=self.domain)
