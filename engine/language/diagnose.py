"""What to say about the place where the grammar stopped: our own words, from the word there and what is legal there.

The grammar gives only the place. Here the word at that place is looked at: a bad string, a keyword without what must
follow it, an operator from another language, a misspelt clause. Every function notes exactly one error and returns the
offset from which the rest of the block is worth reading again.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from .diagnostics import clip, did_you_mean, one_of
from .grammar import (
    ALL_CLAUSES,
    CLAIM_SHAPES,
    CLAUSES,
    COMPARE_WORDS,
    CONDITION,
    CONDITION_WORDS,
    FRAGMENTS,
    OPENERS,
    TERM,
    TEST_WORDS,
    UNNAMED,
    BlockGrammar,
    Shape,
)
from .tokens import (
    BLOCK_KEYWORDS,
    END,
    LOOSE_NAME,
    LOOSE_STRING,
    NAME,
    RESERVED,
    SPACE,
    Part,
    check_name,
    plain,
    skip_space,
    words,
)

_TOKEN = re.compile(rf"({LOOSE_STRING})|([\w./-]{{1,200}}+)|([<>=!&|]{{1,3}}+)|(.)", re.DOTALL)
_OPENERS = re.compile(OPENERS)
_LAST_OPENER = re.compile(r"(?:not|\()[ \t\r\n]*$")
_OPERATOR = re.compile(f"{words(*TEST_WORDS, *COMPARE_WORDS)}|{words('other than')}")
_OPERATOR_WORDS = frozenset(word for keyword in CONDITION_WORDS for word in keyword.split()[:1])
_CLAUSE = re.compile(words(*ALL_CLAUSES))
_HEAD = re.compile(rf'{SPACE}{LOOSE_NAME}{SPACE}"')
_TERM_BEFORE = re.compile(rf"(?:of|is|than|includes|only|,){SPACE}{TERM}{SPACE}$")
_CLAIM_BEGUN = re.compile(words(*sorted({claim.split()[0] for claim in CLAIM_SHAPES})))
_NAME_THERE = re.compile(LOOSE_NAME)
_IN_OUR_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("under", "less", "fewer", "smaller", "<"), "below"),
    **dict.fromkeys(("over", "more", "greater", "larger", "exceeds", ">"), "above"),
    **dict.fromkeys((">=", "≥"), "at least"),
    **dict.fromkeys(("<=", "≤"), "at most"),
    **dict.fromkeys(("contains", "contain", "include", "has", "have", "in"), "includes"),
    **dict.fromkeys(("equals", "are", "=", "=="), "is"),
    **dict.fromkeys(("!=", "<>"), "is not"),
    **dict.fromkeys(("&", "&&", "but"), "and"),
    **dict.fromkeys(("|", "||"), "or"),
    **dict.fromkeys(("except", "excluding"), "other than"),
}
_QUOTES = "“”„‟‘’‚‛«»‹›＂"
_DASHES = "‐‑‒–—―−"
Place = tuple[int, int]


def head(part: Part, keyword: str) -> int:
    """The head of a block cannot be read: its name or its title is missing or bad."""
    at = skip_space(part.text, 0)
    behind = (at, at + len(keyword))
    at = skip_space(part.text, behind[1])
    if keyword in UNNAMED:
        return _expected(part, at, "a quoted text", behind, f"an '{keyword}' has no name: its text tells it apart")
    name = _NAME_THERE.match(part.text, at)
    if name is None or part.text[at] == ",":
        return _expected(part, at, "a name", behind)
    if not _is_sane(part, at):
        return _bad_sign(part, at)
    return _expected(part, skip_space(part.text, name.end()), "a quoted text", name.span())


def leftover(part: Part, grammar: BlockGrammar, keyword: str, last: re.Match[str] | None, at: int) -> int:
    """The word at `at` follows the token `last` in a block, and no clause begins with it that can be read."""
    text = part.text
    before = plain(last[last.lastindex - 1]) if last and last.lastindex and last[1] != keyword else ""
    shape = grammar.clauses.get(before)
    in_condition = shape is CONDITION
    clause = re.compile(words(*grammar.clauses)).match(text, at) if grammar.clauses else None
    if clause:
        return _clause_without(part, grammar, clause)
    if text.startswith(",", at):
        return _after_comma(part, before, shape, at)
    if in_condition:
        connector = re.compile(rf"(?:and|or){END}").match(text, at)
        if connector:
            return _condition(part, skip_space(text, connector.end()), connector.span())
        operator = _OPERATOR.match(text, at)
        if operator:
            return _operand(part, operator)
    if not _is_sane(part, at):
        return _bad_sign(part, at)
    if keyword == "expect" and not shape and (begun := _CLAIM_BEGUN.match(text, at)):
        return _claim(part, begun)
    return _unknown(part, _legal(grammar, keyword, last), keyword, in_condition, at)


def _legal(grammar: BlockGrammar, keyword: str, last: re.Match[str] | None) -> Mapping[str, Shape]:
    """The clauses with which a block can go on: behind the head of an `expect` its claim, and no claim later on."""
    if keyword != "expect" or last is None:
        return grammar.clauses
    return CLAIM_SHAPES if last[1] == keyword else {k: s for k, s in grammar.clauses.items() if k not in CLAIM_SHAPES}


def _claim(part: Part, begun: re.Match[str]) -> int:
    """A claim begins there, and the words that must follow do not."""
    said, end = begun[0].split(), begun.end()
    while True:
        rests = [claim[len(said) :] for claim in map(str.split, CLAIM_SHAPES) if claim[: len(said)] == said]
        at = skip_space(part.text, end)
        word = _NAME_THERE.match(part.text, at)
        if word is None or not any(rest[:1] == [word[0]] for rest in rests):
            return _expected(part, at, one_of(" ".join(rest) for rest in rests), (begun.start(), end))
        said.append(word[0])
        end = word.end()


def _clause_without(part: Part, grammar: BlockGrammar, clause: re.Match[str]) -> int:
    """A clause's keyword without what must follow it."""
    shape = grammar.clauses[plain(clause[0])]
    at = skip_space(part.text, clause.end())
    if shape is CONDITION:
        return _condition(part, at, clause.span())
    name = _NAME_THERE.match(part.text, at)
    if shape.expected.startswith("a name and") and name and check_passes(name[0]):
        return _expected(part, skip_space(part.text, name.end()), "a quoted text", name.span())
    return _expected(part, at, shape.expected, clause.span())


