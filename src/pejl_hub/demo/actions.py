"""Making the demo: the export is written, imported as any other, and told about."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from pejl.base.errors import UserError
from pejl.contract.goal import Contract
from pejl.contract.load import load
from pejl_hub.accounts.actions import make_demo_users, require_demo
from pejl_hub.accounts.models import User
from pejl_hub.accounts.queries import is_demo
from pejl_hub.companies.models import Company, Person
from pejl_hub.demo.board import seat_board
from pejl_hub.demo.campaign import plan_campaign
from pejl_hub.demo.comments import comment
from pejl_hub.demo.efforts import work_on_efforts
from pejl_hub.demo.evidence import efforts_in, reported_in
from pejl_hub.demo.export import make_export, write_export
from pejl_hub.demo.frame import Frame, frame_of
from pejl_hub.demo.life import live
from pejl_hub.demo.needs import tell_needs
from pejl_hub.demo.registry import keep_registry
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
    contract = _contract()
    frame = frame_of(contract)
    names = {code: place.name for code, place in contract.municipalities.items()}
    folder = write_export(make_export(names, frame=frame), Path(settings.DATA) / FOLDER)
    result = run_import(
        path=folder,
        source="escrm",
        by=None,
        progress=lambda now: progress(now.file, 0.1 + 0.75 * now.share),
    )
    progress("efforts and people", 0.85)
    state_terms(frame)
    _tell(contract)
    make_demo_users()
    _fill_rooms(contract, frame)
    live(contract=contract, path=contract_file(contract.period.end))
    _count_workplaces(contract, frame)
    progress("counting", 0.9)
    ensure_snapshot(frame.last_day)
    comment(contract, frame.last_day, by=_user("alice"), approver=_user("dorte"))
    return DemoMade(result.total.rows, result.total.rejected)


def _has_records() -> bool:
    imported = ImportRun.objects.filter(state=RunState.DONE)
    return imported.exists() or Company.objects.exists() or Person.objects.exists()


def _begun() -> bool:
    return ImportRun.objects.filter(state=RunState.DONE, file_name=FOLDER).exists()


def _refuse_real() -> None:
    require_demo()
    others = ImportRun.objects.filter(state=RunState.DONE).exclude(file_name=FOLDER)
    strange = others.exists() or (_has_records() and not _begun())
    if strange or User.objects.filter(is_demo=False).exists():
        raise UserError(
            given="a hub with records or users of its own",
            needed="an empty hub for the made-up demo year",
            remedy="Name an empty folder in PEJL_DATA, and another database in DATABASE_URL.",
        )


def _contract() -> Contract:
    """The hub's newest contract: the demo is made for its year."""
    paths = sorted(Path(settings.CONTRACTS).glob("*.yaml"))
    if not paths:
        raise UserError(
            given=f"the folder {settings.CONTRACTS}",
            needed="a folder with at least one contract",
            remedy="Set PEJL_CONTRACTS to the folder where the contracts stand.",
        )
    return max((load(path) for path in paths), key=lambda found: found.period.end)


def _fill_rooms(contract: Contract, frame: Frame) -> None:
    """What the hub's people keep beside the records that are imported; no figure moves."""
    inside = sorted(contract.territory.on(contract.period.end))
    work_on_efforts(contract=contract, by=_user("alice"))
    tell_needs()
    keep_registry(frame, _user("alice"))
    plan_campaign(
        frame, {code: contract.municipalities[code].name for code in inside}, _user("ravi")
    )
    seat_board(frame, inside, _user("alice"))


def _user(name: str) -> User:
    return User.objects.get(username=name)


def _count_workplaces(contract: Contract, frame: Frame) -> None:
    territory = contract.territory.on(contract.period.end)
    path = write_workplaces(Path(settings.DATA), territory, frame)
    import_population(path=path, by=None, made_up=True)


def _tell(contract: Contract) -> None:
    for figure in reported_in(contract):
        report_figure(
            goal=figure.goal,
            measured_on=figure.measured_on,
            value=figure.value,
            n=figure.n,
            interval=figure.interval,
            reported_by=figure.reported_by,
            by=None,
        )
    for told in efforts_in(contract):
        tell_effort(goal=told.goal, title=told.title, steps=told.steps, notes=told.notes, by=None)
