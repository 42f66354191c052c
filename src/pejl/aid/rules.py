"""The ceilings and rates of ``contracts/shared/de_minimis.yaml``, read under their dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pejl.base.errors import UserError
from pejl.contract.document import read_document
from pejl.contract.refusal import refuse_first
from pejl.contract.schema import SHARED, faults


@dataclass(frozen=True)
class Ceiling:
    """What one undertaking may be granted: EUR over so many rolling years, from a day on.

    ``near`` is the share of the ceiling from which Pejl warns; the law has no such line.
    """

    start: date
    eur: Decimal
    years: int
    near: Decimal
    law: str


@dataclass(frozen=True)
class Rate:
    """Kroner to one euro from a day on, and where that stands (``da`` and ``en``)."""

    start: date
    dkk_per_eur: Decimal
    basis: Mapping[str, str]


Dated = TypeVar("Dated", Ceiling, Rate)


@dataclass(frozen=True)
class Rules:
    """All ceilings and rates; ask for the one that holds on a day."""

    ceilings: Sequence[Ceiling]
    rates: Sequence[Rate]
    file: str

    def ceiling_on(self, day: date) -> Ceiling:
        """The ceiling of the day; UserError when the file says nothing of it."""
        return self._latest(self.ceilings, day)

    def rate_on(self, day: date) -> Rate:
        """The rate of the day; UserError when the file says nothing of it."""
        return self._latest(self.rates, day)

    def _latest(self, entries: Sequence[Dated], day: date) -> Dated:
        holding = [entry for entry in entries if entry.start <= day]
        if not holding:
            raise UserError(
                given=f"{self.file}, which says nothing of {day}",
                needed="an entry that holds from that day or before",
                remedy="Add it to the file.",
            )
        return max(holding, key=lambda entry: entry.start)


def load_rules(path: Path) -> Rules:
    """Read the file; UserError when it is missing or not as its schema says."""
    document = read_document(path)
    refuse_first(document, faults(document.data, SHARED))
    if missing := {"ceilings", "rates"} - set(document.data):
        raise UserError(
            given=f"the file {path} without {' and '.join(sorted(missing))}",
            needed="the entries ceilings and rates",
            remedy="Add them.",
        )
    return Rules(
        tuple(_ceiling(entry) for entry in document.data["ceilings"]),
        tuple(_rate(entry) for entry in document.data["rates"]),
        path.name,
    )


def _ceiling(entry: Mapping[str, Any]) -> Ceiling:
    return Ceiling(
        start=date.fromisoformat(entry["from"]),
        eur=Decimal(entry["eur"]),
        years=entry["years"],
        near=Decimal(entry["near"]),
        law=str(entry["law"]),
    )


def _rate(entry: Mapping[str, Any]) -> Rate:
    return Rate(
        date.fromisoformat(entry["from"]), Decimal(entry["dkk_per_eur"]), dict(entry["basis"])
    )
