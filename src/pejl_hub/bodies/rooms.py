"""The parts of a body as one table: what each is called and asks."""

from dataclasses import dataclass

from django import forms
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pejl_hub.bodies.forms import NominatorForm, SeatForm, StepForm
from pejl_hub.bodies.models import Nominator, Seat, Step


@dataclass(frozen=True)
class Room:
    """One kind of part."""

    model: type[Model]
    form: type[forms.ModelForm]
    new: str | Promise
    edit: str | Promise


ROOMS = {
    "pladser": Room(Seat, SeatForm, _("New term"), _("Change the term")),
    "indstillere": Room(
        Nominator, NominatorForm, _("New nominating organisation"), _("Change the organisation")
    ),
    "trin": Room(Step, StepForm, _("New step"), _("Change the step")),
}
