"""The pages about one person: finding them, what is held, and deciding."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pejl.base.errors import UserError
from pejl_hub.accounts.access import Action, may, require
from pejl_hub.privacy.cases import CASES
from pejl_hub.privacy.deciding import decide
from pejl_hub.privacy.erasing import erase, is_held
from pejl_hub.privacy.exporting import export
from pejl_hub.privacy.files.staying import staying
from pejl_hub.privacy.finding import find, is_erased, shown
from pejl_hub.privacy.forms import DecideForm, FindForm
from pejl_hub.privacy.identity import identity_of
from pejl_hub.privacy.models import Case, State
from pejl_hub.privacy.register import register
from pejl_hub.privacy.subjects import Subject, closure, is_person, rows_about

SECTION = {"section": "privacy"}
FORM = ["GET", "HEAD", "POST"]
# What the address says: the decision, whether it is final, and the page's words.
WAYS = {"slet": State.ERASED, "afslaa": State.REFUSED, "hold": State.HELD, "ophaev": State.LIFTED}


@require_http_methods(FORM)
def show_people(request: HttpRequest) -> HttpResponse:
    """Look for a person; by POST, so that no name stands in an address or a log."""
    require(request.user, Action.KEEP_PRIVACY)
    form = FindForm(request.POST or None)
    found = find(form.cleaned_data["q"]) if form.is_valid() else None
    context = SECTION | {"here": "people", "form": form, "found": found, "may_keep": True}
    return render(request, "privacy/people.html", context)


@require_safe
def show_person(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """What is held of one person, and what can be done."""
    require(request.user, Action.KEEP_PRIVACY)
    return render(request, "privacy/person.html", _person(kind, number))


@require_http_methods(FORM)
def decide_person(request: HttpRequest, kind: str, number: int, way: str) -> HttpResponse:
    """Erase, refuse to, hold back, or lift that: asks for a reason; by POST, does it."""
    require(request.user, Action.KEEP_PRIVACY)
    context, state = _person(kind, number), WAYS.get(way)
    if state is None:
        raise Http404(way)
    final = state == State.ERASED
    form = DecideForm(request.POST or None, final=final)
    if request.method == "POST" and form.is_valid():
        try:
            _do(context["subject"], state, form.cleaned_data["reason"], request.user)
        except UserError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, DONE[state]())
            return redirect(
                "privacy:cases" if final else "privacy:person", **_where(final, kind, number)
            )
    stays = staying(identity_of(closure(context["subject"]))) if final else []
    context |= {"form": form, "way": way, "final": final, "stays": stays}
    return render(request, "privacy/decide.html", context, status=400 if form.errors else 200)


@require_safe
def take_copy(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Everything held about the person, as one archive."""
    require(request.user, Action.KEEP_PRIVACY)
    subject = _person(kind, number)["subject"]
    response = HttpResponse(export(first=subject, by=request.user), content_type="application/zip")
    name = f"indsigt-{kind}-{number}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def show_cases(request: HttpRequest) -> HttpResponseBase:
    """Every decision, the newest first."""
    require(request.user, Action.SEE_PRIVACY)
    more = {"here": "cases", "may_keep": may(request.user, Action.KEEP_PRIVACY)}
    return CASES.respond(request, SECTION | more, "privacy/cases.html")


DONE = {
    State.ERASED: lambda: _("The person is erased. Every figure is what it was."),
    State.REFUSED: lambda: _("The refusal is written down."),
    State.HELD: lambda: _("The data is held back: it is neither erased nor anonymised."),
    State.LIFTED: lambda: _("The data is no longer held back."),
}


def _where(final: bool, kind: str, number: int) -> dict[str, Any]:
    return {} if final else {"kind": kind, "number": number}


def _do(subject: Subject, state: State, reason: str, user: Any) -> None:
    if state == State.ERASED:
        erase(first=subject, reason=reason, by=user)
    else:
        decide(subject=subject, state=state, reason=reason, by=user)


def _person(kind: str, number: int) -> dict[str, Any]:
    if kind not in register().subjects:
        raise Http404(kind)
    subject = Subject(kind, number)
    row = subject.row()
    if row is None or not is_person(kind, row):
        raise Http404(f"{kind} {number}")
    subjects = closure(subject)
    found = shown(subject, row)
    return SECTION | {
        "here": "people",
        "may_keep": True,
        "subject": subject,
        "person": found,
        "erased": is_erased(found),
        "held": is_held(subject),
        "others": [shown(one, one.row()) for one in subjects if one != subject],
        "held_rows": _counts(subjects),
        "cases": Case.objects.filter(kind=kind, number=number),
    }


def _counts(subjects: list[Subject]) -> list[tuple[str, int]]:
    """How many rows of each kind are about the person."""
    rows = rows_about(subjects)
    tables = register().tables
    named = [(capfirst(str(tables[k].model._meta.verbose_name)), len(v)) for k, v in rows.items()]
    return sorted(named)
