"""What one undertaking was granted as aid of minor amount, against the ceiling.

Source of law: Commission Regulation (EU) 2023/2831 of 13 December 2023. Article 3(2): not more
than EUR 300 000 to a single undertaking over any period of three years. Article 3(3): the aid is
granted when the legal right to it is conferred, that is on the day of the commitment, whenever the
money is paid. Article 3(7): a new grant that would exceed the ceiling may not rest on the
Regulation, not even the part of it that there is room for. The period rolls (recital 11).

What other authorities granted, and to companies of the same group (article 2(2)), is not here:
the undertaking declares it, and the caller may add it as an award.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from pejl.aid.rules import Ceiling, Rate, Rules

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Award:
    """Aid granted on a day, in DKK; the amount is None when nobody has stated it."""

    day: date
    dkk: Decimal | None


@dataclass(frozen=True)
class AidTotal:
    """The awards after ``since`` up to ``day``, in DKK and EUR (to the cent, half up).

    ``without_amount`` awards have no amount, so that the sum may be higher.
    """

    day: date
    since: date
    dkk: Decimal
    eur: Decimal
    without_amount: int
    ceiling: Ceiling
    rate: Rate

    @property
    def left(self) -> Decimal:
        """What may still be granted, in EUR; never below zero."""
        return max(self.ceiling.eur - self.eur, Decimal(0))

    @property
    def share(self) -> Decimal:
        """The sum as a share of the ceiling, in per cent."""
        return self.eur / self.ceiling.eur * 100

    @property
    def standing(self) -> str:
        """``above`` the ceiling, ``near`` it, or ``below``; the ceiling itself is not above."""
        if self.eur > self.ceiling.eur:
            return "above"
        return "near" if self.eur >= self.ceiling.near * self.ceiling.eur else "below"


def total(awards: Iterable[Award], day: date, rules: Rules) -> AidTotal:
    """The sum of the rolling years that end on ``day``, the day included.

    Raises
    ------
    UserError
        When the rules say nothing of a day.

    Examples
    --------
    >>> from pejl.aid.rules import Ceiling, Rate, Rules
    >>> rules = Rules(
    ...     [Ceiling(date(2024, 1, 1), Decimal(300_000), 3, Decimal("0.8"), "2023/2831")],
    ...     [Rate(date(1999, 1, 1), Decimal("7.5"), {})], "de_minimis.yaml")
    >>> awards = [Award(date(2024, 5, 2), Decimal(750)), Award(date(2021, 5, 1), Decimal(750))]
    >>> found = total(awards, date(2024, 5, 2), rules)
    >>> found.eur, found.standing, found.since
    (Decimal('100.00'), 'below', datetime.date(2021, 5, 2))
    """
    ceiling = rules.ceiling_on(day)
    since = years_before(day, ceiling.years)
    counted = [award for award in awards if since < award.day <= day]
    known = [(award.day, award.dkk) for award in counted if award.dkk is not None]
    eur = sum((dkk / rules.rate_on(on).dkk_per_eur for on, dkk in known), Decimal(0))
    return AidTotal(
        day=day,
        since=since,
        dkk=sum((dkk for _, dkk in known), Decimal(0)),
        eur=eur.quantize(CENT, ROUND_HALF_UP),
        without_amount=len(counted) - len(known),
        ceiling=ceiling,
        rate=rules.rate_on(day),
    )


def total_with(awards: Iterable[Award], new: Award, rules: Rules) -> AidTotal:
    """The highest sum of any period that the new award lies in.

    An award recorded late also weighs on the periods that end with later awards.
    """
    everything = [*awards, new]
    years = rules.ceiling_on(new.day).years
    ends = {award.day for award in everything if award.day >= new.day}
    within = [day for day in ends if years_before(day, years) < new.day]
    return max(
        (total(everything, day, rules) for day in sorted(within)), key=lambda found: found.eur
    )


def years_before(day: date, years: int) -> date:
    """The same day so many years before; 28 February for a leap day.

    Examples
    --------
    >>> years_before(date(2024, 2, 29), 3)
    datetime.date(2021, 2, 28)
    """
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
