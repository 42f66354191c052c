"""The pages of the code lists: an administrator adds, renames, ends and deletes values."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.codes.actions import delete_code, end_code, save_code
from pejl_hub.codes.forms import CodeForm, EndForm
from pejl_hub.codes.models import Code, ListName
from pejl_hub.codes.queries import times_used

WAYS = ["GET", "HEAD", "POST"]


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every list, and how many values it offers today."""
    require(request.user, Action.EDIT_LISTS)
    today = timezone.localdate()
    ended = Q(valid_to__lt=today)
    counted = Code.objects.order_by().values("list_name")
    counted = counted.annotate(offered=Count("id", filter=~ended | Q(valid_to=None)))
    counted = counted.annotate(ended=Count("id", filter=ended))
    found = {one["list_name"]: one for one in counted}
    nothing = {"offered": 0, "ended": 0}
    lists = [(name, found.get(name.value, nothing)) for name in ListName]
    return render(request, "codes/overview.html", {"section": "codes", "lists": lists})


@require_safe
def show(request: HttpRequest, list_name: str) -> HttpResponse:
    """One list with all its values."""
    require(request.user, Action.EDIT_LISTS)
    name, today = _name(list_name), timezone.localdate()
    values = [_line(one, today) for one in Code.objects.filter(list_name=name)]
    values.sort(key=lambda one: bool(one["ended"]))
    return render(request, "codes/list.html", _context(name, values=values))


def _line(value: Code, today: date) -> dict[str, Any]:
    ended = bool(value.valid_to and value.valid_to < today)
    return {"value": value, "ended": ended, "used": times_used(value)}


@require_http_methods(WAYS)
def add(request: HttpRequest, list_name: str) -> HttpResponse:
    """A new value."""
    require(request.user, Action.EDIT_LISTS)
    return _edit(request, Code(list_name=_name(list_name)))


@require_http_methods(WAYS)
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Another label, place or day."""
    require(request.user, Action.EDIT_LISTS)
    return _edit(request, get_object_or_404(Code, pk=number))


def _edit(request: HttpRequest, value: Code) -> HttpResponse:
    form = CodeForm(request.POST or None, instance=value)
    if request.method == "POST" and form.is_valid():
        save_code(value=form.save(commit=False), by=request.user)
        messages.success(request, _("The list was saved."))
        return redirect("codes:list", list_name=value.list_name)
    status = 400 if request.method == "POST" else 200
    context = _context(ListName(value.list_name), form=form, value=value)
    return render(request, "codes/edit.html", context, status=status)


@require_http_methods(WAYS)
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Offer it no longer than a day."""
    require(request.user, Action.EDIT_LISTS)
    value = get_object_or_404(Code, pk=number)
    form = EndForm(request.POST or None, initial={"last_day": timezone.localdate()})
    context = _context(ListName(value.list_name), form=form, value=value, used=times_used(value))
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["last_day"]
        act = lambda: end_code(value=value, last_day=day, by=request.user)  # noqa: E731
        return _done(request, "codes/end.html", context, act, _("The value ends on that day."))
    status = 400 if request.method == "POST" else 200
    return render(request, "codes/end.html", context, status=status)


@require_http_methods(WAYS)
def delete(request: HttpRequest, number: int) -> HttpResponse:
    """Ask, and take out a value that no row uses."""
    require(request.user, Action.EDIT_LISTS)
    value = get_object_or_404(Code, pk=number)
    context = _context(ListName(value.list_name), value=value, used=times_used(value))
    if request.method != "POST":
        return render(request, "codes/delete.html", context)
    act = lambda: delete_code(value=value, by=request.user)  # noqa: E731
    return _done(request, "codes/delete.html", context, act, _("The value was deleted."))


def _done(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    act: Callable[[], object],
    said: str,
) -> HttpResponse:
    try:
        act()
    except UserError as refusal:
        return render(request, template, context | {"refusal": refusal}, status=400)
    messages.success(request, said)
    return redirect("codes:list", list_name=context["name"].value)


def _name(list_name: str) -> ListName:
    if list_name not in ListName.values:
        raise Http404(list_name)
    return ListName(list_name)


def _context(name: ListName, **more: Any) -> dict[str, Any]:
    return {"section": "codes", "name": name, **more}
