"""What is asked about campaigns, lists, bases for contact and calls."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pejl_hub.closing.reason import WithReason, dress
from pejl_hub.core.places import municipalities
from pejl_hub.core.templatetags.pejl import text
from pejl_hub.core.text import refuse_cpr
from pejl_hub.outreach.actions.approaches import Result
from pejl_hub.outreach.finding import Wanted
from pejl_hub.outreach.models import BasisKind, Campaign, Outcome
from pejl_hub.outreach.shared import bands

# The contract counts companies with five employees and more.
FROM_FIVE = 5


class Day(forms.DateInput):
    """A date in the browser's own picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _places() -> list[tuple[str, str]]:
    return list(municipalities(timezone.localdate()).items())


class CampaignForm(WithReason, forms.ModelForm):
    """A campaign."""

    municipality = forms.ChoiceField(label=_("Municipality"), choices=_places)
    goal = forms.IntegerField(
        label=_("Companies to approach"), required=False, min_value=1, max_value=100_000
    )

    class Meta:
        """The local service may be left out: its companies then do not count in the contract."""

        model = Campaign
        fields: ClassVar = [
            "name",
            "municipality",
            "local_service",
            "starts_on",
            "ends_on",
            "goal",
            "about",
        ]
        widgets: ClassVar = {
            "starts_on": Day(),
            "ends_on": Day(),
            "about": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts: ClassVar = {
            "local_service": _(
                "The municipality's own service, with whom the companies are approached. The "
                "contract counts only those approached together."
            )
        }

    def clean(self) -> dict[str, Any]:
        """A campaign ends no earlier than it begins."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The campaign ends before it begins."))
        return cleaned


def _bands() -> list[tuple[str, str]]:
    return [(band.id, text(dict(band.label))) for band in bands()]


def from_five() -> list[str]:
    """The bands of companies with at least five employees."""
    return [band.id for band in bands() if band.low >= FROM_FIVE]


class FindForm(forms.Form):
    """What to look for."""

    kommune = forms.ChoiceField(label=_("Municipality"), choices=_places)
    ansatte = forms.MultipleChoiceField(
        label=_("Employees"), choices=_bands, widget=forms.CheckboxSelectMultiple
    )
    branche = forms.CharField(
        label=_("Industry"),
        required=False,
        max_length=100,
        help_text=_("The beginning of one or more industry codes, such as 25 or 4120."),
    )
    uden = forms.BooleanField(
        label=_("Leave out companies already approached this year"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)

    def wanted(self) -> Wanted:
        """The cleaned answers."""
        said = self.cleaned_data
        return Wanted(
            municipality=said["kommune"],
            bands=tuple(said["ansatte"]),
            industries=tuple(said["branche"]),
            without_approached=said["uden"],
        )

    def clean_branche(self) -> list[str]:
        """Digits of at most six, however they are parted."""
        codes = self.cleaned_data["branche"].replace(",", " ").replace(".", "").split()
        if any(not (code.isascii() and code.isdigit()) or len(code) > 6 for code in codes):
            raise forms.ValidationError(_("An industry code is at most six digits."))
        return codes


class BasisForm(WithReason):
    """Why a company may be contacted."""

    kind = forms.ChoiceField(label=_("Kind of basis"))
    text = forms.CharField(
        label=_("What it rests on"),
        help_text=_("Who said it and how, or which act and section. It is kept in the log."),
        max_length=2000,
        validators=[refuse_cpr],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    dated_on = forms.DateField(label=_("Date of the basis"), widget=Day())

    def __init__(self, *args: Any, protected: bool | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Where the register has said whether it is protected, there is nothing to look up.
        looked_up = protected is not None and BasisKind.NOT_PROTECTED
        kinds = [choice for choice in BasisKind.choices if choice[0] != looked_up]
        self.fields["kind"].choices = [("", _("Choose")), *kinds]  # type: ignore[attr-defined]


class CallForm(WithReason):
    """What came of a call. The outcome is the button that was pressed."""

    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        validators=[refuse_cpr],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    call_again_on = forms.DateField(label=_("Call again on"), required=False, widget=Day())
    contacted_on = forms.DateField(label=_("Day of the call"), widget=Day())
    with_local_service = forms.BooleanField(
        label=_("Together with the local business service"), required=False
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=Outcome.choices,
        error_messages={"required": _("Choose what came of the call.")},
    )

    def result(self) -> Result:
        """The cleaned answers."""
        said = self.cleaned_data
        return Result(
            outcome=said["outcome"],
            contacted_on=said["contacted_on"],
            with_local_service=said["with_local_service"],
            note=said["note"] or None,
            call_again_on=said["call_again_on"],
        )
