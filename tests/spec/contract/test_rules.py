"""Each rule refuses its bad example: with the line, the rule and a remedy. The good files pass."""

from pathlib import Path

import pytest

from pejl.contract.check import check
from pejl.contract.rules import MEANING, RULES, SHAPE
from tests.spec.contract import AMENDED, HERE, HOVEDSTADEN, SMALL

BAD = sorted((HERE / "bad").glob("*.yaml"))


@pytest.mark.parametrize("path", [SMALL, AMENDED, HOVEDSTADEN], ids=lambda path: path.stem)
def test_a_good_contract_keeps_every_rule(path: Path) -> None:
    assert check(path) == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_example_is_refused_for_its_own_rule_alone_and_on_the_line(path: Path) -> None:
    marked = [
        number
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if line.endswith("# refused")
    ]
    findings = check(path)
    assert [(finding.rule, finding.line) for finding in findings] == [(path.stem, marked[0])]
    assert findings[0].level == "error"
    assert findings[0].message
    assert findings[0].remedy


def test_every_rule_has_a_bad_example_and_every_example_a_rule() -> None:
    assert sorted(rule.id for rule in RULES) == [path.stem for path in BAD]


def test_every_rule_is_one_file_that_is_named_as_the_rule() -> None:
    import pejl.contract.rules as folder

    files = {path.stem for path in Path(folder.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == {rule.id for rule in RULES}


def test_no_rule_stands_twice_in_the_table() -> None:
    assert len(RULES) == len(set(RULES)) == len(SHAPE) + len(MEANING)


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    several = edited(SMALL, tmp_path, ("value: 1000", "value: 1100"), ("K1.5:", "K1.9:"))
    assert {finding.rule for finding in check(several)} == {
        "numbers_in_quotes",  # 1100 does not stand in the quote of K1.1
        "sums_add_up",  # 1100 + 500 is not 1500
        "clauses_used",  # the orphan K1.5 is now a clause K1.9 that nothing uses,
        "references_exist",  # and the orphans name a clause that is gone
    }


def edited(path: Path, folder: Path, *changes: tuple[str, str]) -> Path:
    """A copy of the good file in which the first place that holds each text is changed."""
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    for name in ("../../../../contracts/shared", "../source/lille.txt", "../source/tillaeg.txt"):
        text = text.replace(f'"{name}"', f'"{(path.parent / name).resolve()}"')
    copy = folder / path.name
    copy.write_text(text, encoding="utf-8")
    return copy
