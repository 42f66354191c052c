"""The page of open data, for everybody when the hub says so; and opening an edition.

A package holds every municipality's figures: where it is not for everybody, the table of rights
keeps it for those who may see every municipality.
"""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.core.phrasing import in_words
from pejl_hub.publishing import opening
from pejl_hub.publishing.models import Edition, State


@login_not_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The packages, what they hold, and how to cite them."""
    found = list(opening.open_editions()[:60])
    may_open = may(request.user, Action.CLOSE)
    waiting = Edition.objects.filter(state=State.PUBLISHED, opened_at=None) if may_open else []
    context = {
        "section": "open",
        "editions": found,
        "waiting": list(waiting[:24]),
        "may_open": may_open,
        "licence": settings.PEJL_OPEN_DATA_LICENCE,
        "public": settings.PEJL_OPEN_DATA_PUBLIC,
    }
    return render(request, "publishing/open.html", context)


@login_not_required
@require_safe
def download(request: HttpRequest, edition_id: int) -> HttpResponse:
    """The package of an open edition."""
    edition = get_object_or_404(opening.open_editions(), pk=edition_id)
    try:
        package = opening.pack(edition)
    except UserError as refusal:  # its contract or file is no longer the one it was made from
        raise Http404(str(refusal)) from refusal
    answer = HttpResponse(package.content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{package.name}"'
    answer["ETag"] = f'"{package.sha256}"'
    return answer


@require_POST
def choose(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Open an edition, or hand it out no more."""
    require(request.user, Action.CLOSE)
    edition = get_object_or_404(Edition, pk=edition_id)
    try:
        if request.POST.get("aaben") == "1":
            opening.open_edition(edition=edition, by=request.user)
            messages.success(request, _("The figures are open data now."))
        else:
            opening.close_edition(edition=edition, by=request.user)
            messages.success(request, _("The package is handed out no more."))
    except UserError as refusal:
        messages.error(request, in_words(refusal))
    return redirect("publishing:open")
