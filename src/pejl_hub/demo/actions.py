"""Making the demo: the export is written, imported as any other, and told about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from pejl.base.errors import UserError
from pejl.contract.load import load
from pejl.contract.shared import load_shared
from pejl_hub.accounts.actions import make_demo_users
from pejl_hub.accounts.models import User
from pejl_hub.accounts.queries import is_demo
from pejl_hub.companies.models import Company, Person
from pejl_hub.demo import shape
from pejl_hub.demo.evidence import EFFORTS, REPORTED
from pejl_hub.demo.export import make_export, write_export
from pejl_hub.demo.terms import state_terms
from pejl_hub.demo.workplaces import write_workplaces
from pejl_hub.evidence.actions import report_figure, tell_effort
from pejl_hub.snapshots.actions import contract_file, ensure_snapshot
from pejl_hub.sources.imports import run_import
from pejl_hub.sources.models import ImportRun, RunState
from pejl_hub.sources.population import import_population

FOLDER = "demo-eksport"
Say = Callable[[str, float], None]


@dataclass(frozen=True)
class DemoMade:
    """How many rows the demo's export has, and how many of them were refused, as they should."""

    rows: int
    rejected: int


def is_settled() -> bool:
    """Whether there is nothing to make: the demo is whole, or the hub has records of its own."""
    return _has_records() and (is_demo() or not _begun())


def make_demo(*, progress: Say) -> DemoMade:
    """Make the demo, or make whole what there is of it; doing it again changes nothing.

    Raises
    ------
    UserError
        When the hub holds records or users that are not the demo's: made-up figures beside real
        ones would be believed, and the demo's password is on the sign-in page.
    """
    _refuse_real()
    progress("writing the export", 0.0)
    folder = write_export(make_export(_municipality_names()), Path(settings.DATA) / FOLDER)
    result = run_import(
        path=folder,
        source="escrm",
        by=None,
        progress=lambda now: progress(now.file, 0.1 + 0.75 * now.share),
    )
    progress("efforts and people", 0.85)
    state_terms()
    _tell()
    make_demo_users()
    _count_workplaces()
    progress("counting", 0.9)
    ensure_snapshot(date(shape.YEARS[-1], 12, 31))
    return DemoMade(result.total.rows, result.total.rejected)


def _has_records() -> bool:
    imported = ImportRun.objects.filter(state=RunState.DONE)
    return imported.exists() or Company.objects.exists() or Person.objects.exists()


def _begun() -> bool:
    return ImportRun.objects.filter(state=RunState.DONE, file_name=FOLDER).exists()


def _refuse_real() -> None:
    others = ImportRun.objects.filter(state=RunState.DONE).exclude(file_name=FOLDER)
    strange = others.exists() or (_has_records() and not _begun())
    if strange or User.objects.filter(is_demo=False).exists():
        raise UserError(
            given="a hub with records or users of its own",
            needed="an empty hub for the made-up demo year",
            remedy="Name an empty folder in PEJL_DATA, and another database in DATABASE_URL.",
        )


def _municipality_names() -> dict[str, str]:
    shared = load_shared(Path(settings.CONTRACTS).parent / "shared")
    return {code: place.name for code, place in shared.municipalities.items()}


def _count_workplaces() -> None:
    contract = load(contract_file(date(shape.YEARS[-1], 12, 31)))
    territory = contract.territory.on(contract.period.end)
    path = write_workplaces(Path(settings.DATA), territory)
    import_population(path=path, by=None, made_up=True)


def _tell() -> None:
    for figure in REPORTED:
        report_figure(
            goal=figure.goal,
            measured_on=figure.measured_on,
            value=figure.value,
            n=figure.n,
            interval=figure.interval,
            reported_by=figure.reported_by,
            by=None,
        )
    for told in EFFORTS:
        tell_effort(goal=told.goal, title=told.title, steps=told.steps, notes=told.notes, by=None)
