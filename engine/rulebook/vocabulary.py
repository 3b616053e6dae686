"""The vocabulary: terms as a DAG, facts with their owners, defines, readings of the house, topics, regulations.

Each function takes the blocks of one kind, fills `Names` (or returns its table) and notes errors; the order of the
calls is the order of dependence, and is `resolve`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from ..language import tree
from ..language.diagnostics import did_you_mean
from .conditions import Names, Scope, mentioned, resolve_condition
from .graph import at_or_below, cycles
from .model import Citation, Define, Fact, Reading, Term, Topic

QUOTE_WORDS = (4, 12)
"""Fewest and most words of a quote."""


def citation(written: tree.Citation, names: Names) -> Citation:
    """A citation as plain text; a quote of too few or too many words is an error."""
    if written.quote:
        words = sum(any(c.isalnum() for c in w) for f in written.quote for w in f.text.split())
        if not QUOTE_WORDS[0] <= words <= QUOTE_WORDS[1]:
            more = "leave words out with 'then', or quote fewer; the rest is told in our own words"
            fewer = "quote enough to be found in one paragraph only"
            names.error(
                "M108",
                f"a quote has {QUOTE_WORDS[0]} to {QUOTE_WORDS[1]} words, this one {words}",
                written.quote[0].span,
                more if words > QUOTE_WORDS[1] else fewer,
            )
    return Citation(written.section.text if written.section else None, tuple(f.text for f in written.quote))


class Once:
    """Refuses a second declaration of a name, pointing at the first, with `why` there can be one only."""

    def __init__(self, names: Names, why: str = "one name space holds facts, terms and defines") -> None:
        self.names = names
        self.why = why
        self.first: dict[str, tree.Span] = {}

    def admits(self, id: str, what: str, name: tree.Name | tree.Text) -> bool:
        """Whether this is the first declaration of `id`; notes the error otherwise."""
        if id in self.first:
            at = self.first[id]
            self.names.error(
                "M101",
                f"{what} '{name}' is declared twice",
                name.span,
                f"the first is at {at.file}:{at.line}:{at.column}; {self.why}",
            )
            return False
        self.first[id] = name.span
        return True


def refuse_cycles(
    edges: Mapping[str, Iterable[str]], place: Callable[[str], tree.Span], what: str, names: Names
) -> set[str]:
    """Note each cycle with every member; the members of all of them."""
    members: set[str] = set()
    for cycle in cycles(edges):
        members.update(cycle)
        names.error(
            "M102",
            f"{what} go round in a circle: {', '.join(repr(m) for m in cycle)}",
            place(cycle[0]),
            "take one of these links away",
        )
    return members


def resolve_terms(blocks: Iterable[tree.Term], once: Once) -> None:
    """The terms and what lies below each."""
    names = once.names
    for block in blocks:
        if once.admits(block.name.text, "term", block.name):
            names.terms[block.name.text] = Term(
                block.name.text, block.gloss.text, tuple(u.text for u in block.under), block.since, block.name.span
            )
            for parent in block.under:
                if block.under.count(parent) > 1:
                    names.error("M103", f"'{parent}' stands twice under '{block.name}'", parent.span)
    _check_parents(blocks, names.terms, "term", names)
    looped = refuse_cycles({t.id: t.under for t in names.terms.values()}, lambda t: names.terms[t].span, "terms", names)
    for id in looped:
        names.terms[id] = replace(names.terms[id], under=())
    names.below = at_or_below({t.id: t.under for t in names.terms.values()})


def _check_parents(
    blocks: Iterable[tree.Term] | Iterable[tree.Topic], known: Mapping[str, object], what: str, names: Names
) -> None:
    for block in blocks:
        for parent in block.under:
            if parent.text not in known:
                names.error("M110", f"unknown {what} '{parent}'", parent.span, did_you_mean(parent.text, known))


def resolve_topics(blocks: list[tree.Topic], names: Names) -> dict[str, Topic]:
    """The topics."""
    topics: dict[str, Topic] = {}
    once = Once(names)
    for block in blocks:
        if once.admits(block.name.text, "topic", block.name):
            topics[block.name.text] = Topic(
                block.name.text, block.gloss.text, tuple(u.text for u in block.under), block.name.span
            )
    _check_parents(blocks, topics, "topic", names)
    refuse_cycles({t.id: t.under for t in topics.values()}, lambda t: topics[t].span, "topics", names)
    return topics


def resolve_regulations(blocks: Iterable[tree.Regulation], names: Names) -> dict[str, str]:
    """The regulations' titles."""
    once = Once(names)
    return {b.name.text: b.title.text for b in blocks if once.admits(b.name.text, "regulation", b.name)}


