"""Who answered and who did not: response rates, and respondents beside non-respondents."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pejl.indicators.kinds.uncertainty import wilson_interval
from pejl.indicators.result import Interval
from pejl.indicators.small import too_few
from pejl.surveys.frame import Asked

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Rate:
    """Whole counts: of ``asked``, how many ``answered``."""

    asked: int
    answered: int

    @property
    def share(self) -> Fraction | None:
        """The response rate as a fraction of 1; None when nobody was asked."""
        return Fraction(self.answered, self.asked) if self.asked else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's 95 % interval of the share; None when nobody was asked."""
        return wilson_interval(self.answered, self.asked) if self.asked else None


@dataclass(frozen=True)
class Compared:
    """One group's weight among those who answered and among those who did not."""

    key: str
    rate: Rate
    of_respondents: Fraction | None
    of_silent: Fraction | None

    @property
    def difference(self) -> Fraction | None:
        """Respondents' share minus the silent ones'; positive: the group answers more often."""
        if self.of_respondents is None or self.of_silent is None:
            return None
        return self.of_respondents - self.of_silent


def rate(asked: Iterable[Asked]) -> Rate:
    """The response rate of some invitations."""
    found = list(asked)
    return Rate(len(found), sum(one.answered for one in found))


def compare(
    asked: Sequence[Asked],
    key: Callable[[Asked], str | None],
    order: Sequence[str] = (),
    least: int = 1,
) -> list[Compared]:
    """Respondents beside non-respondents by a fact of the guidance; unknown is a group too.

    ``order`` are the groups to show even when nobody of them was asked; others follow by name.
    A group of fewer than ``least`` asked is left out, and with a single one the next smallest.
    """
    groups: dict[str, list[Asked]] = {name: [] for name in order}
    for one in sorted(asked, key=lambda one: key(one) or UNKNOWN):
        groups.setdefault(key(one) or UNKNOWN, []).append(one)
    hidden = too_few({name: len(members) for name, members in groups.items()}, least)
    total = rate(asked)
    silent = total.asked - total.answered
    return [
        Compared(
            name,
            found := rate(members),
            _share(found.answered, total.answered),
            _share(found.asked - found.answered, silent),
        )
        for name, members in groups.items()
        if name not in hidden
    ]


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
