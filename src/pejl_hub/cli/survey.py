"""``pejl survey``: enrol, send, take contacts in, and show what the interval covers."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from pejl.cli import app
from pejl_hub.cli.ready import ready

survey = typer.Typer(
    help="The user evaluation: whom to ask, asking them, and their answers.", no_args_is_help=True
)
app.add_typer(survey, name="survey")
Day = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day; today if left out.")
]


@survey.command()
def enrol(on: Day = None) -> None:
    """Decide about every guidance that is due: ask about it, or write down why not."""
    ready()
    from pejl_hub.surveys.actions.enrolling import enrol as run

    done = run(today=_day(on), by=None)
    typer.echo(f"Asked: {done.asked}")
    for reason, number in sorted(done.reasons.items()):
        typer.echo(f"Not asked, {reason}: {number}")


@survey.command()
def send(
    on: Day = None,
    queue: Annotated[bool, typer.Option("--queue", help="Leave it to the worker.")] = False,
) -> None:
    """Send the invitations and reminders that are due. Run it every day; it may be killed."""
    ready()
    from pejl_hub.audit.actions import COMMAND
    from pejl_hub.surveys.actions.sending import send_due
    from pejl_hub.surveys.tasks import run_survey

    if queue:
        run_survey.enqueue(_day(on).isoformat(), COMMAND)
        typer.echo("Left to the worker.")
        return
    done = send_due(today=_day(on), who=COMMAND)
    for what, number in done.counts().items():
        typer.echo(f"{what.replace('_', ' ').capitalize()}: {number}")


@survey.command()
def contacts(
    file: Annotated[Path, typer.Argument(help="CSV with cvr, navn, email, sprog.")],
) -> None:
    """Take in the companies' contacts, a line each; the first of a company is its main one."""
    ready()
    from pejl_hub.surveys.actions.contacts import take_in

    done = take_in(path=file, by=None)
    typer.echo(f"New: {done.new}, changed: {done.changed}, unchanged: {done.unchanged}")
    for refusal in done.refused:
        typer.echo(f"Refused, line {refusal.line}: {refusal.reason}", err=True)
    if done.refused:
        raise typer.Exit(1)


@survey.command()
def national(
    file: Annotated[Path, typer.Argument(help="CSV: goal, measured_on, value, n and more.")],
    source: Annotated[str, typer.Option("--source", help="Who measured the figures.")],
    reason: Annotated[
        str, typer.Option("--reason", help="Why a closed period changes, when one does.")
    ] = "",
) -> None:
    """Take in figures that the authority or others measured: every line of the file, or none."""
    ready()
    from pejl.base.errors import UserError
    from pejl_hub.evaluation.taking import take_file
    from pejl_hub.status import queries

    try:
        content = file.read_bytes()
    except OSError as error:
        raise UserError(
            given=f"the file {file}", needed="a file that can be read", remedy="Choose another."
        ) from error
    contract = queries.contract_on(_day(None)) or queries.contracts()[-1]
    taken = take_file(
        contract=contract, name=file.name, content=content, source=source, by=None, reason=reason
    )
    for one in taken:
        made = f", interval made by {one.interval_by}" if one.interval_by else ""
        typer.echo(f"{one.goal}, {one.measured_on}: {one.value.normalize():f}{made}")


@survey.command()
def coverage() -> None:
    """Simulate how often the intervals hold the truth, as docs/explanation/nps.md says."""
    from pejl.surveys.simulate import table

    typer.echo(table())


def _day(on: datetime | None) -> date:
    from django.utils import timezone

    return on.date() if on else timezone.localdate()
