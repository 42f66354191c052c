"""``pejl import``: read an export into the hub, rehearse that, or take it back."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pejl.base.errors import UserError
from pejl.cli import app
from pejl_hub.cli.bar import bar
from pejl_hub.cli.options import Format, Layout
from pejl_hub.cli.ready import ready

if TYPE_CHECKING:
    from pejl_hub.sources.models import ImportRun
    from pejl_hub.sources.result import ImportResult


@app.command("import")
def import_(
    path: Annotated[
        Path | None,
        typer.Argument(metavar="PATH", help="A folder, a CSV or Excel file, or a .zip archive."),
    ] = None,
    source: Annotated[
        str, typer.Option("--source", help="The source, which names a column mapping.")
    ] = "escrm",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")
    ] = False,
    undo: Annotated[
        int | None, typer.Option("--undo", metavar="RUN", help="Undo the import of this number.")
    ] = None,
    reason: Annotated[
        str,
        typer.Option("--reason", help="Why, when rows count in a closed period."),
    ] = "",
    layout: Format = Layout.TEXT,
) -> None:
    """Import an export, all or nothing; refused rows come back as files with the reason."""
    if (path is None) == (undo is None):
        raise typer.BadParameter("give either the PATH of an export or --undo RUN")
    if undo is not None and dry_run:
        raise typer.BadParameter("--dry-run goes with a PATH, not with --undo")
    ready()
    if path is not None:
        _import(path, source, dry_run, reason, layout)
    elif undo is not None:
        _undo(undo, reason, layout)


def _import(path: Path, source: str, dry_run: bool, reason: str, layout: Layout) -> None:
    from pejl_hub.sources.imports import run_import

    with bar("Import") as say:
        result = run_import(
            path=path,
            source=source,
            by=None,
            dry_run=dry_run,
            reason=reason,
            progress=lambda now: say(f"{now.file}, {now.rows} rows", now.share),
        )
    if layout is Layout.JSON:
        typer.echo(json.dumps(result.as_json(), ensure_ascii=False))
    else:
        _show(result, dry_run)


def _show(result: "ImportResult", dry_run: bool) -> None:
    names = ("rows", "created", "updated", "unchanged", "rejected")
    lines = [("", *names)]
    counted = {**result.files, "total": result.total}
    lines += [
        (file, *(str(getattr(counts, name)) for name in names)) for file, counts in counted.items()
    ]
    for file, *numbers in lines:
        typer.echo(f"{file:20}" + "".join(f"{number:>11}" for number in numbers))
    if result.total.erased:
        typer.echo(f"{result.total.erased} rows were left out: their persons have been erased.")
    for stranger in result.strangers:
        typer.echo(f"{stranger} was left out: the source has no such file.", err=True)
    typer.echo(_afterwards(result, dry_run))


def _afterwards(result: "ImportResult", dry_run: bool) -> str:
    if dry_run:
        return "This was a rehearsal: nothing was changed."
    said = f"This was import {result.run_id}; `pejl import --undo {result.run_id}` takes it back."
    if result.remainder is None:
        return said
    return f"{said}\nRefused rows, each with its reason: {result.remainder}"


def _undo(number: int, reason: str, layout: Layout) -> None:
    from pejl_hub.sources.imports import undo_import

    undo_import(run=_run(number), by=None, reason=reason)
    said: dict[str, Any] = {"undone": number}
    typer.echo(json.dumps(said) if layout is Layout.JSON else f"Import {number} is undone.")


def _run(number: int) -> "ImportRun":
    from pejl_hub.sources.models import ImportRun

    run = ImportRun.objects.filter(pk=number).first()
    if run is None:
        raise UserError(
            given=f"the number {number}, under which no import is known",
            needed="the number that `pejl import` printed",
            remedy="Look it up on the import page.",
        )
    return run
