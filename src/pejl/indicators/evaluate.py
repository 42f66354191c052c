"""Measures a contract's goals over a snapshot: figures, the records behind them, and their days.

Screen, file, API and report all come here; nothing else in Pejl counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pejl.base.errors import UserError
from pejl.base.periods import Period, month_of
from pejl.contract.goal import Contract, Goal
from pejl.indicators.engines import ENGINES
from pejl.indicators.expression import (
    Countable,
    Counts,
    Engine,
    Listing,
    Page,
    Question,
    Record,
    Scope,
)
from pejl.indicators.kinds import KINDS, Kind
from pejl.indicators.kinds.dated import Dated
from pejl.indicators.kinds.language import Reading
from pejl.indicators.result import Evaluation, Figure, Measured, Rows, SnapshotRef
from pejl.snapshot.store import Snapshot
from pejl.snapshot.tables import TABLES

Answers = Mapping[Question, Counts | Sequence[Record]]


@dataclass(frozen=True)
class Plan:
    """One reading of one goal: its kind, the questions it asks, and by which dimensions."""

    reading: Reading
    kind: Kind
    asks: Mapping[str, Question]
    by: tuple[str, ...] = ()


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
    scope = _scope(contract, snapshot, as_of, {"municipality": municipality})
    plans = {goal.id: _plan(contract, goal, as_of) for goal in contract.goals.values()}
    others = _alternatives(contract, as_of)
    answers = _answers([*plans.values(), *others.values()], ENGINES[engine](snapshot), scope)
    read = {key: _measured(plan, answers).figure for key, plan in others.items()}
    goals = {
        goal: replace(_measured(plan, answers), alternatives=_of_goal(goal, read))
        for goal, plan in plans.items()
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
    wanted = {"municipality": municipality, "month": month, "segment": segment, "size": size}
    scope = _scope(contract, snapshot, as_of, wanted)
    plan = _plan(contract, contract.goal(goal_id), as_of)
    answering, page = ENGINES[engine](snapshot), Page(offset, limit)
    if isinstance(plan.kind, Dated):
        return _listed(plan.kind, plan, answering, scope, page)
    return answering.behind(plan.kind.behind(plan.reading), scope, page)


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
    plan = _plan(contract, contract.goal(goal_id), within)
    if plan.kind.daily is None:
        return None
    question = plan.asks[plan.kind.daily]
    scope = replace(_scope_of(contract, within, {}), period=period)
    return ENGINES[engine](snapshot).daily(_countable(question), scope)


def _scope(
    contract: Contract, snapshot: Snapshot, as_of: date, wanted: Mapping[str, str | None]
) -> Scope:
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


def _plan(contract: Contract, goal: Goal, as_of: date) -> Plan:
    return _planned(Reading(goal, goal.measure, contract, as_of), tuple(goal.breakdowns))


def _planned(reading: Reading, by: tuple[str, ...]) -> Plan:
    name = reading.measure.get("kind")
    if name not in KINDS:
        raise UserError(
            given=f"the kind {name!r} for the goal {reading.goal.id}",
            needed=f"one of {', '.join(KINDS)}",
            remedy="Correct `kind` in the contract file.",
        )
    plan = Plan(reading, KINDS[name], KINDS[name].ask(reading), by)
    _refuse_impossible(plan)
    return plan


def _refuse_impossible(plan: Plan) -> None:
    """A breakdown that a table of the goal has no column for."""
    for dimension in plan.by:
        for table in _tables_without(plan, dimension):
            raise UserError(
                given=f"the breakdown of {plan.reading.goal.id} by {dimension}",
                needed=f"records with a {dimension}, which {table} has not",
                remedy="Remove the breakdown in the contract file.",
            )


def _tables_without(plan: Plan, dimension: str) -> list[str]:
    selections = [one for question in plan.asks.values() for one in _selections(question)]
    return [one.table for one in selections if not one.has(dimension)]


def _selections(question: Question) -> Sequence[Any]:
    return [question.of] if isinstance(question, Listing) else question.of


def _alternatives(contract: Contract, as_of: date) -> dict[tuple[str, str, str], Plan]:
    """Every other reading that can be computed, by goal, interpretation and reading."""
    return {
        (one.goal, one.id, name): _planned(
            Reading(contract.goal(one.goal), measure, contract, as_of), ()
        )
        for one in contract.interpretations
        if one.goal is not None
        for name, measure in one.alternatives.items()
        if measure
    }


def _of_goal(
    goal: str, read: Mapping[tuple[str, str, str], Figure]
) -> dict[str, dict[str, Figure]]:
    found: dict[str, dict[str, Figure]] = {}
    for (of, interpretation, reading), figure in read.items():
        if of == goal:
            found.setdefault(interpretation, {})[reading] = figure
    return found


def _answers(plans: Sequence[Plan], engine: Engine, scope: Scope) -> Answers:
    """Ask every question once, by all dimensions that anybody asks it by."""
    countable: dict[Countable, frozenset[str]] = {}
    answers: dict[Question, Counts | Sequence[Record]] = {}
    for plan in plans:
        if any(_tables_without(plan, dimension) for dimension in scope.only):
            continue
        for question in plan.asks.values():
            if isinstance(question, Listing):
                answers[question] = engine.listing(question, scope)
            else:
                asked = countable.get(question, frozenset())
                countable[question] = asked | plan.kind.needs(plan.by)
    for countable_question, counts in engine.counts(countable, scope).items():
        answers[countable_question] = counts
    return answers


def _measured(plan: Plan, answers: Answers) -> Measured:
    if not all(question in answers for question in plan.asks.values()):
        return Measured(plan.reading.goal.id, Figure())
    mine: Mapping[str, Any] = {name: answers[question] for name, question in plan.asks.items()}
    return plan.kind.measured(mine, plan.reading, plan.by)


def _countable(question: Question) -> Countable:
    if isinstance(question, Listing):
        raise TypeError("A list of records has no daily counts.")
    return question


def _listed(kind: Dated, plan: Plan, engine: Engine, scope: Scope, page: Page) -> Rows:
    """A short list of records, marked and paged here; those used for the figure count."""
    lists = {name: engine.listing(asked, scope) for name, asked in kind.ask(plan.reading).items()}
    used = {record["id"] for record in kind.used(lists, plan.reading)}
    (table,) = {one.table for one in _selections(plan.asks[kind.shown])}
    columns = [column.name for column in TABLES[table].columns]
    shown = [record for record in lists[kind.shown] if _in_only(record, scope)]
    end = None if page.limit is None else page.offset + page.limit
    cells = [
        (*(record[name] for name in columns), record["id"] in used)
        for record in shown[page.offset : end]
    ]
    return Rows([*columns, "counted"], cells, len(shown))


def _in_only(record: Record, scope: Scope) -> bool:
    """Lists have no place, segment or size: only a month can be asked of them."""
    return all(d == "month" and month_of(record["date"]) == c for d, c in scope.only.items())
