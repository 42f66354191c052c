"""The same counts through the Django ORM: a query for each count and breakdown, as one writes it.

It answers the questions that the engines answer, so that the figures can be compared one by one.
Import it only when Django is set up.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Any

from django.db.models import Case, Count, F, Min, Model, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, TruncMonth

from pejl.base.periods import month_of
from pejl.indicators.expression import (
    DIMENSIONS,
    OPEN,
    OUTSIDE,
    UNKNOWN,
    Condition,
    Countable,
    Counts,
    Distinct,
    Listing,
    Record,
    Scope,
    Selection,
    Tally,
)
from pejl_hub.communication.models import ChannelViews, NewsletterLevel, Press
from pejl_hub.events.models import Attendance
from pejl_hub.evidence.models import Milestone, ProgressNote, ReportedFigure
from pejl_hub.guidance.models import Guidance
from pejl_hub.outreach.models import Approach
from pejl_hub.programmes.models import Participation
from pejl_hub.surveys.models import Answer

CLIENT = {
    "client": Coalesce("company_id", "person__later_company_id", -F("person_id")),
    "client_kind": Case(
        When(Q(company__isnull=False) | Q(person__later_company__isnull=False), Value("company")),
        default=Value("person"),
    ),
}
HIGHEST = 2**31 - 1  # what an integer column can hold
LOOKUPS = {"=": "exact", "in": "in", ">=": "gte", ">": "gt", "<=": "lte", "<": "lt"}


@dataclass(frozen=True)
class Source:
    """The model behind a snapshot table; where its columns are, and those that must be made."""

    model: type[Model]
    paths: Mapping[str, str] = field(default_factory=dict)
    made: Mapping[str, Any] = field(default_factory=dict)

    def path(self, column: str) -> str:
        """How a query names the column."""
        return self.paths.get(column, column)


SOURCES = {
    "guidance": Source(Guidance, made=CLIENT),
    "attendance": Source(
        Attendance,
        {"held_on": "event__held_on"},
        {**CLIENT, "national_programme": Coalesce("event__round__national", False)},
    ),
    "participation": Source(Participation, {"national_programme": "round__national"}, CLIENT),
    "outreach": Source(Approach, {"client": "cvr"}),
    "answer": Source(
        Answer,
        {
            name: f"guidance__{name}"
            for name in ("employees", "municipality", "team", "priority_area", "adviser")
        },
    ),
    "press": Source(Press),
    "newsletter": Source(NewsletterLevel),
    "channel_view": Source(ChannelViews),
    "reported": Source(ReportedFigure),
    "milestone": Source(Milestone, {"goal": "effort__goal"}),
    "progress_note": Source(ProgressNote, {"goal": "effort__goal"}),
}


class OrmEngine:
    """Answers the questions of a contract from the hub's database."""

    def counts(
        self, asked: Mapping[Countable, frozenset[str]], scope: Scope
    ) -> Mapping[Countable, Counts]:
        """Each question's counts, by the dimensions asked of it."""
        return {
            question: _distinct(question, by, scope)
            if isinstance(question, Distinct)
            else _tally(question, by, scope)
            for question, by in asked.items()
        }

    def names(self, table: str, column: str) -> Sequence[str]:
        """The different texts in the column, by name."""
        source = SOURCES[table]
        path = source.path(column)
        rows = source.model._default_manager.filter(**{f"{path}__isnull": False})
        return sorted(rows.values_list(path, flat=True).distinct().order_by())

    def listing(self, asked: Listing, scope: Scope) -> Sequence[Record]:
        """The records up to the day, by date and number."""
        one = asked.of
        columns = _fields(one)
        rows = _kept(one, scope).filter(**{f"{one.dated_by}__lte": asked.until})
        return [
            _plain(row) | {"date": row[one.dated_by]}
            for row in rows.order_by(one.dated_by, "pk").values(*columns)
        ]


def _tally(asked: Tally, by: Iterable[str], scope: Scope) -> Counts:
    months = _amounts(asked, "month", scope)
    return Counts(
        total=sum(months.values()),
        by={dimension: _amounts(asked, dimension, scope) for dimension in by},
        cumulative=dict(zip(months, accumulate(months.values()), strict=True)),
    )


def _amounts(asked: Tally, dimension: str, scope: Scope) -> dict[str, int]:
    amounts = dict.fromkeys(scope.cells(dimension), 0)
    amount = Count("pk") if asked.add is None else Coalesce(Sum(asked.add), 0)
    for one in asked.of:
        cells = _in_period(one, scope).values(cell=_cell(one, dimension, scope))
        for row in cells.annotate(amount=amount).order_by():
            amounts[_name(dimension, row["cell"])] += row["amount"]
    return amounts


def _distinct(asked: Distinct, by: Iterable[str], scope: Scope) -> Counts:
    months = dict.fromkeys(scope.cells("month"), 0)
    months.update(Counter(month_of(day) for day in _firsts(asked, scope)))
    return Counts(
        total=sum(months.values()),
        by={dimension: _keys_in(asked, dimension, scope) for dimension in by},
        cumulative=dict(zip(months, accumulate(months.values()), strict=True)),
    )


