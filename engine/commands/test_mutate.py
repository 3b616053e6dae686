"""`mayuse test --mutate`: the score of each document, and the mutants that nobody noticed, each with a case that would.

Counting is `cases.score`; this draws, shows how far it is, and prints.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from ..cases.model import Case
    from ..cases.score import Score
    from ..cases.sites import Sites

T = TypeVar("T")
HEADS = ("document", "mutants", "equivalent", "load", "cases", "lint", "survivors", "score")


def score(
    sites: Sites, cases: Iterable[Case], clauses: Iterable[str], seed: int, sample: int | None
) -> Sequence[Score]:
    """The scores of the documents of these clauses, over all their mutants or `sample` of them."""
    from ..cases.mutants import mutants_of
    from ..cases.mutation import Bench
    from ..cases.score import drawn, scores, tries

    rules = sites.rules
    provisions = [rules.provisions[id] for id in clauses if id in rules.provisions]
    every = drawn((m for one in provisions for m in mutants_of(rules, one)), seed, sample)
    return scores(_shown(tries(Bench(sites), cases, every), len(every)))


def _shown(steps: Iterable[T], many: int) -> Iterator[T]:
    """The steps, with a bar on a terminal."""
    if not sys.stderr.isatty():
        yield from steps
        return
    with click.progressbar(steps, length=many, label="Mutants", file=sys.stderr) as bar:
        yield from bar


def report(sites: Sites, scores: Sequence[Score], least: float, format_: str, width: int) -> str:
    """The scores, as a program or as a person reads them."""
    from ..cases.mutation import Bench

    bench = Bench(sites)
    survivors = {
        one.document: [_survivor(sites, bench.case(d), d.mutant.id, d.mutant.says) for d in one.survivors]
        for one in scores
    }
    whole = [_row(one) | {"survivors": survivors[one.document]} for one in scores]
    if format_ == "json":
        return json.dumps({"least": least, "documents": whole}, indent=2, ensure_ascii=False) + "\n"
    from ..report.columns import harmless
    from ..report.words import plural
    from .case_table import in_columns

    lines = [line for one in scores for s in survivors[one.document] for line in _lines(s)]
    rows = [[str(_row(one)[head]) for head in HEADS] for one in scores]
    lines += [*in_columns(HEADS, rows, width), ""]
    faults, noticed = (sum(getattr(one, name) for one in scores) for name in ("faults", "killed"))
    low = [one.document for one in scores if one.percent < least]
    lines.append(f"{plural(faults, 'fault')}, {noticed} noticed; {plural(len(low), 'document')} below {least:g}")
    return "\n".join(map(harmless, lines)) + "\n"


def _row(one: Score) -> dict[str, Any]:
    counts = {"document": one.document, "mutants": one.mutants, "equivalent": one.equivalent, **one.noticed}
    return {**counts, "survivors": len(one.survivors), "score": one.percent}


def _survivor(sites: Sites, case: Case, id: str, says: str) -> dict[str, Any]:
    """A mutant and the case that would notice it; None where no words tell its plan ("some other kind of firm")."""
    from ..cases.closing import proposed
    from ..cases.write import case_text

    try:
        text: str | None = case_text(sites.rules, proposed(sites, case))
    except ValueError:
        text = None
    return {"mutant": id, "says": says, "clause": case.clause, "case": text}


def _lines(survivor: dict[str, Any]) -> Iterator[str]:
    yield f"{survivor['mutant']}: {survivor['says']}"
    if survivor["case"] is None:
        yield from (f"  no words tell the plan of a case of {survivor['clause']} that notices", "")
        return
    yield f"  a case of {survivor['clause']} that notices:"
    yield from (f"  {line}" for line in survivor["case"].rstrip("\n").split("\n"))
    yield ""
