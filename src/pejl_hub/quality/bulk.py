"""Mending many rows at once: the facts frozen on a record that was written down without them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pejl_hub.accounts.access import Action, may
from pejl_hub.closing.actions import facts, write_change
from pejl_hub.closing.models import CorrectionKind
from pejl_hub.companies.models import Segment
from pejl_hub.core.listing import BulkAction
from pejl_hub.core.places import name_of
from pejl_hub.core.templatetags.pejl import number
from pejl_hub.desk.registers import shared
from pejl_hub.quality.registers import REGISTERS

MOST = 1_000_000  # employees
UNKNOWN = ("", _("unknown"))


@dataclass(frozen=True)
class Fact:
    """A field that may be given to many rows: how it is asked for, and how it is said."""

    label: Any
    ask: Callable[[], forms.Field]
    say: Callable[[Any], str]


def _choose(label: Any, choices: Callable[[], list[tuple[str, Any]]]) -> forms.Field:
    return forms.ChoiceField(label=label, choices=[UNKNOWN, *choices()], required=False)


FACTS = {
    "employees": Fact(
        _("Employees"),
        lambda: forms.IntegerField(label=_("Employees"), min_value=0, max_value=MOST),
        number,
    ),
    "municipality": Fact(
        _("Municipality"), lambda: _choose(_("Municipality"), shared.places), name_of
    ),
    "segment": Fact(
        _("Segment"),
        lambda: _choose(_("Segment"), lambda: list(Segment.choices)),
        lambda value: str(Segment(value).label),
    ),
}


def bulk_actions(register: str, day: str, fields: tuple[str, ...]) -> tuple[BulkAction, ...]:
    """The changes of a register's rows; ``day`` is the path to the day on which a row counts."""
    own = (name for name in fields if register != "outreach" or name != "segment")
    return tuple(_action(REGISTERS[register].mends, day, name) for name in own)


def _action(mends: Action, day: str, name: str) -> BulkAction:
    fact = FACTS[name]
    return BulkAction(
        name=name,
        label=fact.label,
        field=lambda user: fact.ask(),
        stored=lambda row: getattr(row, name),
        shown=lambda row: _shown(fact, getattr(row, name)),
        apply=partial(give, day=day, name=name),
        allowed=lambda user: may(user, mends) and may(user, Action.SEE_QUALITY),
    )


def _shown(fact: Fact, value: Any) -> str:
    return str(_("unknown")) if value is None else fact.say(value)


@transaction.atomic
def give(*, row: Model, value: Any, by: Any, reason: str, day: str, name: str) -> None:
    """Give a record another frozen fact, with the log, the lock and the correction.

    Raises
    ------
    PeriodClosed
        When the record counts in a closed period and there is no reason.
    """
    before = facts(row)
    setattr(row, name, value)
    row.edited_at = timezone.now()  # type: ignore[attr-defined]
    row.full_clean(exclude={f.name for f in row._meta.fields if f.name != name})
    row.save(update_fields=[name, "edited_at"])
    write_change(
        by=by,
        action=f"quality.give_{name}",
        obj=row,
        days=[_at(row, day)],
        before=before,
        after=facts(row),
        reason=reason,
        kind=CorrectionKind.RECLASSIFIED,
    )


def _at(row: Any, path: str) -> Any:
    for part in path.split("__"):
        row = getattr(row, part)
    return row
