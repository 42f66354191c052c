"""Whoever is erased, no figure of the contract moves, and what was signed is proved as before."""

import sqlite3
from contextlib import closing

import pytest

from tests.command import SHARED, Hub

EXPORT = SHARED / "crm-export-2024"
JUNE, DECEMBER = "2024-06-30", "2024-12-31"
PEOPLE = "SELECT id, name FROM companies_person ORDER BY id"

pytestmark = pytest.mark.skipif(not EXPORT.exists(), reason=f"no export in {SHARED}")


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    """A closed half-year of the known export."""
    hub = Hub(tmp_path_factory.mktemp("hub"))
    hub.json("import", EXPORT, "--source", "escrm")
    return hub


def ask(hub, query):
    with closing(sqlite3.connect(hub.data / "pejl.sqlite3")) as opened:
        return opened.execute(query).fetchall()


def figures(hub):
    return hub.status(DECEMBER)


def test_erasing_moves_no_figure_and_breaks_no_close(hub):
    close = hub.json("close", "--until", JUNE, "--signed", "Dorte Holm")
    before, people = figures(hub), ask(hub, PEOPLE)
    assert len(people) > 100
    for number, _ in people[:1]:
        hub.run("privacy", "erase", "person", number, "--reason", "Bad om det.", "--yes")
    names = [name for _, name in ask(hub, PEOPLE)]
    assert names.count("(slettet)") == 1
    assert figures(hub) == before
    checks = hub.json("verify", close["snapshot"])
    assert [check for check in checks if check["fault"]] == []
    assert hub.json("audit", "verify")["holds"]
