"""The pages of the diagnostics of the language, M001 to M049: `mayuse explain M003` prints one.

Every stage has such a table of its own. A page says what was found, why it is an error, what to avoid and what to
prefer; a code is never given a second meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CodePage:
    """What a code means: short texts for a person who has met it. `avoid` and `prefer` are examples, or say how."""

    title: str
    what: str
    why: str
    avoid: str
    prefer: str


CODES: Mapping[str, CodePage] = {
    "M001": CodePage(
        "text before the first block",
        "The file begins with something that is neither a block nor a comment.",
        "Everything in a rules file belongs to a block, so that every word has a meaning and a place.",
        'Rules of the platform\nplatform acme "Acme"',
        '# Rules of the platform\nplatform acme "Acme"',
    ),
    "M002": CodePage(
        "unknown block",
        "A line begins like a block, with a word, a name and a quoted text, but the word is no kind of block.",
        "A misspelt 'prohibit' that was skipped would be a prohibition that nobody sees.",
        'prohibt scraping "No scraping"',
        'prohibit scraping "No scraping"',
    ),
    "M003": CodePage(
        "quoted text without an end",
        "A quoted text is not ended on the line it begins on.",
        "A text that ran on would swallow the clauses behind it.",
        'quote "other than the\n       models"',
        'quote "other than the"\n      "models"',
    ),
    "M004": CodePage(
        "unknown escape",
        "A backslash in a quoted text stands before something else than '\"' or another backslash.",
        "Quotes are held against the source letter by letter, so nothing in them may be guessed.",
        'path "terms\\2026"',
        'path "terms\\\\2026"',
    ),
    "M005": CodePage(
        "invisible character",
        "The file has a control character, or one that reorders the text around it.",
        "What a reader sees must be what the engine reads.",
        "a NUL, a form feed, a right-to-left override, a carriage return without a line feed",
        "plain text; accents and other scripts are welcome in quoted texts and comments",
    ),
    "M006": CodePage(
        "foreign sign",
        "A sign outside quoted texts and comments is not one of the language: a curly quote, a dash, a special space.",
        "Word processors put such signs in silently, and they look like the ones that are meant.",
        "section “2(a)”",
        'section "2(a)"',
    ),
    "M007": CodePage(
        "bad name",
        "A name has other signs than small letters, digits, and single '-' or '.' between them.",
        "Names are typed in use cases, on command lines and in spreadsheets; one spelling each keeps them apart.",
        'term Legal_Advice "…"',
        'term legal-advice "…"',
    ),
    "M008": CodePage(
        "keyword as a name",
        "A word of the language stands where a name must stand.",
        "If 'when' could be a name, a forgotten condition would read as one.",
        'term under "…"',
        'term underage "…"',
    ),
    "M009": CodePage(
        "bad number",
        "A number is not written the way numbers are: up to 15 digits, '_' between groups of three, '.' for decimals.",
        "1,000 is a thousand to some and one to others, and thresholds decide verdicts.",
        "when users above 1,000,000",
        "when users above 1_000_000 or users above 2 million",
    ),
    "M010": CodePage(
        "bad date",
        "A date or month is not written as 2026-03-27 or 2026-03, or there is no such day.",
        "Dates decide which text is in force, so their order must be certain.",
        "captured 27.03.2026",
        "captured 2026-03-27",
    ),
    "M011": CodePage(
        "bad fingerprint",
        "A commit does not have 40 hex digits, or a SHA-256 sum not 64.",
        "A shortened commit can come to mean another one, and then the evidence is gone.",
        "commit 3f2a9c1",
        "commit with all 40 digits, as 'git rev-parse' prints them",
    ),
    "M013": CodePage(
        "something is missing",
        "Behind a word, something must follow, and something else or nothing does.",
        "A clause without its content has no meaning.",
        "section\nwhen always",
        'section "2(a)"\nwhen always',
    ),
    "M014": CodePage(
        "unexpected word",
        "A word stands where no clause begins with it and nothing can go on with it.",
        "A misspelt clause that was skipped could be the exception, or the prohibition, that decides.",
        "whne purposes includes surveillance",
        "when purposes includes surveillance",
    ),
    "M015": CodePage(
        "clause in the wrong block",
        "The clause is one of the language, but not of this kind of block.",
        "Each kind of block has its own clauses: only a 'permit' overrides, only a 'require' has conditions.",
        'prohibit resale "…" when resells that licence-copy',
        'require resale "…" when resells that licence-copy',
    ),
    "M016": CodePage(
        "given twice",
        "A clause that a block has once is there a second time.",
        "Of two answers, the engine would have to pick one.",
        "when resells when sublicenses",
        "when resells or sublicenses",
    ),
    "M017": CodePage(
        "incomplete block",
        "A block lacks a clause that it must have.",
        "A prohibition without 'when' could mean always or never; the text must say which.",
        'prohibit resale "No resale"',
        'prohibit resale "No resale"\n  when resells',
    ),
    "M018": CodePage(
        "clause out of place",
        "A clause that belongs to the one before it stands behind one that it cannot belong to; or the claim of an "
        "'expect' stands behind its other clauses.",
        "A 'section' or 'quote' cites what stands before it: the provision, an exception, a condition. What is claimed "
        "is read first, then where.",
        'when resells\nsection "3.2"',
        'section "3.2"\nwhen resells',
    ),
    "M019": CodePage(
        "'and' and 'or' mixed",
        "A condition joins parts with both 'and' and 'or', without parentheses.",
        "Readers disagree which binds first, and so do contracts.",
        "when a and b or c",
        "when (a and b) or c",
    ),
    "M020": CodePage(
        "no condition",
        "Something stands where a condition must stand that is only a part of one.",
        "A condition asks something about a fact, so the fact comes first.",
        "when at least 5 million",
        "when users at least 5 million",
    ),
    "M021": CodePage(
        "parenthesis never closed",
        "A '(' has no ')' in the same condition.",
        "Where the part ends decides what the condition means.",
        "when a and (b or c",
        "when a and (b or c)",
    ),
    "M022": CodePage(
        "parenthesis never opened",
        "A ')' has no '(' before it in the same condition.",
        "Where the part begins decides what the condition means.",
        "when a and b or c)",
        "when a and (b or c)",
    ),
    "M023": CodePage(
        "nested too deep",
        "More than 32 parentheses are open at once.",
        "Nobody can read such a condition aloud.",
        "a long expression that a program wrote",
        "parts with names of their own: define resells-output as …",
    ),
    "M024": CodePage(
        "'not' twice",
        "A 'not' follows a 'not'.",
        "Two of them cancel out, and a double negative is misread.",
        "when not not resells",
        "when resells",
    ),
    "M025": CodePage(
        "list for one term",
        "'is', 'is not' or 'includes' has several terms behind it.",
        "A list must say whether any of its terms will do.",
        "when purposes includes a, b",
        "when purposes includes any of a, b",
    ),
    "M026": CodePage(
        "'other than' out of place",
        "'other than' follows a comparison that has no use for it.",
        "It takes terms out of those that are looked for; 'is not' and 'is only' already name what is left.",
        "when purposes is only a other than b",
        "when purposes includes any of a other than b",
    ),
    "M027": CodePage(
        "unknown comparison",
        "A fact is compared in words or signs that the language does not have.",
        "There is one way to write each comparison, so that conditions read the same everywhere.",
        "when users >= 5 million",
        "when users at least 5 million",
    ),
    "M029": CodePage(
        "more errors",
        "The file has more errors than are shown.",
        "Most of them tend to follow from the first ones.",
        "reading on to the last one",
        "mending the first ones and looking again",
    ),
}
