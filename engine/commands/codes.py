"""The pages of the diagnostics M400 to M499: what is wrong with a command line (`mayuse explain M402`)."""

from __future__ import annotations

from ..language.codes import CodePage

CODES: dict[str, CodePage] = {
    "M400": CodePage(
        title="the command line cannot be used",
        what="An option or argument is unknown, missing, or has a value it cannot have.",
        why="A check that did not run must not look like one that passed: the exit code is 2.",
        avoid="mayuse check plan.yaml --format tabel",
        prefer="mayuse check plan.yaml --format table",
    ),
    "M401": CodePage(
        title="no example of that name",
        what="`--example` names none of the use cases that come with the package.",
        why="Examples are read from the package, never from the working folder.",
        avoid="mayuse check --example ./plan.yaml",
        prefer="mayuse check plan.yaml",
    ),
    "M402": CodePage(
        title="nothing has that name",
        what="The name is no provision, document, platform, offering, fact, term, topic, reading, define or code.",
        why="Names are full ids (`platform/document/provision`); the last part alone will do where only one has it.",
        avoid="mayuse explain rival-trainning",
        prefer="mayuse explain rival-training",
    ),
    "M403": CodePage(
        title="several things have that name",
        what="The short name stands for more than one provision, document, reading or offering.",
        why="Two platforms may call a clause alike and mean different things.",
        avoid="mayuse explain terms-of-use",
        prefer="mayuse explain deepseek/terms-of-use",
    ),
    "M404": CodePage(
        title="an option names what the rules do not know",
        what="`--platform`, `--accept`, `--document`, `--topic` or another filter has a value that names nothing.",
        why="A filter that matches nothing by mistake would make an empty answer look like a clean one.",
        avoid="mayuse check plan.yaml --platform opnai",
        prefer="mayuse check plan.yaml --platform openai",
    ),
    "M405": CodePage(
        title="the output cannot be written",
        what="The file of `--output` or one that `fmt` rewrites cannot be written; an older file is left as it was.",
        why="Half a report must never be taken for a whole one.",
        avoid="mayuse check plan.yaml --output missing-folder/report.json",
        prefer="mayuse check plan.yaml --output report.json",
    ),
    "M406": CodePage(
        title="a file cannot be read",
        what="A file to format does not exist, cannot be read, or is not UTF-8.",
        why="Rules are UTF-8 text. Guessing another encoding could change a name.",
        avoid="mayuse fmt rules/none.rules",
        prefer="mayuse fmt rules/",
    ),
    "M407": CodePage(
        title="the files are not formatted",
        what="`fmt --check` found files that the formatter would write otherwise; `--diff` shows how.",
        why="One layout keeps differences between versions to what was meant.",
        avoid="when a  or b",
        prefer="mayuse fmt rules/",
    ),
    "M408": CodePage(
        "alternatives asked for of a plan with uses",
        "`--platform`, `--model-card` and `--all` choose among alternatives. A plan with `uses` says itself what it runs.",
        "Another platform in the place of one of the uses would be another plan.",
        "mayuse check distil.yaml --platform openai    # distil.yaml has uses",
        "mayuse check distil.yaml",
    ),
    "M409": CodePage(
        title="the baseline cannot be read",
        what="The file of `--baseline` does not exist, cannot be read, or is not UTF-8.",
        why="Without the baseline nothing would be known to be old, and with an empty one everything would fail.",
        avoid="mayuse check plan.yaml --baseline missing.json",
        prefer="mayuse check plan.yaml --format json --output baseline.json",
    ),
    "M410": CodePage(
        title="this is no baseline",
        what="The file of `--baseline` is not a report in JSON, has another schema number, or has errors for verdicts.",
        why="What a report of another shape leaves out would pass for what is not new.",
        avoid="mayuse check plan.yaml --baseline report.sarif",
        prefer="mayuse check plan.yaml --baseline baseline.json",
    ),
    "M411": CodePage(
        title="this format is about one plan",
        what="Several files are given, and the format asked for is one document about one plan.",
        why="A list where a reader expects one report would be misread, or only its first plan be seen.",
        avoid="mayuse check one.yaml two.yaml --format json",
        prefer="mayuse check one.yaml two.yaml --format jsonl",
    ),
    "M420": CodePage(
        title="the configuration cannot be read",
        what="The file of `--config` or MAYUSE_CONFIG, or the `mayuse.toml` or `pyproject.toml` found, is not there, not "
        "UTF-8, not TOML, or a pyproject.toml without [tool.mayuse].",
        why="A setting that is silently left out could be the one that makes a check strict.",
        avoid="rules = [ours]",
        prefer='rules = ["ours"]',
    ),
    "M421": CodePage(
        title="the configuration has an unknown key",
        what="The key is no option that may be set, or not one of this verb. Keys are named as the options are.",
        why="A misspelt setting must not look as if it held.",
        avoid="max_age = 90",
        prefer="max-age = 90",
    ),
    "M422": CodePage(
        title="a setting has a value that it cannot have",
        what="The value has another type than the option, is none of those it offers, or is empty.",
        why="What was meant cannot be told, and a check must not go on without it.",
        avoid='max-age = "ninety"',
        prefer="max-age = 90",
    ),
    "M423": CodePage(
        title="an option that cannot be configured",
        what="It belongs to one run or one plan: what is written or mended, on which day, the baseline, and whether the "
        "exit code counts.",
        why="`exit-zero` in a file would turn every gate off, and nobody who reads the pipeline would see it.",
        avoid="[check]\nexit-zero = true",
        prefer="mayuse check plan.yaml --exit-zero",
    ),
    "M430": CodePage(
        title="what to compare is not clear",
        what="`mayuse diff` was given a word that can be two things, two words of different kinds, or a name that stands "
        "for several offerings.",
        why="A branch may be called as a folder is. Guessing would compare something else than was meant.",
        avoid="mayuse diff main 2026-03-01",
        prefer="mayuse diff main HEAD",
    ),
    "M431": CodePage(
        title="nothing to compare has that name",
        what="A word given to `mayuse diff` is no folder, no revision of the repository that the rules are in, no day and "
        "no offering.",
        why="What is not there would otherwise look like something that was removed.",
        avoid="mayuse diff deepseek/api deepseek/ap",
        prefer="mayuse diff deepseek/api deepseek/app",
    ),
    "M432": CodePage(
        title="the revision cannot be read",
        what="The folder of rules is in no git repository, git cannot read it, the revision does not exist, or it has no "
        "rules in that folder.",
        why="Rules are compared as they were committed; an empty side would make every provision look new.",
        avoid="mayuse diff HEAD~1 --rules downloaded",
        prefer="mayuse diff HEAD~1 --rules rules",
    ),
    "M499": CodePage(
        title="an internal error",
        what="Something failed that should not. No verdict was given; the exit code is 2.",
        why="An unexpected failure is never a pass. MAYUSE_TRACEBACK=1 shows where it happened.",
        avoid="a pipeline that goes on after exit code 2",
        prefer="report it with the command and the output of MAYUSE_TRACEBACK=1",
    ),
}
