"""The declared rules that change rows: mergers, negatives, repeated guidance; each counted."""

from pejl_effects.design.model import Design
from pejl_effects.errors import EffectError
from pejl_effects.panel.ledger import Ledger
from pejl_effects.panel.source import Connection, needed, quoted


def _count(connection: Connection, sql: str) -> int:
    return int(connection.execute(sql).fetchone()[0])


def apply_rules(connection: Connection, design: Design, ledger: Ledger) -> None:
    """Apply the row rules in order; the ledger gets one line for each."""
    _negatives(connection, design, ledger)
    _mergers(connection, design, ledger)
    _repeated(connection, ledger)
    _absent(connection, ledger)


def _negatives(connection: Connection, design: Design, ledger: Ledger) -> None:
    found = 0
    for name in needed(design).numbers:
        column = quoted("n_" + name)
        found += _count(connection, f"SELECT count(*) FROM panel WHERE {column} < 0")
        connection.execute(f"UPDATE panel SET {column} = NULL WHERE {column} < 0")
    ledger.add("negative", design.rules.negative, found, "values")


def _resolve(connection: Connection) -> None:
    """Follow chains of mergers to the last firm: a into b into c becomes a into c."""
    for _ in range(50):
        chained = "SELECT count(*) FROM mergers m JOIN mergers n ON m.into_firm = n.firm"
        if _count(connection, chained) == 0:
            return
        connection.execute(
            "CREATE OR REPLACE TABLE mergers AS SELECT m.firm, "
            "coalesce(n.into_firm, m.into_firm) AS into_firm "
            "FROM mergers m LEFT JOIN mergers n ON m.into_firm = n.firm"
        )
    raise EffectError(
        "mergers that lead in a circle", "a last firm in every chain", "Correct the mergers file."
    )


def _mergers(connection: Connection, design: Design, ledger: Ledger) -> None:
    _resolve(connection)
    merged = _count(
        connection,
        "SELECT count(DISTINCT firm) FROM panel WHERE firm IN (SELECT firm FROM mergers)",
    )
    if design.rules.mergers == "drop":
        involved = "SELECT firm FROM mergers UNION SELECT into_firm FROM mergers"
        connection.execute(f"DELETE FROM panel WHERE firm IN ({involved})")
        connection.execute(f"DELETE FROM guided WHERE firm IN ({involved})")
    elif merged:
        _add_up(connection, design)
    ledger.add("mergers", design.rules.mergers, merged)


def _add_up(connection: Connection, design: Design) -> None:
    """One firm from the start: numbers added, attributes those of the largest part."""
    wanted = needed(design)
    size = quoted("n_" + wanted.numbers[0])
    sums = [f"sum({quoted('n_' + n)}) AS {quoted('n_' + n)}" for n in wanted.numbers]
    kept = [
        f"max_by({quoted('a_' + n)}, coalesce({size}, -1)) AS {quoted('a_' + n)}"
        for n in wanted.attributes
    ]
    successor = "coalesce(m.into_firm, t.firm)"
    connection.execute(
        f"CREATE OR REPLACE TABLE panel AS SELECT {successor} AS firm, period, "
        f"{', '.join([*sums, *kept])} FROM panel t LEFT JOIN mergers m ON t.firm = m.firm "
        "GROUP BY 1, 2"
    )
    connection.execute(
        f"CREATE OR REPLACE TABLE guided AS SELECT {successor} AS firm, started, ended "
        "FROM guided t LEFT JOIN mergers m ON t.firm = m.firm"
    )


def _repeated(connection: Connection, ledger: Ledger) -> None:
    """A firm guided several times counts once, from its first guidance."""
    again = _count(connection, "SELECT count(*) - count(DISTINCT firm) FROM guided")
    connection.execute(
        "CREATE OR REPLACE TABLE guided AS SELECT firm, min(started) AS started, "
        "min_by(ended, started * 100000 + ended) AS ended FROM guided GROUP BY firm"
    )
    ledger.add("guided_again", "first", again, "guidances")


def _absent(connection: Connection, ledger: Ledger) -> None:
    """Guided firms without a row in the panel cannot be measured."""
    missing = "SELECT firm FROM guided WHERE firm NOT IN (SELECT firm FROM panel)"
    ledger.add("not_in_panel", "drop", _count(connection, f"SELECT count(*) FROM ({missing})"))
    connection.execute(f"DELETE FROM guided WHERE firm IN ({missing})")
