"""Forecast: the chance that a target is met, from this year's pace and earlier years' season."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from benchmarks.calibration import HELD_OUT, made_up, real, score

from pejl.standing import forecast
from pejl.standing.formats import to_json
from pejl.standing.light import Case, light
from pejl.standing.result import GoalStanding, Light
from pejl.standing.stand import stand
from tests.spec.figures import drawn
from tests.spec.standing.test_stand import FIVE, HELD, _held

HALF = [Fraction(1)] * 6 + [Fraction(0)] * 6
EVEN = [[10] * 12, [10] * 12, [10] * 12]


def test_with_an_even_season_the_middle_of_the_year_is_half_of_it() -> None:
    made = forecast.count(60, EVEN, HALF, ">=", Fraction(120))

    assert made is not None
    assert made.mid == pytest.approx(60 * 2, abs=1)
    assert made.low < made.mid < made.high
    assert made.probability == pytest.approx(0.5, abs=0.05)


def test_the_season_decides_what_is_to_come() -> None:
    late = [[10] * 6 + [30] * 6] * 2

    made = forecast.count(60, late, HALF, ">=", Fraction(240))

    assert made is not None
    assert made.mid == pytest.approx(60 + 180, abs=3)


def test_months_that_scatter_more_than_chance_widen_the_fan() -> None:
    wild = [[2, 18] * 6, [18, 2] * 6, [2, 18] * 6]

    calm, unsure = (forecast.count(60, years, HALF) for years in (EVEN, wild))

    assert calm is not None
    assert unsure is not None
    assert unsure.high - unsure.low > 1.5 * (calm.high - calm.low)


@pytest.mark.parametrize(
    ("so_far", "years", "elapsed", "made"),
    [
        (20, EVEN[:2], HALF, True),
        (19, EVEN[:2], HALF, False),  # too few so far
        (20, EVEN[:1], HALF, False),  # one year shows no difference between years
        (20, EVEN[:2], [Fraction(1, 2)] + [Fraction(0)] * 11, False),  # too early in the year
        (20, EVEN[:2], [Fraction(1)] * 12, False),  # the year has ended
    ],
)
def test_it_is_made_only_where_history_allows(so_far, years, elapsed, made: bool) -> None:
    assert (forecast.count(so_far, years, elapsed) is not None) == made


def test_the_chance_counts_the_target_itself_as_the_comparison_says() -> None:
    chances = {
        op: forecast.count(60, EVEN, HALF, op, Fraction(120)) for op in (">=", ">", "<=", "<")
    }
    found = {op: made.probability for op, made in chances.items() if made}

    assert found[">="] > found[">"]
    assert found[">="] + found["<"] == pytest.approx(1)
    assert found["<="] + found[">"] == pytest.approx(1)


def test_a_target_already_passed_is_certain() -> None:
    made = forecast.count(60, EVEN, HALF, ">=", Fraction(60))
    assert made is not None
    assert made.probability == 1


def test_a_share_is_surer_the_more_of_the_year_has_passed() -> None:
    early, late = (
        forecast.share([(20, 50)] * months, months / 12, ">=", Fraction(3, 10)) for months in (3, 9)
    )

    assert early is not None
    assert late is not None
    assert early.mid == pytest.approx(0.4, abs=0.01)
    assert early.high - early.low > late.high - late.low
    assert 0.9 < early.probability < late.probability


@pytest.mark.parametrize("months", [[(20, 50)] * 2, [(2, 9)] * 3])
def test_a_share_of_few_has_no_forecast(months: list[tuple[int, int]]) -> None:
    assert forecast.share(months, 0.25, ">=", Fraction(3, 10)) is None


@pytest.mark.parametrize(
    ("probability", "expected"),
    [
        (0.99, Light.ON_TRACK),
        (2 / 3, Light.ON_TRACK),
        (0.66, Light.AT_RISK),
        (1 / 3, Light.AT_RISK),
        (0.33, Light.OFF_TRACK),
        (None, Light.ON_TRACK),  # by the pace: 5 of 5 expected
    ],
)
def test_the_light_follows_the_chance_where_there_is_one(probability, expected: Light) -> None:
    pace = Fraction(5)
    case = Case("agreed", ">=", Fraction(10), pace, pace, False, True, probability=probability)

    assert light(case) is expected


def test_a_standing_with_two_earlier_years_has_a_forecast_and_one_with_one_has_none(
    tmp_path: Path,
) -> None:
    two, one = _standing(tmp_path, (2022, 2023)), _standing(tmp_path, (2023,))

    assert two.forecast is not None
    assert two.forecast.mid == pytest.approx(120, abs=2)
    assert two.light is Light.OFF_TRACK
    assert one.forecast is None
    assert one.light is Light.AT_RISK  # 60 of the 66 expected of 132 by midsummer


def test_json_has_the_forecast(tmp_path: Path) -> None:
    snapshot, contract = _records(tmp_path, (2022, 2023))
    (goal,) = to_json(stand(contract, snapshot, date(2024, 6, 30)))["goals"]

    assert list(goal["forecast"]) == ["low", "mid", "high", "probability"]
    assert goal["forecast"]["low"] <= goal["forecast"]["mid"] <= goal["forecast"]["high"]


def test_after_the_period_there_is_nothing_to_forecast(tmp_path: Path) -> None:
    snapshot, contract = _records(tmp_path, (2022, 2023))

    assert stand(contract, snapshot, drawn.YEAR.end).goals["goal"].forecast is None


def test_a_share_of_the_year_is_forecast_from_its_own_months(tmp_path: Path) -> None:
    days = [date(2024, month, 10) for month in (1, 2, 3) for _ in range(12)]
    rows = [
        {"id": n, "held_on": day, "state": "held", "employees": 5 * (n % 2)}
        for n, day in enumerate(days)
    ]
    snapshot = drawn.written(tmp_path, {"guidance": rows})
    contract = drawn.contract(drawn.goal(FIVE, target=30, unit="percent"))

    made = stand(contract, snapshot, date(2024, 3, 31)).goals["goal"].forecast

    assert made is not None
    assert made.mid == pytest.approx(0.5, abs=0.01)


def test_the_intervals_of_made_up_series_hold_four_ends_of_five() -> None:
    found = score(made_up(3, count=12, level=240))

    assert 0.72 <= found.coverage <= 0.88  # 12 series of one seed; the page has more
    assert found.brier < found.brier_linear


def test_the_chances_of_real_series_beat_a_straight_line() -> None:
    found = score([years[:4] for years in real()])

    assert found.forecasts > 0
    assert found.brier < found.brier_linear


def test_the_intervals_of_series_that_nothing_was_tuned_on_hold_as_often_as_they_say() -> None:
    # The small and the short of the held-out series; `make calibrate` takes them all.
    deaths_m, deaths_f, _, rear, vans, *_ = real(HELD_OUT)
    found = score([deaths_m, deaths_f, rear[:6], vans[:8]])

    assert found.forecasts > 100
    assert 0.70 <= found.coverage <= 0.90  # few series: the page has all seven
    assert 0.40 <= found.coverage_50 <= 0.70
    assert found.brier < found.brier_linear


def test_the_fan_widens_month_by_month_and_ends_in_the_forecast() -> None:
    made = forecast.count(60, EVEN, HALF)
    fan = forecast.fan(60, EVEN, HALF)

    assert made is not None
    assert list(fan) == [6, 7, 8, 9, 10, 11]
    assert (fan[11].low, fan[11].mid, fan[11].high) == (made.low, made.mid, made.high)
    for band in fan.values():
        assert 60 <= band.low <= band.lower <= band.mid <= band.upper <= band.high
    widths = [band.high - band.low for band in fan.values()]
    assert widths == sorted(widths)
    assert fan[8].mid == pytest.approx(60 + 30, abs=1)


def test_a_running_month_is_the_first_of_the_fan() -> None:
    halfway = [Fraction(1)] * 6 + [Fraction(1, 2)] + [Fraction(0)] * 5
    assert next(iter(forecast.fan(65, EVEN, halfway))) == 6


def test_without_a_forecast_there_is_no_fan() -> None:
    assert forecast.fan(19, EVEN, HALF) == {}
    assert forecast.fan(60, EVEN[:1], HALF) == {}


def test_a_shares_fan_widens_with_what_is_to_come() -> None:
    months = [(10, 20), (12, 20), (9, 20)]
    near, far = (forecast.share_band(months, 0.25, until) for until in (0.4, 1.0))

    assert near is not None
    assert far is not None
    assert far.high - far.low > near.high - near.low > near.upper - near.lower > 0
    made = forecast.share(months, 0.25, None, None)
    assert made is not None
    assert (far.low, far.mid, far.high) == (made.low, made.mid, made.high)


def _standing(folder: Path, years: tuple[int, ...]) -> GoalStanding:
    snapshot, contract = _records(folder, years)
    return stand(contract, snapshot, date(2024, 6, 30)).goals["goal"]


def _records(folder: Path, years: tuple[int, ...]):
    days = {f"{year}-{month:02d}-15": 10 for year in years for month in range(1, 13)}
    days |= {f"2024-{month:02d}-15": 10 for month in range(1, 7)}
    contract = drawn.contract(drawn.goal(HELD, target=132))
    return drawn.written(folder, {"guidance": _held(days)}), contract
