"""``pejl alerts``: look for alerts, and send them."""

import json
from datetime import date, datetime
from typing import Annotated

import typer

from pejl.cli import app
from pejl_hub.cli.options import Format, Layout
from pejl_hub.cli.ready import ready

alerts = typer.Typer(help="What has turned since the last count.", no_args_is_help=True)
app.add_typer(alerts, name="alerts")

On = Annotated[
    datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], help="The day; today if left out."),
]


@alerts.callback()
def group() -> None:
    """What has turned since the last count."""


@alerts.command()
def check(on: On = None, layout: Format = Layout.TEXT) -> None:
    """Count, hold the counts against the last ones on record, and keep the alerts that follow."""
    ready()
    from pejl_hub.alerts.actions import look

    found = look(_day(on))
    if layout is Layout.JSON:
        told = [{"kind": a.kind, "subject": a.subject, "day": a.day.isoformat()} for a in found]
        typer.echo(json.dumps({"alerts": told}))
        return
    from pejl_hub.alerts.words import said

    typer.echo(f"New alerts: {len(found)}")
    for alert in found:
        typer.echo(f"- {said(alert).title}")


@alerts.command()
def send(
    on: On = None,
    queue: Annotated[
        bool, typer.Option("--queue", help="Leave looking and sending to the worker.")
    ] = False,
) -> None:
    """Send each reader the alerts they have not had. Run it every morning, after `check`."""
    ready()
    from pejl_hub.alerts.digest import send_alerts
    from pejl_hub.alerts.tasks import run_alerts

    if queue:
        run_alerts.enqueue(_day(on).isoformat())
        typer.echo("Queued.")
        return
    done = send_alerts(today=_day(on))
    typer.echo(f"Sent: {done.sent}")
    typer.echo(f"Nothing new: {done.nothing}")
    typer.echo(f"Not taken by the mail server: {done.not_taken}")


def _day(on: datetime | None) -> date:
    from django.utils import timezone

    return on.date() if on else timezone.localdate()
