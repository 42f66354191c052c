"""The file is read strictly: nothing is guessed, and a fault is told with its line."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pejl.base.errors import UserError
from pejl.contract.check import check
from pejl.contract.document import Plain, read_document, scalar
from pejl.contract.load import find, load
from tests.spec.contract import HERE, HOVEDSTADEN, SMALL
from tests.spec.contract.test_rules import edited


@pytest.mark.parametrize(
    ("text", "quoted", "value"),
    [
        ("1500", False, 1500),
        ("1500", True, "1500"),
        ("2.5", False, Decimal("2.5")),
        ("true", False, True),
        ("no", False, "no"),
        ("0101", False, "0101"),
        ("1e3", False, "1e3"),
        ("2024-01-01", False, "2024-01-01"),
        ("~", False, "~"),
    ],
)
def test_a_scalar_is_what_it_says(text: str, quoted: bool, value: object) -> None:
    found = scalar(text, quoted=quoted)
    assert found == value
    assert isinstance(found, Plain) == (isinstance(value, str) and not quoted)


def test_each_entry_knows_its_line(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text("a:\n  - b: 1\n    c: {d: 2}\n", encoding="utf-8")
    document = read_document(path)
    assert document.data == {"a": [{"b": 1, "c": {"d": 2}}]}
    assert document.line(("a",)) == 1
    assert document.line(("a", 0, "b")) == 2
    assert document.line(("a", 0, "c", "d")) == 3
    assert document.line(("a", 0, "missing")) == 2  # the nearest entry around it


@pytest.mark.parametrize(
    "rule", ["yaml_readable", "no_anchors", "no_duplicate_keys", "texts_quoted", "schema_kept"]
)
def test_load_refuses_what_breaks_the_shape_and_names_the_line(rule: str) -> None:
    path = HERE / "bad" / f"{rule}.yaml"
    line = next(n for n, text in enumerate(path.read_text().splitlines(), 1) if "# refused" in text)
    with pytest.raises(UserError, match=f"line {line}: "):
        load(path)


def test_load_refuses_a_missing_file_and_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="a file that can be read"):
        load(tmp_path / "none.yaml")
    latin = tmp_path / "latin.yaml"
    latin.write_bytes('hub_name: "Østerbro"'.encode("latin-1"))
    with pytest.raises(UserError, match="UTF-8"):
        load(latin)


def test_load_refuses_a_contract_whose_source_is_missing(tmp_path: Path) -> None:
    path = edited(SMALL, tmp_path, ('"../source/lille.txt"', '"../source/none.txt"'))
    with pytest.raises(UserError, match=r"none\.txt"):
        load(path)


def test_the_contract_of_a_day_is_found_and_of_a_day_without_one_is_refused() -> None:
    folder = HOVEDSTADEN.parent
    assert find(folder, date(2024, 12, 31)) == HOVEDSTADEN
    with pytest.raises(UserError, match="2019-01-01"):
        find(folder, date(2019, 1, 1))


@pytest.mark.parametrize(
    ("text", "rule", "line", "says"),
    [
        ("", "schema_kept", 1, "the file is None, not a mapping"),
        ("- a\n- b\n", "schema_kept", 1, "not a mapping"),
        ("a: 1\n---\nb: 2\n", "yaml_readable", 3, "a second document begins here"),
        ("a: *none\n", "no_anchors", 1, "the alias *none"),
        ("a: {b: 1}\n<<: {c: 2}\n", "schema_kept", 2, "'<<' is not a field"),
        ('a: "\\q"\n', "yaml_readable", 1, "the file is not YAML"),
        ("? [a, b]\n: 1\n", "schema_kept", 1, "is not a field of the file"),
    ],
)
def test_a_file_that_is_no_contract_is_refused_with_the_line(
    tmp_path: Path, text: str, rule: str, line: int, says: str
) -> None:
    path = tmp_path / "none.yaml"
    path.write_text(text, encoding="utf-8")
    findings = check(path)
    assert [f for f in findings if (f.rule, f.line) == (rule, line) and says in f.message], findings


LINES = SMALL.read_text("utf-8").splitlines()


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    line=st.integers(0, len(LINES) - 1),
    change=st.sampled_from(["drop", "double", "half", "list", "number", "text", "bare"]),
)
def test_a_spoilt_file_is_refused_or_accepted_but_never_breaks_the_check(
    tmp_path: Path, line: int, change: str
) -> None:
    old = LINES[line]
    key = old.split(":")[0]
    new = {
        "drop": [],
        "double": [old, old],
        "half": [old[: len(old) // 2]],
        "list": [f"{key}: [1, two]"],
        "number": [f"{key}: 7"],
        "text": [f'{key}: "x"'],
        "bare": [f"{key}:"],
    }[change]
    spoilt = "\n".join([*LINES[:line], *new, *LINES[line + 1 :]]) + "\n"
    for name in ("../../../../contracts/shared", "../source/lille.txt"):
        spoilt = spoilt.replace(f'"{name}"', f'"{(SMALL.parent / name).resolve()}"')
    path = tmp_path / "spoilt.yaml"
    path.write_text(spoilt, encoding="utf-8")
    assert all(remedies(path))


def remedies(path: Path) -> list[str]:
    """What the user is told to do: by each finding, or by the refusal to read the file."""
    try:
        return [finding.remedy for finding in check(path)]
    except UserError as refusal:
        return [refusal.remedy]
