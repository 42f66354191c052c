"""What is asked about a step, a contract's file and an amendment."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pejl_hub.agreements.amending import Awaiting, Decision
from pejl_hub.contracts.models import Kind
from pejl_hub.contracts.steps import STEPS
from pejl_hub.core.templatetags.pejl import text
from pejl_hub.core.text import refuse_cpr, refuse_cpr_name

WHO = {
    Kind.SUBMITTED: _("The board"),
    Kind.SENT_KL: _("The director"),
    Kind.SENT_AUTHORITY: _("The director"),
    Kind.REPORTED: _("The director"),
}
PAPERS = ".pdf,.docx,.txt"


class Day(forms.DateInput):
    """A date in the browser's own picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"class": "form-input"})


def words(label: Any, **more: Any) -> forms.CharField:
    """A line of text that holds no CPR number."""
    widget = forms.TextInput(attrs={"class": "form-input"})
    return forms.CharField(label=label, widget=widget, validators=[refuse_cpr], **more)


class StepForm(forms.Form):
    """When a step was taken, by whom, and the document that shows it."""

    day = forms.DateField(label=_("Day"), widget=Day())
    who = words(_("Who did it"), max_length=200)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        validators=[refuse_cpr],
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-input"}),
    )
    document = forms.FileField(
        label=_("Document"),
        validators=[refuse_cpr_name],
        required=False,
        help_text=_("PDF, Word or text, at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": PAPERS}),
    )

    def __init__(self, *args: Any, kind: Kind, **options: Any) -> None:
        started = {"day": timezone.localdate(), "who": WHO.get(kind, "KKR")}
        super().__init__(*args, initial=started, **options)
        self.fields["document"].required = STEPS[kind].needs_document
        if STEPS[kind].final:
            self.fields["sure"] = forms.BooleanField(
                label=_("I know that this cannot be undone"),
            )


class AmendForm(forms.Form):
    """A decision that settles what goals await: its text, its days, and each goal's number."""

    decided_on = forms.DateField(label=_("Decided"), widget=Day())
    effective_from = forms.DateField(label=_("Holds from"), widget=Day())
    decided_by = words(_("Decided by"), max_length=200)
    document = forms.FileField(
        label=_("The decision's text"),
        validators=[refuse_cpr_name],
        help_text=_("A text file (UTF-8) with the words of the decision."),
        widget=forms.FileInput(attrs={"accept": ".txt"}),
    )
    heading = words(_("Heading in the text"), max_length=300)
    quote = forms.CharField(
        label=_("The words with the numbers, as they stand in the text"),
        validators=[refuse_cpr],
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-input"}),
    )

    def __init__(self, *args: Any, goals: Sequence[Awaiting], **options: Any) -> None:
        super().__init__(*args, **options)
        self.goals = goals
        for one in goals:
            self._add(one)

    def _add(self, one: Awaiting) -> None:
        self.fields[f"take_{one.goal.id}"] = forms.BooleanField(
            label=text(dict(one.goal.label)),
            required=False,
            initial=True,
        )
        if one.expected is not None:
            self.fields[f"number_{one.goal.id}"] = forms.DecimalField(
                label=_("Agreed number"),
                required=False,
                localize=True,
                initial=one.expected,
                widget=forms.TextInput(attrs={"class": "form-input", "inputmode": "decimal"}),
            )

    def rows(self) -> list[dict[str, Any]]:
        """Each goal with its fields."""
        return [
            {
                "take": self[f"take_{one.goal.id}"],
                "number": self[f"number_{one.goal.id}"] if one.expected is not None else None,
                "awaiting": one,
            }
            for one in self.goals
        ]

    def clean(self) -> dict[str, Any]:
        """A goal with a number is settled with one."""
        cleaned = dict(super().clean() or {})
        for one in self.goals:
            missing = one.expected is not None and cleaned.get(f"number_{one.goal.id}") is None
            if cleaned.get(f"take_{one.goal.id}") and missing:
                self.add_error(f"number_{one.goal.id}", _("Write the agreed number."))
        return cleaned

    def decision(self) -> Decision:
        """What was decided, once the form is valid."""
        given = self.cleaned_data
        numbers: dict[str, Decimal | None] = {
            one.goal.id: given.get(f"number_{one.goal.id}")
            for one in self.goals
            if given[f"take_{one.goal.id}"]
        }
        return Decision(
            decided_on=given["decided_on"],
            effective_from=given["effective_from"],
            decided_by=given["decided_by"],
            file_name=PurePath(given["document"].name).name,
            text=given["document"].read(),
            heading=given["heading"],
            quote=given["quote"],
            numbers=numbers,
        )
