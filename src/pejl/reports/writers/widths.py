"""How much room each column of a table gets, by what stands in it."""

from collections.abc import Iterator, Sequence

from pejl.reports.document import Table

LEAST, MOST = 5, 44  # characters: a wide text wraps rather than starving its neighbours
LONGEST = 90  # characters that a column of running text may ask for where there is room
AIR = 3  # characters' room between two columns
SHORT = 14  # characters of a text that stays on one line
BOLD = 1.3  # how much wider a bold letter is


def wanted(table: Table, most: int = MOST) -> list[int]:
    """Characters that each column asks for: its longest cell, or the longest word of its head."""
    return [
        min(most, max(least, AIR + max(map(len, _texts(table, place)), default=0)))
        for place, least in enumerate(needed(table))
    ]


def needed(table: Table) -> list[int]:
    """Characters that each column must have: a figure never wraps, nor does a word break."""
    return [
        min(MOST, AIR + max([LEAST, _head(column.label), *_unbroken(table, place, column.numeric)]))
        for place, column in enumerate(table.columns)
    ]


def room(table: Table, characters: float) -> float:
    """How wide the table is where so many characters fit: no wider than its texts want."""
    return min(characters, max(characters / 2, sum(wanted(table, LONGEST))))


def shares(table: Table, characters: float) -> list[float]:
    """The part of the table's whole width that each column gets; they add up to one.

    Each gets what it needs, then what it wants as far as there is room; wide columns the rest.
    """
    floors, asked = needed(table), wanted(table, LONGEST)
    left = characters - sum(floors)
    if left < 0:
        return [floor / sum(floors) for floor in floors]
    more = [ask - floor for ask, floor in zip(asked, floors, strict=True)]
    part = min(1.0, left / (sum(more) or 1))
    got = [floor + part * one for floor, one in zip(floors, more, strict=True)]
    takers = [column.wide for column in table.columns]
    rest = (characters - sum(got)) / (sum(takers) or len(got))
    return [
        (one + (rest if takes or not any(takers) else 0)) / characters
        for one, takes in zip(got, takers, strict=True)
    ]


def lines(table: Table, texts: Sequence[str], characters: float) -> int:
    """In how many lines a row of these texts is written in a table so many characters wide."""
    return max(
        -(-len(text) // max(1, int(characters * share)))
        for text, share in zip(texts, shares(table, characters), strict=True)
    )


def _head(label: str) -> int:
    return int(BOLD * max((len(word) for word in label.split()), default=0))


def _unbroken(table: Table, place: int, numeric: bool) -> Iterator[int]:
    for text in _texts(table, place):
        yield from [len(text)] if numeric or len(text) <= SHORT else map(len, text.split())


def _texts(table: Table, place: int) -> Iterator[str]:
    return (row[place].text for row in table.rows)
