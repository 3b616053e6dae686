"""The files of a new lint: its module, its page, and the rules that must trip it."""

from __future__ import annotations

import re

from ..language import format_text
from ..language.codes import CodePage
from .pages import page
from .registry import Lint, lints

NAME = re.compile(r"[a-z]+(?:-[a-z]+)*")
"""What a lint may be called."""

_AVOID = 'prohibit example-forbidden "What the lint warns of"\n  when always'
_PREFER = 'prohibit example-forbidden "What to write instead"\n  when always'
_MODULE = '''"""Say in a sentence what the lint finds."""

from __future__ import annotations

from collections.abc import Iterator

from ..language.codes import CodePage
from .case import Case, Finding

CODE = "{code}"
PAGE = CodePage(
    "{title}",
    "What is found, and where not.",
    "Why it matters.",
{examples}
)


def find(case: Case) -> Iterator[Finding]:
    """Each place where it is so. Where that is not certain: nothing."""
    for provision in case.rules.provisions.values():
        if provision.title == "What the lint warns of":
            yield Finding(provision.span, "the message", "the help")
'''
_TRIPS = """# Rules that trip {name}, and near misses that must not.

prohibit {name}-trips "What the lint warns of"  # trips: {name}
  when always

prohibit {name}-spared "What the lint is silent about"  # ok: {name}
  when always
"""


def scaffold(name: str) -> dict[str, str]:
    """The texts of a new lint's files, by path in a checkout. The code is the next that is free."""
    code = f"L{max(int(one.code[1:]) for one in lints()) + 1:03}"
    title = name.replace("-", " ")
    examples = "\n".join(f"    {_quoted(text)}," for text in (_AVOID, _PREFER))
    lint = Lint(
        name,
        code,
        CodePage(title, "What is found, and where not.", "Why it matters.", _AVOID, _PREFER),
        _nothing,
    )
    return {
        f"engine/lint/{name.replace('-', '_')}.py": _MODULE.format(code=code, title=title, examples=examples),
        f"docs/lints/{name}.md": page(lint),
        f"tests/lint/trips/{name}.rules": format_text(_document(name) + _TRIPS.format(name=name), name),
    }


def _document(name: str) -> str:
    return f'document {name} "Trips {name}"\n  own "{name}.md"\n\n'


def _quoted(text: str) -> str:
    escaped = text.replace("\n", "\\n")
    return f"'{escaped}'"


def _nothing(case: object) -> tuple[()]:
    return ()
