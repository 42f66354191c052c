"""Becoming more than one is: by the page of the users, or by any field that it never asked for."""

import pytest
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.urls import reverse

from pejl.base.errors import UserError
from pejl_hub.accounts.access import TABLE, Action
from pejl_hub.accounts.actions import DEMO_USERS
from pejl_hub.accounts.models import Role, User
from pejl_hub.accounts.users import actions
from pejl_hub.audit.models import AuditEntry

PASSWORD = "en lang og rolig sætning"
NEW, USERS = reverse("accounts:user_new"), reverse("accounts:users")
ACTS = ("user_close", "user_reopen", "user_reset_code", "user_sign_out")
NOBODYS = [one.username for one in DEMO_USERS if Action.MANAGE_USERS not in TABLE[one.role]]
# A hash that the attacker knows the password of, and all that Django itself would give power by.
MORE = {
    "is_superuser": "on", "is_staff": "on", "is_active": "on", "is_demo": "on", "pk": "1",
    "id": "1", "groups": "1", "user_permissions": "1", "session_round": "0", "wrong_codes": "-99",
    "lost_groups": "on", "username": "anna", "email": "mig@example.org",
}  # fmt: skip


def at(name, user):
    return reverse(f"accounts:{name}", args=[user.pk])


def kept():
    """Everything that is known of everybody."""
    return list(User.objects.order_by("pk").values())


@pytest.mark.parametrize("who", NOBODYS)
def test_whoever_is_no_administrator_gives_nobody_a_role(signed_in, who):
    client = signed_in(who)
    before, own, anna = kept(), User.objects.get(username=who), User.objects.get(username="anna")
    told = MORE | {"role": "administrator", "municipality": "", "password": PASSWORD}
    for one in (own, anna):
        assert client.post(at("user", one), told).status_code == 403
        for name in ACTS:
            assert client.post(at(name, one), told).status_code == 403
    assert client.post(NEW, told | {"name": "mig"}).status_code == 403
    assert client.get(USERS).status_code == 403
    assert kept() == before


def test_nobody_signed_out_does_either(client, db, signed_in):
    before, anna = kept(), User.objects.get(username="anna")
    for path in (NEW, at("user", anna), *(at(name, anna) for name in ACTS)):
        answer = client.post(path, MORE | {"role": "administrator", "name": "mig"})
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("accounts:sign_in"))
    assert kept() == before


def test_more_fields_than_the_form_has_change_no_more_than_it_asks_for(signed_in):
    anna, bo = signed_in("anna"), User.objects.create_user("bo", password=PASSWORD, role="board")
    before = User.objects.filter(pk=bo.pk).values().get()
    told = MORE | {"role": "adviser", "municipality": "", "password": make_password("mit")}
    assert anna.post(at("user", bo), told).status_code == 302
    assert User.objects.filter(pk=bo.pk).values().get() == before | {"role": "adviser"}


def test_nor_does_a_new_user_get_more_than_was_asked_for(signed_in):
    told = MORE | {"name": "bo", "role": "board", "municipality": "", "password": PASSWORD}
    assert signed_in("anna").post(NEW, told).status_code == 302
    bo = User.objects.get(username="bo")
    assert (bo.is_superuser, bo.is_staff, bo.is_demo, bo.email) == (False, False, False, "")
    assert bo.pk != 1
    assert bo.check_password(PASSWORD)


def test_a_hash_given_as_the_password_is_a_password_and_no_hash(signed_in):
    """Else whoever has seen a backup could sign in by what stands in it."""
    told = {"name": "bo", "role": "board", "municipality": "", "password": make_password("mit")}
    signed_in("anna").post(NEW, told)
    bo = User.objects.get(username="bo")
    assert not bo.check_password("mit")
    assert bo.check_password(told["password"])


