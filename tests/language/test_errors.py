"""Every error of the language: what is said, where, with which help; and all the errors of a file at once."""

# ruff: noqa: E501 (messages stay in one piece)
from __future__ import annotations

import pytest
from mayuse.language import CODES, Block, Diagnostic, Name, parse
from mayuse.language.tokens import MOST_REPORTED

Expected = tuple[int, int, str, str, str | None]
"""Line, column, code, message, help."""

CASES = [
    pytest.param(
        'prohibit a "t" when purposes includes any surveillance, x topic t',
        [
            (1, 30, "M027", "'includes any' is no comparison", "did you mean 'includes any of'?"),
        ],
        id="missing of",
    ),
    pytest.param(
        'prohibit a "t" whne purposes includes x topic t',
        [
            (1, 16, "M014", "unknown word 'whne'", "did you mean 'when'?"),
        ],
        id="typo clause",
    ),
    pytest.param(
        'prohibit a "t" when purposes include x topic t',
        [
            (1, 30, "M027", "unknown comparison 'include'", "did you mean 'includes'?"),
        ],
        id="typo op",
    ),
    pytest.param(
        'prohibit a "t"\n when (a and b\n topic t\nprohibit b "u" when c',
        [
            (2, 7, "M021", "'(' is never closed", "put ')' where the part ends"),
        ],
        id="unclosed paren",
    ),
    pytest.param(
        'prohibit a "t"\n when a and\n topic t',
        [
            (2, 9, "M013", "expected a condition after 'and'", None),
        ],
        id="dangling and",
    ),
    pytest.param(
        'prohibit a "t"\n quote "abc\n when a\nprohibit b "u" when c\n topic "x"',
        [
            (
                2,
                8,
                "M003",
                "this text does not end on its line",
                "end it with '\"'; a long text goes on as a second quoted text in the next line",
            ),
            (5, 8, "M013", "expected a name after 'topic', found '\"x\"'", None),
        ],
        id="unterminated string",
    ),
    pytest.param(
        'prohibit under "t" when a',
        [
            (1, 10, "M008", "'under' is a keyword and cannot be a name", "try 'the-under'"),
        ],
        id="reserved as name",
    ),
    pytest.param(
        'prohibit x "t" when a is section',
        [
            (1, 26, "M008", "expected a term after 'is', found the keyword 'section'", "a keyword cannot be a name"),
        ],
        id="reserved as term",
    ),
    pytest.param(
        'prohibit x "t" when a topic when',
        [
            (1, 29, "M008", "expected a name after 'topic', found the keyword 'when'", "a keyword cannot be a name"),
        ],
        id="reserved as topic",
    ),
    pytest.param(
        'prohibit a "t" when users above 700 million and n at most 1_000_000 and d below 1_00',
        [
            (1, 81, "M009", "'1_00' is no number", "'_' stands between groups of three digits, as in 1_000_000"),
        ],
        id="number",
    ),
    pytest.param(
        'prohibit a "t" when users above 700million',
        [
            (1, 33, "M009", "'700million' is no number", "put a space before the word, as in 700 million"),
        ],
        id="number bad",
    ),
    pytest.param(
        'prohibit a "t" when users above 1,000,000',
        [
            (
                1,
                33,
                "M009",
                "'1,000,000' is no number",
                "write thousands with '_', as in 1_000_000, and decimals with '.'",
            ),
        ],
        id="number bad2",
    ),
    pytest.param(
        'prohibit a "t" when users above 1234567890123456',
        [
            (1, 33, "M009", "'1234567890123456' has 16 digits", "at most 15 are read"),
        ],
        id="number bad3",
    ),
    pytest.param(
        'prohibit a "t" when users under 5',
        [
            (1, 27, "M027", "unknown comparison 'under'", "did you mean 'below'?"),
        ],
        id="under",
    ),
    pytest.param(
        'prohibit a "t" when users over 5 million topic t',
        [
            (1, 27, "M027", "unknown comparison 'over'", "did you mean 'above'?"),
        ],
        id="over",
    ),
    pytest.param(
        'prohibit a "t" when users >= 5',
        [
            (1, 27, "M027", "unknown comparison '>='", "did you mean 'at least'?"),
        ],
        id="sym",
    ),
    pytest.param(
        'prohibit a "t" when users is above 5',
        [
            (1, 27, "M027", "'is above' is no comparison", "write 'above' alone"),
        ],
        id="is above",
    ),
    pytest.param(
        'prohibit a "t" when users is 5',
        [
            (
                1,
                30,
                "M013",
                "expected a term after 'is', found '5'",
                "numbers are compared with 'at least', 'below', …",
            ),
        ],
        id="is 5",
    ),
    pytest.param(
        'prohibit a "t" when users contains x',
        [
            (1, 27, "M027", "unknown comparison 'contains'", "did you mean 'includes'?"),
        ],
        id="contains",
    ),
    pytest.param(
        'prohibit A "t" when a',
        [
            (1, 10, "M007", "'A' is no name", "did you mean 'a'?"),
        ],
        id="caps",
    ),
    pytest.param(
        'prohibit a "t" when A and b',
        [
            (1, 21, "M007", "'A' is no name", "did you mean 'a'?"),
        ],
        id="caps2",
    ),
    pytest.param(
        'prohibit a "t" When a',
        [
            (1, 16, "M014", "unknown word 'When'", "did you mean 'when'?"),
        ],
        id="caps kw",
    ),
    pytest.param(
        'prohibit a "t" when a AND b',
        [
            (1, 23, "M014", "unknown word 'AND'", "did you mean 'and'?"),
        ],
        id="AND",
    ),
    pytest.param(
        'prohibit a "t" when not not a and not (b or c)',
        [
            (1, 25, "M024", "'not' follows 'not'", "two of them cancel out: leave both away"),
        ],
        id="not not",
    ),
    pytest.param(
        'prohibit a "t" when a when b',
        [
            (1, 23, "M016", "'when' is given a second time", "the first is in line 1, join the two with 'and'"),
        ],
        id="second when",
    ),
    pytest.param(
        'prohibit a "t" when a quote "mine?" section "s"',
        [
            (1, 23, "M018", "'quote' stands behind 'when'", "move it before 'when', where it cites the provision"),
            (1, 37, "M018", "'section' stands behind 'when'", "move it before 'when', where it cites the provision"),
        ],
        id="quote after when",
    ),
    pytest.param(
        'reading competing "t" choice narrow "n" choice broad "b" ntoe "oops"',
        [
            (1, 58, "M014", "unexpected 'ntoe'", "here it goes on with 'section', 'quote', 'choice'"),
        ],
        id="misspelt note in reading",
    ),
    pytest.param(
        'prohibit a "t" when a b',
        [
            (
                1,
                23,
                "M014",
                "unexpected 'b'",
                "here it goes on with 'and', 'or', 'section', 'quote', 'when', 'topic', 'unless', 'that' …",
            ),
        ],
        id="ident after cond",
    ),
    pytest.param(
        'prohibit a "t" when a and b or c and d',
        [
            (
                1,
                29,
                "M019",
                "'and' and 'or' are mixed without parentheses",
                "put parentheses around the part with 'or', or around the part before it, to say which you mean",
            ),
        ],
        id="mixed",
    ),
    pytest.param(
        'prohibit a "t" when a) topic t',
        [
            (1, 22, "M022", "')' closes nothing", "leave it away, or open it before"),
        ],
        id="stray",
    ),
    pytest.param(
        'prohibit a "t" when () topic t',
        [
            (1, 22, "M013", "expected a condition after '(', found ')'", None),
        ],
        id="empty parens",
    ),
    pytest.param(
        'prohibit a "t" when\n topic t',
        [
            (1, 16, "M013", "expected a condition after 'when'", None),
        ],
        id="when nothing",
    ),
    pytest.param(
        'prohibit a "t" when',
        [
            (1, 16, "M013", "expected a condition after 'when'", None),
        ],
        id="when end",
    ),
    pytest.param(
        'prohibit a "t"\n topic t',
        [
            (1, 1, "M017", "this 'prohibit' has no 'when'", "say when it bites, or write 'when always'"),
        ],
        id="missing when",
    ),
    pytest.param(
        'hello there\nprohibit a "t" when a',
        [
            (
                1,
                1,
                "M001",
                "'hello' stands before the first block",
                "a block begins with 'term', 'fact', 'safeguard', 'approval', 'wrong', 'define', 'topic', 'regulation', 'reading', 'platform', 'document', 'prohibit', 'require', 'permit', 'reserve' or 'expect'",
            ),
        ],
        id="text before",
    ),
    pytest.param(
        'prohibt a "t"\n  when a\n\npermit b "x" when always',
        [
            (1, 1, "M002", "unknown block 'prohibt'", "did you mean 'prohibit'?"),
        ],
        id="misspelt block",
    ),
    pytest.param(
        'permit b "x" when always\n\nprohibt a "t"\n  when a whne b',
        [
            (3, 1, "M002", "unknown block 'prohibt'", "did you mean 'prohibit'?"),
            (4, 10, "M014", "unknown word 'whne'", "did you mean 'when'?"),
        ],
        id="misspelt block 2",
    ),
    pytest.param(
        'permit b "x" when always\nbanana a "t"\n  when a',
        [
            (
                2,
                1,
                "M002",
                "unknown block 'banana'",
                "a block begins with 'term', 'fact', 'safeguard', 'approval', 'wrong', 'define', 'topic', 'regulation', 'reading', 'platform', 'document', 'prohibit', 'require', 'permit', 'reserve' or 'expect'",
            ),
        ],
        id="unknown block",
    ),
    pytest.param(
        'prohibt a "t"\n  when a',
        [
            (1, 1, "M002", "unknown block 'prohibt'", "did you mean 'prohibit'?"),
        ],
        id="misspelt first",
    ),
    pytest.param(
        "prohibit a when b",
        [
            (1, 12, "M013", "expected a quoted text after 'a', found 'when'", None),
        ],
        id="no title",
    ),
    pytest.param(
        'prohibit "t" when b',
        [
            (1, 10, "M013", "expected a name after 'prohibit', found '\"t\"'", None),
        ],
        id="no name",
    ),
    pytest.param(
        'prohibit a "t\\n" when b',
        [
            (1, 14, "M004", "'\\n' is no escape", "a backslash only stands before '\"' and '\\': write '\\\\' for one"),
        ],
        id="escape",
    ),
    pytest.param(
        'prohibit a "t" in force 2026-02-30 until 26-01-01 when a',
        [
            (1, 25, "M010", "there is no day '2026-02-30'", "check the month and the day"),
            (1, 42, "M010", "'26-01-01' is no date", "write year, month and day: 2026-03-27"),
        ],
        id="date",
    ),
    pytest.param(
        'prohibit p "No a" when a at b',
        [
            (
                1,
                26,
                "M014",
                "unexpected 'at'",
                "here it goes on with 'and', 'or', 'section', 'quote', 'when', 'topic', 'unless', 'that' …",
            )
        ],
        id="a word of a comparison, where none is",
    ),
    pytest.param(
        'document d "D" archive genai "x" commit 123 sha256 "ab"',
        [
            (1, 41, "M011", "'123' is no commit", "give all 40 hex digits of it, in small letters"),
            (1, 52, "M011", "'ab' is no SHA-256 sum", "give all 64 hex digits of it, in small letters"),
        ],
        id="commit",
    ),
    pytest.param(
        'document d "D" archive github "a/b" commit 0123456789012345678901234567890123456789',
        [
            (
                1,
                16,
                "M017",
                "this 'archive' has no path",
                'write \'archive github "owner/repository" "path of the file"\'',
            ),
        ],
        id="archive",
    ),
    pytest.param(
        "prohibit a “t” when a",
        [
            (1, 12, "M006", "'“' cannot stand here", "use straight quotes: '\"'"),
        ],
        id="curly",
    ),
    pytest.param(
        'prohibit a "t" section “t” when a',
        [
            (1, 24, "M006", "'“' cannot stand here", "use straight quotes: '\"'"),
        ],
        id="curly2",
    ),
    pytest.param(
        'prohibit a "t"\xa0when a',
        [
            (1, 15, "M006", "the sign U+00A0 cannot stand here", "use a plain space"),
        ],
        id="nbsp",
    ),
    pytest.param(
        'prohibit a "t" when a–b',
        [
            (1, 22, "M006", "'–' cannot stand here", "use '-'"),
        ],
        id="dash",
    ),
    pytest.param(
        'prohibit a "t\x00" when\x00 a',
        [
            (1, 14, "M005", "there is an invisible character here, U+0000", "delete it"),
            (1, 21, "M005", "there is an invisible character here, U+0000", "delete it"),
        ],
        id="nul",
    ),
    pytest.param(
        '\ufeffprohibit a "t" when a\r\n topic b\r\n tpoic c',
        [
            (3, 2, "M014", "unknown word 'tpoic'", "did you mean 'topic'?"),
        ],
        id="bom",
    ),
    pytest.param(
        'prohibit a "t" when a is only b other than c',
        [
            (
                1,
                44,
                "M026",
                "'other than' does not go with 'is only'",
                "it goes with 'is', 'is any of', 'includes' and 'includes any of'",
            ),
        ],
        id="other than is only",
    ),
    pytest.param(
        'prohibit a "t" when a includes b, c',
        [
            (1, 32, "M025", "'includes' takes one term", "for a list write 'includes any of'"),
        ],
        id="list",
    ),
    pytest.param(
        'prohibit a "t" when a is any of b, topic c',
        [
            (1, 36, "M008", "expected a term after ',', found the keyword 'topic'", "a keyword cannot be a name"),
        ],
        id="trailing comma",
    ),
    pytest.param(
        'prohibit a "t" when a topic c, see d',
        [
            (1, 32, "M008", "expected a name after ',', found the keyword 'see'", "a keyword cannot be a name"),
        ],
        id="trailing comma topic",
    ),
    pytest.param(
        'prohibit a "t" when a see "Annex"',
        [
            (1, 27, "M013", "expected a name after 'see', found '\"Annex\"'", None),
        ],
        id="see str",
    ),
    pytest.param(
        'prohibit a "t" when a that b',
        [
            (1, 23, "M015", "'that' does not belong in a 'prohibit'", "only a 'require' has conditions it asks for"),
        ],
        id="that in prohibit",
    ),
    pytest.param(
        'require a "t" when a',
        [
            (1, 1, "M017", "this 'require' has no 'that'", "say what it asks for with 'that', or write a 'prohibit'"),
        ],
        id="require no that",
    ),
    pytest.param(
        'prohibit a "t" when a yields to b section "x"',
        [
            (1, 23, "M015", "'yields to' does not belong in a 'prohibit'", "it belongs in a 'document'"),
        ],
        id="yields in provision",
    ),
    pytest.param(
        'term a "x" sicne 2026-11',
        [
            (1, 12, "M014", "unknown word 'sicne'", "did you mean 'since'?"),
        ],
        id="term bad",
    ),
    pytest.param(
        'term a "x" since 2026-13',
        [
            (1, 18, "M010", "'2026-13' is no month", "write year and month: 2026-11"),
        ],
        id="term bad month",
    ),
    pytest.param(
        'fact a "x" asked when b',
        [
            (
                1,
                1,
                "M017",
                "this 'fact' has no type",
                "write 'yes or no', 'one of', 'many of', 'number of' or 'count of' behind it",
            ),
        ],
        id="fact no type",
    ),
    pytest.param(
        'fact a "x" yes or no one of b',
        [
            (1, 22, "M016", "a type is given a second time", "the first is in line 1"),
        ],
        id="fact",
    ),
    pytest.param(
        'safeguard a "q" yes or no',
        [
            (1, 17, "M015", "'yes or no' does not belong in a 'safeguard'", "it belongs in a 'fact'"),
        ],
        id="safeguard typed",
    ),
    pytest.param(
        "define a improves",
        [
            (1, 10, "M014", "unexpected 'improves'", "here it goes on with 'as', 'section', 'quote'"),
        ],
        id="define",
    ),
    pytest.param(
        "define a as",
        [
            (1, 10, "M013", "expected a condition after 'as'", None),
        ],
        id="define 2",
    ),
    pytest.param(
        'reading a "q" choice b "x"',
        [
            (
                1,
                1,
                "M017",
                "this 'reading' has fewer than two choices",
                "write a 'choice' for each way to read the words",
            ),
        ],
        id="reading",
    ),
    pytest.param(
        'platform p "P" offering a "x"\n offering b "y" under c',
        [
            (1, 16, "M017", "this 'offering' has no documents", "write 'under' and the documents that govern it"),
        ],
        id="platform",
    ),
    pytest.param(
        'document d "D" kind a\n kind b own "x" reported by "y" on 2026-01-01',
        [
            (2, 2, "M016", "'kind' is given a second time", "the first is in line 1"),
            (
                2,
                17,
                "M016",
                "an origin ('archive', 'own' or 'reported by') is given a second time",
                "the first is in line 2",
            ),
        ],
        id="dup kind",
    ),
    pytest.param(
        'document d "D" reported by "x"',
        [
            (1, 16, "M017", "this 'reported by' has no date", "write 'on' and the day of the report"),
        ],
        id="reported",
    ),
    pytest.param(
        'document d "D" coverage half',
        [
            (1, 25, "M013", "expected 'whole' or 'partial' after 'coverage', found 'half'", None),
        ],
        id="coverage",
    ),
    pytest.param(
        'document d "D" silence section "x"',
        [
            (1, 16, "M014", "unknown word 'silence'", "did you mean 'silence is reserved'?"),
        ],
        id="silence",
    ),
    pytest.param(
        'fact a "q" yes or no per vendor',
        [
            (1, 26, "M013", "expected 'platform' or 'offering' after 'per', found 'vendor'", None),
        ],
        id="per",
    ),
    pytest.param(
        'prohibit a "t" when a is this',
        [
            (
                1,
                26,
                "M008",
                "expected a term after 'is', found the keyword 'this'",
                "write 'this vendor' or 'this platform'",
            ),
        ],
        id="this",
    ),
    pytest.param(
        'prohibit a "t" when reading x',
        [
            (1, 29, "M013", "expected 'is' and a choice after 'x'", None),
        ],
        id="reading cond",
    ),
    pytest.param(
        'prohibit a "t" when reading x is section',
        [
            (1, 34, "M008", "expected a choice after 'is', found the keyword 'section'", "a keyword cannot be a name"),
        ],
        id="reading cond2",
    ),
    pytest.param(
        'prohibit a "t" when a unless approved by vendor',
        [
            (1, 42, "M013", "expected 'platform' after 'approved by', found 'vendor'", None),
        ],
        id="approved",
    ),
    pytest.param(
        'prohibit a "t" when at least 5',
        [
            (1, 21, "M020", "no fact stands before 'at least'", "write the fact before it, as in 'users at least 5'"),
        ],
        id="at least",
    ),
    pytest.param(
        'prohibit a "t" when not',
        [
            (1, 21, "M013", "expected a condition after 'not'", None),
        ],
        id="not end",
    ),
    pytest.param(
        'prohibit a: "t" when a',
        [
            (1, 10, "M007", "'a:' is no name", "did you mean 'a'?"),
        ],
        id="colon",
    ),
    pytest.param(
        'prohibit a "t" when a;',
        [
            (
                1,
                22,
                "M014",
                "unexpected ';'",
                "here it goes on with 'and', 'or', 'section', 'quote', 'when', 'topic', 'unless', 'that' …",
            ),
        ],
        id="semi",
    ),
    pytest.param(
        'prohibit a "t" if a',
        [
            (1, 16, "M014", "unknown word 'if'", "did you mean 'when'?"),
        ],
        id="if",
    ),
    pytest.param(
        'prohibit a "t"\n section\n when a',
        [
            (2, 2, "M013", "expected a quoted text after 'section'", None),
        ],
        id="section missing",
    ),
    pytest.param(
        'prohibit a "t" section 3.1 when a',
        [
            (1, 24, "M013", "expected a quoted text after 'section', found '3.1'", None),
        ],
        id="section name",
    ),
    pytest.param(
        'prohibit a "t" when a = b',
        [
            (1, 23, "M027", "unknown comparison '='", "did you mean 'is'?"),
        ],
        id="equals",
    ),
    pytest.param(
        'prohibit a_b "t" when a',
        [
            (1, 10, "M007", "'a_b' is no name", "did you mean 'a-b'?"),
        ],
        id="under_score",
    ),
    pytest.param(
        'prohibit a "t" until 2026-01-01 when a',
        [
            (1, 16, "M018", "'until' has no 'in force' before it", "put it right behind the clause it belongs to"),
        ],
        id="until alone",
    ),
    pytest.param(
        'document d "D" commit abc',
        [
            (1, 16, "M018", "'commit' has no 'archive' before it", "put it right behind the clause it belongs to"),
        ],
        id="commit alone",
    ),
    pytest.param(
        'prohibit a "t" when a includes all of b',
        [
            (1, 23, "M027", "'includes all' is no comparison", "did you mean 'includes any of'?"),
        ],
        id="include all of",
    ),
    pytest.param(
        'prohibit a "t" when a includes not b',
        [
            (1, 23, "M027", "'includes not' is no comparison", "did you mean 'not (… includes …)'?"),
        ],
        id="includes not",
    ),
    pytest.param(
        'prohibit a "t" when and b',
        [
            (1, 21, "M008", "expected a condition after 'when', found the keyword 'and'", None),
        ],
        id="and first",
    ),
    pytest.param(
        'prohibit a "t" when a above many',
        [
            (1, 29, "M013", "expected a number after 'above', found 'many'", None),
        ],
        id="number at is",
    ),
    pytest.param(
        'prohibit a "t" when a/b',
        [
            (1, 21, "M007", "'a/b' is no name", "did you mean 'a-b'?"),
        ],
        id="slash",
    ),
    pytest.param(
        "%%%",
        [
            (
                1,
                1,
                "M001",
                "'%' stands before the first block",
                "a block begins with 'term', 'fact', 'safeguard', 'approval', 'wrong', 'define', 'topic', 'regulation', 'reading', 'platform', 'document', 'prohibit', 'require', 'permit', 'reserve' or 'expect'",
            ),
        ],
        id="junk",
    ),
    pytest.param(
        '"abc"',
        [
            (
                1,
                1,
                "M001",
                "'\"abc\"' stands before the first block",
                "a block begins with 'term', 'fact', 'safeguard', 'approval', 'wrong', 'define', 'topic', 'regulation', 'reading', 'platform', 'document', 'prohibit', 'require', 'permit', 'reserve' or 'expect'",
            ),
        ],
        id="string first",
    ),
    pytest.param(
        'prohibit a "t" when a + b',
        [
            (
                1,
                23,
                "M014",
                "unexpected '+'",
                "here it goes on with 'and', 'or', 'section', 'quote', 'when', 'topic', 'unless', 'that' …",
            ),
        ],
        id="plus",
    ),
    pytest.param(
        'prohibit a "t" quote "x" quote "y" when a',
        [
            (1, 26, "M016", "'quote' is given a second time", "the first is in line 1, join fragments with 'then'"),
        ],
        id="quote twice",
    ),
    pytest.param(
        'document d "D" note "a"\n note "b"',
        [
            (2, 2, "M016", "'note' is given a second time", "the first is in line 1, write one text behind the other"),
        ],
        id="note of a document twice",
    ),
    pytest.param(
        'document d "D" kind a, b\n yields to c, d coverage whole\n note "n", "m"',
        [
            (1, 22, "M014", "unexpected ','", "'kind' takes only one"),
            (2, 13, "M014", "unexpected ','", "'yields to' takes only one"),
            (3, 10, "M014", "unexpected ','", "'note' takes only one"),
        ],
        id="a list where one stands",
    ),
    pytest.param(
        'prohibit a "t" quote "x", "y" when a',
        [
            (1, 25, "M014", "unexpected ','", "fragments are joined with 'then'"),
        ],
        id="fragments with a comma",
    ),
    pytest.param(
        'reserve a "t" when a may lift b may lift c',
        [
            (1, 33, "M016", "'may lift' is given a second time", "the first is in line 1, join the two with a comma"),
        ],
        id="may lift twice",
    ),
    pytest.param(
        'prohibit a "t" when a overrides b',
        [
            (1, 23, "M015", "'overrides' does not belong in a 'prohibit'", "only a 'permit' lifts provisions"),
        ],
        id="overrides in prohibit",
    ),
    pytest.param(
        'permit a "t" when a may lift all',
        [
            (
                1,
                21,
                "M015",
                "'may lift' does not belong in a 'permit'",
                "only a 'reserve' says where an exception can be asked for",
            ),
        ],
        id="lift in permit",
    ),
    pytest.param(
        'prohibit a "t" when a is in b',
        [
            (1, 23, "M027", "'is in' is no comparison", "did you mean 'is any of'?"),
        ],
        id="is in",
    ),
    pytest.param(
        'prohibit a "t" when a adn b',
        [
            (1, 23, "M014", "unknown word 'adn'", "did you mean 'and'?"),
        ],
        id="operator word",
    ),
    pytest.param(
        'prohibit a "t" when a is “b”',
        [
            (1, 26, "M006", "'“' cannot stand here", "use straight quotes: '\"'"),
        ],
        id="curly in cond",
    ),
    pytest.param(
        'reading a "q"',
        [
            (
                1,
                1,
                "M017",
                "this 'reading' has fewer than two choices",
                "write a 'choice' for each way to read the words",
            ),
        ],
        id="no choice",
    ),
    pytest.param(
        'term a "x" undre b',
        [
            (1, 12, "M014", "unknown word 'undre'", "did you mean 'under'?"),
        ],
        id="nested block keyword",
    ),
    pytest.param(
        'term 3d "x"',
        [
            (
                1,
                6,
                "M007",
                "'3d' is no name",
                "a name has small letters, digits, and single '-' or '.' between them, and begins with a letter",
            ),
        ],
        id="digit name",
    ),
    pytest.param(
        'term a..b "x"',
        [
            (1, 6, "M007", "'a..b' is no name", "did you mean 'a.b'?"),
        ],
        id="dots",
    ),
    pytest.param(
        'term aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_ "x"',
        [
            (
                1,
                6,
                "M007",
                "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…' is no name",
                "a name has small letters, digits, and single '-' or '.' between them, and begins with a letter",
            ),
        ],
        id="long name",
    ),
    pytest.param(
        'term a "x\u202ey"',
        [
            (1, 10, "M005", "there is an invisible character here, U+202E", "delete it"),
        ],
        id="bidi",
    ),
    pytest.param(
        'term a "x"\rterm b "y"',
        [
            (1, 11, "M005", "there is an invisible character here, U+000D", "delete it"),
        ],
        id="cr",
    ),
    pytest.param(
        'term a "x" , "y"',
        [
            (1, 12, "M014", "unexpected ','", "a comma only stands in a list"),
        ],
        id="string after",
    ),
    pytest.param(
        'prohibit a "t" when a above 5, b',
        [
            (1, 30, "M014", "unexpected ','", "a comma only stands in a list"),
        ],
        id="comma",
    ),
    pytest.param(
        'prohibit a "t" when a topic b section "1"',
        [
            (
                1,
                31,
                "M018",
                "'section' does not belong to 'topic'",
                "put it before all other clauses to cite the 'prohibit', or right behind the clause it cites",
            ),
        ],
        id="section after topic",
    ),
    pytest.param(
        'require a "t" when a that b when c section "1" when d',
        [
            (1, 48, "M016", "'when' is given a second time", "the first is in line 1, join the two with 'and'"),
        ],
        id="when in that twice",
    ),
    pytest.param(
        'term a "x"\nPROHIBIT b "t"\n  when c',
        [
            (2, 1, "M002", "unknown block 'PROHIBIT'", "did you mean 'prohibit'?"),
        ],
        id="uppercase block",
    ),
    pytest.param(
        "term",
        [
            (1, 1, "M013", "expected a name after 'term'", None),
        ],
        id="only a name",
    ),
    pytest.param(
        'platform p "P" vendor v under x',
        [
            (1, 25, "M018", "'under' has no 'offering' before it", "put it right behind the clause it belongs to"),
        ],
        id="offering late under",
    ),
    pytest.param(
        'document d "D" archive "x.md"',
        [
            (1, 24, "M013", "expected a name and a quoted text after 'archive', found '\"x.md\"'", None),
        ],
        id="archive no name",
    ),
    pytest.param(
        'document d "D" source "a" source "b"',
        [
            (1, 27, "M016", "'source' is given a second time", "the first is in line 1"),
        ],
        id="source twice",
    ),
    pytest.param(
        'prohibit a "t" when reading Rx is y',
        [
            (1, 29, "M007", "'Rx' is no name", "did you mean 'rx'?"),
        ],
        id="reading id",
    ),
    pytest.param(
        "define a as and b",
        [
            (1, 13, "M008", "expected a condition after 'as', found the keyword 'and'", None),
        ],
        id="as",
    ),
    pytest.param(
        'term “a” "x"',
        [
            (1, 6, "M007", "'“a”' is no name", "did you mean 'a'?"),
        ],
        id="head curly name",
    ),
    pytest.param(
        'prohibit a "t" when a unless',
        [
            (1, 23, "M013", "expected a condition after 'unless'", None),
        ],
        id="unless end",
    ),
    pytest.param(
        'document d "D" captrued 2026-01-01',
        [
            (1, 16, "M014", "unknown word 'captrued'", "did you mean 'captured'?"),
        ],
        id="unknown word in doc",
    ),
    pytest.param(
        'document d "D" captured 2026-13-01 seen tomorrow',
        [
            (1, 25, "M010", "there is no day '2026-13-01'", "check the month and the day"),
            (1, 41, "M013", "expected a date after 'seen', found 'tomorrow'", None),
        ],
        id="day",
    ),
]


