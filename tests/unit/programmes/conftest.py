"""One applied grant, and whoever moves it."""

from datetime import date

import pytest

from pejl_hub.accounts.models import User
from pejl_hub.companies.models import Company
from pejl_hub.programmes.models import Participation, Programme, Round


@pytest.fixture
def manager():
    return User.objects.create(username="petra", role="programme_manager")


@pytest.fixture
def grant():
    return Participation.objects.create(
        company=Company.objects.create(cvr="53648371", name="Firma ApS"),
        round=Round.objects.create(
            programme=Programme.objects.create(name="SMV:Digital"), name="1", national=True
        ),
        form="grant",
        state="applied",
        stated_on=date(2024, 3, 1),
    )
