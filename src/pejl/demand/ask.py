"""The questions: guidances held by what was asked for, and the companies that were guided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pejl.base.periods import Period
from pejl.contract.goal import Contract
from pejl.demand.change import Change, change
from pejl.indicators.evaluate import counts, words
from pejl.indicators.expression import Condition, Countable, Counts, Distinct, Selection, Tally
from pejl.snapshot.store import Snapshot

SUBJECTS = ("need", "priority_area")
DIMENSIONS = ("month", "segment", "size", "municipality")
HELD = Condition("state", "=", "held")


@dataclass(frozen=True)
class Group:
    """A group of records by conditions of its own, such as an industry or a size."""

    id: str
    where: tuple[Condition, ...]


@dataclass(frozen=True)
class Narrowed:
    """Which guidances: cells of the engine's dimensions, and further conditions."""

    only: Mapping[str, str] = field(default_factory=dict)
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Asked:
    """One thing asked for: its change, and this year's count by dimension and by group."""

    word: str | None  # None = nobody wrote what it was about
    change: Change
    by: Mapping[str, Mapping[str, int]]
    groups: Mapping[str, int]


@dataclass(frozen=True)
class Demand:
    """Everything asked for, most often first; ``total`` is all of it together."""

    subject: str
    now: Period
    before: Period
    rows: Sequence[Asked]
    unsaid: Asked
    total: Asked


def demand(
    contract: Contract,
    snapshot: Snapshot,
    as_of: date,
    *,
    subject: str,
    narrowed: Narrowed,
    groups: Sequence[Group] = (),
) -> Demand:
    """What held guidances were about, this year up to the day and the same days last year."""
    now = contract.period.until(min(as_of, contract.period.end))
    before = Period(_year_before(now.start), _year_before(now.end))
    base = Selection("guidance", "held_on", (HELD, *narrowed.where))
    said = words(snapshot, "guidance", subject)
    tallies: dict[str | None, Tally] = {None: Tally((base,))}
    tallies |= {word: Tally((base.having((Condition(subject, "=", word),)),)) for word in said}
    parts = {
        (word, group.id): Tally((one.of[0].having(group.where),))
        for word, one in tallies.items()
        for group in groups
    }
    asked: dict[Countable, frozenset[str]] = {
        **{one: frozenset(DIMENSIONS) for one in tallies.values()},
        **{one: frozenset[str]() for one in parts.values()},
    }
    found = counts(contract, snapshot, as_of, asked, period=now, only=narrowed.only)
    earlier = counts(
        contract, snapshot, as_of, dict.fromkeys(tallies.values(), frozenset[str]()),
        period=before, only=narrowed.only,
    )  # fmt: skip
    known = earlier[tallies[None]].total > 0

    def row(word: str | None) -> Asked:
        this, last = found[tallies[word]], earlier[tallies[word]]
        by_group = {group.id: found[parts[word, group.id]].total for group in groups}
        return Asked(word, change(this.total, last.total, known=known), this.by, by_group)

    rows = [one for one in map(row, said) if one.change.now or one.change.before]
    total = row(None)
    rows.sort(key=lambda one: (-one.change.now, -one.change.before, one.word or ""))
    return Demand(subject, now, before, rows, _rest(total, rows, known), total)


def guided_companies(
    contract: Contract,
    snapshot: Snapshot,
    as_of: date,
    groups: Mapping[str, Sequence[Group]],
) -> tuple[Counts, dict[str, dict[str, int]]]:
    """Different companies guided this year up to the day: in all by place and segment, by groups.

    They are those in the territory; a company that moved or grew counts in each of its cells.
    """
    inside = Condition("municipality", "in_territory")
    company = Condition("client_kind", "=", "company")
    base = Selection("guidance", "held_on", (HELD, company, inside))
    whole = Distinct((base,), "client")
    parts = {
        (name, group.id): Distinct((base.having(group.where),), "client")
        for name, of in groups.items()
        for group in of
    }
    asked: dict[Countable, frozenset[str]] = {whole: frozenset({"municipality", "segment"})}
    asked |= {one: frozenset[str]() for one in parts.values()}
    now = contract.period.until(min(as_of, contract.period.end))
    found = counts(contract, snapshot, as_of, asked, period=now)
    by = {name: {g.id: found[parts[name, g.id]].total for g in of} for name, of in groups.items()}
    return found[whole], by


def _rest(total: Asked, rows: Sequence[Asked], known: bool) -> Asked:
    """What is left of the total: the guidances that say nothing of it."""

    def left(whole: int, parts: Sequence[int]) -> int:
        return whole - sum(parts)

    return Asked(
        word=None,
        change=change(
            left(total.change.now, [row.change.now for row in rows]),
            left(total.change.before, [row.change.before for row in rows]),
            known=known,
        ),
        by={
            name: {cell: left(n, [row.by[name][cell] for row in rows]) for cell, n in cells.items()}
            for name, cells in total.by.items()
        },
        groups={g: left(n, [row.groups[g] for row in rows]) for g, n in total.groups.items()},
    )


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)
