"""Pages that belong to no single room."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pejl_hub.core.templatetags.pejl import language


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement, open to all, in the language of the page."""
    return render(request, f"core/accessibility.{language()}.html")
