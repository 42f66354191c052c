"""Signing in with the hub's provider: who is let in, as what, and every forgery that is not."""

from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from pejl_hub.accounts import second
from pejl_hub.accounts.models import Role, User
from pejl_hub.accounts.provider.adapter import Hub
from pejl_hub.audit.models import AuditEntry
from tests.oidc import serving

PASSWORD = "en lang og rolig sætning"
BEGIN, OWN = reverse("accounts:provider"), reverse("accounts:own")
GROUPS = """
[[group]]
name = "Pejl-Administratorer"
role = "administrator"
[[group]]
name = "Pejl-Controllere"
role = "controller"
[[group]]
name = "Pejl-Kommune-{municipality}"
role = "municipality_reader"
"""


@pytest.fixture(scope="module")
def idp():
    with serving() as provider:
        yield provider


@pytest.fixture
def hub(idp, db, settings, tmp_path):
    """The hub knows the provider; nothing is bent."""
    (tmp_path / "groups.toml").write_text(GROUPS, encoding="utf-8")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    idp.bend = dict
    return known(settings, idp, tmp_path)


def known(settings, idp, tmp_path, **more):
    said = {
        "issuer": idp.issuer,
        "client_id": "pejl",
        "client_secret": "hemmeligt",
        "groups": str(tmp_path / "groups.toml"),
        "group_claim": "groups",
        "municipality_claim": "",
        "scopes": "openid profile email",
        "name": "husets login",
    }
    settings.PEJL_OIDC = said | more
    return idp


def come(idp, sub, *groups, client=None, begin=BEGIN, **claims):
    """Somebody signs in at the provider and comes back; the answer and the browser."""
    client = client or Client()
    name = {"preferred_username": sub, "given_name": sub.title(), "family_name": "Holm"}
    idp.person(sub, groups=list(groups), **(name | claims))
    answer = client.get(begin)
    assert answer.status_code == 302
    return client.get(local(idp.consent(answer.url, sub))), client


def local(address):
    parts = urlsplit(address)
    return urlunsplit(("", "", parts.path, parts.query, ""))


def bent(address, **changes):
    parts = urlsplit(address)
    query = {key: one[0] for key, one in parse_qs(parts.query).items()} | changes
    return urlunsplit(("", "", parts.path, urlencode(query), ""))


def inside(client):
    return client.get(OWN).status_code == 200


@pytest.mark.parametrize(
    ("groups", "role", "municipality"),
    [
        (["Pejl-Controllere"], "controller", ""),
        (["Alle", "Pejl-Controllere", "Pejl-Administratorer"], "administrator", ""),
        (["Pejl-Kommune-151"], "municipality_reader", "151"),
    ],
)
def test_a_group_gives_the_role_and_the_first_line_of_the_file_decides(
    hub, groups, role, municipality
):
    answer, client = come(hub, "karin", *groups)
    assert answer.status_code == 302
    user = User.objects.get(username="karin")
    assert (user.role, user.municipality, user.shown_name) == (role, municipality, "Karin Holm")
    assert not user.has_usable_password()
    assert inside(client)
    signed = AuditEntry.objects.get(action="signed_in")
    assert (signed.who, signed.details) == ("karin", {"how": "provider"})


@pytest.mark.parametrize("groups", [[], ["Alle"], ["pejl-controllere"], ["Pejl-Kommune-15"]])
def test_whoever_is_in_no_group_is_refused_told_of_their_groups_and_not_stored(hub, groups):
    answer, client = come(hub, "bo", *groups)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert all(group in page for group in groups)
    assert not inside(client)
    assert not User.objects.exists()


def test_the_role_follows_the_groups_at_each_sign_in_and_the_change_is_audited(hub):
    come(hub, "karin", "Pejl-Controllere")
    come(hub, "karin", "Pejl-Kommune-147")
    user = User.objects.get()
    assert (user.role, user.municipality) == ("municipality_reader", "147")
    entry = AuditEntry.objects.get(action="role_followed")
    assert entry.details["changed"] == {
        "role": ["controller", "municipality_reader"],
        "municipality": ["", "147"],
    }
    assert entry.details["group"] == "Pejl-Kommune-147"


