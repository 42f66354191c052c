"""The rows behind a figure on paper: all of them, tagged, and they recount to the figure."""

import io

import pytest
from pypdf import PdfReader

from pejl_hub.status import sheet

pytestmark = pytest.mark.django_db
DAY = "dato=2024-06-30"


@pytest.fixture
def printed(signed_in, year):
    def take(path, who="alice"):
        answer = signed_in(who).get(path)
        assert answer["Content-Type"] == "application/pdf", answer.content[:300]
        return PdfReader(io.BytesIO(answer.content))

    return take


def words(pdf):
    return "\n".join(page.extract_text() for page in pdf.pages)


@pytest.mark.parametrize("goal", ["guidance", "guidance_5plus", "net_unique", "press"])
def test_every_row_is_there_and_the_recount_is_the_pages(signed_in, printed, goal):
    shown = signed_in("alice").get(f"/maal/{goal}/?{DAY}").context
    text = words(printed(f"/maal/{goal}/poster.pdf?{DAY}"))
    assert shown["recount"] in " ".join(text.split())
    if "counted" in {column.name for column in shown["records"].columns}:
        lines = [line for line in text.splitlines() if line.strip().endswith(("Ja", "Nej"))]
        counted = [line for line in lines if line.strip().endswith("Ja")]
        assert (len(lines), len(counted)) == (shown["records"].total, shown["records"].counted)


def test_it_is_tagged_titled_and_in_danish(printed):
    pdf = printed(f"/maal/guidance/poster.pdf?{DAY}")
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "da"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == "1-1 vejledninger"
    assert "/StructTreeRoot" in root


def test_it_names_snapshot_contract_and_clause(printed, year):
    text = "".join(words(printed(f"/maal/guidance/poster.pdf?{DAY}")).split())
    for said in (year.id, year.sha256, "1500vejledninger"):
        assert said in text


def test_names_are_hidden_from_those_who_may_not_see_them(printed):
    assert "Mette Krag" not in words(printed(f"/maal/guidance/poster.pdf?{DAY}", who="ravi"))


def test_too_many_rows_are_refused_with_a_way_on(signed_in, year, monkeypatch):
    monkeypatch.setattr(sheet, "MOST", 1)
    answer = signed_in("alice").get(f"/maal/guidance/poster.pdf?{DAY}", follow=True)
    assert answer.redirect_chain == [(f"/maal/guidance/?{DAY.replace('=', '=')}", 302)]
    assert "tag Excel-filen" in answer.content.decode()


def test_the_board_gets_no_rows(signed_in, year):
    assert signed_in("bent").get(f"/maal/guidance/poster.pdf?{DAY}").status_code == 403
