"""What was proved about rules, as a table and as JSON: how many claims hold, and each that does not, with its place.

Made of a `Proof`; nothing is decided here. A witness is written as the use case that it is.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from tabulate import tabulate

from ..judge.told import words_of
from ..proofs.model import Claim, Outcome, Proof, Witness
from ..rulebook.model import Rules
from ..usecase.model import Value
from ..usecase.write import as_yaml, settlements_yaml
from .columns import harmless, wrap

COLUMNS = ("document", "provisions", "claims", "hold", "explained", "noted", "fail")
BESIDE = "outside documents"
"""The row of what is claimed of the vocabulary, and of all rules together."""


def proof_table(rules: Rules, proof: Proof, columns: int, everything: bool = False, witnesses: bool = False) -> str:
    """A row for each document, then each claim that fails; `everything` shows all claims, `witnesses` their plans."""
    lines = tabulate(list(_rows(proof)), COLUMNS, tablefmt="simple").split("\n")
    for claim in proof.claims:
        if everything or claim.outcome is Outcome.FAILS:
            lines += ["", *(part for indent, line in _told(claim) for part in wrap(line, columns, indent, "  "))]
            if witnesses:
                lines += [f"    {line}" for one in claim.witnesses for line in _plan(rules, one)]
    noted = Counter(c.question for c in proof.claims if c.outcome is Outcome.NOTED)
    if noted and not everything:
        told = ", ".join(f"{count} {NOTED[question]}" for question, count in sorted(noted.items()))
        lines += ["", f"noted: {told}; '--all' shows them"]
    failed = len(proof.failures)
    shown = sum(len(c.witnesses) for c in proof.claims)
    lines += ["", f"on {proof.day}: claims {len(proof.claims)}, plans put through the engine {shown}, failed {failed}"]
    return "\n".join(map(harmless, lines)) + "\n"


NOTED = {"shadowed": "shadowed by one other clause", "conjunct": "implied parts of a 'when'"}


def _rows(proof: Proof) -> Iterator[tuple[object, ...]]:
    for document in [*proof.provisions, None]:
        claims = [c for c in proof.claims if c.document == document]
        if claims or document:
            found = Counter(c.outcome for c in claims)
            counts = [found[outcome] or "" for outcome in (Outcome.EXPLAINED, Outcome.NOTED, Outcome.FAILS)]
            provisions = proof.provisions[document] if document else ""
            yield (document or BESIDE, provisions, len(claims), found[Outcome.HOLDS], *counts)


def _told(claim: Claim) -> Iterator[tuple[str, str]]:
    place = f"{claim.span.file}:{claim.span.line}:{claim.span.column}: " if claim.span.file else ""
    yield "", f"{place}{claim.outcome.value}: '{claim.subject}' {claim.says}"
    if claim.why:
        yield "  ", claim.why


def _plan(rules: Rules, witness: Witness) -> list[str]:
    lines = [f"# {witness.shows}", *_yaml(rules, witness).rstrip("\n").split("\n")]
    if witness.settlements:
        lines += ["# counsel's readings", *_readings(rules, witness).rstrip("\n").split("\n")]
    return lines


def _yaml(rules: Rules, witness: Witness) -> str:
    """The plan as a use case; in words where a use case cannot say one of its answers."""
    try:
        return as_yaml(rules, witness.plan)
    except ValueError:
        return _in_words(rules, ((key, answer.value) for key, answer in witness.plan.answers.items()))


def _readings(rules: Rules, witness: Witness) -> str:
    """What counsel says as a readings file, likewise."""
    try:
        return settlements_yaml(rules, witness.settlements)
    except ValueError:
        return _in_words(rules, ((one.id, one.value or one.choice) for one in witness.settlements))


def _in_words(rules: Rules, told: Iterable[tuple[str, Value | str | None]]) -> str:
    said = ((key, value if isinstance(value, str) else words_of(rules, key, value)) for key, value in told if value)
    return "".join(f"# {key}: {words}\n" for key, words in said)


def proof_json(rules: Rules, proof: Proof, witnesses: bool = False) -> str:
    """Everything claimed, and how it came out; with the plans where they are asked for."""
    claims = [_claim(rules, claim, witnesses) for claim in proof.claims]
    outcomes = Counter(c.outcome.value for c in proof.claims)
    document = {
        "rules": proof.revision,
        "as_of": proof.day.isoformat(),
        "provisions": proof.provisions,
        "outcomes": {one.value: outcomes[one.value] for one in Outcome},
        "claims": claims,
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _claim(rules: Rules, claim: Claim, witnesses: bool) -> dict[str, Any]:
    span = claim.span
    return {
        "question": claim.question,
        "subject": claim.subject,
        "document": claim.document,
        "claim": claim.says,
        "outcome": claim.outcome.value,
        "why": claim.why or None,
        "place": {"file": span.file, "line": span.line, "column": span.column} if span.file else None,
        "witnesses": list(_witnesses(rules, claim.witnesses, witnesses)),
    }


def _witnesses(rules: Rules, found: Iterable[Witness], plans: bool) -> Iterator[dict[str, Any]]:
    for one in found:
        shown: dict[str, Any] = {"shows": one.shows, "offerings": list(one.plan.offerings or ())}
        if plans:
            shown["plan"] = _yaml(rules, one)
            shown["readings"] = _readings(rules, one) if one.settlements else None
        yield shown
