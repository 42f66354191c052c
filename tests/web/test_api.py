"""The interface for other programs: keys, figures, rows, recording, refusals."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from pejl_hub.accounts.actions import make_demo_users
from pejl_hub.accounts.models import User
from pejl_hub.api.actions import find_key, make_key, revoke_key
from pejl_hub.api.models import Answered, Key, Scope
from pejl_hub.audit.models import AuditEntry
from pejl_hub.closing.models import Close, Correction
from pejl_hub.companies.models import Company, Person
from pejl_hub.events.models import Attendance, Event, Signup
from pejl_hub.guidance.models import Guidance

pytestmark = pytest.mark.django_db
DAY = "2024-03-05"
HELD = {"cvr": "10150809", "held_on": DAY, "segment": "growth", "municipality": "101"}


@pytest.fixture
def ask(db):
    """Ask as a demo user, with a key for everything unless ``scopes`` says otherwise."""
    make_demo_users()
    secrets = {}

    def send(who, method, path, body=None, *, name=None, scopes=tuple(Scope), secret=None):
        if secret is None and (who, scopes) not in secrets:
            user = User.objects.get(username=who)
            secrets[who, scopes] = make_key(user=user, name="test", scopes=scopes, days=1)[1]
        headers = {"authorization": f"Bearer {secret or secrets[who, scopes]}"}
        if name:
            headers["idempotency-key"] = name
        return getattr(Client(), method)(
            f"/api/v1/{path}", body, content_type="application/json", headers=headers
        )

    return send


@pytest.fixture
def company(db):
    return Company.objects.create(cvr="10150809", name="Ærlig Bager")


@pytest.fixture
def event(db):
    return Event.objects.create(title="Eksport", held_on=date(2024, 3, 6), municipality="101")


def problem(answer, status):
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    return answer.json()


# ---- keys ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer pejl_wrong", "Basic YTpi"])
def test_without_a_key_that_holds_nothing_is_told(db, header):
    answer = Client().get("/api/v1/figures", headers={"authorization": header})
    assert problem(answer, 401)["type"] == "urn:pejl:problem:key"
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_session_is_no_key(signed_in):
    problem(signed_in("alice").get("/api/v1/figures"), 401)


def test_a_key_opens_until_it_is_revoked_or_has_expired_or_its_user_has_gone(ask, year):
    alice = User.objects.get(username="alice")
    for close in ("revoke", "expire", "leave"):
        key, secret = make_key(user=alice, name="x", scopes=["read_figures"], days=1)
        assert ask("", "get", "figures", secret=secret).status_code == 200
        if close == "revoke":
            revoke_key(key=key, by=alice)
        elif close == "expire":
            Key.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        else:
            User.objects.filter(pk=alice.pk).update(is_active=False)
        problem(ask("", "get", "figures", secret=secret), 401)


def test_only_the_hash_of_a_key_is_stored(ask):
    key, secret = make_key(
        user=User.objects.get(username="alice"), name="x", scopes=["read_figures"], days=1
    )
    assert find_key(secret) == key
    stored = [str(vars(one)) for one in (*Key.objects.all(), *AuditEntry.objects.all())]
    assert not any(secret in text for text in stored)


@pytest.mark.parametrize(
    ("who", "method", "path", "scope"),
    [
        ("alice", "get", "figures", "read_records"),  # a key for something else
        ("alice", "post", "guidances", "read_figures"),
        ("bent", "get", "figures", "read_figures"),  # a role that sees no small counts
        ("karla", "get", "figures", "read_figures"),
        ("rune", "post", "guidances", "write_guidance"),  # a role that records nothing
        ("poul", "post", "guidances", "write_guidance"),
        ("rune", "post", "events/1/attendances", "write_attendance"),
    ],
)
def test_neither_key_nor_role_gives_more_than_the_other(
    ask, company, event, year, who, method, path, scope
):
    body = HELD if path == "guidances" else {"name": "Ida"} if method == "post" else None
    problem(ask(who, method, path, body, name="one-two-three", scopes=(scope,)), 403)
    assert not Guidance.objects.exists()
    assert not Signup.objects.exists()


# ---- figures ------------------------------------------------------------------------------------


def test_the_figures_are_those_of_the_page(ask, year):
    answer = ask("alice", "get", "figures?as_of=2024-06-30").json()
    assert answer["snapshot"]["sha256"] == year.sha256
    assert {goal["id"] for goal in answer["goals"]} >= {"guidance", "net_unique"}


@pytest.mark.parametrize("place", ["", "&municipality=101", "&municipality=151"])
def test_the_listed_rows_recount_to_the_figure(ask, year, place):
    for goal in ("guidance", "guidance_5plus", "gross_participations", "net_unique"):
        told = ask("alice", "get", f"figures/{goal}/records?as_of=2024-06-30{place}").json()
        counted = [row for row in told["records"] if row.get("counted", True)]
        assert told["page"] == told["pages"] == 1
        assert len(told["records"]) == told["total"]
        figure = told["value"] if told["denominator"] is None else told["numerator"]
        assert len(counted) == told["counted"] == figure, goal


def test_who_may_not_see_names_gets_none(ask, year):
    path = "figures/guidance/records?as_of=2024-06-30"
    advisers = {row["adviser"] for row in ask("ravi", "get", path).json()["records"]}
    assert advisers <= {None, "(skjult)"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("figures?as_of=2031-01-01", 404),
        ("figures?as_of=yesterday", 422),
        ("figures?municipality=999", 404),
        ("figures?municipality=x' or 1=1", 422),
        ("figures/unknown/records", 404),
        ("figures/guidance/records?page=0", 422),
        ("guidances/99", 404),
        ("nothing", 404),
    ],
)
def test_what_is_not_there_is_refused(ask, year, path, status):
    answer = ask("alice", "get", path)
    assert answer.status_code == status


# ---- recording ----------------------------------------------------------------------------------


def test_a_guidance_is_recorded_once_however_often_it_is_sent(ask, company):
    first = ask("ravi", "post", "guidances", HELD, name="booking-4711")
    again = ask("ravi", "post", "guidances", HELD, name="booking-4711")
    assert first.json() == again.json()
    held = Guidance.objects.get()
    assert (held.company, held.segment, held.municipality) == (company, "growth", "101")
    assert held.recorded_by == "ravi"
    read = ask("ravi", "get", f"guidances/{held.pk}").json()
    assert (read["cvr"], read["held_on"]) == ("10150809", DAY)


def test_one_name_is_for_one_request(ask, company):
    ask("ravi", "post", "guidances", HELD, name="booking-4711")
    other = ask("ravi", "post", "guidances", HELD | {"minutes": 60}, name="booking-4711")
    assert "random UUID" in json.dumps(problem(other, 422)) or other.json()["needed"]
    assert Guidance.objects.count() == 1


def test_a_refused_request_leaves_its_name_free(ask, company):
    wrong = HELD | {"segment": "giant"}
    problem(ask("ravi", "post", "guidances", wrong, name="booking-4711"), 422)
    assert not Answered.objects.exists()
    assert ask("ravi", "post", "guidances", HELD, name="booking-4711").status_code == 200


def test_without_a_name_nothing_is_recorded(ask, company):
    problem(ask("ravi", "post", "guidances", HELD), 422)
    assert not Guidance.objects.exists()


def test_a_person_is_made_when_named_and_a_company_never(ask):
    person = {"person_name": "Ida Lund", "held_on": DAY, "segment": "pre_starter"}
    assert ask("ravi", "post", "guidances", person, name="a-person").status_code == 200
    assert Person.objects.get().name == "Ida Lund"
    unknown = HELD | {"cvr": "10150817"}
    answer = ask("ravi", "post", "guidances", unknown, name="no-such-company")
    assert "who" in problem(answer, 422)["errors"]
    assert not Company.objects.exists()


FUTURE = (timezone.localdate() + timedelta(days=3)).isoformat()
REFUSED = {
    "a day to come": {"held_on": FUTURE},
    "no such code": {"need": "wizardry"},
    "no segment": {"segment": None},
    "a strange place": {"municipality": "999"},
    "no day": {"held_on": "soon"},
    "a strange state": {"state": "dreamt"},
}


@pytest.mark.parametrize("fault", REFUSED)
def test_the_rules_are_those_of_the_form(ask, company, fault):
    body = {k: v for k, v in (HELD | REFUSED[fault]).items() if v is not None}
    problem(ask("ravi", "post", "guidances", body, name="one-two-three"), 422)
    assert not Guidance.objects.exists()


TEXTS = ["person_name", "person_email", "need", "outcome", "next_step", "priority_area", "team",
         "reason", "cvr", "client", "channel", "municipality"]  # fmt: skip


@pytest.mark.parametrize("field", TEXTS)
def test_what_looks_like_a_cpr_number_is_refused_in_every_text(ask, company, field):
    body = {"person_name": "Ida", "held_on": DAY, "segment": "pre_starter"}
    answer = ask("ravi", "post", "guidances", body | {field: "Ida 251299-1234"}, name="cpr-12345")
    assert "CPR" in json.dumps(problem(answer, 422)["errors"])
    assert not Guidance.objects.exists()
    assert not Person.objects.exists()


@pytest.mark.parametrize("field", ["name", "email", "cvr", "reason"])
def test_so_it_is_for_attendance(ask, event, field):
    body = {"name": "Ida"} | {field: "251299-1234"}
    answer = ask("ravi", "post", f"events/{event.pk}/attendances", body, name="cpr-12345")
    assert "CPR" in json.dumps(problem(answer, 422)["errors"])
    assert not Signup.objects.exists()


def test_an_attendance_is_recorded_once(ask, event, company):
    path, body = f"events/{event.pk}/attendances", {"name": "Ida", "cvr": "10150809"}
    first = ask("ravi", "post", path, body, name="door-12345")
    assert first.json() == ask("ravi", "post", path, body, name="door-12345").json()
    assert first.json()["state"] == "attended"
    assert Attendance.objects.get().company == company


def test_a_closed_month_needs_a_reason(ask, company):
    Close.objects.create(
        first_day=date(2024, 3, 1), last_day=date(2024, 3, 31), snapshot_id="s",
        snapshot_sha256="0", contract_sha256="0", code_version="0", signed="A",
    )  # fmt: skip
    refused = ask("ravi", "post", "guidances", HELD, name="late-12345")
    assert problem(refused, 409)["type"] == "urn:pejl:problem:closed-period"
    late = HELD | {"reason": "Glemt"}
    assert ask("ravi", "post", "guidances", late, name="late-12345").status_code == 200
    assert Correction.objects.get().reason == "Glemt"


# ---- the page -----------------------------------------------------------------------------------


def test_a_key_is_made_shown_once_and_revoked_on_the_page(signed_in):
    alice = signed_in("alice")
    assert "Du har ingen nøgle endnu" in alice.get("/api/noegler/").content.decode()
    made = alice.post("/api/noegler/", {"name": "Power BI", "scopes": "read_figures", "days": "30"})
    secret = made.context["secret"]
    assert secret in made.content.decode()
    assert made["Cache-Control"] == "no-store"
    assert secret not in alice.get("/api/noegler/").content.decode()
    key = Key.objects.get()
    assert signed_in("ravi").post(f"/api/noegler/{key.pk}/luk/").status_code == 404
    assert "Power BI" in alice.get(f"/api/noegler/{key.pk}/luk/").content.decode()
    alice.post(f"/api/noegler/{key.pk}/luk/")
    assert find_key(secret) is None
    made, revoked = AuditEntry.objects.filter(object_type="api.key").order_by("pk")
    assert (made.action, revoked.action) == ("api_key.made", "api_key.revoked")


@pytest.mark.parametrize("wrong", [{"days": "400"}, {"name": "251299-1234"}, {"scopes": "all"}])
def test_a_key_without_bounds_is_refused(signed_in, wrong):
    asked = {"name": "Power BI", "scopes": "read_figures", "days": "30"} | wrong
    assert signed_in("alice").post("/api/noegler/", asked).status_code == 400
    assert not Key.objects.exists()


def test_readers_outside_the_house_make_none(signed_in):
    assert signed_in("bent").get("/api/noegler/").status_code == 403


def test_the_description_names_every_request_and_refusal(db):
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    assert set(paths) == {
        "/api/v1/figures", "/api/v1/figures/{goal}/records", "/api/v1/guidances",
        "/api/v1/guidances/{number}", "/api/v1/events/{number}/attendances",
        "/api/v1/reports", "/api/v1/reports/{key}/files/{form}", "/api/v1/open",
        "/api/v1/open/{number}/figures", "/api/v1/open/{number}/package",
    }  # fmt: skip
    for one in (operation for path in paths.values() for operation in path.values()):
        assert {"200", "401", "403", "422", "429"} <= set(one["responses"])


@pytest.mark.parametrize(
    ("name", "status"), [("251299-1234", 422), ("order 2512991234", 422), ("order-2024-1", 200)]
)
def test_a_request_is_not_named_by_a_cpr_number(ask, company, name, status):
    answer = ask("ravi", "post", "guidances", HELD, name=name)
    assert answer.status_code == status, answer.content
    assert Answered.objects.filter(name=name).exists() is (status == 200)
    if status != 200:
        assert "CPR" in answer.content.decode()
        assert not Guidance.objects.exists()
