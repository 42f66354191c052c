"""Which alerts are for whom, and which of them somebody has not read."""

from django.db.models import Exists, OuterRef, QuerySet

from pejl_hub.accounts.access import Action, may
from pejl_hub.accounts.models import User
from pejl_hub.alerts.models import Alert, AlertKind, AlertSetting, Seen

# A close is for those who can sign one, a duty for those who keep the wheel; all else for those who
# look after the data.
FOR: dict[AlertKind, Action] = {
    AlertKind.LEFT: Action.SEE_QUALITY,
    AlertKind.REGAINED: Action.SEE_QUALITY,
    AlertKind.WORSE: Action.SEE_QUALITY,
    AlertKind.CLOSE_DUE: Action.CLOSE,
    AlertKind.DUTY_LATE: Action.KEEP_PLANS,
}


def alerts_for(user: User) -> QuerySet[Alert]:
    """The alerts that are for the user, newest first, with ``is_read`` and ``is_dismissed``."""
    kinds = [kind for kind, action in FOR.items() if may(user, action)]
    seen = Seen.objects.filter(alert=OuterRef("pk"), user=user)
    return Alert.objects.filter(kind__in=kinds).annotate(
        is_read=Exists(seen), is_dismissed=Exists(seen.filter(dismissed_at__isnull=False))
    )


def unread_count(user: User) -> int:
    """How many the user has not read."""
    if not may(user, Action.SEE_QUALITY):
        return 0
    return alerts_for(user).filter(is_read=False).count()


def wants_mail(user: User) -> bool:
    """Whether the user gets the e-mail: who has chosen nothing does."""
    setting = AlertSetting.objects.filter(user=user).first()
    return setting is None or setting.by_mail
