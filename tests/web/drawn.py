"""A small year drawn by hand, as a snapshot: every figure of the pages can be counted by eye."""

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from pejl.contract.goal import Contract
from pejl.snapshot.store import Snapshot, write_snapshot
from pejl.snapshot.tables import TABLES

YEAR_END = date(2024, 12, 31)
MID_YEAR = date(2024, 6, 30)

# Held specialised guidances up to 30 June: 1, 2, 3, 4, 5 and 7, that is six, of which 2, 4 and 7
# had at least five employees; 6 is a pre-starter, 8 was cancelled, 9 comes later in the year.
GUIDANCE = """
 id  client     name          place  segment       employees  held_on     type         state
 1   C10000001  Anker_Design  101    entrepreneur  2          2024-01-10  specialised  held
 2   C10000002  =Bøgely_A/S   151    growth        12         2024-02-01  specialised  held
 3   C10000001  Anker_Design  101    entrepreneur  2          2024-02-20  specialised  held
 4   C10000003  Cirkel_Energi 147    operating     5          2024-03-05  specialised  held
 5   C10000004  Dyb_Data      -        operating     -          2024-03-06  specialised  held
 6   P7         Emma_Dahl     151    pre_starter   0          2024-04-11  specialised  held
 7   C10000005  Fjord_ApS     253    growth        40         2024-06-30  specialised  held
 8   C10000005  Fjord_ApS     253    growth        40         2024-06-30  specialised  cancelled
 9   C10000002  =Bøgely_A/S   151    growth        12         2024-09-01  specialised  held
 10  C10000006  Gry_Bageri    151    operating     9          2024-05-02  orienting    held
 11  P7         Emma_Dahl     151    pre_starter   0          2024-05-03  orienting    held
"""


def guidance() -> list[dict[str, object]]:
    """The drawn table as rows of the snapshot; ``-`` is unknown."""
    header, *lines = (line.split() for line in GUIDANCE.strip().splitlines())
    return [_row(dict(zip(header, cells, strict=True))) for cells in lines]


def _row(drawn: dict[str, str]) -> dict[str, object]:
    known = {key: None if value == "-" else value for key, value in drawn.items()}
    return {
        "id": int(drawn["id"]),
        "source_id": f"V{drawn['id']}",
        "client": drawn["client"],
        "client_kind": "company" if drawn["client"].startswith("C") else "person",
        "client_name": drawn["name"].replace("_", " "),
        "municipality": known["place"],
        "segment": drawn["segment"],
        "employees": None if known["employees"] is None else int(drawn["employees"]),
        "held_on": date.fromisoformat(drawn["held_on"]),
        "type": drawn["type"],
        "state": drawn["state"],
        "adviser": "Mette Krag",
    }


def many() -> list[dict[str, object]]:
    """Enough for small counts to hide behind: 36 guidances in each of three places, and 1 in 151.

    Each place has six in each month, twelve in each segment and eighteen of each size, and as
    many orientations; 151 has one guidance alone, of a growth company with twelve employees.
    """
    facts = [
        (place, month, segment, size, kind)
        for place in ("101", "147", "153")
        for month in range(1, 7)
        for segment in ("entrepreneur", "growth", "operating")
        for size in (2, 12)
        for kind in ("specialised", "orienting")
    ]
    facts.append(("151", 2, "growth", 12, "specialised"))
    return [
        {
            **guidance()[0],
            "id": number,
            "source_id": f"V{number}",
            "client": f"C{10000000 + number}",
            "client_name": f"Firma {number}",
            "municipality": place,
            "held_on": date(2024, month, 5),
            "segment": segment,
            "employees": size,
            "type": kind,
        }
        for number, (place, month, segment, size, kind) in enumerate(facts, start=1)
    ]


def draw(root: Path, contract: Contract, rows: list[dict[str, object]] | None = None) -> Snapshot:
    """The drawn year, or other guidances, as a snapshot in the folder."""
    schema = TABLES["guidance"].schema
    table = pa.Table.from_pylist(guidance() if rows is None else rows, schema=schema)
    return write_snapshot(
        root,
        as_of=YEAR_END,
        known_at=datetime(2025, 1, 2, tzinfo=UTC),
        revision="1",
        contract_sha256=contract.sha256,
        tables={"guidance": pa.RecordBatchReader.from_batches(schema, table.to_batches())},
    )
