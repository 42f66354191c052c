"""Figures that others measured: the interval that a figure and its n allow, and its mix."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pejl.base.errors import UserError
from pejl.indicators.kinds.uncertainty import wilson_interval

SIX = Decimal("0.000001")


@dataclass(frozen=True)
class Made:
    """An interval that the source did not give, in the figure's own unit, and how it was made."""

    low: Decimal
    high: Decimal
    by: str  # wilson | nps_widest


def interval_of(unit: str, value: Decimal, n: int | None) -> Made | None:
    """The 95 % interval that we can make of a figure and its n alone; None of other units.

    Of a share it is Wilson's. Of an NPS the answers 7 and 8 are not known, and an NPS without any
    varies the most: its interval is the widest that the figure and n allow.

    Examples
    --------
    >>> made = interval_of("nps", Decimal(72), 120)
    >>> (round(made.low, 1), round(made.high, 1), made.by)
    (Decimal('57.0'), Decimal('81.9'), 'nps_widest')
    """
    if not n or unit not in ("percent", "nps"):
        return None
    share = Fraction(value) / 100 if unit == "percent" else (Fraction(value) + 100) / 200
    found = wilson_interval(round(share * n), n)
    if unit == "percent":
        return Made(_six(100 * found.low), _six(100 * found.high), "wilson")
    return Made(_six(200 * found.low - 100), _six(200 * found.high - 100), "nps_widest")


def read_mix(text: str | None) -> dict[str, int]:
    """The answers in each group, written ``growth=40;operating=60``; nothing of nothing.

    UserError when it is written otherwise.

    Examples
    --------
    >>> read_mix("growth=40; operating=60")
    {'growth': 40, 'operating': 60}
    """
    parts = [part.strip() for part in (text or "").replace(",", ";").split(";") if part.strip()]
    found: dict[str, int] = {}
    for part in parts:
        name, equals, number = (piece.strip() for piece in part.partition("="))
        if not equals or not number.isdigit() or not name or name in found:
            raise UserError(
                given=f"the mix {text!r}",
                needed="each group once with its number of answers, as growth=40;operating=60",
                remedy="Correct the mix, or leave it out.",
            )
        found[name] = int(number)
    return found


def refuse_strange_mix(mix: Mapping[str, int], groups: Mapping[str, frozenset[str]]) -> None:
    """UserError when the mix is not of one dimension; ``groups``: dimension -> its groups."""
    if mix and dimension_of(mix, groups) is None:
        known = " or ".join(", ".join(sorted(names)) for names in groups.values())
        raise UserError(
            given=f"a mix of {', '.join(mix)}",
            needed=f"groups among {known}",
            remedy="Write the groups as the contract names them.",
        )


def dimension_of(mix: Mapping[str, int], groups: Mapping[str, frozenset[str]]) -> str | None:
    """The dimension that every group of the mix belongs to; None of an empty or a strange one."""
    fits = (name for name, known in groups.items() if mix and set(mix) <= known)
    return next(fits, None)


def _six(number: float) -> Decimal:
    return Decimal(repr(number)).quantize(SIX)
