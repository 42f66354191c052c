"""The JSON Schema is published beside the contracts, and any tool can use it."""

from pathlib import Path

import jsonschema
import pytest

import pejl.contract.schema as published
from pejl.contract.document import read_document
from pejl.contract.schema import schema
from tests.spec.contract import AMENDED, HOVEDSTADEN, REPOSITORY, SMALL

NAMES = ("resultatkontrakt-1", "faelles-1", "rapporttema-1")


@pytest.mark.parametrize("name", NAMES)
def test_the_published_schema_is_the_one_that_is_used(name: str) -> None:
    beside = REPOSITORY / "contracts" / "schema" / f"{name}.schema.json"
    used = Path(published.__file__).parent / f"{name}.schema.json"
    assert beside.read_bytes() == used.read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_it_is_a_schema_that_any_validator_reads(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("path", [SMALL, AMENDED, HOVEDSTADEN], ids=lambda path: path.stem)
def test_a_plain_validator_accepts_the_good_contracts(path: Path) -> None:
    jsonschema.Draft202012Validator(schema(NAMES[0])).validate(read_document(path).data)


@pytest.mark.parametrize("path", sorted((REPOSITORY / "contracts" / "shared").glob("*.yaml")))
def test_a_plain_validator_accepts_the_shared_files(path: Path) -> None:
    jsonschema.Draft202012Validator(schema(NAMES[1])).validate(read_document(path).data)
