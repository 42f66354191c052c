"""Data quality on pages: who may, the rows behind each number, mending many, and undoing it."""

import csv
import io
import re
from datetime import date

import pytest
from django.urls import reverse

from pejl_hub.accounts.models import Role, User
from pejl_hub.closing.models import Close, Correction
from pejl_hub.companies.models import Company, Contact, Person
from pejl_hub.events.models import Attendance, Event
from pejl_hub.guidance.models import Guidance
from pejl_hub.outreach.models import Approach
from pejl_hub.quality import queries
from pejl_hub.quality.checks import CHECKS as CHECK_TABLE
from pejl_hub.quality.finding import WrongRow
from pejl_hub.quality.tables import make_listing
from tests.web.test_status_pages import words

CHECKS = reverse("quality:checks")
DAY = {"dato": "2024-06-30"}
# Guidances held by day: what each lacks or is. The third repeats the second.
DRAWN = """
day         client  segment      size  place  recorded
2024-02-01  baker   growth       .     101    2024-02-02
2024-03-04  baker   growth       12    .      2024-03-05
2024-03-04  baker   growth       12    101    2024-05-05
2024-04-02  diver   operating    5     751    2024-04-02
2024-05-02  diver   growth       5     147    2024-05-02
2024-05-03  hanne   pre_starter  .     101    2024-05-03
"""


def address(name, check, *more, **asked):
    query = "&".join(f"{k}={v}" for k, v in (DAY | asked).items())
    return f"{reverse(f'quality:{name}', args=[check, *more])}?{query}"


@pytest.fixture
def drawn(db, settings, tmp_path):
    settings.DATA = tmp_path
    baker = Company.objects.create(cvr="10150817", name="Ærlig Bager")
    diver = Company.objects.create(cvr="10150825", name="Dybt Vand")
    hanne = Person.objects.create(name="Hanne Holm", email="hanne@dyb.example")
    Contact.objects.create(company=diver, name="H. Holm", email="hanne@dyb.example")
    whom = {"baker": {"company": baker}, "diver": {"company": diver}, "hanne": {"person": hanne}}
    header, *rows = (line.split() for line in DRAWN.strip().splitlines())
    for row in rows:
        one = {k: None if v == "." else v for k, v in zip(header, row, strict=True)}
        Guidance.objects.create(
            held_on=date.fromisoformat(one["day"]),
            recorded_on=date.fromisoformat(one["recorded"]),
            type="orienting" if one["client"] == "hanne" else "specialised",
            state="held",
            adviser="ravi" if one["client"] == "baker" else "tove",
            segment=one["segment"],
            employees=one["size"],
            municipality=one["place"],
            **whom[one["client"]],
        )
    event = Event.objects.create(title="Dag", held_on=date(2024, 5, 5))
    Attendance.objects.create(event=event, company=baker, state="attended", municipality="101")
    Approach.objects.create(
        contacted_on=date(2024, 2, 2), cvr="10150817", employees=7, with_local_service=True
    )


# What the drawn records come to: no size 1 + the attendance; no municipality 1 + the approach.
FOUND = {
    "uden-stoerrelse": 2,
    "uden-kommune": 2,
    "sent": 1,
    "fremtid": 0,
    "dublet": 1,
    "uden-for-omraadet": 1,
    "segmentspring": 1,
    "person-uden-virksomhed": 1,
}


def test_the_page_shows_every_check_with_its_rows(signed_in, drawn):
    page = signed_in("alice").get(CHECKS, DAY)
    assert {line.check.name: line.wrong for line in page.context["lines"]} == FOUND
    shown = words(page)
    assert "Uden størrelse" in shown
    assert "Person uden virksomhed" in shown


def test_a_future_day_is_found_though_it_lies_behind_the_day_asked_about(signed_in, drawn):
    Guidance.objects.filter(held_on="2024-05-02").update(
        held_on=date(2024, 12, 24), recorded_on=date(2024, 12, 24)
    )
    client, basis = signed_in("alice"), queries.basis

    def in_the_year(contract, day):
        return basis(contract, day, today=date(2024, 7, 1))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "basis", in_the_year)
        found = client.get(address("rows", "fremtid", "guidance"))
    assert "24. december 2024" in words(found)
    assert "Dagen er ikke kommet endnu" in words(found)


