"""``pejl backup``, ``restore`` and ``doctor``: keeping the hub running."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from pejl.base.errors import UserError
from pejl.cli import app
from pejl_hub.cli.bar import bar
from pejl_hub.cli.options import Format, Layout
from pejl_hub.cli.ready import ready


@app.command()
def backup(
    to: Annotated[Path | None, typer.Option("--to", help="The folder; else PEJL_BACKUPS.")] = None,
    layout: Format = Layout.TEXT,
) -> None:
    """Write one file with the database and all that lies in the data folder, while others work."""
    ready()
    from pejl_hub.operations.backup import folder, make_backup

    if to is None:
        to = folder()
        to.mkdir(parents=True, exist_ok=True, mode=0o700)
    with bar("Backup") as say:
        made = make_backup(to, say)
    if layout is Layout.JSON:
        typer.echo(json.dumps(asdict(made) | {"path": str(made.path)}))
    else:
        typer.echo(
            f"{made.path}: {made.rows} rows and {made.files} files, {made.bytes / 2**20:.1f} MiB, "
            f"SHA-256 {made.sha256}. Prove it with `pejl restore {made.path.name} --verify`."
        )


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `pejl backup` made.")],
    verify: Annotated[
        bool, typer.Option("--verify", help="Put it back beside the hub only, look, and clear up.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Move what is there aside, and put this in its place.")
    ] = False,
    layout: Format = Layout.TEXT,
) -> None:
    """Put a backup back, or prove one; stop everything else before it is put back."""
    _set_up()
    from pejl_hub.operations import restore as room

    checks = room.prove(file) if verify else room.restore(file, replace=replace)
    if layout is Layout.JSON:
        typer.echo(json.dumps([asdict(check) for check in checks]))
    else:
        for check in checks:
            typer.echo(
                f"{'FAILS' if check.fault else 'holds'}  {check.what}  {check.fault}".strip()
            )
    if not verify:
        _erase_again()
    failed = [check for check in checks if check.fault]
    if failed:
        raise UserError(
            given=f"{file.name}, of which {len(failed)} of {len(checks)} checks fail",
            needed="a backup that is whole",
            remedy="Take an older one, and make a new one today.",
        )


def _erase_again() -> None:
    """Whoever was erased after the backup was made is in it: erase them in what was put back."""
    from pejl_hub.privacy.remembered import lines

    if not any(lines()):
        return
    ready()
    from pejl_hub.privacy.replaying import replay

    done = replay()
    typer.echo(f"{done.again} persons erased again, as the list beside the backups says.", err=True)
    for one in done.refused:
        typer.echo(f"NOT erased again: {one}", err=True)


@app.command()
def doctor(layout: Format = Layout.TEXT) -> None:
    """Look at settings, database, disk, mail, worker, clock, certificate and backups."""
    _set_up()
    from pejl_hub.operations.doctor import Level, examine

    found = list(examine())
    if layout is Layout.JSON:
        typer.echo(json.dumps([asdict(one) for one in found]))
    else:
        for one in found:
            said = f"{one.level.value:8} {one.check}: {one.said}"
            typer.echo(f"{said}. {one.remedy}" if one.remedy else said)
    wrong = [one.check for one in found if one.level is Level.WRONG]
    if wrong:
        raise UserError(
            given=f"{len(wrong)} of {len(found)} checks that are wrong ({', '.join(wrong)})",
            needed="none",
            remedy="Do what stands beside each.",
        )


def _set_up() -> None:
    """Django alone: what is looked at or put back may have no tables yet."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pejl_hub.config.settings")
    import django

    django.setup()
