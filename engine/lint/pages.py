"""The pages of `docs/lints/`, written from the lints themselves: `python -m mayuse.lint.pages docs/lints`."""

from __future__ import annotations

import sys
from pathlib import Path

from .registry import Lint, lints


def page(lint: Lint) -> str:
    """The page of one lint: what, why, avoid, prefer."""
    said = lint.page
    fixed = "\n`mayuse lint --fix` mends it.\n" if lint.fixes else ""
    return (
        f"# {lint.name}\n\n`{lint.code}`: {said.title}.\n{fixed}\n"
        f"## What\n\n{said.what}\n\n## Why\n\n{said.why}\n\n"
        f"## Avoid\n\n```rules fragment\n{said.avoid}\n```\n\n## Prefer\n\n```rules fragment\n{said.prefer}\n```\n"
    )


def index() -> str:
    """The list of all lints."""
    rows = [f"| [{one.name}]({one.name}.md) | `{one.code}` | {one.page.title} |" for one in lints()]
    return "\n".join(
        [
            "# Lints",
            "",
            "`mayuse lint` warns of what a rule set may say and its author hardly means. Errors are the loader's.",
            "",
            "| lint | code | what it finds |",
            "|---|---|---|",
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
