"""The page on which people make and revoke their own keys."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pejl_hub.accounts.access import Action, own, require
from pejl_hub.api.actions import make_key, revoke_key
from pejl_hub.api.forms import KeyForm
from pejl_hub.api.models import Key

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
def show_keys(request: HttpRequest) -> HttpResponse:
    """One's own keys; by POST, a new one, whose secret is shown this once."""
    require(request.user, Action.HOLD_KEYS)
    form, secret = KeyForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        _made, secret = make_key(user=request.user, **form.cleaned_data)
        form = KeyForm()
    status = 400 if form.is_bound and form.errors else 200
    keys = own(Key.objects.all(), request.user)
    context = {"section": "api", "form": form, "secret": secret, "keys": keys}
    response = render(request, "api/keys.html", context, status=status)
    if secret:
        response["Cache-Control"] = "no-store"
    return response


@require_http_methods(FORM)
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Ask, and then revoke one's own key."""
    require(request.user, Action.HOLD_KEYS)
    key = get_object_or_404(own(Key.objects.all(), request.user), pk=number)
    if request.method != "POST":
        return render(request, "api/revoke.html", {"section": "api", "key": key})
    revoke_key(key=key, by=request.user)
    messages.success(request, _("The key opens nothing any more."))
    return redirect("api:keys")
