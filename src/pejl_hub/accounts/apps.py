"""Registers the app, and follows every session from its beginning to its end."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out


class AccountsConfig(AppConfig):
    """Who may sign in, and in which role."""

    name = "pejl_hub.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Whoever opens or ends a session, it is noted; every address has its rights."""
        from pejl_hub.accounts import checks  # noqa: F401
        from pejl_hub.accounts.provider import checks as provider_checks  # noqa: F401

        user_logged_in.connect(_begin, dispatch_uid="pejl_accounts_begin")
        user_logged_out.connect(_forget, dispatch_uid="pejl_accounts_forget")


def _begin(request: Any, user: Any, **_more: Any) -> None:
    from pejl_hub.accounts.sessions import begin

    begin(request, user)


def _forget(request: Any, **_more: Any) -> None:
    from pejl_hub.accounts.sessions import forget

    forget(request)
