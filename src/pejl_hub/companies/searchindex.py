"""The index behind the search: every name in pieces of three letters, kept by the database itself.

SQLite keeps an FTS5 table by triggers and PostgreSQL an index of ``pg_trgm``, so that whoever
writes a row, an import in bulk or its undoing included, has the index follow in the same
transaction. Both are put in place after every ``migrate``, for SQLite loses a table's triggers
whenever a migration builds the table anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections

PIECE = 3
LIKENESS = 0.35  # of PostgreSQL's candidates; its own 0.6 lets two slips in a name go by
_LETTERS = (("Æ", "ae"), ("æ", "ae"), ("Ø", "oe"), ("ø", "oe"), ("Å", "aa"), ("å", "aa"))


@dataclass(frozen=True)
class Indexed:
    """A table whose text columns are searched."""

    table: str
    columns: tuple[str, ...]

    @property
    def index(self) -> str:
        """The name of its index."""
        return f"{self.table}_pieces"


COMPANIES = Indexed("companies_company", ("name",))
PEOPLE = Indexed("companies_person", ("name", "email"))
CONTACTS = Indexed("companies_contact", ("name", "email"))
ALL = (COMPANIES, PEOPLE, CONTACTS)


def fold(text: str) -> str:
    """Lower case, one spelling of æ, ø and å, single spaces: as the index has it.

    Examples
    --------
    >>> fold("  Ærø  Smede ApS"), fold("Aarhus Å")
    ('aeroe smede aps', 'aarhus aa')
    """
    for letter, plain in _LETTERS:
        text = text.replace(letter, plain)
    return " ".join(text.lower().split())


def pieces(text: str) -> list[str]:
    """The pieces of three of a folded text, each once, with the spaces around its words.

    Examples
    --------
    >>> pieces("bo a")
    [' bo', 'bo ', 'o a']
    """
    padded = f" {text}"  # no space behind: what is typed may be the beginning of a word
    return list(dict.fromkeys(padded[i : i + PIECE] for i in range(len(padded) - PIECE + 1)))


def install(using: str) -> None:
    """Put the index in place where it is not; nothing is done to one that stands."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for indexed in ALL:
            if indexed.table not in tables:
                continue
            if connection.vendor == "postgresql":
                _install_postgresql(cursor, indexed)
            else:
                _install_sqlite(cursor, indexed)


def remove(using: str) -> None:
    """Take SQLite's index away, pieces of names that are gone included; PostgreSQL's holds none."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for indexed in ALL:
            for name in ("made", "changed", "gone"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {indexed.index}_{name}")
            cursor.execute(f"DROP TABLE IF EXISTS {indexed.index}")


def tidy(using: str) -> None:
    """Throw away the pieces of names that are gone: SQLite keeps them until it merges its index."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for index in {one.index for one in ALL} & tables:
            cursor.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608


def nearest(using: str, indexed: Indexed, text: str, *, whole: bool, limit: int) -> Sequence[int]:
    """The numbers of at most ``limit`` rows, best first, with all the pieces or with some.

    ``text`` is folded and has at least two letters. One query, and a setting on PostgreSQL.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SET pg_trgm.word_similarity_threshold = {LIKENESS}")
            query, values = _ask_postgresql(indexed, text, whole)
        else:
            query, values = _ask_sqlite(indexed, text, whole)
        cursor.execute(f"{query} LIMIT {int(limit)}", values)
        return [row[0] for row in cursor.fetchall()]


def _folded(columns: Iterable[str], row: str = "") -> str:
    """The columns of a row in SQL, folded as ``fold`` does, with spaces around."""
    text = " || ' ' || ".join(f"coalesce({row}{column}, '')" for column in columns)
    for letter, plain in _LETTERS:
        text = f"replace({text}, '{letter}', '{plain}')"
    return f"' ' || lower({text}) || ' '"


def _install_postgresql(cursor: Any, indexed: Indexed) -> None:
    cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    cursor.execute(
        f"CREATE INDEX IF NOT EXISTS {indexed.index} ON {indexed.table}"
        f" USING gin (({_folded(indexed.columns)}) gin_trgm_ops)"
    )


def _install_sqlite(cursor: Any, indexed: Indexed) -> None:
    index, table = indexed.index, indexed.table
    cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
                   " AND name LIKE %s", [table, f"{index}%"])  # fmt: skip
    if cursor.fetchone()[0] == 3:
        return
    cursor.execute(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {index} USING fts5(folded, tokenize = 'trigram')"
    )
    columns = ", ".join(indexed.columns)
    differ = " OR ".join(f"old.{column} IS NOT new.{column}" for column in indexed.columns)
    add = (
        f"INSERT INTO {index} (rowid, folded)"  # noqa: S608
        f" VALUES (new.id, {_folded(indexed.columns, 'new.')});"
    )
    drop = f"DELETE FROM {index} WHERE rowid = old.id;"  # noqa: S608 - our own names
    for name, when, act in (
        ("made", f"INSERT ON {table}", add),
        ("changed", f"UPDATE OF id, {columns} ON {table} WHEN {differ} OR old.id <> new.id",
         drop + add),
        ("gone", f"DELETE ON {table}", drop),
    ):  # fmt: skip
        cursor.execute(f"DROP TRIGGER IF EXISTS {index}_{name}")
        cursor.execute(f"CREATE TRIGGER {index}_{name} AFTER {when} BEGIN {act} END")
    cursor.execute(f"DELETE FROM {index}")  # noqa: S608
    cursor.execute(
        f"INSERT INTO {index} (rowid, folded) SELECT id, {_folded(indexed.columns)} FROM {table}"  # noqa: S608
    )


def _ask_sqlite(indexed: Indexed, text: str, whole: bool) -> tuple[str, list[str]]:
    quoted = ['"' + piece.replace('"', '""') + '"' for piece in pieces(text)]
    match = (" AND " if whole else " OR ").join(quoted)
    index = indexed.index
    return f"SELECT rowid FROM {index} WHERE {index} MATCH %s ORDER BY rank", [match]  # noqa: S608


def _ask_postgresql(indexed: Indexed, text: str, whole: bool) -> tuple[str, list[str]]:
    folded = f"({_folded(indexed.columns)})"
    if whole:
        places = " AND ".join([f"{folded} LIKE %s"] * len(text.split()))
        words = [f"% {_unlike(word)}%" for word in text.split()]
        # All have the words, so the shortest is the likest; to compare a frequent word with
        # thousands of names piece by piece would take four times as long.
        length = " + ".join(f"coalesce(length({column}), 0)" for column in indexed.columns)
        return (
            f"SELECT id FROM {indexed.table} WHERE {places} ORDER BY {length}, id",  # noqa: S608
            words,
        )
    return (
        f"SELECT id FROM {indexed.table} WHERE %s <%% {folded} ORDER BY %s <<-> {folded}",  # noqa: S608
        [text, text],
    )


def _unlike(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
