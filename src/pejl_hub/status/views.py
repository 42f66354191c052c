"""The contract measured, on pages: overview, goal, records, contract, guide."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pejl.base.errors import UserError
from pejl.contract import reading, source_text
from pejl.contract.amendments import changes_since
from pejl.contract.goal import Contract
from pejl.indicators.result import Rows
from pejl.standing.result import GoalStanding
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.accounts.models import User
from pejl_hub.core.phrasing import in_words
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.status import (
    ahead,
    breakdowns,
    charts,
    clauses,
    downloads,
    goalpage,
    netpage,
    overview,
    queries,
)
from pejl_hub.status.forms import Asked, NothingPublished, asked, asked_or_published, filters
from pejl_hub.status.marks import marks
from pejl_hub.status.records import records
from pejl_hub.surveys.seen import kept_from

View = Callable[..., HttpResponse]


def _or_say_that_nothing_is_published(view: View) -> View:
    """Readers outside the house see editions; before the first there is nothing to show them."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NothingPublished as nothing:
            context = {"section": "overview", "ask": nothing.ask}
            return render(request, "status/nothing_published.html", context)

    return shown


@require_safe
@_or_say_that_nothing_is_published
def show_overview(request: HttpRequest) -> HttpResponse:
    """The whole contract on one page, on a date, for all or one municipality."""
    ask = asked_or_published(request.GET, request.user)
    standing = queries.standing_for(ask)
    context = {
        "section": "overview",
        "ask": ask,
        "choices": goalpage.choices(ask, request.user),
        "groups": overview.groups(ask.contract, standing),
        "tally": overview.tally(standing),
        "changes": changes_since(ask.contract, ask.day),
        "snapshot": standing.evaluation.snapshot,
        "behind": queries.is_behind(ask, standing),
    }
    template = "_overview" if request.htmx else "overview"
    return render(request, f"status/{template}.html", context)


@require_safe
@_or_say_that_nothing_is_published
def show_goal(request: HttpRequest, goal_id: str) -> HttpResponse:
    """One goal: its year, its parts, its clause, and the records behind it."""
    ask = asked_or_published(request.GET, request.user)
    standing = queries.standing_for(ask)
    item = _goal(standing.goals, goal_id)
    outlook = queries.outlook_for(ask, item)
    found_marks = marks(request.user, ask, goal_id)
    context = {
        "section": "overview",
        "ask": ask,
        "choices": goalpage.choices(ask, request.user),
        "line": overview.line(ask.contract, standing, item),
        "goal": item.goal,
        "page": goalpage.page(ask.contract, item, outlook.fan),
        "chart": charts.spec(item, outlook.fan),
        "fan": outlook.fan,
        "ahead": ahead.ahead(item, outlook),
        "has_path": bool(item.path),
        "tables": breakdowns.tables(ask.contract, item, found_marks),
        "marks": found_marks,
        "tiles": breakdowns.tiles(ask.contract, item),
        "snapshot": standing.evaluation.snapshot,
        "behind": queries.is_behind(ask, standing),
        "may_see_records": _may_see_records(request.user, item),
        "may_see_net": _is_about_net(ask.contract, goal_id)
        and may(request.user, Action.SEE_SMALL_COUNTS),
        "here": "omraade" if ask.municipality else "",
        "found": goalpage.how_found(ask, item, filters(request.GET, ask, item)),
        **_records(request, ask, item, whole=False),
    }
    template = "_records" if request.htmx else "goal"
    return render(request, f"status/{template}.html", context)


def _is_about_net(contract: Contract, goal_id: str) -> bool:
    """Whether the goal is the net number or the sum that it comes from."""
    net = netpage.net_goal(contract)
    gross = netpage.gross_goal(contract, net) if net else None
    return goal_id in [goal.id for goal in (net, gross) if goal]


def _goal(goals: dict[str, GoalStanding], goal_id: str) -> GoalStanding:
    if goal_id not in goals:
        raise Http404(goal_id)
    return goals[goal_id]


def _may_see_records(user: User, item: GoalStanding) -> bool:
    """Single answers to the evaluation are for those who read its texts: advisers see none."""
    if item.goal.measure.get("of") == "answer" and not may(user, Action.READ_COMMENTS):
        return False
    return may(user, Action.SEE_RECORDS)


