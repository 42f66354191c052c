"""Recording by another program: the rules are those of the forms, which do the checking."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Header, Router, Schema
from pydantic import AfterValidator, Field

from pejl_hub.accounts.access import Action
from pejl_hub.api.keys import user_of
from pejl_hub.api.models import Scope
from pejl_hub.api.once import once
from pejl_hub.api.problems import Problem, RefusedForm
from pejl_hub.core.text import looks_like_cpr
from pejl_hub.events.actions.attending import walk_in
from pejl_hub.events.forms import WalkInForm
from pejl_hub.events.models import Event
from pejl_hub.guidance.actions.recording import record
from pejl_hub.guidance.forms import GuidanceForm
from pejl_hub.guidance.models import Guidance
from pejl_hub.guidance.whom import whom

router = Router(tags=["recording"])
REFUSALS = dict.fromkeys((401, 403, 404, 409, 422, 429), Problem)
Name = Annotated[
    str,
    Header(
        alias="Idempotency-Key", min_length=8, max_length=100,
        description="A name of this request: sent again, it is not carried out again.",
    ),
]  # fmt: skip


def _fit_to_keep(text: str) -> str:
    if "\0" in text:
        raise ValueError(_("The text holds a NUL, which no database keeps."))
    if looks_like_cpr(text):
        raise ValueError(
            _("This looks like a CPR number. CPR numbers are never stored: remove it.")
        )
    return text


Line = Annotated[str, Field(max_length=500), AfterValidator(_fit_to_keep)]
Text = Line | None


class NewGuidance(Schema):
    """Whom (one of ``cvr``, ``client`` or ``person_name``), when, and what was said.

    Codes are those of the hub's lists; ``client`` is ``company-7`` or ``person-7``.
    """

    cvr: Text = None
    client: Text = None
    person_name: Text = None
    person_email: Text = None
    held_on: date
    state: str = Field("held", pattern="^(planned|held|cancelled|no_show)$")
    type: str = Field("specialised", pattern="^(specialised|orienting)$")
    channel: Text = None
    minutes: int | None = None
    segment: Text = None
    municipality: Text = None
    employees: int | None = None
    priority_area: Text = None
    need: Text = None
    outcome: Text = None
    next_step: Text = None
    next_step_on: date | None = None
    team: Text = None
    reason: Text = None


class NewAttendance(Schema):
    """Somebody who came. No company is ever made: an unknown CVR number waits to be settled."""

    name: Line
    email: Text = None
    cvr: Text = None
    reason: Text = None


class Recorded(Schema):
    """The number of what was recorded, and what it became."""

    id: int
    state: str


@router.post("/guidances", response={200: Recorded, **REFUSALS})
def new_guidance(request: HttpRequest, given: NewGuidance, name: Name) -> Any:
    """Record a guidance."""
    user = user_of(request, Scope.WRITE_GUIDANCE, Action.RECORD_GUIDANCE)
    said = given.model_dump(exclude_none=True)
    return once(request.auth, name, ["guidance", said], lambda: _guidance(said, user))


@router.get("/guidances/{number}", response={200: dict[str, Any], **REFUSALS})
def one_guidance(request: HttpRequest, number: int) -> Any:
    """A guidance on record; one that was withdrawn is not found."""
    user_of(request, Scope.WRITE_GUIDANCE, Action.USE_DESK)
    found = get_object_or_404(Guidance.objects.select_related("company"), pk=number)
    names = [name for name in NewGuidance.model_fields if hasattr(found, name)]
    facts = {name: getattr(found, name) for name in names}
    return {"id": found.pk, "cvr": found.company.cvr if found.company else None, **facts}


@router.post("/events/{number}/attendances", response={200: Recorded, **REFUSALS})
def new_attendance(request: HttpRequest, number: int, given: NewAttendance, name: Name) -> Any:
    """Record that somebody came to an event."""
    user = user_of(request, Scope.WRITE_ATTENDANCE, Action.RECORD_EVENTS)
    event = get_object_or_404(Event, pk=number)
    said = given.model_dump(exclude_none=True)
    asked = ["attendance", number, said]
    return once(request.auth, name, asked, lambda: _attendance(event, said, user))


def _guidance(said: dict[str, Any], user: Any) -> dict[str, Any]:
    if "person_name" in said and not {"client", "cvr"} & set(said):
        said = said | {"ny": "person"}
    form = GuidanceForm(said, whom=whom(said), initial={})
    if not form.is_valid():
        raise RefusedForm(form)
    made = record(
        client=form.the_client(), talk=form.talk(), judged=form.judged(), state=said["state"],
        reason=form.cleaned_data["reason"], by=user,
    )  # fmt: skip
    return {"id": made.pk, "state": made.state}


def _attendance(event: Event, said: dict[str, Any], user: Any) -> dict[str, Any]:
    form = WalkInForm(said)
    if not form.is_valid():
        raise RefusedForm(form)
    made = walk_in(event=event, given=form.given(), by=user, reason=said.get("reason", ""))
    return {"id": made.pk, "state": made.state}
