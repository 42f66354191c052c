"""Only an adopted version is scored, and what was scored before is still there."""

import pytest

from pejl.contract.load import load
from pejl_hub.contracts import actions, files
from pejl_hub.contracts.scored import file_with, scored_file, scored_files
from tests.unit.contracts.life import DAY, JUNE, draft_with_articles


def target(day=JUNE):
    return load(scored_file(day)).goal("press").target.values[JUNE.replace(month=1, day=1)].value


def test_the_file_of_the_house_is_scored_until_a_version_is_adopted(hub):
    assert scored_files() == (hub.CONTRACTS / "2024.yaml",)


def test_a_draft_with_another_target_is_not_scored(hub):
    draft_with_articles(hub.CONTRACTS, 60)
    assert target() == 50


def test_a_submitted_draft_is_not_scored_either(hub):
    draft = draft_with_articles(hub.CONTRACTS, 60)
    actions.submit(version=draft, day=DAY, who="Bestyrelsen", by=None)
    assert target() == 50


def test_an_adopted_version_is_scored_and_every_name_in_it_still_leads_somewhere(adopted):
    assert target() == 60
    contract = load(scored_file(JUNE))
    assert contract.sha256 == adopted.sha256
    assert "60 presseartikler" in contract.source_text
    assert len(contract.municipalities) == 98


def test_the_file_of_a_version_is_put_back_when_it_is_gone(adopted):
    scored_file(JUNE).unlink()
    assert target() == 60


def test_a_version_taken_from_the_folder_is_read_there(hub, yaml, minutes):
    draft = actions.take_up(path=hub.CONTRACTS / "2024.yaml", by=None)
    actions.submit(version=draft, day=DAY, who="Bestyrelsen", by=None)
    actions.adopt(version=draft, day=DAY, who="KKR", document=minutes, by=None)
    assert scored_files() == (hub.CONTRACTS / "2024.yaml",)
    (hub.CONTRACTS / "2024.yaml").write_bytes(yaml.replace(b"{value: 50,", b"{value: 70,"))
    assert target() == 70


@pytest.mark.parametrize("which", ["adopted", "folder"])
def test_every_scored_text_is_found_again_by_its_hash(which, adopted, yaml):
    content = adopted.yaml if which == "adopted" else yaml
    assert file_with(files.sha256_of(content)).read_bytes() == content
    assert file_with("0" * 64) is None
