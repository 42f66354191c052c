"""What is asked about an effort and its parts."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pejl_hub.closing.reason import WithReason
from pejl_hub.core.text import refuse_cpr, refuse_cpr_name
from pejl_hub.efforts.models import Partner
from pejl_hub.evidence.models import Effort, Milestone, MilestoneState, NoteState, ProgressNote

# States that a reader asks the reason of.
TO_EXPLAIN = (NoteState.AT_RISK, NoteState.OFF_TRACK, NoteState.STOPPED)


class Day(forms.DateInput):
    """A date in the browser's own picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def not_ahead(day: date) -> None:
    """ValidationError for a day that has not come yet."""
    if day > timezone.localdate():
        raise ValidationError(_("This day has not come yet."), code="ahead")


class EffortForm(WithReason, forms.ModelForm):
    """What the effort is called."""

    class Meta:
        """The goal stands in the address."""

        model = Effort
        fields: ClassVar = ["title"]


class PartnerForm(WithReason, forms.ModelForm):
    """An organisation and its part."""

    class Meta:
        """Only the organisation is needed."""

        model = Partner
        fields: ClassVar = ["organisation", "role", "contact", "email"]
        help_texts: ClassVar = {
            "contact": _("Seen by the hub's own people only."),
            "email": _("Seen by the hub's own people only."),
        }
        error_messages: ClassVar = {
            "__all__": {"unique_together": _("The organisation is a partner already.")}
        }

    def clean_organisation(self) -> str:
        """Once in an effort."""
        name = self.cleaned_data["organisation"]
        others = Partner.objects.filter(effort=self.instance.effort_id, organisation=name)
        if others.exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("The organisation is a partner already."))
        return name


class MilestoneForm(WithReason, forms.ModelForm):
    """A milestone. The day of one that is set already is moved on a page of its own."""

    class Meta:
        """Done has a day."""

        model = Milestone
        fields: ClassVar = ["title", "due_on", "owner", "state", "done_on"]
        widgets: ClassVar = {"due_on": Day(), "done_on": Day()}
        labels: ClassVar = {
            "title": _("What shall be reached"),
            "due_on": _("By when"),
            "done_on": _("Reached on"),
        }
        help_texts: ClassVar = {"done_on": _("Only for a milestone that is reached.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["due_on"]

    def clean_done_on(self) -> date | None:
        """Nothing is reached on a day to come."""
        day = self.cleaned_data["done_on"]
        if day:
            not_ahead(day)
        return day

    def clean(self) -> dict[str, Any]:
        """Reached has a day, and a day means reached."""
        cleaned = super().clean() or {}
        is_done = cleaned.get("state") == MilestoneState.DONE
        if is_done and not cleaned.get("done_on") and "done_on" not in self.errors:
            self.add_error("done_on", _("Write when it was reached."))
        if cleaned.get("done_on") and not is_done:
            self.add_error("state", _("It has a day on which it was reached: choose Done."))
        return cleaned


class PostponeForm(WithReason):
    """Another day, and why."""

    due_on = forms.DateField(label=_("The new day"), widget=Day())
    because = forms.CharField(
        label=_("Why it is moved"),
        help_text=_("The first day stays visible to the board, with this reason."),
        max_length=500,
        validators=[refuse_cpr],
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class NoteForm(WithReason, forms.ModelForm):
    """A dated account."""

    class Meta:
        """A state that is not as planned is explained."""

        model = ProgressNote
        fields: ClassVar = ["noted_on", "state", "text", "because"]
        widgets: ClassVar = {
            "noted_on": Day(),
            "text": forms.Textarea(attrs={"rows": 4}),
            "because": forms.Textarea(attrs={"rows": 2}),
        }
        labels: ClassVar = {
            "noted_on": _("Day"),
            "state": _("How it goes"),
            "text": _("What has happened"),
            "because": _("Why"),
        }
        help_texts: ClassVar = {
            "text": _("Two or three sentences. The board reads them as they stand."),
            "because": _("Needed when the effort is at risk, delayed or stopped."),
        }

    def clean_noted_on(self) -> date:
        """An account is of what has been."""
        not_ahead(self.cleaned_data["noted_on"])
        return self.cleaned_data["noted_on"]

    def clean(self) -> dict[str, Any]:
        """Whoever is late says why."""
        cleaned = super().clean() or {}
        wanted = cleaned.get("state") in TO_EXPLAIN and "because" not in self.errors
        if wanted and not cleaned.get("because"):
            self.add_error("because", _("Write why the effort does not go as planned."))
        return cleaned


class PaperForm(WithReason):
    """A file and what it is."""

    file = forms.FileField(
        label=_("File"),
        validators=[refuse_cpr_name],
        help_text=_(
            "PDF, Word, Excel or PowerPoint without macros, PNG or JPEG; at most 10 MB. No CPR "
            "numbers in it."
        ),
    )
    about = forms.CharField(
        label=_("What it is"), required=False, max_length=300, validators=[refuse_cpr]
    )
