"""From a made-up register to a results file and a report, by the command line."""

import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from drawn import write
from pejl_effects.cli import main
from pejl_effects.errors import EffectError
from pejl_effects.report.blocks import Figure
from pejl_effects.report.charts import ticks
from pejl_effects.report.document import document
from pejl_effects.report.words import LANGUAGES, words
from pejl_effects.result.model import Range, verdict
from pejl_effects.result.write import digest, read, schema


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up register with turnover +0.12, measured once."""
    folder = tmp_path_factory.mktemp("register")
    assert main(["simulate", "--out", str(folder), "--firms", "1500", "--guided", "150"]) == 0
    assert main(["measure", str(folder / "design.toml"), "--out", str(folder / "r.json")]) == 0
    return folder


@pytest.fixture(scope="module")
def record(register: Path) -> dict[str, Any]:
    """The results file of the register."""
    return read(register / "r.json")


def test_the_results_file_keeps_its_published_schema(record: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(record, schema())


def test_a_results_file_with_something_added_or_taken_away_breaks_the_schema(
    record: dict[str, Any],
) -> None:
    for broken in (
        {**record, "firms": [1, 2]},
        {k: v for k, v in record.items() if k != "vintage"},
        {**record, "effects": [{**record["effects"][0], "estimate": None}]},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, schema())


def test_the_main_interval_holds_the_made_up_truth(register: Path, record: dict[str, Any]) -> None:
    truth = json.loads((register / "truth.json").read_text())
    main_ones = {e["outcome"]: e for e in record["effects"] if e["role"] == "main"}
    for outcome, effect in truth.items():
        found = main_ones[outcome]
        # 99.9 %: one fixed draw of a seed, not a test of coverage
        assert abs(found["estimate"] - effect) < 3.29 * found["standard_error"]


def test_every_method_is_there_and_the_placebo_finds_nothing(record: dict[str, Any]) -> None:
    turnover = {e["method"]: e for e in record["effects"] if e["outcome"] == "turnover"}
    assert set(turnover) == {
        "stratified", "doubly_robust", "matched", "ratio_of_sums", "callaway_santanna",
        "outliers_winsorise", "exits_as_zero", "placebo_date",
    }  # fmt: skip
    placebo = turnover["placebo_date"]
    assert placebo["interval"]["low"] < 0 < placebo["interval"]["high"]
    assert placebo["verdict"] == "no_target"


def test_the_event_study_is_flat_before_and_not_after(record: dict[str, Any]) -> None:
    study = record["event_studies"][0]
    assert [p["year"] for p in study["points"]] == [-3, -2, 1, 2]
    for point in study["points"]:
        inside = point["band"]["low"] <= 0 <= point["band"]["high"]
        assert inside == (point["year"] < 0)
        assert point["band"]["low"] <= point["interval"]["low"]
    assert [b["bound"] for b in study["sensitivity"]] == [0.5, 1.0, 1.5, 2.0]


def test_measuring_again_gives_the_same_bytes(register: Path) -> None:
    again = register / "again.json"
    assert main(["measure", str(register / "design.toml"), "--out", str(again)]) == 0
    assert again.read_bytes() == (register / "r.json").read_bytes()


def test_no_firm_number_leaves_the_register(register: Path) -> None:
    text = (register / "r.json").read_text(encoding="utf-8")
    body = re.sub(r"[0-9a-f]{64}", "", text)
    assert re.search(r"\b1000\d{4}\b", body) is None


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.10, 0.2, "met"),
        (0.0, 0.0999, "not_met"),
        (0.05, 0.15, "undecided"),
        (0.0, 0.10, "undecided"),
    ],
)
def test_the_verdict_is_read_from_the_interval(low: float, high: float, expected: str) -> None:
    assert verdict(Range(low, high, 0.95), 0.10) == expected


def test_no_interval_and_no_target_have_verdicts_of_their_own() -> None:
    assert verdict(None, 0.10) == "suppressed"
    assert verdict(None, None) == "no_target"


def test_a_changed_results_file_is_refused(register: Path, record: dict[str, Any]) -> None:
    forged = dict(record)
    forged["effects"] = [{**record["effects"][0], "estimate": 0.99}, *record["effects"][1:]]
    path = register / "forged.json"
    path.write_text(json.dumps(forged), encoding="utf-8")
    with pytest.raises(EffectError, match="does not fit its hash"):
        read(path)
    assert record["sha256"] == digest(record)


DRAWN = """
firm 2020 2021 2022 2023
A    100  110  120  130
B    200  200  220  240
C    100  100  100  100
D    100  105  110  110
E    100  100  105  105
"""


def test_two_guided_firms_are_measured_but_not_shown(tmp_path: Path) -> None:
    design = write(tmp_path, DRAWN, "A 2021 2021\nB 2021 2021\n")
    assert main(["measure", str(design), "--out", str(tmp_path / "r.json")]) == 0
    record = read(tmp_path / "r.json")
    jsonschema.validate(record, schema())
    effect = record["effects"][0]
    assert effect["suppressed"] == "fewer than 3 units"
    assert effect["estimate"] is None
    assert effect["n"]["guided"] is None
    assert effect["verdict"] == "suppressed"
    assert record["cohorts"][0]["estimate"] is None


def test_a_guided_firm_that_dominates_hides_the_estimate(tmp_path: Path) -> None:
    table = DRAWN + "F    9000 9000 9000 9900\nG 100 100 100 100\n"
    listed = "A 2021 2021\nB 2021 2021\nF 2021 2021\n"
    assert main(["measure", str(write(tmp_path, table, listed)), "--out", str(tmp_path / "r")]) == 0
    assert "largest units hold" in read(tmp_path / "r")["effects"][0]["suppressed"]
    even = table.replace("9000 9000 9000 9900", "150 150 150 165")
    assert main(["measure", str(write(tmp_path, even, listed)), "--out", str(tmp_path / "r")]) == 0
    assert read(tmp_path / "r")["effects"][0]["suppressed"] is None


def test_a_control_that_dominates_hides_the_estimate(tmp_path: Path) -> None:
    table = DRAWN + "F 100 100 100 110\nG {0} {0} {0} {0}\n"
    listed = "A 2021 2021\nB 2021 2021\nF 2021 2021\n"
    for size, hidden in ((150, False), (9000, True)):
        design = write(tmp_path, table.format(size), listed)
        assert main(["measure", str(design), "--out", str(tmp_path / "r")]) == 0
        said = read(tmp_path / "r")["effects"][0]["suppressed"]
        assert said == ("the 2 largest units hold 85 % or more" if hidden else None)


RATIO = """
firm fte   2020   2021   2022   2023
A    {fte} {size} {size} {size} {size}
B    10    100    100    110    110
C    10    100    100    110    120
D    10    100    100    100    100
E    10    100    105    110    110
F    10    100    100    105    105
"""


@pytest.mark.parametrize(
    ("size", "fte", "hidden"), [(100, 10, False), (9000, 10, True), (100, 900, True)]
)
def test_a_ratio_is_hidden_when_one_firm_dominates_either_of_its_totals(
    tmp_path: Path, size: int, fte: int, hidden: bool
) -> None:
    listed = "A 2021 2021\nB 2021 2021\nC 2021 2021\n"
    design = write(tmp_path, RATIO.format(size=size, fte=fte), listed)
    text = design.read_text().replace('column = "turnover"', 'column = "turnover"\nper = "fte"')
    design.write_text(text)
    assert main(["measure", str(design), "--out", str(tmp_path / "r")]) == 0
    assert (read(tmp_path / "r")["effects"][0]["estimate"] is None) == hidden


def _three_cohorts(folder: Path, largest: int) -> dict[str, Any]:
    """Firms guided in 2021 (3, +10 %, one of them large), 2022 (4, +20 %), 2023 (10, +30 %)."""
    rows, listed = ["firm 2020 2021 2022 2023 2024 2025"], []
    for year, percent, sizes in (
        (2021, 10, [largest, 50, 50]), (2022, 20, [100] * 4), (2023, 30, [100] * 10),
        (0, 0, [100] * 6),
    ):  # fmt: skip
        for number, size in enumerate(sizes):
            # up two years after the start, as the design measures
            levels = [size * (100 + percent * (y >= year + 2)) / 100 for y in range(2020, 2026)]
            rows.append(f"{year}x{number} " + " ".join(map(str, levels)))
            listed += [f"{year}x{number} {year} {year}"] if year else []
    design = write(folder, "\n".join(rows), "\n".join(listed))
    assert main(["measure", str(design), "--out", str(folder / "r")]) == 0
    return read(folder / "r")


def _subtracted(record: dict[str, Any]) -> float:
    """The attack: the total minus every cohort shown, by the firms that remain."""
    total = record["effects"][0]
    shown = [c for c in record["cohorts"] if c["estimate"] is not None]
    rest = total["n"]["guided"] - sum(c["guided"] for c in shown)
    amount = total["estimate"] * total["n"]["guided"]
    return float((amount - sum(c["estimate"] * c["guided"] for c in shown)) / rest)


# 3000: the first two cohorts taken as one would be dominated still, so the third is hidden too
@pytest.mark.parametrize(
    ("largest", "hidden", "found"),
    [(1000, [2021, 2022], 11 / 70), (3000, [2021, 2022, 2023], 41 / 170)],
)
def test_a_dominated_cohort_cannot_be_found_by_subtracting_the_others_from_the_total(
    tmp_path: Path, largest: int, hidden: list[int], found: float
) -> None:
    record = _three_cohorts(tmp_path, largest)
    assert [c["year"] for c in record["cohorts"] if c["estimate"] is None] == hidden
    assert all((c["guided"] is None) == (c["estimate"] is None) for c in record["cohorts"])
    # what subtraction gives is the average of the hidden cohorts, not the dominated one's 0.10
    assert _subtracted(record) == pytest.approx(found)


def test_cohorts_that_nobody_dominates_are_all_shown(tmp_path: Path) -> None:
    cohorts = _three_cohorts(tmp_path, 100)["cohorts"]
    assert [c["guided"] for c in cohorts] == [3, 4, 10]
    assert [c["estimate"] for c in cohorts] == pytest.approx([0.1, 0.2, 0.3])


def test_where_the_main_estimate_is_hidden_no_range_is_shown_round_it(tmp_path: Path) -> None:
    rows = ["firm industry 2020 2021 2022 2023"]
    for at in range(16):
        size = "{0}" if at == 0 else "100"
        rows.append(f"f{at} {'ab'[at % 2]} {size} {size} {size} {size}")
    listed = "\n".join(f"f{at} 2021 2021" for at in range(8))
    for largest, ranges in ((100, 1), (90000, 0)):
        table = "\n".join(rows).format(largest)
        design = write(tmp_path, table, listed, controls='strata = ["industry"]')
        assert main(["measure", str(design), "--out", str(tmp_path / "r")]) == 0
        assert len(read(tmp_path / "r")["leave_out"]) == ranges


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_is_one_file_that_needs_nothing_else(
    register: Path, record: dict[str, Any], language: str
) -> None:
    out = register / f"{language}.html"
    arguments = ["report", str(register / "r.json"), "--out", str(out), "--language", language]
    assert main(arguments) == 0
    text = out.read_text(encoding="utf-8")
    assert f'<html lang="{language}">' in text
    assert "<script" not in text
    assert not re.search(r'(?:src|href)="', text)
    assert record["sha256"] in text
    assert text.count("<svg") == text.count('role="img"') == 2 * 3 + 1
    _Balanced().feed(text)


class _Balanced(HTMLParser):
    """Fails on a tag closed out of order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that closes itself leaves nothing open."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_numbers_are_written_as_the_language_does(record: dict[str, Any]) -> None:
    assert words("da").number(1234.5) == "1.234,5"
    assert words("en").number(1234.5) == "1,234.5"
    assert words("da").points(-0.0123) == "\N{MINUS SIGN}1,2"
    assert words("da").number(None) == "–"


