"""The pages of effect: what was measured, receiving a results file, withdrawing one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.closing.actions import PeriodClosed
from pejl_hub.evidence.effectpage import outcomes
from pejl_hub.evidence.effects import receive_effects, withdraw_effects
from pejl_hub.evidence.forms import EffectFileForm
from pejl_hub.evidence.models import EffectMeasurement


@require_safe
def show_effects(request: HttpRequest) -> HttpResponse:
    """Every measurement received, the newest whole."""
    require(request.user, Action.SEE_STATUS)
    return render(request, "evidence/effects.html", _context(request))


@require_safe
def show_effect(request: HttpRequest, number: int) -> HttpResponse:
    """One measurement."""
    require(request.user, Action.SEE_STATUS)
    shown = get_object_or_404(EffectMeasurement, pk=number)
    return render(request, "evidence/effects.html", _context(request, shown))


@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest) -> HttpResponse:
    """Choose a results file; it is checked, and its main effects become figures of their goals."""
    require(request.user, Action.IMPORT)
    form = EffectFileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        return _asked(request, form, status=status)
    file = form.cleaned_data["file"]
    try:
        measurement = receive_effects(
            file_name=file.name,
            content=file.read(),
            measured_on=form.cleaned_data["measured_on"],
            by=request.user,
            reason=form.cleaned_data["reason"],
        )
    except UserError as refusal:
        return _asked(request, form, status=400, refusal=refusal)
    messages.success(request, _("The measurement was received. Its goals have their figures."))
    return redirect("evidence:effect", number=measurement.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Ask, and then take a measurement and its figures out."""
    require(request.user, Action.IMPORT)
    shown = get_object_or_404(EffectMeasurement, pk=number)
    if request.method != "POST":
        return render(request, "evidence/withdraw.html", {"section": "effects", "shown": shown})
    try:
        withdraw_effects(
            measurement=shown, by=request.user, reason=request.POST.get("reason", "").strip()
        )
    except UserError as refusal:
        context = {"section": "effects", "shown": shown, "refusal": refusal, "ask_reason": True}
        return render(request, "evidence/withdraw.html", context, status=400)
    messages.success(request, _("The measurement and its figures were withdrawn."))
    return redirect("evidence:effects")


def _context(request: HttpRequest, shown: EffectMeasurement | None = None) -> dict[str, object]:
    received = list(EffectMeasurement.objects.all()[:50])
    shown = shown or (received[0] if received else None)
    return {
        "section": "effects",
        "received": received,
        "shown": shown,
        "outcomes": list(outcomes(shown.content)) if shown else [],
        "may_receive": may(request.user, Action.IMPORT),
    }


def _asked(
    request: HttpRequest, form: EffectFileForm, *, status: int, refusal: UserError | None = None
) -> HttpResponse:
    context = {
        "section": "effects",
        "form": form,
        "refusal": refusal,
        "today": timezone.localdate().isoformat(),
        "ask_reason": isinstance(refusal, PeriodClosed),
    }
    return render(request, "evidence/receive.html", context, status=status)
