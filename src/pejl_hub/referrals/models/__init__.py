"""What is kept of referrals: the advisers outside, what they were asked, and with whose consent."""

from pejl_hub.referrals.models.consent import Consent, ConsentForm
from pejl_hub.referrals.models.letter import Letter, LetterState
from pejl_hub.referrals.models.provider import Provider, ProviderField, ProviderPlace
from pejl_hub.referrals.models.referral import (
    ClosedAs,
    RecipientKind,
    Referral,
    ReferralState,
    Step,
    StepKind,
)

__all__ = [
    "ClosedAs",
    "Consent",
    "ConsentForm",
    "Letter",
    "LetterState",
    "Provider",
    "ProviderField",
    "ProviderPlace",
    "RecipientKind",
    "Referral",
    "ReferralState",
    "Step",
    "StepKind",
]
