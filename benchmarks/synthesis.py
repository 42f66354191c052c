"""Makes snapshots of any size, the same ones every time, for timing only.

Half of the records lie in the contract's year and a quarter in each of the two years before, in no
order. A client has six records on average; three clients of four are companies with a CVR number
that checks. Every number is drawn by DuckDB's ``hash`` of the record's number.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from pejl.contract.goal import Contract
from pejl.snapshot.store import Snapshot, open_snapshot, write_snapshot
from pejl.snapshot.tables import TABLES

KNOWN_AT = datetime(2025, 1, 1, tzinfo=UTC)
# Of each hundred records; the small tables of a hub do not grow with it and come on top.
SHARES = {"guidance": 40, "attendance": 30, "participation": 20, "outreach": 6, "answer": 4}
RECORDS_OF_A_CLIENT = 6
SIZES = "[NULL, 0, 1, 2, 3, 4, 5, 7, 9, 12, 18, 25, 45, 80, 150, 320]"
SEGMENTS = "['pre_starter', 'entrepreneur', 'growth', 'operating', 'operating']"
AREAS = "['Bæredygtighed', 'Digitalisering', 'Internationalisering', 'Iværksætteri', NULL]"

MACROS = f"""
CREATE MACRO draw(i, salt, n) AS (hash(i, salt) % n)::INTEGER;
CREATE MACRO one_of(words, i, salt) AS words[1 + draw(i, salt, len(words))];
CREATE MACRO day_of(i, salt) AS CASE draw(i, salt || 'year', 4)
    WHEN 0 THEN DATE '2022-01-01' + draw(i, salt, 365)
    WHEN 1 THEN DATE '2023-01-01' + draw(i, salt, 365)
    ELSE DATE '2024-01-01' + draw(i, salt, 366) END;
