"""The hub's part of the ``pejl`` command: import, snapshot, status, users, the demo and the server.

Django and all that counts is imported when a command runs, so that ``pejl`` answers at once.
"""

import sys

from pejl.base.errors import PejlError
from pejl.cli import app, run
from pejl_hub.cli import (
    alerts,
    audit,
    closing,
    commands,
    importing,
    operating,
    privacy,
    publishing,
    register,
    reminders,
    reporting,
    running,
    snapshots,
    survey,
    targets,
    users,
)

__all__ = [
    "alerts",
    "app",
    "audit",
    "closing",
    "commands",
    "importing",
    "main",
    "operating",
    "privacy",
    "publishing",
    "register",
    "reminders",
    "reporting",
    "running",
    "snapshots",
    "survey",
    "targets",
    "users",
]


def main() -> None:
    """The entry point."""
    sys.exit(run(_saying_outages))


def _saying_outages() -> None:
    """Run the command; a database or disk that fails under it is said in a sentence."""
    try:
        app()
    except PejlError:
        raise
    except Exception as error:
        from pejl_hub.core.outage import refusal  # loaded late, as Django is

        said = refusal(error)
        if said is None:
            raise
        raise said from error
