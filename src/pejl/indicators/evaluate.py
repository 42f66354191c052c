"""Measures a contract's goals over a snapshot: figures, the records behind them, and their days.

Screen, file, API and report all come here; nothing else in Pejl counts.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from pejl.base.errors import UserError
from pejl.base.periods import Period, month_of
from pejl.contract import amendments
from pejl.contract.goal import Contract
from pejl.indicators.engines import ENGINES
from pejl.indicators.expression import (
    Behind,
    Countable,
    Counts,
    Engine,
    Listing,
    Page,
    Scope,
    row_columns,
)
from pejl.indicators.kinds.dated import Dated
from pejl.indicators.plan import Plan, answers, names, other_readings, plan
from pejl.indicators.result import Evaluation, Figure, Measured, Rows, SnapshotRef
from pejl.snapshot.store import Snapshot
from pejl.snapshot.tables import TABLES


def evaluate(
    contract: Contract,
    snapshot: Snapshot,
    as_of: date,
    *,
    municipality: str | None = None,
    engine: str = "columnar",
) -> Evaluation:
    """Every goal on the date, both included, for all or for one municipality.

    ``municipality`` is a code of the territory, ``outside`` or ``unknown``; a goal that has no
    place (the newsletter, a reported figure) is then not measured. Raises UserError for a date
    that the contract or the snapshot does not reach, and for an unknown municipality.
    """
    contract = amendments.as_of(contract, as_of)
    scope = scope_on(contract, snapshot, as_of, {"municipality": municipality})
    plans = {goal.id: plan(contract, goal, as_of) for goal in contract.goals.values()}
    others = other_readings(contract, as_of)
    answering = ENGINES[engine](snapshot)
    scope = replace(scope, names=names(plans.values(), answering))
    found = answers([*plans.values(), *others.values()], answering, scope)
    read = {key: other.measured(found, scope).figure for key, other in others.items()}
    goals = {
        goal: replace(made.measured(found, scope), alternatives=_of_goal(goal, read))
        for goal, made in plans.items()
    }
    ref = SnapshotRef(snapshot.id, snapshot.sha256)
    return Evaluation(contract.id, contract.sha256, as_of, ref, goals, municipality)


def rows(
    contract: Contract,
    snapshot: Snapshot,
    goal_id: str,
    as_of: date,
    *,
    municipality: str | None = None,
    month: str | None = None,
    segment: str | None = None,
    size: str | None = None,
    offset: int = 0,
    limit: int | None = None,
    engine: str = "columnar",
) -> Rows:
    """The records behind a goal's figure, or behind one cell of it, by date.

    Counting them again gives the figure: see ``counted`` in ``Rows``. Raises UserError for a
    date or a cell that does not exist, KeyError for an unknown goal.
    """
    contract = amendments.as_of(contract, as_of)
    wanted = {"municipality": municipality, "month": month, "segment": segment, "size": size}
    scope = scope_on(contract, snapshot, as_of, wanted)
    made = plan(contract, contract.goal(goal_id), as_of)
    if not made.placed(scope):
        return Rows([*_columns(made), "counted"], [], 0, 0)
    answering, page = ENGINES[engine](snapshot), Page(offset, limit)
    if isinstance(made.kind, Dated):
        return _listed(made.kind, made, answering, scope, page)
    return answering.behind(made.kind.behind(made.reading), scope, page)


def daily(
    contract: Contract,
    snapshot: Snapshot,
    goal_id: str,
    period: Period,
    *,
    engine: str = "columnar",
) -> Mapping[date, int] | None:
    """What was counted each day of any period; the sum up to a day is the figure on that day.

    Records per day, or for distinct counts the keys first seen in the period that day; a day
    without any is left out. None for kinds whose days cannot be added up, such as shares.
    """
    within = min(max(period.end, contract.period.start), contract.period.end)
    contract = amendments.as_of(contract, within)
    made = plan(contract, contract.goal(goal_id), within)
    question = made.asks[made.kind.daily] if made.kind.daily else None
    if question is None or isinstance(question, Listing):
        return None
    scope = replace(_scope_of(contract, within, {}), period=period)
    return ENGINES[engine](snapshot).daily(question, scope)


def over(
    contract: Contract,
    snapshot: Snapshot,
    goal_id: str,
    period: Period,
    *,
    engine: str = "columnar",
) -> Measured:
    """The goal as the contract reads it, over any time that the snapshot reaches.

    For the years before the contract: what would have been counted by its own rules.
    """
    within = min(max(period.end, contract.period.start), contract.period.end)
    contract = amendments.as_of(contract, within)
    made = plan(contract, contract.goal(goal_id), within)
    answering = ENGINES[engine](snapshot)
    scope = replace(_scope_of(contract, within, {}), period=period)
    scope = replace(scope, names=names([made], answering))
    return made.measured(answers([made], answering, scope), scope)


def counts(
    contract: Contract,
    snapshot: Snapshot,
    as_of: date,
    asked: Mapping[Countable, frozenset[str]],
    *,
    period: Period | None = None,
    only: Mapping[str, str] | None = None,
    engine: str = "columnar",
) -> Mapping[Countable, Counts]:
    """Answers to questions that no goal asks, each by the dimensions asked of it.

    ``period`` is any time that the snapshot reaches (the contract's up to the day unless given),
    ``only`` the cells to keep to, as in ``{"municipality": "101"}``. Raises UserError for a date
    or a cell that does not exist.
    """
    contract = amendments.as_of(contract, as_of)
    scope = scope_on(contract, snapshot, as_of, dict(only or {}))
    if period is not None:
        scope = replace(scope, period=period)
    return ENGINES[engine](snapshot).counts(asked, scope)


def words(snapshot: Snapshot, table: str, column: str) -> list[str]:
    """The different texts that a column holds, in order; unknown is not among them."""
    # Loaded late: only what is asked by the words themselves needs it.
    import pyarrow.parquet as pq

    files = snapshot.files(table)
    held = {
        word
        for file in files
        for word in pq.read_table(file, columns=[column])[column].unique().to_pylist()
    }
    return sorted(held - {None})


def scope_on(
    contract: Contract, snapshot: Snapshot, as_of: date, wanted: Mapping[str, str | None]
) -> Scope:
    """The contract's period up to the date, and the cells asked for; UserError for others."""
    if as_of > snapshot.as_of:
        raise UserError(
            given=f"the date {as_of.isoformat()}",
            needed=f"a date that the snapshot reaches, up to {snapshot.as_of.isoformat()}",
            remedy="Take a snapshot as of that date first.",
        )
    only = {dimension: cell for dimension, cell in wanted.items() if cell is not None}
    scope = _scope_of(contract, as_of, only)
    for dimension, cell in only.items():
        if cell not in scope.cells(dimension):
            raise UserError(
                given=f"the {dimension} {cell}",
                needed=f"one of {', '.join(scope.cells(dimension))}",
                remedy="Choose one of these.",
            )
    return scope


def _scope_of(contract: Contract, as_of: date, only: Mapping[str, str]) -> Scope:
    return Scope(
        period=contract.period.until(min(as_of, contract.period.end)),
        territory=contract.territory.on(as_of),
        segments=tuple(contract.segments),
        bands=tuple(contract.size_bands),
        only=only,
    )


def _of_goal(
    goal: str, read: Mapping[tuple[str, str, str], Figure]
) -> dict[str, dict[str, Figure]]:
    found: dict[str, dict[str, Figure]] = {}
    for (of, interpretation, reading), figure in read.items():
        if of == goal:
            found.setdefault(interpretation, {})[reading] = figure
    return found


def _columns(made: Plan) -> list[str]:
    """The columns of a plan whose records cannot be placed in the cells asked for."""
    return row_columns(Behind(tuple(made.selections())))


def _listed(kind: Dated, made: Plan, engine: Engine, scope: Scope, page: Page) -> Rows:
    """A short list of records, marked and paged here; those used for the figure count."""
    lists = {name: engine.listing(asked, scope) for name, asked in kind.ask(made.reading).items()}
    used = {record["id"] for record in kind.used(lists, made.reading)}
    columns = [column.name for column in TABLES[kind.table].columns]
    month = scope.only.get("month")
    shown = [r for r in kind.shown(lists, made.reading) if month in (None, month_of(r["date"]))]
    end = None if page.limit is None else page.offset + page.limit
    cells = [
        (*(record[name] for name in columns), record["id"] in used)
        for record in shown[page.offset : end]
    ]
    counted = sum(record["id"] in used for record in shown)
    return Rows([*columns, "counted"], cells, len(shown), counted)
