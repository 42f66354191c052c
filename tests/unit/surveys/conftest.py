"""A hub with one adviser's guidances, and a mail server that keeps what it is given."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from pejl_hub.companies.models import Company, Contact, Person
from pejl_hub.guidance.models import Guidance
from tests.mailserver import MailServer

TODAY = date(2024, 6, 3)
CVRS = ("53648371", "10001005", "10001013", "10001021")


def held(*, days_ago: int = 20, company=None, person=None, **facts) -> Guidance:
    """A held specialised guidance of a growth company, unless told otherwise."""
    day = TODAY - timedelta(days=days_ago)
    values = {
        "type": "specialised",
        "state": "held",
        "segment": "growth",
        "municipality": "101",
        "adviser": "Ravi Nair",
        "team": "Vækst",
        "recorded_on": day,
        "held_on": day,
    }
    return Guidance.objects.create(company=company, person=person, **(values | facts))


@pytest.fixture
def company(db) -> Company:
    return Company.objects.create(cvr=CVRS[0], name="Firma ApS")


@pytest.fixture
def alice(company) -> Contact:
    """Alice answers for Firma ApS."""
    return Contact.objects.create(
        company=company, name="Alice", email="alice@firma.example", is_main=True
    )


@pytest.fixture
def petra(db) -> Person:
    """Petra has no company."""
    return Person.objects.create(name="Petra", email="petra@example.org")


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture
def by_smtp(settings, mail_server) -> MailServer:
    """Send to the server."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = mail_server.host, mail_server.port
    return mail_server
