"""How much room each column of a table wants, by what stands in it."""

from collections.abc import Sequence

from pejl.reports.document import Table

LEAST, MOST = 5, 44  # characters: a wide text wraps rather than starving its neighbours
AIR = 3  # characters' room between two columns


def wanted(table: Table) -> list[int]:
    """Characters that each column asks for: its longest cell, or the longest word of its head."""
    return [
        min(MOST, AIR + max(LEAST, _head(column.label), *_cells(table, place)))
        for place, column in enumerate(table.columns)
    ]


def shares(table: Table) -> list[float]:
    """The part of the table's whole width that each column gets; they add up to one."""
    asked: Sequence[int] = wanted(table)
    return [one / sum(asked) for one in asked]


def lines(table: Table, row: int, characters: float) -> int:
    """In how many lines the row is written when the whole table is so many characters wide."""
    return max(
        -(-len(cell.text) // max(1, int(characters * share)))
        for cell, share in zip(table.rows[row], shares(table), strict=True)
    )


def _head(label: str) -> int:
    return max((len(word) for word in label.split()), default=0)


def _cells(table: Table, place: int) -> list[int]:
    return [len(row[place].text) for row in table.rows] or [0]
