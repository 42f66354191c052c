"""Write the table of docs/how-to/roller.md from the table that the program asks.

The Danish words of an action stand in the page's first column and are kept. A new action is
written with its English name between ¤-signs: replace it by Danish words.

    PEJL_DATA=var .venv/bin/python tools/roles.py
"""

import os
import re
from pathlib import Path

import django

PAGE = Path(__file__).parent.parent / "docs" / "how-to" / "roller.md"
ROW = re.compile(r"^\| (.*?) <!-- (\w+) -->", re.MULTILINE)
BEGIN, END = "<!-- begin: tools/roles.py -->\n", "<!-- end: tools/roles.py -->\n"
CELLS = {
    "hub": "✓",
    "published": "offentliggjort",
    "own_municipality": "egen kommune",
    "others": "andres",
    "own": "eget",
}


def table(page: str) -> str:
    """The table in Markdown, with the words that the page has for the actions."""
    from django.utils import translation

    from pejl_hub.accounts.access import Action, scope_of
    from pejl_hub.accounts.models import Role, User

    words = {name: said for said, name in ROW.findall(page)}
    with translation.override("da"):
        head = f"| | {' | '.join(str(role.label) for role in Role)} |\n"
    rows = [head, "|---" * (len(Role) + 1) + "|\n"]
    for action in Action:
        scopes = [scope_of(User(role=role), action) for role in Role]
        cells = [CELLS[scope] if scope else "" for scope in scopes]
        said = words.get(action.value, f"¤{action.value}¤")
        rows.append(f"| {said} <!-- {action.value} --> | {' | '.join(cells)} |\n")
    return "".join(rows)


def written(page: str) -> str:
    """The page with its table as it should be."""
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    return before + BEGIN + "\n" + table(page) + "\n" + END + after


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pejl_hub.config.settings")
    django.setup()
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
