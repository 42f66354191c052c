"""Cells that no honest export holds, and the ways a table of cells is spoilt."""

from collections.abc import Callable
from random import Random

Table = list[list[str]]

POISON = (
    "", " ", "\t", "\u00a0", "\u200b", "\ufeff", "\0", "a\0b", "\r\n", "a\nb", '"', '""', '"a',
    ";", "'", "\\",
    "0", "-0", "-1", "1e308", "1e999", "-1e999", "NaN", "nan", "Infinity", "-inf", "0x10",
    "1_000",
    "2147483647", "2147483648", "-2147483649", "9223372036854775808", "9" * 40, "9" * 5000,
    "0," + "3" * 50,
    "1.000.000.000.000,00", "999.999.999.999.999,99", "12,345", "1.2.3,4", "٣٤", "½", "²", "１２",
    "１0000009",
    "01-01-0001", "31-12-9999", "01-01-10000", "00-00-0000", "29-02-2023", "30-02-2024",
    "31-04-2024",
    "01-01-1599", "31-12-2199", "٠١-٠١-٢٠٢٤", "2024-13-45", "2024-13-45 00:00:00",
    "0001-01-01 00:00:00",
    "9999-12-31", "2024-02-30T00:00:00", "18-05-2024 25:61", "18-05-2024 12.30", "45292",
    "1/1/24",
    "true", "false", "TRUE", "Ja", "Nej", "ja", "null", "None", "N/A", "#N/A", "#REF!", "#DIV/0!",
    "=1+1", "=cmd|'/C calc'!A0", "@SUM(1)", "+1", "-1+1", "\t=1", "{{7*7}}", "{% now 'Y' %}",
    "${7*7}", "%s%n",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "]]>", "&#0;", "&lol;", "<!--",
    "'; DROP TABLE companies_company; --", "1 OR 1=1", "%", "_", "\\N", "../../etc/passwd",
    "C:\\con",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "\U0001f9d1\u200d\U0001f680" * 3, "e\u0301" * 50,
    "\u202egnp.exe", "ı", "ß", "İstanbul", "Å", "A\u030a", "æøå" * 30, "x" * 199, "x" * 201,
    "x" * 255, "x" * 256,
    "x" * 10_000, "å" * 121, "æ " * 200,
    "251299-1234", "2512991234", "251299 1234", "SMV251299-1234", "POT2512991234",
    "SMV1", "SMV2", "SMV9", "POT1", "POT2", "POT9", "V1", "A1", "P1", "smv1", "SMV", "POT",
    "SMV1 ", "SMV-1",
    "10000009", "10000010", "00000000", "DK10000009", "DK 10 00 00 09", "٠٠٠٠٠٠٠٠", "12345678",
    "101", "0101", "000", "999", "København", "Høje-Taastrup", "Atlantis",
    "nogen@example.dk", "a@b", "@", "a\r\nBcc: x@example.dk", '"a b"@example.dk', "å@ø.dk",
    "x" * 250 + "@example.dk",
    "javascript:alert(1)", "http://[::1", "https://example.dk/" + "x" * 3000,
)  # fmt: skip

Spoil = Callable[[Random, Table], None]


def a_cell(random: Random) -> str:
    """A poisonous cell: one of the list, two together, or characters of any kind."""
    choice = random.random()
    if choice < 0.75:
        return random.choice(POISON)
    if choice < 0.9:
        return random.choice(POISON) + random.choice(POISON)
    return "".join(chr(random.choice((random.randrange(32, 127), random.randrange(160, 0xD7FF))))
                   for _ in range(random.randrange(1, 40)))  # fmt: skip


def spoil(random: Random, table: Table) -> str:
    """Spoil the table in one way; its name."""
    way = random.choice(WAYS)
    if table and any(table):
        way(random, table)
    return way.__name__


def cell_poisoned(random: Random, table: Table) -> None:
    """One cell, or half a dozen."""
    for _ in range(random.choice((1, 1, 1, 6))):
        row = random.choice(table)
        if row:
            row[random.randrange(len(row))] = a_cell(random)


def body_poisoned(random: Random, table: Table) -> None:
    """One cell below the headings."""
    if len(table) > 1 and (row := random.choice(table[1:])):
        row[random.randrange(len(row))] = a_cell(random)


def cells_swapped(random: Random, table: Table) -> None:
    """Two cells change places."""
    one, other = random.choice(table), random.choice(table)
    if one and other:
        here, there = random.randrange(len(one)), random.randrange(len(other))
        one[here], other[there] = other[there], one[here]


def cell_spliced(random: Random, table: Table) -> None:
    """Something stands inside what is sound."""
    row = random.choice(table)
    if row:
        place = random.randrange(len(row))
        text = row[place]
        cut = random.randrange(len(text) + 1)
        row[place] = text[:cut] + a_cell(random) + text[cut:]


def column_removed(random: Random, table: Table) -> None:
    """A column is not there."""
    place = random.randrange(max(map(len, table)))
    for row in table:
        del row[place : place + 1]


def column_doubled(random: Random, table: Table) -> None:
    """A column stands twice."""
    place = random.randrange(max(map(len, table)))
    for row in table:
        row[place:place] = row[place : place + 1]


def column_renamed(random: Random, table: Table) -> None:
    """A heading is another."""
    if table[0]:
        table[0][random.randrange(len(table[0]))] = a_cell(random)


def columns_shuffled(random: Random, table: Table) -> None:
    """The headings are in another order than their cells."""
    random.shuffle(table[0])


def row_removed(random: Random, table: Table) -> None:
    """A row, perhaps the headings, is gone."""
    del table[random.randrange(len(table))]


def row_repeated(random: Random, table: Table) -> None:
    """A row comes again, as it is or changed in a cell."""
    again = list(random.choice(table))
    table.insert(random.randrange(len(table) + 1), again)
    if again and random.random() < 0.5:
        again[random.randrange(len(again))] = a_cell(random)


def row_cut(random: Random, table: Table) -> None:
    """A row has fewer cells, or more."""
    row = random.choice(table)
    if random.random() < 0.5:
        del row[random.randrange(len(row) + 1) :]
    else:
        row.extend(a_cell(random) for _ in range(random.choice((1, 3, 300))))


def rows_shuffled(random: Random, table: Table) -> None:
    """The rows stand in another order."""
    random.shuffle(table)


def table_emptied(random: Random, table: Table) -> None:
    """Headings alone, or nothing at all."""
    del table[random.choice((0, 1)) :]


WAYS: tuple[Spoil, ...] = (
    cell_poisoned, cell_poisoned, body_poisoned, body_poisoned, body_poisoned, cell_spliced,
    cells_swapped,
    column_removed, column_doubled, column_renamed, columns_shuffled, row_removed, row_repeated,
    row_repeated,
    row_cut, rows_shuffled, table_emptied,
)  # fmt: skip
