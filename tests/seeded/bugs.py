"""Fifteen ways to break the engine, each with the law that has to notice.

A bug is one line of one file, said as it is and as it would be wrong; where the line has changed, the bug is rewritten.
"""

from __future__ import annotations

from dataclasses import dataclass

VERDICTS = "test_law_2_each_verdict_exactly_when_its_line_holds"


@dataclass(frozen=True)
class Bug:
    """`old` stands once in `file` (below the package); with `new` in its place, `caught_by` fails."""

    name: str
    file: str
    old: str
    new: str
    caught_by: str = VERDICTS


BUGS = (
    Bug(
        "a text is in force a day late",
        "rulebook/model.py",
        "self.in_force_from <= day",
        "self.in_force_from < day",
    ),
    Bug(
        "a provision ends a day late",
        "rulebook/model.py",
        "day < self.until",
        "day <= self.until",
    ),
    Bug(
        "a duty that is due only sometimes counts as standing",
        "rulebook/model.py",
        " and all(d.when is None for d in self.duties)",
        "",
    ),
    Bug(
        "age counts from the first day the text was seen",
        "rulebook/model.py",
        "return self.seen or self.captured or reported",
        "return self.captured or self.seen or reported",
    ),
    Bug(
        "a question per platform is asked of the offering's platform",
        "rulebook/model.py",
        '{"platform": self.platform,',
        '{"platform": self.offering.partition("/")[0],',
    ),
    Bug(
        "a term is under the first of its parents only",
        "rulebook/graph.py",
        "        for parent in above:\n",
        "        for parent in list(above)[:1]:\n",
    ),
    Bug(
        "a text whose coverage is not said counts as whole",
        "rulebook/documents.py",
        "whole=bool(block.coverage and block.coverage.whole)",
        "whole=block.coverage is None or block.coverage.whole",
    ),
    Bug(
        "a text is incorporated whatever its `when` says",
        "rulebook/documents.py",
        "gate(i.when)",
        "None",
    ),
    Bug(
        "a permit overrides the first provision it names only",
        "rulebook/provisions.py",
        "for o in block.overrides for n in o.provisions)",
        "for o in block.overrides for n in o.provisions[:1])",
    ),
    Bug(
        "`other than` is forgotten",
        "rulebook/conditions.py",
        "return replace(node, terms=terms, others=others)",
        "return replace(node, terms=terms, others=())",
    ),
    Bug(
        "an `unless` is not heard",
        "judge/governing.py",
        "return conj((lower(provision.when, rules, place), *lifted))",
        "return lower(provision.when, rules, place)",
    ),
    Bug(
        "an approval that nobody stated counts as given",
        "judge/decide.py",
        "in given else -self.flag(k)",
        "in given else self.exact.undertakes[k]",
    ),
    Bug(
        "a safeguard can be undertaken where it is not asked",
        "logic/solver.py",
        "self._add([-given, flag, -asked, *(-x for x in brought)])",
        "self._add([-given, flag])",
    ),
    Bug(
        "a list without `...` is not taken as complete",
        "judge/answers.py",
        'if complete and fact.kind == "many":',
        'if not complete and fact.kind == "many":',
    ),
    Bug(
        "what is not covered is permitted",
        "judge/offer.py",
        "return Verdict.NOT_COVERED",
        "return line",
    ),
)
