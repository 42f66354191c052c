"""Pages of the contract's life: its timeline, its steps, its files, and what a version means."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pejl.base.errors import UserError
from pejl.base.phrases import phrase
from pejl.contract.amendments import changes_since
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.accounts.models import User
from pejl_hub.agreements import amending, present
from pejl_hub.agreements.compare import compare
from pejl_hub.agreements.forms import AmendForm, StepForm
from pejl_hub.agreements.rehearse import rehearse
from pejl_hub.contracts import actions, files, queries
from pejl_hub.contracts.actions.documents import MOST_BYTES, keep_document
from pejl_hub.contracts.models import ContractDocument, ContractVersion, Kind
from pejl_hub.contracts.steps import STEPS
from pejl_hub.core.text import whole_number
from pejl_hub.status.queries import default_day

SECTION = {"section": "life"}


@require_safe
def show_life(request: HttpRequest) -> HttpResponse:
    """What has happened to the contract, what comes next, and its versions."""
    require(request.user, Action.SEE_STATUS)
    return _life(request)


def _life(request: HttpRequest, **more: Any) -> HttpResponse:
    ids = present.contract_ids()
    asked = request.GET.get("kontrakt") or request.POST.get("kontrakt", "")
    wanted = asked if asked in ids else (ids[-1] if ids else "")
    inside = _inside(request.user)
    versions = queries.versions(wanted)
    told = queries.events(wanted)
    contract = present.scored_contract(wanted)
    draft = queries.draft_of(wanted) if inside else None
    context = {
        **SECTION,
        "ids": ids,
        "wanted": wanted,
        "contract": contract,
        "file": present.shipped_file(wanted),
        "versions": versions if inside else versions.filter(state="adopted"),
        "events": told if inside else told.filter(version__state="adopted"),
        "steps": present.next_steps(wanted, request.user),
        "current": queries.current(wanted),
        "draft": draft,
        "findings": queries.findings_of(draft) if draft else [],
        "closed": queries.is_closed(wanted),
        "changes": changes_since(contract, timezone.localdate()) if contract else [],
        "may_rehearse": may(request.user, Action.SEE_SMALL_COUNTS),
        "may_edit": may(request.user, Action.EDIT_CONTRACT),
        **more,
    }
    status = 400 if more.get("refusal") else 200
    return render(request, "agreements/life.html", context, status=status)


@require_POST
def take_up_file(request: HttpRequest) -> HttpResponse:
    """Begin the life of a contract that stands in the folder of contracts."""
    require(request.user, Action.EDIT_CONTRACT)
    path = present.shipped_file(request.POST.get("kontrakt", ""))
    if path is None:
        raise Http404
    try:
        version = actions.take_up(path=path, by=request.user)
    except UserError as refusal:
        return _life(request, refusal=refusal)
    return redirect(_address(version))


@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """Take a contract's YAML file, with the texts that it quotes, as a draft or into the draft."""
    require(request.user, Action.EDIT_CONTRACT)
    try:
        version = _taken_in(request)
    except UserError as refusal:
        return _life(request, refusal=refusal)
    messages.success(request, _("The file is the draft now."))
    return redirect(_address(version))


