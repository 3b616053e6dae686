"""The pages of `docs/lints/`, written from the lints themselves: `python -m mayuse.lint.pages docs/lints`."""

from __future__ import annotations

import sys
from pathlib import Path

from .registry import Lint, lints


def page(lint: Lint) -> str:
    """The page of one lint: what, why, avoid, prefer."""
    said = lint.page
    fixed = "\n`mayuse lint --fix` mends it.\n" if lint.fixes else ""
    tag = "yaml use-case" if lint.plans else "rules fragment"
    return (
        f"# {lint.name}\n\n`{lint.code}`: {said.title}.\n{fixed}\n"
        f"## What\n\n{said.what}\n\n## Why\n\n{said.why}\n\n"
        f"## Avoid\n\n```{tag}\n{said.avoid}\n```\n\n## Prefer\n\n```{tag}\n{said.prefer}\n```\n"
    )


def index() -> str:
    """The list of all lints."""
    rows = [
        f"| [{one.name}]({one.name}.md) | `{one.code}` | {'plans' if one.plans else 'rules'} | {one.page.title} |"
        for one in lints()
    ]
    return "\n".join(
        [
            "# Lints",
            "",
            "A lint warns of what rules or a plan may say and their author hardly means. Errors are refused before, by"
            " codes with an M. `mayuse lint` reads rules, and the plans named on its command line; `mayuse check` gives"
            " the same warnings of a plan on standard error, and they change nothing else. Exit codes of `mayuse lint`:"
            " 0 nothing found, 1 a warning, 2 an error.",
            "",
            "| lint | code | reads | what it finds |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def pages() -> dict[str, str]:
    """Every page by its file's name."""
    return {"index.md": index(), **{f"{one.name}.md": page(one) for one in lints()}}


if __name__ == "__main__":
    for name, text in pages().items():
        (Path(sys.argv[1]) / name).write_text(text, encoding="utf-8")
