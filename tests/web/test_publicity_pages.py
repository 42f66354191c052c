"""Publicity: recording, correcting and importing it, who may, and the goals that it moves."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pejl.contract.load import load
from pejl.standing.stand import stand
from pejl_hub.accounts.models import User
from pejl_hub.audit.models import AuditEntry
from pejl_hub.closing.models import Close, Correction
from pejl_hub.communication.models import ChannelViews, NewsletterLevel, Press
from pejl_hub.snapshots.actions import ensure_snapshot
from pejl_hub.sources.models import ImportRun, RunState
from tests.spec.publicity.exports import FACEBOOK, LINKEDIN_DAYS, facebook, linkedin_csv, meta_csv
from tests.web.conftest import CONTRACT
from tests.web.test_status_pages import words

YEAR_END = date(2024, 12, 31)
LISTS = ["nyhedsbrev", "presse", "visninger"]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def cille(signed_in):
    """Cille records publicity."""
    return signed_in("cille")


def new(slug):
    return reverse("communication:new", args=[slug])


def value(goal, day=YEAR_END):
    """What the status says after the next count: a real snapshot of the real database."""
    standing = stand(load(CONTRACT), ensure_snapshot(day), day)
    return standing.goals[goal].measured.figure.value


def closed(first=date(2024, 3, 1), last=date(2024, 3, 31)):
    return Close.objects.create(first_day=first, last_day=last, snapshot_id="s", signed="Alice")


def uploaded(client, source, path):
    file = SimpleUploadedFile(path.name, path.read_bytes())
    return client.post(reverse("publicity_imports:upload"), {"source": source, "files": file})


def previewed(client, source, path):
    """The preview's page and the address that it confirms to."""
    there = uploaded(client, source, path).url
    page = client.get(there)
    return page, there + "bekraeft/", page.context["preview"].file_sha256


def imported(client, source, path, **more):
    _, confirm, sha256 = previewed(client, source, path)
    return client.post(confirm, {"sha256": sha256, **more})


def test_two_newsletter_levels_move_the_growth(cille):
    assert value("newsletter_growth") is None
    cille.post(new("nyhedsbrev"), {"measured_on": "2023-12-30", "subscribers": "1000"})
    cille.post(new("nyhedsbrev"), {"measured_on": "2024-12-01", "subscribers": "1250"})
    assert value("newsletter_growth") == 1250 - 1000


def test_an_article_and_a_case_move_the_press(cille):
    typed = {"title": "Vækst i Ballerup", "outlet": "", "link": ""}
    cille.post(new("presse"), typed | {"kind": "article", "published_on": "2024-03-01"})
    cille.post(new("presse"), typed | {"kind": "case", "published_on": "2024-03-02"})
    cille.post(new("presse"), typed | {"kind": "case", "published_on": "2023-12-31"})
    assert value("press") == 2
    assert Press.objects.filter(outlet=None, link=None).count() == 3


def test_a_month_typed_and_a_month_imported_move_the_views(cille, tmp_path):
    cille.post(new("visninger"), {"month": "2024-01", "channel": "Nyhedsbrev", "views": "500"})
    assert (
        imported(
            cille, "linkedin", linkedin_csv(tmp_path / "a.csv", LINKEDIN_DAYS[4:35])
        ).status_code
        == 302
    )
    january = sum(views for _, views in LINKEDIN_DAYS[4:35])
    assert value("monthly_views", date(2024, 1, 31)) == 500 + january


def test_correcting_a_record_keeps_old_and_new_and_stamps_it(cille):
    level = NewsletterLevel.objects.create(measured_on=date(2024, 5, 1), subscribers=10)
    where = reverse("communication:edit", args=["nyhedsbrev", level.pk])
    cille.post(where, {"measured_on": "2024-05-01", "subscribers": "12"})
    level.refresh_from_db()
    assert (level.subscribers, level.edited_at is None) == (12, False)
    entry = AuditEntry.objects.get(action="newsletterlevel.changed")
    assert entry.details["changed"]["subscribers"] == ["10", "12"]


def test_a_record_is_taken_out_when_confirmed_and_not_before(cille):
    item = Press.objects.create(published_on=date(2024, 5, 1), title="T", kind="case")
    where = reverse("communication:remove", args=["presse", item.pk])
    cille.get(where)
    assert value("press") == 1
    cille.post(where)
    assert value("press") == 0
    assert AuditEntry.objects.filter(action="press.removed").count() == 1


def test_in_a_closed_month_a_record_needs_a_reason_and_keeps_what_was_typed(cille):
    close = closed()
    typed = {"title": "Sent set", "kind": "article", "published_on": "2024-03-05"}
    asked = cille.post(new("presse"), typed)
    assert asked.status_code == 400
    assert 'name="reason"' in asked.content.decode()
    assert 'value="Sent set"' in asked.content.decode()
    assert Press.objects.count() == 0
    assert cille.post(new("presse"), typed | {"reason": "Fundet i maj"}).status_code == 302
    assert Correction.objects.get(close=close).reason == "Fundet i maj"


