"""What every page of a draft does: find the draft, look at an edit before it is saved, save it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from pejl.base.errors import UserError
from pejl.contract.write import rewrite
from pejl_hub.accounts.access import Action, require
from pejl_hub.contracts.models import ContractVersion
from pejl_hub.drafting import present
from pejl_hub.drafting.actions import save_edit
from pejl_hub.drafting.forms import Described
from pejl_hub.drafting.queries import data_of, differences, faults_of

WAYS = ["GET", "HEAD", "POST"]
Change = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def draft_for(request: HttpRequest, pk: int) -> ContractVersion:
    """The draft, if whoever asks may edit it; 404 when the version is no draft."""
    require(request.user, Action.EDIT_CONTRACT)
    return get_object_or_404(ContractVersion, pk=pk, state="draft")


def context_of(version: ContractVersion, **more: Any) -> dict[str, Any]:
    """What every page of the draft shows."""
    return {"section": "drafts", "version": version, "seen": version.sha256, **more}


def edit(
    request: HttpRequest,
    version: ContractVersion,
    form: Described,
    change: Change,
    what: str,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Show the form; with “look” show what an edit would change, with “save” keep it."""
    seen = request.POST.get("seen", version.sha256)
    context = {**context_of(version), "form": form, **context, "seen": seen}
    if request.method != "POST":
        return render(request, template, context)
    if not form.is_valid():
        return render(request, template, context, status=400)
    try:
        data = change(data_of(version))
        if "save" in request.POST:
            save_edit(version=version, seen=seen, data=data, what=what, by=request.user)
            messages.success(request, _("The draft was saved."))
            return redirect("drafting:draft", pk=version.pk)
    except UserError as refusal:
        return render(request, template, context | {"refusal": refusal}, status=400)
    return render(request, template, context | looked_at(version, data))


def looked_at(version: ContractVersion, data: Mapping[str, Any]) -> dict[str, Any]:
    """What the edit would change in the file, and which rules it would newly break or keep."""
    after = rewrite(version.yaml, data)
    before, broken = set(_told(faults_of(version.yaml))), faults_of(after)
    return {
        "looked": True,
        "lines": differences(version.text, after.decode()),
        "new_faults": [
            present.shown(version, fault) for fault in broken if _key(fault) not in before
        ],
        "mended": len(before - set(_told(broken))),
    }


def _told(faults: Any) -> list[tuple[str, str]]:
    return [_key(fault) for fault in faults]


def _key(fault: Any) -> tuple[str, str]:
    return fault.rule, fault.message
