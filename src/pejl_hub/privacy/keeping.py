"""The pages of retention: the rules, what would go, asking for a run and approving it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.privacy import retention
from pejl_hub.privacy.categories import ACTS, BY_KEY
from pejl_hub.privacy.models import RetentionRun, RunState

SECTION = {"section": "privacy", "here": "retention"}
FORM = ["GET", "HEAD", "POST"]
RUNS = 12


class RulesForm(forms.Form):
    """A number of months for each category."""

    def __init__(self, found: list[retention.Rule], data: Any = None) -> None:
        super().__init__(data)
        for rule in found:
            self.fields[rule.category.key] = forms.IntegerField(
                label=_("Months: %(what)s") % {"what": rule.category.title},
                min_value=1,
                max_value=retention.LONGEST,
                initial=rule.months,
                widget=forms.NumberInput(attrs={"class": "form-input privacy-months"}),
            )


@require_http_methods(FORM)
def show_rules(request: HttpRequest) -> HttpResponse:
    """The rules, and the runs so far; by POST, the rules as they shall be."""
    require(request.user, Action.KEEP_PRIVACY if request.method == "POST" else Action.SEE_PRIVACY)
    found = retention.rules(timezone.localdate())
    form = RulesForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        changed = retention.change_rules(months=form.cleaned_data, by=request.user)
        if changed:
            messages.success(
                request, _("The rules are changed. Two people must agree on the next run.")
            )
        return redirect("privacy:retention")
    context = _shared(request) | {
        "form": form,
        "lines": [(rule, ACTS[rule.category.act], form[rule.category.key]) for rule in found],
        "runs": [(run, _counts(run)) for run in RetentionRun.objects.all()[:RUNS]],
        "approved": retention.is_approved(timezone.localdate()),
    }
    return render(request, "privacy/retention.html", context, status=400 if form.errors else 200)


@require_safe
def show_due(request: HttpRequest) -> HttpResponse:
    """What a run would take today; nothing is taken."""
    require(request.user, Action.SEE_PRIVACY)
    found = retention.dry_run(timezone.localdate())
    waiting = RetentionRun.objects.filter(state=RunState.ASKED, rules=retention.sha_of_rules())
    context = _shared(request) | {
        "due": [(one, ACTS[one.rule.category.act]) for one in found],
        "total": sum(one.rows for one in found),
        "waiting": waiting.first(),
        "approved": retention.is_approved(timezone.localdate()),
    }
    return render(request, "privacy/due.html", context)


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a run, which another has to approve."""
    require(request.user, Action.KEEP_PRIVACY)
    retention.ask(by=request.user)
    messages.success(request, _("The run is asked for. Somebody else has to approve it."))
    return redirect("privacy:due")


@require_POST
def approve(request: HttpRequest, number: int) -> HttpResponse:
    """Approve a run that somebody else asked for, and let the queue do it."""
    require(request.user, Action.KEEP_PRIVACY)
    run = get_object_or_404(RetentionRun, pk=number)
    try:
        retention.approve(run=run, by=request.user)
    except UserError as error:
        messages.error(request, str(error))
        return redirect("privacy:due")
    messages.success(request, _("Approved. The run goes on in the background."))
    return redirect("privacy:retention")


def _counts(run: RetentionRun) -> list[tuple[Any, int]]:
    """How many rows of each category a run has taken, by the category's title."""
    return [(BY_KEY[key].title, rows) for key, rows in run.counts.items() if key in BY_KEY]


def _shared(request: HttpRequest) -> dict[str, Any]:
    return SECTION | {"may_keep": may(request.user, Action.KEEP_PRIVACY)}
