"""``pejl cvr`` and ``pejl population``: what outside registers say."""

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
    from pejl_hub.sources.models import CvrRefresh

cvr = typer.Typer(help="The register of companies.", no_args_is_help=True)
population = typer.Typer(help="Workplaces by place, industry and size.", no_args_is_help=True)
app.add_typer(cvr, name="cvr")
app.add_typer(population, name="population")
COUNTS = ("companies", "looked_up", "changed", "absent", "strangers", "unreadable")


@cvr.command("fetch")
def fetch(
    number: Annotated[str, typer.Argument(metavar="CVR", help="Eight digits.")],
    layout: Format = Layout.TEXT,
) -> None:
    """Look one company up in the register; make it here, or bring it up to date."""
    ready()
    from pejl_hub.sources.cvr.refresh import fetch as fetch_one

    change = fetch_one(cvr=number, by=None)
    facts = {name: [_plain(old), _plain(new)] for name, (old, new) in change.facts.items()}
    said = {"cvr": change.company.cvr, "made": change.made, "changed": facts}
    if layout is Layout.JSON:
        typer.echo(json.dumps(said, ensure_ascii=False))
        return
    typer.echo(f"{change.company} was {'made' if change.made else 'looked up'}.")
    for name, (old, new) in facts.items():
        typer.echo(f"  {name}: {old} -> {new}")


@cvr.command("refresh")
def refresh(
    file: Annotated[
        Path | None,
        typer.Option("--file", help="The register's hits as JSON lines or an array; gzip too."),
    ] = None,
    resume: Annotated[
        int | None, typer.Option("--resume", metavar="RUN", help="Go on with one that stopped.")
    ] = None,
    layout: Format = Layout.TEXT,
) -> None:
    """Bring all companies up to date, from the register or from a file; makes no companies."""
    if file is not None and resume is not None:
        raise typer.BadParameter("give either --file or --resume")
    ready()
    from pejl_hub.sources.cvr.refresh import carry_out

    run = _begun(file, resume)
    with bar("CVR") as say:
        carry_out(run, lambda now: say(f"{now.looked_up} companies", _share(now)))
    said = {name: getattr(run, name) for name in COUNTS}
    if layout is Layout.JSON:
        typer.echo(json.dumps({"run": run.pk, **said}))
    else:
        typer.echo(f"Refresh {run.pk}: " + ", ".join(f"{n} {v}" for n, v in said.items()) + ".")


def _begun(file: Path | None, resume: int | None) -> "CvrRefresh":
    from pejl_hub.sources.cvr import refresh as refreshing
    from pejl_hub.sources.models import CvrRefresh

    if resume is None:
        return refreshing.start_refresh(by=None, path=file, now=True)
    run = CvrRefresh.objects.filter(pk=resume).first()
    if run is None:
        raise UserError(
            given=f"the number {resume}, under which no refresh is known",
            needed="the number of a refresh that stopped",
            remedy="Look it up on the page of the CVR register.",
        )
    refreshing.resume(run=run, by=None, now=True)
    return run


def _share(run: "CvrRefresh") -> float:
    return min((run.looked_up + run.absent) / max(run.companies, 1), 1.0)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int) else str(value)


@population.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="StatBank's ERHV6, BULK or CSV.")],
    layout: Format = Layout.TEXT,
) -> None:
    """Take in the newest year of Statistics Denmark's table ERHV6."""
    ready()
    from pejl_hub.sources.population import import_population

    if not file.is_file():
        raise UserError(given=f"{file}", needed="a file", remedy="Check the path.")
    made = import_population(path=file, by=None)
    said = {"table": made.table, "year": made.year, "sha256": made.file_sha256}
    said["cells"] = made.cells.count()
    if layout is Layout.JSON:
        typer.echo(json.dumps(said))
    else:
        typer.echo(f"{made.table} {made.year}: {said['cells']} cells were taken in.")
