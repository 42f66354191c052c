"""What is asked: of an event, of somebody who signs up, and at the door."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pejl_hub.codes.models import ListName
from pejl_hub.codes.queries import choices
from pejl_hub.companies.cvr import is_cvr
from pejl_hub.companies.models import Language
from pejl_hub.core.text import refuse_cpr
from pejl_hub.events.actions.signing import Given
from pejl_hub.events.clients import tidy_cvr
from pejl_hub.events.house import house
from pejl_hub.events.models import Event

INPUT, SELECT, BOX = "form-input", "form-select", "form-checkbox"
NO_CVR = _("A CVR number has eight digits that check. Look it up, or leave it out.")


def dress(form: forms.BaseForm) -> None:
    """Give each control the design system's class."""
    for field in form.fields.values():
        dressed = INPUT
        if isinstance(field.widget, forms.Select):
            dressed = SELECT
        elif isinstance(field.widget, forms.CheckboxInput):
            dressed = BOX
        field.widget.attrs["class"] = dressed


class EditForm(forms.ModelForm):
    """An event, made or changed. A reason is asked for only when its period is closed."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=500, validators=[refuse_cpr]
    )

    class Meta:
        """The order is that of the page."""

        model = Event
        fields: ClassVar = [
            "title",
            "held_on",
            "starts_at",
            "ends_at",
            "form",
            "place",
            "link",
            "municipality",
            "priority_area",
            "round",
            "description",
            "capacity",
            "waiting_list",
            "opens_at",
            "closes_at",
            "published",
        ]
        widgets: ClassVar = {
            "held_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "starts_at": forms.TimeInput({"type": "time"}, format="%H:%M"),
            "ends_at": forms.TimeInput({"type": "time"}, format="%H:%M"),
            "opens_at": forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            "closes_at": forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            "description": forms.Textarea({"rows": 6}),
            "municipality": forms.Select,
        }
        labels: ClassVar = {"held_on": _("Date"), "form": _("Form of the event")}
        help_texts: ClassVar = {
            "round": _("Events of a national programme count as the programme's."),
            "capacity": _("Leave it empty when there is room for all."),
            "waiting_list": _("Whoever waits gets the seat that becomes free, and an e-mail."),
            "opens_at": _("Empty: at once."),
            "closes_at": _("Empty: when the event begins."),
            "published": _("The sign-up page is open to everybody who has the link."),
            "link": _("The address of the meeting, for those who take part online."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(house().municipalities)
        if (kept := self.instance.municipality) and kept not in names:
            names[kept] = kept
        self.fields["municipality"] = forms.TypedChoiceField(
            label=_("Municipality"),
            required=False,
            choices=[("", _("Unknown")), *names.items()],
            empty_value=None,
        )
        self.fields["priority_area"] = forms.TypedChoiceField(
            label=_("Priority area"),
            required=False,
            choices=[("", _("Unknown")), *self._areas()],
            empty_value=None,
        )
        rounds = self.fields["round"]
        rounds.queryset = rounds.queryset.select_related("programme").order_by(
            "programme__name", "name"
        )
        rounds.empty_label = _("Belongs to no programme")
        self.fields["capacity"].min_value = 0
        dress(self)

    def _areas(self) -> list[tuple[str, str]]:
        day, kept = self.instance.held_on or timezone.localdate(), self.instance.priority_area
        return choices(ListName.PRIORITY_AREA, on=day, keep=kept)

    def clean_title(self) -> str:
        """One line: it becomes the subject of letters."""
        return " ".join(self.cleaned_data["title"].split())

    def clean(self) -> dict[str, Any]:
        """What must fit together."""
        data = super().clean() or self.cleaned_data
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if ends and (not starts or ends < starts):
            self.add_error("ends_at", _("The end must come after the start."))
        if (
            (opens := data.get("opens_at"))
            and (closes := data.get("closes_at"))
            and closes <= opens
        ):
            self.add_error("closes_at", _("Sign-up must close after it opens."))
        if data.get("waiting_list") and data.get("capacity") is None:
            self.add_error("capacity", _("A waiting list needs a number of seats."))
        return data

    def values(self) -> dict[str, Any]:
        """The event's values; call it when the form is valid."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


def _cvr(typed: str) -> str:
    number = tidy_cvr(typed)
    if number and not is_cvr(number):
        raise ValidationError(NO_CVR, code="cvr")
    return number


class SignupForm(forms.Form):
    """The public page: who comes, and from which company, if any."""

    name = forms.CharField(
        max_length=200,
        validators=[refuse_cpr],
        error_messages={"required": _("Write your name.")},
    )
    email = forms.EmailField(
        max_length=254,
        validators=[refuse_cpr],
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write an e-mail address, such as name@example.dk."),
        },
    )
    cvr = forms.CharField(required=False, max_length=20)
    no_company = forms.BooleanField(required=False)
    consent = forms.BooleanField(
        error_messages={"required": _("Tick the box, so that we may keep your name.")}
    )

    def clean_name(self) -> str:
        """One line, and no address: the name stands in a letter that anybody can have sent."""
        name = " ".join(self.cleaned_data["name"].split())
        if "://" in name or "www." in name.lower():
            raise ValidationError(_("Write your name."), code="name")
        return name

    def clean_cvr(self) -> str:
        """Eight digits that check, or nothing."""
        return _cvr(self.cleaned_data["cvr"])

    def clean(self) -> dict[str, Any]:
        """Either a company or none: a forgotten number would be a row to settle by hand."""
        data = super().clean() or self.cleaned_data
        if "cvr" in data and not data["cvr"] and not data.get("no_company"):
            self.add_error("cvr", _("Write the CVR number, or tick that you have no company."))
        return data

    def given(self, language: str, consent: str) -> Given:
        """What was given; call it when the form is valid."""
        data = self.cleaned_data
        cvr = None if data["no_company"] else data["cvr"] or None
        return Given(data["name"], data["email"], cvr, language=language, consent=consent)


class WalkInForm(forms.Form):
    """Somebody at the door: a name is enough."""

    name = forms.CharField(label=_("Name"), max_length=200, validators=[refuse_cpr])
    email = forms.EmailField(
        label=_("E-mail"), required=False, max_length=254, validators=[refuse_cpr]
    )
    cvr = forms.CharField(label=_("CVR number"), required=False, max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)

    def clean_name(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_cvr(self) -> str:
        """Eight digits that check, or nothing."""
        return _cvr(self.cleaned_data["cvr"])

    def given(self) -> Given:
        """What was given; call it when the form is valid."""
        data = self.cleaned_data
        return Given(
            data["name"], data["email"] or None, data["cvr"] or None, language=Language.DANISH.value
        )


class CallOffForm(forms.Form):
    """Why an event does not take place."""

    because = forms.CharField(
        label=_("Why it is cancelled"), max_length=500, validators=[refuse_cpr]
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=500, validators=[refuse_cpr]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)
