"""The page of what waits, and the choice of the daily e-mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pejl_hub.accounts.access import Action, require
from pejl_hub.desk.reminders.actions import choose_mail
from pejl_hub.desk.reminders.models import ReminderSetting
from pejl_hub.desk.reminders.queries import reminders_for

ALL = 100


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the user, kind by kind."""
    require(request.user, Action.USE_DESK)
    setting = ReminderSetting.objects.filter(user=request.user).first()
    context = {
        "section": "reminders",
        "piles": reminders_for(request.user, timezone.localdate(), shown=ALL),
        "by_mail": setting is None or setting.by_mail,
    }
    return render(request, "desk/reminders/show.html", context)


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Want the daily e-mail, or not."""
    require(request.user, Action.USE_DESK)
    choose_mail(user=request.user, by_mail=request.POST.get("by_mail") == "on")
    messages.success(request, _("Your choice was saved."))
    return redirect("reminders:show")
