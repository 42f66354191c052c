"""The map of tiles: the drawn hub as it is, any other territory as a plain grid."""

from pathlib import Path

from pejl.contract.load import load
from pejl_hub.status.tiles import COLUMNS, places

CONTRACT = Path(__file__).parents[2] / "contracts" / "hovedstaden" / "2024.yaml"


def territory() -> dict[str, str]:
    contract = load(CONTRACT)
    codes = contract.territory.on(contract.period.end)
    return {code: contract.municipalities[code].name for code in codes}


def test_every_municipality_of_the_hub_has_one_place_of_its_own():
    found = places("hovedstaden", territory())
    assert {place.code for place in found} == set(territory())
    assert len({(place.column, place.row) for place in found}) == len(found) == 29
    assert all(1 <= place.column <= COLUMNS and 1 <= place.row <= 10 for place in found)


def test_north_is_up_and_bornholm_is_to_the_right():
    at = {place.code: place for place in places("hovedstaden", territory())}
    helsingoer, koebenhavn, dragoer, bornholm = at["217"], at["101"], at["155"], at["400"]
    assert helsingoer.row < koebenhavn.row < dragoer.row
    assert bornholm.column == COLUMNS


def test_a_territory_that_is_not_drawn_gets_a_plain_grid_by_code():
    fyn = {"461": "Odense", "410": "Middelfart", "450": "Nyborg"}
    assert [(p.code, p.column, p.row) for p in places("fyn", fyn)] == [
        ("410", 1, 1),
        ("450", 2, 1),
        ("461", 3, 1),
    ]


def test_a_territory_that_has_grown_is_not_drawn_on_the_old_map():
    grown = {**territory(), "265": "Roskilde"}
    assert {place.code for place in places("hovedstaden", grown)} == set(grown)
