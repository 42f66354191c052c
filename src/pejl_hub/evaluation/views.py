"""The pages of the user evaluation for those who sign in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pejl.base.errors import UserError
from pejl.surveys import themes as themes_of
from pejl.surveys.masking import mask
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.core.phrasing import in_words
from pejl_hub.evaluation import log, shown
from pejl_hub.evaluation.results import results
from pejl_hub.guidance.models import Guidance
from pejl_hub.snapshots.actions import ensure_snapshot
from pejl_hub.status.forms import asked
from pejl_hub.surveys import asking, seen
from pejl_hub.surveys.actions.excluding import leave_out
from pejl_hub.surveys.models import Comment

A_PAGE = 50


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The results, how sure they are, who did not answer, and the authority's own figures."""
    require(request.user, Action.SEE_ALL_MUNICIPALITIES)
    ask = asked(request.GET, request.user)
    rules = asking.rules_on(ask.day)
    found = results(ask.contract, ensure_snapshot(ask.day), ask.day, rules)
    advisers = may(request.user, Action.SEE_NAMES)
    context = {
        "section": "evaluation",
        "ask": ask,
        "rules": rules,
        "goals": [shown.goal(ask.contract, one) for one in found.goals],
        "response": shown.rate(found.response),
        "comparisons": shown.comparisons(ask.contract, found),
        "groups": shown.groups(ask.contract, found, advisers=advisers),
        "may_read": may(request.user, Action.READ_COMMENTS),
        "may_log": may(request.user, Action.SEE_ENROLMENT),
        "sees_own": may(request.user, Action.RECORD_GUIDANCE),
        "may_report": may(request.user, Action.REPORT_FIGURES),
    }
    return render(request, "evaluation/overview.html", context)


@require_safe
def enrolment(request: HttpRequest) -> HttpResponse:
    """Who should have been asked, who was not, and why."""
    require(request.user, Action.SEE_ENROLMENT)
    ask = asked(request.GET, request.user)
    rules = asking.rules_on(ask.day)
    period = ask.contract.period.until(min(ask.day, ask.contract.period.end))
    guidances = log.should_be_asked(rules, period, ask.day)
    state = request.GET.get("tilstand", "")
    rows = guidances.filter(log_state=state) if state in log.STATES else guidances
    rows = rows.select_related("company", "person", "enrolment").order_by("-held_on", "-id")
    names = may(request.user, Action.SEE_NAMES)
    context = {
        "section": "evaluation",
        "ask": ask,
        "rules": rules,
        "counts": log.counts(guidances),
        "teams": log.by(guidances, "team", 1),
        "advisers": log.by(guidances, "adviser", rules.smallest_group) if names else [],
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("side")),
        "states": log.STATES,
        "state": state,
        "names": names,
    }
    return render(request, "evaluation/enrolment.html", context)


@require_POST
def exclude(request: HttpRequest, guidance: int) -> HttpResponse:
    """Leave a guidance out, with a name and an explanation."""
    require(request.user, Action.SEE_ENROLMENT)
    try:
        leave_out(
            guidance=get_object_or_404(Guidance, pk=guidance),
            note=request.POST.get("note", ""),
            by=request.user,
            today=timezone.localdate(),
        )
    except (UserError, ValidationError) as error:
        messages.error(
            request, in_words(error) if isinstance(error, UserError) else error.messages[0]
        )
    return redirect("evaluation:enrolment")


@require_safe
def own_answers(request: HttpRequest) -> HttpResponse:
    """An adviser's own answers, where the rule under which they were asked for lets them."""
    require(request.user, Action.RECORD_GUIDANCE)
    context = {
        "section": "evaluation",
        "rules": asking.rules_on(asked(request.GET, request.user).day),
        "page": Paginator(seen.own_answers(request.user), A_PAGE).get_page(request.GET.get("side")),
    }
    return render(request, "evaluation/own_answers.html", context)


@require_safe
def texts(request: HttpRequest) -> HttpResponse:
    """The free texts, masked, without a name, with the themes that were counted in them."""
    require(request.user, Action.READ_COMMENTS)
    themes = asking.themes()
    written = Comment.objects.select_related("answer").order_by("-answer__answered_on", "-id")
    chosen = request.GET.get("tema", "")
    read = [(one, mask(one.text).text, themes_of.themes_in(one.text, themes)) for one in written]
    if chosen:
        read = [row for row in read if chosen in {found.theme.id for found in row[2]}]
    counts = themes_of.count((one.text for one in written), themes)
    context = {
        "section": "evaluation",
        "themes": [(theme, counts[theme.id]) for theme in themes],
        "chosen": chosen,
        "page": Paginator(read, A_PAGE).get_page(request.GET.get("side")),
    }
    return render(request, "evaluation/texts.html", context)
