"""A contract is written in the house's one form: what was read is written again byte for byte."""

import difflib
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pejl.base.errors import PejlError, UserError
from pejl.contract.check import check
from pejl.contract.document import Plain, document_of, read_document
from pejl.contract.write import rewrite, write
from tests.spec.contract import AMENDED, HERE, HOVEDSTADEN, REPOSITORY, SMALL

CONTRACTS = sorted((REPOSITORY / "contracts").glob("*/2*.yaml"))


def data_of(path: Path) -> Any:
    """The file's plain data."""
    return read_document(path).data


def changed(before: bytes, after: bytes) -> list[str]:
    """The lines that an edit removed (-) and added (+)."""
    lines = [each.decode().split("\n") for each in (before, after)]
    return [line for line in difflib.ndiff(*lines) if line[0] in "+-"]


@pytest.mark.parametrize("path", [*CONTRACTS, SMALL, AMENDED], ids=lambda path: path.stem)
def test_reading_and_writing_gives_the_same_bytes(path: Path) -> None:
    raw = path.read_bytes()
    assert rewrite(raw, data_of(path)) == raw


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.parent.name)
def test_what_is_written_without_a_layout_passes_the_check(path: Path, tmp_path: Path) -> None:
    written = write(data_of(path))
    assert not [line for line in written.split(b"\n") if line.strip().startswith(b"#")]
    copy = tmp_path / "contracts" / path.parent.name / path.name
    copy.parent.mkdir(parents=True)
    for name in ("source", "../shared"):
        (copy.parent / name).symlink_to((path.parent / name).resolve())
    copy.write_bytes(written)
    assert check(copy) == []
    assert data_of(copy) == data_of(path)


def test_an_edited_number_changes_one_line() -> None:
    raw, data = HOVEDSTADEN.read_bytes(), data_of(HOVEDSTADEN)
    goal = next(goal for goal in data["goals"] if goal["id"] == "guidance")
    goal["target"]["values"]["2024-01-01"]["value"] = Decimal("1600.5")
    assert changed(raw, rewrite(raw, data)) == [
        '-     target: {op: ">=", values: {2024-01-01: {value: 1500, clause: K2.1}}}',
        '+     target: {op: ">=", values: {2024-01-01: {value: 1600.5, clause: K2.1}}}',
    ]


def test_a_new_clause_looks_as_its_likes_do() -> None:
    long = "Huset lover " + "meget " * 20 + "godt."
    for path, lines in (
        (SMALL, [f'+   K9.1: {{heading: "9) Nyt", quote: "{long}"}}']),
        (
            HOVEDSTADEN,
            [
                "+   K9.1:",
                '+     heading: "9) Nyt"',
                "+     quote:",
                '+       "Huset lover meget meget meget meget meget meget meget meget meget meget '
                "meget meget meget",
                '+       meget meget meget meget meget meget meget godt."',
            ],
        ),
    ):
        raw, data = path.read_bytes(), data_of(path)
        data["clauses"]["K9.1"] = {"quote": long, "heading": "9) Nyt"}
        assert changed(raw, rewrite(raw, data)) == lines


def test_a_heading_stays_when_the_first_goal_under_it_goes() -> None:
    raw, data = HOVEDSTADEN.read_bytes(), data_of(HOVEDSTADEN)
    data["goals"] = [goal for goal in data["goals"] if goal["id"] != "newsletter_growth"]
    written = rewrite(raw, data)
    assert b"goals:\n  # M\xc3\xa5l 1: Kendskab\n  - id: press\n" in written
    assert not [line for line in changed(raw, written) if line.startswith("+")]


def test_comments_above_and_beside_stay_where_they_are() -> None:
    raw = (HERE / "bad" / "quotes_in_source.yaml").read_bytes()
    data = document_of(raw, HERE / "bad" / "quotes_in_source.yaml").data
    assert b"  # refused" in raw
    data["contract"]["hub_name"] = "Storby"
    assert changed(raw, rewrite(raw, data)) == [
        '-   hub_name: "Lilleby Erhvervshus"',
        '+   hub_name: "Storby"',
    ]


def test_quotation_marks_follow_the_schema_whatever_types_a_form_gives() -> None:
    data = data_of(SMALL)
    spoiled = deepcopy(data)
    spoiled["contract"]["hub_name"] = Plain("Lilleby Erhvervshus")
    spoiled["goals"][0]["id"] = "guidance"
    spoiled["goals"][0]["measure"]["where"] = {"state": "held"}
    assert rewrite(SMALL.read_bytes(), spoiled) == SMALL.read_bytes()


def test_a_word_that_would_read_as_a_number_is_quoted() -> None:
    data = data_of(SMALL)
    data["goals"][0]["measure"]["where"] = {"municipality": ["101"], "state": "true"}
    written = write(data)
    assert b'where: {municipality: ["101"], state: "true"}' in written
    assert document_of(written, SMALL).data == data


def test_what_no_contract_file_holds_is_refused() -> None:
    data = data_of(SMALL)
    data["goals"][0]["target"]["values"]["2024-01-01"]["value"] = None
    with pytest.raises(PejlError, match="holds no NoneType"):
        write(data)
    with pytest.raises(UserError, match="anchor"):
        rewrite((HERE / "bad" / "no_anchors.yaml").read_bytes(), data)
