"""The reference of the import names every file and column, as the code has them."""

import re
from pathlib import Path

import pytest

from pejl_hub.sources.mapping import load_mapping
from pejl_hub.sources.registry import SOURCES, kinds_of

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "import.md"
ROW = re.compile(r"^\| `(\w+)` \| [^|]+ \| (.+) \|$", re.MULTILINE)


def documented():
    text = PAGE.read_text(encoding="utf-8").split("## The files of ESCRM")[1].split("\n## ")[0]
    return {name: columns.split() for name, columns in ROW.findall(text)}


@pytest.mark.parametrize("kind", SOURCES["escrm"], ids=lambda kind: kind.id)
def test_each_column_is_documented_and_bold_when_the_file_needs_it(kind):
    written = documented()[kind.id]
    bold = {column.strip("*") for column in written if column.startswith("**")}
    assert {column.strip("*") for column in written} == {column.name for column in kind.columns}
    assert bold == {column.name for column in kind.columns if column.vital}


def test_the_files_are_documented_in_the_order_of_reading():
    assert list(documented()) == [kind.id for kind in SOURCES["escrm"]]


def test_the_mapping_that_pejl_brings_fills_every_column():
    mapping = load_mapping("escrm")
    for kind in kinds_of(mapping):
        assert set(mapping.files[kind.id].columns) == {column.name for column in kind.columns}
