"""What the front page and the desk say of alerts: how many are unread, asked only if shown."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from pejl_hub.alerts.queries import unread_count


def unread(request: HttpRequest) -> dict[str, object]:
    """``unread_alerts``: the number and the address of the page."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "unread_alerts": SimpleLazyObject(lambda: unread_count(user) if signed_in else 0),
        "alerts_href": reverse("alerts:list"),
    }
