"""The parts of an effort as one table: what each is called, asks, and how it is written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pejl.base.errors import PejlError
from pejl_hub.accounts.models import User
from pejl_hub.efforts import actions, papers
from pejl_hub.efforts.forms import MilestoneForm, NoteForm, PartnerForm
from pejl_hub.efforts.models import Activity, Attachment, Partner
from pejl_hub.evidence.models import Milestone, ProgressNote


@dataclass(frozen=True)
class Room:
    """One kind of part. Without a form it is added on a page of its own and never changed."""

    slug: str
    model: type[Model]
    form: type[forms.ModelForm] | None
    new: str | Promise
    edit: str | Promise
    take_out: str | Promise
    warning: str | Promise
    save: Callable[[Any, User, str], object]
    remove: Callable[[Any, User, str], None]


def _counted(record: Any, by: User, reason: str) -> object:
    return actions.save_counted(record=record, by=by, reason=reason)


def _uncounted(record: Any, by: User, reason: str) -> None:
    actions.remove_counted(record=record, by=by, reason=reason)


def _loose(thing: Any, by: User, reason: str) -> None:
    actions.remove_loose(thing=thing, by=by)


def _never(record: Any, by: User, reason: str) -> object:
    raise PejlError(f"A {record._meta.model_name} is added on a page of its own.")


ROOMS = {
    room.slug: room
    for room in (
        Room(
            "milepaele",
            Milestone,
            MilestoneForm,
            new=_("New milestone"),
            edit=_("Change the milestone"),
            take_out=_("Take the milestone out?"),
            warning=_(
                "Take out only what was entered by mistake. A milestone that is given up is set "
                "to Dropped, so that it stays visible."
            ),
            save=_counted,
            remove=_uncounted,
        ),
        Room(
            "redegoerelser",
            ProgressNote,
            NoteForm,
            new=_("New account"),
            edit=_("Correct the account"),
            take_out=_("Take the account out?"),
            warning=_("The board no longer sees it. The audit log keeps what it said."),
            save=_counted,
            remove=_uncounted,
        ),
        Room(
            "partnere",
            Partner,
            PartnerForm,
            new=_("New partner"),
            edit=_("Change the partner"),
            take_out=_("Take the partner out?"),
            warning=_("The audit log keeps who it was."),
            save=lambda record, by, reason: actions.save_partner(partner=record, by=by),
            remove=_loose,
        ),
        Room(
            "aktiviteter",
            Activity,
            None,
            new=_("Link an activity"),
            edit="",
            take_out=_("Take the activity out of the effort?"),
            warning=_("Only the link is taken out: the event or campaign stays as it is."),
            save=_never,
            remove=_loose,
        ),
        Room(
            "bilag",
            Attachment,
            None,
            new=_("Add a paper"),
            edit="",
            take_out=_("Take the paper out?"),
            warning=_("The file itself is deleted, and cannot be brought back."),
            save=_never,
            remove=lambda paper, by, reason: papers.remove_attachment(attachment=paper, by=by),
        ),
    )
}
