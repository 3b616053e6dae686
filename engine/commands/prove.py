"""`mayuse prove`: claims about all plans there can be, each with a plan that shows it or the solver's word for it.

Exit code 0 where all claims hold, 1 where one fails.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import options

if TYPE_CHECKING:
    from ..rulebook.model import Rules


@click.command("prove")
@click.argument("names", metavar="[PROVISION|DOCUMENT|PLATFORM]...", nargs=-1)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day (YYYY-MM-DD); else today.")
@click.option("--all", "everything", is_flag=True, help="Show every claim, not only those that fail.")
@click.option("--witnesses", is_flag=True, help="Show the plans that show the claims.")
@options.format_option("table", "json")
@options.output_option
@options.width_option
@options.rules_option
def prove_(
    names: tuple[str, ...],
    as_of: datetime.datetime | None,
    everything: bool,
    witnesses: bool,
    format_: str,
    output: Path | None,
    width: int | None,
    folders: tuple[Path, ...],
) -> None:
    """Prove what holds of every plan there can be, about all rules or about what is named.

    Each provision can bite, each exception can lift, each reading can matter, each 'expect' holds, and so on: shown by a
    plan that is put through the engine again, or by the solver's word that there is none. Exits with 1 if a claim fails.
    """
    from ..proofs.prove import prove
    from ..report.proofs import proof_json, proof_table

    rules = options.load(folders)
    about = _about(rules, names) if names else None
    proof = prove(rules, as_of.date() if as_of else datetime.date.today(), about)
    if format_ == "json":
        options.emit(proof_json(rules, proof, witnesses), output)
    else:
        options.emit(proof_table(rules, proof, options.columns(width), everything, witnesses), output)
    sys.exit(1 if proof.failures else 0)


def _about(rules: Rules, names: Iterable[str]) -> set[str]:
    """The documents and provisions that are named, by id; of a platform all its documents."""
    found: set[str] = set()
    for name in names:
        if name in rules.platforms:
            found |= {d.id for d in rules.documents.values() if d.platform == name}
        else:
            options.known(
                name, [*rules.documents, *rules.provisions, *rules.platforms], "provision, document or platform"
            )
            found.add(name)
    return found