def test_moving_a_record_out_of_a_closed_month_needs_a_reason_too(cille):
    item = Press.objects.create(published_on=date(2024, 3, 5), title="T", kind="case")
    closed()
    where = reverse("communication:edit", args=["presse", item.pk])
    typed = {"title": "T", "kind": "case", "published_on": "2024-04-05"}
    assert cille.post(where, typed).status_code == 400
    assert cille.post(where, typed | {"reason": "Forkert dato"}).status_code == 302


@pytest.mark.parametrize(
    ("slug", "typed", "said"),
    [
        ("nyhedsbrev", {"measured_on": "2099-01-01", "subscribers": "5"}, "not come yet"),
        ("presse", {"title": "T", "kind": "case", "published_on": "2099-01-01"}, "not come yet"),
        ("visninger", {"month": "2099-01", "channel": "X", "views": "5"}, "not come yet"),
        ("visninger", {"month": "2024-13", "channel": "X", "views": "5"}, "valid date"),
        (
            "presse",
            {"title": "Om 251299-1234", "kind": "case", "published_on": "2024-01-01"},
            "CPR",
        ),
        (
            "presse",
            {"title": "T", "outlet": "251299-1234", "kind": "case", "published_on": "2024-01-01"},
            "CPR",
        ),
        (
            "presse",
            {
                "title": "T",
                "kind": "case",
                "published_on": "2024-01-01",
                "link": "https://example.org/251299-1234",
            },
            "CPR",
        ),
        (
            "presse",
            {
                "title": "T",
                "kind": "case",
                "published_on": "2024-01-01",
                "link": "javascript:alert(1)",
            },
            "valid URL",
        ),
        ("visninger", {"month": "2024-01", "channel": "251299-1234", "views": "5"}, "CPR"),
        (
            "nyhedsbrev",
            {"measured_on": "2024-01-01", "subscribers": "-5"},
            "greater than or equal to 0",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(cille, slug, typed, said):
    cille.post(reverse("set_language"), {"language": "en"})
    answer = cille.post(new(slug), typed)
    assert answer.status_code == 400
    assert said in words(answer)


def test_a_channel_has_one_number_a_month(cille):
    typed = {"month": "2024-01", "channel": "Nyhedsbrev", "views": "5"}
    assert cille.post(new("visninger"), typed).status_code == 302
    assert cille.post(new("visninger"), typed).status_code == 400
    assert ChannelViews.objects.count() == 1


def test_a_list_is_searched_sorted_and_paged(cille):
    Press.objects.bulk_create(
        Press(published_on=date(2024, 1, 1), title=f"Artikel {n:02}", kind="case")
        for n in range(60)
    )
    where = reverse("communication:list", args=["presse"])
    assert "Artikel 59" in words(cille.get(where))
    assert "Artikel 00" not in words(cille.get(where))
    assert "Artikel 00" in words(cille.get(where + "?side=2"))
    assert "Artikel 00" in words(cille.get(where + "?orden=title"))
    rows = cille.get(where + "?q=artikel+1&format=csv").getvalue().decode("utf-8-sig").splitlines()
    assert len(rows) - 1 == sum("1" in f"{n:02}" for n in range(60))
    found = words(cille.get(where + "?q=artikel+17"))
    assert "Artikel 17" in found
    assert "Artikel 18" not in found


def test_a_list_asks_few_questions_whatever_its_length(cille, django_assert_max_num_queries):
    Press.objects.bulk_create(
        Press(published_on=date(2024, 1, 1), title=f"Artikel {n}", kind="case") for n in range(99)
    )
    with django_assert_max_num_queries(8):
        cille.get(reverse("communication:list", args=["presse"]))


def test_the_preview_shows_column_months_and_what_is_left_out_and_imports_nothing(cille, tmp_path):
    rows = [facebook("1", "01/22/2024 09:00", "1,000"), facebook("2", "01/23/2024 09:00", "")]
    page, _, _ = previewed(cille, "meta", meta_csv(tmp_path / "a.csv", FACEBOOK, rows))
    said = words(page)
    assert "Impressions" in said
    assert "Facebook" in said
    assert "1.000" in said
    assert "ikke har et antal visninger" in said
    assert (ChannelViews.objects.count(), ImportRun.objects.count()) == (0, 0)


def test_a_newer_export_shows_the_difference_and_the_run_remembers_it(cille, tmp_path):
    imported(cille, "linkedin", linkedin_csv(tmp_path / "a.csv", LINKEDIN_DAYS[4:20]))
    late = linkedin_csv(tmp_path / "b.csv", LINKEDIN_DAYS[4:35])
    difference = sum(views for _, views in LINKEDIN_DAYS[20:35])
    page, _, _ = previewed(cille, "linkedin", late)
    shown = f"+{difference:,}".replace(",", ".")
    assert shown in words(page)
    run = imported(cille, "linkedin", late).url
    assert shown in words(cille.get(run))
    again, _, _ = previewed(cille, "linkedin", late)
    assert "ville ikke ændre noget" in words(again)


def test_undoing_an_import_takes_its_months_out_again(cille, tmp_path):
    run = imported(cille, "linkedin", linkedin_csv(tmp_path / "a.csv", LINKEDIN_DAYS[4:35])).url
    assert value("monthly_views", date(2024, 1, 31)) is not None
    assert cille.get(run + "fortryd/").status_code == 200
    assert ChannelViews.objects.count() == 1
    cille.post(run + "fortryd/")
    assert ChannelViews.objects.count() == 0
    assert ImportRun.objects.get().state == RunState.UNDONE


def test_an_import_that_changes_a_closed_month_needs_a_reason_and_so_does_its_undoing(
    cille, tmp_path
):
    close = closed(date(2024, 1, 1), date(2024, 1, 31))
    path = linkedin_csv(tmp_path / "a.csv", LINKEDIN_DAYS[4:])  # January and February
    page, _, _ = previewed(cille, "linkedin", path)
    assert 'name="reason"' in page.content.decode()
    assert imported(cille, "linkedin", path).status_code == 400
    assert (ChannelViews.objects.count(), ImportRun.objects.count()) == (0, 0)
    run = imported(cille, "linkedin", path, reason="Kom først nu").url
    assert Correction.objects.get(close=close).reason == "Kom først nu"
    assert cille.post(run + "fortryd/").status_code == 400
    assert ChannelViews.objects.count() == 2
    cille.post(run + "fortryd/", {"reason": "Forkert fil"})
    assert ChannelViews.objects.count() == 0
    assert Correction.objects.filter(close=close, reason="Forkert fil").count() == 1


def test_an_import_of_open_months_needs_none(cille, tmp_path):
    closed()  # March
    path = linkedin_csv(tmp_path / "a.csv", LINKEDIN_DAYS[4:])
    page, _, _ = previewed(cille, "linkedin", path)
    assert 'name="reason"' not in page.content.decode()
    assert imported(cille, "linkedin", path).status_code == 302


def test_an_imported_record_is_not_taken_out_alone(cille, tmp_path):
    imported(cille, "linkedin", linkedin_csv(tmp_path / "a.csv", LINKEDIN_DAYS[4:35]))
    where = reverse("communication:remove", args=["visninger", ChannelViews.objects.get().pk])
    assert cille.post(where).status_code == 400
    assert ChannelViews.objects.count() == 1


def test_another_file_than_the_one_previewed_is_not_imported(cille, tmp_path):
    path = linkedin_csv(tmp_path / "a.csv", LINKEDIN_DAYS)
    _, confirm, _ = previewed(cille, "linkedin", path)
    assert cille.post(confirm, {"sha256": "0" * 64}).status_code == 400
    assert ChannelViews.objects.count() == 0


def test_a_file_that_cannot_be_counted_is_refused_and_a_source_that_is_not_counted_unknown(
    cille, tmp_path
):
    path = tmp_path / "v.csv"
    path.write_text("Dag;Antal\n1;2\n")
    there = uploaded(cille, "meta", path).url
    assert cille.get(there).status_code == 400
    assert uploaded(cille, "escrm", path).status_code == 400
    assert cille.get(there.replace("/meta/", "/escrm/")).status_code == 404


ADDRESSES = [
    reverse("communication:overview"),
    *(reverse("communication:list", args=[slug]) for slug in LISTS),
    *(new(slug) for slug in LISTS),
    reverse("publicity_imports:upload"),
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_communications_may_open_every_page_and_advisers_and_the_board_none(address, signed_in):
    assert signed_in("cille").get(address).status_code == 200
    assert signed_in("ravi").get(address).status_code == 403
    assert signed_in("bent").get(address).status_code == 403


def test_recording_is_refused_in_the_action_and_by_a_direct_post(signed_in, tmp_path):
    typed = {"measured_on": "2024-05-01", "subscribers": "12"}
    assert signed_in("ravi").post(new("nyhedsbrev"), typed).status_code == 403
    path = linkedin_csv(tmp_path / "a.csv", LINKEDIN_DAYS)
    assert uploaded(signed_in("ravi"), "linkedin", path).status_code == 403
    _, confirm, sha256 = previewed(signed_in("cille"), "linkedin", path)
    assert signed_in("ravi").post(confirm, {"sha256": sha256}).status_code == 403
    assert (NewsletterLevel.objects.count(), ChannelViews.objects.count()) == (0, 0)
    assert signed_in("cille").post(new("nyhedsbrev"), typed).status_code == 302


def test_publicity_is_in_the_menu_of_those_who_record_it(signed_in):
    there = reverse("communication:overview")
    desk = reverse("outreach:campaigns")
    assert there in signed_in("cille").get(desk).content.decode()
    assert there not in signed_in("ravi").get(desk).content.decode()
    assert User.objects.get(username="cille").role == "communications"
