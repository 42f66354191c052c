"""The SQL of each table: one file in ``sql/`` a table, the same on SQLite and PostgreSQL."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from string import Template

from pejl.snapshot.tables import TABLES, Table

SQL = Path(__file__).with_name("sql")

# Who the client is: a company is its CVR number, a person who founded a company is that company.
CLIENT = """
    CASE WHEN company.id IS NULL THEN 'P' || CAST(person.id AS TEXT) ELSE 'C' || company.cvr END
        AS client,
    CASE WHEN company.id IS NULL THEN 'person' ELSE 'company' END AS client_kind,
    COALESCE(company.name, person.name) AS client_name
"""
CLIENT_JOINS = """
LEFT JOIN companies_person AS person ON person.id = service.person_id
LEFT JOIN companies_company AS company
    ON company.id = COALESCE(service.company_id, person.later_company_id)
"""


def query(table: Table, as_of: date, *, sqlite: bool, where: str = "TRUE") -> str:
    """The table's rows up to the day that a condition holds for, rows by id."""
    columns = ", ".join(column.name for column in table.columns)
    rows = unordered(table, as_of, sqlite=sqlite)
    return f"SELECT {columns} FROM ({rows}) AS chosen WHERE {where} ORDER BY id"  # noqa: S608 - our own


def unordered(table: Table, as_of: date, *, sqlite: bool) -> str:
    """The table's rows up to the day, in no order."""
    return _template(table.name).substitute(
        client=CLIENT.strip(),
        client_joins=CLIENT_JOINS.strip(),
        as_of=f"'{as_of.isoformat()}'",
        no="0" if sqlite else "FALSE",
    )


@lru_cache(maxsize=len(TABLES))
def _template(name: str) -> Template:
    return Template((SQL / f"{name}.sql").read_text(encoding="utf-8"))
