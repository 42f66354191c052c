"""The pages of the comments: what is missing, writing, reviewing, freezing."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pejl.base.errors import UserError
from pejl.standing.result import GoalStanding
from pejl_hub.accounts.access import Action, may, reaches, require
from pejl_hub.core.templatetags.pejl import text
from pejl_hub.narrative import actions, asked
from pejl_hub.narrative.models import LONGEST, Comment, CommentState
from pejl_hub.narrative.queries import earlier, on
from pejl_hub.status import present


@dataclass(frozen=True)
class Line:
    """A goal on the list, with its figure and its comment."""

    goal: str
    label: str
    figure: str
    light: str
    word: str
    comment: Comment | None
    moved: bool  # the figure is another than when the comment was written
    write: str


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every goal of a report with its comment, or with none."""
    require(request.user, Action.WRITE_COMMENTS)
    report = asked.report(request.GET)
    lines = _lines(report)
    wanted = request.GET.get("vis", "")
    open_ones = [one for one in lines if one.comment is None]
    context = {
        "section": "comments",
        "report": report,
        "days": asked.days(),
        "places": _places(report),
        "lines": [line for line in lines if _is_wanted(line, wanted)],
        "wanted": wanted,
        "missing": len(open_ones),
        "submitted": _count(lines, CommentState.SUBMITTED),
        "approved": _count(lines, CommentState.APPROVED),
        "frozen": _count(lines, CommentState.FROZEN),
        "may_approve": may(request.user, Action.APPROVE_COMMENTS),
    }
    return render(request, "narrative/comments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Write a comment beside the figure that it is on."""
    require(request.user, Action.WRITE_COMMENTS)
    report, goal = asked.report(request.GET), request.GET.get("maal") or None
    item = _goal(report, goal)
    rows = on(report.contract.id, report.day, report.municipality)
    found = _one(rows, goal, report.municipality)
    written, problem = request.POST.get("text"), None
    if request.method == "POST":
        try:
            comment = actions.write(
                contract=report.contract,
                as_of=report.day,
                goal=goal,
                municipality=report.municipality,
                text=(written or "").replace("\r\n", "\n"),
                figure=asked.figure_of(item),
                by=request.user,
                seen=_number(request.POST.get("set", "")),
            )
            if "send" in request.POST:
                actions.submit(comment=comment, by=request.user)
        except UserError as refusal:
            problem = refusal
        else:
            messages.success(request, _("The comment was saved."))
            return redirect(reverse("narrative:comments") + report.query)
    seen = request.POST.get("set", "") if request.method == "POST" else found.pk if found else ""
    context = _writing(report, goal, item, found) | {
        "text": written if written is not None else found.text if found else "",
        "problem": problem,
        "seen": seen,
    }
    return render(request, "narrative/write.html", context, status=400 if problem else 200)


@require_safe
def show_comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    """One comment as it stands, who has done what, and what can be done now."""
    require(request.user, Action.WRITE_COMMENTS)
    return _comment(request, get_object_or_404(Comment, pk=comment_id))


@require_POST
def move(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Submit, approve or send back."""
    require(request.user, Action.WRITE_COMMENTS)
    comment = get_object_or_404(Comment, pk=comment_id)
    step = request.POST.get("skridt", "")
    if step in ("godkend", "tilbage"):
        require(request.user, Action.APPROVE_COMMENTS)
    try:
        if step == "send":
            actions.submit(comment=comment, by=request.user)
        elif step == "godkend":
            seen = request.POST.get("set", "")
            actions.approve(comment=comment, by=request.user, seen=seen)
        elif step == "tilbage":
            why = request.POST.get("hvorfor", "")
            actions.send_back(comment=comment, by=request.user, why=why)
        else:
            raise Http404(step)
    except UserError as refusal:
        comment.refresh_from_db()
        return _comment(request, comment, refusal)
    messages.success(request, _("The comment was moved on."))
    return redirect("narrative:comment", comment_id=comment.pk)


@require_POST
def freeze(request: HttpRequest) -> HttpResponse:
    """Freeze the approved comments of a report with the snapshot that is counted now."""
    require(request.user, Action.APPROVE_COMMENTS)
    report = asked.report(request.POST)
    standing = report.standing()
    frozen = actions.freeze(
        contract=report.contract,
        as_of=report.day,
        municipality=report.municipality,
        snapshot=standing.evaluation.snapshot,
        figure=lambda comment: asked.figure_now(standing, comment),
        by=request.user,
    )
    said = ngettext("%(n)s comment was frozen.", "%(n)s comments were frozen.", len(frozen))
    messages.success(request, said % {"n": len(frozen)})
    return redirect(reverse("narrative:comments") + report.query)


def _comment(
    request: HttpRequest, comment: Comment, problem: UserError | None = None
) -> HttpResponse:
    wanted = request.GET.copy()
    wanted["dato"] = comment.as_of.isoformat()
    wanted["kommune"] = comment.municipality or ""
    report = asked.report(wanted)
    now = asked.figure_now(report.standing(), comment)
    context = {
        "section": "comments",
        "comment": comment,
        "report": report,
        "about": asked.about(report, comment.goal) or _("The whole"),
        "now": now,
        "moved": bool(comment.figure) and comment.figure != now,
        "problem": problem,
        "may_approve": reaches(request.user, Action.APPROVE_COMMENTS, comment.written_by),
        "own": comment.written_by_id == request.user.pk,
        "write": _address(report, comment.goal),
    }
    return render(request, "narrative/comment.html", context, status=400 if problem else 200)


def _writing(
    report: asked.Report, goal: str | None, item: GoalStanding | None, found: Comment | None
) -> dict[str, Any]:
    thing = (report.contract.id, report.day, goal, report.municipality)
    return {
        "section": "comments",
        "report": report,
        "about": asked.about(report, goal) or _("The whole"),
        "goal": goal,
        "line": _facts(item) if item else None,
        "found": found,
        "moved": bool(found and found.figure) and found.figure != asked.figure_of(item),
        "now": asked.figure_of(item),
        "earlier": earlier(thing),
        "longest": LONGEST,
    }


def _facts(item: GoalStanding) -> dict[str, str]:
    """What the writer needs beside the text: target, pace and forecast in words."""
    unit, now, ahead = item.goal.unit, item.expected_by_now, item.forecast
    target = item.target and (item.target.value or item.target.expected)
    return {
        "figure": asked.figure_of(item),
        "target": present.promised(target, unit) if target is not None else "",
        "expected": present.amount(now, unit) if now is not None else "",
        "low": present.amount(ahead.low, unit) if ahead else "",
        "high": present.amount(ahead.high, unit) if ahead else "",
        "light": item.light.value,
        "word": present.light_word(item.light),
    }


def _lines(report: asked.Report) -> list[Line]:
    standing = report.standing()
    rows = list(on(report.contract.id, report.day, report.municipality))
    found = {c.goal: c for c in rows if c.municipality == report.municipality}
    lines = [_line(report, None, None, found.get(None))]
    for goal, item in standing.goals.items():
        lines.append(_line(report, goal, item, found.get(goal)))
    return lines


def _line(
    report: asked.Report, goal: str | None, item: GoalStanding | None, comment: Comment | None
) -> Line:
    figure = asked.figure_of(item)
    whole = _("The whole report") if report.municipality is None else report.place
    return Line(
        goal=goal or "",
        label=text(item.goal.label) if item else whole,
        figure=figure,
        light=item.light.value if item else "",
        word=present.light_word(item.light) if item else "",
        comment=comment,
        moved=bool(comment and comment.figure and comment.figure != figure),
        write=_address(report, goal),
    )


def _address(report: asked.Report, goal: str | None) -> str:
    more = f"&maal={goal}" if goal else ""
    return reverse("narrative:write") + report.query + more


def _goal(report: asked.Report, goal: str | None) -> GoalStanding | None:
    if goal is None:
        return None
    found = report.standing().goals.get(goal)
    if found is None:
        raise Http404(goal)
    return found


def _one(rows: Any, goal: str | None, municipality: str | None) -> Comment | None:
    same = {"goal": goal} if goal else {"goal__isnull": True}
    same |= {"municipality": municipality} if municipality else {"municipality__isnull": True}
    found: Comment | None = rows.filter(**same).exclude(state=CommentState.FROZEN).first()
    return found


def _places(report: asked.Report) -> list[Any]:
    inside = report.contract.territory.on(report.day)
    places = [report.contract.municipalities[code] for code in inside]
    return sorted(places, key=lambda place: place.name)


def _is_wanted(line: Line, wanted: str) -> bool:
    if wanted == "mangler":
        return line.comment is None
    return not wanted or (line.comment is not None and line.comment.state == wanted)


def _count(lines: list[Line], state: CommentState) -> int:
    return sum(1 for line in lines if line.comment and line.comment.state == state)


def _number(written: str) -> int | None:
    return int(written[:15]) if written.isascii() and written.isdigit() else None
