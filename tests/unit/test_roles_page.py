"""The page of roles in the user guide is the table that the program asks."""

import re

from django.utils import translation

from pejl_hub.accounts.access import TABLE, Action
from pejl_hub.accounts.models import Role
from tests.command import ROOT

ROLES = (ROOT / "docs" / "how-to" / "roller.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| .+ <!-- (\w+) --> \| (.+) \|$", re.MULTILINE)


def test_each_action_has_its_row_in_order():
    assert [name for name, _ in ROW.findall(ROLES)] == [action.value for action in Action]


def test_each_role_has_its_column_under_its_danish_name():
    with translation.override("da"):
        assert f"| | {' | '.join(str(role.label) for role in Role)} |" in ROLES


def test_each_tick_is_a_right_and_each_right_a_tick():
    for name, cells in ROW.findall(ROLES):
        ticked = [cell.strip() == "✓" for cell in cells.split(" | ")]
        assert ticked == [Action(name) in TABLE[role] for role in Role], name
