"""Overview, goal and contract over the drawn year: what is shown, and to whom."""

import re

import pytest
from django.urls import reverse

from pejl_hub.status import queries
from tests.spec.figures.drawn import snapshot as listed

OVERVIEW = reverse("status:overview")
GUIDANCE = reverse("status:goal", args=["guidance"])
SHARE = reverse("status:goal", args=["guidance_5plus"])
MID_YEAR = {"dato": "2024-06-30"}


def words(response) -> str:
    """The page's text without tags, white space folded."""
    bare = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", bare).split())


def test_nobody_sees_a_page_without_signing_in(client, db, year):
    for page in (OVERVIEW, GUIDANCE, reverse("status:contract"), reverse("status:guide")):
        answer = client.get(page)
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("accounts:sign_in"))


@pytest.mark.parametrize("who", ["alice", "dorte", "bent", "ravi", "karla", "anna"])
def test_everybody_signed_in_sees_the_status(who, signed_in, year):
    assert signed_in(who).get(OVERVIEW, MID_YEAR).status_code == 200


def test_the_overview_shows_every_goal_of_the_contract_with_its_date(signed_in, year):
    answer = signed_in("alice").get(OVERVIEW, MID_YEAR)
    shown = words(answer)
    for goal in queries.contracts()[-1].goals.values():
        assert goal.label["da"] in shown
    assert "Opgjort til og med 30. juni 2024" in shown
    assert year.id in shown


def test_a_measured_zero_differs_from_what_is_not_measured(signed_in, year):
    client = signed_in("alice")
    zero = words(client.get(reverse("status:goal", args=["event_participants"]), MID_YEAR))
    missing = words(client.get(reverse("status:goal", args=["awareness"]), MID_YEAR))
    assert "Tal 0 deltagere" in zero
    assert "Tal Ikke opgjort endnu" in missing


def test_a_pending_goal_is_shown_with_its_expected_number_and_not_scored(signed_in, year):
    shown = words(signed_in("alice").get(reverse("status:goal", args=["nps_growth"]), MID_YEAR))
    assert "forventet mindst 70" in shown
    assert "Afventer rammeaftalen" in shown
    assert "Bagud" not in shown.split("Sådan sættes status")[0]


def test_the_goal_page_counts_six_guidances_and_shows_the_clause(signed_in, year):
    shown = words(signed_in("alice").get(GUIDANCE, MID_YEAR))
    assert "Tal 6 vejledninger" in shown
    assert "mindst 1.500" in shown
    assert "1500 vejledninger af iværksættere, vækst- og driftsvirksomheder" in shown


def test_the_records_are_recounted_on_the_page(signed_in, year):
    client = signed_in("alice")
    assert "6 poster, alle talt med → 6" in words(client.get(GUIDANCE, MID_YEAR))
    assert "6 poster, heraf 3 talt med → 50,0 pct." in words(client.get(SHARE, MID_YEAR))


LISTED = """
    held_on    | client | client_kind | segment | type        | state | need        | team
    2024-03-01 | C1     | company     | growth  | specialised | held  | export      | growth
    2024-03-02 | C2     | company     | growth  | specialised | held  | om en kælder |
"""


@pytest.mark.parametrize(
    ("language", "need", "team"), [("da", "Eksport", "Vækst"), ("en", "Export", "Growth")]
)
def test_a_code_is_shown_as_the_hubs_list_calls_it(
    language, need, team, signed_in, monkeypatch, tmp_path
):
    snapshot = listed(tmp_path, guidance=LISTED)
    monkeypatch.setattr(queries, "ensure_snapshot", lambda day: snapshot)
    client = signed_in("alice")
    client.cookies.load({"django_language": language})
    rows = client.get(GUIDANCE, MID_YEAR).context["records_rows"]
    cells = [[text for text, _ in row.cells] for row in rows]
    assert [need, team] == [text for text in cells[0] if text in (need, team)]
    assert "om en kælder" in cells[1]
    assert "export" not in cells[0]


def test_one_cell_of_a_breakdown_shows_the_records_of_that_cell(signed_in, year):
    client = signed_in("alice")
    february = words(client.get(GUIDANCE, {**MID_YEAR, "maaned": "2024-02"}))
    unknown = words(client.get(GUIDANCE, {**MID_YEAR, "omraade": "unknown"}))
    outside = words(client.get(GUIDANCE, {**MID_YEAR, "omraade": "outside"}))
    assert "2 poster, alle talt med → 2" in february
    assert "1 post, talt med → 1" in unknown
    assert "1 post, talt med → 1" in outside


def test_the_interpretations_show_both_readings(signed_in, year):
    shown = words(signed_in("alice").get(SHARE, MID_YEAR))
    assert "Andel af de forskellige virksomheder" in shown
    assert "60,0 pct." in shown  # 3 of 5 companies: Anker Design counts once


def test_one_municipality_is_shown_without_target_or_light(signed_in, year):
    shown = words(signed_in("alice").get(OVERVIEW, {**MID_YEAR, "kommune": "151"}))
    assert "Ballerup" in shown
    assert "Kontrakten sætter ingen måltal pr. kommune" in shown
    assert "Bagud" not in shown
    assert "mindst 1.500" not in shown


