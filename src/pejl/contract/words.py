"""The contract's words in Danish, for the reading copy."""

from datetime import date
from decimal import Decimal

from pejl.base.units import UNITS
from pejl.contract.danish import number

STATUS = {"agreed": "Aftalt", "pending": "Afventer", "withdrawn": "Bortfaldet"}
AWAITS = {"framework_agreement": "rammeaftalen"}
MEASURED_BY = {
    "hub": "Erhvervshuset",
    "authority": "Erhvervsstyrelsen",
    "external": "en ekstern part",
}
CADENCE = {
    "monthly": "månedligt",
    "quarterly": "hvert kvartal",
    "yearly": "årligt",
    "running": "løbende",
    "once": "én gang",
    "on_request": "på anmodning",
    "on_event": "når resultaterne foreligger",
}
AUDIENCE = {
    "management": "ledelsen",
    "board": "bestyrelsen",
    "kkr": "KKR",
    "municipality": "kommunerne",
    "authority": "Erhvervsstyrelsen",
    "kl": "KL",
    "public": "offentligheden",
}
OWNER = {
    "hub": "Erhvervshuset",
    "director": "direktøren",
    "chair": "bestyrelsesformanden",
    "board": "bestyrelsen",
}
OP = {">=": "mindst", ">": "mere end", "<=": "højst", "<": "mindre end"}
STATE = {"open": "Åben", "decided": "Afgjort"}
FIRST_HALF = ("januar", "februar", "marts", "april", "maj", "juni")
MONTHS = (*FIRST_HALF, "juli", "august", "september", "oktober", "november", "december")


def day(value: date) -> str:
    """The day as Danish writes it.

    Examples
    --------
    >>> day(date(2024, 1, 1))
    '1. januar 2024'
    """
    return f"{value.day}. {MONTHS[value.month - 1]} {value.year}"


def promise(op: str, value: Decimal, unit: str) -> str:
    """The promised number with its comparison and unit.

    Examples
    --------
    >>> promise(">=", Decimal(1500), "guidance")
    'mindst 1.500 vejledninger'
    """
    return f"{OP[op]} {number(value)} {UNITS[unit].da}"


def listed(words: list[str]) -> str:
    """The words as a list in a sentence.

    Examples
    --------
    >>> listed(["ledelsen", "bestyrelsen", "KKR"])
    'ledelsen, bestyrelsen og KKR'
    """
    return " og ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
