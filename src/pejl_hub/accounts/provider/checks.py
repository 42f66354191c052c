"""What of the environment's sign-in settings cannot work, said when the program starts."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from pejl.base.errors import UserError
from pejl_hub.accounts.provider.config import config, is_used


@register()
def look_at_sign_in(**_given: Any) -> list[Error]:
    """The identity provider's settings, and the limits of a session."""
    found = []
    if is_used():
        try:
            config()
        except UserError as problem:
            found.append(Error(str(problem), id="pejl.E010"))
    if not 0 < settings.PEJL_SESSION_IDLE_MINUTES <= settings.PEJL_SESSION_MINUTES:
        told = "PEJL_SESSION_IDLE_MINUTES must be over 0 and not over PEJL_SESSION_MINUTES."
        found.append(Error(told, id="pejl.E011"))
    return found
