"""The wheel's pages: the year, the list, one occasion, the duties, and the calendar feed."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pejl.base.errors import UserError
from pejl.contract.amendments import as_of
from pejl.contract.goal import Contract
from pejl.duties.occasions import UNDATED
from pejl_hub.accounts.access import Action, may, reaches, require, require_reach
from pejl_hub.core.phrasing import in_words
from pejl_hub.status import queries as status
from pejl_hub.status.clauses import AUDIENCE, CADENCE
from pejl_hub.wheel import actions, present, queries
from pejl_hub.wheel.calendar import KIND, calendar
from pejl_hub.wheel.forms import AddForm, FeedForm, OccasionForm, PlanForm
from pejl_hub.wheel.models import Feed

SECTION = {"section": "wheel"}
FORM = ["GET", "HEAD", "POST"]


@require_safe
def show_year(request: HttpRequest) -> HttpResponse:
    """The twelve months of a year, each with what is due in it."""
    require(request.user, Action.SEE_PLANS)
    today, items = timezone.localdate(), queries.whole_wheel()
    year = _year(request, items)
    found = present.lines(items, today)
    context = _shared(request, items, year) | {
        "months": present.months(found, year, today),
        "overdue": sum(line.overdue for line in found),
    }
    return render(request, "wheel/year.html", context)


@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    """The occasions one a line, narrowed by state, owner and reader."""
    require(request.user, Action.SEE_PLANS)
    items = queries.whole_wheel()
    wanted = present.narrowed(request.GET)
    year = _year(request, items) if request.GET.get("aar") else None
    found = [
        line
        for line in present.lines(items, timezone.localdate())
        if wanted.lets(line, request.user) and year in (None, line.item.due_on.year)
    ]
    context = _shared(request, items, year) | {
        "lines": found,
        "wanted": wanted,
        "states": present.STATES,
        "audiences": AUDIENCE,
    }
    return render(request, "wheel/list.html", context)


@require_http_methods(FORM)
def show_occasion(request: HttpRequest, contract: str, duty: str, key: str) -> HttpResponse:
    """One occasion; by POST, what has become of it."""
    require(request.user, Action.SEE_PLANS)
    item = queries.find(contract, duty, key)
    if item is None:
        raise Http404(key)
    may_tell = reaches(request.user, Action.TELL_PLANS, item.owner)
    if request.method == "POST":
        require_reach(request.user, Action.TELL_PLANS, item.owner)
    form = OccasionForm.of(item, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.tell(item=item, told=form.told(), by=request.user)
        except (UserError, ValidationError) as refusal:
            form.add_error(None, _sentence(refusal))
        else:
            messages.success(request, _("The occasion is saved."))
            return redirect(f"{reverse('wheel:year')}?aar={item.due_on.year}")
    context = SECTION | {
        "line": present.Line(item, item.overdue(timezone.localdate())),
        "clause": item.contract.clauses[item.duty.clause],
        "role": present.ROLES.get(item.duty.owner, item.duty.owner),
        "cadence": CADENCE.get(item.duty.cadence, item.duty.cadence),
        "form": form if may_tell else None,
        "may_keep": may(request.user, Action.KEEP_PLANS),
    }
    return render(request, "wheel/occasion.html", context, status=_status(form))


@require_http_methods(FORM)
def add(request: HttpRequest) -> HttpResponse:
    """Add an occasion by hand, to a duty of the newest contract or of one that is named."""
    require(request.user, Action.KEEP_PLANS)
    contract = _contract(request.GET.get("kontrakt"))
    form = AddForm(contract, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.add(contract=contract, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, _sentence(refusal))
        else:
            messages.success(request, _("The occasion is in the wheel."))
            return redirect(f"{reverse('wheel:year')}?aar={row.due_on.year}")
    context = SECTION | {"form": form, "contract": contract}
    return render(request, "wheel/add.html", context, status=_status(form))


@require_http_methods(FORM)
def remove(request: HttpRequest, contract: str, duty: str, key: str) -> HttpResponse:
    """Ask, and then take away an occasion that was added by hand."""
    require(request.user, Action.KEEP_PLANS)
    item = queries.find(contract, duty, key)
    if item is None or item.row is None or not item.by_hand:
        raise Http404(key)
    if request.method != "POST":
        return render(request, "wheel/remove.html", SECTION | {"item": item})
    actions.remove(row=item.row, by=request.user)
    messages.success(request, _("The occasion is taken away."))
    return redirect("wheel:year")


@require_safe
def show_duties(request: HttpRequest) -> HttpResponse:
    """The duties of the newest contract: clause, reader, rhythm and owner."""
    require(request.user, Action.SEE_PLANS)
    contract = _contract(request.GET.get("kontrakt"))
    rows = [
        {
            "plan": plan,
            "cadence": CADENCE.get(plan.duty.cadence, plan.duty.cadence),
            "audience": ", ".join(str(AUDIENCE.get(one, one)) for one in plan.duty.audience),
            "role": present.ROLES.get(plan.duty.owner, plan.duty.owner),
            "dated": plan.duty.cadence not in UNDATED,
        }
        for plan in queries.kept(contract).values()
    ]
    context = SECTION | {
        "contract": contract,
        "rows": rows,
        "may_keep": may(request.user, Action.KEEP_PLANS),
    }
    return render(request, "wheel/duties.html", context)


@require_http_methods(FORM)
def plan(request: HttpRequest, contract: str, duty: str) -> HttpResponse:
    """When one duty is due, and whose it is."""
    require(request.user, Action.KEEP_PLANS)
    held = _contract(contract)
    found = queries.kept(held).get(duty)
    if found is None or found.duty.cadence in UNDATED:
        raise Http404(duty)
    form = PlanForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = {"months": None} | form.cleaned_data
        try:
            actions.plan_duty(contract=held, duty=duty, by=request.user, **answers)
        except (UserError, ValidationError) as refusal:
            form.add_error(None, _sentence(refusal))
        else:
            messages.success(request, _("The plan is saved; the days follow it."))
            return redirect("wheel:duties")
    context = SECTION | {"form": form, "plan": found, "clause": held.clauses[found.duty.clause]}
    return render(request, "wheel/plan.html", context, status=_status(form))


@require_http_methods(FORM)
def show_feed(request: HttpRequest) -> HttpResponse:
    """One's own calendar feed; by POST, a new address, which is shown this once."""
    require(request.user, Action.SEE_PLANS)
    form, address = FeedForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        secret = actions.make_feed(user=request.user, **form.cleaned_data)
        address = request.build_absolute_uri(reverse("wheel:ics", args=[secret]))
        form = FeedForm()
    context = SECTION | {
        "form": form,
        "address": address,
        "feed": Feed.objects.filter(user=request.user).first(),
    }
    response = render(request, "wheel/feed.html", context, status=_status(form))
    if address:
        response["Cache-Control"] = "no-store"
    return response


