"""``pejl publish``: the figures of a month for readers outside the house."""

import json
from pathlib import Path
from typing import Annotated

import typer

from pejl.base.errors import UserError
from pejl.cli import app
from pejl_hub.cli.options import AsOf, Format, Layout
from pejl_hub.cli.ready import ready


@app.command()
def publish(
    as_of: AsOf,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="A folder for the edition's CSV and Excel file."),
    ] = None,
    opened: Annotated[
        bool, typer.Option("--open", help="Make it open data, and write its data package too.")
    ] = False,
    layout: Format = Layout.TEXT,
) -> None:
    """Publish a month's last day: small counts hidden, and whatever would give them away."""
    ready()
    from pejl_hub.publishing import files, opening
    from pejl_hub.publishing.actions import ask_for_edition

    if out is not None and not out.is_dir():
        raise UserError(given=f"{out}", needed="a folder", remedy="Make it, or choose another.")
    edition = ask_for_edition(day=as_of.date(), by=None, now=True)
    name = f"{edition.contract_id}-{edition.as_of.isoformat()}-til-offentliggoerelse"
    for form, write in (("csv", files.as_csv), ("xlsx", files.as_xlsx)) if out else ():
        (out / f"{name}.{form}").write_bytes(write(edition))
    if opened:
        opening.open_edition(edition=edition, by=None)
        if out:
            package = opening.pack(edition)
            (out / package.name).write_bytes(package.content)
    said = {
        "edition": edition.pk,
        "as_of": edition.as_of.isoformat(),
        "minimum": edition.minimum,
        "counts": edition.cells,
        "small": edition.small,
        "hidden": len(edition.hidden),
        "sha256": edition.file_sha256,
    }
    if layout is Layout.JSON:
        typer.echo(json.dumps(said))
    else:
        typer.echo(
            f"Edition {edition.pk} of {said['as_of']}: {said['counts']} counts, of which "
            f"{said['small']} are small; {said['hidden']} are hidden."
        )
