"""What is typed: which report of which date, to whom it goes, and why."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pejl.base import wording
from pejl.contract.goal import Contract
from pejl_hub.accounts.models import User
from pejl_hub.core.templatetags.pejl import language
from pejl_hub.core.text import refuse_cpr
from pejl_hub.publishing.queries import edition_of, publishable_days
from pejl_hub.reporting.kinds import TERMS, Kind
from pejl_hub.reporting.models import Language
from pejl_hub.status.queries import contract_on, contracts, default_day

ALL_PLACES = "alle"


class AskForm(forms.Form):
    """A report of a date; the fields are those that the kind needs."""

    day = forms.ChoiceField(label=gettext_lazy("Counted up to"))
    place = forms.ChoiceField(label=gettext_lazy("Municipality"))
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=Language.choices)
    inside = forms.BooleanField(
        label=gettext_lazy("For the house alone: every figure, no reader outside"), required=False
    )

    def __init__(self, kind: Kind, today: date, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        terms = TERMS[kind]
        self.kind = kind
        if terms.readers and not terms.may_stay_inside:
            self.fields["day"].choices = _published_first(publishable_days(today))
        else:
            self.fields["day"] = forms.DateField(
                label=self.fields["day"].label,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )
        if terms.by_place:
            self.fields["place"].choices = _places(default_day())
        else:
            del self.fields["place"]
        if not terms.may_stay_inside:
            del self.fields["inside"]
        for field in self.fields.values():
            select = isinstance(field.widget, forms.Select)
            box = isinstance(field.widget, forms.CheckboxInput)
            look = "form-checkbox" if box else "form-select" if select else "form-input"
            field.widget.attrs["class"] = look

    def chosen_day(self) -> date:
        """The date, wherever it was chosen from."""
        day = self.cleaned_data["day"]
        return date.fromisoformat(day) if isinstance(day, str) else day

    def chosen_places(self) -> Sequence[str]:
        """Every municipality of the date, one of them, or the whole hub."""
        place = self.cleaned_data.get("place", "")
        if place != ALL_PLACES:
            return [place]
        contract = contract_on(self.chosen_day())
        return [] if contract is None else _codes(contract, self.chosen_day())


def _published_first(found: Sequence[date]) -> list[tuple[str, str]]:
    """The months' last days, each saying whether it is published."""
    return [(day.isoformat(), _day_label(day)) for day in found]


def _day_label(day: date) -> str:
    contract = contract_on(day)
    said = wording.day(day, language())
    if contract is not None and edition_of(contract, day):
        return said
    return _("%(day)s – not published yet") % {"day": said}


def _codes(contract: Contract, day: date) -> list[str]:
    names = contract.municipalities
    return sorted(contract.territory.on(day), key=lambda code: names[code].name)


def _places(day: date) -> list[tuple[str, str]]:
    """Each of the hub's municipalities, after all of them at once."""
    contract = contract_on(day) or contracts()[-1]
    codes = _codes(contract, day)
    every = _("All %(number)s municipalities, a report each") % {"number": len(codes)}
    return [(ALL_PLACES, every), *((code, contract.municipalities[code].name) for code in codes)]


class ReadersForm(forms.Form):
    """To whom the link is sent: readers of the hub, and further addresses."""

    readers = forms.MultipleChoiceField(
        label=gettext_lazy("Readers"), required=False, widget=forms.CheckboxSelectMultiple
    )
    addresses = forms.CharField(
        label=gettext_lazy("Further e-mail addresses"),
        help_text=gettext_lazy("One on each line. They get the link, and must sign in to read."),
        required=False,
        max_length=5000,
        validators=[refuse_cpr],
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-input"}),
    )

    def __init__(self, readers: Sequence[User], *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.users = {str(user.pk): user for user in readers}
        self.fields["readers"].choices = [(pk, _reader(user)) for pk, user in self.users.items()]
        if not readers:
            del self.fields["readers"]

    def chosen(self) -> list[User]:
        """The users who were ticked."""
        return [self.users[pk] for pk in self.cleaned_data.get("readers", ())]

    def lines(self) -> list[str]:
        """The further addresses."""
        return self.cleaned_data["addresses"].replace(",", "\n").replace(";", "\n").splitlines()


def _reader(user: User) -> str:
    said = f"{user.shown_name}, {user.get_role_display()}"
    return said if user.email else _("%(reader)s – no address, sees it here") % {"reader": said}


class ReasonForm(forms.Form):
    """Why: readers and the audit see it."""

    why = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        validators=[refuse_cpr],
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-input"}),
    )
