"""The pages of the diagnostics M500 to M529: what is wrong with a case, or with the rules beside it."""

from __future__ import annotations

from ..language.codes import CodePage

CODES: dict[str, CodePage] = {
    "M500": CodePage(
        "no cases",
        "The folder of cases does not exist, or has no file that ends in `.yaml`.",
        "A test of nothing would pass.",
        "mayuse test --rules ours --cases case",
        "mayuse test --rules ours --cases cases",
    ),
    "M502": CodePage(
        "a file of cases of another shape",
        "A file has `document` and `cases`, a mapping of provisions to lists; a case has `plan` and `gives`, and may have "
        "`at`, `on`, `by`, `todo` and `but`; a plan under `but` may have `by` and `todo`.",
        "A misspelt name that were ignored would leave out what it was meant to test.",
        "- plan: {improves-model: yes}\n  give: conflict",
        "- plan: {improves-model: yes}\n  gives: conflict",
    ),
    "M503": CodePage(
        "an unknown document, or one in another's file",
        "`document` is no id of a document, or the file is not called after it: `PLATFORM/DOCUMENT.yaml`.",
        "The cases of a document are found by its name.",
        "document: openai/services-agreement      # in cases/openai/terms.yaml",
        "document: openai/services-agreement      # in cases/openai/services-agreement.yaml",
    ),
    "M504": CodePage(
        "an unknown provision, or what it cannot give",
        "The name is no provision of the document, nor its reserved `silence`; or `gives` is no word for its kind. A "
        "prohibition or requirement gives a verdict; a permission or reservation `holds`, `may hold`, `does not hold`.",
        "A case about nothing would pass for ever.",
        "gives: forbidden",
        "gives: conflict",
    ),
    "M505": CodePage(
        "not one answer",
        "A plan under `but` differs from that of its case in no answer, or in more than one. Further answers may differ "
        "only where their question is asked, or no longer asked, because of the one.",
        "Only where one answer is changed does the pair show on what the provision turns.",
        "but:\n- {plan: {improves-model: no, purposes: []}, gives: permitted}",
        "but:\n- {plan: {improves-model: no}, gives: permitted}",
    ),
    "M506": CodePage(
        "the same plan twice",
        "Two cases of one provision have the same plan at the same offering on the same day.",
        "One of them tests nothing; if they expect different things, one is wrong.",
        "- {plan: {unlawful: yes}, gives: conflict}\n- {plan: {unlawful: yes}, gives: conflict}",
        "- {plan: {unlawful: yes}, gives: conflict}",
    ),
    "M507": CodePage(
        "the provision does not stand there",
        "`at` is not one offering, the provision does not govern it on that day, or `by` names a provision that has no "
        "part in it: neither the case's own nor one that overrides it.",
        "What does not govern is never asked.",
        "at: openai",
        "at: openai/api",
    ),
    "M520": CodePage(
        "a case fails",
        "The rules give another verdict than the case expects. The help says on what it turns.",
        "Either the rules or the case misread the text; the text decides which.",
        "a case changed until it passes",
        "the clause read again, then the rule or the case mended",
    ),
    "M521": CodePage(
        "a case is decided by other provisions",
        "The verdict is the one expected, and other provisions than expected certainly bite. Without `by` that is the "
        "provision itself where it catches the plan.",
        "The right answer for a wrong reason is a chance.",
        "- {plan: {…}, gives: permitted, by: [rivals]}",
        "- {plan: {…}, gives: permitted, by: [safety-research]}",
    ),
    "M522": CodePage(
        "no longer a gap",
        "The case has a `todo`, so that it is expected to fail, and it passes.",
        "A gap that is closed is to be kept closed.",
        "todo: the list of places is not encoded      # and now it is",
        "the case without `todo`",
    ),
    "M523": CodePage(
        "a provision without a case",
        "No case shows that the provision catches a plan: a prohibition or requirement conflicts or needs approval, a "
        "permission or reservation holds.",
        "What no case needs can break unseen.",
        "a provision added without a case",
        "mayuse test --propose PROVISION --write",
    ),
    "M524": CodePage(
        "a part without a near miss",
        "No pair of plans shows on what the provision turns here: the first is caught; the second, which differs in one "
        "answer, is not, for this part alone (a conjunct of `when`, an `unless`, a `that`, a permission that overrides it).",
        "A part that no pair needs could be left out, and every case would still pass.",
        "- {plan: {improves-model: yes, …}, gives: conflict}",
        "- plan: {improves-model: yes, …}\n  gives: conflict\n  but:\n  - {plan: {improves-model: no}, gives: permitted}",
    ),
}
