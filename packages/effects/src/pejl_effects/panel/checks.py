"""What a panel must be before anything is computed: each check counts its offenders."""

from dataclasses import dataclass

from pejl_effects.design.model import Design
from pejl_effects.errors import EffectError
from pejl_effects.panel.source import Connection, needed, quoted


@dataclass(frozen=True)
class Check:
    """A query that counts offenders, and what to say when there are any.

    {n} in ``given`` is the count.
    """

    sql: str
    given: str
    needed: str
    remedy: str


def _always() -> tuple[Check, ...]:
    return (
        Check(
            "SELECT CASE WHEN count(*) = 0 THEN 1 ELSE 0 END FROM panel",
            "a panel without rows",
            "at least one row",
            "Check that the right file was named.",
        ),
        Check(
            "SELECT count(*) FROM panel WHERE firm IS NULL OR firm = '' OR period IS NULL",
            "{n} rows of the panel without a firm or with a period that cannot be read",
            "a firm and a period (a year, a date, 2024-03 or 202403) in every row",
            "Correct or remove the rows, or set data.frequency.",
        ),
        Check(
            "SELECT count(*) FROM (SELECT 1 FROM panel GROUP BY firm, period HAVING count(*) > 1)",
            "{n} pairs of firm and period that stand more than once",
            "one row for each firm and period",
            "Add the rows up, or remove the copies, before measuring.",
        ),
        Check(
            "SELECT CASE WHEN count(*) = 0 THEN 1 ELSE 0 END FROM guided",
            "a list of guided firms without rows",
            "at least one guided firm",
            "Check that the right file was named.",
        ),
        Check(
            "SELECT count(*) FROM guided WHERE firm IS NULL OR firm = '' OR started IS NULL",
            "{n} guided firms without a number or with a start that cannot be read",
            "a firm and a date of start in every row",
            "Correct or remove the rows.",
        ),
        Check(
            "SELECT count(*) FROM guided WHERE ended < started",
            "{n} guidances that end before they start",
            "an end on or after the start",
            "Correct the dates.",
        ),
        Check(
            "SELECT count(*) FROM (SELECT firm FROM mergers GROUP BY firm HAVING count(*) > 1)",
            "{n} firms that merge into several others",
            "one successor for each firm",
            "Keep the firm that took the business over.",
        ),
    )


def _numbers(design: Design) -> list[Check]:
    checks = []
    for name in needed(design).numbers:
        column = quoted("n_" + name)
        checks.append(
            Check(
                f"SELECT count(*) FROM panel WHERE isinf({column}) OR isnan({column})",
                f'{{n}} values of "{name}" that are infinite or not a number',
                "numbers, or nothing where they are not known",
                "Write an empty cell for what is not known.",
            )
        )
        if design.rules.negative == "refuse":
            checks.append(
                Check(
                    f"SELECT count(*) FROM panel WHERE {column} < 0",
                    f'{{n}} values of "{name}" below zero',
                    "values of zero or more",
                    'Correct them, or set rules.negative = "missing" to have them counted out.',
                )
            )
    return checks


def check_panel(connection: Connection, design: Design) -> None:
    """Raise the first check that fails, with the number of offenders."""
    for check in (*_always(), *_numbers(design)):
        found = int(connection.execute(check.sql).fetchone()[0])
        if found:
            raise EffectError(check.given.format(n=f"{found:,}"), check.needed, check.remedy)
