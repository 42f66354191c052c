"""What is asked when a measurement of effect is received."""

from django import forms
from django.utils.translation import gettext_lazy as _


class EffectFileForm(forms.Form):
    """A results file, and the day from which its figures are known."""

    file = forms.FileField(label=_("The results file"))
    measured_on = forms.DateField(label=_("Known from"))
