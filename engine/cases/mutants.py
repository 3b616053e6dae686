"""Mutants: every single fault that the author of a provision plausibly makes, on the resolved provision.

Each is one changed provision, with a sentence that says what is wrong with it. Whether anything shows the fault is the
business of `mutation`; a fault that no text can state (`unless not approved by platform`) is none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from ..language import tree
from ..language.format import format_condition
from ..rulebook.model import Citation, Provision, Rules

OPERATORS = {
    "negate": "a condition is turned into its opposite",
    "drop-conjunct": "one of the conditions joined by 'and' is left out",
    "drop-disjunct": "one of the conditions joined by 'or' is left out",
    "swap-joint": "'and' stands for 'or', or 'or' for 'and'",
    "drop-exception": "an 'unless' is left out",
    "drop-duty": "one of several 'that' is left out",
    "drop-due": "the 'when' of a 'that' is left out",
    "drop-override": "one of the provisions that a permit overrides is left out",
    "swap-kind": "another kind of provision: a permit for a prohibition, a 'reserve' for either or for a requirement",
    "move-threshold": "'at least' for 'above', 'at most' for 'below' and the other way round, or another number",
    "widen-term": "a term is replaced by one above it",
    "narrow-list": "one of several terms is left out",
    "drop-other-than": "a term behind 'other than' is left out",
    "swap-includes": "'is only' stands for 'includes', or 'includes' for 'is only'",
    "swap-is": "'is not' stands for 'is', or 'is' for 'is not'",
    "other-choice": "another choice of the reading",
}
"""Each operator, and what it does."""

KINDS = {"prohibit": ("permit", "reserve"), "require": ("reserve",), "permit": ("prohibit", "reserve")}
"""The kinds that may be written for a kind by mistake."""

BOUNDS = {"above": "at least", "at least": "above", "below": "at most", "at most": "below"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: `changed` in place of the provision with the id `provision`. `id` is the provision, the operator and a
    number among its mutants by that operator, in the order of the text; `says` is what is wrong, in a sentence."""

    id: str
    provision: str
    operator: str
    says: str
    changed: Provision


Edit = tuple[str, str, tree.Condition]
"""An operator, what it did, and the condition after it."""


def mutants(rules: Rules, documents: Iterable[str] | None = None) -> Iterator[Mutant]:
    """Every mutant of every provision, of these documents (by id) or of all, in the order of the provisions' ids."""
    wanted = None if documents is None else frozenset(documents)
    for provision in rules.provisions.values():
        if wanted is None or provision.document in wanted:
            yield from mutants_of(rules, provision)


def mutants_of(rules: Rules, provision: Provision) -> Iterator[Mutant]:
    """Every mutant of one provision."""
    numbers: Counter[str] = Counter()
    for operator, says, changed in _Author(rules, provision).faults():
        numbers[operator] += 1
        yield Mutant(f"{provision.id}:{operator}:{numbers[operator]}", provision.id, operator, says, changed)


def mutated(rules: Rules, mutant: Mutant) -> Rules:
    """The rules with that one fault. Everything else stays, also what other provisions override, and the provision's
    hash: of the words, nothing is changed."""
    return replace(rules, provisions={**rules.provisions, mutant.provision: mutant.changed})


