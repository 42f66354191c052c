"""Duplicates: the suggestions, merging two with a preview, dismissing, and undoing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.closing.reason import WithReason
from pejl_hub.companies.merging import OWN, Client, merge, preview_merge, undo_merge
from pejl_hub.companies.models import Company, MergeRecord
from pejl_hub.companies.suspects import client_of, suspects
from pejl_hub.companies.suspects import dismiss as dismiss_pair
from pejl_hub.core.phrasing import in_words
from pejl_hub.desk.clients.forms import MergeForm

SIDE = 20
LATEST = 10


@dataclass(frozen=True)
class Differs:
    """A field of the two: what each says, and whether the one who goes shall have the word."""

    name: str
    label: str
    kept: Any
    gone: Any
    taken: bool


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The pairs that may be one, and the latest merges."""
    require(request.user, Action.MERGE)
    page = Paginator(suspects(), SIDE).get_page(request.GET.get("side"))
    merges = MergeRecord.objects.defer("changes")[:LATEST]
    context = {"section": "duplicates", "page": page, "merges": merges}
    return render(request, "desk/clients/duplicates.html", context)


@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    """The two are two."""
    require(request.user, Action.MERGE)
    keys = request.POST.get("gone", ""), request.POST.get("kept", "")
    try:
        first, second = (_key(client_of(key)) for key in keys)
        dismiss_pair(first=first, second=second, by=request.user)
    except UserError as refusal:
        messages.error(request, in_words(refusal))
    else:
        messages.success(request, _("They are not suggested again."))
    return redirect("clients:duplicates")


@require_http_methods(["GET", "HEAD", "POST"])
def merge_two(request: HttpRequest) -> HttpResponse:
    """Show what would move; merge when it is confirmed with a why."""
    require(request.user, Action.MERGE)
    asked = request.POST if request.method == "POST" else request.GET
    form, take = MergeForm(request.POST or None), asked.getlist("take")
    try:
        gone, kept = (client_of(asked.get(name, "")) for name in ("gone", "kept"))
        seen = preview_merge(gone=gone, kept=kept, take=take)
    except UserError as refusal:
        messages.error(request, in_words(refusal))
        return redirect("clients:duplicates")
    if request.method == "POST" and form.is_valid() and _merged(request, form, gone, kept, take):
        messages.success(request, _("They are one now. It can be undone below."))
        return redirect("clients:duplicates")
    context = {
        "section": "duplicates",
        "form": form,
        "gone": gone,
        "kept": kept,
        "keys": {"gone": _key(gone), "kept": _key(kept)},
        "may_turn": type(gone) is type(kept),
        "moved": [(m._meta.verbose_name, n) for m, n in seen.moved().items()],
        "days": seen.days,
        "fields": list(_differs(gone, kept, take)),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "desk/clients/merge.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Ask, and then make everything what it was."""
    require(request.user, Action.MERGE)
    record = get_object_or_404(MergeRecord, pk=number)
    form = WithReason(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            undo_merge(record=record, by=request.user, reason=form.cleaned_data["reason"])
        except UserError as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Everything is as it was before the merge."))
            return redirect("clients:duplicates")
    context = {"section": "duplicates", "record": record, "form": form}
    status = 400 if request.method == "POST" else 200
    return render(request, "desk/clients/undo.html", context, status=status)


def _merged(
    request: HttpRequest, form: MergeForm, gone: Client, kept: Client, take: Iterable[str]
) -> bool:
    said = form.cleaned_data
    try:
        merge(
            gone=gone, kept=kept, take=take, by=request.user, why=said["why"],
            reason=said["reason"],
        )  # fmt: skip
    except UserError as refusal:
        form.refused(refusal)
        return False
    return True


def _differs(gone: Client, kept: Client, take: Iterable[str]) -> Iterable[Differs]:
    if type(gone) is not type(kept):
        return
    for name in OWN[type(kept)]:
        ours, theirs = getattr(kept, name), getattr(gone, name)
        if ours != theirs and theirs is not None:
            label = str(type(kept)._meta.get_field(name).verbose_name)
            yield Differs(name, label, ours, theirs, ours is None or name in take)


def _key(client: Client) -> str:
    return f"{'company' if isinstance(client, Company) else 'person'}-{client.pk}"
