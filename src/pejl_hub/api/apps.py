"""The app's name."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """The programming interface."""

    name = "pejl_hub.api"
    label = "api"
    verbose_name = _("programming interface")
    default_auto_field = "django.db.models.BigAutoField"
