"""A row that cannot be accepted is refused with the reason, and every other row is kept."""

import csv

import pytest

from pejl_hub.guidance.models import Guidance
from pejl_hub.outreach.models import Approach
from pejl_hub.programmes.models import Participation
from pejl_hub.sources.imports import run_import
from tests.spec.imports.conftest import guidance

# heading, cell that is accepted, cell that is refused, what the reason says was needed
GUIDANCES = [
    ("Dato", "29-02-2024", "29-02-2023", "en dato, der findes"),
    ("Dato", "18-05-2024", "2024-05-18x", "en dato, der findes"),
    ("Dato", "18-05-2024", "", "en dato, der findes"),
    ("Klient", "SMV2", "SMV9", "som findes"),
    ("Klient", "POT1", "POT9", "som findes"),
    ("Type", "Orienterende", "Andet", "ét af ordene"),
    ("Status", "Aflyst", "Måske", "ét af ordene"),
    ("Segment", "Drift", "Ukendt segment", "ét af ordene"),
    ("AnsatteVedVejledning", "0", "-3", "et helt antal"),
    ("AnsatteVedVejledning", "", "mange", "et helt antal"),
    ("Kommune", "0101", "999", "en kommunes navn eller kode"),
    ("Kommune", "Høje-Taastrup", "Atlantis", "en kommunes navn eller kode"),
    ("Kommune", "", "000", "en kommunes navn eller kode"),
    ("Vejleder", "vejleder01", "Bo, 251299-1234", "uden CPR-nummer"),
    ("Prioritetsområde", "Digitalisering", "2512991234", "uden CPR-nummer"),
    ("Prioritetsområde", "Projekt 12345678", "251299 1234", "uden CPR-nummer"),
]


@pytest.mark.usefixtures("clients")
@pytest.mark.parametrize(("heading", "good", "bad", "needed"), GUIDANCES)
def test_a_guidance_with_a_bad_cell_is_refused_and_its_neighbour_is_kept(
    imported, heading, good, bad, needed
):
    rows = [
        guidance(**{"VejledningId": "V1", heading: good}),
        guidance(**{"VejledningId": "V2", heading: bad}),
    ]
    result = imported(vejledninger=rows)
    counts = result.files["vejledninger"]
    assert (counts.created, counts.rejected) == (1, 1)
    assert list(Guidance.objects.values_list("source_id", flat=True)) == ["V1"]
    assert needed in refused(result, "vejledninger")[0]["Fejl"]


@pytest.mark.usefixtures("clients")
@pytest.mark.parametrize(
    ("good", "bad"),
    [("12.500,00", "12.50,00"), ("12500,5", "tolv"), ("", "-1,00"), ("0,00", "1,000")],
)
def test_an_amount_is_written_the_danish_way(imported, good, bad):
    row = "{};P1;SMV1;Tilskud;Tilsagn;18-05-2024;{};;"
    rows = [row.format("PD1", good), row.format("PD2", bad)]
    counts = imported(programdeltagelser=rows).files["programdeltagelser"]
    assert (counts.created, counts.rejected) == (1, 1)
    assert Participation.objects.get().source_id == "PD1"


@pytest.mark.usefixtures("clients")
@pytest.mark.parametrize(
    ("good", "bad"),
    [("10000009", "10000010"), ("DK10000009", "1234567"), ("10 00 00 09", "2512991234")],
)
def test_a_cvr_number_must_check(imported, good, bad):
    row = "{};18-05-2024;{};101;7;Ja;Interesseret"
    counts = imported(opsoegende=[row.format("O1", good), row.format("O2", bad)])
    assert counts.files["opsoegende"].rejected == 1
    assert Approach.objects.get().source_id == "O1"


@pytest.mark.usefixtures("clients")
def test_a_cpr_number_is_not_repeated_in_what_comes_back(imported):
    result = imported(vejledninger=[guidance(Vejleder="Bo 251299-1234")])
    assert "1234" not in refused(result, "vejledninger")[0]["Fejl"]


@pytest.mark.usefixtures("clients")
def test_a_row_with_several_faults_names_them_all(imported):
    result = imported(vejledninger=[guidance(Type="Andet", Kommune="Atlantis")])
    reason = refused(result, "vejledninger")[0]["Fejl"]
    assert "Type: " in reason
    assert "Kommune: " in reason


@pytest.mark.usefixtures("clients")
def test_refused_rows_can_be_corrected_and_imported_again(imported, tmp_path):
    result = imported(vejledninger=[guidance(), guidance(VejledningId="V2", Segment="?")])
    path = result.remainder / "vejledninger.csv"
    mended = path.read_bytes().replace(b";?;", b";Drift;")
    path.write_bytes(mended)

    again = run_import(path=path, source="escrm", by=None).files["vejledninger"]
    assert (again.rows, again.created, again.rejected) == (1, 1, 0)
    assert Guidance.objects.count() == 2


def refused(result, name):
    with (result.remainder / f"{name}.csv").open(encoding="cp1252", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))
