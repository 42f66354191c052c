"""The form of each step of a referral's life."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pejl_hub.accounts.models import User
from pejl_hub.closing.reason import WithReason, dress
from pejl_hub.referrals.actions.consents import give_consent, withdraw_consent
from pejl_hub.referrals.actions.drafts import change_draft, remove_draft
from pejl_hub.referrals.actions.moves import answer, close, reassign, send, undo_last
from pejl_hub.referrals.forms.fields import day_field, provider_field, text_field
from pejl_hub.referrals.forms.recording import Wanting, WithConsent
from pejl_hub.referrals.models import ClosedAs, Consent, Provider, Referral, ReferralState
from pejl_hub.referrals.queries import offered


class StepForm(WithReason):
    """A step on a referral: its heading, its button, and what it does."""

    title: Promise
    button: Promise = _("Save")
    about: Promise | str = ""

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.referral = referral
        if "on" in self.fields:
            self.fields["on"].initial = timezone.localdate()
        self.prepare()
        dress(self)

    def prepare(self) -> None:
        """Fill in what depends on the referral."""

    def store(self, by: User) -> Referral | None:
        """Take the step."""
        raise NotImplementedError


class DraftForm(Wanting, StepForm):
    """Another adviser, reason or purpose for a draft."""

    title = _("Change the draft")

    def prepare(self) -> None:
        """As it stands."""
        referral = self.referral
        self.offer(referral.guidance.municipality, keep=referral)
        self.initial |= {
            "provider": referral.provider_id,
            "why": referral.reason,
            "purpose": referral.purpose,
        }

    def store(self, by: User) -> Referral:
        """Change it."""
        return change_draft(referral=self.referral, wanted=self.wanted(), by=by)


class RemoveForm(StepForm):
    """Nothing to fill in: only whether it shall be done."""

    title = _("Delete the draft?")
    about = _("The draft and its consents are deleted. Nothing has been sent.")
    button = _("Delete the draft")

    def store(self, by: User) -> None:
        """Take it away."""
        remove_draft(referral=self.referral, by=by)


class ConsentStepForm(WithConsent, StepForm):
    """The client's consent to tell the present adviser."""

    title = _("Record the client's consent")
    about = _("The consent is to tell this adviser only.")

    def store(self, by: User) -> Referral:
        """Keep the consent."""
        provider = self.referral.provider
        if provider is None:
            raise ValueError("Only a referral to an adviser in the registry asks for consent.")
        give_consent(referral=self.referral, given=self.given(), by=by, provider=provider)
        return self.referral


class SendForm(StepForm):
    """The day a draft is sent."""

    title = _("Send the referral")
    about = _("From this day it counts as sent. No e-mail is written unless you ask for it after.")
    button = _("Send")
    on = day_field(_("Sent on"))

    def store(self, by: User) -> Referral:
        """Send it."""
        data = self.cleaned_data
        return send(referral=self.referral, on=data["on"], by=by, reason=data["reason"])


class AnswerForm(StepForm):
    """What the adviser said."""

    title = _("Record the adviser's answer")
    accepted = forms.ChoiceField(
        label=_("Do they take it?"),
        choices=[
            (ReferralState.ACCEPTED, _("Yes, accepted")),
            (ReferralState.DECLINED, _("No, declined")),
        ],
        widget=forms.RadioSelect,
    )
    on = day_field(_("The answer came on"))
    note = text_field(_("What did they say?"), required=False)

    def store(self, by: User) -> Referral:
        """Keep the answer."""
        data = self.cleaned_data
        return answer(
            referral=self.referral,
            accepted=data["accepted"] == ReferralState.ACCEPTED,
            on=data["on"],
            note=data["note"],
            by=by,
            reason=data["reason"],
        )


class CloseForm(StepForm):
    """How a referral ended."""

    title = _("Close the referral")
    button = _("Close")
    closed_as = forms.ChoiceField(
        label=_("How did it end?"), choices=ClosedAs.choices, widget=forms.RadioSelect
    )
    note = text_field(_("Why?"), required=True, long=True)
    on = day_field(_("Closed on"))

    def store(self, by: User) -> Referral:
        """End it."""
        return close(referral=self.referral, by=by, **self.cleaned_data)


class ReassignForm(WithConsent, StepForm):
    """Another adviser, why, and the client's consent to tell that one."""

    title = _("Send it to another adviser")
    button = _("Send")
    about = _("It goes on counting as one referral, on the day it was first sent.")
    provider = provider_field()
    note = text_field(_("Why another?"), required=True)
    on = day_field(_("Sent on"))
    field_order: ClassVar = ["provider", "note", *WithConsent.CONSENT, "on"]

    def prepare(self) -> None:
        """Everybody but the one who has it."""
        groups = offered(
            timezone.localdate(),
            self.referral.guidance.municipality,
            besides=self.referral.provider_id,
        )
        self.fields["provider"].choices = [("", _("Choose")), *groups]
        self.fields["given_by"].label = _("Who consented to telling the new adviser?")

    def store(self, by: User) -> Referral:
        """Send it on."""
        data = self.cleaned_data
        return reassign(
            referral=self.referral,
            provider=Provider.objects.get(pk=data["provider"]),
            consent=self.given(),
            note=data["note"],
            on=data["on"],
            by=by,
            reason=data["reason"],
        )


class UndoForm(StepForm):
    """Nothing to fill in, but the reason where the month is closed."""

    title = _("Undo the last step?")
    button = _("Undo")
    about = _("It becomes as it was before. An e-mail that has been sent cannot be called back.")

    def store(self, by: User) -> Referral:
        """Take it back."""
        return undo_last(referral=self.referral, by=by, reason=self.cleaned_data["reason"])


class WithdrawForm(WithReason):
    """The day a consent was withdrawn."""

    on = day_field(_("Withdrawn on"))

    def store(self, consent: Consent, by: User) -> Consent:
        """Keep the withdrawal."""
        return withdraw_consent(consent=consent, on=self.cleaned_data["on"], by=by)


# The last part of the address -> the step.
STEPS: dict[str, type[StepForm]] = {
    "ret": DraftForm,
    "slet": RemoveForm,
    "samtykke": ConsentStepForm,
    "send": SendForm,
    "svar": AnswerForm,
    "videre": ReassignForm,
    "afslut": CloseForm,
    "fortryd": UndoForm,
}
