"""``pejl targets``: what next year may bring, and what can be promised of it."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pejl.base.errors import UserError
from pejl.cli import app
from pejl_hub.cli.options import Format, Layout
from pejl_hub.cli.ready import ready

if TYPE_CHECKING:
    from pejl.contract.goal import Contract
    from pejl.snapshot.store import Snapshot
    from pejl.targets.advice import Advice
    from pejl.targets.capacity import Change
    from pejl.targets.counts import CountAhead


@app.command()
def targets(
    for_year: Annotated[
        int, typer.Option("--for-year", min=2000, max=2100, help="The year to be negotiated.")
    ],
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of",
            formats=["%Y-%m-%d"],
            metavar="DATE",
            help="What is counted up to this day; the newest figures if left out.",
        ),
    ] = None,
    certainty: Annotated[
        float,
        typer.Option("--certainty", min=1, max=99, help="How sure a promise shall be, in percent."),
    ] = 80,
    fewer: Annotated[
        float, typer.Option("--fewer", help="So many advisers fewer; negative is more.")
    ] = 0,
    of_year: Annotated[
        float, typer.Option("--of-year", min=0, max=1, help="The part of the year it lasts.")
    ] = 1,
    uptake: Annotated[
        float,
        typer.Option("--uptake", min=0, max=1, help="The part that colleagues do instead."),
    ] = 0,
    layout: Format = Layout.TEXT,
) -> None:
    """Foresee each goal's next year, and say what can be promised of it."""
    ready()
    from pejl.targets.advice import advise
    from pejl.targets.capacity import Change
    from pejl.targets.offer import to_json
    from pejl_hub.snapshots.actions import ensure_snapshot
    from pejl_hub.status.queries import default_day

    day = as_of.date() if as_of else default_day()
    contract, snapshot = _contract(day), ensure_snapshot(day)
    found = advise(contract, snapshot, day, for_year)
    others = _others(contract, snapshot, day, found, Change(fewer, of_year, uptake))
    told = to_json(found, certainty / 100, others)
    if layout is Layout.TEXT:
        _table(told)
        return
    head = {"contract": contract.id, "as_of": day.isoformat(), "snapshot": snapshot.id}
    head |= {"for_year": for_year, "certainty": certainty / 100, "goals": told}
    typer.echo(json.dumps(head, ensure_ascii=False, indent=1))


def _contract(day: date) -> "Contract":
    from pejl.contract.amendments import as_of
    from pejl_hub.status.queries import contract_on

    contract = contract_on(day)
    if contract is None:
        raise UserError(
            given=f"the date {day.isoformat()}",
            needed="a day in a contract's period",
            remedy="Choose another day with --as-of.",
        )
    return as_of(contract, day)


def _others(
    contract: "Contract",
    snapshot: "Snapshot",
    day: date,
    found: "dict[str, Advice]",
    change: "Change",
) -> "dict[str, CountAhead]":
    from pejl.targets.counts import CountAhead
    from pejl.targets.offer import advisers, with_change

    if not change.fewer:
        return {}
    counted = {goal: one for goal, one in found.items() if isinstance(one.ahead, CountAhead)}
    made = {
        goal: with_change(one, advisers(contract, snapshot, goal, day), change)
        for goal, one in counted.items()
    }
    return {goal: ahead for goal, ahead in made.items() if ahead is not None}


def _table(told: "Sequence[Mapping[str, Any]]") -> None:
    from rich.console import Console
    from rich.table import Table

    heads = ("Goal", "Years on record", "Next year, 80 %", "Can be promised", "Target", "Chance")
    table = Table(*heads)
    for one in told:
        made, then = one["next"], one["with_change"]
        past = ", ".join(f"{year}: {value:.4g}" for year, value in one["past"].items())
        if made is None:
            needed = one["needed"] or {}
            answers = ", ".join(f"±{width}: {n} answers" for width, n in needed.items())
            table.add_row(one["id"], past, answers or one["why"] or one["kind"], "", "", "")
            continue
        promised = f"{made['rounded']:.4g}" + (f" ({then['rounded']:.4g})" if then else "")
        chance = "" if made["chance"] is None else f"{made['chance']:.0%}"
        target = "" if one["target"] is None else f"{one['target']:.4g}"
        interval = f"{made['low']:.4g} – {made['mid']:.4g} – {made['high']:.4g}"
        table.add_row(one["id"], past, interval, promised, target, chance)
    Console().print(table)
