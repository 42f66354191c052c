"""What is counted of an export: which column, which rows, by month, and what is left out."""

from datetime import date, timedelta

import pytest

from pejl.base.errors import UserError
from pejl_hub.communication.models import ChannelViews
from pejl_hub.core.actions import current_revision
from pejl_hub.sources.imports import preview, run_import, undo_import
from pejl_hub.sources.models import ImportRun
from tests.spec.publicity import exports
from tests.spec.publicity.exports import (
    FACEBOOK,
    INSTAGRAM,
    LINKEDIN_DAYS,
    facebook,
    instagram,
    linkedin_csv,
    linkedin_xlsx,
    meta_csv,
)

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY, MARCH = (date(2024, month, 1) for month in (1, 2, 3))


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path / "data"


def imported(path, source):
    return run_import(path=path, source=source, by=None)


def account(path, source):
    (found,) = [file.account for file in preview(path, source).files if file.account]
    return found


def stored():
    return {(v.month, v.channel): v.views for v in ChannelViews.objects.all()}


def sum_in(month, days=LINKEDIN_DAYS):
    return sum(views for day, views in days if day.replace(day=1) == month)


@pytest.fixture(params=["xls", "xlsx", "csv"])
def linkedin(request, tmp_path):
    if request.param == "xls":
        return exports.OLD_WORKBOOK
    write = {"xlsx": linkedin_xlsx, "csv": linkedin_csv}[request.param]
    return write(tmp_path / f"side_content.{request.param}", LINKEDIN_DAYS)


def test_linkedin_is_counted_by_month_whatever_form_its_file_has(linkedin):
    imported(linkedin, "linkedin")
    assert stored() == {
        (date(2023, 12, 1), "LinkedIn"): 100 + 101 + 102 + 103,
        (JANUARY, "LinkedIn"): sum_in(JANUARY),
        (FEBRUARY, "LinkedIn"): 135 + 136,
    }


def test_the_account_says_which_column_and_how_many_days_of_each_month(linkedin):
    found = account(linkedin, "linkedin")
    assert found.column == "Impressions (total)"
    assert (found.rows_read, found.rows_counted) == (37, 37)
    assert [(m.days, m.whole) for m in found.months] == [(4, False), (31, True), (2, False)]


def test_linkedin_in_danish_order_is_read_by_the_order_that_leaves_no_gaps(tmp_path):
    days = [(date(2024, 1, 1) + timedelta(n), 10) for n in range(10)]  # 01/01 … 10/01
    path = linkedin_csv(tmp_path / "content.csv", days, order="%d/%m/%Y")
    imported(path, "linkedin")
    assert stored() == {(JANUARY, "LinkedIn"): 10 * 10}


def test_rows_without_a_date_or_a_number_and_days_met_twice_are_left_out_and_said(tmp_path):
    days = LINKEDIN_DAYS[4:7]  # 1, 2 and 3 January
    path = linkedin_csv(tmp_path / "content.csv", [*days, days[0]])
    text = path.read_text(encoding="utf-8").replace("01/03/2024,105,1,106", "01/03/2024,,,-")
    path.write_text(text + "Total" + "," * 19 + "\r\n", encoding="utf-8")
    found = account(path, "linkedin")
    assert {why: len(lines) for why, lines in found.left_out.items()} == {
        "no_number": 1,
        "repeated": 1,
        "no_date": 1,
    }
    assert [m.views for m in found.months] == [104 + 105]


def test_importing_the_same_export_again_changes_nothing(linkedin):
    imported(linkedin, "linkedin")
    before = current_revision()
    again = imported(linkedin, "linkedin").files["visninger"]
    assert (again.created, again.updated, again.unchanged, again.rejected) == (0, 0, 3, 0)
    assert current_revision() == before


