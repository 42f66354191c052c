"""Which step may follow which state in a referral's life. What is not here is refused."""

from pejl_hub.referrals.models import ReferralState as S
from pejl_hub.referrals.models import StepKind as K

# state -> the steps that may be taken from it
NEXT: dict[str, frozenset[str]] = {
    S.DRAFT: frozenset({K.SENT}),
    S.SENT: frozenset({K.ACCEPTED, K.DECLINED, K.REASSIGNED, K.CLOSED}),
    S.ACCEPTED: frozenset({K.REASSIGNED, K.CLOSED}),
    S.DECLINED: frozenset({K.REASSIGNED, K.CLOSED}),
    S.CLOSED: frozenset(),
}

# step -> the state it leads to
LEADS_TO: dict[str, str] = {
    K.SENT: S.SENT,
    K.ACCEPTED: S.ACCEPTED,
    K.DECLINED: S.DECLINED,
    K.REASSIGNED: S.SENT,
    K.CLOSED: S.CLOSED,
}
