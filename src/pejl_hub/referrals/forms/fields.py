"""Fields that the forms of referrals share."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.text import refuse_cpr


def day_field(label: Promise, *, required: bool = True) -> forms.DateField:
    """A day as the browser asks for it."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=required, widget=widget)


def text_field(label: Promise, *, required: bool, long: bool = False, **more: Any) -> forms.Field:
    """A text that refuses CPR numbers, on one line or three."""
    widget = forms.Textarea(attrs={"rows": 3}) if long else forms.TextInput()
    more.setdefault("max_length", 500)
    return forms.CharField(
        label=label, required=required, widget=widget, validators=[refuse_cpr], **more
    )


def provider_field() -> forms.TypedChoiceField:
    """An adviser; the choices are put in by the form."""
    return forms.TypedChoiceField(label=_("External adviser"), coerce=int)