@dataclass(frozen=True)
class _Author:
    """Whoever wrote `provision`, and what could have gone wrong."""

    rules: Rules
    provision: Provision

    def faults(self) -> Iterator[tuple[str, str, Provision]]:
        one = self.provision
        for operator, says, when in self._edits(one.when):
            yield operator, says, replace(one, when=when)
        for i, exemption in enumerate(one.exemptions):
            rest = one.exemptions[:i] + one.exemptions[i + 1 :]
            condition = exemption.condition
            yield "drop-exception", f"'unless {self._said(condition)}' is left out", replace(one, exemptions=rest)
            for operator, says, edited in self._edits(condition):
                approval = exemption.approval if exemption.approval in _names(edited) else None
                kept = replace(exemption, condition=edited, approval=approval)
                exemptions = (*one.exemptions[:i], kept, *one.exemptions[i + 1 :])
                yield operator, f"{says} in an 'unless'", replace(one, exemptions=exemptions)
        yield from self._duties()
        for i, lifted in enumerate(one.overrides):
            overrides = one.overrides[:i] + one.overrides[i + 1 :]
            citations = one.override_citations[:i] + one.override_citations[i + 1 :]
            changed = replace(one, overrides=overrides, override_citations=citations)
            yield "drop-override", f"'overrides {self._short(lifted)}' is left out", changed
        for kind in KINDS.get(one.kind, ()):
            yield "swap-kind", f"'{one.kind}' is written as '{kind}'", _of_kind(one, kind)

    def _duties(self) -> Iterator[tuple[str, str, Provision]]:
        one = self.provision
        for i, duty in enumerate(one.duties):
            before, after = one.duties[:i], one.duties[i + 1 :]
            if before or after:
                says = f"'that {self._said(duty.duty)}' is left out"
                yield "drop-duty", says, replace(one, duties=before + after)
            # A 'that' only names safeguards, so nothing but how they are joined can be wrong.
            for operator, says, edited in self._joints(duty.duty):
                kept = replace(duty, duty=edited)
                yield operator, f"{says} in a 'that'", replace(one, duties=(*before, kept, *after))
            if duty.when is None:
                continue
            says = f"'that {self._said(duty.duty)}' is due always, not only 'when {self._said(duty.when)}'"
            yield "drop-due", says, replace(one, duties=(*before, replace(duty, when=None), *after))
            for operator, says, due in self._edits(duty.when):
                kept = replace(duty, when=due)
                yield operator, f"{says} in the 'when' of a 'that'", replace(one, duties=(*before, kept, *after))

    # -- conditions

    def _edits(self, condition: tree.Condition) -> Iterator[Edit]:
        """Every condition with one fault in it."""
        match condition:
            case tree.And() | tree.Or():
                yield from self._joined(condition, self._edits)
            case tree.Not(item):
                yield "negate", f"'{self._said(condition)}' loses its 'not'", item
                inner = self._joined(item, self._edits) if isinstance(item, tree.And | tree.Or) else self._atom(item)
                for operator, says, edited in inner:
                    yield operator, says, replace(condition, item=edited)
            case tree.Holds(name) if name.text == self.provision.id:
                pass  # its own approval, which no text can negate
            case tree.Always():
                pass
            case _:
                yield "negate", f"'{self._said(condition)}' is negated", tree.Not(condition, condition.span)
                yield from self._atom(condition)

    def _joints(self, condition: tree.Condition) -> Iterator[Edit]:
        """Those of the faults that are about 'and' and 'or'."""
        if isinstance(condition, tree.And | tree.Or):
            yield from self._joined(condition, self._joints)

    def _joined(
        self, condition: tree.And | tree.Or, inside: Callable[[tree.Condition], Iterator[Edit]]
    ) -> Iterator[Edit]:
        kind, items = type(condition), condition.items
        drop = "drop-conjunct" if kind is tree.And else "drop-disjunct"
        for i, item in enumerate(items):
            yield drop, f"'{self._said(item)}' is left out", _join(kind, items[:i] + items[i + 1 :], condition.span)
        other, words = (tree.Or, "'or' stands for 'and'") if kind is tree.And else (tree.And, "'and' stands for 'or'")
        yield "swap-joint", f"{words} in '{self._said(condition)}'", _join(other, items, condition.span)
        for i, item in enumerate(items):
            for operator, says, edited in inside(item):
                yield operator, says, _join(kind, (*items[:i], edited, *items[i + 1 :]), condition.span)

    def _atom(self, atom: tree.Condition) -> Iterator[Edit]:
        match atom:
            case tree.Compare():
                yield from self._threshold(atom)
            case tree.Test():
                yield from self._terms(atom)
                yield from self._operator(atom)
            case tree.ReadingIs(reading, choice):
                for other, _ in self.rules.readings[reading.text].choices:
                    if other != choice.text:
                        edited = replace(atom, choice=replace(choice, text=other))
                        yield "other-choice", self._stands(edited, atom), edited
            case _:
                pass

    def _threshold(self, atom: tree.Compare) -> Iterator[Edit]:
        value = atom.number.value
        following = value.to_integral_value(rounding="ROUND_FLOOR") + 1
        numbers = [_number(atom.number, v) for v in dict.fromkeys((following, value * 10)) if v != value]
        moved = [replace(atom, operator=BOUNDS[atom.operator]), *(replace(atom, number=n) for n in numbers)]
        for edited in moved:
            yield "move-threshold", self._stands(edited, atom), edited

    def _terms(self, atom: tree.Test) -> Iterator[Edit]:
        domain = self.rules.below[self.rules.facts[atom.fact.text].domain or ""]
        for listed in ("terms", "others"):
            names = atom.terms if listed == "terms" else atom.others
            for i, name in enumerate(names):
                for parent in self.rules.terms[str(name)].under:
                    if parent in domain:
                        wider = dict.fromkeys((*names[:i], tree.Name(parent, name.span), *names[i + 1 :]))
                        edited = _listing(atom, listed, tuple(wider))
                        yield "widen-term", f"'{name}' is widened to '{parent}' in '{self._said(atom)}'", edited
                fewer = names[:i] + names[i + 1 :]
                if fewer or listed == "others":
                    operator = "narrow-list" if listed == "terms" else "drop-other-than"
                    says = f"'{name}' is left out of '{self._said(atom)}'"
                    yield operator, says, _listing(atom, listed, fewer)

    def _operator(self, atom: tree.Test) -> Iterator[Edit]:
        match atom.operator:
            case "includes" | "includes any of":
                yield "swap-includes", *self._written(atom, replace(atom, operator="is only", others=()))
            case "is only":
                yield (
                    "swap-includes",
                    *self._written(atom, _listing(replace(atom, operator="includes any of"), "terms", atom.terms)),
                )
            case "is":
                yield "swap-is", *self._written(atom, replace(atom, operator="is not", others=()))
            case "is not":
                yield "swap-is", *self._written(atom, replace(atom, operator="is"))

    def _written(self, atom: tree.Test, edited: tree.Test) -> tuple[str, tree.Condition]:
        return self._stands(edited, atom), edited

    # -- words

    def _stands(self, edited: tree.Condition, atom: tree.Condition) -> str:
        return f"'{self._said(edited)}' stands for '{self._said(atom)}'"

    def _said(self, condition: tree.Condition) -> str:
        """A condition as its author writes it, but for `this vendor`."""
        return self._short(format_condition(condition).replace(self.provision.id, "approved by platform"))

    def _short(self, text: str) -> str:
        return text.replace(f"{self.provision.document}/", "")


