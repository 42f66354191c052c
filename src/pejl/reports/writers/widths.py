"""How much room each column of a table gets, by what stands in it."""

from collections.abc import Sequence

from pejl.reports.document import Table

LEAST, MOST = 5, 44  # characters: a wide text wraps rather than starving its neighbours
LONGEST = 90  # characters that a wide column may ask for where there is room
AIR = 3  # characters' room between two columns
RATHER = 0.35  # the least part of a table for its wide columns, before all columns give way


def wanted(table: Table, most: int = MOST) -> list[int]:
    """Characters that each column asks for: its longest cell, or the longest word of its head."""
    return [
        min(most, AIR + max(LEAST, _head(column.label), *_cells(table, place)))
        for place, column in enumerate(table.columns)
    ]


def room(table: Table, characters: float) -> float:
    """How wide the table is where so many characters fit: no wider than its texts want."""
    return min(characters, max(characters / 2, sum(wanted(table, LONGEST))))


def shares(table: Table, characters: float) -> list[float]:
    """The part of the table's whole width that each column gets; they add up to one.

    Figures get what they ask for and never wrap; wide columns take the room that is left.
    """
    asked: Sequence[int] = wanted(table, LONGEST)
    wide = [column.wide for column in table.columns]
    narrow = sum(one for one, is_wide in zip(asked, wide, strict=True) if not is_wide)
    left, wished = characters - narrow, sum(asked) - narrow
    if not wished or left < RATHER * characters:
        asked = wanted(table)
        return [one / sum(asked) for one in asked]
    got = [
        one * left / wished if is_wide else one for one, is_wide in zip(asked, wide, strict=True)
    ]
    return [one / characters for one in got]


def lines(table: Table, texts: Sequence[str], characters: float) -> int:
    """In how many lines a row of these texts is written in a table so many characters wide."""
    return max(
        -(-len(text) // max(1, int(characters * share)))
        for text, share in zip(texts, shares(table, characters), strict=True)
    )


def _head(label: str) -> int:
    """Its longest word, and some: a head is bold."""
    return max((len(word) * 6 // 5 for word in label.split()), default=0)


def _cells(table: Table, place: int) -> list[int]:
    return [len(row[place].text) for row in table.rows] or [0]
