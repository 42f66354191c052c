"""The second step of signing in: the code."""

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_lockout_response
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pejl_hub.accounts import pending, second
from pejl_hub.accounts.forms import CodeForm
from pejl_hub.accounts.models import How, User
from pejl_hub.accounts.sessions import sign_in


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_code(request: HttpRequest) -> HttpResponse:
    """The code of somebody whose password was right."""
    user = pending.who_waits(request)
    if user is None:
        return redirect("accounts:sign_in")
    form = CodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/code.html", {"form": form})
    if locked := locked_out(request, user):
        return locked
    if not code_is_right(request, user, form.cleaned_data["code"]):
        form.add_error("code", _("The code is not right. Wait for the next one and try again."))
        return render(request, "accounts/code.html", {"form": form})
    then = pending.where_to(request)
    sign_in(request, user, how=How.CODE)
    return redirect(then or pending.landing(user))


def locked_out(request: HttpRequest, user: User) -> HttpResponse | None:
    """The page that says so, where too much was tried from this address or for this user."""
    told = {"username": user.get_username()}
    allowed = AxesProxyHandler.is_allowed(request, told)
    return None if allowed else get_lockout_response(request, credentials=told)


def code_is_right(request: HttpRequest, user: User, code: str) -> bool:
    """Whether it is; a wrong one counts as a wrong password does."""
    try:
        right = second.check(user=user, code=code)
    except second.TooManyCodes:
        right = False
    if not right:
        _count_wrong(request, user)
    return right


def _count_wrong(request: HttpRequest, user: User) -> None:
    told = {"username": user.get_username()}
    user_login_failed.send(sender=__name__, credentials=told, request=request)
