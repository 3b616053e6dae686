"""The pages of the codes M300 to M399: evidence. `mayuse explain CODE` prints them."""

from __future__ import annotations

from ..language.codes import CodePage

_LEDGER = "9f2c4e8a01b35d77  rival-training"

CODES: dict[str, CodePage] = {
    "M300": CodePage(
        "a line of a ledger that says nothing",
        "A ledger's line is a paragraph's hash and what became of it: names of provisions, defines or readings, "
        "'heading', 'definition', 'document', or 'out:' and a reason. This one lacks the hash or the rest.",
        "A line that cannot be read accounts for no paragraph, so nobody can tell how much of the text was read.",
        "rival-training 9f2c4e8a01b35d77",
        _LEDGER,
    ),
    "M301": CodePage(
        "a ledger names what the document does not have",
        "Each name of a ledger is a provision, a define or a reading of its own document, without the document's id.",
        "A paragraph given to a provision that does not exist is a paragraph that nobody encoded.",
        "9f2c4e8a01b35d77  rival-trainning",
        _LEDGER,
    ),
    "M302": CodePage(
        "no reason for a paragraph to be out",
        "After 'out:' stand reasons of a fixed list: payment, liability, arbitration, notice, privacy and the like.",
        "What is out is out for a reason that a second reader can check. 'misc' is none.",
        "9f2c4e8a01b35d77  out: misc",
        "9f2c4e8a01b35d77  out: liability, warranty",
    ),
    "M303": CodePage(
        "a paragraph that is not in the ledger",
        "The document says 'coverage whole', and its text has a paragraph that no line of its ledger accounts for.",
        "A restriction in a paragraph that nobody read would be silence, and silence looks like permission.",
        "coverage whole, with a paragraph added to the text since",
        "read it, encode what it says, and add its line; `mayuse ledger new` prints what is unread",
    ),
    "M304": CodePage(
        "a line of a ledger whose paragraph is gone",
        "No paragraph of the snapshot has this hash: the text changed, or the line belongs to another document.",
        "Its provisions may quote words that no longer stand.",
        "keeping the line when the snapshot moves on",
        "delete it, after checking the provisions that it names",
    ),
    "M305": CodePage(
        "a paragraph that nobody has read",
        "The line still has the question mark of its scaffold.",
        "The ledger is the record that a person read the paragraph; a scaffold is not.",
        "9f2c4e8a01b35d77  ?",
        _LEDGER,
    ),
    "M306": CodePage(
        "a provision that no line of the ledger names",
        "Every provision of a document with a ledger encodes at least one paragraph of it.",
        "A provision without a paragraph is one that the text may not contain.",
        "a ledger written before the provision",
        _LEDGER,
    ),
    "M307": CodePage(
        "a hash listed more often than its paragraph stands",
        "A paragraph has one line; only a text that repeats itself may repeat the line too.",
        "Two lines of one paragraph may say different things of it.",
        "9f2c4e8a01b35d77  heading (twice)",
        "9f2c4e8a01b35d77  rival-training, definition",
    ),
    "M308": CodePage(
        "a long paragraph passed off as a heading",
        "The ledger says 'heading' of a paragraph of many words that the text does not set as one.",
        "A heading is not read for what it forbids.",
        "9f2c4e8a01b35d77  heading",
        "9f2c4e8a01b35d77  out: introduction",
    ),
    "M309": CodePage(
        "a ledger that is not in the order of the text",
        "Lines stand in the order of their paragraphs.",
        "A second reader goes through the text and the ledger side by side.",
        "lines added at the end",
        "the order in which `mayuse ledger new` prints them",
    ),
    "M310": CodePage(
        "a quote in a paragraph that the ledger gives to something else",
        "The paragraph in which a provision's quote stands is one that the ledger says the provision encodes.",
        "One of the two is wrong: the quote is of another clause, or the ledger is.",
        "9f2c4e8a01b35d77  out: payment",
        _LEDGER,
    ),
    "M311": CodePage(
        "a text that is not at hand",
        "None of the folders given holds the snapshot, or an own text is not beside its rules.",
        "What was not looked up was not verified.",
        "mayuse verify --require-archive",
        "mayuse verify --require-archive --archive DIR, with a clone, a bundle or licence files listed in SOURCES.tsv",
    ),
    "M312": CodePage(
        "a text that is not the one the document names",
        "The bytes found have another sha256 than the document states.",
        "Evidence is of one text; another may read otherwise.",
        "changing the text, or its commit, and leaving the sha256",
        "the sha256 of the file at that commit, after reading what changed",
    ),
    "M313": CodePage(
        "a capture that is no terms text",
        "The file has too few words for terms, or the phrases of a challenge or an error page.",
        "An archive's robot stores what it was shown: a CAPTCHA contains no restriction.",
        "the snapshot taken while the site asked for a human",
        "the last snapshot before it with the terms",
    ),
    "M314": CodePage(
        "a part that cannot be told from the text",
        "A document's 'part' is the text of exactly one heading of the file; this one is of none, or of several.",
        "A quote is unique in its part, and the ledger accounts for it, so the part must be one.",
        'part "License"',
        'part "7. License"',
    ),
    "M315": CodePage(
        "a text that cannot be read",
        "git is missing or failed, or an own text lies outside the folder of its rules.",
        "What cannot be read was not verified.",
        'own "../../elsewhere/policy.md"',
        'own "policy.md"',
    ),
    "M316": CodePage(
        "whole coverage without a ledger",
        "'coverage whole' says that every paragraph was read; the ledger is where that stands.",
        "Only a document read as a whole can say that its silence permits.",
        "coverage whole",
        "coverage partial, or `mayuse ledger new PLATFORM/DOCUMENT --archive DIR` and reading",
    ),
    "M317": CodePage(
        "a folder that holds no archive",
        "A folder given with --archive holds no clone, no bundle and no licence files listed in a SOURCES.tsv.",
        "It would silently verify nothing.",
        "--archive ~/Downloads",
        "--archive ~/genai-eu-versions",
    ),
    "M320": CodePage(
        "words that have moved",
        "The quote is not in the text, but words nearly the same are.",
        "A small change may change the meaning: 'may' and 'may not' are nearly the same.",
        "leaving the quote",
        "reading the paragraph, and quoting it as it is now",
    ),
    "M321": CodePage(
        "words that are gone",
        "The quote is in no paragraph of the document's part.",
        "The provision says what the text does not, or no longer.",
        "a quote from memory, over two paragraphs, or of an older text",
        "4 to 12 words within one paragraph, their fragments in order",
    ),
    "M322": CodePage(
        "words that stand in several paragraphs",
        "The quote is in paragraphs of the part that say different things.",
        "Nobody can tell which of them the provision encodes.",
        'quote "you may not use the"',
        "words that only that paragraph has",
    ),
}
