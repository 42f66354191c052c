"""The triggers as SQL, for SQLite and for PostgreSQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pejl_hub.snapshots.watching.watches import WATCHES, Watch

PREFIX = "pejl_changed_"
WRITES = ("insert", "update", "delete")
# SQLite can replace a line only where the database knows that it is the same.
ONCE = (
    "CREATE UNIQUE INDEX IF NOT EXISTS snapshots_change_once"
    " ON snapshots_change (table_name, month)"
)
FORGET = f"""CREATE OR REPLACE FUNCTION {PREFIX}wholly() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN DELETE FROM snapshots_watch; RETURN NULL; END $$"""


@dataclass(frozen=True)
class Trigger:
    """A trigger: its name, its table, and the statements that make it."""

    name: str
    table: str
    statements: tuple[str, ...]


@lru_cache
def noting_new(table: str) -> tuple[str, tuple[str, ...]] | None:
    """For bulk writes on SQLite: the trigger of new rows, and the notes that stand for it.

    In a note ``{rows}`` is where the new rows stand. None where new rows touch nothing.
    """
    watch = next((one for one in WATCHES if one.table == table), None)
    if watch is None or "insert" not in _writes(watch):
        return None
    changed = f"SELECT {', '.join(watch.needs)} {{rows}}"
    notes = (_note(of, query, changed) for of, query in watch.touched_by("insert").items())
    return f"{PREFIX}{table}_insert", tuple(notes)


def on_sqlite() -> Iterator[Trigger]:
    """One for each table and kind of write, fired for each row."""
    for watch in WATCHES:
        for write in _writes(watch):
            name = f"{PREFIX}{watch.table}_{write}"
            rows = {"insert": ["NEW"], "delete": ["OLD"]}.get(write, ["OLD", "NEW"])
            selects = (", ".join(f"{row}.{c} AS {c}" for c in watch.needs) for row in rows)
            changed = " UNION ".join(f"SELECT {columns}" for columns in selects)
            notes = (_note(*one, changed) for one in watch.touched_by(write).items())
            when = " OR ".join(f"OLD.{c} IS NOT NEW.{c}" for c in watch.only)
            head = f"CREATE TRIGGER {name} AFTER {write.upper()} ON {watch.table}"
            head += f" WHEN {when}" if when and write == "update" else ""
            yield Trigger(name, watch.table, (f"{head} BEGIN {' '.join(notes)} END",))


def _note(of: str, query: str, changed: str) -> str:
    # Distinct, for many rows lie in few months.
    months = (
        f"SELECT DISTINCT COALESCE(substr(day, 1, 7), '') AS month FROM ({_within(query, changed)})"
    )
    return (
        f"INSERT INTO snapshots_change (table_name, month, stamp)"
        f" SELECT '{of}', month, random() FROM ({months}) WHERE true"
        " ON CONFLICT (table_name, month) DO UPDATE SET stamp = excluded.stamp;"
    )


def on_postgresql() -> Iterator[Trigger]:
    """One for each table and kind of write, fired once for a statement; and one for TRUNCATE."""
    for watch in WATCHES:
        for write in _writes(watch):
            name = f"{PREFIX}{watch.table}_{write}"
            seen = {"insert": ["NEW"], "delete": ["OLD"]}.get(write, ["OLD", "NEW"])
            tables = " ".join(f"{row} TABLE AS {row.lower()}_rows" for row in seen)
            yield Trigger(
                name,
                watch.table,
                (
                    f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
                    f" AS $$ BEGIN {_notes(watch, write, seen)} RETURN NULL; END $$",
                    f"CREATE TRIGGER {name} AFTER {write.upper()} ON {watch.table}"
                    f" REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
                ),
            )
        name = f"{PREFIX}{watch.table}_wholly"
        made = (
            f"CREATE TRIGGER {name} AFTER TRUNCATE ON {watch.table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}wholly()"
        )
        yield Trigger(name, watch.table, (FORGET, made))


def _writes(watch: Watch) -> list[str]:
    return [
        write
        for write in WRITES
        if watch.touched_by(write) and (write != "delete" or watch.new != ())
    ]


def _notes(watch: Watch, write: str, seen: list[str]) -> str:
    columns = ", ".join(f"one.{column}" for column in watch.needs)
    differs = ""
    if watch.only and write == "update":
        was, now = (", ".join(f"{t}.{c}" for c in watch.only) for t in ("was", "now"))
        same = "SELECT 1 FROM old_rows AS was JOIN new_rows AS now ON now.id = was.id"
        differs = (
            f" WHERE NOT EXISTS ({same} WHERE now.id = one.id"
            f" AND ({was}) IS NOT DISTINCT FROM ({now}))"
        )
    changed = " UNION ".join(
        f"SELECT {columns} FROM {row.lower()}_rows AS one{differs}" for row in seen
    )
    return " ".join(
        "INSERT INTO snapshots_change (table_name, month, stamp)"
        f" SELECT '{of}', month, hashtextextended(gen_random_uuid()::text, 0) FROM"
        f" (SELECT DISTINCT COALESCE(to_char(day, 'YYYY-MM'), '') AS month"
        f" FROM ({_within(query, changed)}) AS days) AS months;"
        for of, query in watch.touched_by(write).items()
    )


def _within(query: str, changed: str) -> str:
    return query.replace("FROM changed", f"FROM ({changed}) AS changed")
