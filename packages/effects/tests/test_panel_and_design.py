"""Files, windows and rules, each allowed case beside its refused one."""

from pathlib import Path

import numpy as np
import pytest

from drawn import write
from pejl_effects.design.load import load
from pejl_effects.design.model import Rules
from pejl_effects.errors import EffectError
from pejl_effects.measure.effects import estimate
from pejl_effects.measure.prepared import Prepared, prepare
from pejl_effects.windows.outliers import tame
from pejl_effects.windows.window import Window, windows_of

# two guided (A, B) and three controls; guidance begins and ends in 2021, two years on is 2023
TABLE = """
firm 2020 2021 2022 2023
A    100  110  120  130
B    200  200  220  240
C    100  100  100  100
D    100  105  110  110
E    100  100  105  105
"""
GUIDED = """
A 2021 2021
B 2021 2021
"""


def _prepared(folder: Path, table: str = TABLE, guided: str = GUIDED, **rest: str) -> Prepared:
    return prepare(load(write(folder, table, guided, **rest)))[0]  # type: ignore[arg-type]


def _effect(prepared: Prepared) -> float:
    return float(estimate(prepared, "stratified", [2]).estimates.values[0])


def _count(prepared: Prepared, rule: str) -> int:
    return prepared.panel.ledger.of(rule)


def test_the_effect_is_the_mean_growth_of_the_guided_minus_that_of_the_controls(
    tmp_path: Path,
) -> None:
    guided = (130 / 100 - 1 + 240 / 200 - 1) / 2
    controls = (0.00 + 0.10 + 0.05) / 3
    assert _effect(_prepared(tmp_path)) == pytest.approx(guided - controls)


def test_symmetric_and_log_growth_give_their_own_arithmetic(tmp_path: Path) -> None:
    symmetric = (60 / 230 + 80 / 440) / 2 - (0 + 20 / 210 + 10 / 205) / 3
    assert _effect(_prepared(tmp_path, growth="symmetric")) == pytest.approx(symmetric)
    log = (np.log(1.3) + np.log(1.2)) / 2 - (0 + np.log(1.1) + np.log(1.05)) / 3
    assert _effect(_prepared(tmp_path, growth="log")) == pytest.approx(log)


def test_firms_are_compared_inside_their_stratum(tmp_path: Path) -> None:
    table = """
firm industry 2020 2021 2022 2023
A    x        100  100  100  130
B    y        100  100  100  120
C    x        100  100  100  110
D    x        100  100  100  110
E    y        100  100  100  100
F    y        100  100  100  100
"""
    found = _prepared(tmp_path, table, controls='strata = ["industry"]')
    assert _effect(found) == pytest.approx(((0.30 - 0.10) + (0.20 - 0.00)) / 2)


def test_a_firm_guided_later_is_a_control_until_then_only_when_the_design_says_so(
    tmp_path: Path,
) -> None:
    table = TABLE + "F    100  100  100  140  \n"
    guided = GUIDED + "F 2024 2024\n"
    both = [
        _prepared(tmp_path, table, guided, controls=f'kind = "{k}"') for k in ("not_yet", "never")
    ]
    rate = (0.30 + 0.20) / 2
    assert _effect(both[0]) == pytest.approx(rate - (0.00 + 0.10 + 0.05 + 0.40) / 4)
    assert _effect(both[1]) == pytest.approx(rate - (0.00 + 0.10 + 0.05) / 3)


def test_a_closed_firm_is_left_out_or_counted_as_lost_by_the_rule(tmp_path: Path) -> None:
    table = TABLE.replace("B    200  200  220  240", "B    200  200  -    -")
    dropped = _prepared(tmp_path, table, growth="symmetric")
    assert _effect(dropped) == pytest.approx(60 / 230 - (0 + 20 / 210 + 10 / 205) / 3)
    lost = _prepared(tmp_path, table, growth="symmetric", rules='exits = "zero"')
    assert _effect(lost) == pytest.approx((60 / 230 - 2) / 2 - (0 + 20 / 210 + 10 / 205) / 3)
    assert _count(dropped, "exits:turnover") == _count(lost, "exits:turnover") == 1


def test_a_firm_that_did_not_exist_before_is_an_entry_and_counted(tmp_path: Path) -> None:
    table = TABLE.replace("B    200  200  220  240", "B    -    200  220  240")
    found = _prepared(tmp_path, table)
    assert _count(found, "entries:turnover") == 1
    assert _effect(found) == pytest.approx(0.30 - (0.00 + 0.10 + 0.05) / 3)


def test_merged_firms_are_added_up_from_the_start_or_left_out(tmp_path: Path) -> None:
    table = TABLE + "F    50   50   50   -    \n"
    (tmp_path / "mergers.csv").write_text("firm,into\nF,A\n", encoding="utf-8")
    added = _prepared(tmp_path, table, data='mergers = "mergers.csv"')
    grown = (130 / 150 - 1 + 240 / 200 - 1) / 2
    assert _effect(added) == pytest.approx(grown - (0.00 + 0.10 + 0.05) / 3)
    without = _prepared(tmp_path, table, data='mergers = "mergers.csv"', rules='mergers = "drop"')
    assert _effect(without) == pytest.approx(0.20 - (0.00 + 0.10 + 0.05) / 3)
    assert _count(added, "mergers") == _count(without, "mergers") == 1