@require_POST
def end_feed(request: HttpRequest) -> HttpResponse:
    """Let one's own address open nothing any more."""
    require(request.user, Action.SEE_PLANS)
    actions.end_feed(user=request.user)
    messages.success(request, _("The calendar's address opens nothing any more."))
    return redirect("wheel:feed")


@login_not_required
@require_safe
def ics(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar itself: whoever has the address may read it, and nothing else."""
    feed = actions.find_feed(secret)
    if feed is None or not may(feed.user, Action.SEE_PLANS):
        raise Http404
    items = [
        item for item in queries.whole_wheel() if feed.everything or item.owner in (None, feed.user)
    ]
    response = HttpResponse(calendar(items, _("Yearly wheel")), content_type=KIND)
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Disposition"] = 'inline; filename="aarshjul.ics"'
    return response


def _shared(
    request: HttpRequest, items: Sequence[queries.Item], year: int | None
) -> dict[str, Any]:
    return SECTION | {
        "years": present.years(items),
        "year": year,
        "may_keep": may(request.user, Action.KEEP_PLANS),
    }


def _year(request: HttpRequest, items: Sequence[queries.Item]) -> int:
    """The year asked for, where something is due in it; else the year of the newest figures."""
    known, written = present.years(items), request.GET.get("aar", "")
    if written.isascii() and written.isdigit() and int(written[:4]) in known:
        return int(written[:4])
    default = status.default_day().year
    return default if default in known or not known else known[-1]


def _contract(named: str | None) -> Contract:
    """The contract of that id, else the one of the newest figures."""
    found = next((one for one in status.contracts() if one.id == named), None)
    if named and found is None:
        raise Http404(named)
    day = status.default_day()
    held = found or status.contract_on(day) or status.contracts()[-1]
    return as_of(held, held.period.end)


def _sentence(refusal: UserError | ValidationError) -> str:
    return in_words(refusal) if isinstance(refusal, UserError) else " ".join(refusal.messages)


def _status(form: Any) -> int:
    return 400 if form.is_bound and form.errors else 200
