"""The answer as people give it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pejl_hub.core.text import refuse_cpr
from pejl_hub.referrals.models import Referral
from pejl_hub.surveys.actions.answering import Given
from pejl_hub.surveys.models import COMMENT_LENGTH

YES, NO, NONE = "yes", "no", "none"
SCALE = [(str(score), str(score)) for score in range(11)]


class AnswerForm(forms.Form):
    """The contract's question, each referral, and a free text; only the first must be answered."""

    nps = forms.ChoiceField(
        choices=SCALE,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a number from 0 to 10."),
            "invalid_choice": _("Choose a number from 0 to 10."),
        },
    )
    comment = forms.CharField(
        required=False,
        max_length=COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5, "class": "form-input"}),
        validators=[refuse_cpr],
    )

    def __init__(self, *args: Any, referrals: Sequence[Referral], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.referrals = referrals
        for referral in referrals:
            self.fields[_name(referral)] = forms.ChoiceField(
                required=False,
                choices=[(YES, _("Yes")), (NO, _("No"))],
                widget=forms.RadioSelect,
            )
        if not referrals:
            self.fields["other_referral"] = forms.ChoiceField(
                required=False,
                choices=[
                    (NONE, _("No, I was not referred")),
                    (YES, _("Yes, and I used it")),
                    (NO, _("Yes, but I have not used it")),
                ],
                widget=forms.RadioSelect,
            )

    def asked_referrals(self) -> list[tuple[Referral, forms.BoundField]]:
        """Each referral with its field."""
        return [(referral, self[_name(referral)]) for referral in self.referrals]

    def given(self) -> Given:
        """What was answered; call it when the form is valid."""
        data = self.cleaned_data
        said = {one.pk: data[_name(one)] for one in self.referrals if data[_name(one)]}
        return Given(
            nps=int(data["nps"]),
            referrals={pk: choice == YES for pk, choice in said.items()},
            other_referral={YES: True, NO: False}.get(data.get("other_referral", "")),
            comment=data["comment"],
        )


def _name(referral: Referral) -> str:
    return f"referral_{referral.pk}"


class LeaveOutForm(forms.Form):
    """Why a guidance is left out of the evaluation."""

    guidance = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(max_length=500, validators=[refuse_cpr])