def _firsts(asked: Distinct, scope: Scope) -> list[date]:
    """The first day of each key in the period."""
    first: dict[Any, date] = {}
    for one in asked.of:
        path = SOURCES[one.table].path(one.dated_by)
        for row in _keyed(asked, one, scope).values("key").annotate(day=Min(path)).order_by():
            first[row["key"]] = min(first.get(row["key"], date.max), row["day"])
    return list(first.values())


def _keys_in(asked: Distinct, dimension: str, scope: Scope) -> dict[str, int]:
    """How many different keys are in each cell; over several tables the database unites them."""
    cells = dict.fromkeys(scope.cells(dimension), 0)
    parts = [
        _keyed(asked, one, scope).annotate(cell=_cell(one, dimension, scope)) for one in asked.of
    ]
    if len(parts) == 1:
        rows = parts[0].values("cell").annotate(keys=Count("key", distinct=True)).order_by()
        found = {row["cell"]: row["keys"] for row in rows}
    else:
        pairs = [part.values_list("cell", "key").order_by() for part in parts]
        found = Counter(cell for cell, _ in pairs[0].union(*pairs[1:]))
    return cells | {_name(dimension, cell): keys for cell, keys in found.items()}


def _keyed(asked: Distinct, one: Selection, scope: Scope) -> QuerySet[Any]:
    source = SOURCES[one.table]
    expression = source.made.get(asked.key, F(source.path(asked.key)))
    rows = _in_period(one, scope).annotate(key=expression).filter(key__isnull=False)
    if not asked.new:
        return rows
    before = _kept(one, scope).filter(**{f"{source.path(one.dated_by)}__lt": scope.period.start})
    return rows.exclude(key__in=before.annotate(key=expression).values("key"))


def _in_period(one: Selection, scope: Scope) -> QuerySet[Any]:
    """The rows in the period and in the cells that the scope keeps to."""
    path = SOURCES[one.table].path(one.dated_by)
    within = {f"{path}__range": (scope.period.start, scope.period.end)}
    rows = _kept(one, scope).filter(**within)
    for dimension, name in scope.only.items():
        rows = rows.alias(only=_cell(one, dimension, scope)).filter(only=name)
    return rows


def _kept(one: Selection, scope: Scope) -> QuerySet[Any]:
    """The model's rows that meet the conditions."""
    source = SOURCES[one.table]
    needed = {condition.column for condition in one.where}
    made = {column: made for column, made in source.made.items() if column in needed}
    rows = source.model._default_manager.annotate(**made)
    return rows.filter(*(_meets(condition, source, scope) for condition in one.where))


def _meets(condition: Condition, source: Source, scope: Scope) -> Q:
    path = source.path(condition.column)
    match condition.op:
        case "known":
            return Q(**{f"{path}__isnull": False})
        case "in_territory":
            return Q(**{f"{path}__in": sorted(scope.territory)})
        case _:
            return Q(**{f"{path}__{LOOKUPS[condition.op]}": condition.value})


def _cell(one: Selection, dimension: str, scope: Scope) -> Any:
    source = SOURCES[one.table]
    if dimension == "month":
        return TruncMonth(source.path(one.dated_by))
    path = source.path(DIMENSIONS[dimension])
    match dimension:
        case "municipality":
            inside = When(**{f"{path}__in": sorted(scope.territory)}, then=F(path))
            nowhere = When(**{f"{path}__isnull": True}, then=Value(UNKNOWN))
            return Case(nowhere, inside, default=Value(OUTSIDE))
        case "segment":
            known = When(**{f"{path}__in": scope.segments}, then=F(path))
            return Case(known, default=Value(UNKNOWN))
        case _ if dimension in OPEN:
            return Coalesce(path, Value(UNKNOWN))
        case _:
            bands = [
                When(
                    **{f"{path}__range": (band.low, HIGHEST if band.high is None else band.high)},
                    then=Value(band.id),
                )
                for band in scope.bands
            ]
            return Case(*bands, default=Value(UNKNOWN))


def _name(dimension: str, cell: Any) -> str:
    return month_of(cell) if dimension == "month" else cell


def _fields(one: Selection) -> list[str]:
    """The fields that the kinds read of a listed record."""
    wanted = {
        "newsletter": ["subscribers"],
        "reported": [
            "goal",
            "value",
            "n",
            "interval_low",
            "interval_high",
            "reported_by",
            "file_sha256",
        ],
        "milestone": ["effort__goal", "title", "done_on", "state"],
        "progress_note": ["effort__goal", "state", "text"],
    }
    return ["id", one.dated_by, *wanted[one.table]]


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row as a snapshot has it: its names, and numbers as doubles."""
    names = {"effort__goal": "goal", "reported_by": "source"}
    return {
        names.get(name, name): float(value) if isinstance(value, Decimal) else value
        for name, value in row.items()
    }
