"""The outlook of a goal: its fan by month, or the first thing that stands in the way of one."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pejl.standing import outlook as o
from pejl.standing.outlook import Outlook, outlook
from pejl.standing.stand import stand
from tests.spec.figures import drawn
from tests.spec.standing.test_stand import FIVE, HELD, _held

MID = date(2024, 6, 30)
YEARS = (2021, 2022, 2023)
GROWTH = {"kind": "level_growth", "of": "newsletter", "level": "subscribers"}


def found(
    folder: Path,
    measure: Mapping[str, Any] = HELD,
    *,
    years: tuple[int, ...] = YEARS,
    a_month: int = 10,
    as_of: date = MID,
    municipality: str | None = None,
    **goal: Any,
) -> tuple[Any, Outlook]:
    days = {f"{year}-{month:02d}-15": 10 for year in years for month in range(1, 13)}
    days |= {f"2024-{m:02d}-15": a_month for m in range(1, as_of.month + 1)}
    contract = drawn.contract(drawn.goal(measure, **{"target": 132, **goal}))
    snapshot = drawn.written(folder, {"guidance": _held(days)})
    item = stand(contract, snapshot, as_of, municipality=municipality).goals["goal"]
    return item, outlook(contract, snapshot, as_of, item, municipality=municipality)


def test_the_fan_runs_from_the_running_month_to_the_last_and_ends_in_the_forecast(
    tmp_path: Path,
) -> None:
    item, made = found(tmp_path)

    assert made.why_not is None
    assert list(made.fan) == [f"2024-{month:02d}" for month in range(7, 13)]
    last = made.fan["2024-12"]
    assert (last.low, last.mid, last.high) == (
        item.forecast.low,
        item.forecast.mid,
        item.forecast.high,
    )


def test_a_share_has_a_fan_too(tmp_path: Path) -> None:
    item, made = found(tmp_path, {**FIVE, "kind": "share"}, unit="percent", target=30)
    assert item.forecast is not None
    assert list(made.fan)[-1] == "2024-12"
    assert made.fan["2024-12"].low == pytest.approx(item.forecast.low)


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"municipality": "101"}, o.MUNICIPALITY),
        ({"target": None}, o.NO_TARGET),
        ({"as_of": date(2024, 12, 31)}, o.ENDED),
        ({"measure": GROWTH}, o.KIND),
        ({"years": YEARS[2:]}, o.YEARS),
        ({"a_month": 1}, o.RECORDS),
        ({"as_of": date(2024, 1, 15), "a_month": 30}, o.EARLY),
    ],
)
def test_without_one_it_says_what_stands_in_the_way(
    tmp_path: Path, options: dict[str, Any], why: str
) -> None:
    item, made = found(tmp_path, **options)
    assert item.forecast is None
    assert made == Outlook({}, why)
