"""The pages of the CVR register: fetch one company, refresh all, and follow how far that came."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.core.phrasing import in_words
from pejl_hub.core.wayback import own_address
from pejl_hub.sources import uploads
from pejl_hub.sources.cvr import refresh
from pejl_hub.sources.cvr.register import RegisterDown, RegisterNotSetUp, RegisterSaidNo
from pejl_hub.sources.cvr.writing import Change
from pejl_hub.sources.models import CvrRefresh, RefreshState

UNDERWAY = (RefreshState.WAITING, RefreshState.RUNNING)
FAILS = 503  # the register, not the number
# Whoever records a service may need a company that is not here yet.
RECORDING = (
    Action.RECORD_GUIDANCE,
    Action.RECORD_EVENTS,
    Action.RECORD_PROGRAMMES,
    Action.RECORD_OUTREACH,
)


@require_http_methods(["GET", "HEAD", "POST"])
def fetch_one(request: HttpRequest) -> HttpResponse:
    """Fetch a company by its number; by POST, make it or bring it up to date, and go back."""
    if not any(may(request.user, action) for action in RECORDING):
        raise PermissionDenied(Action.RECORD_GUIDANCE)
    asked = {**request.GET.dict(), **request.POST.dict()}
    cvr, back = asked.get("cvr", ""), own_address(request, asked.get("next", ""))
    context = {"section": "cvr_fetch", "cvr": cvr, "back": back}
    if request.method != "POST":
        return render(request, "sources/cvr/fetch.html", context)
    try:
        change = refresh.fetch(cvr=cvr, by=request.user)
    except UserError as refusal:
        status = _status(refusal)
        may_type = status == FAILS and may(request.user, Action.RECORD_GUIDANCE)
        context |= {"problem": _calmly(refusal), "may_type": may_type}
        return render(request, "sources/cvr/fetch.html", context, status=status)
    if back:
        messages.success(request, _said(change))
        return redirect(back)
    return render(request, "sources/cvr/fetch.html", {**context, "cvr": "", "change": change})


@require_safe
def show_refreshes(request: HttpRequest) -> HttpResponse:
    """Every refresh, the newest first, and the two ways to start one."""
    require(request.user, Action.IMPORT)
    runs = CvrRefresh.objects.all()[:50]
    context = {"section": "cvr", "runs": runs, "underway": any(r.state in UNDERWAY for r in runs)}
    return render(request, "sources/cvr/refreshes.html", context)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Refresh all, from the register, or from the file that is sent along."""
    require(request.user, Action.IMPORT)
    try:
        files = request.FILES.getlist("file")
        path = uploads.find(uploads.keep(files, uploads.HITS)) if files else None
        if not files and "from_file" in request.POST:
            raise uploads.BadUploadError(_("Choose at least one file."))
        run = refresh.start_refresh(by=request.user, path=path)
    except (UserError, uploads.BadUploadError) as refusal:
        words = _calmly(refusal) if isinstance(refusal, UserError) else str(refusal)
        messages.error(request, words)
        return redirect("sources:cvr")
    return redirect("sources:cvr_run", run_id=run.pk)


@require_POST
def resume(request: HttpRequest, run_id: int) -> HttpResponse:
    """Let a refresh that stopped go on."""
    require(request.user, Action.IMPORT)
    run = get_object_or_404(CvrRefresh, pk=run_id)
    try:
        refresh.resume(run=run, by=request.user)
    except UserError as refusal:
        messages.error(request, _calmly(refusal))
    return redirect("sources:cvr_run", run_id=run_id)


@require_safe
def show_refresh(request: HttpRequest, run_id: int) -> HttpResponse:
    """How far a refresh has come, and what it changed."""
    require(request.user, Action.IMPORT)
    run = get_object_or_404(CvrRefresh, pk=run_id)
    underway = run.state in UNDERWAY
    context = {
        "section": "cvr",
        "run": run,
        "underway": underway,
        "silent": underway and refresh.is_silent(run),
        "seen": run.looked_up + run.absent + run.unreadable,
    }
    template = "_refresh" if request.htmx else "refresh"
    return render(request, f"sources/cvr/{template}.html", context)


def _said(change: Change) -> str:
    name = {"name": change.company}
    if change.merged:
        return _("The number was merged into %(name)s, which keeps its own facts.") % name
    if change.made or change.facts:
        return _("%(name)s was fetched from CVR.") % name
    return _("%(name)s is as the register has it: nothing has changed there.") % name


def _status(refusal: UserError) -> int:
    return FAILS if isinstance(refusal, RegisterDown | RegisterNotSetUp | RegisterSaidNo) else 400


def _calmly(refusal: UserError) -> str:
    """What a person at the desk needs to know, in the language of the page."""
    if isinstance(refusal, RegisterNotSetUp):
        return _(
            "Pejl has no user at the CVR register yet. Your administrator can set one up; "
            "until then a file from the register can be used."
        )
    if isinstance(refusal, RegisterDown):
        return _(
            "The CVR register does not answer just now. Nothing is lost: write the company's "
            "name yourself, or try again in a while."
        )
    if isinstance(refusal, RegisterSaidNo):
        return _(
            "The CVR register refused the question. It does not help to try again: tell your "
            "administrator what stands here: %(said)s"
        ) % {"said": in_words(refusal)}
    if "register does not have" in refusal.given:
        return _("The CVR register has no company with that number. Look at it once more.")
    if "still under way" in refusal.given:
        return _("A refresh is still under way. Wait until it has ended.")
    return _("That is no CVR number: it has eight digits, the last of which checks the others.")
