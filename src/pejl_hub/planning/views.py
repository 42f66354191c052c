"""The target adviser: every goal in a list, and one goal with its questions."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pejl.targets import samples
from pejl.targets.advice import Advice, Kind
from pejl.targets.offer import offer, with_change
from pejl_hub.accounts.access import Action, require
from pejl_hub.planning import present, queries
from pejl_hub.planning.forms import (
    Asking,
    CertaintyForm,
    CountForm,
    EffectForm,
    SampleForm,
    ShareForm,
)

SECTION = {"section": "targets"}
HUNDRED = 100
# The widths asked about first: five points of NPS, five percentage points of a share.
WIDTH = 5


@require_safe
def show_goals(request: HttpRequest) -> HttpResponse:
    """Every goal: the years on record, next year, and what can be promised."""
    require(request.user, Action.SEE_PLANS)
    on, form = queries.basis(), CertaintyForm(request.GET)
    rows = [present.row(one, form.certainty) for one in queries.advice(on).values()]
    context = SECTION | {
        "basis": on,
        "form": form,
        "certainty": form.certainty,
        "foreseen": [_told(row) for row in rows if row.advice.kind in (Kind.COUNT, Kind.SHARE)],
        "asked": [row for row in rows if row.advice.kind in (Kind.SAMPLE, Kind.EFFECT)],
        "others": [row for row in rows if row.advice.kind == Kind.NONE],
    }
    return render(request, "planning/goals.html", context, status=_status(form))


@require_safe
def show_goal(request: HttpRequest, goal: str) -> HttpResponse:
    """One goal with its questions; everything asked stands in the address."""
    require(request.user, Action.SEE_PLANS)
    on = queries.basis()
    advice = queries.advice(on).get(goal)
    if advice is None or advice.kind == Kind.NONE:
        raise Http404(goal)
    answer = ANSWERS[advice.kind]
    context = SECTION | {"basis": on, "advice": advice} | answer(request, on, advice)
    context["why"] = present.WHY[advice.why] if advice.why else ""
    return render(request, "planning/goal.html", context, status=_status(context["form"]))


def _count(request: HttpRequest, on: queries.Basis, advice: Advice) -> dict[str, Any]:
    had = queries.advisers_of(on, advice.goal.id) if advice.ahead else {}
    form = CountForm(request.GET, {"maal": _plain(advice.target)})
    if not had:
        for name in ("faerre", "aaret", "overtager"):
            del form.fields[name]
    shown = _foreseen(advice, form)
    if not had or not shown or not form.is_valid() or not form.change.fewer:
        return shown | {"form": form, "advisers": len(had)}
    if len(had) < 2 or form.change.fewer >= len(had):
        form.add_error("faerre", _("So many advisers are not on record."))
        return shown | {"form": form, "advisers": len(had)}
    then = with_change(advice, had, form.change)
    changed = replace(advice, ahead=then)
    return shown | {
        "form": form,
        "advisers": len(had),
        "changed": _foreseen(changed, form)["told"],
    }


def _share(request: HttpRequest, on: queries.Basis, advice: Advice) -> dict[str, Any]:
    whole = None if advice.target is None else round(advice.target * HUNDRED, 1)
    form = ShareForm(request.GET, {"maal": _plain(whole)})
    return _foreseen(advice, form) | {"form": form}


def _foreseen(advice: Advice, form: Any) -> dict[str, Any]:
    """The distribution with the promise and the chance of the target that is proposed."""
    if advice.ahead is None:
        return {}
    asked = form.said("maal")
    share = advice.kind == Kind.SHARE and asked is not None
    wanted = replace(advice, target=asked / HUNDRED if share else asked)
    made = offer(advice.ahead, advice.op, form.certainty, wanted.target)
    return {
        "told": _told(present.Row(wanted, made)),
        "sure": present.percent(form.certainty),
        "drawing": present.drawing(wanted, made, advice.ahead),
    }


def _sample(request: HttpRequest, on: queries.Basis, advice: Advice) -> dict[str, Any]:
    scale = HUNDRED if advice.goal.unit == "percent" else 1
    form = SampleForm(request.GET, {"bredde": WIDTH})
    if advice.deviation is None or not form.is_valid():
        return {"form": form}
    deviation, sent = advice.deviation * scale, form.cleaned_data["spurgte"]
    needed = samples.for_interval(deviation, form.said("bredde"))
    return {
        "form": form,
        "needed": needed,
        "rate": present.percent(needed / sent) if sent and needed <= sent else None,
        "too_few": bool(sent and needed > sent),
        "to_show": _to_show(advice, form.cleaned_data["sand"], deviation, scale),
        "figure": present.figure(advice, advice.figure),
        "target": present.figure(advice, advice.target),
    }


def _to_show(advice: Advice, true: float | None, deviation: float, scale: int) -> int | None:
    """How many show that the target is met; None where the figure is not beyond it."""
    if true is None or advice.target is None:
        return None
    beyond = true - advice.target * scale
    margin = beyond if advice.op.startswith(">") else -beyond
    return samples.to_show(deviation, margin) if margin > 0 else None


def _effect(request: HttpRequest, on: queries.Basis, advice: Advice) -> dict[str, Any]:
    spread = queries.spread_of(advice.goal)
    starts = {"vejledte": spread.guided, "spredning": round(spread.points, 1)} if spread else {}
    form = EffectForm(request.GET, starts)
    found: dict[str, Any] = {"form": form, "spread": spread}
    if not form.is_valid():
        return found
    deviation, guided = form.said("spredning"), form.said("vejledte")
    found["detectable"] = present.figure(advice, samples.detectable(deviation, guided))
    if advice.target is not None:
        found["guided_for"] = samples.guided_for(deviation, advice.target)
        found["target"] = present.figure(advice, advice.target)
    return found


ANSWERS = {Kind.COUNT: _count, Kind.SHARE: _share, Kind.SAMPLE: _sample, Kind.EFFECT: _effect}


def _told(row: present.Row) -> dict[str, Any]:
    """A goal's numbers in words."""
    one, made = row.advice, row.offer
    words: dict[str, Any] = {
        "advice": one,
        "why": row.why,
        "past": [(year, present.figure(one, value)) for year, value in one.past.items()],
        "target": present.figure(one, one.target),
    }
    if made is None:
        return words
    return (
        words
        | {
            name: present.figure(one, getattr(made, name))
            for name in ("low", "mid", "high", "promised", "rounded")
        }
        | {"chance": present.percent(made.chance)}
    )


def _plain(number: float | None) -> float | int | None:
    """A whole number without its decimals, as a form shows it."""
    return int(number) if number is not None and number == int(number) else number


def _status(form: Asking) -> int:
    return 400 if form.is_bound and form.errors else 200
