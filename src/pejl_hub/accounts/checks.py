"""Checks before the house opens: every address has said what it asks for."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from pejl_hub.accounts.rights import addresses, table

WANTED = 'Add a line to config/rights.py: "{name}": needs(Action.…), SIGNED_IN, LINK or ANYONE.'


@register()
def every_address_has_its_rights(app_configs: Any, **_given: Any) -> list[CheckMessage]:
    """An address without a line is refused to everybody: better found now."""
    known = table()
    return [
        Error(
            f"The address {one.name} ({one.route}) has no line in the table of rights.",
            hint=WANTED.format(name=one.name),
            id="pejl.E001",
        )
        for one in addresses()
        if one.name not in known
    ]
