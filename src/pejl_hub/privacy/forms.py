"""Forms of the room: looking for a person, and deciding about them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.text import refuse_cpr


class FindForm(forms.Form):
    """Whom to look for."""

    q = forms.CharField(
        label=_("Name, e-mail address or number"),
        min_length=3,
        max_length=200,
        validators=[refuse_cpr],
        widget=forms.TextInput(attrs={"class": "form-input", "autocomplete": "off"}),
    )


class DecideForm(forms.Form):
    """A decision about a person's data, with its reason."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        validators=[refuse_cpr],
        widget=forms.TextInput(attrs={"class": "form-input", "autocomplete": "off"}),
    )
    sure = forms.BooleanField(
        label=_("I know that this cannot be undone"),
        widget=forms.CheckboxInput(attrs={"class": "form-checkbox"}),
    )

    def __init__(self, *given: object, final: bool, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        if not final:
            del self.fields["sure"]
