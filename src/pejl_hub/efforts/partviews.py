"""Adding, changing and taking out the parts of an effort."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, require
from pejl_hub.closing.reason import WithReason
from pejl_hub.core.phrasing import in_words
from pejl_hub.core.text import whole_number
from pejl_hub.efforts.actions import link, name_of, postpone
from pejl_hub.efforts.forms import PaperForm, PostponeForm
from pejl_hub.efforts.models import Attachment
from pejl_hub.efforts.papers import KINDS, attach, content_of
from pejl_hub.efforts.rooms import ROOMS, Room
from pejl_hub.events.models import Event
from pejl_hub.evidence.models import Effort, Milestone
from pejl_hub.outreach.models import Campaign

MOST = 20


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, number: int, slug: str, key: int | None = None) -> HttpResponse:
    """Add a part, or change one."""
    require(request.user, Action.RECORD_EFFORTS)
    effort, room = get_object_or_404(Effort, pk=number), _room(slug)
    if room.form is None:
        raise Http404(slug)
    record = _part(room, effort, key) if key else room.model(effort=effort)
    form: Any = room.form(_sent(request), instance=record, initial=_first(request, slug, key))
    if request.method == "POST" and form.is_valid() and _saved(room, form, request):
        messages.success(request, _("Saved."))
        return redirect("efforts:effort", number=number)
    context = {"section": "efforts", "effort": effort, "room": room, "form": form}
    context |= {"heading": room.edit if key else room.new, "record": record if key else None}
    return render(request, "efforts/edit.html", context, status=_status(request))


def _first(request: HttpRequest, slug: str, key: int | None) -> dict[str, object]:
    today = timezone.localdate()
    if slug == "redegoerelser" and key is None:
        return {"noted_on": today}
    if slug == "milepaele" and "naaet" in request.GET:
        return {"state": "done", "done_on": today}
    return {}


def _saved(room: Room, form: Any, request: HttpRequest) -> bool:
    try:
        room.save(form.save(commit=False), request.user, form.cleaned_data["reason"])
    except UserError as refusal:
        form.refused(refusal)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, number: int, slug: str, key: int) -> HttpResponse:
    """Ask, and then take a part out."""
    require(request.user, Action.RECORD_EFFORTS)
    effort, room = get_object_or_404(Effort, pk=number), _room(slug)
    record, form = _part(room, effort, key), WithReason(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            room.remove(record, request.user, form.cleaned_data["reason"])
        except UserError as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Taken out."))
            return redirect("efforts:effort", number=number)
    context = {"section": "efforts", "effort": effort, "room": room, "form": form}
    return render(
        request, "efforts/remove.html", context | {"record": record}, status=_status(request)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, number: int, key: int) -> HttpResponse:
    """Postpone a milestone, or bring it forward, with the reason."""
    require(request.user, Action.RECORD_EFFORTS)
    effort = get_object_or_404(Effort, pk=number)
    milestone = get_object_or_404(Milestone, pk=key, effort=effort)
    form = PostponeForm(_sent(request), initial={"due_on": milestone.due_on})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            postpone(
                milestone=milestone,
                due_on=typed["due_on"],
                because=typed["because"],
                by=request.user,
                reason=typed["reason"],
            )
        except UserError as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("The milestone was moved."))
            return redirect("efforts:effort", number=number)
    context = {"section": "efforts", "effort": effort, "form": form, "lead": milestone.title}
    context["heading"] = _("Move the milestone")
    return render(request, "efforts/edit.html", context, status=_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
def find_activities(request: HttpRequest, number: int) -> HttpResponse:
    """Look for an event or campaign, and link it."""
    require(request.user, Action.RECORD_EFFORTS)
    effort = get_object_or_404(Effort, pk=number)
    if request.method == "POST":
        model: Any = {"arrangement": Event, "kampagne": Campaign}.get(request.POST.get("slags", ""))
        key = request.POST.get("noegle", "")
        thing = get_object_or_404(model, pk=whole_number(key)) if model else None
        if thing is None:
            raise Http404(key)
        link(effort=effort, thing=thing, by=request.user)
        messages.success(request, _("Linked: %(title)s.") % {"title": name_of(thing)})
        return redirect("efforts:effort", number=number)
    words = request.GET.get("q", "").strip()[:100]
    context = {"section": "efforts", "effort": effort, "q": words, "most": MOST}
    context |= {"events": _events(effort, words), "campaigns": _campaigns(effort, words)}
    return render(request, "efforts/find.html", context)


def _events(effort: Effort, words: str) -> list[Event]:
    taken = effort.activities.exclude(event=None).values("event")  # type: ignore[attr-defined]
    found = Event.objects.exclude(pk__in=taken).order_by("-held_on", "-pk")
    for word in words.split()[:6]:
        found = found.filter(Q(title__icontains=word) | Q(priority_area__icontains=word))
    return list(found[:MOST])


def _campaigns(effort: Effort, words: str) -> list[Campaign]:
    taken = effort.activities.exclude(campaign=None).values("campaign")  # type: ignore[attr-defined]
    found = Campaign.objects.exclude(pk__in=taken).order_by("-starts_on", "-pk")
    for word in words.split()[:6]:
        found = found.filter(Q(name__icontains=word) | Q(local_service__icontains=word))
    return list(found[:MOST])


@require_http_methods(["GET", "HEAD", "POST"])
def add_paper(request: HttpRequest, number: int) -> HttpResponse:
    """Attach a file."""
    require(request.user, Action.RECORD_EFFORTS)
    effort = get_object_or_404(Effort, pk=number)
    form = PaperForm(_sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            attach(
                effort=effort,
                file_name=file.name,
                content=file.read(),
                about=form.cleaned_data["about"] or None,
                by=request.user,
            )
        except UserError as refusal:
            form.add_error("file", in_words(refusal))
        else:
            messages.success(request, _("The paper was added."))
            return redirect("efforts:effort", number=number)
    context = {"section": "efforts", "effort": effort, "form": form, "heading": _("Add a paper")}
    return render(request, "efforts/edit.html", context, status=_status(request))


@require_safe
def download(request: HttpRequest, number: int, key: int) -> HttpResponse:
    """The file as it was given, always as a download."""
    require(request.user, Action.SEE_EFFORTS)
    require(request.user, Action.SEE_RECORDS)
    paper = get_object_or_404(Attachment, pk=key, effort=number)
    answer = HttpResponse(content_of(paper), content_type=KINDS[paper.kind].served_as)
    answer["Content-Disposition"] = content_disposition_header(True, paper.file_name)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _status(request: HttpRequest) -> int:
    return 400 if request.method == "POST" else 200


def _room(slug: str) -> Room:
    if slug not in ROOMS:
        raise Http404(slug)
    return ROOMS[slug]


def _part(room: Room, effort: Effort, key: int) -> Any:
    return get_object_or_404(room.model, pk=key, effort=effort)
