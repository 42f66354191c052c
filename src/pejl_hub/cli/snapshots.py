"""``pejl snapshot`` takes one, ``pejl snapshot prune`` clears old ones away."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated

import typer

from pejl.cli import app
from pejl_hub.cli.options import Format, Layout
from pejl_hub.cli.ready import ready

KEPT = 60
MIB = 2**20

snapshots = typer.Typer(
    help="Write every record known now, up to the day, as dated Parquet tables with a manifest.",
    invoke_without_command=True,
)
app.add_typer(snapshots, name="snapshot")


@snapshots.callback()
def snapshot(
    context: typer.Context,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], metavar="DATE", help="The day, YYYY-MM-DD."),
    ] = None,
    layout: Format = Layout.TEXT,
) -> None:
    """Take one, unless a command of its own is named."""
    if context.invoked_subcommand is not None:
        return
    if as_of is None:
        raise typer.BadParameter("Missing option '--as-of'.")
    _take(as_of.date(), layout)


def _take(day: date, layout: Layout) -> None:
    ready()
    from pejl_hub.snapshots.actions import take_snapshot

    taken = take_snapshot(day)
    rows = sum(table["rows"] for table in taken.manifest()["tables"].values())
    said = {"id": taken.id, "sha256": taken.sha256, "rows": rows, "path": str(taken.path)}
    if layout is Layout.JSON:
        typer.echo(json.dumps(said))
    else:
        typer.echo(f"Snapshot {taken.id} holds {rows} rows: {taken.path}")


@snapshots.command()
def prune(
    keep: Annotated[
        int, typer.Option("--keep", metavar="N", help="How many of the newest to keep.")
    ] = KEPT,
    rehearse: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be cleared away, and leave it.")
    ] = False,
    layout: Format = Layout.TEXT,
) -> None:
    """Clear old snapshots away; those that a close was signed on always stay."""
    ready()
    from pejl_hub.narrative import queries as comments
    from pejl_hub.publishing import queries as editions
    from pejl_hub.reporting import queries as reports
    from pejl_hub.snapshots.pruning import prune as clear

    used = editions.snapshots_in_use() | reports.snapshots_in_use() | comments.snapshots_in_use()
    done = clear(keep=keep, rehearse=rehearse, published=used)
    if layout is Layout.JSON:
        typer.echo(json.dumps(asdict(done)))
    else:
        typer.echo(
            f"{'Would clear' if rehearse else 'Cleared'} away {len(done.removed)} snapshots"
            f" ({done.freed / MIB:.1f} MiB); {len(done.kept)} stay,"
            f" {len(done.signed)} of them for a close."
        )
