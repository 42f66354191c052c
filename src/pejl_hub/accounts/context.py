"""What every template may ask about the person signed in."""

from django.http import HttpRequest

from pejl_hub.accounts.access import Action, may
from pejl_hub.accounts.queries import is_demo


def access(request: HttpRequest) -> dict[str, bool]:
    """What the person may, as ``may_import`` and its like, and whether the data is made up."""
    user = getattr(request, "user", None)
    return {
        "may_import": user is not None and may(user, Action.IMPORT),
        "may_see_all": user is not None and may(user, Action.SEE_ALL_MUNICIPALITIES),
        "may_see_records": user is not None and may(user, Action.SEE_RECORDS),
        "is_demo": is_demo(),
    }
