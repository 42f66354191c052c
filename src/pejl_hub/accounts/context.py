"""What every template may ask about the person signed in."""

from django.http import HttpRequest

from pejl_hub.accounts.access import Action, may
from pejl_hub.accounts.queries import is_demo


def access(request: HttpRequest) -> dict[str, bool]:
    """``may_import``, ``may_see_records``, and whether this is the made-up demo."""
    user = getattr(request, "user", None)
    return {
        "may_import": user is not None and may(user, Action.IMPORT),
        "may_see_records": user is not None and may(user, Action.SEE_RECORDS),
        "is_demo": is_demo(),
    }
