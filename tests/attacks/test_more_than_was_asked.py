"""Mass assignment: a form or a program that sends more fields than it was asked for.

Seen to succeed on 2026-11-26 with every column in the forms of companies and persons.
"""

from datetime import date

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from pejl_hub.accounts.models import Role, User
from pejl_hub.api.actions import make_key
from pejl_hub.api.models import Key, Scope
from pejl_hub.companies.models import Company, Person
from pejl_hub.config import urls
from pejl_hub.core.models import SavedView
from pejl_hub.guidance.models import Guidance
from tests.web.conftest import signed_in as signed_in

pytestmark = pytest.mark.django_db
DAY = "2024-03-05"
# What only the house itself may write: where a record came from, who wrote it and when, what was
# frozen when it happened, and what anybody is.
FROM_THE_HOUSE = {
    *("id", "pk", "source", "source_id", "recorded_by", "recorded_on", "edited_at", "created_by"),
    *("made_by", "asked_by", "decided_by", "approved_by", "released_by", "written_by", "user"),
    *("role", "is_superuser", "is_staff", "is_active", "is_demo", "sha256", "token", "secret"),
    *("counted", "revision", "merged_into", "withdrawn_at", "withdrawn_by", "user_permissions"),
}
EVERYTHING = {
    "id": "999", "pk": "999", "source": "escrm", "source_id": "X1", "recorded_by": "alice",
    "recorded_on": "2020-01-01", "edited_at": "2020-01-01", "cvr": "10150817",
    "role": "administrator",
    "is_superuser": "on", "is_staff": "on", "is_active": "", "municipality": "101", "user": "1",
    "owner": "1", "adviser": "En Anden", "withdrawn_at": "2020-01-01", "merged_into": "1",
    "demo": "on", "sha256": "0" * 64, "revoked_at": "", "expires_at": "2099-01-01",
}  # fmt: skip


EVERY_PAGE = urls.urlpatterns  # once the addresses are read, so are the forms of every page


# Words about a person outside the house: what a contact does, and who decided in a municipality.
OF_OTHERS = {("ContactForm", "role"), ("PartnerForm", "role"), ("NominatorForm", "decided_by")}


def every_form(kind=forms.ModelForm):
    for one in kind.__subclasses__():
        yield one
        yield from every_form(one)


def test_no_form_of_the_house_takes_what_only_the_house_may_write():
    found = {
        (one.__qualname__, name)
        for one in every_form()
        if one.__module__.startswith("pejl_hub.")
        for name in set(one.base_fields) & FROM_THE_HOUSE
    }
    assert found == OF_OTHERS
    assert len([one for one in every_form() if one.__module__.startswith("pejl_hub.")]) > 15


def test_no_form_of_the_house_takes_every_column_of_its_model():
    wide = [
        one.__qualname__
        for one in every_form()
        if one.__module__.startswith("pejl_hub.")
        and getattr(one, "_meta", None)
        and one._meta.model
        and (one._meta.fields in (None, "__all__") or one._meta.exclude)
    ]
    assert wide == []


def test_a_company_keeps_its_number_and_its_source(signed_in):
    company = Company.objects.create(cvr="10150809", name="Før")
    path = reverse("clients:edit_company", args=[company.cvr])
    answer = signed_in("ravi").post(path, EVERYTHING | {"name": "Efter"})
    assert answer.status_code == 302
    company.refresh_from_db()
    assert (company.name, company.cvr) == ("Efter", "10150809")
    assert not Company.objects.filter(pk=999).exists()


def test_a_person_keeps_where_they_came_from(signed_in):
    person = Person.objects.create(name="Før")
    path = reverse("clients:edit_person", args=[person.pk])
    sent = EVERYTHING | {"name": "Efter", "email": ""}
    assert signed_in("ravi").post(path, sent).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.source, person.source_id) == ("Efter", None, None)


def test_a_guidance_is_recorded_by_whoever_records_it(signed_in):
    company = Company.objects.create(cvr="10150809", name="Ærlig Bager")
    told = {"client": f"company-{company.pk}", "held_on": DAY, "type": "specialised"}
    sent = EVERYTHING | {"segment": "growth", "employees": "7"} | told
    signed_in("ravi").post(reverse("guidance:new"), sent)
    made = Guidance.objects.get()
    assert (made.recorded_by, made.source, made.source_id) == ("ravi", None, None)
    assert made.recorded_on != date(2020, 1, 1)
    assert made.adviser == "Ravi Nair"


def test_by_the_interface_nothing_else_is_taken_than_what_it_describes(signed_in):
    signed_in("ravi")
    Company.objects.create(cvr="10150809", name="Ærlig Bager")
    ravi = User.objects.get(username="ravi")
    _, secret = make_key(user=ravi, name="x", scopes=tuple(Scope), days=1)
    said = {"held_on": DAY, "segment": "growth", "municipality": "151"}
    headers = {"authorization": f"Bearer {secret}", "idempotency-key": "one-two-three"}
    sent = EVERYTHING | said | {"cvr": "10150809"}
    Client().post("/api/v1/guidances", sent, content_type="application/json", headers=headers)
    made = Guidance.objects.get()
    assert (made.recorded_by, made.source, made.adviser) == ("ravi", None, "Ravi Nair")
    assert made.recorded_on != date(2020, 1, 1)


def test_a_key_is_always_the_own_and_for_no_longer_than_a_year(signed_in):
    alice = User.objects.get(username="alice") if signed_in else None
    sent = {"name": "x", "scopes": ["read_figures"], "days": "30"}
    signed_in("ravi").post(reverse("api:keys"), EVERYTHING | sent | {"user": alice.pk})
    key = Key.objects.get()
    assert key.user.username == "ravi"
    assert key.expires_at.year < 2099
    assert key.sha256 != "0" * 64


def test_a_saved_view_is_the_own(signed_in):
    alice = signed_in("ravi") and User.objects.get(username="alice")
    sent = EVERYTHING | {"name": "x", "query": "", "owner": alice.pk}
    signed_in("ravi").post(reverse("core:save_view", args=["reports"]), sent)
    assert SavedView.objects.get().owner.username == "ravi"


@pytest.mark.parametrize("name", ["accounts:password", "reminders:choose", "core:save_view"])
def test_no_page_of_one_s_own_makes_anybody_more(signed_in, name):
    args = ["reports"] if name == "core:save_view" else []
    signed_in("ravi").post(reverse(name, args=args), EVERYTHING | {"username": "anna", "name": "x"})
    ravi = User.objects.get(username="ravi")
    assert (ravi.role, ravi.municipality) == (Role.ADVISER, "")
    assert (ravi.is_superuser, ravi.is_staff, ravi.is_active) == (False, False, True)
