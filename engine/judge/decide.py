"""The table of verdicts: for one plan at one place, which line holds of a conflict formula, and what shows it.

`Plan` holds the plan's answers, presumptions and settlements as assumptions on one solver. `line` is the table of
semantics.md but for coverage, which is not about completions; the same function serves the whole offering, each single
provision, and every "what if".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..logic.formula import Formula
from ..logic.solver import Exact
from ..logic.theory import Uses, implied_by, sibling
from ..rulebook.model import Place, Rules, fact_of
from ..usecase.model import Settlement, UseCase
from .answers import is_stated, presumed_absent, said, settled
from .model import Verdict


@dataclass
class Plan:
    """One plan at one place, ready to be asked. Make it with `Plan.of`; `formulas` are met before it is used."""

    rules: Rules
    use_case: UseCase
    place: Place
    exact: Exact
    stated: list[int]
    """Literals of the answers, approvals given and settlements."""
    _met: dict[str, list[str]] = field(default_factory=dict)
    _met_at: int = -1

    @staticmethod
    def of(
        rules: Rules,
        use_case: UseCase,
        place: Place,
        settlements: tuple[Settlement, ...] = (),
        uses: Uses | None = None,
    ) -> Plan:
        """The plan with everything it states; with `uses`, one whose keys are those of `chained`."""
        exact = Exact(rules, place, uses)
        stated = [exact.literal(formula) for _, formula in said(rules, use_case, place, uses)]
        stated += [exact.literal(formula) for _, formula in settled(rules, settlements)]
        return Plan(rules, use_case, place, exact, stated)

    # -- who owns what the solver has met

    def unsaid(self, role: str) -> list[str]:
        """The safeguards, wrongs or approvals met so far that the plan does not answer, in alphabetical order: the last two
        are presumed absent (a `don't know` about a wrong ends that)."""
        return self._by_owner().get(role, [])

    def counsel(self) -> list[str]:
        """The readings and the facts for counsel met so far, in alphabetical order."""
        return self._by_owner().get("counsel", [])

    def _by_owner(self) -> dict[str, list[str]]:
        """The keys of `unsaid`, by role, and those of `counsel`, sorted anew where the solver has met more."""
        if self._met_at != len(self.exact.own):
            self._met, self._met_at = {}, len(self.exact.own)
            for key in sorted(self.exact.own):
                fact = None if key in self.rules.readings else self.rules.facts[fact_of(key)]
                if fact is None or fact.for_counsel:
                    self._met.setdefault("counsel", []).append(key)
                if fact is not None:
                    unstated = fact.role == "safeguard" and not is_stated(self.use_case, key)
                    if unstated or presumed_absent(self.rules, self.use_case, key):
                        self._met.setdefault(fact.role, []).append(key)
        return self._met

    def flag(self, key: str) -> int:
        """The literal of a yes-or-no key."""
        return self.exact.own[key][0]

    # -- assumptions

    def known(self) -> list[int]:
        """Everything stated, with unstated wrongs absent."""
        return self.stated + [-self.flag(k) for k in self.unsaid("wrong")]

    def without_approvals(self, given: Iterable[str] = ()) -> list[int]:
        """a0, but for the approvals `given`."""
        given = set(given)
        return [self.exact.undertakes[k] if k in given else -self.flag(k) for k in self.unsaid("approval")]

    def with_all_approvals(self) -> list[int]:
        """a*: every unstated approval given."""
        return [self.exact.undertakes[k] for k in self.unsaid("approval")]

    def with_safeguards(self, keys: Iterable[str] | None = None) -> list[int]:
        """s*: every unstated safeguard undertaken where it can be; or these, with those that they bring."""
        if keys is None:
            return [self.exact.undertakes[k] for k in self.unsaid("safeguard")]
        brought = {sibling(k, id) for k in keys for id in implied_by(self.rules, fact_of(k))}
        return [self.exact.undertakes[k] for k in sorted(brought) if not is_stated(self.use_case, k)]

    # -- questions

    def possible(self, *literals: int, approvals: Sequence[int] | None = None, safeguards: Sequence[int] = ()) -> bool:
        """Whether some completion agrees with all of this (approvals: a0 where not given)."""
        approvals = self.without_approvals() if approvals is None else approvals
        return self.exact.solve([*self.known(), *approvals, *safeguards, *literals])

    def impossible(self, literals: Sequence[int], extra: Sequence[int] = ()) -> frozenset[int]:
        """Those of the literals that hold in no completion, each by itself. Most often one completion has them all, so
        they are asked together first, and by halves where there is none."""
        if not literals or self.possible(*literals, *extra):
            return frozenset()
        if len(literals) == 1:
            return frozenset(literals)
        half = len(literals) // 2
        return self.impossible(literals[:half], extra) | self.impossible(literals[half:], extra)

    def certain(self, literal: int, extra: Sequence[int] = (), safeguards: Sequence[int] = ()) -> bool:
        """Whether every completion has it."""
        return not self.possible(-literal, *extra, safeguards=safeguards)

    def line(self, c: int, extra: Sequence[int] = (), given: Iterable[str] = ()) -> Verdict | None:
        """The line of the table that holds of the literal `c` (never "not covered"), under the `extra` answers and with
        the approvals `given`; None where no completion agrees with them."""
        none = self.without_approvals(given)
        star = self.with_safeguards()
        if not self.possible(c, *extra, approvals=none, safeguards=star):
            if self.possible(c, *extra, approvals=none):
                return Verdict.CONDITIONAL
            return Verdict.PERMITTED if self.possible(*extra, approvals=none) else None
        if not self.possible(-c, *extra, approvals=none, safeguards=star):
            every = self.with_all_approvals()
            always = not self.possible(-c, *extra, approvals=every, safeguards=star)
            return Verdict.CONFLICT if always else Verdict.NEEDS_APPROVAL
        if self.pair(c, extra=extra, given=given, settled=self.counsel()):
            return Verdict.UNDETERMINED
        return Verdict.CONTESTED

    def pair(
        self,
        c: int,
        same: Iterable[str] = (),
        extra: Sequence[int] = (),
        given: Iterable[str] = (),
        star: bool = True,
        differs: str | None = None,
        settled: Iterable[str] = (),
    ) -> bool:
        """Whether there are two completions, the first conflicting, the second not, that agree on the keys `same`, do not
        on `differs`, and could come of one settlement of the keys `settled` (`exact.models` are the two)."""
        shared = [*self.known(), *self.without_approvals(given), *extra]
        if star:
            shared += self.with_safeguards()
        return self.exact.solve_pair(shared, [c], [-c], same, differs=differs, settled=settled)

    def literal(self, formula: Formula) -> int:
        """The literal of a formula."""
        return self.exact.literal(formula)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of them; permitted where there are none."""
    return max(verdicts, key=lambda v: v.rank, default=Verdict.PERMITTED)
