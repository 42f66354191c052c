"""The export with known answers, imported once; whoever needs it has a copy to do as they like."""

import shutil

import pytest

from tests.command import SHARED, Hub

EXPORT = SHARED / "crm-export-2024"


@pytest.fixture(scope="session")
def imported_once(tmp_path_factory):
    """A hub that nobody changes: an import of 31,000 rows takes as long as many tests."""
    if not EXPORT.exists():
        pytest.skip(f"no export with known answers in {SHARED}")
    hub = Hub(tmp_path_factory.mktemp("export") / "var")
    hub.json("import", EXPORT, "--source", "escrm")
    return hub


@pytest.fixture(scope="module")
def known_hub(imported_once, tmp_path_factory):
    """A copy of it for one file of tests."""
    return Hub(shutil.copytree(imported_once.data, tmp_path_factory.mktemp("hub") / "var"))
