"""The register of guidances."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from pejl_hub.accounts.access import Action, may
from pejl_hub.closing.actions import facts, write_change
from pejl_hub.closing.models import CorrectionKind
from pejl_hub.codes.queries import choices, label, labels
from pejl_hub.core.listing import BulkAction, Choice, Day, Known, Listing, Number, Table, Text, days
from pejl_hub.desk.registers import shared
from pejl_hub.guidance.models import Channel, Guidance, GuidanceState, GuidanceType


class GuidanceTable(Table):
    """A line for each guidance, with the facts frozen on it."""

    held_on = Day(_("Held on"))
    company = shared.client()
    cvr = shared.cvr()
    person = shared.person()
    type = Text(_("Type"))
    state = Text(_("State"))
    channel = Text(_("Channel"))
    segment = Text(_("Segment"))
    employees = Number(_("Employees"))
    municipality = shared.municipality()
    priority_area = Text(_("Priority area"))
    minutes = Number(_("Minutes"))
    team = Text(_("Team"))
    adviser = Text(_("Adviser"))

    @cached_property
    def teams(self) -> dict[str, str]:
        """The teams' labels, asked for once."""
        return labels("team")

    def render_team(self, value: str) -> str:
        """The team's label; its code where the list does not know it."""
        return self.teams.get(value, value)

    def value_team(self, value: str) -> str:
        """The same in files."""
        return self.render_team(value)


class GuidanceFilters(shared.ClientFilters):
    """What a guidance may be looked for by."""

    state = Choice(_("State"), choices=GuidanceState.choices)
    type = Choice(_("Type"), choices=GuidanceType.choices)
    channel = Choice(_("Channel"), choices=Channel.choices, unknown=True)
    priority_area = Choice(
        _("Priority area"),
        choices=lambda: choices("priority_area", on=timezone.localdate()),
        unknown=True,
    )
    size = Known(_("Size known"), field_name="employees")
    fra, til = days("held_on")


@transaction.atomic
def give_area(*, row: Guidance, value: Any, by: Any, reason: str) -> None:
    """Give the guidance another priority area, or none."""
    _change(row, "priority_area", value, by, reason)


@transaction.atomic
def give_team(*, row: Guidance, value: Any, by: Any, reason: str) -> None:
    """Give the guidance another team, or none."""
    _change(row, "team", value, by, reason)


def _change(row: Guidance, field: str, value: Any, by: Any, reason: str) -> None:
    before = facts(row)
    setattr(row, field, value)
    row.edited_at = timezone.now()
    row.save(update_fields=[field, "edited_at"])
    write_change(
        by=by,
        action="change_guidance",
        obj=row,
        days=[row.held_on],
        before=before,
        after=facts(row),
        reason=reason,
        kind=CorrectionKind.RECLASSIFIED,
    )


def _of_list(name: str, words: Any) -> Any:
    """Asks for a value that the list offers today, or for none."""

    def field(user: Any) -> forms.Field:
        offered = choices(name, on=timezone.localdate())
        return forms.ChoiceField(
            label=words, choices=[("", _("unknown")), *offered], required=False
        )

    return field


def _may_change(user: Any) -> bool:
    """Whoever looks after the data's quality and records guidance."""
    return may(user, Action.RECORD_GUIDANCE) and may(user, Action.SEE_QUALITY)


def _bulk(name: str, words: Any, list_name: str, apply: Any) -> BulkAction:
    return BulkAction(
        name=name,
        label=words,
        field=_of_list(list_name, words),
        stored=lambda row: getattr(row, name),
        shown=lambda row: label(list_name, getattr(row, name)) or str(_("unknown")),
        apply=apply,
        allowed=_may_change,
    )


GUIDANCES = Listing(
    name="guidances",
    title=_("Guidances"),
    table=GuidanceTable,
    filters=GuidanceFilters,
    rows=lambda user: Guidance.objects.select_related("company", "person"),
    order=("-held_on",),
    empty=_("No guidance has been recorded or imported yet."),
    hidden=shared.hidden,
    bulk=(
        _bulk("priority_area", _("Priority area"), "priority_area", give_area),
        _bulk("team", _("Team"), "team", give_team),
    ),
)
