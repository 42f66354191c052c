"""What is asked about a user."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pejl_hub.accounts.forms import look
from pejl_hub.accounts.models import Role
from pejl_hub.core.places import municipalities
from pejl_hub.core.text import refuse_cpr


class PlaceForm(forms.Form):
    """The role, and the municipality of its readers."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    municipality = forms.ChoiceField(
        label=_("Municipality"), required=False, help_text=_("For the role Municipality alone.")
    )

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        hubs = municipalities(timezone.localdate())
        self.fields["municipality"].choices = [("", _("None")), *hubs.items()]
        look(self)

    def clean(self) -> dict[str, Any]:
        """A municipality belongs to a municipality reader, and to nobody else."""
        told: dict[str, Any] = super().clean() or {}
        reader = told.get("role") == Role.MUNICIPALITY_READER
        if "municipality" in told and reader != bool(told["municipality"]):
            self.add_error("municipality", self.fields["municipality"].help_text)
        return told


class NewUserForm(PlaceForm):
    """A user with a first password, which the user changes."""

    field_order = ("name", "role", "municipality", "password")
    name = forms.CharField(label=_("User name"), max_length=150, validators=[refuse_cpr])
    password = forms.CharField(
        label=_("First password"),
        strip=False,
        help_text=_("At least 12 characters. Give it to the user, who changes it."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
