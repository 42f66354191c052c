"""Imports, page by page: upload, preview in three piles, confirm, progress, result, undo."""

import io
import zipfile
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.sources import progress, uploads
from pejl_hub.sources.imports import preview, start_import, undo_import
from pejl_hub.sources.locked import touched
from pejl_hub.sources.models import ImportRun, RunState
from pejl_hub.sources.reasons import heading_of
from pejl_hub.sources.result import Counts, total
from pejl_hub.sources.undo import imported_models

SOURCE = "escrm"
UNDERWAY = (RunState.WAITING, RunState.RUNNING)


@require_safe
def show_imports(request: HttpRequest) -> HttpResponse:
    """Every import, the newest first."""
    require(request.user, Action.IMPORT)
    runs = [(run, _total(run)) for run in ImportRun.objects.all()[:100]]
    return render(request, "sources/imports.html", {"section": "imports", "runs": runs})


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose the files of an export; when they can be taken in, on to the preview."""
    require(request.user, Action.IMPORT)
    context = {"section": "imports", "most": uploads.MOST_BYTES // 1024**2}
    if request.method != "POST":
        return render(request, "sources/upload.html", context)
    try:
        token = uploads.keep(request.FILES.getlist("files"))
    except uploads.BadUploadError as problem:
        return render(request, "sources/upload.html", {**context, "problem": problem}, status=400)
    return redirect("sources:preview", token=token)


@require_safe
def show_preview(request: HttpRequest, token: str) -> HttpResponse:
    """What the import would do: new and changed, unchanged, refused."""
    require(request.user, Action.IMPORT)
    path = _kept(token)
    context: dict[str, object] = {"section": "imports", "token": token}
    try:
        found = preview(path, SOURCE)
    except UserError as refusal:
        return render(request, "sources/refused.html", {**context, "refusal": refusal}, status=400)
    context["first_refused"] = next((file.file_name for file in found.files if file.refused), None)
    return render(request, "sources/preview.html", {**context, "preview": found})


@require_POST
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Start the import that the preview showed; a file that has changed since is refused."""
    require(request.user, Action.IMPORT)
    path = _kept(token)
    try:
        run = start_import(
            path=path,
            source=SOURCE,
            by=request.user,
            sha256=request.POST.get("sha256", ""),
            reason=request.POST.get("reason", ""),
        )
    except UserError as refusal:
        context = {"section": "imports", "token": token, "refusal": refusal}
        return render(request, "sources/refused.html", context, status=400)
    return redirect("sources:run", run_id=run.pk)


@require_POST
def discard(request: HttpRequest, token: str) -> HttpResponse:
    """Throw the uploaded files away."""
    require(request.user, Action.IMPORT)
    uploads.drop(token)
    messages.info(request, _("The files were thrown away. Nothing was imported."))
    return redirect("sources:imports")


@require_safe
def show_run(request: HttpRequest, run_id: int) -> HttpResponse:
    """How far an import has come, or what came of it."""
    require(request.user, Action.IMPORT)
    run = get_object_or_404(ImportRun, pk=run_id)
    underway = run.state in UNDERWAY
    context = {
        "section": "imports",
        "run": run,
        "underway": underway,
        "progress": progress.read(run_id) if underway else None,
        "silent": underway and progress.is_silent(run_id),
        "total": _total(run),
        "files": [(kind, Counts(**counts)) for kind, counts in run.counts.items()],
        "reasons": [
            (kind, heading_of(heading), rows)
            for kind, headings in run.reasons.items()
            for heading, rows in headings.items()
        ],
    }
    template = "_run" if request.htmx else "run"
    return render(request, f"sources/{template}.html", context)


@require_safe
def download_refused(request: HttpRequest, run_id: int) -> HttpResponse:
    """The refused rows as the files they came in, with the column ``Fejl``, packed."""
    require(request.user, Action.IMPORT)
    run = get_object_or_404(ImportRun, pk=run_id)
    place = Path(run.remainder) if run.remainder else None
    if place is None or not place.is_dir():
        raise Http404(run_id)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(place.iterdir()):
            archive.write(file, file.name)
    response = HttpResponse(out.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="afviste-{run.pk}.zip"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, run_id: int) -> HttpResponse:
    """Ask whether to undo an import; by POST, undo it."""
    require(request.user, Action.IMPORT)
    run = get_object_or_404(ImportRun, pk=run_id, state=RunState.DONE)
    reason = request.POST.get("reason", "")
    closed = tuple(map(str, touched(run, imported_models())))
    context = {"section": "imports", "run": run, "total": _total(run)}
    context |= {"closed": closed, "reason": reason}
    if request.method != "POST":
        return render(request, "sources/undo.html", context)
    try:
        undo_import(run=run, by=request.user, reason=reason)
    except UserError as refusal:
        return render(request, "sources/undo.html", {**context, "refusal": refusal}, status=400)
    messages.success(request, _("The import was undone. Every record is as it was before it."))
    return redirect("sources:run", run_id=run.pk)


def _kept(token: str) -> Path:
    path = uploads.find(token)
    if path is None:
        raise Http404(token)
    return path


def _total(run: ImportRun) -> Counts:
    return total(Counts(**counts) for counts in run.counts.values())
