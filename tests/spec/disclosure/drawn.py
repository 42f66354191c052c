"""Draw linked tables: series by place and by the cells of two axes, with every total."""

from collections.abc import Mapping

from pejl.disclosure.cells import Cell, Inside, Tables

PLACES = ("101", "147", "unknown")
MONTHS, SEGMENTS = ("01", "02", "03"), ("growth", "operating")
Records = Mapping[str, list[tuple[str, str, str]]]  # series -> (place, month, segment) each


def tables(records: Records, gross: bool = False, share: tuple[str, str] | None = None) -> Tables:
    """The counts of the records; ``gross`` adds the sum of all series but a share's part."""
    series = dict(records)
    parts = tuple(name for name in series if share is None or name != share[0])
    if gross:
        series["gross"] = [record for part in parts for record in records[part]]
    values = {cell: n for name, rows in series.items() for cell, n in _counts(name, rows).items()}
    return Tables(
        values,
        places=dict.fromkeys(series, PLACES),
        axes={name: {"month": MONTHS, "segment": SEGMENTS} for name in series},
        sums={"gross": parts} if gross else {},
        inside=(Inside(*share, share=True),) if share else (),
    )


def _counts(name: str, rows: list[tuple[str, str, str]]) -> dict[Cell, int]:
    slots = [("", ""), *(("month", m) for m in MONTHS), *(("segment", s) for s in SEGMENTS)]
    cells = [Cell(name, p, *slot) for p in ("", *PLACES) for slot in slots]
    return {cell: sum(_in(cell, row) for row in rows) for cell in cells}


def _in(cell: Cell, row: tuple[str, str, str]) -> bool:
    place, month, segment = row
    fits = {"": True, "month": cell.name == month, "segment": cell.name == segment}
    return cell.place in ("", place) and fits[cell.axis]