CREATE MACRO check_digit(b) AS (11 - (2 * (b // 1000000) + 7 * (b // 100000 % 10)
    + 6 * (b // 10000 % 10) + 5 * (b // 1000 % 10) + 4 * (b // 100 % 10) + 3 * (b // 10 % 10)
    + 2 * (b % 10)) % 11) % 11;
CREATE MACRO small(n) AS TABLE SELECT unnest(range(1, n))::INTEGER AS i;
CREATE MACRO size_of(i) AS one_of({SIZES}, i, 'size');
"""

CLIENTS = f"""
CREATE TABLE clients AS
WITH numbers AS (
    SELECT row_number() OVER (ORDER BY b) AS c, b::VARCHAR || check_digit(b) AS cvr
    FROM (SELECT unnest(range(1000000, 1000000 + 2 * $clients)) AS b)
    WHERE check_digit(b) < 10 QUALIFY c <= $clients
)
SELECT c, CASE WHEN c % 4 = 0 THEN NULL ELSE cvr END AS cvr,
    CASE WHEN c % 4 = 0 THEN 'P' || c ELSE 'C' || cvr END AS client,
    CASE WHEN c % 4 = 0 THEN 'person' ELSE 'company' END AS client_kind,
    'Klient ' || c AS client_name,
    CASE WHEN draw(c, 'place', 40) = 0 THEN NULL
         WHEN draw(c, 'place', 40) = 1 THEN one_of($outside, c, 'out')
         ELSE one_of($inside, c, 'in') END AS municipality,
    CASE WHEN draw(c, 'known', 50) = 0 THEN NULL
         ELSE one_of({SEGMENTS}, c, 'segment') END AS segment,
    size_of(c) AS employees
FROM numbers
"""

FACTS = "client, client_kind, client_name, municipality, segment, employees"
PLACES = "SELECT i AS id, 'S' || i AS source_id, {facts}, {rest} FROM range(1, 1 + {rows}) t(i) "
WITH_CLIENT = PLACES + "JOIN clients ON c = 1 + draw(i, '{table}', {clients})"

TALL = {
    "guidance": f"""
        day_of(i, 'guidance') AS held_on,
        one_of(['specialised', 'specialised', 'orienting'], i, 'type') AS type,
        one_of(['held', 'held', 'held', 'held', 'planned', 'cancelled', 'no_show'], i, 'state')
            AS state,
        one_of(['physical', 'virtual', 'phone'], i, 'channel') AS channel,
        one_of({AREAS}, i, 'area') AS priority_area,
        'Rådgiver ' || draw(i, 'adviser', 60) AS adviser, 'Team ' || draw(i, 'team', 6) AS team,
        30 + draw(i, 'minutes', 90) AS minutes, held_on AS recorded_on""",
    "attendance": f"""
        1 + draw(i, 'event', {{events}}) AS event_id, 'Event ' || event_id AS event,
        day_of(event_id, 'event') AS held_on,
        one_of(['attended', 'attended', 'attended', 'registered', 'no_show', 'cancelled'],
            i, 'attended') AS state,
        one_of(['physical', 'virtual'], event_id, 'form') AS form,
        one_of({AREAS}, event_id, 'area') AS priority_area,
        CASE WHEN draw(event_id, 'round', 8) < 4 THEN NULL
             ELSE 'Program ' || draw(event_id, 'round', 8) END AS programme,
        draw(event_id, 'round', 8) >= 6 AS national_programme""",
    "participation": """
        day_of(i, 'participation') AS stated_on,
        one_of(['applied', 'offered', 'committed', 'running', 'completed', 'paid', 'withdrawn',
            'refused'], i, 'stage') AS state,
        one_of(['course', 'grant'], i, 'kind') AS form,
        'Program ' || (4 + draw(i, 'programme', 4)) AS programme, '1' AS round,
        4 + draw(i, 'programme', 4) >= 6 AS national_programme,
        20000 + draw(i, 'amount', 80000) AS applied_amount,
        CASE WHEN state IN ('applied', 'offered', 'refused') THEN NULL ELSE applied_amount END
            AS committed_amount,
        applied_amount / 2 AS own_contribution""",
    "answer": """
        g.id AS guidance_id, g.held_on + 14 AS invited_on,
        g.priority_area AS priority_area, g.adviser AS adviser, g.team AS team,
        CASE WHEN draw(i, 'answered', 3) = 0 THEN NULL
             ELSE least(g.held_on + 14 + draw(i, 'late', 30), DATE '2024-12-31') END AS answered_on,
        CASE WHEN answered_on IS NULL THEN NULL ELSE
            one_of([0, 4, 6, 7, 8, 8, 9, 9, 9, 9, 10, 10, 10, NULL], i, 'nps') END AS nps,
        CASE WHEN answered_on IS NULL THEN NULL ELSE
            one_of([true, false, NULL], i, 'referral') END AS referral_used""",
    "outreach": """
        day_of(i, 'outreach') AS contacted_on, draw(i, 'together', 3) > 0 AS with_local_service,
        one_of(['not_reached', 'not_interested', 'interested', 'guidance_agreed'], i, 'outcome')
            AS outcome""",
}

SMALL = {
    "press": """SELECT i AS id, DATE '2022-01-01' + i * 6 AS published_on, 'Avisen' AS outlet,
        'Artikel ' || i AS title, one_of(['article', 'case'], i, 'press') AS kind
        FROM small(182)""",
    "newsletter": """SELECT i AS id, DATE '2022-01-01' + i * 7 AS measured_on,
        9000 + i * 50 AS subscribers FROM small(157)""",
    "channel_view": """SELECT i AS id, (DATE '2022-01-01' + to_months((i - 1) // 4))::DATE
        AS month, 'Kanal ' || i % 4 AS channel, 20000 + draw(i, 'views', 12000) AS views
        FROM small(145)""",
    "reported": """SELECT 1 AS id, 'awareness' AS goal, DATE '2024-06-01' AS measured_on,
        47.0 AS value, 800 AS n, 'Epinion' AS source""",
    "milestone": """SELECT i AS id, 'effort_digital' AS goal, 'Milepæl ' || i AS title,
        DATE '2024-01-15' + i * 60 AS due_on,
        CASE WHEN i < 3 THEN DATE '2024-01-10' + i * 60 END AS done_on,
        CASE WHEN i < 3 THEN 'done' ELSE 'running' END AS state FROM small(6)""",
}


@dataclass(frozen=True)
class Size:
    """How many records, and how many clients and events they are about."""

    records: int

    @property
    def clients(self) -> int:
        """At least one."""
        return max(1, self.records // RECORDS_OF_A_CLIENT)

    @property
    def events(self) -> int:
        """Some thirty sign-ups to each."""
        return max(1, self.of("attendance") // 30)

    def of(self, table: str) -> int:
        """The table's share of the records."""
        return self.records * SHARES[table] // 100


def synthesise(folder: Path, contract: Contract, records: int) -> Snapshot:
    """The snapshot of so many records, made once and kept in the folder."""
    kept = folder / f"{records}"
    found = [*kept.glob("*/manifest.json")]
    if found:
        return open_snapshot(found[0].parent)
    connection = _drawn(contract, Size(records))
    return write_snapshot(
        kept,
        as_of=date(2024, 12, 31),
        known_at=KNOWN_AT,
        revision="benchmark",
        contract_sha256=contract.sha256,
        tables={name: _rows(connection.cursor(), name) for name in (*TALL, *SMALL)},
    )


def _drawn(contract: Contract, size: Size) -> duckdb.DuckDBPyConnection:
    """A database in memory with a view for each table."""
    connection = duckdb.connect()
    connection.execute(MACROS)
    inside = sorted(contract.territory.on(date(2024, 12, 31)))
    outside = sorted(set(contract.municipalities) - set(inside))
    values = {"clients": size.clients, "inside": inside, "outside": outside}
    connection.execute(CLIENTS, values)
    for name in TALL:
        connection.execute(f"CREATE TABLE made_{name} AS {_query(name, size)}")
    for name, query in SMALL.items():
        connection.execute(f"CREATE VIEW made_{name} AS {query}")
    return connection


def _query(name: str, size: Size) -> str:
    rest = TALL[name].format(events=size.events)
    filled = {"rows": size.of(name), "rest": rest, "table": name, "clients": size.clients}
    match name:
        case "answer":
            facts = ", ".join(f"g.{column.strip()}" for column in FACTS.split(","))
            join = f"JOIN made_guidance g ON g.id = 1 + draw(i, 'asked', {size.of('guidance')})"
            return PLACES.format(facts=facts, **filled) + join
        case "outreach":
            return (WITH_CLIENT + " AND cvr IS NOT NULL").format(
                facts="client, municipality, employees", **filled
            )
        case _:
            return WITH_CLIENT.format(facts=FACTS, **filled)


def _rows(connection: duckdb.DuckDBPyConnection, name: str) -> pa.RecordBatchReader:
    """The table's columns, by number; one that was not made is missing in every row."""
    made = connection.sql(f"FROM made_{name}").columns
    columns = [c.name if c.name in made else f"NULL AS {c.name}" for c in TABLES[name].columns]
    query = f"SELECT {', '.join(columns)} FROM made_{name} ORDER BY id"
    return connection.sql(query).to_arrow_reader(131_072)
