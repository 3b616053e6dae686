"""The smallest sets that mend something, smallest first: of safeguards, of approvals, of clashing answers.

`works` must be monotone (a set that works goes on working when something is added). Implicit hitting sets: every set
that fails, grown as far as it fails, leaves a rest of which each remedy needs a member (Liffiton et al., "Fast, flexible
MUS enumeration", Constraints 2016; the minimum hitting sets are python-sat's Hitman).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence


def smallest_sets(candidates: Sequence[str], works: Callable[[Sequence[str]], bool]) -> Iterator[tuple[str, ...]]:
    """Every inclusion-minimal subset of `candidates` that works, smallest first, each in alphabetical order."""
    from pysat.examples.hitman import Hitman

    if works(()):
        yield ()
        return
    candidates = sorted(candidates)
    if not works(candidates):
        return
    with Hitman(htype="sorted") as hitting:
        hitting.hit(_rest((), candidates, works))
        while (found := hitting.get()) is not None:
            chosen = tuple(sorted(found))
            if works(chosen):
                yield chosen
                hitting.block(list(chosen))
            else:
                hitting.hit(_rest(chosen, candidates, works))


def _rest(failing: Sequence[str], candidates: Sequence[str], works: Callable[[Sequence[str]], bool]) -> list[str]:
    """What a largest failing set around `failing` leaves out."""
    grown = list(failing)
    left = []
    for one in candidates:
        if one not in grown:
            if works([*grown, one]):
                left.append(one)
            else:
                grown.append(one)
    return left