def test_a_later_export_replaces_the_month_shows_the_difference_and_can_be_undone(tmp_path):
    early = linkedin_csv(tmp_path / "a.csv", LINKEDIN_DAYS[4:20])
    late = linkedin_csv(tmp_path / "b.csv", LINKEDIN_DAYS[4:35])
    imported(early, "linkedin")
    (january,) = account(late, "linkedin").months
    assert january.verdict == "changed"
    assert january.difference == sum_in(JANUARY) - sum_in(JANUARY, LINKEDIN_DAYS[4:20])
    imported(late, "linkedin")
    assert stored() == {(JANUARY, "LinkedIn"): sum_in(JANUARY)}
    undo_import(run=ImportRun.objects.latest("id"), by=None)
    assert stored() == {(JANUARY, "LinkedIn"): sum_in(JANUARY, LINKEDIN_DAYS[4:20])}
    undo_import(run=ImportRun.objects.earliest("id"), by=None)
    assert stored() == {}


def test_an_older_export_with_fewer_days_of_a_month_leaves_it_as_it_is(tmp_path):
    imported(linkedin_csv(tmp_path / "b.csv", LINKEDIN_DAYS[4:35]), "linkedin")
    early = linkedin_csv(tmp_path / "a.csv", LINKEDIN_DAYS[4:20])
    assert [m.verdict for m in account(early, "linkedin").months] == ["fewer_days"]
    imported(early, "linkedin")
    assert stored() == {(JANUARY, "LinkedIn"): sum_in(JANUARY)}


def test_a_month_typed_here_is_left_to_whoever_typed_it(tmp_path):
    ChannelViews.objects.create(month=JANUARY, channel="LinkedIn", views=7)
    path = linkedin_csv(tmp_path / "a.csv", LINKEDIN_DAYS[4:35])
    assert [m.verdict for m in account(path, "linkedin").months] == ["held"]
    assert imported(path, "linkedin").files["visninger"].rejected == 1
    assert stored() == {(JANUARY, "LinkedIn"): 7}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("columns", [32, 33, 34])
def test_facebook_is_read_by_name_whatever_number_and_order_of_columns(columns, encoding, tmp_path):
    headings = [*FACEBOOK, "New in 2025"][:columns]
    rows = [
        facebook("1", "01/15/2024 09:00", "12,400"),
        facebook("2", "01/31/2024 23:59", 600),
        facebook("3", "02/01/2024 00:00", 50),
    ]
    path = meta_csv(tmp_path / "posts.csv", headings[::-1], rows, encoding=encoding)
    imported(path, "meta")
    assert stored() == {
        (JANUARY, "Facebook"): 12_400 + 600,
        (FEBRUARY, "Facebook"): 50,
    }
    assert ChannelViews.objects.earliest("month").counted_column == "Impressions"


def test_instagram_is_told_by_its_links_and_counted_by_views(tmp_path):
    rows = [instagram("a", "03/27/2024 06:08", 160), instagram("b", "03/02/2024 06:08", "15,000")]
    imported(meta_csv(tmp_path / "ig.csv", INSTAGRAM, rows), "meta")
    assert stored() == {(MARCH, "Instagram"): 160 + 15_000}


def test_meta_in_danish_is_read_by_the_headings_and_dates_of_the_mapping(tmp_path):
    danish = {"Publish time": "Udgivelsestidspunkt", "Views": "Visninger", "Date": "Dato"}
    headings = [danish.get(h, h) for h in INSTAGRAM]
    row = {danish.get(k, k): v for k, v in instagram("a", "27.03.2024 06:08", "1.600").items()}
    imported(meta_csv(tmp_path / "ig.csv", headings, [row | {"Dato": "Levetid"}]), "meta")
    assert stored() == {(MARCH, "Instagram"): 1600}


