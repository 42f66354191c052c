"""The desk's own tables; the records belong to the rooms."""

from pejl_hub.desk.reminders.models import Digest, ReminderSetting

__all__ = ["Digest", "ReminderSetting"]
