"""Reads of this app."""

from django.conf import settings

from pejl_hub.accounts.models import User


def is_demo() -> bool:
    """Whether this installation holds the made-up demo year: only then are there demo users."""
    return settings.PEJL_DEMO and _demo_users()


def demo_users_by_mistake() -> bool:
    """Whether users of the demo stand open in a hub that is none."""
    return not settings.PEJL_DEMO and _demo_users()


def _demo_users() -> bool:
    return User.objects.filter(is_demo=True, is_active=True).exists()
