"""A condition as a tree for a reader: each part in plain words, with its value and the answers that gave it.

Two values stand beside each other. `truth` is read off the answers part by part, so that a finger can follow it; and
`settled` is asked of the solver over all completions, for a whole can be decided where its parts are open (`p or not
p`). The first never contradicts the second (law 3).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..language import tree
from ..language.format import format_condition
from ..logic.formula import TRUE, Chosen, Formula, Some, atoms, conj, kleene, neg
from ..logic.lower import lower
from ..logic.truth import Truth, all_of, any_of
from ..rulebook.model import Citation, Own, Place, Rules, fact_of
from ..usecase.model import Settlement, TermsValue
from .answers import Known, newer_terms
from .explanation import AnswerShown, Cited, Node
from .findings import fact_shown
from .offer import Offer
from .plain import asks, granted_by, named, plain, term_words

OPEN = "open"


@dataclass(frozen=True)
class Asker:
    """What nodes are made with: an offer, the quick reading of its answers, and what counsel has settled."""

    offer: Offer
    known: Known
    settlements: dict[str, Settlement]

    @property
    def rules(self) -> Rules:
        """The rules."""
        return self.offer.rules

    def place(self, document: str) -> Place:
        """Where the conditions of a document are asked."""
        return Place(self.rules.documents[document].platform, self.offer.governing.offering.id)

    def truth(self, formula: Formula) -> str:
        """The value that the answers show part by part: true, false or open."""
        return said(kleene(formula, self.known.truth))

    def settled(self, formula: Formula) -> str:
        """The value in all completions, unstated approvals absent: true, false or open."""
        return self.decided(self.offer.plan.literal(formula))

    def decided(self, literal: int) -> str:
        """The same of a literal."""
        if not self.offer.plan.possible(literal):
            return "false"
        return OPEN if self.offer.plan.possible(-literal) else "true"

    def cited(self, document: str, citation: Citation | None) -> Cited:
        """A citation with its document's title."""
        one = citation or Citation()
        return Cited(document, self.rules.documents[document].title, one.section, one.quote)


def said(truth: Truth) -> str:
    """A Kleene value as readers see it: open rather than unknown."""
    return OPEN if truth is Truth.UNKNOWN else truth.value


def meant(word: str) -> Truth:
    """The Kleene value of what readers see."""
    return Truth.UNKNOWN if word == OPEN else Truth(word)


def node(asker: Asker, condition: tree.Condition, place: Place, unfold: bool = True) -> Node:
    """A resolved condition as a tree. Definitions are unfolded once: one within another is a leaf with all that it
    reads."""
    rules = asker.rules
    formula = lower(condition, rules, place)
    text, settled = format_condition(condition), asker.settled(formula)
    match condition:
        case tree.And(items) | tree.Or(items):
            parts = tuple(node(asker, item, place, unfold) for item in items)
            both = isinstance(condition, tree.And)
            value = (all_of if both else any_of)(meant(p.truth) for p in parts)
            words = "all of these" if both else "at least one of these"
            return Node("all" if both else "any", words, text, said(value), settled, parts=parts)
        case tree.Not(item) if not _is_test(item, rules):
            part = node(asker, item, place, unfold)
            return Node("not", "this is not so", text, said(meant(part.truth).negated()), settled, parts=(part,))
        case tree.Holds(name) if name.text in rules.defines:
            return _definition(asker, condition, name.text, place, unfold)
        case tree.Always():
            return Node("always", "in every case", text, "true", "true")
        case _:
            inner = condition.item if isinstance(condition, tree.Not) else condition
            truth = asker.truth(formula)
            answers = tuple(answer_shown(asker, key, formula, truth) for key in keys_of(formula)) or tuple(
                answer_shown(asker, key, formula, truth) for key in _keys(inner, rules, place)
            )
            cited = None
            if isinstance(inner, tree.ReadingIs):
                reading = rules.readings[inner.reading.text]
                cited = asker.cited(reading.document, reading.citation) if reading.document else None
            words = plain(condition, rules, place, first=_touched(asker, inner, place))
            return Node("test", words, text, truth, settled, answers, cited)


def _is_test(condition: tree.Condition, rules: Rules) -> bool:
    """Whether a condition is one test, which has its own words for its negation."""
    match condition:
        case tree.Holds(name):
            return name.text not in rules.defines
        case tree.Compare() | tree.Test() | tree.ReadingIs():
            return True
        case _:
            return False


