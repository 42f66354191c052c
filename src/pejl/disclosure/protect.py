"""Hides small counts, and enough others that the sums do not give them away.

For each small count the cheapest *exchange* is hidden: a set of cells in which adding one here and
taking one there leaves every shown count and every sum as it is. As long as the exchange can be
made often enough, no reader of the documents, however clever, can tell the count: the other tables
are just as possible. This is the hypercube method (Repsilber, R. D. (1994), "Preservation of
confidentiality in aggregated data", Second International Seminar on Statistical Confidentiality),
extended with exchanges over totals, so that it always ends.
"""

from collections.abc import Iterator, Mapping
from itertools import product

from pejl.disclosure.cells import ALL, Cell, Inside, Tables

Exchange = Mapping[Cell, int]  # cell -> +1 or -1
# What it costs to hide a total rather than a cell, in cells' worth of counts.
OVER_PLACES, OVER_AXES = 40, 8


def protect(tables: Tables, minimum: int) -> frozenset[Cell]:
    """The cells to hide so that no small count can be told from the sums of the others.

    Each small count, and each small rest of a share, keeps at least ``minimum`` possible values.
    """
    small = set(tables.small(minimum))
    hidden = set(small)
    # Totals first: what must be hidden for them often protects the cells below.
    for cell in sorted(small, key=lambda c: (c.axis != ALL, c.place != ALL, c)):
        hidden |= _cheapest(tables, cell, hidden, minimum)
    for one in tables.inside:
        for cell in [c for c in tables.values if one.share and c.series == one.part]:
            rest = tables.rest(one, cell)
            if rest is not None and 0 < rest < minimum:
                hidden |= _cheapest_rest(tables, one, cell, hidden, minimum)
    return frozenset(hidden)