def test_whoever_leaves_the_groups_is_shut_out_everywhere_until_they_are_back(hub):
    _, here = come(hub, "karin", "Pejl-Controllere")
    answer, there = come(hub, "karin", "Alle")
    assert answer.status_code == 403
    assert not inside(here)
    assert not inside(there)
    assert not User.objects.get().is_active
    assert AuditEntry.objects.filter(action="lost_groups").count() == 1
    _, back = come(hub, "karin", "Pejl-Controllere")
    assert inside(back)


@pytest.mark.parametrize("groups", [["Pejl-Controllere"], ["Alle"]], ids=["another role", "none"])
def test_the_providers_word_holds_for_the_last_administrator_too_and_it_is_told(
    hub, groups, caplog
):
    """Whoever has been let go must not stay for want of another: one is made by command."""
    come(hub, "karin", "Pejl-Administratorer")
    _, client = come(hub, "karin", *groups)
    assert client.get(reverse("accounts:users")).status_code != 200
    assert AuditEntry.objects.filter(action="no_administrator").count() == 1
    assert "pejl user add" in caplog.text
    assert "karin" not in caplog.text


def test_nothing_is_told_while_another_administrator_is_left(hub, caplog):
    come(hub, "karin", "Pejl-Administratorer")
    come(hub, "bo", "Pejl-Administratorer")
    come(hub, "karin", "Pejl-Controllere")
    assert User.objects.get(username="karin").role == "controller"
    assert not AuditEntry.objects.filter(action="no_administrator").exists()
    assert "pejl user add" not in caplog.text


def test_the_last_administrator_does_not_join_into_a_lesser_role(hub):
    """Joining is the owner's own wish, so it waits; with another one there, it is done."""
    User.objects.create_user("bo", password=PASSWORD, role=Role.ADMINISTRATOR)
    client = Client()
    client.post(reverse("accounts:sign_in"), {"username": "bo", "password": PASSWORD})
    client.post(reverse("accounts:join"))
    answer, _ = come(hub, "bo", "Pejl-Controllere", client=client)
    bo = User.objects.get()
    assert answer.status_code == 403
    assert "eneste administrator" in answer.content.decode()
    assert (bo.role, bo.check_password(PASSWORD)) == ("administrator", True)
    assert not SocialAccount.objects.exists()
    User.objects.create_user("anna", password=PASSWORD, role=Role.ADMINISTRATOR)
    client.post(reverse("accounts:join"))
    answer, _ = come(hub, "bo", "Pejl-Controllere", client=client)
    assert answer.status_code == 302
    assert User.objects.get(username="bo").role == "controller"


def test_whom_an_administrator_has_closed_no_group_opens(hub):
    come(hub, "karin", "Pejl-Controllere")
    User.objects.update(is_active=False)
    answer, client = come(hub, "karin", "Pejl-Administratorer")
    assert answer.status_code == 403
    assert not inside(client)
    assert User.objects.get().role == "controller"


def test_a_person_is_known_by_the_providers_number_and_not_by_name_or_mail(hub):
    come(hub, "karin", "Pejl-Controllere", email="karin@hub.dk")
    come(hub, "other", "Pejl-Kommune-151", preferred_username="karin", email="karin@hub.dk")
    names = User.objects.order_by("pk").values_list("username", "role")
    assert list(names) == [("karin", "controller"), ("karin-2", "municipality_reader")]


def test_an_account_with_a_password_is_never_taken_over_by_name_or_mail(hub):
    bo = User.objects.create_user("bo", "bo@hub.dk", PASSWORD, role=Role.ADMINISTRATOR)
    answer, client = come(hub, "bo", "Pejl-Controllere", email="bo@hub.dk", email_verified=True)
    assert answer.status_code == 403
    assert not inside(client)
    bo.refresh_from_db()
    assert (bo.role, bo.check_password(PASSWORD)) == ("administrator", True)
    assert not SocialAccount.objects.exists()


