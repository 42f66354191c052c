"""The hub's part of the ``pejl`` command: import, snapshot, status, users, the demo and the server.

Django and all that counts is imported when a command runs, so that ``pejl`` answers at once.
"""

import sys

from pejl.cli import app, run
from pejl_hub.cli import (
    alerts,
    audit,
    closing,
    commands,
    importing,
    operating,
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
    sys.exit(run(app))
