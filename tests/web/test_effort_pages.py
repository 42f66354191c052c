"""The special efforts' pages: who may, what is asked, what the figure then says, what stays."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pejl.contract.load import load
from pejl.standing.stand import stand
from pejl_hub.accounts.models import User
from pejl_hub.audit.models import AuditEntry
from pejl_hub.closing.models import Close, Correction
from pejl_hub.companies.models import Company
from pejl_hub.efforts.models import Activity, Attachment, Partner
from pejl_hub.efforts.papers import place
from pejl_hub.events.models import Attendance, Event
from pejl_hub.evidence.models import Effort, Milestone, ProgressNote
from pejl_hub.outreach.models import Campaign
from pejl_hub.snapshots.actions import ensure_snapshot
from tests.web.conftest import CONTRACT
from tests.web.test_status_pages import words

YEAR_END = date(2024, 12, 31)
PDF = b"%PDF-1.7 made up"
CPR = "251299-1234"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def effort(db):
    return Effort.objects.create(goal="effort_digital", title="AI Boost")


@pytest.fixture
def alice(signed_in):
    return signed_in("alice")


def at(name, *args):
    return reverse(f"efforts:{name}", args=args)


def closed(first=date(2024, 3, 1), last=date(2024, 3, 31)):
    return Close.objects.create(first_day=first, last_day=last, snapshot_id="s", signed="Alice")


def milestone(effort, **values):
    values = {"title": "Åbning", "due_on": date(2024, 9, 1)} | values
    return Milestone.objects.create(effort=effort, **values)


def note(**values):
    typed = {"noted_on": "2024-06-20", "state": "on_track", "text": "Ti har prøvet.", "because": ""}
    return typed | values


def test_an_effort_is_begun_from_its_goal_and_only_once(alice):
    alice.post(at("begin", "effort_digital"), {"title": "AI Boost"})
    effort = Effort.objects.get(goal="effort_digital")
    assert effort.title == "AI Boost"
    again = alice.get(at("begin", "effort_digital"))
    assert again.url == at("effort", effort.pk)
    assert alice.get(at("begin", "guidance")).status_code == 404


def test_milestones_move_the_goals_figure(alice, effort):
    typed = {"title": "Aftale", "due_on": "2024-03-01", "owner": "", "state": "planned"}
    alice.post(at("new", effort.pk, "milepaele"), typed | {"done_on": ""})
    alice.post(at("new", effort.pk, "milepaele"), typed | {"title": "Åbning", "done_on": ""})
    first = Milestone.objects.get(title="Aftale")
    assert first.owner is None
    change = {"title": "Aftale", "owner": "Dorte", "state": "done", "done_on": "2024-03-02"}
    alice.post(at("edit", effort.pk, "milepaele", first.pk), change)
    standing = stand(load(CONTRACT), ensure_snapshot(YEAR_END), YEAR_END)
    figure = standing.goals["effort_digital"].measured.figure
    assert (figure.numerator, figure.denominator) == (1, 2)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"state": "done", "done_on": ""}, "Skriv, hvornår den blev nået"),
        ({"state": "planned", "done_on": "2024-03-02"}, "vælg Færdig"),
        ({"state": "done", "done_on": "2999-01-01"}, "er ikke kommet endnu"),
        ({"title": f"Ring til {CPR}"}, "CPR-numre gemmes aldrig"),
        ({"owner": CPR}, "CPR-numre gemmes aldrig"),
    ],
)
def test_a_milestone_that_contradicts_itself_is_refused_and_all_typed_is_kept(
    alice, effort, change, said
):
    one = milestone(effort)
    typed = {"title": "Åbning for alle", "owner": "", "state": "planned", "done_on": ""} | change
    answer = alice.post(at("edit", effort.pk, "milepaele", one.pk), typed)
    assert answer.status_code == 400
    assert said in words(answer)
    assert typed["title"] in answer.content.decode()
    one.refresh_from_db()
    assert (one.title, one.state) == ("Åbning", "planned")


def test_a_milestone_is_moved_with_a_reason_and_the_first_day_stays_visible(
    alice, signed_in, effort
):
    one = milestone(effort)
    there = at("move", effort.pk, one.pk)
    assert alice.post(there, {"due_on": "2024-10-08", "because": ""}).status_code == 400
    alice.post(there, {"due_on": "2024-10-08", "because": "Partneren manglede data."})
    one.refresh_from_db()
    assert one.due_on == date(2024, 10, 8)
    board = words(signed_in("bent").get(at("progress"), {"dato": "2024-06-30"}))
    assert "flyttet fra 1. september 2024 til 8. oktober 2024: Partneren manglede data." in board


def test_a_milestone_that_is_done_is_not_moved(alice, effort):
    one = milestone(effort, state="done", done_on=date(2024, 8, 30))
    answer = alice.post(at("move", effort.pk, one.pk), {"due_on": "2024-10-08", "because": "Nej"})
    assert answer.status_code == 400
    one.refresh_from_db()
    assert one.due_on == date(2024, 9, 1)


def test_an_account_that_is_late_says_why_and_one_on_track_need_not(alice, effort):
    there = at("new", effort.pk, "redegoerelser")
    late = note(state="stopped")
    refused = alice.post(there, late)
    assert (refused.status_code, ProgressNote.objects.count()) == (400, 0)
    assert "Skriv, hvorfor indsatsen ikke går som planlagt" in words(refused)
    alice.post(there, late | {"because": "Partneren trak sig."})
    alice.post(there, note(noted_on="2024-06-21"))
    assert list(ProgressNote.objects.values_list("state", "because")) == [
        ("stopped", "Partneren trak sig."),
        ("on_track", None),
    ]


def test_an_account_in_a_closed_month_asks_why_and_becomes_a_correction(alice, effort):
    closed()
    there = at("new", effort.pk, "redegoerelser")
    refused = alice.post(there, note(noted_on="2024-03-20"))
    assert refused.status_code == 400
    assert "Ti har prøvet." in refused.content.decode()
    assert 'name="reason"' in refused.content.decode()
    alice.post(there, note(noted_on="2024-03-20", reason="Skrevet for sent"))
    assert Correction.objects.get().reason == "Skrevet for sent"


def test_a_late_milestone_of_a_closed_month_is_reached_today_without_a_reason(alice, effort):
    closed()
    one = milestone(effort, due_on=date(2024, 3, 15))
    change = {"title": one.title, "owner": "", "state": "done"}
    there = at("edit", effort.pk, "milepaele", one.pk)
    assert alice.post(there, change | {"done_on": "2024-03-16"}).status_code == 400
    assert alice.post(there, change | {"done_on": "2024-05-02"}).status_code == 302
    assert Correction.objects.count() == 0


def test_what_was_entered_by_mistake_is_taken_out_and_the_history_remembers(alice, effort):
    one = milestone(effort, title="En fejl")
    there = at("remove", effort.pk, "milepaele", one.pk)
    assert "Skal milepælen tages ud?" in words(alice.get(there))
    alice.post(there)
    assert not Milestone.objects.exists()
    page = words(alice.get(at("effort", effort.pk)))
    assert "alice: Tog en milepæl ud (En fejl" in page


def test_a_part_is_not_reached_through_another_effort(alice, effort):
    other = Effort.objects.create(goal="effort_labour", title="Arbejdskraft")
    one = milestone(other)
    assert alice.get(at("edit", effort.pk, "milepaele", one.pk)).status_code == 404
    assert alice.post(at("remove", effort.pk, "milepaele", one.pk)).status_code == 404
    assert alice.get(at("edit", other.pk, "milepaele", one.pk)).status_code == 200


def test_a_partner_stands_once_and_its_contact_is_seen_inside_the_house_only(
    alice, signed_in, effort
):
    typed = {"organisation": "Opdigtet Universitet", "role": "Udvikler", "contact": "Ida Opdigtet"}
    there = at("new", effort.pk, "partnere")
    alice.post(there, typed | {"email": "ida@example.dk"})
    assert alice.post(there, typed | {"email": ""}).status_code == 400
    assert Partner.objects.get().email == "ida@example.dk"
    inside = words(alice.get(at("effort", effort.pk)))
    outside = words(signed_in("bent").get(at("effort", effort.pk)))
    assert "Ida Opdigtet" in inside
    assert "Opdigtet Universitet" in outside
    assert "Ida Opdigtet" not in outside


def test_an_event_is_found_linked_and_counted_as_the_contract_counts(alice, signed_in, effort):
    event = Event.objects.create(title="AI for alle", held_on=date(2024, 5, 2))
    other = Event.objects.create(title="Noget andet", held_on=date(2024, 5, 3))
    for cvr, state in [("10000025", "attended"), ("10000033", "attended"), ("10000017", "no_show")]:
        company = Company.objects.create(cvr=cvr, name=cvr)
        Attendance.objects.create(event=event, company=company, state=state)
    page = alice.get(at("find", effort.pk), {"q": "alle"})
    assert page.context["events"] == [event]
    alice.post(at("find", effort.pk), {"slags": "arrangement", "noegle": event.pk})
    alice.post(at("find", effort.pk), {"slags": "arrangement", "noegle": event.pk})
    assert Activity.objects.count() == 1
    assert alice.get(at("find", effort.pk)).context["events"] == [other]
    assert "2 deltagere tæller med" in words(alice.get(at("effort", effort.pk)))
    assert "tæller med" not in words(signed_in("bent").get(at("effort", effort.pk)))


def test_a_campaign_is_linked_and_taken_out_again(alice, effort):
    campaign = Campaign.objects.create(
        name="Ballerup",
        municipality="151",
        starts_on=date(2024, 3, 1),
        ends_on=date(2024, 4, 1),
        owner=User.objects.get(username="alice"),
    )
    alice.post(at("find", effort.pk), {"slags": "kampagne", "noegle": campaign.pk})
    assert "0 af 0 virksomheder kontaktet" in words(alice.get(at("effort", effort.pk)))
    alice.post(at("remove", effort.pk, "aktiviteter", Activity.objects.get().pk))
    assert not Activity.objects.exists()
    assert Campaign.objects.exists()
    for wrong in ({"slags": "person", "noegle": "1"}, {"slags": "kampagne", "noegle": "x"}):
        assert alice.post(at("find", effort.pk), wrong).status_code == 404


def office(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, "made up")
    return file.getvalue()


def upload(client, effort, name, content, about=""):
    file = SimpleUploadedFile(name, content)
    return client.post(at("add_paper", effort.pk), {"file": file, "about": about})


@pytest.mark.parametrize(
    ("name", "content"),
    [("aftale.pdf", PDF), ("plan.DOCX", office("word/document.xml")), ("b.jpeg", b"\xff\xd8\xffx")],
)
def test_a_paper_is_kept_by_its_sha_and_given_out_as_a_download(alice, effort, name, content):
    upload(alice, effort, name, content, "Aftalen")
    paper = Attachment.objects.get()
    assert place(paper.sha256).read_bytes() == content
    answer = alice.get(at("paper", effort.pk, paper.pk))
    assert answer.content == content
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("side.html", b"<script>alert(1)</script>"),
        ("aftale.pdf", b"<html>"),
        ("makro.docx", office("word/document.xml", "word/vbaProject.bin")),
        ("regneark.docx", office("xl/workbook.xml")),
        ("tom.pdf", b""),
        (f"{CPR}.pdf", PDF),
        ("stor.pdf", PDF + b"0" * 10 * 1024 * 1024),
    ],
)
def test_a_file_of_another_type_size_or_name_is_refused(alice, effort, name, content):
    assert upload(alice, effort, name, content).status_code == 400
    assert not Attachment.objects.exists()


def test_the_same_bytes_stand_once_and_go_with_their_last_paper(
    alice, effort, django_capture_on_commit_callbacks
):
    other = Effort.objects.create(goal="effort_labour", title="Arbejdskraft")
    upload(alice, effort, "a.pdf", PDF)
    assert upload(alice, effort, "b.pdf", PDF).status_code == 400
    upload(alice, other, "c.pdf", PDF)
    first, second = Attachment.objects.order_by("pk")
    for paper, stays in ((first, True), (second, False)):
        with django_capture_on_commit_callbacks(execute=True):
            alice.post(at("remove", paper.effort_id, "bilag", paper.pk))
        assert place(paper.sha256).exists() == stays


def test_a_paper_is_not_for_readers_outside_the_house(alice, signed_in, effort):
    upload(alice, effort, "a.pdf", PDF)
    there = at("paper", effort.pk, Attachment.objects.get().pk)
    assert signed_in("bent").get(there).status_code == 403
    assert alice.get(there).status_code == 200


@pytest.mark.parametrize(("name", "allowed"), [("bent", True), ("alice", True), ("kaj", False)])
def test_the_board_sees_the_efforts_and_kkr_does_not(signed_in, effort, name, allowed):
    client = signed_in(name)
    for page in ("efforts", "progress"):
        assert client.get(at(page)).status_code == (200 if allowed else 403)
    assert client.get(at("effort", effort.pk)).status_code == (200 if allowed else 403)


def test_the_board_changes_nothing(signed_in, effort):
    bent = signed_in("bent")
    one = milestone(effort)
    for there in (
        at("new", effort.pk, "redegoerelser"),
        at("edit", effort.pk, "milepaele", one.pk),
        at("remove", effort.pk, "milepaele", one.pk),
        at("move", effort.pk, one.pk),
        at("find", effort.pk),
        at("add_paper", effort.pk),
        at("rename", effort.pk),
        at("begin", "effort_labour"),
    ):
        assert bent.get(there).status_code == 403, there
    assert "Ny milepæl" not in words(bent.get(at("effort", effort.pk)))


def test_the_boards_view_says_what_is_reached_late_and_next(signed_in, effort):
    milestone(effort, title="Aftale", due_on=date(2024, 2, 15), state="done", done_on="2024-02-15")
    milestone(effort, title="Prøvet", due_on=date(2024, 6, 15))
    milestone(effort)
    ProgressNote.objects.create(
        effort=effort,
        noted_on=date(2024, 6, 20),
        state="at_risk",
        text="Ni af ti er i gang.",
        because="En partner er syg.",
    )
    Partner.objects.create(effort=effort, organisation="A")
    Partner.objects.create(effort=effort, organisation="B")
    told = words(signed_in("bent").get(at("progress"), {"dato": "2024-06-30"}))
    assert "1 af 3 milepæle er nået." in told
    assert "»Prøvet« havde frist 15. juni 2024 og er endnu ikke nået." in told
    assert "Den næste er »Åbning« med frist 1. september 2024." in told
    assert "Redegørelse 20. juni 2024: Ni af ti er i gang. En partner er syg." in told
    assert "I samarbejde med A og B." in told
    before = words(signed_in("bent").get(at("progress"), {"dato": "2024-02-01"}))
    assert "0 af 3 milepæle er nået." in before


def test_a_day_that_no_contract_holds_is_said_and_the_usual_one_shown(alice):
    assert "Ingen kontrakt gælder den dag." in words(
        alice.get(at("efforts"), {"dato": "1999-01-01"})
    )
    assert "Det er ikke en dato." in words(alice.get(at("efforts"), {"dato": "i går"}))


def test_every_write_has_its_entry(alice, effort):
    alice.post(at("new", effort.pk, "redegoerelser"), note())
    alice.post(at("rename", effort.pk), {"title": "AI Boost for alle"})
    upload(alice, effort, "a.pdf", PDF)
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"progressnote.created", "effort.changed", "attachment.created"} <= actions
