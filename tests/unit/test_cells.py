"""From a text cell to a value: what is read beside what is refused."""

from datetime import date
from decimal import Decimal

import pytest

from pejl_hub.sources import cells
from pejl_hub.sources.reading.sheet import Form
from pejl_hub.sources.reasons import Refused

FORM = Form()
PLACES = {cells.fold_place("Høje-Taastrup"): "169", cells.fold_place("Ærø"): "492"}
READERS = {
    "day": cells.day(FORM),
    "month": cells.month(FORM),
    "whole": cells.whole(FORM),
    "nps": cells.whole(FORM, most=10),
    "money": cells.money(FORM),
    "place": cells.municipality(PLACES),
    "cvr": cells.cvr,
    "p_number": cells.p_number,
    "industry": cells.industry,
    "yes_no": cells.yes_no(FORM),
    "code": cells.code({"Gennemført": "held"}),
    "text": cells.text(10),
}

# reader | cell | value
READ = [
    ("day", " 05-01-2024 ", date(2024, 1, 5)),
    ("day", "29-02-2024", date(2024, 2, 29)),
    ("day", "5-1-2024", date(2024, 1, 5)),
    ("day", "05-01-2024 10:30", date(2024, 1, 5)),
    ("month", "2024-03", date(2024, 3, 1)),
    ("month", "17-03-2024", date(2024, 3, 1)),
    ("whole", "0", 0),
    ("whole", "36.353", 36353),
    ("whole", "1.036.353", 1036353),
    ("whole", "", None),
    ("nps", "10", 10),
    ("money", "12.500,00", Decimal("12500.00")),
    ("money", "12500", Decimal("12500.00")),
    ("money", "0,5", Decimal("0.50")),
    ("money", "", None),
    ("place", "0169", "169"),
    ("place", "169", "169"),
    ("place", "HØJE TÅSTRUP", "169"),
    ("place", "", None),
    ("cvr", "DK10000009", "10000009"),
    ("cvr", "10 00 00 09", "10000009"),
    ("p_number", "1012345678", "1012345678"),
    ("industry", "62.01.00", "620100"),
    ("industry", "", None),
    ("yes_no", "ja", True),
    ("yes_no", "", None),
    ("code", "gennemført", "held"),
    ("text", "  ti tegn..  ", "ti tegn.."),
]

# reader | cell
NOT_READ = [
    ("day", ""),
    ("day", "29-02-2023"),
    ("day", "00-00-0000"),
    ("day", "01-05-24"),
    ("day", "2024-05-01"),
    ("day", "ikke oplyst"),
    ("month", "2024-13"),
    ("month", ""),
    ("whole", "-3"),
    ("whole", "mange"),
    ("whole", "1.5"),
    ("whole", "36.35"),
    ("whole", "²"),
    ("whole", "99999999999"),
    ("nps", "11"),
    ("money", "12,5,0"),
    ("money", "-1,00"),
    ("money", "12500.00"),
    ("money", "1,005"),
    ("place", "Atlantis"),
    ("place", "999"),
    ("cvr", "10000008"),
    ("cvr", "1234567"),
    ("cvr", ""),
    ("p_number", "101234567"),
    ("industry", "handel"),
    ("industry", "6201001"),
    ("yes_no", "måske"),
    ("code", "Andet"),
    ("code", ""),
    ("text", "elleve tegn"),
]


@pytest.mark.parametrize(("reader", "cell", "value"), READ)
def test_a_cell_that_means_something_is_read(reader, cell, value):
    assert READERS[reader](cell) == value


@pytest.mark.parametrize(("reader", "cell"), NOT_READ)
def test_a_cell_that_means_nothing_is_refused_with_what_was_needed(reader, cell):
    with pytest.raises(Refused) as refused:
        READERS[reader](cell)
    assert refused.value.needed


def test_a_text_with_a_cpr_number_is_refused_and_its_neighbour_is_read():
    read = cells.text(100)
    assert read("Ring 33 11 22 33") == "Ring 33 11 22 33"
    with pytest.raises(Refused, match="CPR"):
        read("Ring til 251299-1234")


def test_a_cell_remembers_what_it_read_but_not_without_end():
    cell = cells.Cell(cells.text(20))
    for number in range(cells.REMEMBERED + 5):
        assert cell.remember(str(number)) == str(number)
    assert len(cell.memory) == 5
