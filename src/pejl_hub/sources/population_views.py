"""The page of the population: what has been taken in, and taking in another year."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.sources import uploads
from pejl_hub.sources.models import Population
from pejl_hub.sources.population import import_population


@require_http_methods(["GET", "HEAD", "POST"])
def show_population(request: HttpRequest) -> HttpResponse:
    """Every year taken in; by POST, take in a file."""
    require(request.user, Action.IMPORT)
    context: dict[str, object] = {"section": "population", "years": Population.objects.all()}
    if request.method != "POST":
        return render(request, "sources/population.html", context)
    token = None
    try:
        token = uploads.keep(request.FILES.getlist("file"), uploads.CSV)
        if (path := uploads.find(token)) is None or not path.is_file():
            raise uploads.BadUploadError(_("Choose one file."))
        made = import_population(path=path, by=request.user)
    except (UserError, uploads.BadUploadError) as problem:
        context |= {"problem": problem, "refused": isinstance(problem, UserError)}
        return render(request, "sources/population.html", context, status=400)
    finally:
        if token:
            uploads.drop(token)
    messages.success(request, _("The workplaces of %(year)s were taken in.") % {"year": made.year})
    return redirect("sources:population")
