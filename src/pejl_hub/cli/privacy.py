"""``pejl privacy``: a person's data found and erased, and erased again after a restore."""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from pejl.base.errors import UserError
from pejl.cli import app
from pejl_hub.cli.bar import bar
from pejl_hub.cli.options import Format, Layout
from pejl_hub.cli.ready import ready

privacy = typer.Typer(help="Personal data: find, erase, keep no longer.", no_args_is_help=True)
app.add_typer(privacy, name="privacy")

Kind = Annotated[str, typer.Argument(metavar="KIND", help="As `pejl privacy find` shows it.")]
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="The number of the record.")]


@privacy.command()
def find(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A name, e-mail or number.")],
    layout: Format = Layout.TEXT,
) -> None:
    """Find persons: pre-starters, contacts, participants, users and all others on record."""
    ready()
    from pejl_hub.privacy.finding import find as look

    found = look(text)
    if layout is Layout.JSON:
        typer.echo(json.dumps([asdict(one) for one in found]))
        return
    for one in found:
        typer.echo(f"{one.kind} {one.pk}: {one.name} {one.email}".rstrip())


@privacy.command()
def erase(
    kind: Kind,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept.")],
    yes: Annotated[
        bool, typer.Option("--yes", help="Do it; else only say what it would be.")
    ] = False,
    layout: Format = Layout.TEXT,
) -> None:
    """Erase a person everywhere, in place; every figure stays what it was."""
    ready()
    from pejl_hub.privacy import erasing

    subject = _subject(kind, number)
    if not yes:
        _foretell(subject, layout)
        return
    case = erasing.erase(first=subject, reason=reason, by=None)
    if layout is Layout.JSON:
        typer.echo(json.dumps({"case": case.pk} | case.counts))
    else:
        typer.echo(f"Erased, case {case.pk}: {case.counts}")


def _foretell(subject: Any, layout: Layout) -> None:
    """What an erasure would be of, and what would stay."""
    from pejl_hub.privacy.files.staying import staying
    from pejl_hub.privacy.identity import identity_of
    from pejl_hub.privacy.subjects import closure, rows_about

    subjects = closure(subject)
    rows = sum(map(len, rows_about(subjects).values()))
    stays = [
        {"kind": one.kept.key, "name": one.name, "file": str(one.file),
         "until": one.until.isoformat() if one.until else one.kept.until, "why": one.kept.ground}
        for one in staying(identity_of(subjects))
    ]  # fmt: skip
    if layout is Layout.JSON:
        typer.echo(json.dumps({"rows": rows, "stays": stays}, ensure_ascii=False))
        return
    typer.echo(f"{rows} rows are about this person. Say --yes to erase; it cannot be undone.")
    for one in stays:
        typer.echo(f"Stays: {one['name']} ({one['kind']}), until {one['until']}. {one['why']}")


@privacy.command()
def export(
    kind: Kind,
    number: Number,
    out: Annotated[Path, typer.Option("--out", help="The file; a zip archive.")],
) -> None:
    """Write a person's own copy: everything held about them, to be read and to be computed."""
    ready()
    from pejl_hub.privacy import exporting

    archive = exporting.export(first=_subject(kind, number), by=None)
    try:
        with open(out, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(archive)
    except OSError as error:
        raise UserError(
            given=f"{out} ({error.strerror or error})",
            needed="a new file in a folder that can be written to",
            remedy="Choose another with --out.",
        ) from error
    typer.echo(f"{out}: {len(archive)} bytes.")


@privacy.command()
def replay(layout: Format = Layout.TEXT) -> None:
    """After a restore: erase again whoever was erased after the backup was made."""
    ready()
    from pejl_hub.privacy.replaying import replay as again

    done = again()
    if layout is Layout.JSON:
        typer.echo(json.dumps(asdict(done)))
    else:
        typer.echo(f"{done.again} erased again, {done.already} were erased already.")
    if done.refused:
        raise UserError(
            given=f"{len(done.refused)} erasures that could not be repeated: {done.refused[0]}",
            needed="all of them",
            remedy="Settle what stands in the way, and run `pejl privacy replay` again.",
        )


def _subject(kind: str, number: int) -> Any:
    from pejl_hub.privacy.register import register
    from pejl_hub.privacy.subjects import Subject

    if kind not in register().subjects:
        raise UserError(
            given=f"the kind {kind}",
            needed=f"one of {', '.join(register().subjects)}",
            remedy="Find the person with `pejl privacy find`.",
        )
    return Subject(kind, number)


@privacy.command()
def retain(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would go; nothing does.")
    ] = False,
    queue: Annotated[bool, typer.Option("--queue", help="Leave it to the worker.")] = False,
    layout: Format = Layout.TEXT,
) -> None:
    """Anonymise and delete what has been kept for as long as the rules say. Run it every night."""
    ready()
    from django.utils import timezone

    from pejl_hub.privacy import retention
    from pejl_hub.privacy.tasks import retain as job

    today = timezone.localdate()
    if queue and not dry_run:
        job.enqueue(today.isoformat())
        typer.echo("Queued.")
        return
    if dry_run:
        counts = {one.rule.category.key: one.rows for one in retention.dry_run(today)}
    else:
        with bar("Retention") as tell:
            run = retention.run_retention(
                today=today, by=None, say=lambda key, rows: tell(f"{key}: {rows}", 0.5)
            )
        counts = run.counts
    if layout is Layout.JSON:
        typer.echo(json.dumps({"dry_run": dry_run, "counts": counts}))
        return
    for key, rows in counts.items():
        typer.echo(f"{rows:8} {key}")


@privacy.command()
def mask(
    to: Annotated[Path, typer.Option("--to", help="A new folder: the copy's PEJL_DATA.")],
    to_database: Annotated[
        str | None,
        typer.Option("--to-database", help="An empty PostgreSQL database, when the hub is on one."),
    ] = None,
    layout: Format = Layout.TEXT,
) -> None:
    """Make a copy of the hub with every person masked, for a demo; every figure is the same."""
    ready()
    from pejl_hub.operations.masked import masked_copy

    with bar("Masking") as say:
        made = masked_copy(to, to_database, say)
    if layout is Layout.JSON:
        told = {"folder": str(made.folder), "rows": made.rows, "password": made.password}
        typer.echo(json.dumps(told))
    else:
        address = "DATABASE_URL=… " if to_database else ""
        typer.echo(
            f"{made.rows} rows masked. Start the copy with "
            f"`PEJL_DEMO=1 PEJL_DATA={made.folder} {address}pejl serve`."
        )
