"""The forms of the registry of advisers."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pejl_hub.accounts.models import User
from pejl_hub.closing.reason import WithReason
from pejl_hub.codes.models import ListName
from pejl_hub.codes.queries import choices
from pejl_hub.companies.cvr import validate_cvr
from pejl_hub.companies.search import cvr_digits
from pejl_hub.companies.templatetags.places import municipalities
from pejl_hub.referrals.actions.providers import end_provider, save_provider
from pejl_hub.referrals.forms.fields import day_field
from pejl_hub.referrals.models import Provider
from pejl_hub.referrals.registry import alike, same


class ProviderForm(WithReason, forms.ModelForm):
    """An adviser in the registry. Nearly the same name must be said to be another's."""

    cvr = forms.CharField(label=_("CVR number"), max_length=20, required=False)
    fields_of_advice = forms.MultipleChoiceField(
        label=_("Fields of advice"), widget=forms.CheckboxSelectMultiple, required=False
    )
    places = forms.MultipleChoiceField(
        label=_("Municipalities covered"),
        help_text=_("Choose none when they advise in the whole country."),
        widget=forms.SelectMultiple(attrs={"size": 8, "class": "form-select referral-many"}),
        required=False,
    )
    website = forms.URLField(
        label=_("Web address"), required=False, empty_value=None, assume_scheme="https"
    )
    another = forms.BooleanField(label=_("This is another adviser"), required=False)
    field_order: ClassVar = [
        "name", "kind", "cvr", "fields_of_advice", "places", "contact_name", "email", "phone",
        "website", "note", "active_from", "active_to", "another",
    ]  # fmt: skip

    class Meta:
        """What is known of them."""

        model = Provider
        fields: ClassVar = [
            "name", "kind", "contact_name", "email", "phone", "website", "note",
            "active_from", "active_to",
        ]  # fmt: skip
        widgets: ClassVar = {
            name: forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            for name in ("active_from", "active_to")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        has = self.instance.pk is not None
        chosen = [one.code for one in self.instance.fields.all()] if has else []
        today = timezone.localdate()
        listed = choices(ListName.NEED, on=today)
        kept = [pair for code in chosen for pair in choices(ListName.NEED, on=today, keep=code)]
        self.fields["fields_of_advice"].choices = list(dict.fromkeys([*listed, *kept]))
        self.fields["places"].choices = municipalities()
        self.alike: list[Provider] = []
        self.known: Provider | None = None
        if has:
            self.initial |= {
                "cvr": self.instance.cvr,
                "fields_of_advice": chosen,
                "places": [one.municipality for one in self.instance.places.all()],
            }
        else:
            self.initial.setdefault("active_from", today)

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """The question whether it is another only when there is one alike."""
        return [f for f in super().shown_fields if f.name != "another" or self.alike]

    def clean_cvr(self) -> str | None:
        """Eight digits, however they are spaced; None when empty."""
        typed = self.cleaned_data["cvr"].strip()
        digits = cvr_digits(typed) or typed
        if typed:
            validate_cvr(digits)
        return digits or None

    def clean(self) -> dict[str, Any]:
        """Nobody is kept twice."""
        data = super().clean() or {}
        name, besides = data.get("name", ""), self.instance.pk
        self.known = same(name, data.get("cvr"), besides=besides) if name else None
        if self.known:
            self.add_error("name", _("The adviser is in the registry already."))
        elif name:
            self.alike = alike(name, besides=besides)
            if self.alike and not data.get("another"):
                words = _("There is one with nearly that name. Look, or say that it is another.")
                self.add_error("another", words)
        return data

    def store(self, by: User) -> Provider:
        """Make or change the adviser."""
        provider = self.save(commit=False)
        provider.cvr = self.cleaned_data["cvr"]
        return save_provider(
            provider=provider,
            fields=self.cleaned_data["fields_of_advice"],
            places=self.cleaned_data["places"],
            by=by,
        )


class EndForm(WithReason):
    """The last day an adviser is used."""

    on = day_field(_("Last day"))

    def store(self, provider: Provider, by: User) -> Provider:
        """Take them out of use."""
        return end_provider(provider=provider, on=self.cleaned_data["on"], by=by)
