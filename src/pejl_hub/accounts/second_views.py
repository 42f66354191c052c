"""My second step: turning it on and off, and the recovery codes."""

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pejl_hub.accounts import second, sessions
from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.forms import CodeForm
from pejl_hub.accounts.models import How
from pejl_hub.accounts.proof import proved, tell

SECRET = "pejl_new_secret"  # noqa: S105 - where it stands in the session, until it is confirmed
FORM = ["GET", "HEAD", "POST"]


@proved
@never_cache
@require_http_methods(FORM)
def turn_on(request: HttpRequest) -> HttpResponse:
    """The picture for the app; by POST, the first code of it."""
    require(request.user, Action.KEEP_SIGN_IN)
    if not request.user.has_usable_password() or second.has_code(request.user):
        return redirect("accounts:own")
    secret = request.session.setdefault(SECRET, second.new_secret())
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if second.turn_on(user=request.user, secret=secret, code=form.cleaned_data["code"]):
            return _turned_on(request)
        form.add_error("code", _("The code does not fit. Wait for the next one and try again."))
    return _enrol(request, form, secret)


def _turned_on(request: HttpRequest) -> HttpResponse:
    del request.session[SECRET]
    sessions.end_all(user=request.user, by=request.user, keep=request)
    sessions.change_how(request, How.CODE)
    return redirect("accounts:recovery_codes")


def _enrol(request: HttpRequest, form: CodeForm, secret: str) -> HttpResponse:
    address = second.app_address(request.user, secret)
    form.fields["code"].widget.attrs.pop("autofocus")  # there is something to read before it
    context = {
        "section": "own",
        "form": form,
        "picture": segno.make(address, error="m").svg_data_uri(scale=5, border=3, light="#fff"),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "must": second.needs_code(request.user),
    }
    return render(request, "accounts/enrol.html", context, status=400 if form.is_bound else 200)


@proved
@never_cache
@require_safe
def show_recovery_codes(request: HttpRequest) -> HttpResponse:
    """The recovery codes that are left."""
    return render(
        request, "accounts/recovery_codes.html", {"section": "own", "codes": _codes(request)}
    )


@proved
@never_cache
@require_safe
def download_recovery_codes(request: HttpRequest) -> HttpResponse:
    """The same as a text file."""
    lines = [
        _("Recovery codes for Pejl, {name}, {day}").format(
            name=request.user.get_username(), day=timezone.localdate().isoformat()
        ),
        _("Each is good once. Keep them where your telephone is not."),
        "",
        *_codes(request),
    ]
    answer = HttpResponse("\r\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="pejl-koder.txt"'
    return answer


def _codes(request: HttpRequest) -> list[str]:
    require(request.user, Action.KEEP_SIGN_IN)
    if not second.has_code(request.user):
        raise Http404("no second step")
    return second.recovery_codes(request.user)


@require_POST
@proved
def renew_recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes instead of the old."""
    require(request.user, Action.KEEP_SIGN_IN)
    if not second.has_code(request.user):
        raise Http404("no second step")
    second.renew_recovery_codes(user=request.user)
    return redirect("accounts:recovery_codes")


@proved
@require_http_methods(FORM)
def turn_off(request: HttpRequest) -> HttpResponse:
    """Ask, and take the second step away."""
    require(request.user, Action.KEEP_SIGN_IN)
    if not second.has_code(request.user):
        return redirect("accounts:own")
    if request.method != "POST":
        must = second.needs_code(request.user)
        return render(request, "accounts/turn_off.html", {"section": "own", "must": must})
    second.turn_off(user=request.user, by=request.user)
    sessions.change_how(request, How.PASSWORD)
    return tell(request, _("You sign in without a code from now on."))