def reach(tables: Tables, exchange: Exchange) -> int | None:
    """How many other tables the exchange leads to, in both directions; None = endlessly many.

    0 when it would change a shown zero. A hidden count stays at least 1, a rest at least 0.
    """
    down: list[int] = []
    up: list[int] = []
    for cell, sign in exchange.items():
        value = tables.values[cell]
        if value == 0:
            return 0
        (down if sign > 0 else up).append(value - 1)
    for one in tables.inside:
        for cell in {c.at(one.part) for c in exchange if c.series in (one.part, one.whole)}:
            rest = tables.rest(one, cell)
            change = exchange.get(cell.at(one.whole), 0) - exchange.get(cell, 0)
            if rest is not None and change:
                (down if change > 0 else up).append(rest // abs(change))
    return min(down) + min(up) if down and up else None


def exchanges(tables: Tables, cell: Cell, together: bool = False) -> Iterator[Exchange]:
    """Every exchange that adds one to the cell: a product of a move in each direction.

    With ``together`` a series moves along with what lies inside it: its clients, its part of 5+.
    """
    moves = _together(tables, cell.series) if together else _over_series(tables, cell.series)
    for series in moves:
        for place in _over_places(tables, cell):
            for slots in _over_axes(tables, cell, series, place):
                move = {
                    Cell(s, p, *slot): a * b * c
                    for (s, a), (p, b), (slot, c) in product(
                        series.items(), place.items(), slots.items()
                    )
                    if slot[0] == ALL or slot[0] in tables.axes[s]
                }
                if move.keys() <= tables.values.keys():
                    yield move


def _cheapest(tables: Tables, cell: Cell, hidden: set[Cell], minimum: int) -> set[Cell]:
    best = _best(tables, exchanges(tables, cell), hidden, minimum)
    if not any(one.place == ALL and one not in hidden for one in best):
        return best
    # Before a total of the whole hub is hidden, ask what moving more series at once would hide.
    wider = _best(tables, exchanges(tables, cell, together=True), hidden, minimum)
    return min(
        (best, wider or best),
        key=lambda cells: sum(_cost(tables, one) for one in cells if one not in hidden),
    )


def _cheapest_rest(
    tables: Tables, one: Inside, cell: Cell, hidden: set[Cell], minimum: int
) -> set[Cell]:
    """The cells of an exchange that changes the rest: part and whole must not move together."""
    whole = cell.at(one.whole)
    moves = [
        exchange
        for start in (cell, whole)
        if tables.values[start]
        for exchange in exchanges(tables, start)
        if exchange.get(cell, 0) != exchange.get(whole, 0)
    ]
    return _best(tables, iter(moves), hidden, minimum)


def _best(tables: Tables, moves: Iterator[Exchange], hidden: set[Cell], minimum: int) -> set[Cell]:
    best: Exchange = {}
    lowest: int | None = None
    for move in moves:
        cost = sum(_cost(tables, cell) for cell in move if cell not in hidden)
        if lowest is not None and cost >= lowest:
            continue
        width = reach(tables, move)
        if width is None or width >= minimum - 1:
            best, lowest = move, cost
        if lowest == 0:
            break
    return set(best)


def _cost(tables: Tables, cell: Cell) -> int:
    value = tables.values[cell]
    weight = (OVER_PLACES if cell.place == ALL else 1) * (OVER_AXES if cell.axis == ALL else 1)
    return (value + 1) * weight


def _over_series(tables: Tables, series: str) -> Iterator[dict[str, int]]:
    """The series alone where nothing adds up with it, else against a sister or with the sum."""
    families = [(w, parts) for w, parts in tables.sums.items() if series in (w, *parts)]
    if not families:
        yield {series: 1}
    for whole, parts in families:
        for other in parts:
            if series == whole:
                yield {whole: 1, other: 1}
            elif other != series:
                yield {series: 1, other: -1}
        if series != whole:
            yield {series: 1, whole: 1}
    # A part can also rise together with what it is a part of.
    for one in tables.inside:
        if one.part == series:
            yield from ({series: 1} | more for more in _over_series(tables, one.whole))


def _together(tables: Tables, series: str) -> Iterator[dict[str, int]]:
    """Each move of the series along with one, or all, of the series that lie inside it."""
    within = [one.part for one in tables.inside if one.whole == series]
    for move in _over_series(tables, series):
        for parts in (*([part] for part in within), within):
            yield move | dict.fromkeys(parts, 1)


def _over_places(tables: Tables, cell: Cell) -> Iterator[dict[str, int]]:
    places = tables.places[cell.series]
    if not places:
        yield {cell.place: 1}
    for other in places:
        if cell.place == ALL:
            yield {ALL: 1, other: 1}
        elif other != cell.place:
            yield {cell.place: 1, other: -1}
    if places and cell.place != ALL:
        yield {cell.place: 1, ALL: 1}


def _over_axes(
    tables: Tables, cell: Cell, series: Mapping[str, int], places: Mapping[str, int]
) -> Iterator[dict[tuple[str, str], int]]:
    """Two cells of the axis against each other; or a total with one cell of every axis."""
    slot, axes = (cell.axis, cell.name), tables.axes[cell.series]
    for name in axes.get(cell.axis, ()):
        if name != cell.name:
            yield {slot: 1, (cell.axis, name): -1}
    every = {axis: names for one in series for axis, names in tables.axes[one].items()}
    if cell.axis != ALL:
        every[cell.axis] = (cell.name,)
    chosen = {axis: _largest(tables, axis, names, series, places) for axis, names in every.items()}
    yield {(ALL, ALL): 1, **dict.fromkeys(chosen.items(), 1)}


def _largest(
    tables: Tables,
    axis: str,
    names: tuple[str, ...],
    series: Mapping[str, int],
    places: Mapping[str, int],
) -> str:
    """The cell of the axis whose smallest count, in all series and places concerned, is largest."""

    def smallest(name: str) -> int:
        return min(
            tables.values[Cell(s, p, axis, name)]
            for s in series
            for p in places
            if axis in tables.axes[s]
        )

    return max(names, key=smallest)