def test_both_languages_have_the_same_texts_with_the_same_values() -> None:
    da, en = (words(language).texts for language in LANGUAGES)
    assert da.keys() == en.keys()
    for key in da:
        assert set(re.findall(r"{(\w+)}", da[key])) == set(re.findall(r"{(\w+)}", en[key])), key


def test_every_drawing_says_its_numbers_in_words(record: dict[str, Any]) -> None:
    figures = [b for b in document(record, words("da")) if isinstance(b, Figure)]
    assert len(figures) == 7
    assert all(re.search(r"\d", figure.alt) for figure in figures)


def test_the_pdf_is_tagged_and_holds_the_conclusion(register: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    pytest.importorskip("typst", reason="the extra `report` is not installed")
    out = register / "r.pdf"
    assert main(["report", str(register / "r.json"), "--out", str(out)]) == 0
    found = pypdf.PdfReader(io.BytesIO(out.read_bytes()))
    assert found.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert found.trailer["/Root"]["/Lang"] == "da"
    assert "Konklusion" in found.pages[0].extract_text()


def test_ticks_cover_the_range_with_round_numbers() -> None:
    assert ticks(0.0, 1.0)[0] <= 0 <= 1 <= ticks(0.0, 1.0)[-1]
    assert ticks(-37.0, 122.0) == [-50.0, 0.0, 50.0, 100.0, 150.0]
    assert ticks(-0.1, 0.1) == [-0.1, -0.05, 0.0, 0.05, 0.1]


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "nothing.toml"],
        ["verify", "nothing.json"],
        ["power", "--spread", "0.4"],
        ["report", "nothing.json", "--out", "x.html"],
    ],
)
def test_a_refusal_is_one_sentence_on_stderr_and_exit_1(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("Given: ")
    assert "Traceback" not in said.err


def test_wrong_usage_is_exit_2() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["measure"])
    assert stopped.value.code == 2