def check_passes(name: str) -> bool:
    """Whether the text is a name that is free."""
    return re.fullmatch(NAME, name) is not None


def _after_comma(part: Part, keyword: str, shape: Shape | None, at: int) -> int:
    """A comma with no item of a list behind it, or without a list before it, behind the clause with the keyword."""
    expected = shape.expected if shape and shape.many else None
    if shape is CONDITION:
        expected = "a term" if _TERM_BEFORE.search(part.text, max(0, at - 300), at) else None
    if expected is None:
        single = shape is not None and shape.expected and shape is not CONDITION
        help = f"'{keyword}' takes only one" if single else "a comma only stands in a list"
        help = "fragments are joined with 'then'" if shape is FRAGMENTS else help
        part.error("M014", "unexpected ','", at, at + 1, help)
        return at + 1
    return _expected(part, skip_space(part.text, at + 1), expected, (at, at + 1))


def _condition(part: Part, at: int, behind: Place) -> int:
    """There must be a condition at `at`, after the word at `behind`, and there is none."""
    openers = _OPENERS.match(part.text, at)
    if openers and openers.end() > at:
        opener = _LAST_OPENER.search(part.text[max(at, openers.end() - 200) : openers.end()])
        start = openers.end() - len(opener[0]) if opener else at
        behind = (start, start + (1 if part.text[start] == "(" else 3))
        at = openers.end()
    word = re.compile(rf"(reading|this|approved){END}").match(part.text, at)
    if word is None:
        operator = _OPERATOR.match(part.text, at)
        if operator:
            shown = plain(operator[0])
            help = f"write the fact before it, as in 'users {shown} 5'" if shown in COMPARE_WORDS else None
            part.error("M020", f"no fact stands before '{shown}'", *operator.span(), help)
            return operator.end()
        return _expected(part, at, "a condition", behind)
    after = skip_space(part.text, word.end())
    if word[1] == "this":
        help = "compare a fact with it, as in 'trained-model-vendor is this vendor'"
        part.error("M020", "'this' begins a term, and no condition", *word.span(), help)
        return word.end()
    if word[1] == "approved":
        by = re.compile(rf"by{END}").match(part.text, after)
        if by:
            return _expected(part, skip_space(part.text, by.end()), "'platform'", (word.start(), by.end()))
        return _expected(part, after, "'by platform'", word.span())
    name = _NAME_THERE.match(part.text, after)
    if name is None or not check_passes(name[0].replace("/", "-")):
        return _expected(part, after, "the name of a reading", word.span())
    after = skip_space(part.text, name.end())
    is_there = re.compile(rf"is{END}").match(part.text, after)
    if is_there is None:
        return _expected(part, after, "'is' and a choice", name.span())
    return _expected(part, skip_space(part.text, is_there.end()), "a choice", is_there.span())


