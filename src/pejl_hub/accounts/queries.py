"""Reads of this app."""

from pejl_hub.accounts.models import User


def is_demo() -> bool:
    """Whether this installation holds the made-up demo year: only then are there demo users."""
    return User.objects.filter(is_demo=True).exists()
