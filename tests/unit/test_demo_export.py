"""The demo's export: made up, the same every time, and of the shape that hubs export."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from pejl_hub.companies.cvr import is_cvr
from pejl_hub.core.text import looks_like_cpr
from pejl_hub.demo import shape
from pejl_hub.demo.dice import Dice
from pejl_hub.demo.export import make_export, write_export
from pejl_hub.demo.flaws import FLAWS
from pejl_hub.demo.rows import FILES

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def names():
    text = (ROOT / "contracts/shared/municipalities.csv").read_text(encoding="utf-8-sig")
    return {row["kommunekode"]: row["navn"] for row in csv.DictReader(text.splitlines())}


@pytest.fixture(scope="module")
def export(names):
    return make_export(names)


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(export, names, tmp_path):
    def written(name, made):
        folder = write_export(made, tmp_path / name)
        return [path.read_bytes() for path in sorted(folder.iterdir())]

    first = written("first", export)
    assert written("again", make_export(names)) == first
    assert written("other", make_export(names, seed=1)) != first


def test_there_are_about_forty_thousand_rows_in_every_file_that_hubs_export(export):
    assert 38_000 < sum(map(len, export.files.values())) < 43_000
    assert all(export.files[name] for name in FILES)


def test_the_files_are_windows_1252_with_semicolons_and_crlf(export, tmp_path):
    text = (write_export(export, tmp_path) / "arrangementer.csv").read_bytes().decode("cp1252")
    lines = text.split("\r\n")
    assert lines[0] == "ArrangementId;Titel;Dato;Form;Kommune;Prioritetsområde;ProgramId"
    assert len(lines) == len(export.files["arrangementer"]) + 2


def test_every_state_and_segment_occurs(export):
    def values(file, column):
        return {row[column] for row in export.files[file]}

    assert values("vejledninger", "Status") >= set(shape.GUIDANCE_STATES)
    assert values("vejledninger", "Segment") >= {*shape.SEGMENTS, shape.PRE_STARTER}
    assert values("deltagelser", "Status") >= set(shape.ATTENDANCE_STATES)
    assert values("programdeltagelser", "Status") >= set(shape.PARTICIPATION_STATES)


def test_july_is_quiet_and_one_municipality_is_far_ahead_of_the_others(export):
    guidances = export.files["vejledninger"]
    months = Counter(row["Dato"][3:5] for row in guidances)
    assert months["07"] == min(months.values())
    places = Counter(row["Kommune"] for row in guidances).most_common(2)
    assert places[0][1] > 4 * places[1][1]


def test_nobody_can_be_taken_for_a_real_company_or_person(export):
    cvrs = {row["CVR"].replace(" ", "").removeprefix("DK") for row in export.files["virksomheder"]}
    assert all(is_cvr(cvr) and cvr.startswith("9") for cvr in cvrs)
    assert len(cvrs) < len(export.files["virksomheder"])
    assert all(row["Email"].endswith("@example.org") for row in export.files["personer"])
    for rows in export.files.values():
        assert not any(looks_like_cpr(text) for row in rows[:200] for text in row.values())


def test_every_flaw_is_there_as_often_as_the_table_says(export):
    for flaw in FLAWS:
        found = [row for row in export.files[flaw.file] if row[flaw.column] == flaw.value]
        assert len(found) == flaw.rows, flaw


def test_a_weight_decides_how_often_something_is_drawn():
    dice = Dice(1)
    drawn = Counter(dice.weighted({"often": 3, "seldom": 1}) for _ in range(4000))
    assert 2900 < drawn["often"] < 3100
    assert dice.weighted({"only": 1, "never": 0}) == "only"
