"""The pages of the advisers outside the hub."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pejl.base import wording
from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.codes.models import ListName
from pejl_hub.codes.queries import labels
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.desk.referrals.figures import Use, use_of
from pejl_hub.desk.referrals.registry import PROVIDERS, covered
from pejl_hub.referrals.actions.providers import end_provider
from pejl_hub.referrals.forms.registry import EndForm, ProviderForm
from pejl_hub.referrals.models import Provider, ReferralState
from pejl_hub.referrals.queries import fields_in_words

FORMS = ["GET", "HEAD", "POST"]
NEWEST = 10


@require_safe
def show_all(request: HttpRequest) -> HttpResponseBase:
    """The registry."""
    require(request.user, Action.USE_DESK)
    context = {"section": "advisers", "may_write": may(request.user, Action.RECORD_GUIDANCE)}
    return PROVIDERS.respond(request, context, "desk/referrals/providers.html")


@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    """One adviser: who they are, who was referred to them, and what those said of it."""
    require(request.user, Action.USE_DESK)
    provider = get_object_or_404(Provider, pk=number)
    referrals = provider.referrals.filter(guidance__withdrawn_at=None).select_related(
        "guidance__company", "guidance__person"
    )
    context = {
        "section": "advisers",
        "provider": provider,
        "fields": fields_in_words(provider, labels(ListName.NEED)),
        "covered": covered(provider),
        "in_use": provider.is_active(timezone.localdate()),
        "referrals": referrals.order_by("-referred_on", "-pk")[:NEWEST],
        "use": (use := use_of(provider.pk)),
        "use_words": in_words(use),
        "waiting": referrals.filter(state=ReferralState.SENT).count(),
        "may_write": may(request.user, Action.RECORD_GUIDANCE),
    }
    return render(request, "desk/referrals/provider.html", context)


def in_words(use: Use) -> dict[str, str]:
    """The share and its interval, in the language of the page; nothing of what is not shown."""
    if use.share is None or use.interval is None:
        return {}
    shown = {"share": use.share, "low": use.interval.low, "high": use.interval.high}
    return {name: wording.share(value, 0, language()) for name, value in shown.items()}


@require_http_methods(FORMS)
def edit(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Add an adviser, or change one."""
    require(request.user, Action.RECORD_GUIDANCE)
    provider = get_object_or_404(Provider, pk=number) if number else None
    form = ProviderForm(request.POST or None, instance=provider)
    if request.method == "POST" and form.is_valid():
        try:
            saved = form.store(request.user)
        except UserError as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("referrals:provider", number=saved.pk)
    context = {
        "section": "advisers",
        "form": form,
        "provider": Provider.objects.filter(pk=number).first(),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "desk/referrals/edit_provider.html", context, status=status)


@require_http_methods(FORMS)
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Take an adviser out of use from a day on. What was referred to them stays."""
    require(request.user, Action.RECORD_GUIDANCE)
    provider = get_object_or_404(Provider, pk=number)
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            form.store(provider, request.user)
        except UserError as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("They are out of use after that day."))
            return redirect("referrals:provider", number=number)
    context = {
        "section": "advisers",
        "form": form,
        "title": _("Take %(name)s out of use") % {"name": provider.name},
        "about": _("Nobody can be referred to them after the last day. Open referrals stay open."),
        "button": _("Take out of use"),
        "back": reverse("referrals:provider", args=[number]),
        "back_label": provider.name,
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "desk/referrals/form.html", context, status=status)


@require_POST
def take_up(request: HttpRequest, number: int) -> HttpResponse:
    """Take an adviser into use again."""
    require(request.user, Action.RECORD_GUIDANCE)
    end_provider(provider=get_object_or_404(Provider, pk=number), on=None, by=request.user)
    messages.success(request, _("They are in use again."))
    return redirect("referrals:provider", number=number)
