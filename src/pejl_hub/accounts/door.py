"""The door of every page: no address is opened that the table of rights does not open."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from pejl_hub.accounts.rights import allows, table

Next = Callable[[HttpRequest], HttpResponse]


class NoRights(PermissionDenied):
    """The address has no line in the table, so it is open to nobody."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has no line in config/rights.py: add what it asks for.")


class HoldToRights:
    """Refuses, before the view is called, whoever lacks what the address asks for.

    Whoever has not signed in is sent to do so. A refusal is the same whether what was asked for is
    there or not.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page itself."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Ask the table."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        rule = table().get(name)
        if rule is None:
            raise NoRights(name)
        if allows(rule, request.user, request.method or ""):
            return None
        if request.user.is_authenticated:
            raise PermissionDenied(name)
        return redirect_to_login(request.get_full_path())
