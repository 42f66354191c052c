"""``pejl status`` and ``migrate``."""

import json
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from pejl.base.errors import UserError
from pejl.cli import app
from pejl_hub.cli.options import AsOf
from pejl_hub.cli.ready import ready

if TYPE_CHECKING:
    from pejl.standing.result import Standing


class StatusLayout(StrEnum):
    """How a status is written: for people, for programs, for a spreadsheet."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@app.command()
def status(
    as_of: AsOf,
    municipality: Annotated[
        str | None,
        typer.Option(
            "--municipality", metavar="CODE", help="Three digits, `outside` or `unknown`."
        ),
    ] = None,
    goal: Annotated[
        str | None, typer.Option("--goal", metavar="ID", help="One goal alone.")
    ] = None,
    known: Annotated[
        datetime | None,
        typer.Option(
            "--known",
            formats=["%Y-%m-%d"],
            metavar="DATE",
            help="As contract and records were known at the end of this day.",
        ),
    ] = None,
    layout: Annotated[
        StatusLayout, typer.Option("--format", help="table, json or csv")
    ] = StatusLayout.TABLE,
) -> None:
    """Measure the contract on the day: each goal's figure, target, pace and light."""
    ready()
    standing = _standing(as_of.date(), municipality, known.date() if known else None)
    _write(standing if goal is None else _only(standing, goal), layout)


@app.command()
def migrate() -> None:
    """Bring the database's tables up to date. On SQLite every command does so by itself."""
    ready(migrate=True)
    typer.echo("The database's tables are up to date.")


def _standing(day: date, municipality: str | None, known: date | None) -> "Standing":
    from pejl.contract.amendments import known_on
    from pejl.contract.load import load
    from pejl.standing.stand import stand
    from pejl_hub.snapshots.actions import contract_file, ensure_snapshot, snapshot_known
    from pejl_hub.surveys.asking import smallest_group_on

    contract = load(contract_file(day))
    snapshot = ensure_snapshot(day) if known is None else snapshot_known(day, known)
    if known is not None:
        contract = known_on(contract, known)
    least = smallest_group_on(day)
    return stand(contract, snapshot, day, municipality=municipality, least_answers=least)


def _only(standing: "Standing", goal: str) -> "Standing":
    if goal not in standing.goals:
        raise UserError(
            given=f"the goal {goal}",
            needed=f"one of {', '.join(standing.goals)}",
            remedy="Correct --goal.",
        )
    return replace(standing, goals={goal: standing.goals[goal]})


def _write(standing: "Standing", layout: StatusLayout) -> None:
    from rich.console import Console

    from pejl.standing.formats import to_csv, to_json, to_table

    if layout is StatusLayout.JSON:
        typer.echo(json.dumps(to_json(standing), ensure_ascii=False))
    elif layout is StatusLayout.CSV:
        typer.echo(to_csv(standing), nl=False)
    else:
        Console().print(to_table(standing))
