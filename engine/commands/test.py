"""`mayuse test`: cases beside rules, run and held against what every provision asks for; or proposed.

Exit code 1 where a case fails or a provision lacks one, 2 where a case cannot be read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import options

if TYPE_CHECKING:
    from ..cases.model import Cases
    from ..cases.propose import Proposed
    from ..cases.sites import Sites
    from ..cases.verdicts import Outcome
    from ..rulebook.model import Rules


@click.command("test")
@options.rules_option
@click.option(
    "--cases",
    "places",
    metavar="DIR",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Cases of this folder instead of those that come with mayuse. Repeatable.",
)
@click.option("--only", metavar="ID", multiple=True, help="This document or provision alone. Repeatable.")
@click.option("--coverage", "show", is_flag=True, help="Show what the cases show of each provision.")
@click.option(
    "--propose", "proposing", metavar="ID", help="Print cases for what this document, provision, or 'all', lacks."
)
@click.option("--write", "writing", is_flag=True, help="With --propose or --mutate: put the cases into the files.")
@click.option("--mutate", is_flag=True, help="Count which single faults of the rules would be noticed.")
@click.option("--seed", type=int, default=0, show_default=True, help="Which mutants --sample draws.")
@click.option("--sample", type=click.IntRange(min=1), metavar="N", help="With --mutate: this many mutants, not all.")
@click.option(
    "--min",
    "least",
    type=click.FloatRange(0, 100),
    default=90,
    show_default=True,
    metavar="PERCENT",
    help="With --mutate: exit with 1 if the score of a document is below.",
)
@options.format_option("table", "json")
@options.width_option
def test(
    folders: tuple[Path, ...],
    places: tuple[Path, ...],
    only: tuple[str, ...],
    show: bool,
    proposing: str | None,
    writing: bool,
    mutate: bool,
    seed: int,
    sample: int | None,
    least: float,
    format_: str,
    width: int | None,
) -> None:
    """Run the cases beside rules, and say what they do not show.

    A case says what one provision makes of a plan. Each provision needs one that it catches and, for each of its parts,
    a near miss. Exits with 1 if a case fails or one is missing.
    """
    from ..cases.coverage import coverage, gaps
    from ..cases.sites import Sites
    from ..cases.verdicts import failures
    from .case_table import as_json, table

    rules = options.load(folders)
    if proposing is not None:
        return _propose(rules, places or shipped(), chosen(rules, [proposing]), writing)
    wanted = chosen(rules, only) if only else None
    sites = Sites(rules)
    scope = [id for id in theirs(rules, folders if places else ()) if wanted is None or id in wanted]
    if mutate:
        from .test_mutate import report, score

        every, _ = run(sites, places or shipped(), None)
        counted = score(sites, every.cases, scope, seed, sample)
        if writing:
            from ..cases.closing import closings
            from ..cases.mutation import Bench

            survivors = (decision for one in counted for decision in one.survivors)
            return _put(rules, places or shipped(), every, closings(Bench(sites), survivors))
        options.emit(report(sites, counted, least, format_, options.columns(width)))
        sys.exit(1 if any(one.percent < least for one in counted) else 0)
    cases, outcomes = run(sites, places or shipped(), wanted)
    found = coverage(sites, outcomes, scope)
    failed = list(failures(sites, outcomes))
    named = [f" --rules {folder}" for folder in folders] + [f" --cases {place}" for place in places]
    missing = list(gaps(rules, found, f"mayuse test{''.join(named)}"))
    if format_ == "json":
        whole = as_json(outcomes, failed, missing, found, show)
        options.emit(json.dumps(whole, indent=2, ensure_ascii=False) + "\n")
    else:
        options.emit(table(cases, outcomes, failed, missing, found, show, options.columns(width)))
    sys.exit(1 if failed or missing else 0)


def shipped() -> tuple[Path, ...]:
    """The folder of the cases that come with the package."""
    from importlib.resources import files

    return (Path(str(files("mayuse.fixtures"))) / "cases",)


def chosen(rules: Rules, names: Iterable[str]) -> set[str]:
    """The provisions and silences that names stand for: a document's, one, or all."""
    from ..cases.model import clauses_of
    from ..language.diagnostics import clip, did_you_mean

    every = [id for document in rules.documents for id in clauses_of(rules, document)]
    found: set[str] = set()
    for name in names:
        if name in rules.documents:
            found.update(clauses_of(rules, name))
        elif name == "all":
            found.update(every)
        elif name in every:
            found.add(name)
        else:
            near = [id for id in (*rules.documents, *every) if id.endswith(f"/{name}")]
            if len(near) == 1:
                found |= chosen(rules, near)
            elif near:
                named = " or ".join(map(repr, near[:4]))
                options.fail("M403", f"'{clip(name)}' names {len(near)} things", f"write {named}")
            else:
                help = did_you_mean(name, (*rules.documents, *every))
                options.fail("M404", f"unknown document or provision '{clip(name)}'", help)
    return found


def theirs(rules: Rules, folders: Sequence[Path]) -> list[str]:
    """The clauses of the documents of these folders, in their order; without any, of those that come with the package."""
    from ..cases.model import clauses_of
    from ..load import shipped_folder

    inside = tuple(f"{folder.as_posix()}/" for folder in folders or (shipped_folder(),))
    documents = [d.id for d in rules.documents.values() if d.span.file.startswith(inside)]
    return [id for document in documents for id in clauses_of(rules, document)]


def run(sites: Sites, places: Sequence[Path], wanted: set[str] | None) -> tuple[Cases, list[Outcome]]:
    """The cases of the folders and what they come to. Raises UseCaseError with everything wrong with any of them."""
    from ..cases.read import read_cases
    from ..cases.verdicts import Outcome, judged
    from ..language.diagnostics import UseCaseError, with_lines

    cases, wrong = read_cases(sites, places)
    outcomes: list[Outcome] = []
    for case in cases.cases:
        if wanted is None or case.clause in wanted:
            for one in judged(sites, case):
                if isinstance(one, Outcome):
                    outcomes.append(one)
                else:
                    wrong.append(one)
    if wrong:
        raise UseCaseError(with_lines(wrong, cases.texts))
    return cases, outcomes


def _propose(rules: Rules, places: Sequence[Path], wanted: set[str], writing: bool) -> None:
    """Print, or put into the files of the first folder, what the cases do not show of the clauses wanted."""
    from ..cases.model import clauses_of
    from ..cases.propose import by_document, propose
    from ..cases.sites import Sites
    from ..cases.write import file_text

    sites = Sites(rules)
    cases, outcomes = run(sites, [place for place in places if any(place.rglob("*.yaml"))], wanted)
    clauses = [id for document in rules.documents for id in clauses_of(rules, document) if id in wanted]
    made = by_document(
        one for id in clauses for one in propose(sites, id, [o for o in outcomes if o.case.clause == id])
    )
    if writing:
        _put(rules, places, cases, made)
    for document, found in () if writing else made.items():
        options.emit(file_text(rules, document, found) + "\n")


def _put(
    rules: Rules, places: Sequence[Path], cases: Cases, made: Mapping[str, Mapping[str, Sequence[Proposed]]]
) -> None:
    """Put cases, by document and clause, into the files of the first folder."""
    from ..cases.write import extended, file_text

    for document, found in made.items():
        path = places[0] / f"{document}.yaml"
        name = path.as_posix()
        before = cases.texts.get(name)
        text = extended(rules, document, before, found, name) if before else file_text(rules, document, found)
        path.parent.mkdir(parents=True, exist_ok=True)
        options.write(path, text)
        options.emit(f"{name}\n")
