"""What is asked when a decision is recorded."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pejl.contract.goal import Interpretation
from pejl_hub.closing.reason import dress
from pejl_hub.core.templatetags.pejl import text
from pejl_hub.core.text import refuse_cpr


class Day(forms.DateInput):
    """A date in the browser's own picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DecisionForm(forms.Form):
    """Which reading, and who decided it when and why."""

    reading = forms.ChoiceField(label=_("The reading that holds"), widget=forms.RadioSelect)
    decided_on = forms.DateField(label=_("Decided on"), widget=Day())
    decided_by = forms.CharField(
        label=_("Decided by"),
        help_text=_("The body that decided, such as KKR or the board."),
        max_length=200,
        validators=[refuse_cpr],
    )
    because = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        validators=[refuse_cpr],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    document = forms.CharField(
        label=_("Document"),
        help_text=_("Where it can be read: minutes and item, letter and date, or case number."),
        max_length=300,
        validators=[refuse_cpr],
    )

    def __init__(self, *args: Any, question: Interpretation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)
        field: Any = self.fields["reading"]
        field.choices = [(key, text(dict(said))) for key, said in question.readings.items()]

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """The fields in order."""
        return self.visible_fields()

    def clean_decided_on(self) -> Any:
        """Nothing is decided on a day to come."""
        day = self.cleaned_data["decided_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class WithdrawForm(forms.Form):
    """Why a decision is taken back."""

    why = forms.CharField(
        label=_("Why it is taken back"),
        max_length=500,
        validators=[refuse_cpr],
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """The fields in order."""
        return self.visible_fields()
