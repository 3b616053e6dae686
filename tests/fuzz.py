"""Differential fuzzing from a seed: texts, rule sets, plans and verdicts by the hundred thousand.

    python tests/fuzz.py --inputs 1000000 --seed 1

Four kinds of input. Texts are pieces of the shipped rules, broken: the parser and the formatter must keep what they
promise (`language.promises`). Rule sets are drawn small ones, some of them broken: the loader gives rules or
diagnostics. Plans are files over shipped and drawn rules, broken: the reader gives a plan or diagnostics. Verdicts are
the engine's and the oracle's, which must be the same. An input that takes longer than ten seconds counts as a hang. What
fails is printed with its number, which makes it again (`--only KIND:NUMBER`); the exit code is 1 then.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache

os.environ["MAYUSE_CACHE"] = "off"

from language.promises import check
from laws import adapter
from laws.expect import with_expectations
from laws.plans import Sample, from_seed
from mayuse.language.diagnostics import RulesError, UseCaseError
from mayuse.load import load_rules, load_texts, shipped_folder
from mayuse.rulebook.model import Rules
from mayuse.testing.dice import seeded
from mayuse.testing.write import write
from mayuse.usecase import read_use_case
from mayuse.usecase.write import as_yaml

LONGEST = 10
"""Seconds that one input may take."""
MOST_FAILURES = 20
SHARES = {"text": 80, "plan": 13, "rules": 4, "verdict": 3}
"""Of a hundred inputs, how many are of each kind: the dear ones are few."""
MARKS = ["(", ")", ",", '"', "#", "\n", "\\", " ", "“", "\t", "5", "700 million", "2026-02-30", "[", "]", ": ", "- ", "{",
         "}", "not ", "and ", "or ", "when ", "unless ", "quote ", "is only ", "includes ", "this vendor", "always",
         "null", "...", "don't know", "\u202e", "all of ", "under 5", "é", "😀", "'", "|", "&a", "*a", "!!",
         "---\n"]  # fmt: skip


def broken(dice: random.Random, text: str, most: int = 5) -> str:
    """A text after a few cuts, doublings and insertions, `most` at the most."""
    words = text.split(" ")
    for _ in range(dice.randint(1, most)):
        start = dice.randrange(len(text) + 1)
        end = min(len(text), start + dice.randint(0, 30))
        where = dice.randrange(len(text) + 1)
        match dice.randrange(5):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:where] + text[start:end] + text[where:]
            case 2:
                text = text[:where] + dice.choice(MARKS) + text[where:]
            case 3:
                text = text[:start] + dice.choice(words) + text[end:]
            case _:
                text = text.replace(dice.choice(words), dice.choice(words), 1)
    return text


@cache
def pieces() -> list[str]:
    """The blocks of the shipped rules."""
    texts = (path.read_text("utf-8") for path in sorted(shipped_folder().rglob("*.rules")))
    return [block for text in texts for block in text.split("\n\n") if block.strip()]


@cache
def samples(seed: int) -> tuple[Sample, Rules]:
    """One of the drawn rule sets that plans are made for, with its plan."""
    sample = from_seed(seed)
    return sample, load_texts(sample.texts())


def text(dice: random.Random, number: int) -> str:
    """A broken piece of the shipped rules, or two."""
    piece = "\n\n".join(dice.choice(pieces()) for _ in range(dice.choice((1, 1, 2))))
    return "text in order" if check(broken(dice, piece) if dice.random() < 0.95 else piece) else "text refused"


def rules(dice: random.Random, number: int) -> str:
    """A drawn rule set with expectations, of which files may be broken."""
    texts = {path: write(file) for path, file in with_expectations(from_seed(number).files, seeded(number)).items()}
    for name in texts:
        if dice.random() < 0.5:
            texts[name] = broken(dice, texts[name])
    try:
        load_texts(texts)
    except RulesError as error:
        assert error.diagnostics and all(one.render() for one in error.diagnostics)
        return "rules refused"
    return "rules loaded"


def plan(dice: random.Random, number: int) -> str:
    """A broken plan over the shipped rules or over drawn ones."""
    if dice.random() < 0.3:
        over = load_shipped()
        source = dice.choice(shipped_plans())
    else:
        sample, over = samples(dice.randrange(200))
        with contextlib.suppress(ValueError):
            return _read(over, broken(dice, as_yaml(over, sample.case), 1))
        return "plan that no file tells"
    return _read(over, broken(dice, source, 2))


@cache
def load_shipped() -> Rules:
    """The shipped rules."""
    return load_rules()


@cache
def shipped_plans() -> list[str]:
    """The use cases that come with the package."""
    from importlib.resources import files

    folder = files("mayuse.fixtures") / "use-cases"
    return [one.read_text("utf-8") for one in sorted(folder.iterdir(), key=str) if one.name.endswith(".yaml")]


def _read(over: Rules, source: str) -> str:
    try:
        read_use_case(over, source, "plan.yaml")
    except UseCaseError as error:
        assert error.diagnostics and all(one.render() for one in error.diagnostics)
        return "plan refused"
    return "plan read"


def verdict(dice: random.Random, number: int) -> str:
    """The engine's verdicts and the oracle's."""
    sample = from_seed(number)
    theirs, ours = sample.verdicts(), adapter.verdicts(sample)
    assert ours == theirs, f"{ours} is not {theirs}: {sample}"
    return f"verdict {' '.join(sorted(set(ours.values())))}" if len(set(ours.values())) == 1 else "verdict several"


KINDS: dict[str, Callable[[random.Random, int], str]] = {"text": text, "rules": rules, "plan": plan, "verdict": verdict}


class Hang(Exception):
    """An input took too long."""


@contextlib.contextmanager
def no_longer_than(seconds: int) -> Iterator[None]:
    """Raise `Hang` inside after that time."""

    def stop(*_: object) -> None:
        raise Hang(f"more than {seconds} s")

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def run(seed: int, inputs: int) -> tuple[Counter[str], list[str], float]:
    """What came of that many inputs: outcomes counted, failures in words, seconds of the slowest."""
    outcomes: Counter[str] = Counter()
    failures: list[str] = []
    slowest = 0.0
    order = [kind for kind, share in SHARES.items() for _ in range(share)]
    for number in range(inputs):
        kind = order[number % len(order)]
        start = time.monotonic()
        try:
            outcomes[one(kind, seed, number)] += 1
        except Exception as error:
            outcomes[f"{kind} FAILED"] += 1
            failures.append(
                f"{kind}:{number} {type(error).__name__}: {str(error)[:600]}\n{traceback.format_exc(limit=-3)}"
            )
            if len(failures) >= MOST_FAILURES:
                break
        slowest = max(slowest, time.monotonic() - start)
    return outcomes, failures, slowest


def one(kind: str, seed: int, number: int) -> str:
    """What comes of one input, which its numbers determine."""
    with no_longer_than(LONGEST):
        return KINDS[kind](random.Random(f"{seed} {kind} {number}"), seed * 1_000_003 + number)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", metavar="KIND:NUMBER", help="one input, with its traceback")
    given = parser.parse_args(arguments)
    if given.only:
        kind, _, number = given.only.partition(":")
        print(one(kind, given.seed, int(number)))
        return 0
    start = time.monotonic()
    outcomes, failures, slowest = run(given.seed, given.inputs)
    for outcome, count in sorted(outcomes.items()):
        print(f"{count:>9,}  {outcome}")
    seconds = time.monotonic() - start
    print(f"{outcomes.total():>9,}  inputs in {seconds:,.0f} s, the slowest {slowest:.2f} s, seed {given.seed}")
    for failure in failures:
        print(failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
