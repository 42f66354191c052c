"""Each document as it is read. After a wanted change: PEJL_RETELL=1 pytest, then read the diff."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from benchmarks.synthesis import synthesise

from pejl.contract.goal import Amendment
from pejl.disclosure.publish import masks
from pejl.indicators.result import Suppressed
from pejl.reports.document import Note, State
from pejl.reports.documents import DOCUMENTS
from pejl.reports.documents.kind import Unmasked
from pejl.reports.gathering import Counting, outside
from pejl.reports.theme import PLAIN
from pejl.reports.writers import WRITERS
from tests.spec.reports.conftest import DAY, PLACES
from tests.spec.reports.told import told

TOLD = Path(__file__).parent / "told"
NAMES = [
    f"{name}-{place}" if place else name
    for name, kind in DOCUMENTS.items()
    for place in (PLACES if kind.placed else (None,))
]


@pytest.mark.parametrize("name", NAMES)
def test_the_document_says_what_it_said(documents, name):
    file, now = TOLD / f"{name}.txt", told(documents[name])
    if os.environ.get("PEJL_RETELL"):
        file.write_text(now, encoding="utf-8")
    assert now == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name, kind in DOCUMENTS.items() if kind.outside])
def test_a_document_for_others_is_never_made_of_figures_that_show_small_counts(material, name):
    with pytest.raises(Unmasked):
        DOCUMENTS[name].build(material, place="101")


def test_no_small_count_stands_in_any_document_that_leaves_the_house(documents, view):
    """Counts of clients between 1 and the minimum less one are nowhere; zero is."""
    clients = {"guidance", "participant", "participation", "client", "company"}
    zeros = 0
    for name, document in documents.items():
        if not DOCUMENTS[document.kind].outside:
            continue
        for table in document.tables():
            if table.id == "bevaegelser":
                continue
            for row in table.rows:
                for cell in row:
                    if cell.unit in clients and cell.state is State.MEASURED:
                        assert cell.value == 0 or cell.value >= view.minimum, (name, table.id)
                        zeros += cell.value == 0
    assert zeros


def test_a_hidden_cell_is_a_hidden_figure_and_a_shown_one_is_the_figure_itself(
    documents, published
):
    document, standing = documents["municipality-173"], published.places["173"]
    rows = {row[0].text: row for row in next(iter(document.tables())).rows}
    hidden = 0
    for item in standing.goals.values():
        row = rows.get(item.goal.label["da"])
        if row is None:
            continue
        figure = item.measured.figure
        assert (row[1].state is State.WITHHELD) == isinstance(figure, Suppressed)
        assert row[1].value == figure.value
        hidden += isinstance(figure, Suppressed)
    assert hidden


def test_a_hidden_figure_has_no_forecast_and_no_fan(published):
    hidden = {
        goal
        for goal, item in published.standing.goals.items()
        if isinstance(item.measured.figure, Suppressed)
    }
    assert hidden
    assert all(published.standing.goals[goal].forecast is None for goal in hidden)
    assert not hidden & set(published.fans)
    assert published.fans


def test_no_municipality_has_a_target_or_a_light(documents):
    for name, document in documents.items():
        own = [t for t in document.tables() if t.id in ("egne-tal", "ydelser", "klienter")]
        assert own or not name.startswith("municipality")
        for table in own:
            labels = [column.label for column in table.columns]
            assert not {"Måltal", "Status", "Forventet nu"} & set(labels)


def test_what_goes_to_kkr_is_what_the_contract_tells_kkr(documents, contract):
    told_kkr = {g.label["da"] for g in contract.goals.values() if "kkr" in g.audience}
    tables = [t for t in documents["kkr"].tables() if t.id.startswith("maal-")]
    assert {row[0].text for table in tables for row in table.rows} == told_kkr


def test_the_annual_report_has_a_part_for_each_municipality(documents):
    parts = {s.id for s in documents["annual"].all_sections() if s.id.startswith("kommune-")}
    assert parts == {f"kommune-{place}" for place in PLACES}


def test_the_reasons_of_a_movement_stay_in_the_house(documents):
    def reasons(name):
        table = next(t for t in documents[name].tables() if t.id == "bevaegelser")
        return [column.label for column in table.columns if column.label == "Hvorfor"]

    assert reasons("monthly") == ["Hvorfor"]
    assert reasons("annual") == []


def test_a_municipality_without_a_single_record_says_so_in_zeros(contract, tmp_path):
    counting = Counting(contract, synthesise(tmp_path, contract, 60), DAY)
    view = masks(contract, DAY, 3, frozenset())
    guided = counting.standing().goals["gross_participations"].measured.breakdowns["municipality"]
    place = next(code for code, figure in guided.cells.items() if figure.value == 0)
    known = outside(counting, view, places=[place])
    document = DOCUMENTS["municipality"].build(known, place=place)
    name = contract.municipalities[place].name
    notes = [b.text for s in document.all_sections() for b in s.blocks if isinstance(b, Note)]
    assert notes == [f"{name} har ingen registrerede ydelser i perioden."]
    assert document.summary.endswith(f"ikke registreret ydelser til klienter i {name}.")
    own = next(table for table in document.tables() if table.id == "egne-tal")
    assert {row[1].text for row in own.rows} <= {"0", "–"}
    assert any(row[1].value == 0 for row in own.rows)
    assert WRITERS["pdf"](document, PLAIN).startswith(b"%PDF")


def test_every_id_is_there_once(documents):
    for name, document in documents.items():
        sections = [section.id for section in document.all_sections()]
        assert len(sections) == len(set(sections)), name


def test_the_same_material_says_the_same_in_english(material):
    english = DOCUMENTS["monthly"].build(replace(material, language="en"))
    danish = DOCUMENTS["monthly"].build(material)
    assert english.title == "Monthly status"
    assert [[c.value for c in row] for t in english.tables() for row in t.rows] == [
        [c.value for c in row] for t in danish.tables() for row in t.rows
    ]


def test_an_amendment_that_holds_is_told_from_which_day_and_one_to_come_is_not(material):
    patch = {
        "path": "goals.guidance.target.values",
        "from": {"value": 1500, "clause": "K2.1"},
        "to": {"value": 1600, "clause": "K2.1"},
    }
    made = [
        Amendment(f"A{n}", DAY, day, "KKR", "tillæg.txt", (patch,))
        for n, day in enumerate((DAY, DAY + timedelta(days=1)))
    ]
    contract = replace(material.contract, amendments=tuple(made))
    document = DOCUMENTS["monthly"].build(replace(material, contract=contract), place=None)
    notes = [
        block.text
        for section in document.all_sections()
        for block in section.blocks
        if isinstance(block, Note)
    ]
    (said,) = [text for text in notes if "Kontrakten er ændret" in text]
    assert "1-1 vejledninger" in said