def test_mergers_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mergers.csv").write_text("firm,into\nC,D\nD,C\n", encoding="utf-8")
    with pytest.raises(EffectError, match="circle"):
        _prepared(tmp_path, data='mergers = "mergers.csv"')


def test_the_first_of_several_guidances_counts_and_the_others_are_counted(tmp_path: Path) -> None:
    found = _prepared(tmp_path, guided=GUIDED + "A 2022 2023\nZ 2021 2021\n")
    assert _effect(found) == pytest.approx(0.25 - (0.00 + 0.10 + 0.05) / 3)
    assert _count(found, "guided_again") == 1
    assert _count(found, "not_in_panel") == 1


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("A    100  110  120  130", "stand more than once"),
        ("G    -5   1    1    1", "below zero"),
        ("H    inf  1    1    1", "infinite"),
    ],
)
def test_a_panel_with_a_fault_is_refused_with_a_count(
    tmp_path: Path, line: str, complaint: str
) -> None:
    with pytest.raises(EffectError, match=complaint):
        _prepared(tmp_path, TABLE + line + "\n")


def test_negative_values_can_be_counted_out_instead(tmp_path: Path) -> None:
    found = _prepared(tmp_path, TABLE + "G -5 1 1 1\n", rules='negative = "missing"')
    assert _count(found, "negative") == 1
    assert _effect(found) == pytest.approx(0.25 - 0.05)


def test_guidance_that_ends_before_it_starts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EffectError, match="end before they start"):
        _prepared(tmp_path, guided="A 2021 2020\n")


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(EffectError, match='without the column "branch"'):
        _prepared(tmp_path, controls='strata = ["branch"]')


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ('colour = "red"', 'the key "colour"'),
        ('outliers = "burn"', "one of keep, winsorise, trim"),
        ("tail = 0.4", "a tail in 0-0.25"),
        ('exits = "zero"', "growth that is defined at zero"),
    ],
)
def test_a_design_that_breaks_a_rule_is_refused_by_name(
    tmp_path: Path, change: str, complaint: str
) -> None:
    growth = "log" if "exits" in change else "percent"
    with pytest.raises(EffectError, match=complaint):
        load(write(tmp_path, TABLE, GUIDED, growth=growth, rules=change))


def test_a_design_without_its_schema_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, TABLE, GUIDED)
    assert load(path).title == "Drawn"
    path.write_text(path.read_text(encoding="utf-8").replace("design/1", "design/9"))
    with pytest.raises(EffectError, match="pejl-effects/design/1"):
        load(path)


def test_rolling_months_are_twelve_before_and_thirteen_to_twenty_four_after(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, TABLE, GUIDED, history=1)
    text = path.read_text(encoding="utf-8")
    text = text.replace('frequency = "year"', 'frequency = "month"').replace(
        "before = 1", "before = 12"
    )
    path.write_text(text.replace("after_from = 2\nafter_to = 2", "after_from = 13\nafter_to = 24"))
    assert windows_of(load(path), started=100, ended=103) == [
        Window(-1, 88, 99),
        Window(-2, 76, 87),
        Window(1, 104, 115),
        Window(2, 116, 127),
    ]


def test_whole_years_are_calendar_years(tmp_path: Path) -> None:
    path = write(tmp_path, TABLE, GUIDED)
    text = path.read_text(encoding="utf-8").replace('frequency = "year"', 'frequency = "month"')
    path.write_text(text.replace("before = 1", 'kind = "whole_year"\nbefore = 12'))
    start, end = 2021 * 12 + 5, 2022 * 12 + 2  # June 2021 to March 2022
    assert windows_of(load(path), start, end) == [
        Window(-1, 2020 * 12, 2020 * 12 + 11),
        Window(1, 2023 * 12, 2023 * 12 + 11),
        Window(2, 2024 * 12, 2024 * 12 + 11),
    ]


def test_outliers_are_kept_pulled_in_or_left_out() -> None:
    growth = np.array([-9.0, 0.0, 0.1, 0.2, 9.0])
    kept = tame(growth, Rules(outliers="keep"))
    assert kept.growth.tolist() == growth.tolist()
    pulled = tame(growth, Rules(outliers="winsorise", tail=0.2))
    low, high = np.quantile(growth, [0.2, 0.8])
    assert pulled.growth.tolist() == [low, 0.0, 0.1, 0.2, high]
    cut = tame(growth, Rules(outliers="trim", tail=0.2))
    assert np.isnan(cut.growth).tolist() == [True, False, False, False, True]
    assert pulled.touched.sum() == cut.touched.sum() == 2
