"""``pejl reminders``: the daily e-mail about what waits."""

from datetime import datetime
from typing import Annotated

import typer

from pejl.cli import app
from pejl_hub.cli.ready import ready

reminders = typer.Typer(help="What waits for whom.", no_args_is_help=True)
app.add_typer(reminders, name="reminders")


@reminders.callback()
def group() -> None:
    """What waits for whom."""


@reminders.command()
def send(
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="The day; today if left out."),
    ] = None,
) -> None:
    """Send everybody for whom something waits one e-mail. Run it every morning."""
    ready()
    from django.utils import timezone

    from pejl_hub.desk.reminders.digest import send_digests

    done = send_digests(today=on.date() if on else timezone.localdate())
    typer.echo(f"Sent: {done.sent}")
    typer.echo(f"Nothing waits: {done.nothing}")
    typer.echo(f"Had it today: {done.had_it}")
    typer.echo(f"Not taken by the mail server: {done.not_taken}")
