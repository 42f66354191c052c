"""What must be documented is tested: each field, rule and kind of measure has its entry."""

import re

from tools.contract_reference import OBJECTS, PAGE, page, properties

from pejl.contract.amendments import ROOTS
from pejl.contract.rules import RULES
from pejl.contract.schema import CONTRACT, schema
from pejl.indicators.kinds import KINDS
from tests.spec.contract import REPOSITORY

TEXT = PAGE.read_text("utf-8")


def test_the_tables_are_those_that_the_schema_and_the_rules_make() -> None:
    assert page(TEXT) == TEXT, "run python -m tools.contract_reference"


def test_every_object_with_a_description_of_its_fields_is_on_the_page() -> None:
    whole = schema(CONTRACT)
    described = {
        name
        for name, definition in whole["$defs"].items()
        if any("description" in entry for _, entry in properties_of(definition))
    }
    assert described == set(OBJECTS) - {""}


def properties_of(definition: dict[str, object]) -> list[tuple[str, dict[str, object]]]:
    return list(properties(definition)) if "properties" in definition else []


def test_every_kind_of_measure_is_explained() -> None:
    section = TEXT.split("## Measures")[1].split("##")[0]
    explained = re.findall(r"^\| `(\w+)` ", section, re.MULTILINE)
    assert explained == schema(CONTRACT)["$defs"]["measure"]["properties"]["kind"]["enum"]


def test_every_kind_that_can_be_written_can_be_measured() -> None:
    assert schema(CONTRACT)["$defs"]["measure"]["properties"]["kind"]["enum"] == list(KINDS)


def test_every_rule_is_explained() -> None:
    assert all(f"[`{rule.id}`]" in TEXT and rule.says in TEXT for rule in RULES)


def test_every_path_that_can_be_amended_is_explained() -> None:
    section = TEXT.split("## Amendments")[1].split("##")[0]
    assert all(f"`{root}" in section for root in ROOTS)


def test_every_file_that_the_page_links_to_exists() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", TEXT)
    assert links
    assert [link for link in links if not (PAGE.parent / link).resolve().exists()] == []
    assert PAGE.is_relative_to(REPOSITORY)
