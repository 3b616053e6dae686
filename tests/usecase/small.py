"""A small rule set, built by hand, that has one of everything a use case can speak about."""

from __future__ import annotations

from mayuse.language.tree import NOWHERE, Always, Holds, Name
from mayuse.rulebook.model import (
    Citation,
    Define,
    Document,
    Exemption,
    Fact,
    Offering,
    Platform,
    Provision,
    Reading,
    Rules,
    Term,
)

TERMS = {
    "purpose": "",
    "customer-support": "purpose",
    "watch-people": "purpose",
    "mass-surveillance": "watch-people",
    "stalking": "watch-people",
    "region": "",
    "europe": "region",
    "no": "europe",
    "de": "europe",
    "asia": "region",
    "vendor": "",
    "own": "vendor",
    "other-vendor": "vendor",
    "learning-material": "",
    "platform-output": "learning-material",
    "legal-basis": "",
    "consent": "legal-basis",
    "unknown": "legal-basis",
}


def fact(id: str, kind: str = "flag", domain: str | None = None, role: str = "fact", **more: object) -> Fact:
    """A fact with nothing but a kind."""
    return Fact(
        id=id,
        role=role,
        question=f"{id}?",
        kind=kind,
        domain=domain,
        asked_when=None,
        implies=(),
        per=more.get("per"),  # type: ignore[arg-type]
        for_counsel=bool(more.get("for_counsel")),
        span=NOWHERE,
    )


FACTS = (
    fact("purposes", "many", "purpose"),
    fact("established-in", "many", "region"),
    fact("home", "one", "region"),
    fact("trained-model-vendor", "one", "vendor"),
    fact("learns-from", "many", "learning-material"),
    fact("improves-model"),
    fact("serves-minors"),
    fact("users", "count", "people"),
    fact("score", "number", "points"),
    fact("group-users", "count", "people", per="offering"),
    fact("uses-weights", per="offering"),
    fact("goals", "many", "purpose", per="platform"),
    fact("discloses-ai", role="safeguard"),
    fact("licence-copy", role="safeguard", per="offering"),
    fact("unlawful", role="wrong"),
    fact("health-addendum", role="approval", per="platform"),
    fact("beta-access", role="approval", per="offering"),
    fact("regulator-consent", role="approval"),
    fact("openai/terms/rival-models", role="approval"),
    fact("meta/licence/silence", role="approval"),
    fact("law-secures-right", for_counsel=True),
    fact("basis", "one", "legal-basis", for_counsel=True),
    fact("own-text-binds", for_counsel=True, per="offering"),
)


def provision(id: str, approval: str | None = None) -> Provision:
    """A prohibition of everything."""
    exemptions = (Exemption(Holds(Name(approval)), approval, Citation(), NOWHERE),) if approval else ()
    return Provision(
        id=id,
        kind="prohibit",
        title=id,
        document=id.rpartition("/")[0],
        citation=Citation(),
        when=Always(),
        exemptions=exemptions,
        duties=(),
        overrides=(),
        override_citations=(),
        may_lift=None,
        offerings=None,
        topics=(),
        notes=(),
        regulations=(),
        start=None,
        until=None,
        hash="",
        span=NOWHERE,
    )


def document(id: str, provisions: tuple[str, ...], silence: Citation | None = None) -> Document:
    """A document of which nothing is known but its provisions."""
    return Document(
        id=id,
        platform=id.partition("/")[0],
        title=id,
        kind=None,
        source=None,
        evidence=None,
        disputed_by=(),
        captured=None,
        seen=None,
        updated=None,
        effective=None,
        yields_to=(),
        yields_citations=(),
        applies_when=None,
        incorporates=(),
        silence=silence,
        encoded=None,
        read_again=None,
        whole=True,
        coverage_note=None,
        note=None,
        provisions=provisions,
        file=f"{id}.rules",
        span=NOWHERE,
    )


def _below(term: str) -> frozenset[str]:
    found = {term}
    for one, above in TERMS.items():
        if above == term:
            found |= _below(one)
    return frozenset(found)


def small() -> Rules:
    """Three platforms with offerings and one without, two documents, a dozen facts of every kind."""
    provisions = (provision("openai/terms/rival-models", "openai/terms/rival-models"), provision("openai/terms/spam"))
    documents = (
        document("openai/terms", ("openai/terms/rival-models", "openai/terms/spam")),
        document("meta/licence", (), Citation("1")),
    )
    readings = (
        Reading(
            "meta/licence/output-scope", "?", (("verbatim", ""), ("derived", "")), "meta/licence", Citation(), NOWHERE
        ),
        Reading("house-view", "?", (("narrow", ""), ("broad", "")), None, Citation(), NOWHERE),
    )
    platforms = (
        Platform(
            "deepseek", "DeepSeek", None, ("deepseek", "LicenseRef-deepseek"), ("deepseek/api", "deepseek/r1"), NOWHERE
        ),
        Platform("meta", "Meta", None, ("Llama", "shared-alias"), ("meta/llama-3", "meta/llama-4"), NOWHERE),
        Platform("openai", "OpenAI", None, ("ChatGPT", "shared-alias"), ("openai/api",), NOWHERE),
        Platform("runway", "Runway", None, (), (), NOWHERE),
    )
    offerings = [Offering(o, p.id, o, (), NOWHERE) for p in platforms for o in p.offerings]
    return Rules(
        terms={
            t: Term(t, t, (above,) if above else (), "2026-11" if t == "stalking" else None, NOWHERE)
            for t, above in sorted(TERMS.items())
        },
        below={t: _below(t) for t in sorted(TERMS)},
        facts={f.id: f for f in sorted(FACTS, key=lambda f: f.id)},
        defines={"learns": Define("learns", Holds(Name("improves-model")), None, Citation(), NOWHERE)},
        topics={},
        regulations={},
        readings={r.id: r for r in readings},
        platforms={p.id: p for p in platforms},
        offerings={o.id: o for o in offerings},
        documents={d.id: d for d in documents},
        provisions={p.id: p for p in provisions},
        sha256="",
    )