def test_a_goal_without_municipalities_is_said_to_be_so_and_one_with_them_has_a_figure(
    signed_in, year
):
    shown = words(signed_in("alice").get(OVERVIEW, {**MID_YEAR, "kommune": "151"}))
    assert "Presseartikler og cases Opgøres ikke pr. kommune" in shown
    assert "1-1 vejledninger 1 vejledninger" in shown


def test_a_municipality_reader_sees_only_the_own_municipality(signed_in, published):
    karla = signed_in("karla")
    assert "Ballerup" in words(karla.get(OVERVIEW, MID_YEAR))
    assert karla.get(OVERVIEW, {**MID_YEAR, "kommune": "151"}).status_code == 200
    for page in (OVERVIEW, GUIDANCE, reverse("status:contract")):
        assert karla.get(page, {**MID_YEAR, "kommune": "101"}).status_code == 403


def test_a_municipality_reader_is_shown_figures_and_no_record_even_of_the_own(signed_in, published):
    own = words(signed_in("karla").get(GUIDANCE, MID_YEAR))
    trick = words(signed_in("karla").get(GUIDANCE, {**MID_YEAR, "omraade": "101"}))
    for shown in (own, trick):
        assert "Din rolle ser tal, ikke poster." in shown
        assert "Firma" not in shown


def test_the_board_sees_figures_but_no_records_and_a_controller_both(signed_in, published):
    board, controller = signed_in("bent"), signed_in("alice")
    assert "Firma" not in words(board.get(GUIDANCE, MID_YEAR))
    assert "Din rolle ser tal, ikke poster." in words(board.get(GUIDANCE, MID_YEAR))
    assert "Firma" in words(controller.get(GUIDANCE, MID_YEAR))


def test_the_names_of_persons_are_shown_to_a_director_and_hidden_from_an_adviser(signed_in, year):
    page = reverse("status:goal", args=["orientation"])
    director = words(signed_in("dorte").get(page, MID_YEAR))
    adviser = words(signed_in("ravi").get(page, MID_YEAR))
    assert "Emma Dahl" in director
    assert "Emma Dahl" not in adviser
    assert "(person)" in adviser
    assert "Gry Bageri" in adviser  # a company's name is no person's


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2024-02-30", "Det er ikke en dato."),
        ("i går", "Det er ikke en dato."),
        ("2031-01-01", "Vælg en dato fra 1. januar 2024 til 31. december 2024."),
    ],
)
def test_a_date_that_cannot_be_counted_is_said_to_be_so(written, said, signed_in, year):
    answer = signed_in("alice").get(OVERVIEW, {"dato": written})
    assert answer.status_code == 200
    assert said in words(answer)


def test_a_municipality_that_is_not_the_hubs_is_said_to_be_so(signed_in, year):
    shown = words(signed_in("alice").get(OVERVIEW, {**MID_YEAR, "kommune": "751"}))
    assert "Den kommune hører ikke til huset." in shown


def test_a_goal_that_does_not_exist_is_not_found(signed_in, year):
    answer = signed_in("alice").get(reverse("status:goal", args=["lykke"]), MID_YEAR)
    assert answer.status_code == 404
    assert "Siden blev ikke fundet" in words(answer)


def test_the_contract_page_holds_every_word_of_the_source(signed_in, year):
    contract = queries.contracts()[-1]
    answer = signed_in("alice").get(reverse("status:contract"), MID_YEAR)
    page = answer.content.decode()
    shown = "".join(words(answer).split())
    for line in contract.source_text.splitlines():
        for word in line.split():
            assert word.replace("&", "&amp;").replace('"', "&quot;") in shown
    for clause in contract.clauses.values():
        assert f'id="{clause.id}"' in page or clause.source is not None


def test_the_reading_copy_is_a_file_that_carries_the_contracts_hash(signed_in, year):
    answer = signed_in("alice").get(reverse("status:reading_copy"))
    assert "attachment" in answer["Content-Disposition"]
    assert queries.contracts()[-1].sha256 in answer.content.decode()


def test_a_partial_update_brings_only_the_changed_part(signed_in, year):
    client = signed_in("alice")
    part = client.get(OVERVIEW, MID_YEAR, headers={"HX-Request": "true"}).content.decode()
    rows = client.get(GUIDANCE, MID_YEAR, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part + rows
    assert "1-1 vejledninger" in part
    assert "Anker Design" in rows


def test_the_standing_is_counted_once_for_a_date_and_kept(signed_in, year, monkeypatch):
    counted = []
    real = queries.stand
    monkeypatch.setattr(queries, "STANDINGS", queries.Kept(4))
    monkeypatch.setattr(
        queries, "stand", lambda *a, **k: counted.append(k["municipality"]) or real(*a, **k)
    )
    client = signed_in("alice")
    for _ in range(2):
        client.get(OVERVIEW, MID_YEAR)
        client.get(GUIDANCE, {**MID_YEAR, "kommune": "151"})
    assert counted == [None, "151"]


@pytest.mark.parametrize("page", [OVERVIEW, GUIDANCE, reverse("status:contract")])
def test_a_page_asks_only_who_is_there_which_contract_is_scored_and_what_was_said(
    page, signed_in, year, django_assert_max_num_queries
):
    client = signed_in("alice")
    with django_assert_max_num_queries(6):
        client.get(page, MID_YEAR)