def test_meta_by_day_counts_the_days_and_not_their_sum_again(tmp_path):
    rows = [
        facebook("1", "01/31/2024 09:00", 10, Date="01/31/2024"),
        facebook("1", "01/31/2024 09:00", 5, Date="02/13/2024"),
        facebook("1", "01/31/2024 09:00", 15),
    ]
    path = meta_csv(tmp_path / "posts.csv", FACEBOOK, rows)
    assert dict(account(path, "meta").left_out) == {"life": [4]}
    imported(path, "meta")
    assert stored() == {(JANUARY, "Facebook"): 10, (FEBRUARY, "Facebook"): 5}


def test_a_post_met_twice_counts_once_and_one_of_no_channel_not_at_all(tmp_path):
    rows = [
        facebook("1", "01/15/2024 09:00", 10),
        facebook("1", "01/15/2024 09:00", 10),
        facebook("2", "01/15/2024 09:00", 10, Permalink="https://example.org/2"),
    ]
    found = account(meta_csv(tmp_path / "posts.csv", FACEBOOK, rows), "meta")
    assert dict(found.left_out) == {"repeated": [3], "no_channel": [4]}
    assert [m.views for m in found.months] == [10]


def test_dates_that_two_orders_fit_are_said_to_be_doubtful(tmp_path):
    rows = [facebook("1", "01/02/2024 09:00", 10)]
    found = account(meta_csv(tmp_path / "a.csv", FACEBOOK, rows), "meta")
    assert "doubtful_dates" in found.notes
    rows = [facebook("1", "01/22/2024 09:00", 10)]
    found = account(meta_csv(tmp_path / "b.csv", FACEBOOK, rows), "meta")
    assert "doubtful_dates" not in found.notes


def test_a_month_counted_from_another_page_is_not_replaced(tmp_path):
    one = meta_csv(tmp_path / "a.csv", FACEBOOK, [facebook("1", "01/15/2024 09:00", 10)])
    rows = [facebook("9", "01/15/2024 09:00", 99, **{"Page name": "Et andet hus"})]
    other = meta_csv(tmp_path / "b.csv", FACEBOOK, rows)
    imported(one, "meta")
    assert [m.verdict for m in account(other, "meta").months] == ["other_page"]
    imported(other, "meta")
    assert stored() == {(JANUARY, "Facebook"): 10}


def test_a_plain_file_is_read_in_danish_and_english(tmp_path):
    path = tmp_path / "v.csv"
    path.write_text("Måned;Kanal;Visninger\n2024-01;Nyhedsbrev;1.200\n2024-02;Nyhedsbrev;900\n")
    imported(path, "visninger")
    path.write_text('Month,Channel,Views\n2024-03,Nyhedsbrev,"1,000"\n')
    imported(path, "visninger")
    assert list(stored().values()) == [1200, 900, 1000]


def test_in_a_plain_file_a_cpr_number_and_a_channel_met_twice_are_left_out(tmp_path):
    path = tmp_path / "v.csv"
    rows = ["2024-01;251299-1234;5", "2024-01;X;1", "2024-01;X;2", "2024-13;Y;1", "2024-01;Z;7"]
    path.write_text("\n".join(["Måned;Kanal;Visninger", *rows]))
    left = account(path, "visninger").left_out
    assert dict(left) == {"cpr": [2], "repeated": [3, 4], "no_date": [5]}
    imported(path, "visninger")
    assert stored() == {(JANUARY, "Z"): 7}


def test_a_page_named_by_a_cpr_number_is_refused(tmp_path):
    rows = [facebook("1", "01/15/2024 09:00", 10, **{"Page name": "251299-1234"})]
    path = meta_csv(tmp_path / "a.csv", FACEBOOK, rows)
    assert imported(path, "meta").files["visninger"].rejected == 1
    assert stored() == {}


@pytest.mark.parametrize("source", ["linkedin", "meta", "visninger"])
def test_a_file_of_another_kind_is_refused_with_its_headings_and_those_needed(source, tmp_path):
    path = tmp_path / "v.csv"
    path.write_text("Dag;Antal\n1;2\n")
    with pytest.raises(UserError, match="Dag, Antal"):
        preview(path, source)
