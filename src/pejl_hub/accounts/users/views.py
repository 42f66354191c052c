"""The users: a list, a new one, and what may be done to each."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts import people, second, sessions
from pejl_hub.accounts.access import Action, require
from pejl_hub.accounts.models import Role, User
from pejl_hub.accounts.proof import proved
from pejl_hub.accounts.users import actions
from pejl_hub.accounts.users.forms import NewUserForm, PlaceForm
from pejl_hub.accounts.users.listing import USERS

FORM = ["GET", "HEAD", "POST"]


@require_safe
def show_all(request: HttpRequest) -> HttpResponseBase:
    """Everybody, by name; those who may not sign in come last."""
    require(request.user, Action.MANAGE_USERS)
    return USERS.respond(request, {"section": "users"}, "accounts/users.html")


@proved
@require_http_methods(FORM)
def add(request: HttpRequest) -> HttpResponse:
    """A new user with a first password."""
    require(request.user, Action.MANAGE_USERS)
    least = {"role": Role.BOARD}  # whoever forgets to choose gives little away
    form, problem = NewUserForm(request.POST or None, initial=least), None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make(**form.cleaned_data, by=request.user)
        except UserError as refusal:
            problem = refusal
        else:
            messages.success(request, _("The user is made."))
            return redirect("accounts:user", number=made.pk)
    return _page(request, "accounts/user_new.html", {"form": form, "problem": problem}, form)


@proved
@require_http_methods(FORM)
def show(request: HttpRequest, number: int) -> HttpResponse:
    """One user; by POST another role."""
    require(request.user, Action.MANAGE_USERS)
    user = get_object_or_404(User, pk=number)
    held = {"role": user.role, "municipality": user.municipality}
    form, problem = PlaceForm(request.POST or None, initial=held), None
    if request.method == "POST" and form.is_valid():
        try:
            actions.place(user=user, by=request.user, **form.cleaned_data)
        except UserError as refusal:
            problem = refusal
        else:
            messages.success(request, _("The role is changed."))
            return redirect("accounts:user", number=number)
    context = {
        "form": form,
        "problem": problem,
        "one": user,
        "has_code": second.has_code(user),
        "sign_ins": len(sessions.mine(user)),
        "by_provider": not user.has_usable_password(),
    }
    return _page(request, "accounts/user.html", context, form)


@require_POST
@proved
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Let the user in no more."""
    act = lambda user: actions.let_in(user=user, open_=False, by=request.user)  # noqa: E731
    return _do(request, number, act, _("The user is closed and signed out everywhere."))


@require_POST
@proved
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    """Let the user in again."""
    act = lambda user: actions.let_in(user=user, open_=True, by=request.user)  # noqa: E731
    return _do(request, number, act, _("The user may sign in again."))


@require_POST
@proved
def reset_code(request: HttpRequest, number: int) -> HttpResponse:
    """Take the user's code away, when telephone and recovery codes are lost."""
    act = lambda user: people.reset_code(name=user.username, by=request.user)  # noqa: E731
    return _do(request, number, act, _("The code is taken away. The user turns on a new one."))


@require_POST
@proved
def sign_out(request: HttpRequest, number: int) -> HttpResponse:
    """Sign the user out everywhere."""
    act = lambda user: people.sign_out(name=user.username, by=request.user)  # noqa: E731
    return _do(request, number, act, _("The user is signed out everywhere."))


def _do(
    request: HttpRequest, number: int, act: Callable[[User], object], said: str
) -> HttpResponse:
    require(request.user, Action.MANAGE_USERS)
    try:
        act(get_object_or_404(User, pk=number))
    except UserError as refusal:
        messages.error(request, f"{refusal.given}. {refusal.remedy}")
    else:
        messages.success(request, said)
    return redirect("accounts:user", number=number)


def _page(request: HttpRequest, template: str, context: dict, form: PlaceForm) -> HttpResponse:
    status = 400 if form.is_bound else 200
    return render(request, template, {"section": "users", **context}, status=status)
