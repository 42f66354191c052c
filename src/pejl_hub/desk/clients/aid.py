"""Aid of minor amount (de minimis): what a company was committed in the rolling years.

The ceiling and the rate are dated data in ``contracts/shared/de_minimis.yaml``. The day of the
commitment counts, whenever the money is paid (Regulation (EU) 2023/2831, article 3).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from ruamel.yaml import YAML

from pejl.base.errors import UserError
from pejl_hub.programmes.models import Form, GrantState, Participation

COMMITTED = (GrantState.COMMITTED, GrantState.RUNNING, GrantState.COMPLETED, GrantState.PAID)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Terms:
    """What holds on a day: the ceiling in EUR over so many years, and DKK to one EUR."""

    ceiling: Decimal
    years: int
    near: Decimal
    law: str
    rate: Decimal
    rate_from: date
    rate_basis: Mapping[str, str]


@dataclass(frozen=True)
class Aid:
    """The sum of a company's committed grants after ``since``, up to the day itself."""

    terms: Terms
    since: date
    grants: tuple[Participation, ...]
    without_amount: int
    dkk: Decimal
    eur: Decimal

    @property
    def left(self) -> Decimal:
        """What may still be committed, in EUR; never below zero."""
        return max(self.terms.ceiling - self.eur, Decimal(0))

    @property
    def share(self) -> Decimal:
        """The sum as a share of the ceiling, in per cent."""
        return self.eur / self.terms.ceiling * 100

    @property
    def standing(self) -> str:
        """``above`` the ceiling, ``near`` it, or ``below``."""
        if self.eur > self.terms.ceiling:
            return "above"
        return "near" if self.eur >= self.terms.near * self.terms.ceiling else "below"


def aid_of(company: int, founders: Iterable[int], day: date) -> Aid:
    """The company's aid on a day, with what its founders got before it. One query."""
    terms = terms_on(day)
    since = years_before(day, terms.years)
    rows = Participation.objects.filter(
        form=Form.GRANT, state__in=COMMITTED, stated_on__gt=since, stated_on__lte=day
    )
    ours = rows.filter(company_id=company) | rows.filter(person_id__in=list(founders))
    grants = tuple(ours.select_related("round__programme").order_by("-stated_on", "-pk"))
    amounts = [grant.committed_amount for grant in grants if grant.committed_amount is not None]
    dkk = sum(amounts, Decimal(0))
    eur = (dkk / terms.rate).quantize(CENT, ROUND_HALF_UP)
    return Aid(terms, since, grants, len(grants) - len(amounts), dkk, eur)


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


def terms_on(day: date) -> Terms:
    """The terms that hold on the day.

    Raises
    ------
    UserError
        When the file says nothing of that day.
    """
    path = Path(settings.CONTRACTS).parent / "shared" / "de_minimis.yaml"
    said = _read(path)
    ceiling, rate = (_latest(said[name], day, path) for name in ("ceilings", "rates"))
    return Terms(
        ceiling=Decimal(str(ceiling["eur"])),
        years=int(ceiling["years"]),
        near=Decimal(str(ceiling["near"])),
        law=str(ceiling["law"]),
        rate=Decimal(str(rate["dkk_per_eur"])),
        rate_from=rate["from"],
        rate_basis=dict(rate["basis"]),
    )


@cache
def _read(path: Path) -> Any:
    return YAML(typ="safe").load(path)


def _latest(entries: list[dict[str, Any]], day: date, path: Path) -> dict[str, Any]:
    holding = [entry for entry in entries if entry["from"] <= day]
    if not holding:
        raise UserError(
            given=f"{path.name}, which says nothing of {day}",
            needed="an entry that holds from that day or before",
            remedy="Add it to the file.",
        )
    return max(holding, key=lambda entry: entry["from"])
