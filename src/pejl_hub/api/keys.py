"""Who is asking: a key in the Authorization header, its purpose and its user's role."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja.security import HttpBearer

from pejl_hub.accounts.access import Action, require
from pejl_hub.api.actions import find_key
from pejl_hub.api.models import Key, Scope
from pejl_hub.api.rights import require_operation


class ByKey(HttpBearer):
    """Signs the request in as the key's user, for this request alone."""

    def authenticate(self, request: HttpRequest, token: str) -> Key | None:
        """The key, held to what the operation asks; None when it opens nothing: 401."""
        key = find_key(token)
        if key is not None:
            require_operation(request, key)
        return key


def user_of(request: Any, scope: Scope, *actions: Action) -> Any:
    """The key's user.

    Raises
    ------
    PermissionDenied
        When the key is not for this, or the user's role may not.
    """
    key: Key = request.auth
    if scope.value not in key.scopes:
        raise PermissionDenied(scope)
    for action in actions:
        require(key.user, action)
    return key.user
