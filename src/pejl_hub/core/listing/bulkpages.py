"""The steps of a bulk edit: choose rows and a change, see what comes of it, confirm, undo."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pejl_hub.core.listing.bulk import MOST, BulkAction, Moved, attempt, make, undo
from pejl_hub.core.listing.page import name_of
from pejl_hub.core.models import BulkEdit
from pejl_hub.core.phrasing import in_words
from pejl_hub.core.templatetags.pejl import number
from pejl_hub.core.text import refuse_cpr, whole_number

if TYPE_CHECKING:
    from pejl_hub.core.listing.listing import Listing

STEP, ACTION, CHOSEN, ALL, EDIT = "trin", "handling", "valgt", "alle_raekker", "redigering"


def offered(listing: "Listing", request: HttpRequest) -> dict[str, Any]:
    """What the list page needs: the user's changes, and the edit just made, which can be undone."""
    actions = [one for one in listing.bulk if one.allowed(request.user)]
    made = request.GET.get("redigeret", "")
    edit = None
    if actions and made.isascii() and made.isdigit():
        mine = BulkEdit.objects.filter(by=request.user, listing=listing.name, undone_at=None)
        edit = mine.filter(pk=int(made[:15])).first()
    return {"actions": actions, "edit": edit, "most": MOST}


def respond(listing: "Listing", request: HttpRequest, context: Mapping[str, Any]) -> HttpResponse:
    """The step that was posted."""
    action = listing.bulk_action(request.POST.get(ACTION, ""), request.user)
    if request.POST.get(STEP) == "fortryd":
        return _undo(listing, action, request)
    rows = _chosen(listing, request)
    if not rows or len(rows) > MOST:
        said = _("Choose at least one row, and at most %(most)s.") % {"most": MOST}
        messages.error(request, said)
        return redirect(request.get_full_path())
    form = _form(action, request)
    shown = {"listing": listing, "action": action, "rows": rows, "form": form, **context}
    if request.POST.get(STEP) == "valg" or not form.is_valid():
        return render(request, "core/listing/bulk.html", shown)
    value = form.cleaned_data["value"]
    value = None if value == "" else value
    if request.POST.get(STEP) == "udfoer":
        return _make(listing, action, request, shown, value)
    return _preview(action, request, shown, value)


def _preview(
    action: BulkAction, request: HttpRequest, shown: dict[str, Any], value: Any, problem: str = ""
) -> HttpResponse:
    reason = shown["form"].cleaned_data["reason"]
    lines = attempt(action, shown["rows"], value, request.user, reason)
    table = shown["listing"].make_table(request)(shown["rows"])
    names = {row.record.pk: name_of(row) for row in table.rows}
    lines = [replace(line, row=names[line.pk]) for line in lines]
    piles = {
        "changing": [line for line in lines if not line.refused and not line.same],
        "same": [line for line in lines if line.same],
        "refused": [line for line in lines if line.refused],
        "problem": problem,
    }
    return render(request, "core/listing/bulk.html", shown | piles | {"tried": True})


def _make(
    listing: "Listing",
    action: BulkAction,
    request: HttpRequest,
    shown: dict[str, Any],
    value: Any,
) -> HttpResponse:
    """Change exactly the rows that were shown as changing."""
    expected = {str(row.pk): request.POST.get(f"foer-{row.pk}", "") for row in shown["rows"]}
    try:
        edit = make(
            listing=listing.name,
            action=action,
            rows=shown["rows"],
            value=value,
            by=request.user,
            reason=shown["form"].cleaned_data["reason"],
            expected=expected,
        )
    except Moved as refusal:
        return _preview(action, request, shown, value, in_words(refusal))
    _say(request, len(edit.changes), "changed")
    query = request.GET.copy()
    query["redigeret"] = str(edit.pk)
    return redirect(f"{request.path}?{query.urlencode()}")


def _undo(listing: "Listing", action: BulkAction, request: HttpRequest) -> HttpResponse:
    edit = get_object_or_404(
        BulkEdit,
        pk=whole_number(request.POST.get(EDIT, "")),
        by=request.user,
        listing=listing.name,
        action=action.name,
    )
    numbers = [change["pk"] for change in edit.changes]
    rows = listing.rows(request.user).in_bulk(numbers)
    try:
        undo(edit=edit, action=action, rows=rows, by=request.user)
    except Moved as refusal:
        messages.error(request, in_words(refusal))
    else:
        _say(request, len(edit.changes), "undone")
    return redirect(request.get_full_path())


def _say(request: HttpRequest, rows: int, what: str) -> None:
    shown = {"number": number(rows)}
    if what == "changed":
        said = ngettext("%(number)s row was changed.", "%(number)s rows were changed.", rows)
    else:
        said = ngettext(
            "%(number)s row has its earlier value again.",
            "%(number)s rows have their earlier value again.",
            rows,
        )
    messages.success(request, said % shown)


def _chosen(listing: "Listing", request: HttpRequest) -> list[Any]:
    """The rows chosen, of those that the user may see; all of the filtered list where asked."""
    if request.POST.get(ALL):
        asked = listing.asked(request)
        return list(asked.rows[: MOST + 1])
    numbers = [one for one in request.POST.getlist(CHOSEN) if one.isascii() and one.isdigit()]
    rows = listing.rows(request.user).filter(pk__in=[int(one[:15]) for one in numbers[: MOST + 1]])
    return list(rows.order_by("pk"))


def _form(action: BulkAction, request: HttpRequest) -> forms.Form:
    field = action.field(request.user)
    select = isinstance(field.widget, forms.Select)
    field.widget.attrs.setdefault("class", "form-select" if select else "form-input")
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Needed when a row lies in a closed period."),
        required=False,
        validators=[refuse_cpr],
        widget=forms.TextInput(attrs={"class": "form-input"}),
    )
    kind = type("BulkForm", (forms.Form,), {"value": field, "reason": reason})
    return kind(None if request.POST.get(STEP) == "valg" else request.POST)
