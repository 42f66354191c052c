"""The page of roles in the user guide is the table that the program asks."""

import runpy

from django.utils import translation

from pejl_hub.accounts.access import Action
from pejl_hub.accounts.models import Role
from tests.command import ROOT

PAGE = ROOT / "docs" / "how-to" / "roller.md"
ROLES = PAGE.read_text(encoding="utf-8")
TOOL = runpy.run_path(str(ROOT / "tools" / "roles.py"))


def test_the_page_is_what_the_table_says():
    assert TOOL["written"](ROLES) == ROLES, "Run tools/roles.py."


def test_each_action_has_danish_words_and_each_role_its_danish_name():
    rows = {name: said for said, name in TOOL["ROW"].findall(ROLES)}
    assert list(rows) == [action.value for action in Action]
    assert [name for name, said in rows.items() if "¤" in said or not said.strip()] == []
    with translation.override("da"):
        assert all(str(role.label) in ROLES for role in Role)


def test_each_way_of_reaching_is_explained():
    assert all(f"| {cell} |" in ROLES for cell in TOOL["CELLS"].values())
