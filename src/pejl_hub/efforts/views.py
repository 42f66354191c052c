"""The efforts, one effort, and the board's view of their progress."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pejl_hub.accounts.access import Action, may, require
from pejl_hub.core.templatetags.pejl import text
from pejl_hub.efforts.actions import save_effort
from pejl_hub.efforts.asked import Asked, asked
from pejl_hub.efforts.figures import given
from pejl_hub.efforts.forms import EffortForm
from pejl_hub.efforts.history import history
from pejl_hub.efforts.progress import (
    aside,
    efforts_elsewhere,
    load_effort,
    progress_of,
    progress_on,
)
from pejl_hub.efforts.queries import narrative_goals
from pejl_hub.evidence.models import Effort


@require_safe
def show_efforts(request: HttpRequest) -> HttpResponse:
    """Every effort of the contract, how it goes, and what is next or late."""
    require(request.user, Action.SEE_EFFORTS)
    ask = asked(request.GET)
    context = _context(request, ask) | {
        "lines": progress_on(ask.contract, ask.day),
        "elsewhere": efforts_elsewhere(ask.contract),
    }
    return render(request, "efforts/efforts.html", context)


@require_safe
def show_progress(request: HttpRequest) -> HttpResponse:
    """One paragraph an effort, to be read or printed."""
    require(request.user, Action.SEE_EFFORTS)
    ask = asked(request.GET)
    context = _context(request, ask) | {"lines": progress_on(ask.contract, ask.day)}
    return render(request, "efforts/progress.html", context)


@require_safe
def show_effort(request: HttpRequest, number: int) -> HttpResponse:
    """All there is about an effort."""
    require(request.user, Action.SEE_EFFORTS)
    effort = load_effort(number)
    if effort is None:
        raise Http404(number)
    ask = asked(request.GET)
    inside = may(request.user, Action.SEE_RECORDS)
    activities = effort.activities.select_related("event", "campaign")  # type: ignore[attr-defined]
    goal = ask.contract.goals.get(effort.goal)
    context = _context(request, ask) | {
        "effort": effort,
        "line": progress_of(effort, ask.contract, ask.day),
        "aside": aside(effort, ask.contract, ask.day),
        "clause": ask.contract.clauses[goal.clause] if goal else None,
        "inside": inside,
        "activities": given(activities) if inside else [],
        "papers": effort.attachments.select_related("added_by") if inside else [],  # type: ignore[attr-defined]
        "history": history(effort) if inside else [],
    }
    return render(request, "efforts/effort.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, goal: str) -> HttpResponse:
    """Begin to tell about a goal of the contract."""
    require(request.user, Action.RECORD_EFFORTS)
    ask = asked(request.GET)
    found = next((one for one in narrative_goals(ask.contract) if one.id == goal), None)
    if found is None:
        raise Http404(goal)
    there = Effort.objects.filter(goal=goal).first()
    if there:
        return redirect("efforts:effort", number=there.pk)
    return _titled(request, Effort(goal=goal, title=text(dict(found.label))))


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, number: int) -> HttpResponse:
    """Give an effort another title."""
    require(request.user, Action.RECORD_EFFORTS)
    return _titled(request, get_object_or_404(Effort, pk=number))


def _titled(request: HttpRequest, effort: Effort) -> HttpResponse:
    form = EffortForm(request.POST if request.method == "POST" else None, instance=effort)
    if request.method == "POST" and form.is_valid():
        saved = save_effort(effort=form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("efforts:effort", number=saved.pk)
    context = {"section": "efforts", "form": form, "effort": effort if effort.pk else None}
    context["heading"] = _("Change the title") if effort.pk else _("Tell about the effort")
    status = 400 if request.method == "POST" else 200
    return render(request, "efforts/edit.html", context, status=status)


def _context(request: HttpRequest, ask: Asked) -> dict[str, object]:
    return {
        "section": "efforts",
        "ask": ask,
        "may_record": may(request.user, Action.RECORD_EFFORTS),
    }