def _of_kind(provision: Provision, kind: str) -> Provision:
    """The same words under another kind, without the clauses that only the kind can have."""
    bare = replace(provision, kind=kind, may_lift=None, lift_citation=Citation())
    if provision.kind == "require":
        return replace(bare, duties=())
    return replace(bare, overrides=(), override_citations=())


def _join(kind: type[tree.And] | type[tree.Or], items: tuple[tree.Condition, ...], span: tree.Span) -> tree.Condition:
    """The items joined, as they would be written: no 'and' inside an 'and'."""
    flat: list[tree.Condition] = []
    for item in items:
        flat += item.items if isinstance(item, kind) else (item,)
    return flat[0] if len(flat) == 1 else kind(tuple(flat), span)


def _listing(test: tree.Test, listed: str, names: tuple[tree.Name | tree.This, ...]) -> tree.Test:
    """The test with these names as `terms` or `others`, and the operator that goes with one term, or with several."""
    test = replace(test, terms=names) if listed == "terms" else replace(test, others=names)
    one, several = ("includes", "includes any of") if test.operator.startswith("includes") else ("is", "is any of")
    if test.operator not in (one, several):
        return test
    return replace(test, operator=one if len(test.terms) == 1 else several)


def _number(number: tree.Number, value: Decimal) -> tree.Number:
    return replace(number, text=f"{value.normalize():f}", value=value)


def _names(condition: tree.Condition) -> frozenset[str | None]:
    """The names of what holds or not in a condition."""
    match condition:
        case tree.Holds(name):
            return frozenset({name.text})
        case tree.Not(item):
            return _names(item)
        case tree.And(items) | tree.Or(items):
            return frozenset[str | None]().union(*map(_names, items))
        case _:
            return frozenset()