def found_in(text: str) -> list[Diagnostic]:
    """The diagnostics of a text."""
    return parse(text, "x.rules")[1]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_errors(text: str, expected: list[Expected]) -> None:
    found = found_in(text)
    assert [(one.span.line, one.span.column, one.code, one.message, one.help) for one in found] == expected


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_house_style_of_messages(text: str, expected: list[Expected]) -> None:
    for one in found_in(text):
        assert one.severity == "error" and one.code in CODES
        for words in filter(None, (one.message, one.help)):
            assert not words.endswith(".") and not words[0].isupper()
            assert not any(word in words.lower() for word in ("regex", "parse", "token", "none", "tuple", "str("))
        assert one.line == text.replace("\ufeff", "").replace("\r\n", "\n").split("\n")[one.span.line - 1].translate(
            {0: " ", 0x202E: " ", 0x0D: " "}
        )
        assert one.render().startswith(f"x.rules:{one.span.line}:{one.span.column}: error[{one.code}]: ")


def test_every_code_has_a_page_and_a_case() -> None:
    tried = {one[2] for case in CASES for one in case.values[1]}  # type: ignore[union-attr]
    assert tried | {"M023", "M029"} == set(CODES)
    for code, page in CODES.items():
        assert "M001" <= code <= "M049"
        assert page.title and page.what.endswith(".") and page.why.endswith(".") and page.avoid and page.prefer