def _operand(part: Part, operator: re.Match[str]) -> int:
    """An operator without what it compares with."""
    shown = plain(operator[0])
    at = skip_space(part.text, operator.end())
    following = re.compile(rf"{words(*COMPARE_WORDS)}|(any|all|only|not|in){END}|\d").match(part.text, at)
    if shown in COMPARE_WORDS or following is None or shown not in ("is", "includes"):
        return _expected(part, at, "a number" if shown in COMPARE_WORDS else "a term", operator.span())
    word = plain(following[0])
    if word in COMPARE_WORDS:
        message = f"'{shown} {word}' is no comparison"
        part.error("M027", message, operator.start(), following.end(), f"write '{word}' alone")
    elif word.isdigit():
        return _expected(part, at, "a term", operator.span(), "numbers are compared with 'at least', 'below', …")
    else:
        better = {"any": f"{shown} any of", "only": "is only", "not": "not (… includes …)"}.get(word)
        if word in ("all", "in"):
            better = "is any of" if shown == "is" else "includes any of"
        help = f"did you mean '{better}'?"
        part.error("M027", f"'{shown} {word}' is no comparison", operator.start(), following.end(), help)
    return following.end()


def _expected(part: Part, at: int, expected: str, behind: Place, help: str | None = None) -> int:
    """Something else than what was expected behind the word at `behind`, or nothing."""
    after = clip(plain(part.text[behind[0] : behind[1]]), 40)
    message = f"expected {expected} after '{after}'"
    if at >= len(part.text):
        part.error("M013", message, *behind, help)
        return at
    if not _is_sane(part, at):
        return _bad_sign(part, at)
    token = _TOKEN.match(part.text, at)
    assert token is not None
    word = token[2]
    if word and expected.startswith(("a name", "the name", "a term", "a choice", "a condition")):
        if word in RESERVED and not part.text.count("\n", behind[1], at):
            if word == "this":
                help = "write 'this vendor' or 'this platform'"
            elif word not in _OPERATOR_WORDS:
                help = "a keyword cannot be a name"
            part.error("M008", f"{message}, found the keyword '{word}'", *token.span(), help)
            return at
        if word not in RESERVED and not check_passes(word) and not word[0].isdigit():
            check_name(part, word, *token.span())
            return token.end()
    if part.text.count("\n", behind[1], at):
        part.error("M013", message, *behind, help)
        return at
    part.error("M013", f"{message}, found '{clip(token[0], 40)}'", *token.span(), help)
    return token.end()


def _is_sane(part: Part, at: int) -> bool:
    """Whether the token there is made of the language's own signs, and a string is a whole one."""
    token = _TOKEN.match(part.text, at)
    assert token is not None
    if token[1]:
        return re.fullmatch(r'"(?:[^"\\\n]|\\["\\])*+"', token[1]) is not None
    return token[0].isascii() or token[0] in _IN_OUR_WORDS


def _bad_sign(part: Part, at: int) -> int:
    """A string that is none, or a sign that only stands in strings and comments."""
    token = _TOKEN.match(part.text, at)
    assert token is not None
    if token[1]:
        escape = re.search(r"\\(?!\\|\")", re.sub(r"\\[\\\"]", "..", token[1]))
        if escape:
            start = at + escape.start()
            shown = part.text[start : start + 2].rstrip()
            help = r"""a backslash only stands before '"' and '\': write '\\' for one"""
            part.error("M004", f"'{shown}' is no escape", start, start + len(shown), help)
        else:
            help = "end it with '\"'; a long text goes on as a second quoted text in the next line"
            part.error("M003", "this text does not end on its line", *token.span(), help)
        return token.end()
    start = next(index for index in range(at, token.end()) if not part.text[index].isascii())
    sign = part.text[start]
    end = start + 1
    if sign in _QUOTES:
        help = """use straight quotes: '"'"""
        closing = re.compile(f"[^\n{_QUOTES}]*+[{_QUOTES}]").match(part.text, start + 1)
        rest = closing.end() if closing else end
    else:
        rest = token.end()
        if sign in _DASHES:
            help = "use '-'"
        elif sign.isspace() or not sign.isprintable():
            help = "use a plain space"
        else:
            help = "outside quoted texts and comments there are only plain letters, digits and signs"
    shown = f"'{sign}'" if sign.isprintable() and not sign.isspace() else f"the sign U+{ord(sign):04X}"
    part.error("M006", f"{shown} cannot stand here", start, end, help)
    return rest


