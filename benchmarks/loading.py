"""Puts the records of a made snapshot into the hub's tables on PostgreSQL or SQLite, in bulk.

Import it only when Django is set up. The records are typed ones (they have no source), and what
the figures do not need is left unknown.
"""

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from django.core.management import call_command
from django.db import connection, transaction

from pejl.snapshot.store import Snapshot
from pejl_hub.snapshots.watching import install

FACTS = """CASE client_kind WHEN 'company' THEN k.n END AS company_id,
    CASE client_kind WHEN 'person' THEN k.n END AS person_id, municipality, segment, employees"""
OF_CLIENT = "FROM {table} JOIN keys k USING (client)"
KEYS = """CREATE TABLE keys AS SELECT client, min(client_name) AS name, row_number() OVER () AS n
    FROM (SELECT client, client_name FROM guidance UNION ALL
          SELECT client, client_name FROM attendance UNION ALL
          SELECT client, client_name FROM participation UNION ALL
          SELECT client, NULL FROM outreach) GROUP BY client"""
ROUNDS = """CREATE TABLE rounds AS SELECT programme, bool_or(national_programme) AS national,
    row_number() OVER (ORDER BY programme) AS n
    FROM (SELECT programme, national_programme FROM attendance UNION ALL
          SELECT programme, national_programme FROM participation)
    WHERE programme IS NOT NULL GROUP BY programme"""

# The hub's tables in the order of their references, and the rows that each is filled with.
TABLES = {
    "companies_company": "SELECT n AS id, client[2:] AS cvr, coalesce(name, client) AS name"
    " FROM keys WHERE client[1] = 'C'",
    "companies_person": "SELECT n AS id, coalesce(name, client) AS name FROM keys"
    " WHERE client[1] = 'P'",
    "programmes_programme": "SELECT n AS id, programme AS name FROM rounds",
    "programmes_round": "SELECT n AS id, n AS programme_id, '1' AS name, national FROM rounds",
    "events_event": """SELECT event_id AS id, any_value(event) AS title,
        any_value(held_on) AS held_on, any_value(form) AS form, any_value(r.n) AS round_id
        FROM attendance LEFT JOIN rounds r USING (programme) GROUP BY event_id""",
    "guidance_guidance": f"""SELECT id, {FACTS}, held_on, type, state, channel, priority_area,
        adviser, team, minutes, recorded_on {OF_CLIENT.format(table="guidance")}""",
    "events_attendance": f"""SELECT id, {FACTS}, event_id, state
        {OF_CLIENT.format(table="attendance")}""",
    "programmes_participation": f"""SELECT id, {FACTS}, r.n AS round_id, form, state, stated_on,
        applied_amount, committed_amount, own_contribution
        {OF_CLIENT.format(table="participation")} JOIN rounds r USING (programme)""",
    "outreach_approach": """SELECT id, contacted_on, client[2:] AS cvr, municipality, employees,
        with_local_service, outcome FROM outreach""",
    "surveys_answer": """SELECT id, guidance_id, invited_on, answered_on, segment, nps,
        referral_used FROM answer""",
    "communication_press": "SELECT id, published_on, outlet, title, kind, link FROM press",
    "communication_newsletterlevel": "SELECT id, measured_on, subscribers FROM newsletter",
    "communication_channelviews": "SELECT id, month, channel, views FROM channel_view",
    "evidence_reportedfigure": """SELECT id, goal, measured_on, value, n, interval_low,
        interval_high, source AS reported_by, file_sha256, TIMESTAMP '2025-01-01' AS recorded_at
        FROM reported""",
    "evidence_effort": """SELECT row_number() OVER (ORDER BY goal) AS id, goal, goal AS title
        FROM (SELECT DISTINCT goal FROM milestone)""",
    "evidence_milestone": """SELECT m.id, e.id AS effort_id, m.title, due_on, done_on, state
        FROM milestone m JOIN (SELECT row_number() OVER (ORDER BY goal) AS id, goal
        FROM (SELECT DISTINCT goal FROM milestone)) e USING (goal)""",
}
AS_SQLITE = {"": None, "true": 1, "false": 0}
READ = (
    *("guidance", "attendance", "participation", "outreach", "answer", "press"),
    *("newsletter", "channel_view", "reported", "milestone"),
)


def load(snapshot: Snapshot) -> None:
    """Empty the hub's tables and fill them with the snapshot's records; then gather statistics."""
    call_command("migrate", verbosity=0)
    source = duckdb.connect()
    for name in READ:
        files = [str(file) for file in snapshot.files(name)]
        source.execute(f"CREATE VIEW {name} AS FROM read_parquet({files!r})")
    source.execute(KEYS)
    source.execute(ROUNDS)
    copy = _into_sqlite if connection.vendor == "sqlite" else _into_postgresql
    copy(source)
    # Written past the triggers that note changes: from here on they are noted again.
    install.forget()
    install.watch(connection)


def _into_postgresql(source: duckdb.DuckDBPyConnection) -> None:
    with connection.cursor() as cursor:
        # The references hold by the way the rows are made; checking each takes an hour at 10 M.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
        for table, query in TABLES.items():
            with _as_csv(source, query) as (columns, file):
                command = f"COPY {table} ({columns}) FROM STDIN WITH (FORMAT csv, HEADER)"
                with cursor.copy(command) as copy, file.open("rb") as rows:
                    while chunk := rows.read(1 << 20):
                        copy.write(chunk)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM (ANALYZE)")


def _into_sqlite(source: duckdb.DuckDBPyConnection) -> None:
    install.unwatch(connection)
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for table, query in TABLES.items():
            with _as_csv(source, query) as (columns, file), transaction.atomic():
                cursor.execute(f"DELETE FROM {table}")
                marks = ", ".join("?" for _ in columns.split(", "))
                with file.open(newline="", encoding="utf-8") as rows:
                    reader = csv.reader(rows)
                    next(reader)
                    # Past Django's own cursor, which would look each row over.
                    connection.connection.executemany(
                        f"INSERT INTO {table} ({columns}) VALUES ({marks})", map(_values, reader)
                    )
        cursor.execute("ANALYZE")


def _values(row: list[str]) -> list[object]:
    return [AS_SQLITE.get(cell, cell) for cell in row]


@contextmanager
def _as_csv(source: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[str, Path]]:
    """Its columns and the file, which both ends write and read faster than rows in Python."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        source.execute(f"COPY ({query}) TO '{path}' (HEADER, DELIMITER ',')")
        with path.open(newline="", encoding="utf-8") as file:
            columns = next(csv.reader(file))
        yield ", ".join(f'"{name}"' for name in columns), path
