"""``pejl demo``, ``serve`` and ``worker``."""

from datetime import timedelta
from typing import Annotated

import typer

from pejl.base.errors import UserError
from pejl.cli import app
from pejl_hub.cli.bar import bar
from pejl_hub.cli.ready import ready


@app.command()
def demo(
    once: Annotated[
        bool,
        typer.Option("--once", help="Do nothing where the demo, or any record, is there already."),
    ] = False,
) -> None:
    """Fill an empty hub with a made-up year and two years of history, and people to sign in as."""
    ready()
    from pejl_hub.demo.actions import is_settled, make_demo

    if once and is_settled():
        return
    with bar("Demo") as say:
        made = make_demo(progress=say)
    _publish_once()
    _fill_wheel()
    _fill_privacy()
    typer.echo(
        f"The made-up demo year is there: {made.rows} rows, of which {made.rejected} refused."
    )
    say_sign_ins()


def _publish_once() -> None:
    """Let the queue publish the year and make reports, so that readers have something to see.

    Of a year that is not over, its last month that is; of one that has not begun, nothing.
    """
    from django.utils import timezone

    from pejl_hub.publishing.actions import ask_for_edition
    from pejl_hub.publishing.models import Edition
    from pejl_hub.reporting.tasks import show
    from pejl_hub.status.queries import contracts

    period = contracts()[-1].period
    day = min(period.end, timezone.localdate().replace(day=1) - timedelta(days=1))
    if day in period and not Edition.objects.exists():
        ask_for_edition(day=day, by=None)
    if day in period:
        show.enqueue(day.isoformat())


def _fill_wheel() -> None:
    """Let the yearly wheel show a year that has been."""
    from pejl_hub.wheel.demo import fill_wheel

    fill_wheel()


def _fill_privacy() -> None:
    """Let the room of personal data show what can be decided."""
    from pejl_hub.privacy.demo import fill_privacy

    fill_privacy()


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535)] = 8000,
    processes: Annotated[
        int, typer.Option("--processes", min=1, help="How many processes serve the pages.")
    ] = 1,
    workers: Annotated[
        int, typer.Option("--workers", min=0, help="How many workers do the work of the queue.")
    ] = 1,
) -> None:
    """Serve the pages and do the work of the queue, until Ctrl-C."""
    ready()
    from pejl_hub.cli.server import Size, counting_together, serve_until_stopped

    _refuse_demo_users()
    with counting_together():
        serve_until_stopped(host, port, Size(processes, workers), when_up=say_sign_ins)


@app.command()
def worker() -> None:
    """Do the work of the queue, until Ctrl-C or SIGTERM; a job that has begun is finished first."""
    ready()
    from pejl_hub.operations.work import work

    work()


def _refuse_demo_users() -> None:
    from pejl_hub.accounts.queries import demo_users_by_mistake

    if demo_users_by_mistake():
        raise UserError(
            given="a hub of its own in which users of the demo may sign in",
            needed="no demo users: their password is shown to everybody",
            remedy="Close them with `pejl user close-demo`; or set PEJL_DEMO=1 if it is a demo.",
        )


def say_sign_ins() -> None:
    """Print the demo's sign-ins, where this is a demo."""
    from django.utils import translation

    from pejl_hub.accounts.actions import DEMO_USERS, demo_password
    from pejl_hub.accounts.queries import is_demo

    if not is_demo():
        return
    typer.echo(f"Everything here is made up. Sign in with the password {demo_password()} as")
    with translation.override("en"):
        for user in DEMO_USERS:
            typer.echo(f"  {user.username:8} {user.role.label}: {user.errand}")
