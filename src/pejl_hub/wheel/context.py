"""What the desk says of the wheel: how many of one's own occasions are overdue, if shown."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from pejl_hub.accounts.access import Action, may
from pejl_hub.wheel.queries import overdue


def own_overdue(request: HttpRequest) -> dict[str, object]:
    """``duties_overdue``: the number of the reader's own, and the address of the list."""
    user = getattr(request, "user", None)

    def count() -> int:
        if user is None or not may(user, Action.SEE_PLANS):
            return 0
        return sum(item.owner == user for item in overdue(timezone.localdate()))

    return {
        "duties_overdue": SimpleLazyObject(count),
        "duties_href": f"{reverse('wheel:list')}?ejer=mig&tilstand=overskredet",
    }