def declare_facts(blocks: Iterable[tree.Fact], once: Once) -> None:
    """The facts with their types; `resolve_facts` does the rest once defines are known."""
    names = once.names
    for block in blocks:
        if not once.admits(block.name.text, block.role, block.name):
            continue
        domain = block.type.domain
        if block.type.kind in ("one", "many") and domain is not None and domain.text not in names.terms:
            names.error("M110", f"unknown term '{domain}'", domain.span, did_you_mean(domain.text, names.terms))
        if block.for_counsel and (block.role != "fact" or block.type.kind not in ("flag", "one")):
            names.error(
                "M105",
                f"'{block.name}' cannot be for counsel",
                block.name.span,
                "only a fact that is 'yes or no' or 'one of' is answered like a reading",
            )
        if block.asked_when is not None and block.role == "approval":
            names.error(
                "M105",
                f"approval '{block.name}' has no 'asked when'",
                block.asked_when.span,
                "say in the 'when' of the provision where the consent is needed",
            )
        if block.implies and block.role != "safeguard":
            names.error(
                "M105",
                f"'{block.name}' is no safeguard, so it implies nothing",
                block.implies[0].span,
                "say how facts hang together with 'asked when' and terms",
            )
        names.facts[block.name.text] = Fact(
            block.name.text,
            block.role,
            block.question.text,
            block.type.kind,
            domain.text if domain else None,
            None,
            tuple(i.text for i in block.implies),
            block.per,
            block.for_counsel,
            block.name.span,
        )


def resolve_facts(blocks: Iterable[tree.Fact], names: Names) -> None:
    """`asked when` and `implies` of every fact."""
    for block in blocks:
        fact = names.facts.get(block.name.text)
        if fact is None or fact.span != block.name.span:
            continue
        if block.asked_when is not None:
            guard = resolve_condition(block.asked_when, names, Scope())
            names.facts[fact.id] = replace(fact, asked_when=guard)
            for what, span in mentioned(guard, names):
                if isinstance(what, Reading) or what.role != "fact" or what.for_counsel:
                    names.error(
                        "M104",
                        f"'asked when' may not depend on '{what.id}'",
                        span,
                        "only on facts that a planner answers",
                    )
                elif not _as_wide(what.per, fact.per):
                    names.error(
                        "M104",
                        f"'{what.id}' has an answer per {what.per}, '{fact.id}' has not",
                        span,
                        f"ask '{fact.id}' per {what.per} too",
                    )
        for implied in block.implies:
            target = names.facts.get(implied.text)
            if target is None or target.role != "safeguard":
                known = [f.id for f in names.facts.values() if f.role == "safeguard"]
                names.error("M110", f"unknown safeguard '{implied}'", implied.span, did_you_mean(implied.text, known))
            elif target.per != fact.per:
                names.error(
                    "M104",
                    f"'{fact.id}' and '{implied}' are asked of different sets of offerings",
                    implied.span,
                    "a safeguard implies one that is asked in the same way",
                )
    looped = refuse_cycles(
        {f.id: {w.id for w, _ in mentioned(f.asked_when, names)} if f.asked_when else () for f in names.facts.values()},
        lambda f: names.facts[f].span,
        "'asked when' conditions",
        names,
    )
    looped |= refuse_cycles(
        {f.id: f.implies for f in names.facts.values()}, lambda f: names.facts[f].span, "safeguards", names
    )
    for id in looped:
        names.facts[id] = replace(names.facts[id], asked_when=None, implies=())


def _as_wide(inner: str | None, outer: str | None) -> bool:
    """Whether an answer per `inner` is at hand wherever one per `outer` is asked."""
    order = (None, "platform", "offering")
    return order.index(inner) <= order.index(outer)


def declare_readings(blocks: Iterable[tree.Reading], names: Names, document: str | None, once: Once) -> None:
    """The readings of one document, or of the vocabulary."""
    for block in blocks:
        id = f"{document}/{block.name}" if document else block.name.text
        if not once.admits(id, "reading", block.name):
            continue
        choices = [c.name.text for c in block.choices]
        if len(set(choices)) < max(2, len(choices)):
            names.error("M105", f"reading '{block.name}' needs two different choices or more", block.name.span)
        names.readings[id] = Reading(
            id,
            block.question.text,
            tuple((c.name.text, c.gloss.text) for c in block.choices),
            document,
            citation(block.citation, names),
            block.name.span,
        )


def resolve_defines(blocks: Iterable[tuple[tree.Define, Scope]], once: Once) -> None:
    """Every define, of the vocabulary and of documents together, since they may lean on each other."""
    names = once.names
    kept: list[tuple[str, tree.Define, Scope]] = []
    for block, scope in blocks:
        id = f"{scope.document}/{block.name}" if scope.document else block.name.text
        if scope.document and (block.name.text in names.facts or block.name.text in names.terms):
            names.error(
                "M101",
                f"'{block.name}' is already a name of the vocabulary",
                block.name.span,
                "a document's own definition needs a name of its own",
            )
        elif once.admits(id, "define", block.name):
            names.defines[id] = Define(
                id, tree.Always(), scope.document, citation(block.citation, names), block.name.span
            )
            kept.append((id, block, scope))
    for id, block, scope in kept:
        names.defines[id] = replace(names.defines[id], condition=resolve_condition(block.condition, names, scope))
    leans = {id: _defines_in(names.defines[id].condition, names) for id, _, _ in kept}
    for id in refuse_cycles(leans, lambda d: names.defines[d].span, "defines", names):
        names.defines[id] = replace(names.defines[id], condition=tree.Always())


def _defines_in(condition: tree.Condition, names: Names) -> set[str]:
    match condition:
        case tree.Not(item):
            return _defines_in(item, names)
        case tree.And(items) | tree.Or(items):
            return set().union(*(_defines_in(item, names) for item in items))
        case tree.Holds(name) if name.text in names.defines:
            return {name.text}
        case _:
            return set()