def test_the_owner_of_an_account_joins_it_signed_in_to_both(hub):
    bo = User.objects.create_user("bo", password=PASSWORD, role=Role.BOARD)
    client = Client()
    client.post(reverse("accounts:sign_in"), {"username": "bo", "password": PASSWORD})
    ready = client.post(reverse("accounts:join"))
    assert BEGIN in ready.content.decode()
    answer, _ = come(hub, "bo", "Pejl-Controllere", client=client)
    assert answer.status_code == 302
    bo.refresh_from_db()
    assert (bo.role, bo.has_usable_password(), second.has_code(bo)) == ("controller", False, False)
    _, fresh = come(hub, "bo", "Pejl-Controllere")
    assert inside(fresh)
    assert User.objects.count() == 1
    assert AuditEntry.objects.filter(action="joined_provider").count() == 1


def test_an_account_is_not_joined_unless_its_owner_asked_for_it(hub):
    bo = User.objects.create_user("bo", password=PASSWORD, role=Role.BOARD)
    client = Client()
    client.post(reverse("accounts:sign_in"), {"username": "bo", "password": PASSWORD})
    come(hub, "mallory", "Pejl-Controllere", client=client)
    bo.refresh_from_db()
    assert (bo.role, bo.has_usable_password()) == ("board", True)


def test_pkce_is_used_and_each_time_with_another_key(hub):
    hub.challenges.clear()
    for _ in range(2):
        come(hub, "karin", "Pejl-Controllere")
    seen = {(one["code_challenge_method"], one["code_challenge"]) for one in hub.challenges}
    assert len(seen) == 2
    assert {way for way, _ in seen} == {"S256"}


@pytest.mark.parametrize("state", ["", "forged"])
def test_a_forged_state_lets_nobody_in(hub, state):
    client = Client()
    hub.person("karin", groups=["Pejl-Controllere"])
    back = hub.consent(client.get(BEGIN).url, "karin")
    assert client.get(bent(back, state=state)).status_code == 400
    assert not inside(client)
    assert not User.objects.exists()


def test_what_began_in_one_browser_does_not_end_in_another(hub):
    attacker, victim = Client(), Client()
    victim.get(BEGIN)
    hub.person("mallory", groups=["Pejl-Controllere"])
    back = local(hub.consent(attacker.get(BEGIN).url, "mallory"))
    assert victim.get(back).status_code == 400
    assert not inside(victim)
    assert attacker.get(back).status_code == 302


def test_a_nonce_of_another_sign_in_lets_nobody_in(hub):
    hub.bend = lambda asked: asked | {"nonce": "another"}
    answer, client = come(hub, "karin", "Pejl-Controllere")
    assert answer.status_code == 403
    assert not inside(client)
    assert not User.objects.exists()


def test_a_token_without_a_nonce_lets_nobody_in(hub):
    hub.bend = lambda asked: {key: one for key, one in asked.items() if key != "nonce"}
    answer, client = come(hub, "karin", "Pejl-Controllere")
    assert answer.status_code == 403
    assert not inside(client)


def test_a_provider_that_calls_itself_something_else_lets_nobody_in(hub, settings, tmp_path):
    known(settings, hub, tmp_path, issuer=f"http://127.0.0.1:{hub.port}/")
    answer, client = come(hub, "karin", "Pejl-Controllere")
    assert answer.status_code == 403
    assert not inside(client)


def test_a_token_made_for_another_program_lets_nobody_in(hub, settings, tmp_path):
    client = Client()
    hub.person("karin", groups=["Pejl-Controllere"])
    back = local(hub.consent(client.get(BEGIN).url, "karin"))
    hub_of_the_token = settings.PEJL_OIDC
    settings.PEJL_OIDC = hub_of_the_token | {"client_id": "another"}
    assert client.get(back).status_code == 403
    assert not inside(client)


def test_an_expired_token_lets_nobody_in(hub, settings, tmp_path):
    with serving(timedelta(minutes=-2)) as late:
        known(settings, late, tmp_path)
        answer, client = come(late, "karin", "Pejl-Controllere")
    assert answer.status_code == 403
    assert not inside(client)


