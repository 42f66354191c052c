"""Who is asking: a key in the Authorization header, its purpose and its user's role."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja.security import HttpBearer

from pejl_hub.accounts.access import Action, require
from pejl_hub.api.actions import find_key
from pejl_hub.api.models import Key, Scope


class ByKey(HttpBearer):
    """Signs the request in as the key's user, for this request alone."""

    def authenticate(self, request: HttpRequest, token: str) -> Key | None:
        """The key, or None: then the answer is 401."""
        return find_key(token)


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
