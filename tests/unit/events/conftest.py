"""An event tomorrow with two seats, a company that is known, and letters that go to a list."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pejl_hub.accounts.actions import make_demo_users
from pejl_hub.accounts.models import User
from pejl_hub.companies.models import Company, CompanyMunicipality, CompanySize, Contact
from pejl_hub.events.actions.making import make_event
from pejl_hub.events.actions.signing import Given
from pejl_hub.events.models import EventForm

ANKER, BOGELY = "10000009", "10000025"


@pytest.fixture(autouse=True)
def at_once(settings, tmp_path):
    """Letters are sent as soon as the transaction they belong to is committed."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.DATA = tmp_path


@pytest.fixture
def ravi(db):
    make_demo_users()
    return User.objects.get(username="ravi")


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def anker(db, today):
    """Anker moved from Ballerup to Copenhagen, and grew, the day after tomorrow."""
    made = Company.objects.create(cvr=ANKER, name="Anker Design ApS")
    old, new = today - timedelta(days=400), today + timedelta(days=2)
    for day, place, employees in ((old, "151", 4), (new, "101", 40)):
        CompanyMunicipality.objects.create(
            company=made, from_date=day, municipality=place, source="test"
        )
        CompanySize.objects.create(company=made, from_date=day, employees=employees, source="test")
    Contact.objects.create(company=made, name="Alma", email="alma@anker.dk")
    return made


@pytest.fixture
def make(ravi, today):
    """Makes events: published, tomorrow, two seats with a waiting list, unless said otherwise."""

    def make_one(**values):
        given = {
            "title": "Eksport for begyndere",
            "held_on": today + timedelta(days=1),
            "form": EventForm.PHYSICAL,
            "capacity": 2,
            "waiting_list": True,
            "published": True,
        }
        return make_event(values=given | values, by=ravi)

    return make_one


def guest(name="Alma", cvr=None, **more):
    """What a guest gives, with an address of their own."""
    return Given(name, f"{name.lower()}@example.org", cvr, consent="Yes", **more)
