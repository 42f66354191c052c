"""The main job from end to end: a hub's export in, the contract's figures out.

The known answers were kept while the export's rows were made, not computed from them.
"""

import csv
import json
import math
import shutil
import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from pejl.contract.load import load
from pejl.indicators.evaluate import evaluate
from pejl.snapshot.store import latest
from tests.command import ROOT, SHARED, Hub

EXPORT = SHARED / "crm-export-2024"
KNOWN = SHARED / "crm-export-2024.expected.json"
JUNE, DECEMBER = "2024-06-30", "2024-12-31"
DAYS = (JUNE, DECEMBER)
# Standard errors are roots, so two right programs may differ in the last bits.
TOLERANCE = 1e-9

pytestmark = pytest.mark.skipif(not KNOWN.exists(), reason=f"no known answers in {SHARED}")


def known():
    return json.loads(KNOWN.read_text(encoding="utf-8")) if KNOWN.exists() else {"as_of": {}}


FIGURES = [(day, goal) for day, goals in known()["as_of"].items() for goal in goals]


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    return Hub(tmp_path_factory.mktemp("hub"))


@pytest.fixture(scope="module")
def imported(hub):
    return hub.json("import", EXPORT, "--source", "escrm")


@pytest.fixture(scope="module")
def statuses(hub, imported):
    # The later day first: its snapshot then reaches both.
    return {day: hub.status(day) for day in reversed(DAYS)}


@pytest.fixture
def copy(hub, statuses, tmp_path):
    """The same hub once more, to be changed."""
    return Hub(shutil.copytree(hub.data, tmp_path / "copy"))


def assert_known(figure, answer):
    parts = {k: answer[k] for k in ("value", "numerator", "denominator", "n") if k in answer}
    assert {name: figure[name] for name in parts} == parts
    if "standard_error" in answer:
        assert math.isclose(figure["standard_error"], answer["standard_error"], rel_tol=TOLERANCE)
    if "by_municipality" in answer:
        cells = figure["by_municipality"]
        assert {place: n for place, n in cells.items() if n} == answer["by_municipality"]
        assert set(answer["by_municipality"]) <= set(cells)


@pytest.mark.parametrize(("day", "goal"), FIGURES)
def test_each_figure_is_the_known_answer(statuses, day, goal):
    assert_known(statuses[day][goal], known()["as_of"][day][goal])


@pytest.mark.parametrize("day", DAYS)
def test_the_months_behind_the_monthly_views_are_the_known_ones(hub, statuses, day):
    contract = load(ROOT / "contracts/hovedstaden/2024.yaml")
    measured = evaluate(contract, latest(hub.data / "snapshots"), date.fromisoformat(day))
    answer = known()["as_of"][day]["monthly_views"]
    detail = measured.goals["monthly_views"].figure.detail
    assert (detail["months"], detail["months_met"]) == (answer["months"], answer["months_met"])


def test_the_rows_read_and_refused_per_file_are_the_known_ones(imported):
    files = imported["files"]
    assert {file: counts["rows"] for file, counts in files.items()} == known()["rows"]
    assert {file: counts["rejected"] for file, counts in files.items()} == known()["rejected"]
    for counts in files.values():
        assert counts["rows"] == (
            counts["created"] + counts["updated"] + counts["unchanged"] + counts["rejected"]
        )


def test_the_refused_rows_come_back_in_the_same_shape_with_the_reason(imported):
    for file, rejected in known()["rejected"].items():
        path = Path(imported["remainder"]) / f"{file}.csv"
        assert path.exists() == bool(rejected)
        if rejected:
            with path.open(encoding="cp1252", newline="") as opened:
                rows = list(csv.DictReader(opened, delimiter=";"))
            headings = (EXPORT / f"{file}.csv").read_text("cp1252").splitlines()[0].split(";")
            assert list(rows[0]) == [*headings, "Fejl"]
            assert len(rows) == rejected
            assert all(row["Fejl"] for row in rows)


def test_a_second_import_changes_nothing_and_no_figure_moves(copy, statuses):
    again = copy.json("import", EXPORT, "--source", "escrm")
    for counts in again["files"].values():
        assert (counts["created"], counts["updated"]) == (0, 0)
        assert counts["unchanged"] == counts["rows"] - counts["rejected"]
    assert copy.status(DECEMBER) == statuses[DECEMBER]


