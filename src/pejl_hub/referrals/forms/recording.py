"""The form of a new referral, and the two parts of it that steps ask for again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pejl_hub.accounts.models import User
from pejl_hub.closing.reason import WithReason, dress
from pejl_hub.codes.models import ListName
from pejl_hub.codes.queries import choices
from pejl_hub.guidance.models import Guidance
from pejl_hub.referrals.actions.consents import Given
from pejl_hub.referrals.actions.drafts import Wanted, refer
from pejl_hub.referrals.forms.fields import day_field, provider_field, text_field
from pejl_hub.referrals.models import ConsentForm, Provider, Referral
from pejl_hub.referrals.queries import offered


@dataclass(frozen=True)
class Part:
    """Some of a form's fields, for the template of the house."""

    shown_fields: list[forms.BoundField]
    non_field_errors: tuple[str, ...] = ()
    hidden_fields: tuple[forms.BoundField, ...] = ()


class WithConsent(WithReason):
    """The fields of a consent; ``has_consent`` says whether one is given at all."""

    use_required_attribute = False  # a form without consent is sent with these left empty
    given_by = text_field(_("Who gave the consent?"), required=True, max_length=200)
    given_on = day_field(_("When?"))
    how = forms.ChoiceField(label=_("How?"), choices=ConsentForm.choices, widget=forms.RadioSelect)
    tells = forms.MultipleChoiceField(
        label=_("What may the adviser be told, beside who the client is?"),
        choices=[
            ("purpose", _("What help is needed")),
            ("contact", _("Name and e-mail of the contact")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = text_field(_("Anything else that was agreed"), required=False)
    CONSENT = ("given_by", "given_on", "how", "tells", "words")
    NEEDED = ("given_by", "given_on", "how")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["given_on"].initial = timezone.localdate()
        self.fields["how"].initial = ConsentForm.SPOKEN

    def full_clean(self) -> None:
        """A consent says who gave it, when and how; without one nothing is asked."""
        for name in self.NEEDED:
            self.fields[name].required = self.has_consent
        super().full_clean()
        for name in self.NEEDED:
            self.fields[name].required = True

    def clean_given_on(self) -> date | None:
        """A day that has come."""
        day = self.cleaned_data["given_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("The day has not come yet."))
        return day

    @property
    def has_consent(self) -> bool:
        """Whether a consent is given by the form."""
        return True

    def given(self) -> Given:
        """The consent; call it when the form is valid."""
        data = self.cleaned_data
        return Given(
            given_by=data["given_by"],
            given_on=data["given_on"],
            form=data["how"],
            tells_purpose="purpose" in data["tells"],
            tells_contact="contact" in data["tells"],
            words=data["words"],
        )


class Wanting(WithReason):
    """Adviser, reason and purpose."""

    provider = provider_field()
    why = forms.ChoiceField(label=_("Reason for the referral"))
    purpose = text_field(_("What do they need help with?"), required=False, max_length=200)

    def offer(self, municipality: str | None, *, keep: Referral | None = None) -> None:
        """Fill the choices for a guidance in the municipality."""
        today, code = timezone.localdate(), keep.reason if keep else None
        held = keep.provider_id if keep else None
        self.fields["provider"].choices = [
            ("", _("Choose")), *offered(today, municipality, keep=held),
        ]  # fmt: skip
        self.fields["why"].choices = [
            ("", _("Choose")), *choices(ListName.REFERRAL_REASON, on=today, keep=code),
        ]  # fmt: skip

    def wanted(self) -> Wanted:
        """What the draft says; call it when the form is valid."""
        data = self.cleaned_data
        provider = Provider.objects.get(pk=data["provider"])
        return Wanted(provider, data["why"], data["purpose"])


class NewForm(WithConsent, Wanting):
    """A referral: to whom and why, whether the client consents, and when it is sent."""

    guidance = forms.ModelChoiceField(label=_("After which guidance?"), queryset=None)
    agreed = forms.BooleanField(label=_("The client has consented to the referral"), required=False)
    on = day_field(_("Sent on"), required=False)
    field_order: ClassVar = [
        "guidance", "provider", "why", "purpose", "agreed", *WithConsent.CONSENT, "on",
    ]  # fmt: skip

    def __init__(self, *args: Any, guidances: Sequence[Guidance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guidance"].queryset = Guidance.objects.filter(
            pk__in=[one.pk for one in guidances]
        ).order_by("-held_on", "-pk")
        self.fields["guidance"].empty_label = None
        self.fields["guidance"].initial = guidances[0].pk
        self.fields["on"].initial = timezone.localdate()
        self.offer(guidances[0].municipality)
        dress(self)

    @property
    def has_consent(self) -> bool:
        """Only when the box is ticked."""
        return bool(self.data.get("agreed"))

    def parts(self) -> dict[str, Part]:
        """The fields before the consent, the consent's own, and those after."""
        last, shown = ("on", "reason"), self.shown_fields
        before = [f for f in shown if f.name not in (*self.CONSENT, *last)]
        errors = tuple(self.non_field_errors())
        return {
            "first": Part(before, errors, tuple(self.hidden_fields())),
            "consent": Part([f for f in shown if f.name in self.CONSENT]),
            "last": Part([f for f in shown if f.name in last]),
        }

    @property
    def sends(self) -> bool:
        """Whether the button pressed was the one that sends."""
        return "send" in self.data

    def clean(self) -> dict[str, Any]:
        """What is sent has a consent and a day."""
        data = super().clean() or {}
        if self.sends and not data.get("agreed"):
            self.add_error(
                "agreed",
                _("Without consent it cannot be sent. Save it as a draft, and ask the client."),
            )
        if self.sends and not data.get("on") and "on" not in self.errors:
            self.add_error("on", _("Say which day it is sent."))
        return data

    def store(self, by: User) -> Referral:
        """Keep it, and send it when that was asked for."""
        data = self.cleaned_data
        return refer(
            guidance=data["guidance"],
            wanted=self.wanted(),
            by=by,
            consent=self.given() if self.has_consent else None,
            on=data["on"] if self.sends else None,
            reason=data["reason"],
        )
