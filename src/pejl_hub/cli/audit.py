"""``pejl audit``: prove that nothing in the audit log has been changed or taken away."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from pejl.base.errors import UserError
from pejl.cli import app
from pejl_hub.cli.options import Format, Layout
from pejl_hub.cli.ready import ready

audit = typer.Typer(help="The audit log: prove it, or seal what is not sealed yet.")
app.add_typer(audit, name="audit")


@audit.command()
def verify(
    was: Annotated[
        str, typer.Option("--was", metavar="DIGEST", help="A head noted earlier, to be found.")
    ] = "",
    layout: Format = Layout.TEXT,
) -> None:
    """Make every digest of the chain anew; say where one is not what it was."""
    ready()
    from pejl_hub.audit.chain import verify as prove

    found = prove(was)
    if layout is Layout.JSON:
        typer.echo(json.dumps(asdict(found) | {"holds": found.holds}))
    else:
        typer.echo(f"{found.links} entries sealed, {found.unsealed} waiting; head {found.head}")
        for one in found.breaks:
            entry = "" if one.entry is None else f", entry {one.entry}"
            typer.echo(f"FAILS  link {one.number}{entry}: {one.what}")
    if not found.holds:
        raise UserError(
            given=f"an audit log whose chain fails at {len(found.breaks)} places",
            needed="entries as they were written, all of them",
            remedy="Compare with a backup; somebody has written past the program.",
        )


@audit.command()
def seal(layout: Format = Layout.TEXT) -> None:
    """Seal every entry that is not in the chain yet, as those made by an earlier version."""
    ready()
    from pejl_hub.audit.chain import seal as seal_all

    done = seal_all()
    typer.echo(json.dumps({"sealed": done}) if layout is Layout.JSON else f"{done} sealed.")
