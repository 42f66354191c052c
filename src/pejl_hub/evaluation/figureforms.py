"""What is asked when somebody enters a figure that others measured."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pejl.contract.goal import Contract
from pejl_hub.core.text import refuse_cpr, refuse_cpr_name
from pejl_hub.evaluation.taking import expected
from pejl_hub.status import present

NUMBERS = ("value", "n", "interval_low", "interval_high", "asked")
DAYS = ("measured_on", "period_from", "period_to")
WIDTHS = dict.fromkeys((*NUMBERS, *DAYS), "input-width-s")


class Dressed(forms.Form):
    """A form in the design system's clothes, whose reason is asked for only when it is needed."""

    closed = False  # whether the period is closed, so that a reason is needed

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            clothes = "form-select" if isinstance(field.widget, forms.Select) else "form-input"
            field.widget.attrs["class"] = f"{clothes} {WIDTHS.get(name, '')}".strip()
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"id_{name}-hint"

    def shown(self) -> list[forms.BoundField]:
        """The fields to show."""
        return [field for field in self if field.name != "reason" or self.closed]


class Sourced(Dressed):
    """What both forms ask: who measured, and why a closed period changes when it does."""

    source = forms.CharField(
        label=_("Who measured it"),
        help_text=_("The authority or the firm, as it shall be shown beside the figure."),
        max_length=200,
        validators=[refuse_cpr],
    )
    reason = forms.CharField(
        label=_("Why a closed period changes"),
        help_text=_("It is shown as a correction that everybody can see."),
        required=False,
        max_length=500,
        validators=[refuse_cpr],
    )


class FigureForm(Sourced):
    """One figure, typed. Numbers and days are read as in the file, so that one rule serves both."""

    goal = forms.ChoiceField(label=_("Goal"))
    value = forms.CharField(
        label=_("Figure"),
        help_text=_("NPS in points (−100 to 100), shares in per cent."),
        max_length=30,
    )
    n = forms.CharField(label=_("Answers (n)"), max_length=12)
    measured_on = forms.CharField(
        label=_("Known from"),
        help_text=_("From this day the figure counts in the status."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    interval_low = forms.CharField(
        label=_("95 % interval, low end"),
        help_text=_("Leave both ends out when the source gives none: ours is then shown as ours."),
        required=False,
        max_length=30,
    )
    interval_high = forms.CharField(
        label=_("95 % interval, high end"), required=False, max_length=30
    )
    method = forms.CharField(
        label=_("Method"),
        help_text=_("How it was measured, in the source's own words."),
        required=False,
        max_length=500,
        validators=[refuse_cpr],
    )
    period_from = forms.CharField(
        label=_("About the days from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    period_to = forms.CharField(
        label=_("About the days to"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    asked = forms.CharField(label=_("How many were asked"), required=False, max_length=12)
    mix = forms.CharField(
        label=_("Answers in each group"),
        help_text=_("By segment or size, as growth=40;operating=60. Ours is then weighted alike."),
        required=False,
        max_length=500,
        validators=[refuse_cpr],
    )

    field_order = (
        "goal", "source", "value", "n", "measured_on", "method", "interval_low", "interval_high",
        "period_from", "period_to", "asked", "mix", "reason",
    )  # fmt: skip

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goals = expected(contract).units
        choices = [(goal, present.text(contract.goals[goal].label)) for goal in goals]
        self.fields["goal"].choices = choices  # type: ignore[attr-defined]

    def cells(self) -> dict[str, str]:
        """What was typed, as a line of the file has it."""
        return {name: text for name, text in self.cleaned_data.items() if name not in OWN}


OWN = ("source", "reason")


class FigureFileForm(Sourced):
    """A file of figures."""

    file = forms.FileField(
        label=_("The file"),
        validators=[refuse_cpr_name],
        help_text=_("CSV with a line of column names and a figure in each line after it."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    field_order = ("file", "source", "reason")


class WithdrawForm(Dressed):
    """Why a figure shall count no more."""

    why = forms.CharField(
        label=_("Why the figure is withdrawn"), max_length=500, validators=[refuse_cpr]
    )
    reason = Sourced.base_fields["reason"]
