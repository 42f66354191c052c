"""What is asked when a measurement of effect is received."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.text import refuse_cpr, refuse_cpr_name


class EffectFileForm(forms.Form):
    """A results file, and the day from which its figures are known."""

    file = forms.FileField(label=_("The results file"), validators=[refuse_cpr_name])
    measured_on = forms.DateField(label=_("Known from"))
    reason = forms.CharField(
        label=_("Why a closed period changes"),
        required=False,
        max_length=500,
        validators=[refuse_cpr],
    )
