"""The yearly wheel: duties with days, owners and evidence; who may do what; the calendar feed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from pejl.base.errors import UserError
from pejl_hub.accounts.actions import make_demo_users
from pejl_hub.accounts.models import User
from pejl_hub.alerts.actions import look
from pejl_hub.alerts.words import said
from pejl_hub.audit.models import AuditEntry
from pejl_hub.closing.models import Close
from pejl_hub.publishing.models import Edition
from pejl_hub.publishing.models import State as EditionState
from pejl_hub.status import queries as status
from pejl_hub.wheel import actions, queries
from pejl_hub.wheel.actions import Told
from pejl_hub.wheel.demo import fill_wheel
from pejl_hub.wheel.models import Feed, Occasion, Plan, State
from tests.web.test_status_pages import words

pytestmark = pytest.mark.django_db
INSIDE = ["alice", "anna", "dorte", "tove", "ravi", "poul", "cille", "rune"]
OUTSIDE = ["bent", "kaj", "erna", "karla"]
CONTRACT, KKR = "ehhs-2024", "status_on_request"
JANUARY = reverse("wheel:occasion", args=[CONTRACT, "internal_monthly", "2024-01"])
REPORT = ("annual_report", "2024-01..2024-12")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path


def item(duty, key):
    return queries.find(CONTRACT, duty, key)


def told(**changes):
    return replace(Told(State.OPEN, date(2024, 2, 14)), **changes)


def done(item, **changes):
    said = {"state": State.DONE, "evidence": "Referat, punkt 4", "done_on": date(2024, 2, 2)}
    return actions.tell(item=item, told=told(due_on=item.due_on, **said | changes), by=None)


def a_close(first=date(2024, 1, 1), last=date(2024, 1, 31), **changes):
    return Close.objects.create(
        first_day=first,
        last_day=last,
        snapshot_id="s",
        snapshot_sha256="0",
        contract_sha256="0",
        code_version="0",
        signed="Alice",
        **changes,
    )


def an_edition(as_of, state=EditionState.PUBLISHED):
    return Edition.objects.create(
        contract_id=CONTRACT,
        contract_sha256="0",
        as_of=as_of,
        minimum=5,
        state=state,
        published_at=timezone.now(),
        who="alice",
    )


@pytest.mark.parametrize("name", INSIDE)
def test_the_house_sees_the_wheel(signed_in, name):
    client = signed_in(name)
    for page in ("year", "list", "duties", "feed"):
        assert client.get(reverse(f"wheel:{page}")).status_code == 200


@pytest.mark.parametrize("name", OUTSIDE)
def test_readers_outside_the_house_do_not(signed_in, name):
    client = signed_in(name)
    assert [client.get(reverse(f"wheel:{p}")).status_code for p in ("year", "list", "feed")] == [
        403
    ] * 3
    assert client.get(JANUARY).status_code == 403


@pytest.mark.parametrize(("name", "status"), [("alice", 302), ("dorte", 302), ("ravi", 403)])
def test_controller_and_director_keep_it_and_an_adviser_does_not(signed_in, name, status):
    answers = {"state": "open", "due_on": "2024-02-20"}
    assert signed_in(name).post(JANUARY, answers).status_code == status
    assert Occasion.objects.count() == (1 if status == 302 else 0)


def test_an_owner_tells_of_the_own_occasion_and_of_no_other(signed_in):
    ravi = signed_in("ravi")
    owner = User.objects.get(username="ravi")
    actions.tell(item=item(*REPORT), told=told(owner=owner, due_on=date(2025, 3, 1)), by=None)
    answers = {"state": "done", "due_on": "2025-03-01", "owner": owner.pk}
    answers |= {"done_on": "2025-02-20", "evidence": "Sendt med brev 25/117"}
    assert ravi.post(item(*REPORT).href, answers).status_code == 302
    assert item(*REPORT).state == State.DONE
    assert ravi.post(JANUARY, answers).status_code == 403


def test_the_year_shows_each_month_with_what_is_due_in_it(signed_in):
    page = words(signed_in("alice").get(reverse("wheel:year") + "?aar=2024"))
    assert "februar 2024 Intern målopfyldelse for Mål 1 opgøres månedligt" in page
    assert "frist 14. februar 2024" in page


def test_what_has_passed_its_day_is_said_in_calm_words(signed_in):
    page = signed_in("alice").get(JANUARY).content.decode()
    assert "Fristen er passeret" in page
    assert "opgør intern målopfyldelse månedligt" in page  # the clause, word for word


def test_a_binding_close_does_the_month_and_opening_it_again_undoes_that(signed_in):
    close = a_close()
    found = item("internal_monthly", "2024-01")
    assert (found.state, found.automatic) == (State.DONE, True)
    assert found.proof.href == reverse("governance:close", args=[close.pk])
    assert item("internal_monthly", "2024-02").state == State.OPEN
    signed_in("alice")
    one, other = User.objects.get(username="alice"), User.objects.get(username="anna")
    close.reopen_asked_at = close.reopened_at = timezone.now()
    close.reopen_asked_by, close.reopened_by = one, other
    close.save()
    assert item("internal_monthly", "2024-01").state == State.OPEN


def test_a_close_of_a_quarter_does_its_three_months():
    a_close(last=date(2024, 3, 31))
    states = [item("internal_monthly", f"2024-0{month}").state for month in (1, 2, 3, 4)]
    assert states == [State.DONE] * 3 + [State.OPEN]


def test_a_published_edition_tells_the_municipalities_and_a_failed_one_does_not():
    first, second = "2024-01..2024-03", "2024-04..2024-06"
    an_edition(date(2024, 2, 29))
    an_edition(date(2024, 5, 31), EditionState.FAILED)
    assert item("municipal_running", first).automatic
    assert item("municipal_running", second).state == State.OPEN
    assert item("efforts_to_board", first).state == State.OPEN  # the board is told otherwise


def test_what_somebody_said_is_kept_before_what_pejl_finds():
    actions.tell(
        item=item("internal_monthly", "2024-01"),
        told=told(state=State.NOT_NEEDED, because="Lukket sammen med februar"),
        by=None,
    )
    a_close()
    found = item("internal_monthly", "2024-01")
    assert (found.state, found.automatic) == (State.NOT_NEEDED, False)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"evidence": ""}, "what shows it|hvad der viser det"),
        ({"done_on": None}, "what shows it|hvad der viser det"),
        ({"done_on": date(2999, 1, 1)}, "not come|ikke er kommet"),
        ({"state": State.NOT_NEEDED}, "reason|begrundelsen"),
    ],
)
def test_done_needs_evidence_and_not_needed_a_reason(changes, sentence):
    with pytest.raises(UserError, match=sentence):
        done(item(*REPORT), **changes)
    assert not Occasion.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_refused_answer_keeps_what_was_typed(signed_in):
    answers = {"state": "done", "due_on": "2024-02-14", "evidence": "", "done_on": "2024-02-02"}
    answer = signed_in("alice").post(JANUARY, answers)
    assert answer.status_code == 400
    assert 'value="2024-02-02"' in answer.content.decode()


def test_a_cpr_number_is_no_evidence(signed_in):
    answers = {"state": "done", "due_on": "2024-02-14", "evidence": "Se 251299-1234"}
    answer = signed_in("alice").post(JANUARY, answers | {"done_on": "2024-02-02"})
    assert "CPR-numre gemmes aldrig" in words(answer)
    with pytest.raises(ValidationError):
        done(item(*REPORT), evidence="251299-1234")


def test_each_write_leaves_an_entry_with_old_and_new(signed_in):
    done(item(*REPORT))
    done(item(*REPORT), evidence="Brev 25/117")
    last, first = AuditEntry.objects.filter(action="occasion.changed")
    assert first.details["changed"]["evidence"] == [None, "Referat, punkt 4"]
    assert last.details == {"changed": {"evidence": ["Referat, punkt 4", "Brev 25/117"]}}


def test_the_day_follows_the_plan_until_somebody_moves_it(signed_in):
    contract = status.contract_on(date(2024, 6, 30))
    done(item("internal_monthly", "2024-02"))
    moved = item("internal_monthly", "2024-03")
    actions.tell(item=moved, told=told(due_on=date(2024, 4, 30)), by=None)
    actions.plan_duty(
        contract=contract,
        duty="internal_monthly",
        working_days=3,
        months=None,
        owner=None,
        because="Aftalt i ledelsen",
        by=None,
    )
    due = [item("internal_monthly", f"2024-0{m}").due_on for m in (1, 2, 3)]
    assert due == [date(2024, 2, 5), date(2024, 3, 5), date(2024, 4, 30)]
    assert Plan.objects.get().because == "Aftalt i ledelsen"


def test_a_plan_is_made_on_its_page_and_says_where_the_days_come_from(signed_in):
    alice = signed_in("alice")
    page = reverse("wheel:plan", args=[CONTRACT, "efforts_to_board"])
    answers = {"working_days": 5, "months": 6, "because": "Bestyrelsens mødeplan"}
    assert alice.post(page, answers | {"because": ""}).status_code == 400
    assert alice.post(page, answers).status_code == 302
    assert item("efforts_to_board", "2024-01..2024-06").due_on == date(2024, 7, 5)
    assert "Bestyrelsens mødeplan" in words(alice.get(reverse("wheel:duties")))
    assert signed_in("ravi").get(page).status_code == 403
    unforeseen = reverse("wheel:plan", args=[CONTRACT, KKR])
    assert alice.get(unforeseen).status_code == 404


def test_what_kkr_asks_for_is_added_by_hand_and_can_be_taken_away(signed_in):
    alice = signed_in("alice")
    answers = {"duty": KKR, "title": "Status til mødet i juni", "due_on": "2024-06-12"}
    assert signed_in("ravi").post(reverse("wheel:add"), answers).status_code == 403
    assert alice.post(reverse("wheel:add"), answers).status_code == 302
    row = Occasion.objects.get()
    found = item(KKR, f"h{row.pk}")
    assert (found.title, found.by_hand) == ("Status til mødet i juni", True)
    assert alice.get(found.href + "fjern/").status_code == 200
    assert alice.post(found.href + "fjern/").status_code == 302
    assert not Occasion.objects.exists()
    actions_seen = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"occasion.created", "occasion.removed"} <= actions_seen


def test_what_the_contract_obliges_to_is_never_taken_away(signed_in):
    row = done(item(*REPORT))
    with pytest.raises(UserError):
        actions.remove(row=row, by=None)
    assert signed_in("alice").post(item(*REPORT).href + "fjern/").status_code == 404


def test_the_list_is_narrowed_by_state_owner_and_reader(signed_in):
    alice = signed_in("alice")
    owner = User.objects.get(username="alice")
    actions.tell(item=item(*REPORT), told=told(owner=owner, due_on=date(2025, 3, 1)), by=None)
    done(item("director_accounts", "2024-01..2024-03"))

    def listed(query):
        page = alice.get(reverse("wheel:list") + query)
        return {(line.item.duty.id, line.item.key) for line in page.context["lines"]}

    assert listed("?ejer=mig") == {REPORT}
    assert listed("?tilstand=udfoert") == {("director_accounts", "2024-01..2024-03")}
    assert {duty for duty, _ in listed("?modtager=board")} == {
        "annual_report",
        "efforts_to_board",
        "director_accounts",
    }
    assert listed("?tilstand=overskredet&ejer=mig") == {REPORT}
    assert listed("?ejer=noget-andet") == listed("")


def test_the_desk_tells_of_the_own_occasions_that_have_passed_their_day(signed_in):
    tove = signed_in("tove")
    assert "årshjulet" not in words(tove.get(reverse("desk:home"))).split("Min")[-1]
    owner = User.objects.get(username="tove")
    actions.tell(item=item(*REPORT), told=told(owner=owner, due_on=date(2025, 3, 1)), by=None)
    assert "1 af dine opgaver i årshjulet har passeret fristen" in words(
        tove.get(reverse("desk:home"))
    )


def test_an_alert_is_given_once_of_the_newest_occasion_that_has_passed(signed_in, settings):
    settings.PEJL_CLOSE_DAYS = 999
    on = date(2024, 8, 1)
    found = {alert.subject: alert for alert in look(on) if alert.kind == "duty_late"}
    assert "efforts_to_board:2024-04..2024-06" in found
    assert "efforts_to_board:2024-01..2024-03" not in found
    assert not [one for one in found if one.startswith("internal_monthly")]
    line = said(found["efforts_to_board:2024-04..2024-06"])
    assert line.title.startswith("Fristen er passeret: Løbende redegørelse")
    assert signed_in("alice").get(line.href).status_code == 200
    assert look(on + timedelta(days=1)) == []


def test_the_feed_reads_back_as_all_day_events_without_names(signed_in, client):
    alice = signed_in("alice")
    owner = User.objects.get(username="alice")
    actions.tell(item=item(*REPORT), told=told(owner=owner, due_on=date(2025, 3, 3)), by=None)
    page = alice.post(reverse("wheel:feed"), {"everything": "alle"})
    address = page.context["address"]
    assert page["Cache-Control"] == "no-store"
    answer = client.get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    events = {str(event["uid"]): event for event in Calendar.from_ical(answer.content).events}
    assert len(events) == len(queries.whole_wheel())
    event = events["ehhs-2024.annual_report.2024-01..2024-12@pejl"]
    assert event["dtstart"].dt == date(2025, 3, 3)
    assert event["dtend"].dt == date(2025, 3, 4)
    assert str(event["summary"]).startswith("Årlig samlet rapport")
    assert "Lund" not in answer.content.decode()
    assert client.get(address).content == answer.content
    untouched = events["ehhs-2024.internal_monthly.2024-05@pejl"]
    assert untouched["dtstamp"].dt == datetime(2023, 12, 31, 23, tzinfo=UTC)


def test_a_new_address_ends_the_old_and_ending_it_ends_both(signed_in, client):
    alice = signed_in("alice")
    addresses = [
        alice.post(reverse("wheel:feed"), {"everything": "mine"}).context["address"]
        for _ in range(2)
    ]
    assert [client.get(one).status_code for one in addresses] == [404, 200]
    alice.post(reverse("wheel:end_feed"))
    assert [client.get(one).status_code for one in addresses] == [404, 404]


def test_a_feed_of_ones_own_leaves_out_what_others_own(signed_in, client):
    alice, dorte = signed_in("alice"), User.objects.get(username="dorte")
    actions.tell(item=item(*REPORT), told=told(owner=dorte, due_on=date(2025, 3, 3)), by=None)
    address = alice.post(reverse("wheel:feed"), {"everything": "mine"}).context["address"]
    uids = {str(e["uid"]) for e in Calendar.from_ical(client.get(address).content).events}
    assert len(uids) == len(queries.whole_wheel()) - 1
    assert "ehhs-2024.annual_report.2024-01..2024-12@pejl" not in uids


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": "board"}])
def test_the_feed_of_somebody_who_has_left_opens_nothing(signed_in, client, change):
    address = signed_in("alice").post(reverse("wheel:feed"), {"everything": "alle"})
    address = address.context["address"]
    assert client.get(address).status_code == 200
    User.objects.filter(username="alice").update(**change)
    assert client.get(address).status_code == 404
    assert Feed.objects.exists()


def test_the_demo_s_wheel_is_filled_once_and_only_in_a_demo(db):
    fill_wheel()
    assert not Occasion.objects.exists()
    make_demo_users()
    fill_wheel()
    first = Occasion.objects.count()
    late = {(one.duty.id, one.key) for one in queries.overdue(date(2026, 1, 1))}
    assert late == {
        ("internal_monthly", "2024-12"),
        ("efforts_to_board", "2024-10..2024-12"),
        ("municipal_running", "2024-10..2024-12"),  # until the year's edition is published
    }
    fill_wheel()
    assert Occasion.objects.count() == first > 20
