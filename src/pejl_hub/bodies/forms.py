"""What is asked about bodies, seats, nominations, appointments and contacts."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pejl_hub.bodies.models import Body, ContactRole, MunicipalContact, Nominator, Seat, Step
from pejl_hub.bodies.pasting import read_contacts
from pejl_hub.closing.reason import dress
from pejl_hub.core.places import municipalities
from pejl_hub.core.text import refuse_cpr


class Day(forms.DateInput):
    """A date in the browser's own picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Dressed(forms.BaseForm):
    """Mixin: a form in the look of the house."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """The fields in order."""
        return self.visible_fields()

    def _in_order(self, first: str, last: str) -> None:
        """The second day is not before the first."""
        begins, ends = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if begins and ends and ends < begins:
            self.add_error(last, _("It ends before it begins."))


class BodyForm(Dressed, forms.ModelForm):
    """A body."""

    class Meta:
        """Its name is enough."""

        model = Body
        fields: ClassVar = ["name", "about"]


class SeatForm(Dressed, forms.ModelForm):
    """A term of a seat."""

    class Meta:
        """An empty member is a seat that is not filled yet."""

        model = Seat
        fields: ClassVar = ["place", "nominated_by", "member", "chair", "starts_on", "ends_on"]
        widgets: ClassVar = {"starts_on": Day(), "ends_on": Day()}
        help_texts: ClassVar = {"member": _("Leave it empty until somebody is appointed.")}

    def clean(self) -> dict[str, Any]:
        """A term ends no earlier than it begins."""
        cleaned = super().clean() or {}
        self._in_order("starts_on", "ends_on")
        return cleaned


class NominatorForm(Dressed, forms.ModelForm):
    """An organisation that may nominate."""

    class Meta:
        """Until is empty while it holds."""

        model = Nominator
        fields: ClassVar = ["organisation", "decided_on", "decided_by", "document", "until"]
        widgets: ClassVar = {"decided_on": Day(), "until": Day()}

    def clean(self) -> dict[str, Any]:
        """A decision holds no shorter than not at all."""
        cleaned = super().clean() or {}
        self._in_order("decided_on", "until")
        return cleaned


class StepForm(Dressed, forms.ModelForm):
    """A step of an appointment."""

    class Meta:
        """Done is empty while it is not."""

        model = Step
        fields: ClassVar = ["period", "title", "due_on", "done_on", "note"]
        widgets: ClassVar = {"due_on": Day(), "done_on": Day()}

    def clean_done_on(self) -> date | None:
        """Nothing is done on a day to come."""
        day = self.cleaned_data["done_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class ContactForm(Dressed, forms.ModelForm):
    """A municipality's contact."""

    municipality = forms.ChoiceField(
        label=_("Municipality"), choices=lambda: list(municipalities(timezone.localdate()).items())
    )

    class Meta:
        """Only what is needed to reach them at work."""

        model = MunicipalContact
        fields: ClassVar = [
            *("municipality", "name", "role", "title"),
            *("email", "phone", "since", "until"),
        ]
        widgets: ClassVar = {"since": Day(), "until": Day()}

    def clean(self) -> dict[str, Any]:
        """A contact ends no earlier than they begin."""
        cleaned = super().clean() or {}
        self._in_order("since", "until")
        return cleaned


class AppointmentForm(Dressed, forms.Form):
    """The term that members are to be appointed for."""

    period = forms.CharField(
        label=_("Term of office"),
        help_text=_("Such as 2026–2029."),
        max_length=60,
        validators=[refuse_cpr],
    )
    begins_on = forms.DateField(label=_("The term begins"), widget=Day())


class PasteForm(Dressed, forms.Form):
    """Lines copied from a spreadsheet."""

    role = forms.ChoiceField(label=_("Contact for"), choices=ContactRole.choices)
    lines = forms.CharField(
        label=_("Lines"),
        help_text=_(
            "One contact a line: municipality, name, e-mail, phone, position. Copy them from a "
            "spreadsheet, or part them by semicolons."
        ),
        max_length=100_000,
        validators=[refuse_cpr],
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def clean(self) -> dict[str, Any]:
        """Every line can be read, or none is kept."""
        cleaned = super().clean() or {}
        if "lines" in cleaned and "role" in cleaned:
            try:
                cleaned["contacts"] = read_contacts(
                    cleaned["lines"], cleaned["role"], timezone.localdate()
                )
            except forms.ValidationError as wrong:
                self.add_error("lines", wrong)
        return cleaned
