"""The forms of clients: a company, its facts and contacts, a person, a link, a merge."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from pejl_hub.closing.reason import WithReason
from pejl_hub.companies.cvr import is_cvr
from pejl_hub.companies.following import company_of, survivor
from pejl_hub.companies.models import (
    Company,
    CompanyIndustry,
    CompanyMunicipality,
    CompanySize,
    Contact,
    Person,
)
from pejl_hub.companies.search import cvr_digits
from pejl_hub.companies.templatetags.places import municipalities
from pejl_hub.core.text import refuse_cpr


class Day(forms.DateInput):
    """A day as the browser asks for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def place_field(**options: Any) -> forms.TypedChoiceField:
    """One of the country's municipalities, or unknown."""
    return forms.TypedChoiceField(
        label=_("Municipality"),
        required=False,
        empty_value=None,
        choices=lambda: [("", _("Unknown")), *municipalities()],
        **options,
    )


def cvr_of(text: str) -> str:
    """The CVR number in what was typed; ValidationError when there is none."""
    digits = cvr_digits(text) or ""
    if not is_cvr(digits):
        raise forms.ValidationError(_("A CVR number has eight digits that check."), code="cvr")
    return digits


class CompanyForm(WithReason, forms.ModelForm):
    """The company itself; what changes with time are its facts."""

    class Meta:
        """Everything but the CVR number, which names it."""

        model = Company
        fields: ClassVar = ["name", "form", "founded", "advertising_protected"]
        widgets: ClassVar = {
            "founded": Day(),
            "advertising_protected": forms.NullBooleanSelect(),
        }


class NewCompanyForm(CompanyForm):
    """A company that is not on record yet."""

    cvr = forms.CharField(label=_("CVR number"), max_length=20)
    field_order: ClassVar = ["cvr", "name"]

    def clean_cvr(self) -> str:
        """Eight digits, however they are spaced, of a company that is not on record."""
        cvr = cvr_of(self.cleaned_data["cvr"])
        if Company.objects.filter(cvr=cvr).exists():
            raise forms.ValidationError(_("The company is on record already: search for it."))
        if kept := survivor(cvr):
            raise forms.ValidationError(
                _("The number was merged into %(kept)s. Use that company, or undo the merge first.")
                % {"kept": kept}
            )
        return cvr


class PersonForm(WithReason, forms.ModelForm):
    """A private person without a CVR number."""

    email = forms.EmailField(label=_("E-mail"), required=False, empty_value=None)
    municipality = place_field()

    class Meta:
        """What is known of them."""

        model = Person
        fields: ClassVar = ["name", "email", "municipality"]


class ContactForm(WithReason, forms.ModelForm):
    """Somebody in the company whom the hub may write to."""

    class Meta:
        """The company is given."""

        model = Contact
        fields: ClassVar = ["name", "email", "language", "is_main"]


class _FactForm(WithReason, forms.ModelForm):
    class Meta:
        """The day from which it holds, and its value."""

        fields: ClassVar = ["from_date"]
        widgets: ClassVar = {"from_date": Day()}


class SizeForm(_FactForm):
    """How many employees from a day on."""

    class Meta(_FactForm.Meta):
        """Unknown is no number."""

        model = CompanySize
        fields: ClassVar = ["employees", "from_date"]


class PlaceForm(_FactForm):
    """Where the company is from a day on."""

    municipality = place_field()

    class Meta(_FactForm.Meta):
        """A code of the country's municipalities."""

        model = CompanyMunicipality
        fields: ClassVar = ["municipality", "from_date"]


class IndustryForm(_FactForm):
    """The main industry from a day on."""

    class Meta(_FactForm.Meta):
        """A code means nothing without its nomenclature."""

        model = CompanyIndustry
        fields: ClassVar = ["code", "nomenclature", "from_date"]


FACT_FORMS = {"ansatte": SizeForm, "kommune": PlaceForm, "branche": IndustryForm}


class LinkForm(WithReason):
    """The company that a person founded later."""

    cvr = forms.CharField(label=_("CVR number of the company founded"), max_length=20)
    company: Company

    def clean_cvr(self) -> str:
        """A company on record."""
        cvr = cvr_of(self.cleaned_data["cvr"])
        found = company_of(cvr)
        if found is None:
            raise forms.ValidationError(_("No company has that number here. Make it first."))
        self.company = found
        return cvr


class MergeForm(WithReason):
    """Why two are one, and which fields to take from the one that goes."""

    why = forms.CharField(
        label=_("Why are they one?"), max_length=500, validators=[refuse_cpr],
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