@pytest.mark.parametrize(
    ("role", "municipality"),
    [("superuser", ""), ("", ""), ("ADMINISTRATOR", ""), ("administrator\0", ""),
     ("administrator", "151"), ("municipality_reader", ""), ("municipality_reader", "15"),
     ("municipality_reader", "１５１"), ("municipality_reader", "151\n101"),
     ("municipality_reader", "151' OR '1'='1"), ("municipality_reader", "0151"),
     ("municipality_reader", "999"), ("municipality_reader", "751")],
)  # fmt: skip
def test_a_role_off_the_list_and_a_place_that_is_none_are_refused(signed_in, role, municipality):
    anna, bo = signed_in("anna"), User.objects.create_user("bo", password=PASSWORD, role="board")
    before = kept()
    told = {"role": role, "municipality": municipality}
    assert anna.post(at("user", bo), told).status_code == 400
    assert anna.post(NEW, told | {"name": "ny", "password": PASSWORD}).status_code == 400
    assert kept() == before


def test_a_reader_of_a_place_outside_the_territory_sees_no_other_place_and_not_the_whole(
    signed_in, published
):
    """A code that no contract names is no municipality, and never means: all of them."""
    User.objects.filter(username="karla").update(municipality="999")
    karla = signed_in("karla")
    for asked in ("", "?kommune=", "?kommune=999", "?kommune=151"):
        assert karla.get(reverse("status:overview") + asked).status_code == 403
    file = karla.get(reverse("publishing:file", args=[published.pk, "csv"]))
    assert len(file.content.splitlines()) == 1
    assert karla.get(reverse("status:goal", args=["guidance"])).status_code == 403


def test_a_reader_of_no_place_cannot_be(db, signed_in):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(username="karla").update(municipality="")


def test_the_last_two_administrators_do_not_close_each_other(signed_in):
    """Each has read that there is another; what counts is who is there when it is done."""
    anna = User.objects.get(username="anna") if signed_in else None
    bo = User.objects.create(username="bo", role=Role.ADMINISTRATOR)
    read = {one: User.objects.get(pk=one.pk) for one in (anna, bo)}
    actions.let_in(user=read[bo], open_=False, by=anna)
    with pytest.raises(UserError):
        actions.let_in(user=read[anna], open_=False, by=bo)
    with pytest.raises(UserError):
        actions.place(user=read[anna], role=Role.BOARD, municipality="", by=bo)
    assert User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).get() == anna


def test_somebody_made_the_only_administrator_meanwhile_is_not_lost_by_an_old_page(signed_in):
    """The page of Ravi was read while he was an adviser; by now he is the only administrator."""
    ravi = User.objects.get(username="ravi") if signed_in else None
    User.objects.filter(username="ravi").update(role=Role.ADMINISTRATOR)
    User.objects.filter(username="anna").update(role=Role.BOARD)
    with pytest.raises(UserError):
        actions.let_in(user=ravi, open_=False, by=ravi)
    assert User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exists()


def test_an_administrator_of_the_demo_is_none_where_nobody_of_the_demo_is_let_in(
    signed_in, settings
):
    """Else the last one who can sign in might be closed, for the sake of one who cannot."""
    bo = User.objects.create(username="bo", role=Role.ADMINISTRATOR) if signed_in else None
    settings.PEJL_DEMO = False
    with pytest.raises(UserError):
        actions.let_in(user=bo, open_=False, by=bo)
    bo.refresh_from_db()
    assert bo.is_active


def test_every_change_of_a_role_is_told_to_the_trail(signed_in):
    anna, own = signed_in("anna"), User.objects.get(username="anna")
    User.objects.create(username="bo", role=Role.ADMINISTRATOR)
    anna.post(at("user", own), MORE | {"role": "controller", "municipality": ""})
    entry = AuditEntry.objects.get(action="changed", object_id=str(own.pk))
    assert entry.details["changed"] == {"role": ["administrator", "controller"]}
    assert anna.get(USERS).status_code == 403