def _touched(asker: Asker, condition: tree.Condition, place: Place) -> frozenset[str]:
    """Of the terms of a test, those that the plan's answer lists, or names something above or below of."""
    if not isinstance(condition, tree.Test):
        return frozenset()
    answer = asker.offer.plan.use_case.answers.get(place.key(asker.rules.facts[condition.fact.text]))
    if answer is None or not isinstance(answer.value, TermsValue):
        return frozenset()
    below, listed = asker.rules.below, answer.value.listed
    return frozenset(str(t) for t in condition.terms if any(o in below[str(t)] or str(t) in below[o] for o in listed))


def _keys(condition: tree.Condition, rules: Rules, place: Place) -> Iterator[str]:
    """The key that a test reads even where no answer can make it true."""
    match condition:
        case tree.Holds(name) | tree.Test(name) | tree.Compare(name):
            yield place.key(rules.facts[name.text])
        case tree.ReadingIs(reading):
            yield reading.text
        case _:
            pass


def _definition(asker: Asker, condition: tree.Condition, id: str, place: Place, unfold: bool) -> Node:
    rules = asker.rules
    one = rules.defines[id]
    formula = lower(one.condition, rules, place)
    cited = asker.cited(one.document, one.citation) if one.document else None
    text, settled = format_condition(condition), asker.settled(formula)
    if unfold:
        part = node(asker, one.condition, place, False)
        return Node("definition", named(id), text, part.truth, settled, (), cited, (part,))
    truth = asker.truth(formula)
    answers = tuple(answer_shown(asker, key, formula, truth) for key in keys_of(formula))
    return Node("definition", named(id), text, truth, settled, answers, cited)


def keys_of(formula: Formula) -> list[str]:
    """The keys of facts and readings that a formula reads, in their order."""
    return list(dict.fromkeys(a.reading if isinstance(a, Chosen) else a.key for a in atoms(formula)))


# ---- answers


def answer_shown(asker: Asker, key: str, formula: Formula, truth: str) -> AnswerShown:
    """What is said on a question, and how it bears on a formula that has this truth."""
    rules, use_case = asker.rules, asker.offer.plan.use_case
    settled = asker.settlements.get(key)
    if key in rules.readings:
        by = settled.by if settled else None
        file, line = (settled.span.file or None, settled.span.line or None) if settled else (None, None)
        state = "settled" if settled else "unknown"
        note = "counsel has settled how this is read" if settled else "nobody has settled how this is read"
        choice = _choice(rules, key, settled.choice) if settled else None
        return AnswerShown(key, rules.readings[key].question, "reading", "counsel", state, choice, by, file, line, note)
    fact = rules.facts[fact_of(key)]
    shown = fact_shown(asker.offer, key)
    answer = use_case.answers.get(key)
    state = {"presumed": "presumed absent"}.get(shown.state, shown.state)
    if settled:
        state = "settled"
    span = settled.span if settled else answer.span if answer else None
    owner = "counsel" if fact.for_counsel else granted_by(rules, key) if fact.role == "approval" else "you"
    return AnswerShown(
        key,
        asks(rules, key),
        fact.role,
        owner,
        state,
        settled.choice if settled else shown.value if state != "presumed absent" else None,
        settled.by if settled else shown.by,
        (span.file or None) if span else None,
        (span.line or None) if span and span.file else None,
        _note(asker, key, formula, truth, state),
    )


def _choice(rules: Rules, reading: str, choice: str) -> str:
    return f"{dict(rules.readings[reading].choices).get(choice, '')} [{choice}]".strip()


def _note(asker: Asker, key: str, formula: Formula, truth: str, state: str) -> str:
    """How an answer bears on what is asked; empty where the answer speaks for itself."""
    rules = asker.rules
    fact = rules.facts[fact_of(key)]
    match state:
        case "presumed absent" if fact.role == "wrong":
            return "presumed to be no part of the plan: that is your representation"
        case "presumed absent":
            return "presumed not given, since the plan does not say that it was"
        case "not applicable" if fact.asked_when is not None:
            guard = plain(fact.asked_when, rules, asker.offer.plan.place)
            return f"asked only where this holds: {guard}"
        case "unknown" if fact.role == "safeguard":
            return "something that you can undertake"
        case "unknown" if fact.for_counsel:
            return "for counsel to answer"
        case "don't know":
            return "the plan says that this is not known" + (
                ", so it is not presumed absent" if fact.role == "wrong" else ""
            )
        case "given" | "suggested" | "settled":
            bearing = _bearing(asker, key, formula, truth)
            unconfirmed = "suggested, and confirmed by nobody" if state == "suggested" else ""
            return "; ".join(filter(None, (unconfirmed, bearing)))
    return ""


