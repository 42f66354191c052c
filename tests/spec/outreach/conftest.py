"""A municipality of drawn companies, a campaign, and somebody who may record."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from pejl_hub.accounts.models import Role, User
from pejl_hub.companies.models import (
    Company,
    CompanyIndustry,
    CompanyMunicipality,
    CompanySize,
    Contact,
)
from pejl_hub.outreach.models import Campaign

# 151 is Ballerup. A later fact holds from its day on; "protected" is what CVR says, - is unknown.
DRAWN = """
name    cvr       place      employees             industry  protected
Anker   10000009  151        4                     250000    no
Bøg     10000025  151        5                     250000    no
Cirkel  10000033  151        12                    412000    yes
Dyb     10000041  151        60                    259900    -
Eg      10000068  151        -                     250000    no
Fjord   10000076  101>151    9>3                   250000    no
Gry     10000084  151>101    20                    250000    no
Hav     10000092  151        3>7                   -         no
"""
EARLY, LATER = date(2023, 1, 1), date(2024, 2, 1)


def draw() -> dict[str, Company]:
    """The drawn companies by name."""
    header, *lines = (line.split() for line in DRAWN.strip().splitlines())
    return {cells[0]: _company(dict(zip(header, cells, strict=True))) for cells in lines}


def _company(drawn: dict[str, str]) -> Company:
    protected = {"yes": True, "no": False, "-": None}[drawn["protected"]]
    company = Company.objects.create(
        cvr=drawn["cvr"], name=drawn["name"], advertising_protected=protected
    )
    for day, place in zip((EARLY, LATER), drawn["place"].split(">"), strict=False):
        CompanyMunicipality.objects.create(
            company=company, municipality=place, from_date=day, source="cvr"
        )
    for day, size in zip((EARLY, LATER), drawn["employees"].split(">"), strict=False):
        known = None if size == "-" else int(size)
        CompanySize.objects.create(company=company, employees=known, from_date=day, source="cvr")
    if drawn["industry"] != "-":
        CompanyIndustry.objects.create(
            company=company,
            code=drawn["industry"],
            nomenclature="DB25",
            from_date=EARLY,
            source="cvr",
        )
    name = drawn["name"]
    Contact.objects.create(company=company, name=f"{name} Leder", email=f"{name.lower()}@x.dk")
    return company


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def companies(db: None) -> dict[str, Company]:
    return draw()


@pytest.fixture
def ravi(db: None) -> User:
    """Ravi is an adviser: he may record outreach."""
    return User.objects.create(username="ravi", role=Role.ADVISER)


@pytest.fixture
def bent(db: None) -> User:
    """Bent sits on the board: he may not."""
    return User.objects.create(username="bent", role=Role.BOARD)


@pytest.fixture
def campaign(ravi: User) -> Campaign:
    return Campaign.objects.create(
        name="Ballerup i marts",
        municipality="151",
        local_service="Ballerup Erhverv",
        starts_on=date(2024, 3, 1),
        ends_on=date(2024, 6, 30),
        owner=ravi,
    )


@pytest.fixture
def on_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Make it another day for those who ask what day it is."""

    def turn(day: date) -> None:
        monkeypatch.setattr(timezone, "localdate", lambda value=None, timezone=None: day)

    return turn
