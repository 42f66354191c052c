"""The same rows otherwise written: encodings, delimiters, archives, workbooks, other words."""

import zipfile

import pytest
import xlsxwriter

from pejl.base.errors import UserError
from pejl_hub.guidance.models import Guidance
from pejl_hub.sources.imports import run_import
from pejl_hub.sources.mapping import OURS
from tests.spec.imports.conftest import CLIENTS, HEADINGS, guidance, write

pytestmark = pytest.mark.usefixtures("clients")

ROWS = [guidance(), guidance(VejledningId="V2", Kommune="Høje-Taastrup")]


def places():
    return list(Guidance.objects.order_by("source_id").values_list("source_id", "municipality"))


EXPECTED = [("V1", "101"), ("V2", "169")]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_encoding_and_the_delimiter_are_found(tmp_path, encoding, delimiter):
    path = write(tmp_path / "one", {"vejledninger": ROWS}) / "vejledninger.csv"
    text = path.read_text("cp1252").replace(";", delimiter)
    path.write_bytes(text.encode(encoding))
    run_import(path=path, source="escrm", by=None)
    assert places() == EXPECTED


def test_an_archive_is_a_folder(tmp_path):
    folder = write(tmp_path / "one", {"vejledninger": ROWS})
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.write(folder / "vejledninger.csv", "eksport/vejledninger.csv")
    run_import(path=tmp_path / "export.zip", source="escrm", by=None)
    assert places() == EXPECTED


def test_a_workbook_gives_the_same_records_and_a_second_import_changes_nothing(tmp_path):
    book = tmp_path / "eksport.xlsx"
    with xlsxwriter.Workbook(str(book)) as written:
        sheet = written.add_worksheet("vejledninger")
        for at, row in enumerate([HEADINGS["vejledninger"], *ROWS]):
            sheet.write_row(at, 0, row.split(";"))
    run_import(path=book, source="escrm", by=None)
    assert places() == EXPECTED
    csv = write(tmp_path / "one", {"vejledninger": ROWS})
    counts = run_import(path=csv, source="escrm", by=None).files["vejledninger"]
    assert (counts.created, counts.updated, counts.unchanged) == (0, 0, 2)


def test_another_hubs_columns_need_a_mapping_and_no_code(tmp_path, settings):
    folder = settings.DATA / "mappings"
    folder.mkdir(parents=True)
    text = (OURS / "escrm.yaml").read_text(encoding="utf-8")
    other = text.replace('client: "Klient"', 'client: "z_kunde"', 1)
    other = other.replace("Gennemført: held", "Afholdt: held", 1)
    (folder / "fyn.yaml").write_text(other, encoding="utf-8")
    path = write(tmp_path / "one", {"vejledninger": ROWS}) / "vejledninger.csv"
    text = path.read_text("cp1252").replace("Klient", "z_kunde").replace("Gennemført", "Afholdt")
    path.write_text(text, encoding="cp1252", newline="")
    # A number belongs to its source: the clients of another hub's system are read from it too.
    run_import(path=write(tmp_path / "clients", CLIENTS), source="fyn", by=None)
    run_import(path=path, source="fyn", by=None)
    assert places() == EXPECTED


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("vejledninger.csv", b"", "vejledninger"),
        ("vejledninger.csv", b"VejledningId;Dato\r\nV1;18-05-2024\r\n", "Klient"),
        ("eksport.xlsx", b"not a workbook", "eksport.xlsx"),
        ("eksport.zip", b"not an archive", "eksport.zip"),
        ("ukendt.csv", b"a;b\r\n1;2\r\n", "ukendt"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole_with_a_sentence(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UserError, match=said):
        run_import(path=path, source="escrm", by=None)
    assert not Guidance.objects.exists()


def test_an_unknown_source_names_those_there_are(tmp_path):
    path = write(tmp_path / "one", {"vejledninger": ROWS})
    with pytest.raises(UserError, match="escrm"):
        run_import(path=path, source="ukendt", by=None)
