"""The charts of reports: a goal's year, the municipalities, and the parts of one municipality."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from pejl.indicators.result import Figure
from pejl.reports import figures, places
from pejl.reports.document import Band, Cell, Chart, Series, State
from pejl.reports.making import Making
from pejl.standing.result import GoalStanding, Standing


def course(making: Making, item: GoalStanding) -> Chart | None:
    """The goal's year: what was measured, the target's path, and the forecast's fan."""
    words, unit = making.words, item.goal.unit
    measured, fan = item.measured.cumulative, making.material.fans.get(item.goal.id, {})
    months = making.contract.period.months()
    cells = [figures.figure(measured.get(month), unit, words) for month in months]
    drawn = [cell if cell.value is not None else None for cell in cells]
    if sum(cell is not None for cell in drawn) < 2:
        return None
    series = [Series(words.say("chart.measured"), drawn)]
    if item.path:
        path = [
            figures.amount(item.path[month], unit, words) if month in item.path else None
            for month in months
        ]
        series.append(Series(words.say("chart.path"), path, "target"))
    bands = [_fan(making, item, months)] if fan else []
    return Chart(
        f"aaret-{item.goal.id}",
        "line",
        making.label(item),
        _course_alt(making, item, months, drawn),
        [words.month(month) for month in months],
        series,
        bands,
        unit,
    )


def _fan(making: Making, item: GoalStanding, months: Sequence[str]) -> Band:
    """What is likely at each month's end; it opens where the last whole month was measured."""
    words, unit = making.words, item.goal.unit
    fan = making.material.fans[item.goal.id]
    opening = max((m for m in item.measured.cumulative if m < min(fan)), default=None)

    def end(month: str, name: str) -> Cell | None:
        if month in fan:
            found = getattr(fan[month], name)
            return figures.amount(found, unit, words, State.ESTIMATED)
        if month == opening:
            start = item.measured.cumulative[month].value
            return figures.amount(start, unit, words, State.ESTIMATED)
        return None

    low, high = ([end(month, name) for month in months] for name in ("low", "high"))
    return Band(words.say("chart.fan"), low, high)


def _course_alt(
    making: Making, item: GoalStanding, months: Sequence[str], drawn: Sequence[Cell | None]
) -> str:
    words, unit = making.words, item.goal.unit
    last = max(place for place, cell in enumerate(drawn) if cell is not None)
    cell = drawn[last] or figures.EMPTY
    said = words.say(
        "chart.course.alt",
        goal=making.label(item),
        value=cell.text,
        month=words.long_month(months[last]),
    )
    if item.path:
        whole = figures.said(item.path[max(item.path)], unit, words)
        said += words.say("chart.course.target", value=whole)
    if item.forecast is not None:
        ends = (figures.said(end, unit, words) for end in (item.forecast.low, item.forecast.high))
        low, high = ends
        said += words.say("chart.course.fan", low=low, high=high)
    return said


def by_place(making: Making, item: GoalStanding) -> Chart:
    """The goal in each municipality, by name: no order of merit, and no colour of judgement."""
    keys = places.order(making, [item])
    title = making.words.say("chart.places", goal=making.label(item))
    found = [places.cell(item, key) for key in keys]
    names = [making.name_of(key) for key in keys]
    return _bars(making, f"kommuner-{item.goal.id}", title, names, found, item.goal.unit)


def by_cell(making: Making, item: GoalStanding, axis: str) -> Chart:
    """The goal by segment, by size or by month."""
    breakdown = item.measured.breakdowns[axis]
    name: Callable[[str], str] = (
        making.words.month if axis == "month" else lambda key: places.name_of(making, axis, key)
    )
    key = "months" if axis == "month" else axis
    title = making.words.say(f"chart.{key}", goal=making.label(item))
    names = [name(cell) for cell in breakdown.cells]
    found = list(breakdown.cells.values())
    kind = "columns" if axis == "month" else "bars"
    return _bars(making, f"{key}-{item.goal.id}", title, names, found, item.goal.unit, kind)


def shares(making: Making, place: str, standing: Standing) -> Chart | None:
    """The municipality's part of each of the hub's figures that add up."""
    pairs = [
        (making.label(item), places.share(making, item, standing.goals[item.goal.id]))
        for item in places.placed(making.goals)
    ]
    pairs = [(name, cell) for name, cell in pairs if cell.unit == "percent"]
    if not pairs:
        return None
    title = making.words.say("chart.share", place=making.name_of(place))
    names, cells = [name for name, _ in pairs], [cell for _, cell in pairs]
    return _chart(making, "andele", title, names, cells, "percent", "bars")


def _bars(
    making: Making,
    id_: str,
    title: str,
    names: Sequence[str],
    found: Sequence[Figure | None],
    unit: str,
    kind: str = "bars",
) -> Chart:
    cells = [figures.figure(one, unit, making.words) for one in found]
    return _chart(making, id_, title, names, cells, unit, kind)


def _chart(
    making: Making,
    id_: str,
    title: str,
    names: Sequence[str],
    cells: Sequence[Cell],
    unit: str,
    kind: str,
) -> Chart:
    """Bars; one that is hidden keeps its sign beside an empty bar."""
    series = [Series(making.words.say("chart.measured"), cells)]
    alt = _cells_alt(making, title, names, cells)
    return Chart(id_, kind, title, alt, names, series, unit=unit)


def _cells_alt(making: Making, title: str, names: Sequence[str], cells: Sequence[Cell]) -> str:
    """The title and the largest cell; the whole is told by the table."""
    known = [
        (cell.value, -place)
        for place, cell in enumerate(cells)
        if isinstance(cell.value, int | Fraction)
    ]
    words = making.words
    if not known or not max(known)[0]:
        return words.say("chart.cells.alt.none", title=title)
    place = -max(known)[1]
    most = words.say("cell.is", name=names[place], value=cells[place].text)
    return words.say("chart.cells.alt", title=title, most=most)


def drawable(chart: Chart | None) -> bool:
    """Whether there is anything above zero to draw."""
    return chart is not None and any(
        cell is not None and cell.value for one in chart.series for cell in one.cells
    )
