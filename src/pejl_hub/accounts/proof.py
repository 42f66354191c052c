"""Proving once more who one is, before something that a borrowed browser must not do."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, authenticate
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pejl_hub.accounts import second, sessions
from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.code_views import code_is_right, locked_out
from pejl_hub.accounts.forms import ProofForm
from pejl_hub.core.wayback import own_address

HOLDS_SECONDS = 600
View = Callable[..., HttpResponse]


def proved(view: View) -> View:
    """Only for somebody who has given the password within ten minutes; others are asked first."""

    @wraps(view)
    def asked(request: HttpRequest, *given: Any, **more: Any) -> HttpResponse:
        held = sessions.stamp(request)
        if held is not None and time.time() - held.proved < HOLDS_SECONDS:
            return view(request, *given, **more)
        here = request.path if request.method in ("GET", "HEAD") else reverse("accounts:own")
        return redirect(f"{reverse('accounts:prove')}?{urlencode({REDIRECT_FIELD_NAME: here})}")

    return asked


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """Ask for the password once more, and for the code where there is one."""
    require(request.user, Action.KEEP_SIGN_IN)
    if not request.user.has_usable_password():
        raise Http404("no password here")
    then = _safe(request)
    form = ProofForm(request.POST or None, with_code=second.has_code(request.user))
    if request.method == "POST" and form.is_valid():
        if locked := locked_out(request, request.user):
            return locked
        if _is_right(request, form):
            sessions.write(request, proved=time.time())
            return redirect(then)
        form.add_error(None, _("It is not right. Try again."))
    status = 400 if form.is_bound else 200
    context = {"section": "own", "form": form, "next": then}
    return render(request, "accounts/prove.html", context, status=status)


def _is_right(request: HttpRequest, form: ProofForm) -> bool:
    name = request.user.get_username()
    found = authenticate(request, username=name, password=form.cleaned_data["password"])
    if found != request.user:
        return False
    code = form.cleaned_data.get("code")
    return code is None or code_is_right(request, found, code)


def _safe(request: HttpRequest) -> str:
    asked = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
    return own_address(request, asked) or reverse("accounts:own")


def tell(request: HttpRequest, text: str) -> HttpResponse:
    """Back to the own sign-in, with what was done."""
    messages.success(request, text)
    return redirect("accounts:own")
