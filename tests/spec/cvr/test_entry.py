"""What is read out of a company as the register has it."""

from datetime import date

import pytest

from pejl_hub.sources.cvr.bands import Band, band
from pejl_hub.sources.cvr.entry import Industry, NotAnEntry, Since, read
from tests.cvrregister import company, month, since

ANKER = "10000009"
BANDS = """
 code                   low   high
 ANTAL_0_0              0     0
 ANTAL_1_1              1     1
 ANTAL_2_4              2     4
 ANTAL_5_9              5     9
 ANTAL_500_999          500   999
 ANTAL_1000_999999      1000  -
 ANTAL_1000_            1000  -
"""


def said(**values):
    return read({"_source": {"Vrvirksomhed": company(ANKER, **values)}})


@pytest.mark.parametrize("line", BANDS.strip().splitlines()[1:])
def test_a_band_is_read_with_and_without_an_upper_bound(line):
    code, low, high = line.split()
    assert band(code) == Band(int(low), None if high == "-" else int(high))


@pytest.mark.parametrize("code", [None, "", "ANTAL_", "MANGE", "ANTAL_X_9"])
def test_another_code_is_no_band(code):
    assert band(code) is None


def test_a_whole_company_is_read():
    entry = said()
    assert (entry.cvr, entry.name, entry.form) == (ANKER, "Anker Design ApS", "APS")
    assert (entry.founded, entry.protected, entry.status) == (date(2003, 5, 18), False, "NORMAL")
    assert entry.municipalities == (Since(date(2003, 5, 18), "101"),)
    assert entry.industries == (Since(date(2003, 5, 18), Industry("702200", "DB07")),)
    assert entry.ended_on is None


def test_a_number_that_begins_with_zero_is_padded_to_eight_digits():
    assert read(company("01000004")).cvr == "01000004"


def test_a_number_whose_check_digit_fails_is_refused():
    with pytest.raises(NotAnEntry, match="10000010"):
        read(company("10000010"))


def test_employees_come_from_the_newest_month_and_never_from_the_old_fields():
    entry = said(erstMaanedsbeskaeftigelse=[month(2023, 12, 8), month(2024, 2, 9)])
    assert entry.sizes == (Since(date(2023, 12, 1), 8), Since(date(2024, 2, 1), 9))


def test_a_company_with_only_the_old_fields_has_an_unknown_size_and_not_zero():
    assert said(erstMaanedsbeskaeftigelse=[]).sizes == ()


def test_months_that_say_the_same_are_one_fact():
    months = [month(2024, 3, 8), month(2024, 1, 8), month(2024, 2, 8)]
    assert said(erstMaanedsbeskaeftigelse=months).sizes == (Since(date(2024, 1, 1), 8),)


def test_a_measured_zero_is_zero():
    assert said(erstMaanedsbeskaeftigelse=[month(2024, 1, 0, "ANTAL_0_0")]).sizes[0].value == 0


@pytest.mark.parametrize(
    ("code", "employees"),
    [("ANTAL_5_9", None), ("ANTAL_1000_", None), ("ANTAL_1_1", 1), ("ANTAL_0_0", 0)],
)
def test_a_band_alone_is_a_fact_only_where_it_holds_one_number(code, employees):
    entry = said(erstMaanedsbeskaeftigelse=[month(2024, 1, None, code)])
    assert entry.sizes == (Since(date(2024, 1, 1), employees),)


def test_an_industry_belongs_to_the_nomenclature_of_its_day():
    trades = [
        {"branchekode": "702200", "periode": since("2003-05-18", "2024-12-31")},
        {"branchekode": "11100", "periode": since("2025-01-01")},
    ]
    assert said(hovedbranche=trades).industries == (
        Since(date(2003, 5, 18), Industry("702200", "DB07")),
        Since(date(2025, 1, 1), Industry("011100", "DB25")),
    )


def test_a_company_that_moved_has_a_place_for_each_time():
    places = [
        {"kommune": {"kommuneKode": 101}, "periode": since("2003-05-18", "2024-03-31")},
        {"kommune": {"kommuneKode": 4}, "periode": since("2024-04-01")},
        {"kommune": None, "periode": since("2024-06-01")},
    ]
    assert said(beliggenhedsadresse=places).municipalities == (
        Since(date(2003, 5, 18), "101"),
        Since(date(2024, 4, 1), "004"),
    )


def test_a_company_has_ended_when_none_of_its_lives_goes_on():
    lives = [{"periode": since("2003-05-18", "2010-01-31")}, {"periode": since("2012-01-01")}]
    assert said(livsforloeb=lives).ended_on is None
    lives[1] = {"periode": since("2012-01-01", "2024-04-30")}
    assert said(livsforloeb=lives).ended_on == date(2024, 4, 30)


def test_a_name_that_looks_like_a_cpr_number_is_hidden():
    entry = said(virksomhedMetadata={"nyesteNavn": {"navn": "Firma 251299-1234"}})
    assert entry.name == "Firma 251299-XXXX"


@pytest.mark.parametrize("strange", [[], None, {}, {"cvrNummer": "x"}, {"cvrNummer": 10000009}])
def test_something_else_is_refused_in_words(strange):
    with pytest.raises(NotAnEntry):
        read(strange)
