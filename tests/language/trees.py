"""Hypothesis strategies for syntax trees: every construct of the language, with hard names and texts.

The trees are what the parser can give: the texts are free of control characters, a name is never a reserved word.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from mayuse.language import tree as t
from mayuse.language.tokens import RESERVED

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
HARD_NAMES = (
    *("own", "kind", "source", "vendor", "alias", "github", "counsel", "force", "lift", "again", "reserved-1", "order"),
    *("never", "same", "verdict", "permitted", "conflict", "conditional", "on", "regardless", "expected", "expect-1"),
    *("not-for-profit", "is-any-of", "in-house", "over-18", "a.b", "v1.0", "x", "many", "whole", "part", "then-some"),
)

names = st.builds(
    t.Name,
    st.one_of(
        st.sampled_from(HARD_NAMES),
        st.from_regex(r"[a-z][a-z0-9]{0,6}([-.][a-z0-9]{1,6}){0,3}", fullmatch=True).filter(
            lambda text: text not in RESERVED
        ),
    ),
)
references = st.builds(
    lambda parts: t.Name("/".join(part.text for part in parts)), st.lists(names, min_size=1, max_size=3)
)
letters = st.one_of(st.sampled_from('ab "\\#,()  “é…'), st.characters(exclude_categories=["Cs", "Cc"])).filter(
    lambda sign: not CONTROL.match(sign)
)
short_texts = st.text(letters, max_size=12)
long_texts = st.builds(
    " ".join, st.lists(st.one_of(short_texts, st.sampled_from(["model", "output", "the"])), max_size=40)
)
texts = st.builds(t.Text, st.one_of(short_texts, long_texts))
dates = st.builds(t.Date, st.dates())


def tuples(items: st.SearchStrategy[Any], least: int = 0, most: int = 4) -> st.SearchStrategy[Any]:
    """Tuples of the items."""
    return st.lists(items, min_size=least, max_size=most).map(tuple)


def optional(items: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One of the items, or None."""
    return st.none() | items


@st.composite
def numbers(draw: st.DrawFn) -> t.Number:
    """A number in one of the ways to write it."""
    whole = draw(st.integers(0, 10**11))
    scale = draw(st.sampled_from(["", " thousand", " million", " billion"]))
    decimals = draw(st.sampled_from(["", ".5", ".25", ".000"]))
    digits = draw(st.sampled_from([str(whole), f"{whole:_}", f"{whole:012}"]))
    factor = {"": 1, " thousand": 10**3, " million": 10**6, " billion": 10**9}[scale]
    return t.Number(digits + decimals + scale, Decimal(f"{whole}{decimals}") * factor)


values = names | st.builds(t.This, st.sampled_from(["vendor", "platform"]))
tests = st.one_of(
    st.builds(t.Test, names, st.sampled_from(["is", "includes"]), tuples(values, 1, 1), tuples(values, 0, 3)),
    st.builds(t.Test, names, st.sampled_from(["is any of", "includes any of"]), tuples(values, 1, 12), tuples(values)),
    st.builds(t.Test, names, st.just("is not"), tuples(values, 1, 1)),
    st.builds(t.Test, names, st.just("is only"), tuples(values, 1, 5)),
)
atoms = st.one_of(
    st.builds(t.Holds, names),
    tests,
    st.builds(t.Compare, names, st.sampled_from(t.COMPARE_OPERATORS), numbers()),
    st.builds(t.ReadingIs, references, names),
    st.just(t.Always()),
    st.just(t.ApprovedByPlatform()),
)
conditions: st.SearchStrategy[t.Condition] = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.builds(t.Not, inner), st.builds(t.And, tuples(inner, 2, 5)), st.builds(t.Or, tuples(inner, 2, 5))
    ),
    max_leaves=12,
)
citations = st.builds(t.Citation, optional(texts), tuples(texts, 0, 3))