def test_whoever_signs_out_is_told_that_the_hubs_sign_in_goes_on_and_led_to_its_end(hub):
    _, client = come(hub, "karin", "Pejl-Controllere")
    answer = client.post(reverse("accounts:sign_out"))
    assert not inside(client)
    leave = reverse("accounts:provider_leave")
    assert leave in client.get(answer.url).content.decode()
    there = urlsplit(client.get(leave).url)
    assert urlunsplit(there[:2] + ("",) * 3) == hub.issuer
    assert parse_qs(there.query) == {"client_id": ["pejl"]}


def test_whoever_came_by_a_password_is_not(hub):
    User.objects.create_user("bo", password=PASSWORD, role=Role.BOARD)
    client = Client()
    client.post(reverse("accounts:sign_in"), {"username": "bo", "password": PASSWORD})
    answer = client.post(reverse("accounts:sign_out"))
    assert answer.url == reverse("accounts:sign_in")
    assert reverse("accounts:provider_leave") not in client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    "told",
    ["", "http://login.example.dk/slut", "javascript:alert(1)", "/slut", "//ond.example/slut"],
)
def test_a_provider_without_a_safe_end_leads_nobody_away(hub, monkeypatch, told):
    end = {"end_session_endpoint": told} if told else {}
    monkeypatch.setattr(Hub, "openid_config", {"issuer": hub.issuer} | end)
    answer = Client().get(reverse("accounts:provider_leave"), follow=True)
    assert answer.redirect_chain == [(reverse("accounts:sign_in"), 302)]
    assert "luk browseren" in answer.content.decode()


def test_a_code_is_good_once(hub):
    client = Client()
    hub.person("karin", groups=["Pejl-Controllere"])
    back = local(hub.consent(client.get(BEGIN).url, "karin"))
    assert client.get(back).status_code == 302
    client.post(reverse("accounts:sign_out"))
    assert client.get(back).status_code == 400  # the state is used up
    thief = Client()
    begun = urlsplit(thief.get(BEGIN).url)
    state = parse_qs(begun.query)["state"][0]
    assert thief.get(bent(back, state=state)).status_code == 403  # and so is the code
    assert not inside(thief)


@pytest.mark.parametrize(
    ("asked", "lands"),
    [("/registre/", "/registre/"), ("https://ond.example/", "/"), ("//ond.example", "/")],
)
def test_the_way_back_leads_into_the_house_alone(hub, asked, lands):
    begin = f"{BEGIN}?{urlencode({'next': asked})}"
    answer, _ = come(hub, "karin", "Pejl-Controllere", begin=begin)
    assert answer.url == lands


def test_somebody_who_turns_back_is_told_so(hub):
    client = Client()
    begun = parse_qs(urlsplit(client.get(BEGIN).url).query)
    back = reverse("accounts:provider_return")
    told = client.get(back, {"state": begun["state"][0], "error": "access_denied"})
    assert told.status_code == 403
    assert "Du forlod" in told.content.decode()


def test_a_provider_that_does_not_answer_is_said_calmly(hub, settings, tmp_path):
    known(settings, hub, tmp_path, issuer="http://localhost:1")
    answer = Client().get(BEGIN)
    assert answer.status_code == 503
    assert "svarer ikke" in answer.content.decode()


def test_without_a_provider_its_addresses_are_not_there(client, db):
    assert client.get(BEGIN).status_code == 404
    assert client.get(reverse("accounts:provider_return")).status_code == 404
    assert client.get(reverse("accounts:provider_leave")).status_code == 404
    assert "husets login" not in client.get(reverse("accounts:sign_in")).content.decode()


def test_the_session_key_is_a_new_one_after_coming_back(hub):
    client = Client()
    client.get(BEGIN)
    planted = client.session.session_key
    come(hub, "karin", "Pejl-Controllere", client=client)
    assert inside(client)
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert not inside(thief)


def test_whoever_signs_in_with_the_provider_is_asked_for_no_code_of_ours(hub, settings):
    settings.PEJL_REQUIRE_TOTP = True
    _, client = come(hub, "karin", "Pejl-Controllere")
    assert client.get(reverse("status:guide")).status_code == 200
