"""A link to this house that ends at another (open redirect), or that its Host header forges."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from pejl_hub.accounts.actions import make_demo_users
from pejl_hub.accounts.models import User
from pejl_hub.companies.models import Company
from pejl_hub.core.models import SavedView
from pejl_hub.guidance.models import Guidance

BACKEND = "django.contrib.auth.backends.ModelBackend"
ASTRAY = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https:evil.example",
    "https:/evil.example",
    "javascript:alert(1)",
    "/\t/evil.example/",
    " //evil.example/",
    "\x00//evil.example/",
    "http://localhost@evil.example/",
    "//localhost.evil.example/",
)
NAMES = ("next", "return", "retur", "tilbage", "back", "til")


@pytest.fixture
def alice(db):
    make_demo_users()
    client = Client(headers={"referer": "https://evil.example/"})
    client.force_login(User.objects.get(username="alice"), BACKEND)
    return client


def stays(answer):
    """Whether a browser that follows the answer stays in the house."""
    there = answer.headers.get("Location", "/")
    return there.startswith("/") and not there.startswith(("//", "/\\")) and "evil" not in there


@pytest.fixture
def guidance(db):
    company = Company.objects.create(cvr="10000009", name="Anker")
    return Guidance.objects.create(
        company=company,
        held_on=date(2024, 5, 18),
        type="specialised",
        state="planned",
    )


@pytest.mark.parametrize("there", ASTRAY)
def test_no_form_leads_out_of_the_house(alice, guidance, there):
    view = SavedView.objects.create(
        owner=User.objects.get(username="alice"), listing="guidance", name="Mit", query=""
    )
    more = dict.fromkeys(NAMES, there)
    sent = {
        reverse("set_language"): {"language": "en"},
        reverse("guidance:move", args=[guidance.pk]): {"state": "cancelled"},
        reverse("core:change_view", args=[view.pk]): {"name": "Mit"},
        reverse("core:delete_view", args=[view.pk]): {},
    }
    for address, form in sent.items():
        answer = alice.post(address, {**form, **more})
        assert stays(answer), f"{address}: {answer.headers.get('Location')}"
        assert b'href="' + there.encode() + b'"' not in answer.content


@pytest.mark.parametrize("there", ASTRAY[:4])
def test_no_page_offers_a_way_out(alice, there):
    fetch = alice.get(reverse("sources:cvr_fetch"), {"cvr": "10000009", "next": there})
    assert fetch.context["back"] == ""
    for place in ("href", "value", "action"):
        assert f'{place}="{there}'.encode() not in fetch.content


def test_a_way_back_into_the_house_is_taken(alice, guidance):
    form = {"state": "cancelled", "next": "/skrivebord/"}
    answer = alice.post(reverse("guidance:move", args=[guidance.pk]), form)
    assert answer.headers["Location"] == "/skrivebord/"


@pytest.mark.parametrize("header", ["host", "x-forwarded-host"])
def test_a_forged_host_is_refused_or_believed_by_nothing(db, settings, header):
    """The links of letters are made of PEJL_URL, never of what a request says its host is."""
    answer = Client(headers={header: "evil.example"}).get("/log-ind/")
    assert answer.status_code == 400 or b"evil.example" not in answer.content
    if header == "host":
        assert answer.status_code == 400
