"""SQL, NULs and numbers beyond all measure in what lists, searches and charts are asked for."""

import pytest
from django.db import connection
from django.test import Client

from pejl_hub.accounts.actions import make_demo_users
from pejl_hub.accounts.models import User
from pejl_hub.companies.models import Company
from tests.attacks.addresses import addresses

BACKEND = "django.contrib.auth.backends.ModelBackend"
ASKED = (
    "'; DROP TABLE companies_company; --",
    "1' OR '1'='1",
    "1) OR 1=1 --",
    '" OR ""="',
    "\0",
    "a\0b",
    "%",
    "\\",
    "9" * 40,
    "-1",
    "1e308",
    "NaN",
    "0001-01-01",
    "9999-12-31",
    "99999-99-99",
    "2024-02-30",
    "(" * 200,
    "*" * 50 + "a",
    "\ud83d".encode("utf-8", "surrogatepass").decode("latin-1"),
    "held_on__year",
    "-company__cvr",
    "?",
)
# What the house's pages are asked by, gathered from its forms and lists.
NAMES = (
    *(
        "q",
        "orden",
        "side",
        "visning",
        "format",
        "dato",
        "fra",
        "til",
        "kommune",
        "maal",
        "periode",
    ),
    *("segment", "stoerrelse", "type", "state", "status", "cvr", "bunke", "alle", "lag", "emne"),
    *(
        "periode",
        "af",
        "vis",
        "handling",
        "hvem",
        "hvad",
        "er",
        "mod",
        "kontrakt",
        "team",
        "omraade",
    ),
)


@pytest.fixture
def anna(db, year):
    make_demo_users()
    Company.objects.create(cvr="10000009", name="Anker")
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username="anna"), BACKEND)
    return client


def names_of(answer):
    """The names that the page's own forms ask by."""
    import re

    return set(re.findall(r'name="([\w-]+)"', answer.content.decode(errors="replace")))


def test_no_page_breaks_on_what_it_is_asked(anna):
    """Each page at once with one hostile value under every name that it or another asks by."""
    broken = []
    for address in addresses():
        if address.parts or address.route.startswith(("log-ud", "sprog")):
            continue
        path = f"/{address.route}"
        own = anna.get(path)
        if own.status_code != 200 or own.streaming:
            continue
        asked = names_of(own) - {"csrfmiddlewaretoken"}
        for number, value in enumerate(ASKED):
            if (number + len(path)) % 16 and value not in ("\0", ASKED[0]):
                continue
            answer = anna.get(path, dict.fromkeys({*NAMES, *asked}, value))
            if answer.status_code >= 500:
                broken.append(f"{path} {value[:30]!r}: {answer.status_code}")
    assert broken == []
    assert "companies_company" in connection.introspection.table_names()
    assert Company.objects.count() == 1


@pytest.mark.parametrize(
    "asked", ["' OR '1'='1", "%", "_", "\\", "*", '"', "NEAR(", "a* OR b*", "\0"]
)
def test_a_search_takes_every_sign_for_itself(anna, asked):
    """Neither SQL's nor the index's own signs mean anything in what people search for."""
    answer = anna.get("/soeg/", {"q": asked})
    assert answer.status_code == (400 if asked == "\0" else 200)
    assert b"10000009" not in answer.content
    assert b"10000009" in anna.get("/soeg/", {"q": "Anker"}).content
