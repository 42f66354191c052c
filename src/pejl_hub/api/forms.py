"""The form of a new key."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pejl_hub.api.actions import LONGEST
from pejl_hub.api.models import Scope
from pejl_hub.closing.reason import dress
from pejl_hub.core.text import refuse_cpr


class KeyForm(forms.Form):
    """Who uses it, for what, and for how long."""

    name = forms.CharField(
        label=_("Used by"),
        help_text=_("Such as: Power BI, or the booking system."),
        max_length=100,
        validators=[refuse_cpr],
    )
    scopes = forms.MultipleChoiceField(
        label=_("May"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.IntegerField(label=_("Holds for days"), min_value=1, max_value=LONGEST, initial=90)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)