def _taken_in(request: HttpRequest) -> ContractVersion:
    file, texts = request.FILES.get("yaml"), request.FILES.getlist("texts")
    if file is None or sum(each.size or 0 for each in (file, *texts)) > MOST_BYTES:
        raise UserError(
            given=phrase("no file") if file is None else phrase("files of more than 20 MB"),
            needed=phrase("the contract's YAML file, with the texts that it quotes"),
            remedy=phrase("Choose the files and try again."),
        )
    named = {each.name or "": each.read() for each in texts}
    draft = queries.draft_of(request.POST.get("kontrakt", ""))
    yaml = file.read()
    if draft is None:
        return actions.start_draft(yaml=yaml, texts=named, by=request.user)
    return actions.save_draft(version=draft, yaml=yaml, texts=named, by=request.user)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Ask about a step, and record it."""
    if kind not in Kind.values or Kind(kind) not in STEPS:
        raise Http404
    require(request.user, STEPS[Kind(kind)].action)
    version = get_object_or_404(ContractVersion, pk=pk)
    form = StepForm(request.POST or None, request.FILES or None, kind=Kind(kind))
    context = {**SECTION, "version": version, "kind": Kind(kind), "form": form}
    context["final"] = STEPS[Kind(kind)].final
    if request.method == "POST" and form.is_valid():
        try:
            _record(version, Kind(kind), form.cleaned_data, request.user)
        except UserError as refusal:
            return render(
                request, "agreements/step.html", {**context, "refusal": refusal}, status=400
            )
        messages.success(request, _("Recorded."))
        return redirect(_address(version))
    status = 400 if request.method == "POST" else 200
    return render(request, "agreements/step.html", context, status=status)


def _record(version: ContractVersion, kind: Kind, given: dict[str, Any], by: User) -> None:
    file, document = given["document"], None
    if file is not None:
        document = keep_document(
            contract_id=version.contract_id, name=file.name, content=file.read(), by=by
        )
    actions.record_step(
        version=version,
        kind=kind,
        day=given["day"],
        who=given["who"],
        note=given["note"],
        document=document,
        by=by,
    )


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """A document, as it was kept; those of drafts alone only for those who keep the contract."""
    require(request.user, Action.SEE_STATUS)
    document = get_object_or_404(ContractDocument, pk=pk)
    shown = document.events.filter(version__state="adopted").exists()
    if not shown and not _inside(request.user):
        raise Http404(pk)
    content = files.document(document.sha256)
    if content is None:
        raise Http404
    answer = HttpResponse(content, content_type=document.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, document.name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_safe
def compare_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """What a version changes, field by field, against another version or the one before it."""
    version, other = _pair(request, pk)
    context = {**SECTION, "version": version, "other": other, "all": _others(version, request.user)}
    try:
        if other is not None:
            context["changes"] = compare(queries.contract_of(other), queries.contract_of(version))
    except UserError as refusal:
        context["refusal"] = refusal
    return render(request, "agreements/compare.html", context)


@require_safe
def show_rehearsal(request: HttpRequest, pk: int) -> HttpResponse:
    """What each status would have been under the version, on every close and today."""
    require(request.user, Action.SEE_SMALL_COUNTS)
    version, _other = _pair(request, pk)
    before = present.scored_contract(version.contract_id)
    context = {**SECTION, "version": version, "before": before}
    try:
        if before is not None:
            context["days"] = rehearse(before, queries.contract_of(version))
    except UserError as refusal:
        context["refusal"] = refusal
    return render(request, "agreements/rehearse.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose an amendment for the goals that await something."""
    require(request.user, Action.EDIT_CONTRACT)
    version = get_object_or_404(ContractVersion, pk=pk, state="adopted")
    goals = amending.awaiting(queries.contract_of(version), default_day())
    form = AmendForm(request.POST or None, request.FILES or None, goals=goals)
    context = {**SECTION, "version": version, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            draft = amending.propose(version=version, decision=form.decision(), by=request.user)
        except UserError as refusal:
            return render(
                request, "agreements/amend.html", {**context, "refusal": refusal}, status=400
            )
        messages.success(request, _("The amendment is a draft. Nothing is scored by it yet."))
        inside = may(request.user, Action.SEE_SMALL_COUNTS)
        return redirect("agreements:rehearse" if inside else "agreements:compare", draft.pk)
    status = 400 if request.method == "POST" else 200
    return render(request, "agreements/amend.html", context, status=status)


def _pair(request: HttpRequest, pk: int) -> tuple[ContractVersion, ContractVersion | None]:
    require(request.user, Action.SEE_STATUS)
    version = get_object_or_404(_shown(ContractVersion.objects.all(), request.user), pk=pk)
    wanted = whole_number(request.GET.get("med", ""))
    others = _others(version, request.user)
    chosen = others.filter(number=wanted).first() if wanted is not None else None
    return version, chosen or present.base_of(version)


def _others(version: ContractVersion, user: User) -> Any:
    return _shown(queries.versions(version.contract_id), user).exclude(pk=version.pk)


def _shown(versions: Any, user: User) -> Any:
    """The versions that the user may know of; a draft is not there for others."""
    return versions if _inside(user) else versions.filter(state="adopted")


def _inside(user: User) -> bool:
    """Whether drafts are the reader's business."""
    return any(
        may(user, action)
        for action in (Action.EDIT_CONTRACT, Action.ADOPT_CONTRACT, Action.SEND_CONTRACT)
    )


def _address(version: ContractVersion) -> str:
    return f"{reverse('agreements:life')}?kontrakt={version.contract_id}"
