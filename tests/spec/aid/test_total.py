"""What counts, and against what: article 3 of Regulation (EU) 2023/2831, award by award."""

from datetime import date
from decimal import Decimal

import pytest

from pejl.aid.rules import load_rules
from pejl.aid.total import Award, total, total_with
from pejl.base.errors import UserError
from tests.spec.contract import REPOSITORY

FILE = REPOSITORY / "contracts" / "shared" / "de_minimis.yaml"
RULES = load_rules(FILE)
CEILING = Decimal("2238114")  # 300 000 EUR at 7.46038

# Counted on 25 November 2026.
DAY = date(2026, 11, 25)
DRAWN = """
 granted     dkk      counts
 2026-11-25  1000     yes
 2026-11-26  1000     no
 2023-11-26  1000     yes
 2023-11-25  1000     no
 2024-02-29  0        yes
"""


def awards(text):
    for line in text.strip().splitlines()[1:]:
        day, dkk, *rest = line.split()
        yield Award(date.fromisoformat(day), None if dkk == "-" else Decimal(dkk)), rest


@pytest.mark.parametrize(("award", "rest"), list(awards(DRAWN)))
def test_the_last_three_years_count_with_the_day_itself(award, rest):
    found = total([award], DAY, RULES)
    assert found.dkk == (award.dkk if rest == ["yes"] else 0)


def test_the_years_roll_over_a_leap_day():
    assert total([], date(2028, 2, 29), RULES).since == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("dkk", "standing", "left"),
    [
        (CEILING * Decimal("0.8") - 1, "below", "60000.13"),
        (CEILING * Decimal("0.8"), "near", "60000.00"),
        (CEILING, "near", "0.00"),
        (CEILING + 1, "above", "0"),
    ],
)
def test_a_sum_is_below_near_or_above_and_the_ceiling_itself_is_not_above(dkk, standing, left):
    found = total([Award(DAY, dkk)], DAY, RULES)
    assert (found.standing, str(found.left)) == (standing, left)


def test_an_award_without_amount_is_counted_as_unknown_never_as_nothing():
    found = total([Award(DAY, None), Award(DAY, Decimal(0))], DAY, RULES)
    assert (found.dkk, found.without_amount) == (0, 1)


# A new award of 100, recorded late: what is its highest period?
LATE = """
 granted     dkk
 2024-01-10  1000
 2025-06-01  500
 2027-01-05  200
 2027-06-30  300
"""


@pytest.mark.parametrize(
    ("on", "highest"),
    [
        ("2025-01-01", 1000 + 100 + 500 + 200),  # ends 5 January 2027: the first is still in
        ("2027-07-01", 500 + 200 + 300 + 100),  # ends with itself
        ("2024-01-05", 100 + 1000 + 500 + 0),  # ends 1 June 2025; on 5 January 2027 it is out
    ],
)
def test_a_late_award_weighs_on_the_periods_that_end_with_later_ones(on, highest):
    known = [award for award, _ in awards(LATE)]
    found = total_with(known, Award(date.fromisoformat(on), Decimal(100)), RULES)
    assert found.dkk == highest


def test_a_day_before_the_rules_is_refused_beside_the_first_day():
    assert total([], date(2024, 1, 1), RULES).eur == 0
    with pytest.raises(UserError, match=r"de_minimis.yaml, which says nothing of 2023-12-31"):
        total([], date(2023, 12, 31), RULES)


@pytest.mark.parametrize(
    ("changed", "to"),
    [
        ("eur: 300000", 'eur: "300000"'),
        ("near: 0.8", "near: 1.8"),
        ("dkk_per_eur: 7.46038", "dkk_per_eur: 0"),
        ("ceilings:", "ceiling:"),
        ("schema: faelles/1\n", ""),
    ],
)
def test_a_file_that_is_not_as_its_schema_says_is_refused(tmp_path, changed, to):
    text = FILE.read_text(encoding="utf-8")
    copy = tmp_path / "de_minimis.yaml"
    copy.write_text(text, encoding="utf-8")
    assert load_rules(copy) == RULES
    assert changed in text
    copy.write_text(text.replace(changed, to), encoding="utf-8")
    with pytest.raises(UserError):
        load_rules(copy)
