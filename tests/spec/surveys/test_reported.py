"""A file of figures that others measured: taken whole, or refused with every faulty line named."""

import hashlib
from datetime import date
from decimal import Decimal

import pytest

from pejl.base.errors import UserError
from pejl.surveys.figurefile import Expected, read_figures
from pejl.surveys.reported import interval_of, read_mix

EXPECTED = Expected(
    {"nps_growth": "nps", "referral_use": "percent", "effect": "percentage_point"},
    {"segment": frozenset({"growth", "operating"}), "size": frozenset({"0", "1-4"})},
)
COLUMNS = "goal;measured_on;value;n;interval_low;interval_high;method;period_from;period_to"
WHOLE = f"""{COLUMNS};asked;mix
nps_growth;2025-03-31;72;120;62,5;82;Telefon;01-01-2024;31-12-2024;300;"1-4=70;0=50"
referral_use;31-03-2025;54,5;1.088;;;;;;;
effect;2025-03-31;-1,5;;;;;;;;
"""
NEEDED = "goal,measured_on,value,n\n"


def lines(text: str, encoding: str = "utf-8"):
    return read_figures(text.encode(encoding), EXPECTED).lines


def test_every_column_is_read_in_danish_and_in_iso() -> None:
    nps, use, effect = lines(WHOLE)
    assert (nps.goal, nps.value, nps.n, nps.measured_on) == (
        "nps_growth", Decimal(72), 120, date(2025, 3, 31),
    )  # fmt: skip
    assert (nps.interval, nps.interval_by) == ((Decimal("62.5"), Decimal(82)), "source")
    assert (nps.period_from, nps.period_to) == (date(2024, 1, 1), date(2024, 12, 31))
    assert (nps.asked, read_mix(nps.mix), nps.method) == (300, {"1-4": 70, "0": 50}, "Telefon")
    assert (use.value, use.n, use.measured_on) == (Decimal("54.5"), 1088, date(2025, 3, 31))
    assert (effect.value, effect.n, effect.interval) == (Decimal("-1.5"), None, None)


def test_the_hash_is_of_the_files_own_bytes() -> None:
    assert (
        read_figures(WHOLE.encode(), EXPECTED).sha256 == hashlib.sha256(WHOLE.encode()).hexdigest()
    )


def test_commas_a_mark_of_utf_8_and_windows_letters_are_read_too() -> None:
    text = "goal,measured_on,value,n,method\nnps_growth,2025-03-31,7.5,12,Spørgeskema\n"
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        assert [(one.value, one.method) for one in lines(text, encoding)] == [
            (Decimal("7.5"), "Spørgeskema")
        ]


def test_an_interval_that_the_source_does_not_give_is_ours_and_says_so() -> None:
    assert lines(WHOLE)[1].interval_by == "wilson"
    widest = interval_of("nps", Decimal(72), 120)
    # With 86 % promoters, 14 % detractors and nobody between, n = 120.
    assert (round(widest.low, 1), widest.by) == (Decimal("57.0"), "nps_widest")
    assert interval_of("nps", Decimal(72), None) is None
    assert interval_of("percentage_point", Decimal(2), 120) is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("press,2025-03-31,72,120", "line 2: the goal 'press'"),
        ("nps_growth,2025-02-30,72,120", "the measured_on '2025-02-30', where a date"),
        ("nps_growth,,72,120", "no measured_on"),
        ("nps_growth,2025-03-31,,120", "no value"),
        ("nps_growth,2025-03-31,101,120", "a number from -100 to 100"),
        ("referral_use,2025-03-31,-1,120", "a number from 0 to 100"),
        ("nps_growth,2025-03-31,mange,120", "the value 'mange', where a number"),
        ("nps_growth,2025-03-31,nan,120", "the value 'nan'"),
        ("nps_growth,2025-03-31,72,-5", "the n '-5', where a whole number"),
    ],
)
def test_a_faulty_line_is_named_with_what_was_needed(line: str, said: str) -> None:
    assert lines(NEEDED + "nps_growth,2025-03-31,72,120")
    with pytest.raises(UserError, match=said):
        lines(NEEDED + line)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("60,,,,", "one end of an interval"),
        ("80,90,,,", "an interval around the value 72"),
        (",,2024-01-01,,", "half a period"),
        (",,2024-12-31,2024-01-01,", "ends before it begins"),
        (",,,,100", "100 asked and 120 answers"),
    ],
)
def test_cells_that_contradict_each_other_are_refused(cells: str, said: str) -> None:
    header = "goal,measured_on,value,n,interval_low,interval_high,period_from,period_to,asked\n"
    assert lines(header + "nps_growth,2025-03-31,72,120,60,80,2024-01-01,2024-12-31,300")
    with pytest.raises(UserError, match=said):
        lines(header + "nps_growth,2025-03-31,72,120," + cells)


@pytest.mark.parametrize("mix", ["growth", "growth=x", "growth=1;growth=2", "growth=1;0=2", "a=1"])
def test_a_mix_is_of_one_dimension_and_each_group_once(mix: str) -> None:
    header = "goal,measured_on,value,n,mix\n"
    assert lines(header + "nps_growth,2025-03-31,72,120,growth=60;operating=60")
    with pytest.raises(UserError):
        lines(header + f"nps_growth,2025-03-31,72,120,{mix}")


def test_all_faulty_lines_are_named_at_once_and_nothing_is_taken() -> None:
    text = NEEDED + "nps_growth,2025-03-31,72,120\nx,2025-03-31,1,1\nnps_growth,2025-03-31,y,1\n"
    with pytest.raises(UserError, match=r"line 3: .*line 4: "):
        lines(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "without the columns goal"),
        ("goal;value\n", "without the columns measured_on, n"),
        (NEEDED, "without figures"),
        (NEEDED.strip() + ",navn\n", "the columns navn"),
        ("x" * (1024 * 1024 + 1), "more than 1 MB"),
    ],
)
def test_a_file_of_another_kind_is_refused_whole(text: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        lines(text)
