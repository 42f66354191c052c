"""Import of views, page by page: choose, see what would be counted, import, result, undo."""

from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.core.templatetags.pejl import text
from pejl_hub.sources import uploads
from pejl_hub.sources.imports import preview
from pejl_hub.sources.locked import touched
from pejl_hub.sources.mapping import load_mapping
from pejl_hub.sources.models import ImportRun, RunState
from pejl_hub.sources.publicity import words
from pejl_hub.sources.publicity.importing import import_views, undo_views
from pejl_hub.sources.reading.place import sha256_of
from pejl_hub.sources.undo import imported_models

# The mappings of exports that are counted; a hub's own, for a second page, is a name more.
SOURCES = ("linkedin", "meta", "visninger")


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose the kind of export and its file."""
    require(request.user, Action.RECORD_PUBLICITY)
    source = request.POST.get("source", "")
    context = {"sources": _choices(), "source": source, "runs": _runs()}
    if request.method != "POST":
        return _page(request, "upload", context)
    if source not in SOURCES:
        return _page(
            request, "upload", {**context, "problem": _("Choose the kind of export.")}, 400
        )
    try:
        token = uploads.keep(request.FILES.getlist("files"))
    except uploads.BadUploadError as problem:
        return _page(request, "upload", {**context, "problem": problem}, 400)
    return redirect("publicity_imports:preview", source=source, token=token)


@require_safe
def show_preview(request: HttpRequest, source: str, token: str) -> HttpResponse:
    """What would be counted: which column, which rows, by month, and what is left out."""
    require(request.user, Action.RECORD_PUBLICITY)
    return _previewed(request, source, token)


@require_POST
def confirm(request: HttpRequest, source: str, token: str) -> HttpResponse:
    """Import what the preview showed; a file that has changed since is refused."""
    require(request.user, Action.RECORD_PUBLICITY)
    path, reason = _kept(source, token), request.POST.get("reason", "")
    if sha256_of(path) != request.POST.get("sha256"):
        return _previewed(request, source, token, problem=_("The file has changed: look again."))
    try:
        result = import_views(path=path, source=source, by=request.user, reason=reason)
    except UserError as refusal:
        return _previewed(request, source, token, refusal=refusal, reason=reason)
    uploads.drop(token)
    messages.success(request, _("Imported. The views count in the status from now on."))
    return redirect("publicity_imports:run", number=result.run_id)


@require_POST
def discard(request: HttpRequest, source: str, token: str) -> HttpResponse:
    """Throw the file away."""
    require(request.user, Action.RECORD_PUBLICITY)
    uploads.drop(token)
    messages.info(request, _("The file was thrown away. Nothing was imported."))
    return redirect("publicity_imports:upload")


@require_safe
def show_run(request: HttpRequest, number: int) -> HttpResponse:
    """What an import has counted."""
    require(request.user, Action.RECORD_PUBLICITY)
    run = _run(number)
    accounts = [words.shown(account) for account in run.account or []]
    return _page(request, "run", {"run": run, "accounts": accounts, "label": _label(run.source)})


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Ask, and then take an import back."""
    require(request.user, Action.RECORD_PUBLICITY)
    run, reason = _run(number), request.POST.get("reason", "")
    context = {"run": run, "reason": reason, "closed": touched(run, imported_models())}
    if request.method != "POST":
        return _page(request, "undo", context)
    try:
        undo_views(run=run, by=request.user, reason=reason)
    except UserError as refusal:
        return _page(request, "undo", {**context, "refusal": refusal}, 400)
    messages.success(request, _("The import was undone. Every month is as it was before it."))
    return redirect("publicity_imports:run", number=run.pk)


def _previewed(request: HttpRequest, source: str, token: str, **more: object) -> HttpResponse:
    path = _kept(source, token)
    context = {"source": source, "token": token, "label": _label(source), **more}
    try:
        found = preview(path, source)
    except UserError as refusal:
        return _page(request, "refused", {**context, "refusal": refusal}, 400)
    accounts = [words.shown(f.account.as_json()) for f in found.files if f.account]
    context |= {"preview": found, "accounts": accounts, "closed": found.closed}
    return _page(request, "preview", context, 400 if more else 200)


def _kept(source: str, token: str) -> Path:
    path = uploads.find(token) if source in SOURCES else None
    if path is None:
        raise Http404(token)
    return path


def _run(number: int) -> ImportRun:
    return get_object_or_404(ImportRun, pk=number, source__in=SOURCES)


def _runs() -> list[tuple[ImportRun, str]]:
    runs = ImportRun.objects.filter(source__in=SOURCES, state__in=[RunState.DONE, RunState.UNDONE])
    return [(run, _label(run.source)) for run in runs[:20]]


def _label(source: str) -> str:
    return text(dict(load_mapping(source).label))


def _choices() -> list[tuple[str, str]]:
    return [(source, _label(source)) for source in SOURCES]


def _page(
    request: HttpRequest, name: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    template = f"sources/publicity/{name}.html"
    return render(request, template, {"section": "publicity", **context}, status=status)
