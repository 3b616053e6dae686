"""The pages of the diagnostics M100 to M139: rules that parse and yet cannot stand (`mayuse explain M120`)."""

from __future__ import annotations

from ..language.codes import CodePage

CODES: dict[str, CodePage] = {
    "M101": CodePage(
        "a name declared twice",
        "Two declarations share a name. Facts, terms and defines live in one name space; provisions in their document's; "
        "an `expect` is known by its text, in its document or outside all. "
        "An alias may stand for several offerings, but for one platform only, and is no id of something else.",
        "A rule that names it could mean either.",
        'term health "Health"\nfact health "Is it about health?" yes or no',
        'term health "Health"\nfact about-health "Is it about health?" yes or no',
    ),
    "M102": CodePage(
        "names that go round in a circle",
        "Terms, defines, `asked when`, `implies`, `yields to` or `overrides` lead back to where they started. "
        "Every member is named.",
        "What leans on itself has no meaning: neither of two permits that lift each other comes first.",
        "permit a … overrides b\npermit b … overrides a",
        "permit a … overrides b",
    ),
    "M103": CodePage(
        "a parent named twice",
        "A term stands twice under the same term, or a name twice in a list of an `expect`.",
        "It changes nothing, so one of the two was meant to be another.",
        'term tracking "Tracking" under watching, watching',
        'term tracking "Tracking" under watching, profiling',
    ),
    "M104": CodePage(
        "a condition that leans on the wrong owner",
        "`asked when` and the gates of documents may lean on facts only, and on facts that have an answer wherever they are "
        "asked. A safeguard implies one that is asked in the same way.",
        "Whether a question is asked must not depend on a promise or a consent, or the promise could make the rule vanish.",
        'fact reviewer "Who reviews?" one of role asked when human-review',
        'fact reviewer "Who reviews?" one of role asked when not fully-automated',
    ),
    "M105": CodePage(
        "a declaration that does not fit its kind",
        "Only `yes or no` and `one of` facts can be for counsel; only safeguards imply; an approval is always "
        "asked; a reading has two choices or more.",
        "Counsel settles a question by choosing; a list or a number cannot be chosen.",
        'fact rights "Which laws?" many of law for counsel',
        'fact law-secures-right "Does a law give you this right?" yes or no for counsel',
    ),
    "M106": CodePage(
        "a provision whose clauses do not fit its kind",
        "A `require` needs a `that`; a `reserve` cannot be overridden; `silence` is the name of reserved silence.",
        "Each kind has one effect, so that a reader knows it from its first word.",
        'require copies "Pass the licence on" when passes-on-weights',
        'require copies "Pass the licence on" when passes-on-weights that licence-copy',
    ),
    "M107": CodePage(
        "a duty that is no safeguard",
        "A `that` joins safeguards by `and` or `or`. Circumstances go to its `when`.",
        "What a planner can promise is a safeguard; what is so, is a fact.",
        "that serves-minors and guardian-consent",
        "that guardian-consent when serves-minors",
    ),
    "M108": CodePage(
        "a provision without its words, or with too many",
        "Every provision of a text with evidence cites its section and quotes 4 to 12 words.",
        "A verdict must be traced to words; the rest of the text belongs to its owner.",
        'prohibit resale "No resale" when resells',
        'prohibit resale "No resale" section "2.3" quote "may not resell the service" when resells',
    ),
    "M109": CodePage(
        "an override against the order of documents",
        "A document that yields to another cannot lift what the other says.",
        "The text says which of the two prevails.",
        "document policy … yields to agreement\npermit p … overrides agreement/ban",
        "Encode what the agreement itself allows as its own permit.",
    ),
    "M110": CodePage(
        "an unknown name",
        "A fact, term, define, topic, safeguard or regulation of that name is not declared.",
        "A misspelt name must not silently be false.",
        "when purpose includes watching",
        "when purposes includes watching",
    ),
    "M111": CodePage(
        "a test that does not fit the fact",
        "Yes-or-no facts stand alone; lists take `includes` and `is only`; single values take `is`; numbers take `at least`. "
        "A term must lie within what the fact asks for.",
        "A test that can never hold would be a rule that never bites.",
        "when purposes is watching",
        "when purposes includes watching",
    ),
    "M112": CodePage(
        "an approval in the wrong place",
        "`approved by platform` stands in an `unless`, and not under `not`.",
        "An approval only ever lifts.",
        "when resells and not approved by platform",
        "when resells\nunless approved by platform",
    ),
    "M113": CodePage(
        "`this vendor` without a vendor",
        "`this vendor` and `this platform` mean those of the document they stand in.",
        "Outside a document there is none.",
        "define home-grown as trained-model-vendor is this vendor",
        "define home-grown as trained-model-vendor is own",
    ),
    "M114": CodePage(
        "an unknown reading or choice",
        "A reading of that name is declared neither in this document nor in the vocabulary, or has no such choice.",
        "A misspelt choice would never be taken.",
        "reading output-scope is wide",
        "reading output-scope is derived",
    ),
    "M115": CodePage(
        "a reference to nothing",
        "A document, offering or provision of that name does not exist, or is the one that refers.",
        "What governs, what binds and what is lifted must be certain.",
        'offering api "API" under term-of-use',
        'offering api "API" under terms-of-use',
    ),
    "M116": CodePage(
        "dates or evidence that cannot be",
        "A date lies before one that it must follow, or a snapshot lacks its commit, its hash or its first day.",
        "Verdicts depend on which text was in force, and evidence on which bytes were read.",
        "captured 2026-05-01 seen 2026-04-01",
        "captured 2026-04-01 seen 2026-05-01",
    ),
    "M117": CodePage(
        "a document or provision without a home",
        "A provision belongs to the document above it in its file; a document to the platform of its file, else of its "
        "folder, else of that name.",
        "Whose words these are must be certain.",
        'prohibit resale "No resale" when resells        # first in the file',
        'document terms "Terms"\nprohibit resale "No resale" when resells',
    ),
    "M118": CodePage(
        "a claim about something of another owner",
        "`always conditional on` names safeguards. `same verdict regardless of` names facts, wrongs and safeguards.",
        "A verdict is conditional on what the planner can promise, and on nothing else; an approval is someone else's "
        "decision, which is there to change a verdict.",
        'expect "Lending is always reviewed" always conditional on fully-automated',
        'expect "Lending is always reviewed" always conditional on human-review',
    ),
    "M119": CodePage(
        "an expectation that could not fail",
        "An `expect` in a document names an offering that the document never governs, or one compares an offering with "
        "itself.",
        "What cannot fail says nothing, and looks as if it did.",
        'expect "Both are alike" same verdict as acme/api for acme/api',
        'expect "Both are alike" same verdict as acme/api for acme/chat',
    ),
    "M120": CodePage(
        "one more element could remove a conflict",
        "Adding an element to a list that is not empty would lift a ban. `includes` stands where truth pushes towards "
        "conflict; `is only` where it pushes away: in `unless`, in permits that override or answer a reserved silence, "
        "under `not`.",
        "One harmless purpose in a list must never clear the rest.",
        "unless purposes includes safety-research",
        "unless purposes is only safety-research",
    ),
    "M121": CodePage(
        "refusing a safeguard or an approval could remove a conflict",
        "A safeguard or an approval stands where its truth pushes towards conflict.",
        "Nobody may come off better by promising less.",
        "prohibit hidden-review … when human-review",
        "prohibit hidden-review … when watches-staff unless human-review",
    ),
    "M130": CodePage(
        "no rules there",
        "The folder does not exist, or holds no file that ends in `.rules`.",
        "No rules at all would permit everything.",
        "mayuse check plan.yaml --rules rulez/",
        "mayuse check plan.yaml --rules rules/",
    ),
    "M131": CodePage(
        "a rules file that cannot be read",
        "The file is not readable, not UTF-8, or larger than 8 MiB.",
        "A rule that was not read cannot bite.",
        "a file saved as UTF-16",
        "the same file saved as UTF-8",
    ),
    "M132": CodePage(
        "a record of evidence that cannot be read",
        "`verified.json` beside the rules is not what `mayuse verify --record` writes.",
        "What was verified is shown, never assumed.",
        "verified.json edited by hand",
        "mayuse verify --archive DIR --record",
    ),
}