def test_the_same_export_in_excel_gives_the_same_figures(tmp_path, imported, statuses):
    book = as_workbook(tmp_path / "eksport.xlsx")
    hub = Hub(tmp_path / "hub")
    files = hub.json("import", book, "--source", "escrm")["files"]
    assert files == imported["files"]
    assert {day: hub.status(day) for day in reversed(DAYS)} == statuses


def as_workbook(path):
    """The export as a workbook of one sheet a file, days and numbers as Excel keeps them."""
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for file in sorted(EXPORT.glob("*.csv")):
            sheet = book.add_worksheet(file.stem)
            with file.open(encoding="cp1252", newline="") as opened:
                for at, row in enumerate(csv.reader(opened, delimiter=";")):
                    for column, text in enumerate(row):
                        write_cell(sheet, at, column, text, day)
    return path


def write_cell(sheet, row, column, text, day):
    try:
        sheet.write_datetime(row, column, datetime.strptime(text, "%d-%m-%Y"), day)
    except ValueError:
        if text.endswith(",00") and text[0].isdigit():
            sheet.write_number(row, column, float(text.replace(".", "").replace(",", ".")))
        else:
            sheet.write_string(row, column, text)


def test_a_rehearsal_gives_the_same_counts_and_writes_nothing(tmp_path, imported):
    hub = Hub(tmp_path)
    hub.run("migrate")
    before = everything(hub)
    rehearsed = hub.json("import", EXPORT, "--source", "escrm", "--dry-run")
    assert rehearsed["files"] == imported["files"]
    assert everything(hub) == before


def everything(hub):
    """Every row of the database and every file beside it."""
    with closing(sqlite3.connect(hub.data / "pejl.sqlite3")) as database:
        rows = list(database.iterdump())
    return rows, sorted(path.name for path in hub.data.iterdir() if "sqlite3" not in path.name)


def test_undoing_an_import_brings_the_figures_back(copy, statuses, tmp_path):
    changed = shutil.copytree(EXPORT, tmp_path / "changed")
    guidances = changed / "vejledninger.csv"
    text = guidances.read_text("cp1252").replace(";Gennemført;", ";Aflyst;")
    guidances.write_text(text, "cp1252")
    copy.json("import", changed, "--source", "escrm")
    assert copy.status(DECEMBER)["guidance"]["value"] == 0
    assert copy.json("import", "--undo", 2) == {"undone": 2}
    assert copy.status(DECEMBER) == statuses[DECEMBER]


def test_undoing_the_only_import_leaves_an_empty_hub(copy):
    copy.json("import", "--undo", 1)
    emptied = copy.status(DECEMBER)
    assert emptied["gross_participations"]["value"] == 0
    assert emptied["nps_growth"]["value"] is None


def test_the_target_is_that_of_the_file(copy, statuses, tmp_path):
    contracts = shutil.copytree(ROOT / "contracts", tmp_path / "contracts")
    file = contracts / "hovedstaden" / "2024.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count("value: 1500") == 1
    file.write_text(text.replace("value: 1500", "value: 1600"), encoding="utf-8")
    other = Hub(copy.data, {"PEJL_CONTRACTS": str(file.parent)})
    before, after = statuses[JUNE]["guidance"], other.status(JUNE)["guidance"]
    assert (before["target"]["value"], after["target"]["value"]) == (1500, 1600)
    assert after["expected_by_now"] > before["expected_by_now"]
    assert after["value"] == before["value"]


def test_one_municipality_alone_has_the_figure_of_its_cell(hub, statuses):
    for goal, figure in hub.status(DECEMBER, "--municipality", "101").items():
        if goal in ("guidance", "orientation", "event_participants", "programme_participants"):
            assert figure["value"] == statuses[DECEMBER][goal]["by_municipality"]["101"]
            assert figure["light"] == "no_target"


@pytest.mark.postgres
def test_postgresql_gives_the_same_counts_snapshot_and_figures(
    hub, postgres, tmp_path, imported, statuses
):
    other = Hub(tmp_path, {"DATABASE_URL": postgres.new_database()})
    refused = other.run("import", EXPORT)
    assert refused.returncode == 1
    assert "pejl migrate" in refused.stderr
    assert other.run("migrate").returncode == 0
    assert other.json("import", EXPORT, "--source", "escrm")["files"] == imported["files"]
    here, there = (one.json("snapshot", "--as-of", DECEMBER) for one in (hub, other))
    assert (here["id"], here["sha256"]) == (there["id"], there["sha256"])
    assert {day: other.status(day) for day in reversed(DAYS)} == statuses
