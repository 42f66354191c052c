"""My sign-in: the own password, and where one is signed in."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pejl_hub.accounts import second, sessions
from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.forms import NewPasswordForm
from pejl_hub.accounts.people import set_own_password
from pejl_hub.accounts.provider.config import is_used

FORM = ["GET", "HEAD", "POST"]


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The own sign-in: how, and in which browsers now."""
    require(request.user, Action.KEEP_SIGN_IN)
    here = request.session.session_key
    context = {
        "section": "own",
        "sign_ins": [(one, one.key == here) for one in sessions.mine(request.user)],
        "has_password": request.user.has_usable_password(),
        "has_code": second.has_code(request.user),
        "provider": settings.PEJL_OIDC["name"] if is_used() else "",
    }
    return render(request, "accounts/own.html", context)


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End one of the own sign-ins elsewhere."""
    require(request.user, Action.KEEP_SIGN_IN)
    if not sessions.end_one(user=request.user, number=number):
        raise Http404(number)
    messages.success(request, _("That browser is signed out."))
    return redirect("accounts:own")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End every own sign-in but this one."""
    require(request.user, Action.KEEP_SIGN_IN)
    sessions.end_all(user=request.user, by=request.user, keep=request)
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("accounts:own")


@require_http_methods(FORM)
def password(request: HttpRequest) -> HttpResponse:
    """Another password, which ends every other sign-in."""
    require(request.user, Action.KEEP_SIGN_IN)
    if not request.user.has_usable_password():
        raise Http404("no password here")
    form = NewPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_own_password(request=request, password=form.cleaned_data["new_password1"])
        messages.success(request, _("The password is changed. You are signed out everywhere else."))
        return redirect("accounts:own")
    status = 400 if form.is_bound else 200
    context = {"section": "own", "form": form}
    return render(request, "accounts/password.html", context, status=status)
