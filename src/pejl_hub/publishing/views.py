"""The editions: what has been published, its files, and publishing a month."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import (
    Action,
    may,
    municipality_for,
    require,
    sees_published_only,
)
from pejl_hub.core.listing.files import KINDS
from pejl_hub.publishing import files
from pejl_hub.publishing.actions import ask_for_edition
from pejl_hub.publishing.models import Edition, State
from pejl_hub.publishing.queries import publishable_days

WRITERS = {"csv": files.as_csv, "xlsx": files.as_xlsx}


@require_http_methods(["GET", "HEAD", "POST"])
def show_editions(request: HttpRequest) -> HttpResponse:
    """Every edition, the newest date first; by POST, publish a month."""
    require(request.user, Action.SEE_STATUS)
    problem = None
    if request.method == "POST":
        require(request.user, Action.CLOSE)
        try:
            ask_for_edition(day=_day(request.POST.get("dag", "")), by=request.user)
        except UserError as refusal:
            problem = refusal
        else:
            messages.success(request, _("The edition is being made. It takes some seconds."))
            return redirect("publishing:editions")
    inside = not sees_published_only(request.user)
    found = Edition.objects.all() if inside else Edition.objects.filter(state=State.PUBLISHED)
    editions = list(found[:60])
    context = {
        "section": "editions",
        "editions": editions,
        "legend": files.legend(editions[0])[1:4] if editions else [],
        "inside": inside,
        "waiting": any(one.state == State.WAITING for one in editions),
        "days": publishable_days(timezone.localdate()) if may(request.user, Action.CLOSE) else [],
        "problem": problem,
    }
    template = "_list" if request.htmx else "editions"
    status = 400 if problem else 200
    return render(request, f"publishing/{template}.html", context, status=status)


@require_safe
def download(request: HttpRequest, edition_id: int, form: str) -> HttpResponse:
    """The edition's file; a municipality's reader gets the lines of the own municipality."""
    require(request.user, Action.SEE_STATUS)
    edition = get_object_or_404(Edition, pk=edition_id, state=State.PUBLISHED)
    place = municipality_for(request.user, None)
    answer = HttpResponse(WRITERS[form](edition, place), content_type=KINDS[form])
    of = f"-{place}" if place else ""
    name = f"{edition.contract_id}-{edition.as_of.isoformat()}{of}-til-offentliggoerelse.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise UserError(
            given=f"the date {written}",
            needed="the last day of a month",
            remedy="Choose one of the months.",
        ) from error
