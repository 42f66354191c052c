"""Opens the files as plain tables in DuckDB: firm, period, and the columns a design names."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pejl_effects.design.model import Design, Frequency
from pejl_effects.errors import EffectError

Connection = Any


def quoted(name: str) -> str:
    """A column name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def _reader(path: Path) -> str:
    """The table function that reads the file."""
    if not path.exists():
        raise EffectError(f"the file {path}", "a file that exists", "Check the path in [data].")
    text = str(path).replace("'", "''")
    if path.suffix == ".parquet":
        return f"read_parquet('{text}')"
    if path.suffix in (".csv", ".tsv", ".txt"):
        return f"read_csv('{text}', header = true, sample_size = -1)"
    raise EffectError(f"the file {path.name}", "a .parquet or .csv file", "Convert it first.")


def columns_of(connection: Connection, path: Path) -> dict[str, str]:
    """Names and SQL types of a file's columns."""
    rows = connection.execute(f"DESCRIBE SELECT * FROM {_reader(path)}").fetchall()
    return {str(row[0]): str(row[1]) for row in rows}


@dataclass(frozen=True)
class Needed:
    """Columns of the panel: numeric ones to sum, and attributes to stratify or cluster by."""

    numbers: tuple[str, ...]
    attributes: tuple[str, ...]


def needed(design: Design) -> Needed:
    """Every column a design reads, each once."""
    controls = design.controls
    numbers = [o.column for o in design.outcomes]
    numbers += [o.per for o in design.outcomes if o.per]
    numbers += [c.column for c in controls.coarsen]
    numbers += [c.column for c in controls.covariates]
    attributes = list(controls.strata)
    if design.estimation.cluster:
        attributes.append(design.estimation.cluster)
    return Needed(tuple(dict.fromkeys(numbers)), tuple(dict.fromkeys(attributes)))


def _month(name: str, kind: str, frequency: Frequency) -> str:
    """SQL that turns a period column into a number: the year, or year * 12 + month - 1.

    Accepted: dates; years; months written 2024-03 or 202403.
    """
    column = quoted(name)
    if kind in ("DATE", "TIMESTAMP") or kind.startswith("TIMESTAMP"):
        year, month = f"year({column})", f"month({column})"
    elif kind == "VARCHAR":
        year = f"TRY_CAST(substr({column}, 1, 4) AS BIGINT)"
        month = f"TRY_CAST(substr({column}, 6, 2) AS BIGINT)"
    else:
        whole = f"CAST({column} AS BIGINT)"
        year = f"CASE WHEN {whole} > 9999 THEN {whole} // 100 ELSE {whole} END"
        month = f"CASE WHEN {whole} > 9999 THEN {whole} % 100 END"
    return year if frequency == "year" else f"({year}) * 12 + ({month}) - 1"


def _demand(found: dict[str, str], wanted: tuple[str, ...], path: Path) -> None:
    for name in wanted:
        if name not in found:
            raise EffectError(
                f'{path.name} without the column "{name}"',
                "the columns " + ", ".join(wanted),
                "Rename the column, or correct the design.",
            )


def _demand_numbers(found: dict[str, str], wanted: tuple[str, ...], path: Path) -> None:
    for name in wanted:
        if found[name] in ("VARCHAR", "BOOLEAN", "DATE"):
            raise EffectError(
                f'{path.name}: the column "{name}" holds {found[name]}',
                "numbers",
                "Check the decimal sign and remove text from the column.",
            )


def open_panel(connection: Connection, design: Design) -> None:
    """Make the table ``panel``: firm, period, numbers as DOUBLE, attributes as VARCHAR."""
    path, keys, wanted = design.data.panel, design.columns, needed(design)
    found = columns_of(connection, path)
    _demand(found, (keys.firm, keys.period, *wanted.numbers, *wanted.attributes), path)
    _demand_numbers(found, wanted.numbers, path)
    parts = [
        f"CAST({quoted(keys.firm)} AS VARCHAR) AS firm",
        f"{_month(keys.period, found[keys.period], design.data.frequency)} AS period",
        *(f"CAST({quoted(n)} AS DOUBLE) AS {quoted('n_' + n)}" for n in wanted.numbers),
        *(f"CAST({quoted(n)} AS VARCHAR) AS {quoted('a_' + n)}" for n in wanted.attributes),
    ]
    connection.execute(f"CREATE TABLE panel AS SELECT {', '.join(parts)} FROM {_reader(path)}")


def open_guided(connection: Connection, design: Design) -> None:
    """Make the table ``guided``: firm, started, ended (started again where there is no end)."""
    path, keys = design.data.guided, design.columns
    found = columns_of(connection, path)
    _demand(found, (keys.firm, keys.started), path)
    started = _month(keys.started, found[keys.started], design.data.frequency)
    ended = started
    if keys.ended in found:
        ended = (
            f"coalesce({_month(keys.ended, found[keys.ended], design.data.frequency)}, {started})"
        )
    connection.execute(
        f"CREATE TABLE guided AS SELECT CAST({quoted(keys.firm)} AS VARCHAR) AS firm, "
        f"{started} AS started, {ended} AS ended FROM {_reader(path)}"
    )


def open_mergers(connection: Connection, design: Design) -> None:
    """Make the table ``mergers``: firm, into (empty when the design names no file)."""
    path, keys = design.data.mergers, design.columns
    if path is None:
        connection.execute("CREATE TABLE mergers (firm VARCHAR, into_firm VARCHAR)")
        return
    _demand(columns_of(connection, path), (keys.firm, keys.into), path)
    connection.execute(
        f"CREATE TABLE mergers AS SELECT CAST({quoted(keys.firm)} AS VARCHAR) AS firm, "
        f"CAST({quoted(keys.into)} AS VARCHAR) AS into_firm FROM {_reader(path)}"
    )
