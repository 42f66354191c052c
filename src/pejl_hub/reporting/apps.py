"""The app's name and place."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """Reports and their way to the readers."""

    name = "pejl_hub.reporting"
    verbose_name = _("reports")
    default_auto_field = "django.db.models.BigAutoField"