@pytest.mark.parametrize("user", ["alice", "dorte", "tove", "rune", "anna"])
def test_who_looks_after_quality_may_see_it(signed_in, drawn, user):
    client = signed_in(user)
    assert client.get(CHECKS, DAY).status_code == 200
    assert client.get(address("check", "dublet")).status_code == 200
    assert client.get(address("rows", "dublet", "guidance")).status_code == 200


@pytest.mark.parametrize("user", ["ravi", "poul", "cille", "bent", "kaj", "karla", "erna"])
def test_others_may_not(signed_in, drawn, user):
    client = signed_in(user)
    for at in (
        CHECKS,
        reverse("quality:effects"),
        address("check", "dublet"),
        address("chart", "dublet"),
        address("rows", "dublet", "guidance"),
        address("rows", "dublet", "guidance", format="csv"),
    ):
        assert client.get(at).status_code == 403


@pytest.mark.parametrize("check", FOUND)
def test_a_check_lists_exactly_as_many_rows_as_it_counts(signed_in, drawn, check):
    client = signed_in("alice")
    page = client.get(address("check", check)).context
    listed = 0
    for register in page["check"].registers:
        answer = client.get(address("rows", check, register, format="csv"))
        lines = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
        listed += len(lines) - 1
        excel = client.get(address("rows", check, register, format="xlsx"))
        assert excel.getvalue().startswith(b"PK")
    assert listed == page["line"].wrong == FOUND[check]
    assert sum(row.wrong for row in page["months"]) == FOUND[check]
    assert sum(row.wrong for row in page["owners"]) == FOUND[check]


@pytest.mark.parametrize(
    ("check", "said"),
    [
        ("sent", "62 dage"),
        ("dublet", "Som post"),
        ("segmentspring", "Var driftsvirksomhed"),
        ("person-uden-virksomhed", "Måske CVR 10150825"),
    ],
)
def test_a_row_says_what_is_odd_about_it(signed_in, drawn, check, said):
    assert said in words(signed_in("alice").get(address("rows", check, "guidance")))


def test_the_effect_is_counted_and_names_the_goals_that_would_move(signed_in, drawn):
    page = signed_in("alice").get(address("check", "dublet"))
    (effect,) = page.context["effects"]
    moved = {row.goal: (row.now.value, row.then.value, row.difference) for row in effect.rows}
    # five specialised guidances of companies, one of which is the double
    assert moved["guidance"] == ("5", "4", "−1")
    assert "net_unique" not in moved
    linked = signed_in("alice").get(address("check", "person-uden-virksomhed"))
    assert [row.goal for row in linked.context["effects"][1].rows] == ["net_unique"]


def test_the_effects_of_all_checks_come_as_cells_of_the_page(signed_in, drawn):
    shown = signed_in("alice").get(reverse("quality:effects"), DAY).content.decode()
    assert shown.count("hx-swap-oob") == len(FOUND)
    assert 'id="effect-dublet"' in shown


def test_the_trend_is_a_picture_where_there_is_one_and_always_a_table(signed_in, drawn):
    client = signed_in("alice")
    assert client.get(address("chart", "dublet"))["Content-Type"] == "image/svg+xml"
    assert client.get(address("chart", "fremtid")).status_code == 404
    page = client.get(address("check", "dublet")).context
    assert [row.wrong for row in page["months"]] == [0, 0, 1, 0, 0, 0]


def test_names_of_advisers_and_persons_are_for_those_who_may_see_them(signed_in, drawn):
    at = address("check", "person-uden-virksomhed")
    rows = address("rows", "person-uden-virksomhed", "guidance")
    for user, sees in (("alice", True), ("rune", False)):
        client = signed_in(user)
        assert ("tove" in words(client.get(at))) is sees
        assert ("Hanne Holm" in words(client.get(rows))) is sees
        by_name = words(client.get(f"{rows}&adviser=tove"))
        assert ("1 række" in by_name) is sees