def test_the_other_commands_answer_in_json(
    register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    asked = {
        "check": ["check", str(register / "design.toml")],
        "verify": ["verify", str(register / "r.json")],
        "power": ["power", "--spread", "0.45", "--guided", "100", "--effect", "0.1"],
        "estimators": ["estimators"],
    }
    answers = {}
    for name, arguments in asked.items():
        assert main([*arguments, "--format", "json"]) == 0
        answers[name] = json.loads(capsys.readouterr().out)
    assert answers["check"]["firms"] == 1500
    assert answers["check"]["guided"] == 150
    assert answers["verify"]["valid"] is True
    assert answers["power"]["needed"] == 159
    assert "stratified" in answers["estimators"]
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == schema()


@pytest.mark.parametrize(
    ("guided", "text", "number"),
    [(2, "fewer than the minimum of guided in", None), (3, "3 guided in", 3)],
)
def test_check_hides_too_few_guided_firms_in_text_as_in_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], guided: int, text: str, number: int | None
) -> None:
    asked = ["simulate", "--out", str(tmp_path), "--firms", "200", "--guided", str(guided)]
    assert main(asked) == 0
    capsys.readouterr()
    check = ["check", str(tmp_path / "design.toml")]
    assert main(check) == 0
    assert text in capsys.readouterr().out
    assert main([*check, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["guided"] == number