def _records(
    request: HttpRequest, ask: Asked, item: GoalStanding, *, whole: bool = True
) -> dict[str, object]:
    """The records for those who may see them, else nothing; ``whole`` False reads one page."""
    if not _may_see_records(request.user, item):
        return {}
    chosen = filters(request.GET, ask, item)
    told = queries.explained(ask.contract, item.goal.id, ask.day, chosen, ask.known)
    apart = goalpage.apart(told, request.GET.get("udeladt", ""))
    page = queries.WHOLE
    if not (whole or apart.left_out or request.GET.get("orden")):
        first = _rows(ask, item, chosen, apart, goalpage.FIRST)
        page = goalpage.page_asked(request.GET.get("side", ""), first.total)
    found = records(
        _rows(ask, item, chosen, apart, page),
        # What was known before may name people who have been erased since.
        names=may(request.user, Action.SEE_NAMES) and ask.known is None,
        secret=kept_from(request.user) if item.goal.measure.get("of") == "answer" else None,
        sort=request.GET.get("orden", ""),
        first=page.offset,
    )
    account = goalpage.account_context(ask.contract, told, apart)
    context = goalpage.records_context(ask, item, chosen, found, request.GET, account["why_words"])
    return context | account


def _rows(
    ask: Asked,
    item: GoalStanding,
    chosen: queries.Filters,
    apart: goalpage.Apart,
    page: queries.Page,
) -> Rows:
    """The rows behind the figure, or those left out of it that the address names."""
    goal = item.goal.id
    if not apart.left_out:
        return queries.rows_behind(ask.contract, goal, ask.day, chosen, ask.known, page)
    return queries.rows_left_out(ask.contract, goal, ask.day, chosen, apart.why, ask.known)


@require_safe
def download_records(request: HttpRequest, goal_id: str, form: str) -> HttpResponse:
    """The records of the goal page, all of them, as a file."""
    require(request.user, Action.SEE_RECORDS)
    ask = asked_or_published(request.GET, request.user)
    standing = queries.standing_for(ask)
    item = _goal(standing.goals, goal_id)
    if not _may_see_records(request.user, item):
        raise PermissionDenied(goal_id)
    shown = _records(request, ask, item)
    try:
        return downloads.response(form, ask, item, standing.evaluation.snapshot, shown)
    except UserError as refusal:
        messages.error(request, in_words(refusal))
        return redirect(f"{reverse('status:goal', args=[goal_id])}?{request.GET.urlencode()}")


@require_safe
@_or_say_that_nothing_is_published
def show_chart(request: HttpRequest, goal_id: str) -> HttpResponse:
    """The chart as a still picture, for readers without JavaScript."""
    ask = asked_or_published(request.GET, request.user)
    item = _goal(queries.standing_for(ask).goals, goal_id)
    spec = charts.spec(item, queries.outlook_for(ask, item).fan)
    if spec is None:
        raise Http404(goal_id)
    return HttpResponse(charts.still(spec), content_type="image/svg+xml")


@require_safe
@_or_say_that_nothing_is_published
def show_contract(request: HttpRequest) -> HttpResponse:
    """The whole source text, each clause linked to its goal and figure."""
    ask = asked_or_published(request.GET, request.user)
    standing = queries.standing_for(ask)
    rows = clauses.goals(standing)
    context = {
        "section": "contract",
        "ask": ask,
        "contract": ask.contract,
        "blocks": clauses.blocks(ask.contract, source_text.linked_source(ask.contract), rows),
        "goals": rows,
        "questions": clauses.open_questions(ask.contract),
        "duties": clauses.duties(ask.contract),
        "orphans": clauses.orphans(ask.contract),
    }
    return render(request, "status/contract.html", context)


@require_safe
def download_contract(request: HttpRequest) -> HttpResponse:
    """The Danish reading copy, with the file's hash."""
    ask = asked(request.GET, request.user)
    response = HttpResponse(reading.reading_copy(ask.contract))
    name = f"{ask.contract.id}-laesekopi.html"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def show_guide(request: HttpRequest) -> HttpResponse:
    """How to use Pejl, in the language of the page."""
    return render(request, f"status/guide.{language()}.html", {"section": "guide"})