def test_all_errors_of_a_file_at_once() -> None:
    text = """hello
term Purpose "p"
term purpose "p" undre x
prohibt scraping "No scraping"
  section "1
  when a and b or c
  whne d

fact f "f?"
document d "D"
  archive genai "x" commit 12
  captured 2026-02-29
  kind a
  kind b
require r "R"
  when (a
  quote "x"
"""
    assert [(one.span.line, one.code) for one in found_in(text)] == [
        (1, "M001"),
        (2, "M007"),
        (3, "M014"),
        (4, "M002"),
        (5, "M003"),
        (6, "M019"),
        (7, "M014"),
        (9, "M017"),
        (11, "M011"),
        (12, "M010"),
        (14, "M016"),
        (16, "M021"),
        (17, "M018"),
    ]


def test_a_block_with_an_error_keeps_its_name() -> None:
    file, found = parse('term a "A" undre b\nprohibt c "C"\n  when (d\nfact e "E"\nterm f\nterm g "G"', "x")
    assert len(found) == 5
    assert [block_name(block) for block in file.blocks] == [Name("a"), Name("c"), Name("e"), Name("g")]


def block_name(block: Block) -> Name:
    """The name of any block."""
    return block.name


def test_too_deep() -> None:
    for depth in (33, 100_000):
        for opener in ("(", "not ("):
            (one,) = found_in(f'prohibit a "t" when {opener * depth}a{")" * depth} topic b')
            assert (one.code, one.message) == ("M023", "parentheses are nested more than 32 deep")
            assert one.span.column == 20 + 33 * len(opener)


def test_only_so_many_are_shown() -> None:
    found = found_in('term A "t"\n' * 250)
    assert len(found) == MOST_REPORTED + 1
    assert (found[-1].code, found[-1].message) == ("M029", "and 150 more errors in this file")
    assert found_in('term A "t"\n' * 5000)[-1].message == "and at least 900 more errors in this file"


def test_an_english_list_is_left_to_the_resolver() -> None:
    assert found_in('prohibit a "t" when p includes any of b, c and d') == []


def test_nothing_is_called_missing_behind_another_error() -> None:
    assert [one.code for one in found_in('require a "t"\n  whne b\n  note "n"\n  taht c')] == ["M014", "M014"]


def test_positions_in_texts_from_windows() -> None:
    (one,) = found_in('\ufeffterm a "x"\r\nterm b "y" sicne 2026-01\r\n')
    assert (one.span.line, one.span.column, one.line) == (2, 12, 'term b "y" sicne 2026-01')


def test_rendering() -> None:
    (one,) = found_in('prohibit a "t"\n  whne b')
    assert one.render() == "\n".join(
        [
            "x.rules:2:3: error[M014]: unknown word 'whne'",
            "    whne b",
            "    ^^^^",
            "  help: did you mean 'when'?",
        ]
    )
