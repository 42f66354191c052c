"""The page itself, and the ways from it into the rooms that the user may record in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from pejl_hub.accounts.access import Action, may, require
from pejl_hub.desk.home.queries import desk_of

# The rooms beside guidance: address, words, and who may.
ROOMS = (
    ("events:events", _("Events"), Action.RECORD_EVENTS),
    ("programmes:rounds", _("Programmes"), Action.RECORD_PROGRAMMES),
    ("outreach:campaigns", _("Outreach"), Action.RECORD_OUTREACH),
    ("communication:overview", _("Publicity"), Action.RECORD_PUBLICITY),
    ("registers:first", _("Registers"), Action.USE_DESK),
    ("reminders:show", _("Reminders"), Action.USE_DESK),
)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Today's desk."""
    require(request.user, Action.USE_DESK)
    today = timezone.localdate()
    context = {
        "section": "desk",
        "today": today,
        "desk": desk_of(request.user, today),
        "rooms": [(name, words) for name, words, action in ROOMS if may(request.user, action)],
    }
    return render(request, "desk/home/show.html", context)
