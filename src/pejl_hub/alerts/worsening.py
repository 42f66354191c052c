"""When a check has worsened: more rows, and a larger part of the records, than last time."""

from dataclasses import dataclass
from fractions import Fraction

# A handful of rows is a day's work, and a share moves a little by itself.
ROWS, TIMES = 5, Fraction(6, 5)


@dataclass(frozen=True)
class Level:
    """How many rows were wrong of how many that could be told."""

    wrong: int
    checked: int

    @property
    def share(self) -> Fraction:
        """The part that was wrong; nothing of nothing."""
        return Fraction(self.wrong, self.checked) if self.checked else Fraction(0)


def worse(base: Level, now: Level) -> bool:
    """Whether there are at least five rows more and a fifth more of the share than in ``base``.

    Examples
    --------
    >>> worse(Level(10, 100), Level(15, 110)), worse(Level(10, 100), Level(15, 150))
    (True, False)
    """
    return now.wrong >= base.wrong + ROWS and now.share >= TIMES * base.share


def base_after(base: Level, now: Level) -> Level:
    """What the next count is held against: this one, if it was told of or is better."""
    return now if worse(base, now) or now.share < base.share else base
