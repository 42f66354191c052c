"""NPS and referral use by facts that the contract's breakdowns do not have, with a minimum n.

Team, adviser and area stand on the guidance, not on the answer. What makes a promoter is asked of
``indicators.kinds.nps``: there is one definition. A group below the minimum is hidden, and when
it would be the only hidden one, so is the next smallest: else it could be found by subtraction.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pejl.indicators.kinds.nps import DETRACTOR, PROMOTER
from pejl.indicators.kinds.uncertainty import wilson_interval
from pejl.indicators.result import Interval
from pejl.surveys.frame import Asked
from pejl.surveys.intervals import nps_score_interval
from pejl.surveys.response import UNKNOWN


@dataclass(frozen=True)
class Scores:
    """Pooled answers with a score: whole counts, the NPS exactly, and its score interval."""

    n: int
    promoters: int
    detractors: int

    @property
    def value(self) -> Fraction | None:
        """100 (p − d); None without answers."""
        return Fraction(100 * (self.promoters - self.detractors), self.n) if self.n else None

    @property
    def interval(self) -> Interval | None:
        """The 95 % score interval; None without answers."""
        return nps_score_interval(self.promoters, self.detractors, self.n) if self.n else None


@dataclass(frozen=True)
class Uses:
    """Of ``n`` asked whether they used their referral, how many had; with Wilson's interval."""

    n: int
    used: int

    @property
    def value(self) -> Fraction | None:
        """The share as a fraction of 1; None without answers."""
        return Fraction(self.used, self.n) if self.n else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's 95 % interval; None without answers."""
        return wilson_interval(self.used, self.n) if self.n else None


@dataclass(frozen=True)
class Group:
    """One group's figures; both None when it is hidden for having too few answers."""

    key: str
    scores: Scores | None
    uses: Uses | None

    @property
    def hidden(self) -> bool:
        """Whether its figures may not be shown."""
        return self.scores is None


def scores(answers: Iterable[Asked]) -> Scores:
    """Pool the answers that have a score."""
    given = [one.nps for one in answers if one.nps is not None]
    return Scores(len(given), sum(n >= PROMOTER for n in given), sum(n <= DETRACTOR for n in given))


def uses(answers: Iterable[Asked]) -> Uses:
    """Pool the answers about a referral."""
    given = [one.referral_used for one in answers if one.referral_used is not None]
    return Uses(len(given), sum(given))


def by_group(
    answers: Sequence[Asked], key: Callable[[Asked], str | None], minimum: int
) -> list[Group]:
    """Each group's figures by name, unknown last; hidden below ``minimum`` scored answers."""
    members: dict[str, list[Asked]] = {}
    for one in answers:
        if one.answered:
            members.setdefault(key(one) or UNKNOWN, []).append(one)
    counts = {name: scores(found).n for name, found in members.items()}
    hidden = _hidden(counts, minimum)
    return [
        Group(name, None, None)
        if name in hidden
        else Group(name, scores(members[name]), uses(members[name]))
        for name in sorted(members, key=lambda name: (name == UNKNOWN, name))
    ]


def _hidden(counts: dict[str, int], minimum: int) -> set[str]:
    """Those below the minimum, and one more when a single one could be found by subtraction."""
    hidden = {name for name, n in counts.items() if n < minimum}
    shown = sorted((n, name) for name, n in counts.items() if name not in hidden)
    if len(hidden) == 1 and shown:
        hidden.add(shown[0][1])
    return hidden
