"""A folder of contracts and a data folder of the test's own, and the 2024 contract to change."""

import shutil

import pytest

from pejl_hub.contracts import actions
from pejl_hub.contracts.actions.documents import keep_document
from tests.command import ROOT
from tests.unit.contracts.life import DAY, draft_with_articles


@pytest.fixture
def hub(db, settings, tmp_path):
    """Contracts and data that nobody else touches."""
    shutil.copytree(ROOT / "contracts", tmp_path / "contracts")
    settings.CONTRACTS = tmp_path / "contracts" / "hovedstaden"
    settings.DATA = tmp_path / "var"
    return settings


@pytest.fixture
def yaml(hub):
    """The 2024 contract's bytes."""
    return (hub.CONTRACTS / "2024.yaml").read_bytes()


@pytest.fixture
def minutes(hub):
    """The minutes of KKR's meeting."""
    return keep_document(
        contract_id="ehhs-2024", name="referat.pdf", content=b"%PDF-1.7 referat", by=None
    )


@pytest.fixture
def adopted(hub, minutes):
    """The 2024 contract, adopted with another target: 60 press articles."""
    draft = draft_with_articles(hub.CONTRACTS, 60)
    actions.submit(version=draft, day=DAY, who="Bestyrelsen", by=None)
    actions.adopt(version=draft, day=DAY, who="KKR Hovedstaden", document=minutes, by=None)
    draft.refresh_from_db()
    return draft