terms = st.builds(t.Term, names, texts, tuples(names), optional(st.dates().map(lambda day: day.isoformat()[:7])))
flag = st.just(t.FactType("flag"))
fact_types = flag | st.builds(t.FactType, st.sampled_from(["one", "many", "number", "count"]), names)
levels = st.sampled_from([None, "platform", "offering"])
facts = st.builds(
    t.Fact, st.just("fact"), names, texts, fact_types, optional(conditions), tuples(names, 0, 3), levels, st.booleans()
)
promises = st.builds(
    t.Fact,
    st.sampled_from(["safeguard", "approval", "wrong"]),
    *(names, texts, flag, optional(conditions), tuples(names, 0, 3), levels, st.booleans()),
)
defines = st.builds(t.Define, names, conditions, citations)
topics = st.builds(t.Topic, names, texts, tuples(names))
regulations = st.builds(t.Regulation, names, texts)
readings = st.builds(t.Reading, names, texts, citations, tuples(st.builds(t.Choice, names, texts), 2, 4))

offerings = st.builds(t.Offering, names, texts, tuples(references, 1), tuples(texts))
platforms = st.builds(t.Platform, names, texts, optional(names), tuples(texts), tuples(offerings))
hexes = st.text("0123456789abcdef", min_size=64, max_size=64)
sums = st.builds(t.Text, hexes)
commits = hexes.map(lambda text: text[:40])
archives = st.one_of(
    st.builds(
        t.Archive,
        names.filter(lambda name: name.text != "github"),
        *(st.none(), texts, optional(commits), optional(sums), optional(texts), optional(texts)),
    ),
    st.builds(
        t.Archive,
        st.just(t.Name("github")),
        *(texts, texts, optional(commits), optional(sums), optional(texts), optional(texts)),
    ),
)
evidence = st.one_of(st.none(), archives, st.builds(t.Own, texts, optional(sums)), st.builds(t.Reported, texts, dates))
documents = st.builds(
    t.Document,
    name=names,
    title=texts,
    kind=optional(names),
    source=optional(texts),
    evidence=evidence,
    disputed_by=tuples(st.builds(t.Disputed, references, citations), 0, 2),
    captured=optional(dates),
    seen=optional(dates),
    updated=optional(dates),
    effective=optional(dates),
    yields_to=tuples(st.builds(t.YieldsTo, references, citations), 0, 2),
    applies_when=optional(st.builds(t.AppliesWhen, conditions, citations)),
    incorporates=tuples(st.builds(t.Incorporates, references, optional(conditions), citations), 0, 2),
    silence_reserved=optional(st.builds(t.Silence, citations)),
    encoded=optional(dates),
    read_again=optional(dates),
    coverage=optional(st.just(t.Coverage(True)) | st.builds(t.Coverage, st.just(False), optional(texts))),
    note=optional(texts),
)

_shared = {
    "name": names,
    "title": texts,
    "citation": citations,
    "when": conditions,
    "in_force": optional(st.builds(t.InForce, dates, optional(dates))),
    "unless": tuples(st.builds(t.Unless, conditions, citations), 0, 2),
    "offerings": tuples(references, 0, 3),
    "topics": tuples(names, 0, 3),
    "notes": tuples(texts, 0, 2),
    "sees": tuples(st.builds(t.See, references, optional(texts)), 0, 2),
}
thats = tuples(st.builds(t.That, conditions, optional(conditions), citations), 1, 3)
provisions = st.one_of(
    st.builds(t.Provision, kind=st.just("prohibit"), **_shared),
    st.builds(t.Provision, kind=st.just("require"), that=thats, **_shared),
    st.builds(
        t.Provision,
        kind=st.just("permit"),
        overrides=tuples(st.builds(t.Overrides, tuples(references, 1), citations), 0, 2),
        **_shared,
    ),
    st.builds(
        t.Provision,
        kind=st.just("reserve"),
        may_lift=optional(st.builds(t.MayLift, tuples(references), citations)),
        **_shared,
    ),
)
claims = st.one_of(
    st.builds(t.Claim, st.sampled_from(["never permitted", "never conflict"])),
    st.builds(t.Claim, st.sampled_from(["always conditional", "regardless"]), tuples(names, 1, 6)),
    st.builds(t.Claim, st.just("same as"), tuples(references, 1, 1)),
)
expects = st.builds(t.Expect, texts, claims, optional(conditions), tuples(references, 0, 3), optional(texts))
blocks: st.SearchStrategy[t.Block] = st.one_of(
    *(terms, facts, promises, defines, topics, regulations, readings, platforms, documents, provisions, expects)
)
files = st.builds(t.File, st.just("test.rules"), tuples(blocks, 0, 4))