def _bearing(asker: Asker, key: str, formula: Formula, truth: str) -> str:
    """Of an answer by terms: why it does not decide, or why what it does not name is not there."""
    rules, use_case = asker.rules, asker.offer.plan.use_case
    answer = use_case.answers.get(key)
    wanted = frozenset().union(*(a.terms for a in atoms(formula) if isinstance(a, Some) and a.key == key))
    if answer is None or not isinstance(answer.value, TermsValue) or not wanted:
        return ""
    value, many = answer.value, rules.facts[fact_of(key)].kind == "many"
    if truth == "false" and many and value.complete:
        return "the list is taken as complete"
    if truth != OPEN:
        return ""
    broad = [t for t in value.listed if rules.below[t] & wanted and not rules.below[t] <= wanted]
    if broad:
        words = " or ".join(term_words(rules, t) for t in broad)
        return f"{words} is broader than what is asked here: it may be that, or something else"
    if many and not value.complete:
        return "the list is left open, so this may be among it"
    if newer_terms(rules, use_case.vocabulary) & wanted:
        return "the plan was written before this could be answered"
    return ""


# ---- when a document governs


def gate_node(asker: Asker, document: str) -> Node | None:
    """When a document governs the offering: None where it does in any case."""
    governing = asker.offer.governing
    formula = governing.gates[document]
    if formula == TRUE:
        return None
    ways = [way for way in _ways(asker, document) if way]
    parts = tuple(_way(asker, way) for way in ways)
    text = f"{asker.rules.documents[document].title} governs only where this holds"
    truth, settled = asker.truth(formula), asker.settled(formula)
    if len(parts) == 1:
        return Node("all", text, "", truth, settled, parts=parts[0].parts)
    return Node("any", f"{text}, one way or another", "", truth, settled, parts=parts)


_Step = tuple[str, str, tree.Condition, Citation, str]
"""What a step of the way is, the document it is about, its condition, where that stands, and in which document."""


def _ways(asker: Asker, wanted: str) -> Iterator[list[_Step]]:
    """Every way from the documents of the offering to this one, by the conditions on it."""
    rules, day = asker.rules, asker.offer.governing.day

    def walk(id: str, steps: list[_Step], above: frozenset[str]) -> Iterator[list[_Step]]:
        document = rules.documents[id]
        if document.applies_when is not None:
            steps = [*steps, ("applies", id, document.applies_when, document.applies_citation, id)]
        if id == wanted:
            yield steps
        for part in document.incorporates if document.in_force(day) else ():
            if part.document not in above and part.document != id:
                more: list[_Step] = []
                if part.when is not None:
                    more = [("is made part", part.document, part.when, part.citation, id)]
                yield from walk(part.document, [*steps, *more], above | {id})

    for id in asker.offer.governing.offering.documents:
        if not asker.offer.negotiated or isinstance(rules.documents[id].evidence, Own):
            yield from walk(id, [], frozenset())


def _way(asker: Asker, way: list[_Step]) -> Node:
    parts = []
    for what, id, condition, citation, where in way:
        part = node(asker, condition, asker.place(where))
        title, home = asker.rules.documents[id].title, asker.rules.documents[where].title
        text = f"{title} applies where" if what == "applies" else f"{home} makes {title} part of itself where"
        parts.append(
            Node("all", text, part.condition, part.truth, part.settled, (), asker.cited(where, citation), (part,))
        )
    formula = conj(lower(c, asker.rules, asker.place(where)) for _, _, c, _, where in way)
    return Node("all", "all of these", "", asker.truth(formula), asker.settled(formula), parts=tuple(parts))


def lifting_node(asker: Asker, permit: str) -> Node:
    """When a permit bites: its document governs, its condition holds, none of its exceptions does, and no permit
    overrides it."""
    rules, governing = asker.rules, asker.offer.governing
    one = rules.provisions[permit]
    place = asker.place(one.document)
    parts = [p for p in (gate_node(asker, one.document),) if p is not None]
    parts.append(node(asker, one.when, place))
    for exemption in one.exemptions:
        inner = node(asker, exemption.condition, place)
        formula = neg(lower(exemption.condition, rules, place))
        parts.append(
            Node(
                "not",
                "this exception does not hold",
                f"unless {inner.condition}",
                asker.truth(formula),
                asker.settled(formula),
                (),
                asker.cited(one.document, exemption.citation),
                (inner,),
            )
        )
    for clause in governing.clauses:
        if clause.provision is not None and permit in clause.provision.overrides:
            inner = lifting_node(asker, clause.id)
            value = said(meant(inner.truth).negated())
            parts.append(
                Node("not", "this is not lifted", "", value, asker.settled(neg(clause.bites)), (), None, (inner,))
            )
    bites = next(c.bites for c in governing.clauses if c.id == permit)
    value = said(all_of(meant(p.truth) for p in parts))
    return Node(
        "all",
        f'"{one.title}" applies',
        permit,
        value,
        asker.settled(bites),
        (),
        asker.cited(one.document, one.citation),
        tuple(parts),
    )