def _unknown(part: Part, legal: Mapping[str, Shape], keyword: str, in_condition: bool, at: int) -> int:
    """A word that begins nothing here, where the clauses `legal` could."""
    token = _TOKEN.match(part.text, at)
    assert token is not None
    word, place = token[0], token.span()
    if in_condition and word in _IN_OUR_WORDS:
        part.error("M027", f"unknown comparison '{word}'", *place, f"did you mean '{_IN_OUR_WORDS[word]}'?")
    elif token[1]:
        part.error("M014", f"unexpected quoted text '{clip(word[1:-1], 40)}'", *place, _goes_on(legal, in_condition))
    elif word == ")":
        part.error("M022", "')' closes nothing", *place, "leave it away, or open it before")
    elif not token[2]:
        part.error("M014", f"unexpected '{clip(word, 40)}'", *place, _goes_on(legal, in_condition))
    else:
        elsewhere = _CLAUSE.match(part.text, at)
        if elsewhere:
            other = plain(elsewhere[0])
            homes = one_of(kind for kind, clauses in CLAUSES.items() if other in clauses)
            help = f"it belongs in {_article(homes)} {homes}"
            message = f"'{other}' does not belong in {_article(repr(keyword))} '{keyword}'"
            part.error("M015", message, *elsewhere.span(), help)
            return elsewhere.end()
        if word in BLOCK_KEYWORDS:
            help = f"'{word}' begins a block, with {_head_of(word)} behind it"
            part.error("M014", f"unexpected '{word}'", *place, help)
            return token.end()
        near = _near(word, legal, in_condition, _HEAD.match(part.text, token.end()) is not None)
        message = f"unknown word '{clip(word, 40)}'" if near else f"unexpected '{clip(word, 40)}'"
        part.error("M014", message, *place, f"did you mean '{near}'?" if near else _goes_on(legal, in_condition))
    return token.end()


def _article(quoted: str) -> str:
    return "an" if quoted[1] in "aeiou" else "a"


def _head_of(keyword: str) -> str:
    return "a quoted text and what is claimed" if keyword in UNNAMED else "a name and a quoted text"


def _near(word: str, clauses: Mapping[str, Shape], in_condition: bool, is_head: bool) -> str | None:
    """The keyword that may have been meant."""
    known = {clause.split()[0]: clause for clause in reversed(list(clauses))}
    if in_condition:
        known |= {operator.split()[0]: operator.split()[0] for operator in (*TEST_WORDS, *COMPARE_WORDS)}
        known |= {"and": "and", "or": "or"}
    if is_head:
        known |= {keyword: keyword for keyword in BLOCK_KEYWORDS}
    if known.get(word) == word:  # it is spelt right, and stands wrong
        return None
    near = difflib.get_close_matches(word[:40].lower(), known, n=1, cutoff=0.65)
    return known[near[0]] if near else "when" if word == "if" and "when" in known else None


def _goes_on(clauses: Mapping[str, Shape], in_condition: bool) -> str | None:
    """How a block can go on."""
    legal = [f"'{clause}'" for clause in clauses]
    if in_condition:
        legal = ["'and'", "'or'", *legal]
    if not legal:
        return "nothing follows here"
    return f"here it goes on with {', '.join(legal[:8])}{' …' if legal[8:] else ''}"


def unknown_block(part: Part, word: str) -> str | None:
    """The head of a block with an unknown keyword, at the start of the part; the keyword that was meant, if any."""
    near = word.lower() if word.lower() in BLOCK_KEYWORDS else None
    if near is None:
        found = difflib.get_close_matches(word.lower(), BLOCK_KEYWORDS, n=1, cutoff=0.6)
        near = found[0] if found else None
    help = f"did you mean '{near}'?" if near else f"a block begins with {one_of(BLOCK_KEYWORDS)}"
    part.error("M002", f"unknown block '{clip(word)}'", 0, len(word), help)
    return near


def before_first_block(part: Part) -> None:
    """Text before the first block."""
    at = skip_space(part.text, 0)
    if not _is_sane(part, at):
        _bad_sign(part, at)
        return
    token = _TOKEN.match(part.text, at)
    assert token is not None
    if token[0] in BLOCK_KEYWORDS:
        help: str | None = f"'{token[0]}' begins a block, with {_head_of(token[0])} behind it"
    else:
        help = did_you_mean(token[0].lower(), BLOCK_KEYWORDS, f"a block begins with {one_of(BLOCK_KEYWORDS)}")
    part.error("M001", f"'{clip(token[0], 40)}' stands before the first block", *token.span(), help)
