"""What every operation asks of the key and of its user's role: one line an operation.

A key is held to its line before the operation is called, and an operation without a line is
refused. How far an action reaches for a role stands in ``accounts/access.py``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from pejl_hub.accounts.access import Action, require
from pejl_hub.api.models import Key, Scope

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
ROOT = "api/v1"


@dataclass(frozen=True)
class Asks:
    """What the key must be for (None: whatever it is for), and what the user's role must allow."""

    scope: Scope | None
    actions: tuple[Action, ...]


_FIGURES = Asks(Scope.READ_FIGURES, (Action.SEE_STATUS, Action.SEE_SMALL_COUNTS))
_RECORDS = Asks(Scope.READ_RECORDS, (Action.SEE_RECORDS, Action.SEE_SMALL_COUNTS))
_REPORTS = Asks(Scope.READ_FIGURES, (Action.SEE_STATUS,))
# Opened editions hold every municipality's figures; for everybody where PEJL_OPEN_DATA_PUBLIC.
_OPEN = Asks(None, (Action.SEE_ALL_MUNICIPALITIES,))

OPERATIONS: Mapping[tuple[str, str], Asks] = {
    ("GET", "/figures"): _FIGURES,
    ("GET", "/figures/{goal}/records"): _RECORDS,
    ("POST", "/guidances"): Asks(Scope.WRITE_GUIDANCE, (Action.RECORD_GUIDANCE,)),
    ("GET", "/guidances/{number}"): Asks(Scope.WRITE_GUIDANCE, (Action.USE_DESK,)),
    ("POST", "/events/{number}/attendances"): Asks(Scope.WRITE_ATTENDANCE, (Action.RECORD_EVENTS,)),
    ("GET", "/reports"): _REPORTS,
    ("GET", "/reports/{key}/files/{form}"): _REPORTS,
    ("GET", "/open"): _OPEN,
    ("GET", "/open/{number}/figures"): _OPEN,
    ("GET", "/open/{number}/package"): _OPEN,
}


def operation_of(request: HttpRequest) -> tuple[str, str]:
    """The method and the path as the description writes it: ``/guidances/{number}``."""
    route = request.resolver_match.route if request.resolver_match else ""
    return request.method or "", PARAMETER.sub(r"{\1}", route.removeprefix(ROOT))


def require_operation(request: HttpRequest, key: Key) -> None:
    """Hold the key to the operation's line.

    Raises
    ------
    PermissionDenied
        When the operation has no line, the key is for something else, or the user's role may not.
    """
    asks = OPERATIONS.get(operation_of(request))
    if asks is None or (asks.scope is not None and asks.scope.value not in key.scopes):
        raise PermissionDenied(request.path)
    for action in asks.actions:
        require(key.user, action)