@pytest.mark.parametrize("register", ["guidance", "attendance", "outreach"])
def test_each_row_leads_to_pages_that_its_reader_may_open(signed_in, drawn, register):
    check = "uden-kommune" if register != "attendance" else "uden-stoerrelse"
    for user, linked in (("alice", True), ("rune", False)):
        client = signed_in(user)
        page = client.get(address("rows", check, register)).content.decode()
        table = page[page.index("<tbody") : page.index("</tbody>")]
        hrefs = set(re.findall(r'href="([^"]+)"', table))
        assert bool(hrefs) is linked
        assert {client.get(href).status_code for href in hrefs} <= {200}


def test_what_does_not_exist_is_not_found(signed_in, drawn):
    client = signed_in("alice")
    assert client.get(address("check", "stavefejl")).status_code == 404
    assert client.get(address("rows", "dublet", "press")).status_code == 404
    assert client.get(address("rows", "sent", "outreach")).status_code == 404


def change(client, check, value, field, rows, step="udfoer", **more):
    given = {"handling": field, "trin": step, "valgt": rows, "value": value, **more}
    return client.post(address("rows", check, "guidance"), given)


def test_many_rows_are_mended_at_once_and_it_is_undone_as_one(signed_in, drawn):
    client, row = signed_in("alice"), Guidance.objects.get(employees=None, person=None)
    preview = change(client, "uden-stoerrelse", "8", "employees", [row.pk], "vis")
    (line,) = preview.context["changing"]
    assert (line.before, line.after) == ("ukendt", "8")
    made = change(
        client, "uden-stoerrelse", "8", "employees", [row.pk], **{f"foer-{row.pk}": "ukendt"}
    )
    row.refresh_from_db()
    assert (made.status_code, row.employees) == (302, 8)
    page = client.get(made.url)
    assert words(page).count("Ærlig Bager") == 0
    edit = page.context["bulk"]["edit"]
    undone = change(client, "uden-stoerrelse", "", "employees", [], "fortryd", redigering=edit.pk)
    row.refresh_from_db()
    assert (undone.status_code, row.employees) == (302, None)


def test_a_closed_month_asks_why_before_many_rows_change(signed_in, drawn):
    Close.objects.create(
        first_day=date(2024, 2, 1),
        last_day=date(2024, 2, 29),
        snapshot_id="s",
        snapshot_sha256="0",
        contract_sha256="0",
        code_version="0",
        signed="Alice",
    )
    client, row = signed_in("alice"), Guidance.objects.get(employees=None, person=None)
    refused = change(client, "uden-stoerrelse", "8", "employees", [row.pk], "vis")
    assert refused.context["refused"]
    given = {f"foer-{row.pk}": "ukendt", "reason": "Slået op i CVR"}
    change(client, "uden-stoerrelse", "8", "employees", [row.pk], **given)
    assert Correction.objects.get().reason == "Slået op i CVR"


def test_the_director_sees_but_does_not_mend(signed_in, drawn):
    row = Guidance.objects.get(employees=None, person=None)
    client = signed_in("dorte")
    assert change(client, "uden-stoerrelse", "8", "employees", [row.pk], "vis").status_code == 403
    assert "Ret de valgte" not in words(client.get(address("rows", "uden-stoerrelse", "guidance")))
    assert "Ret de valgte" in words(
        signed_in("alice").get(address("rows", "uden-stoerrelse", "guidance"))
    )


def test_the_rows_of_a_list_are_those_of_the_numbers_given(drawn):
    wanted = Guidance.objects.filter(employees=12)
    wrong = {row.pk: WrongRow(None, None) for row in wanted}
    user = User(role=Role.CONTROLLER)
    listing = make_listing(CHECK_TABLE["dublet"], "guidance", wrong, user=user)
    assert set(listing.rows(user)) == set(wanted)
    every = make_listing(CHECK_TABLE["dublet"], "guidance", {}, user=user, everything=True)
    assert every.rows(user).count() == Guidance.objects.count()
    assert not make_listing(CHECK_TABLE["dublet"], "guidance", {}, user=user).rows(user).exists()
