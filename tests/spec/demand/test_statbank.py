"""StatBank's table ERHV6 as it is downloaded: a mark, semicolons, texts or codes, and totals."""

import pytest

from pejl_hub.sources.statbank import Cell, NotErhv6, read_erhv6

NAMES = {"101": "København", "151": "Ballerup"}
TEXTS = """\
OMRÅDE;BRANCHE (DB07 10-GRP.);ARBEJDSSTEDSSTØRRELSE;TID;INDHOLD
Hele landet;TOT Erhverv i alt;Alle størrelser;2023;300000
Region Hovedstaden;1 Landbrug, skovbrug og fiskeri;1-9 ansatte;2023;900
København;1 Landbrug, skovbrug og fiskeri;1-9 ansatte;2023;12
København;4 Handel og transport mv.;1-9 ansatte;2023;1.250
København;4 Handel og transport mv.;100 ansatte og derover;2023;..
København;11 Uoplyst aktivitet;1-9 ansatte;2023;5
Ballerup;10 Kultur, fritid og anden service;10-19 ansatte;2023;0
Ballerup;10 Kultur, fritid og anden service;10-19 ansatte;2022;7
"""
CODES = """\
OMRÅDE;BRANCHE07;STØRRELSE;TID;INDHOLD
000;TOT;TOT;2023;300000
084;1;1-9;2023;900
101;1;1-9;2023;12
101 København;4;1-9;2023;1250
101;4;100+;2023;..
151;10;10-19;2023;0
"""
CELLS = (
    Cell("101", "1", 1, 9, 12),
    Cell("101", "4", 1, 9, 1250),
    Cell("101", "4", 100, None, None),
    Cell("151", "10", 10, 19, 0),
)


def read(tmp_path, text, encoding="utf-8-sig"):
    path = tmp_path / "ERHV6.csv"
    path.write_text(text, encoding=encoding)
    return read_erhv6(path, NAMES)


@pytest.mark.parametrize("text", [TEXTS, CODES])
def test_the_newest_year_is_read_without_totals_and_what_is_not_published_is_unknown(
    tmp_path, text
):
    found = read(tmp_path, text)
    assert found.year == 2023
    assert found.cells == CELLS


def test_totals_and_activity_not_stated_are_counted_as_left_out(tmp_path):
    assert read(tmp_path, TEXTS).totals == 3


@pytest.mark.parametrize(
    ("size", "low", "high"),
    [
        ("Under 1 ansat", 0, 0),
        ("Ingen ansatte", 0, 0),
        ("1 ansat", 1, 1),
        ("2-4 ansatte", 2, 4),
        ("1.000 ansatte og flere", 1000, None),
        ("200+", 200, None),
        ("20 to 49 employees", 20, 49),
    ],
)
def test_sizes_are_read_in_the_ways_they_are_written(tmp_path, size, low, high):
    line = f"OMRÅDE;BRANCHE07;STØRRELSE;TID;INDHOLD\n101;1;{size};2023;12\n"
    assert read(tmp_path, line).cells == (Cell("101", "1", low, high, 12),)


@pytest.mark.parametrize(
    "line",
    [
        "999x;1;1-9;2023;12",  # no area
        "102;1;1-9;2023;12",  # no municipality has the code
        "101;Q;1-9;2023;12",  # no industry group
        "101;1;mange;2023;12",  # no size
        "101;1;1-9;2023;tolv",  # no number
        "101;1;1-9;i fjor;12",  # no year
        "101;1;1-9;2023",  # a row cut short
        "101;1;1-9;2023;12\n101;1;1-9;2023;13",  # the same cell twice
        "TOT;TOT;TOT;2023;12\n000;TOT;TOT;2023;9",  # not an area, and only totals
    ],
)
def test_what_cannot_be_understood_is_refused_whole(tmp_path, line):
    with pytest.raises(NotErhv6):
        read(tmp_path, f"OMRÅDE;BRANCHE07;STØRRELSE;TID;INDHOLD\n{line}\n")


@pytest.mark.parametrize(
    "header",
    ["", "OMRÅDE;BRANCHE07;TID;INDHOLD", "OMRÅDE;BRANCHE07;STØRRELSE;STØRRELSE;TID;INDHOLD"],
)
def test_a_file_with_other_columns_is_refused_with_their_names(tmp_path, header):
    with pytest.raises(NotErhv6, match="columns"):
        read(tmp_path, f"{header}\n101;1;1-9;2023;12\n")


def test_a_file_in_another_encoding_is_refused(tmp_path):
    with pytest.raises(NotErhv6):
        read(tmp_path, TEXTS, encoding="cp1252")
