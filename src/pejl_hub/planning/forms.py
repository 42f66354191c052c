"""What is asked of the adviser: how sure, which target, how many advisers; answers that count."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pejl.targets.capacity import Change
from pejl_hub.closing.reason import dress


class Asking(forms.Form):
    """A form sent by address; what is left out is what the page would have asked."""

    def __init__(self, asked: Any, starts: dict[str, Any] | None = None) -> None:
        first = {name: field.initial for name, field in self.base_fields.items()}
        self.starts = {k: v for k, v in (first | (starts or {})).items() if v is not None}
        given = {name: asked[name] for name in self.base_fields if asked.get(name)}
        # Nothing to start with and nothing asked: the form is empty, not wrong.
        super().__init__(self.starts | given or None)
        dress(self)

    def said(self, name: str) -> Any:
        """The cleaned answer, or what the page starts with where it was refused or left out."""
        self.is_valid()
        found = getattr(self, "cleaned_data", {}).get(name)
        return self.starts.get(name) if found is None else found


class CertaintyForm(Asking):
    """How sure a promise shall be."""

    sikkerhed = forms.IntegerField(
        label=_("How sure, in percent"), min_value=50, max_value=99, initial=80
    )

    @property
    def certainty(self) -> float:
        """Between 0 and 1."""
        return int(self.said("sikkerhed")) / 100


class CountForm(CertaintyForm):
    """A count: also a proposed target, and fewer or more advisers."""

    maal = forms.FloatField(
        label=_("A proposed target"), required=False, min_value=0, max_value=10_000_000
    )
    faerre = forms.FloatField(
        label=_("Advisers fewer"),
        help_text=_("In full-time posts, such as 2 or 0.5. Minus means more: -1."),
        required=False,
        min_value=-1000,
        max_value=1000,
        initial=0,
    )
    aaret = forms.IntegerField(
        label=_("For how much of the year, in percent"),
        required=False,
        min_value=0,
        max_value=100,
        initial=100,
    )
    overtager = forms.IntegerField(
        label=_("How much colleagues take over, in percent"),
        help_text=_("Your own assumption: 0 when nobody does their work."),
        required=False,
        min_value=0,
        max_value=100,
        initial=0,
    )

    @property
    def change(self) -> Change:
        """The change in capacity that is asked about."""
        of_year, uptake = self.said("aaret") / 100, self.said("overtager") / 100
        return Change(float(self.said("faerre")), of_year, uptake)


class ShareForm(CertaintyForm):
    """A share: also a proposed target, in percent."""

    maal = forms.FloatField(
        label=_("A proposed target, in percent"), required=False, min_value=0, max_value=100
    )


class SampleForm(Asking):
    """NPS or the use of referrals: how precise, and what is thought to be true."""

    bredde = forms.FloatField(
        label=_("The interval shall be plus or minus"), min_value=0.1, max_value=100
    )
    sand = forms.FloatField(
        label=_("What the figure is thought to be"),
        help_text=_("To show that the target is met, it must lie beyond the target."),
        required=False,
        min_value=-100,
        max_value=100,
    )
    spurgte = forms.IntegerField(
        label=_("How many are asked"), required=False, min_value=1, max_value=1_000_000
    )


class EffectForm(Asking):
    """An effect goal: how many are guided, and how unlike companies are."""

    vejledte = forms.IntegerField(
        label=_("Guided companies that can be followed"), min_value=2, max_value=1_000_000
    )
    spredning = forms.FloatField(
        label=_("How much companies' growth spreads, in percentage points"),
        help_text=_("The standard deviation. It stands in a results file of the effect tool."),
        min_value=0.1,
        max_value=1000,
    )
