"""Code lists: what a form offers on a day, and what an administrator may do to a list."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse

from pejl.base.errors import UserError
from pejl_hub.accounts.models import User
from pejl_hub.audit.models import AuditEntry
from pejl_hub.codes import queries
from pejl_hub.codes.actions import delete_code, end_code, save_code
from pejl_hub.codes.models import Code, ListName
from pejl_hub.codes.starting import STARTING
from pejl_hub.companies.models import Company
from pejl_hub.core.templatetags.pejl import day
from pejl_hub.guidance.models import Guidance

DRAWN = """
code    from        to
always  .           .
old     .           2024-05-31
spring  2024-03-01  2024-05-31
autumn  2024-09-01  .
"""


@pytest.fixture
def needs(db):
    Code.objects.filter(list_name="need").delete()
    _, *lines = (line.split() for line in DRAWN.strip().splitlines())
    for place, (code, since, until) in enumerate(lines):
        days = [None if day == "." else date.fromisoformat(day) for day in (since, until)]
        Code.objects.create(
            list_name="need",
            code=code,
            label_da=code.title(),
            label_en=f"{code} (en)",
            valid_from=days[0],
            valid_to=days[1],
            position=place,
        )


@pytest.mark.parametrize(
    ("day", "offered"),
    [
        ("2024-02-29", ["always", "old"]),
        ("2024-03-01", ["always", "old", "spring"]),
        ("2024-05-31", ["always", "old", "spring"]),
        ("2024-06-01", ["always"]),
        ("2024-09-01", ["always", "autumn"]),
    ],
)
def test_a_form_offers_what_holds_on_the_day_both_ends_included(needs, day, offered):
    assert [code for code, _ in queries.choices("need", on=date.fromisoformat(day))] == offered


def test_a_row_keeps_the_ended_value_that_it_has_and_others_are_not_offered_it(needs):
    july = date(2024, 7, 1)
    assert queries.choices("need", on=july, keep="old") == [
        ("always", "Always"),
        ("old", "Old (tilbydes ikke længere)"),
    ]
    assert queries.choices("need", on=july, keep="always") == [("always", "Always")]
    assert ("typed before", "typed before (tilbydes ikke længere)") in queries.choices(
        "need", on=july, keep="typed before"
    )


def test_an_ended_value_stays_readable_and_an_unknown_one_is_shown_as_it_is(needs):
    assert queries.label("need", "old") == "Old"
    assert queries.label("need", "of a file") == "of a file"
    assert queries.label("need", None) == ""
    assert queries.labels("need")["spring"] == "Spring"


def test_a_list_that_there_is_not_is_an_error_and_never_an_empty_choice(db):
    with pytest.raises(ValueError, match="needs"):
        queries.choices("needs", on=date(2024, 1, 1))


def test_each_list_begins_with_values_and_each_use_names_a_field(db):
    assert set(STARTING) == set(ListName.values)
    for name in ListName:
        assert queries.choices(name, on=date(2024, 6, 30))
    for uses in queries.USES.values():
        for use in uses:
            app, model, field = use.split(".")
            assert apps.get_model(app, model)._meta.get_field(field)


@pytest.fixture
def used(db):
    company = Company.objects.create(cvr="10150817", name="Ærlig Bager")
    Guidance.objects.create(
        company=company,
        held_on=date(2024, 3, 1),
        recorded_on=date(2024, 3, 1),
        type="specialised",
        state="held",
        priority_area="Digitalisering",
    )
    return Code.objects.get(list_name="priority_area", code="Digitalisering")


@pytest.mark.parametrize(
    ("list_name", "field"), [("need", "need"), ("outcome", "outcome"), ("next_step", "next_step")]
)
def test_what_a_guidance_says_is_used(used, list_name, field):
    value = Code.objects.filter(list_name=list_name).first()
    assert not queries.is_used(value)
    Guidance.objects.update(**{field: value.code})
    assert queries.times_used(value) == 1


def test_a_used_value_is_ended_and_not_deleted(used):
    with pytest.raises(UserError, match="which rows use"):
        delete_code(value=used, by=None)
    end_code(value=used, last_day=date(2024, 6, 30), by=None)
    assert "Digitalisering" not in dict(queries.choices("priority_area", on=date(2024, 7, 1)))
    assert Guidance.objects.get().priority_area == "Digitalisering"


def test_a_value_that_no_row_uses_is_deleted_and_the_log_says_so(used):
    unused = Code.objects.get(list_name="priority_area", code="Iværksætteri")
    delete_code(value=unused, by=None)
    assert not Code.objects.filter(list_name="priority_area", code="Iværksætteri").exists()
    entry = AuditEntry.objects.first()
    assert entry.action == "delete_code"
    assert entry.details["changed"]["code"] == ["Iværksætteri", None]


def test_a_value_is_renamed_with_old_and_new_in_the_log_and_its_code_stays(used):
    used.label_da = "Digital udvikling"
    save_code(value=used, by=None)
    changed = AuditEntry.objects.first().details["changed"]
    assert changed == {"label_da": ["Digitalisering", "Digital udvikling"]}
    used.code = "digital"
    with pytest.raises(UserError, match="the rows store it"):
        save_code(value=used, by=None)


def test_a_value_does_not_end_before_it_begins_in_the_database_either(needs):
    spring = Code.objects.get(code="spring")
    with pytest.raises(UserError):
        end_code(value=spring, last_day=date(2024, 2, 1), by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Code.objects.filter(pk=spring.pk).update(valid_to=date(2024, 2, 1))


NEW = {"code": "circular", "label_da": "Cirkulær", "label_en": "Circular", "position": "5"}


def test_an_administrator_adds_a_value_and_forms_offer_it_at_once(admin):
    answer = admin.post(reverse("codes:add", args=["need"]), NEW)
    assert answer.status_code == 302
    assert queries.choices("need", on=date.today())[0] == ("circular", "Cirkulær")


def administrator():
    return User.objects.get(role="administrator").username


@pytest.fixture
def admin(signed_in):
    return signed_in(administrator())


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"code": "finance"}, "findes allerede"),
        ({"label_da": "251299-1234"}, "CPR"),
        ({"valid_from": "2024-06-01", "valid_to": "2024-05-01"}, "før den første"),
        ({"label_en": ""}, "påkrævet"),
    ],
)
def test_a_value_that_cannot_stand_is_refused_with_a_sentence(admin, wrong, said):
    answer = admin.post(reverse("codes:add", args=["need"]), NEW | wrong)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Code.objects.filter(code="circular").exists()


def test_the_pages_end_and_delete_and_refuse_to_delete_what_is_used(admin, used):
    page = reverse("codes:delete", args=[used.pk])
    assert admin.post(page).status_code == 400
    assert Code.objects.filter(pk=used.pk).exists()
    assert admin.post(reverse("codes:end", args=[used.pk]), {"last_day": "2024-06-30"}).url == (
        reverse("codes:list", args=["priority_area"])
    )
    used.refresh_from_db()
    assert used.valid_to == date(2024, 6, 30)
    page = admin.get(reverse("codes:list", args=["priority_area"])).content.decode()
    assert day(date(2024, 6, 30)) in page


def test_a_list_that_there_is_not_is_not_found(admin):
    assert admin.get(reverse("codes:list", args=["nonsense"])).status_code == 404


@pytest.mark.parametrize("way", ["overview", "list", "add", "change", "end", "delete"])
def test_an_adviser_may_open_no_page_of_the_lists_and_the_administrator_all(signed_in, used, way):
    given = {"overview": [], "list": ["need"], "add": ["need"]}.get(way, [used.pk])
    page = reverse(f"codes:{way}", args=given)
    assert signed_in(administrator()).get(page).status_code == 200
    adviser = User.objects.get(role="adviser").username
    assert signed_in(adviser).get(page).status_code == 403
