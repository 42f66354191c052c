"""``pejl close`` and ``pejl verify``: sign a month, and prove what was signed."""

import json
from datetime import datetime
from typing import Annotated

import typer

from pejl.base.errors import UserError
from pejl.cli import app
from pejl_hub.cli.options import Format, Layout
from pejl_hub.cli.ready import ready


@app.command()
def close(
    until: Annotated[
        datetime, typer.Option("--until", formats=["%Y-%m-%d"], help="The last day of a month.")
    ],
    signed: Annotated[str, typer.Option("--signed", help="The name of the one who signs.")],
    layout: Format = Layout.TEXT,
) -> None:
    """Sign every figure up to the day: afterwards a change in the period needs a reason."""
    ready()
    from pejl_hub.governance.closes.actions import close_period

    made = close_period(until=until.date(), signed=signed, by=None)
    said = {"close": made.pk, "snapshot": made.snapshot_id, "archive_sha256": made.archive_sha256}
    if layout is Layout.JSON:
        typer.echo(json.dumps(said))
    else:
        typer.echo(f"Closed {made} on the snapshot {made.snapshot_id}.")


@app.command()
def verify(
    snapshot: Annotated[str, typer.Argument(metavar="SNAPSHOT", help="The snapshot's id.")],
    layout: Format = Layout.TEXT,
) -> None:
    """Prove a snapshot: its files, and that what was signed on it comes out byte for byte."""
    ready()
    from pejl_hub.governance.closes.verify import verify as prove

    checks = prove(snapshot)
    if layout is Layout.JSON:
        typer.echo(json.dumps([{"what": c.what, "fault": c.fault} for c in checks]))
    else:
        for check in checks:
            typer.echo(
                f"{'holds' if check.holds else 'FAILS'}  {check.what}  {check.fault}".strip()
            )
    failed = [check for check in checks if not check.holds]
    if failed:
        raise UserError(
            given=f"the snapshot {snapshot}, of which {len(failed)} of {len(checks)} checks fail",
            needed="files as they were written, and figures as they were signed",
            remedy="Put the data folder back from a backup, and prove it again.",
        )
