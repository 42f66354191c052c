"""Which hub and years the demo is made for: its newest contract and the two years before it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pejl.contract.goal import Contract
from pejl_hub.demo import shape


@dataclass(frozen=True)
class Frame:
    """The years that the demo's records fill, and how its clients spread over municipalities."""

    years: tuple[int, ...] = shape.YEARS
    municipalities: Mapping[str, float] = field(
        default_factory=lambda: {**shape.MUNICIPALITIES, **shape.OUTSIDE}
    )

    @property
    def first_day(self) -> date:
        """1 January of the first year."""
        return date(self.years[0], 1, 1)

    @property
    def last_day(self) -> date:
        """31 December of the contract's year."""
        return date(self.years[-1], 12, 31)

    def weight(self, code: str) -> tuple[float, str]:
        """How many clients come from the municipality, to put them in order by."""
        return self.municipalities[code], code

    def by_year(self, numbers: tuple[int, ...]) -> dict[int, int]:
        """Each year's number, the contract's year last."""
        return dict(zip(self.years, numbers, strict=True))


def frame_of(contract: Contract) -> Frame:
    """The frame of a contract, whichever hub's it is.

    Some clients come from outside the territory, as they do everywhere.
    """
    last = contract.period.end.year
    inside = sorted(contract.territory.on(contract.period.end))
    return Frame(
        tuple(range(last - len(shape.YEARS) + 1, last + 1)),
        {code: _weight(contract, code) for code in inside}
        | {code: weight for code, weight in shape.OUTSIDE.items() if code not in inside},
    )


def _weight(contract: Contract, code: str) -> float:
    """What the shape says of the municipality, else what is usual in one of its kind."""
    group = contract.municipalities[code].group
    return shape.MUNICIPALITIES.get(code, shape.USUAL_IN[group])
