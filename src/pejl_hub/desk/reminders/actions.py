"""Writes of the reminders: whether somebody wants the daily e-mail."""

from pejl_hub.accounts.models import User
from pejl_hub.desk.reminders.models import ReminderSetting


def choose_mail(*, user: User, by_mail: bool) -> ReminderSetting:
    """Keep what the user chose for themselves."""
    setting, _ = ReminderSetting.objects.update_or_create(user=user, defaults={"by_mail": by_mail})
    return setting
