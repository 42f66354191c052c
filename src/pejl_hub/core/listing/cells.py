"""Values in files: harmless to a spreadsheet, and written as it writes them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pejl.base.formulas import RISKY
from pejl_hub.core.guarding import safe, unguarded

__all__ = ["RISKY", "for_csv", "safe", "unguarded", "write"]


def for_csv(value: Any) -> Any:
    """The value with Danish decimals and ISO days; nothing for a missing one.

    Examples
    --------
    >>> for_csv(2.5), for_csv(date(2024, 1, 31)), for_csv(None), for_csv(0)
    ('2,5', '2024-01-31', '', 0)
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float | Decimal):
        return str(value).replace(".", ",")
    return safe(value)


def write(sheet: Any, line: int, place: int, value: Any, days: Any) -> None:
    """Write one cell of an xlsxwriter sheet: numbers and days as such, texts never as formulas."""
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(line, place, value, days)
    elif isinstance(value, bool):
        sheet.write_boolean(line, place, value)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(line, place, value)
    else:
        sheet.write_string(line, place, str(safe(value)))
