"""The pages of the audit trail: the list, one entry, the chain, and putting back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.audit import chain
from pejl_hub.audit.models import AuditEntry
from pejl_hub.closing.actions import PeriodClosed
from pejl_hub.trail import restoring, words
from pejl_hub.trail.listing import ENTRIES


@require_safe
def show_entries(request: HttpRequest) -> HttpResponseBase:
    """Every act, the newest first."""
    require(request.user, Action.SEE_AUDIT)
    return ENTRIES.respond(request, {"section": "trail"}, "trail/entries.html")


@require_safe
def show_entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """One act: what each column held before and after."""
    require(request.user, Action.SEE_AUDIT)
    return _entry(request, get_object_or_404(AuditEntry, pk=entry_id))


@require_POST
def prove(request: HttpRequest) -> HttpResponse:
    """Make every digest anew, and say whether the chain holds."""
    require(request.user, Action.SEE_AUDIT)
    found = chain.verify(request.POST.get("hoved", "").strip())
    context = {"section": "trail", "found": found, "noted": request.POST.get("hoved", "").strip()}
    return render(request, "trail/chain.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Ask whether to put back what was removed; by POST, do it."""
    require(request.user, Action.MERGE)
    require(request.user, Action.SEE_AUDIT)
    entry = get_object_or_404(AuditEntry, pk=entry_id)
    reason = request.POST.get("reason", "")
    problem: UserError | None = None
    if request.method == "POST":
        try:
            restoring.restore(entry=entry, by=request.user, reason=reason)
        except UserError as refusal:
            problem = refusal
        else:
            messages.success(request, _("The record was put back as it was."))
            return redirect("trail:entry", entry_id=entry.pk)
    more = {
        "problem": problem,
        "closed": isinstance(problem, PeriodClosed),
        "reason": reason,
        "asking": True,
    }
    return _entry(request, entry, status=400 if problem else 200, **more)


def _entry(request: HttpRequest, entry: AuditEntry, status: int = 200, **more: Any) -> HttpResponse:
    names = may(request.user, Action.SEE_NAMES)
    context = {
        "section": "trail",
        "entry": entry,
        "did": words.did(entry.action),
        "thing": words.thing(entry.object_type),
        "changes": list(words.changes(entry, names=names)),
        "told": list(words.others(entry)),
        "link": getattr(entry, "link", None),
        "same": _same(entry),
        "restorable": may(request.user, Action.MERGE) and restoring.restorable(entry),
        **more,
    }
    return render(request, "trail/entry.html", context, status=status)


def _same(entry: AuditEntry) -> list[tuple[AuditEntry, str]]:
    """The other acts on the same thing, the newest first."""
    others = AuditEntry.objects.filter(object_type=entry.object_type, object_id=entry.object_id)
    return [(one, words.did(one.action)) for one in others.exclude(pk=entry.pk)[:20]]
